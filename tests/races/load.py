"""Programs that write through the API while things die, and the other side of a webhook.

What a reader would get wrong: a program that gets no answer sends the same write again with the
same key, as the guide tells it to. Some give up instead, and then the write may or may not stand.
"""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

import requests

MARK, UPLOAD, START, REVIEW, CHECK = "mark", "upload", "start", "review", "check"
NO_ANSWER = {409, 429, 500, 502, 503, 504}
GIVE_UP = 0.25
LOST_ON_THE_WAY = 0.15
PAUSE_SECONDS = 0.05
STARTS = REVIEWS = 3
FILE = (
    "Customer;Invoice number;Invoice date;Due date;Amount;Currency;Paid on\n"
    "Nova GmbH;{name};2025-03-01;2025-03-31;1200.50;EUR;\n"
)


@dataclass(frozen=True)
class Write:
    """One thing that a program means to do, once."""

    kind: str
    name: str
    path: str
    body: dict[str, Any] = field(default_factory=dict)
    key: str = field(default_factory=lambda: uuid4().hex)

    def send(self, session: requests.Session, root: str) -> requests.Response:
        sent: dict[str, Any] = {"json": self.body}
        if self.kind == UPLOAD:
            sent = {"files": {"file": (f"{self.name}.csv", FILE.format(name=self.name))}}
        headers = {"Idempotency-Key": self.key}
        return session.post(root + self.path, headers=headers, timeout=30, **sent)


@dataclass(frozen=True)
class Answered:
    """What came back in the end."""

    write: Write
    status: int
    body: Any
    location: str | None
    replayed: bool

    @classmethod
    def of(cls, write: Write, response: requests.Response) -> Answered:
        return cls(
            write,
            response.status_code,
            response.json(),
            response.headers.get("Location"),
            response.headers.get("Idempotency-Replayed") == "true",
        )


def session_of(key: str) -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    session.headers["Authorization"] = f"Bearer {key}"
    return session


@dataclass
class Load:
    """Threads that write until they are told to stop, and what they were answered."""

    root: str
    key: str
    seed: int
    customers: list[str]
    answered: list[Answered] = field(default_factory=list)
    given_up: list[Write] = field(default_factory=list)
    lost_answers: int = 0
    stop: threading.Event = field(default_factory=threading.Event)
    _starts: int = 0
    _reviews: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def work(self, number: int) -> None:
        """What one thread does."""
        dice, session = random.Random(f"{self.seed}-{number}"), session_of(self.key)  # noqa: S311
        actions, customers = self._actions(session), self.customers
        while not self.stop.wait(PAUSE_SECONDS):
            write = self._next(dice, actions, customers, f"w{number}-{uuid4().hex}")
            answer = self._done(write, session, dice)
            if answer is None:
                continue
            if answer.status == 404:  # a newer review has taken the list's place
                actions = self._actions(session)
                continue
            with self._lock:
                self.answered.append(answer)
                may_start = self._starts < STARTS and write.kind == UPLOAD
                self._starts += may_start
            if may_start:
                path = f"imports/{answer.body['id']}/start"
                started = self._done(Write(START, write.name, path), session)
                assert started is not None
                with self._lock:
                    self.answered.append(started)

    def _next(
        self, dice: random.Random, actions: list[int], customers: list[str], name: str
    ) -> Write:
        kind = dice.choices([MARK, UPLOAD, REVIEW, CHECK], [6, 2, 1, 8])[0]
        if kind == CHECK:
            order = {"number": name, "currency": "EUR", "amount": f"{dice.randrange(20, 90)}.50"}
            return Write(
                CHECK, name, "credit-checks", {"customer": dice.choice(customers), "order": order}
            )
        if kind == REVIEW:
            with self._lock:
                self._reviews += 1
                number = self._reviews
            if number <= REVIEWS:
                day = date(2025, 6, 1) + timedelta(days=number)
                return Write(REVIEW, name, "runs", {"as_of": day.isoformat()})
        if kind == UPLOAD:
            return Write(UPLOAD, name, "imports")
        state = dice.choice(["done", "dismissed"])
        path = f"actions/{dice.choice(actions)}/mark"
        return Write(MARK, name, path, {"state": state, "note": name})

    def _done(
        self, write: Write, session: requests.Session, dice: random.Random | None = None
    ) -> Answered | None:
        """Send until there is an answer; with dice some give up when the first one is lost."""
        patience, gives_up = time.monotonic() + 120, dice is not None and dice.random() < GIVE_UP
        while True:
            try:
                response = write.send(session, self.root)
            except requests.RequestException:
                response = None
            came = response is not None and response.status_code not in NO_ANSWER
            if came and (dice is None or dice.random() >= LOST_ON_THE_WAY):
                return Answered.of(write, response)
            assert time.monotonic() < patience, f"never answered: {write}"
            with self._lock:
                self.lost_answers += 1
                if gives_up:
                    self.given_up.append(write)
                    return None
            time.sleep(0.2)

    def _actions(self, session: requests.Session) -> list[int]:
        while True:
            try:
                answer = session.get(self.root + "actions?limit=100", timeout=30)
            except requests.RequestException:
                time.sleep(0.2)
                continue
            if answer.ok:
                return [each["id"] for each in answer.json()["items"]]
            time.sleep(0.2)


@dataclass
class Receiver:
    """The other side of the webhook: takes everything, in the order in which it comes."""

    url: str
    messages: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


@contextmanager
def receiving() -> Iterator[Receiver]:
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with lock:
                receiver.messages.append((self.headers["webhook-id"], json.loads(body)))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver = Receiver(f"http://127.0.0.1:{server.server_port}/in")
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()
