"""The jobs of killed workers are run again, and hold nobody up."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from xindun.kit.tasks import take_over


def a_job(status: str, *, worker: int | None = None, place: str | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs"
            " (queue_name, task_name, status, worker_id, lock, queueing_lock)"
            " VALUES ('webhooks', 'webhooks.deliver', %s, %s, %s, %s) RETURNING id",
            [status, worker, place, place],
        )
        return int(cursor.fetchone()[0])


def a_worker(seconds_ago: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - make_interval(secs => %s)) RETURNING id",
            [seconds_ago],
        )
        return int(cursor.fetchone()[0])


def status_of(job: int) -> str:
    return str(ProcrastinateJob.objects.get(id=job).status)


def run() -> None:
    async_to_sync(take_over.func)(SimpleNamespace(app=app), 0)


@pytest.mark.django_db
def test_a_job_of_a_silent_or_vanished_worker_waits_again_and_others_go_on() -> None:
    silent = a_job("doing", worker=a_worker(seconds_ago=60))
    vanished = a_job("doing")
    living = a_job("doing", worker=a_worker(seconds_ago=1))
    finished = a_job("succeeded")
    run()
    assert [status_of(job) for job in (silent, vanished, living, finished)] == [
        *("todo", "todo", "doing", "succeeded"),
    ]


@pytest.mark.django_db(transaction=True)  # a refused update would end the test's transaction
def test_a_job_whose_place_is_taken_is_closed_because_the_other_does_its_work() -> None:
    dead = a_job("doing", place="webhooks.deliver-1")
    waiting = a_job("todo", place="webhooks.deliver-1")
    other = a_job("doing")
    run()
    assert [status_of(job) for job in (dead, waiting, other)] == ["failed", "todo", "todo"]
