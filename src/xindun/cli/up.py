"""``xindun up``: database, migrations, web server and worker, until Ctrl-C."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()

DEFAULT_PORT = 8000
ANY_HOST = {"0.0.0.0", "::"}  # noqa: S104


@app.command()
def up(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = DEFAULT_PORT,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="Web processes; default one a processor.")
    ] = None,
) -> None:
    """Start database, migrations, web server and worker; stop with Ctrl-C.

    The embedded PostgreSQL starts by itself; set DATABASE_URL to use a server of your own.
    """
    from xindun.config.serving import check_port

    check_port(host, port)
    prepare(host)
    serve(host=host, port=port, workers=workers)


def prepare(host: str) -> bool:
    """Everything before the first request; returns whether the embedded server was started."""
    from xindun.config import startup
    from xindun.config.serving import collect_static

    os.environ["XINDUN_HASHED_STATIC"] = "1"
    if host not in ANY_HOST:
        others = os.environ.get("XINDUN_ALLOWED_HOSTS", "")
        os.environ["XINDUN_ALLOWED_HOSTS"] = f"{others},{host}".strip(",")
    started = startup.start()
    collect_static()
    return started


def serve(
    *,
    host: str,
    port: int,
    workers: int | None,
    log_folder: Path | None = None,
    announce: str = "",
) -> None:
    """Serve until a signal; then stop the embedded database too, unless another uses it."""
    from xindun.config import startup
    from xindun.config.serving import Serving

    serving = Serving(
        host=host,
        port=port,
        workers=workers or min(4, os.cpu_count() or 1),
        say=lambda text: typer.echo(f"xindun: {text}", err=True),
        log_folder=log_folder,
    )

    def ready() -> None:
        typer.echo(f"Xindun 信盾 is ready: {serving.address}")
        if announce:
            typer.echo(announce)
        if host in ANY_HOST and not os.environ.get("XINDUN_PUBLIC_URL"):
            typer.echo("Other machines need XINDUN_PUBLIC_URL or XINDUN_ALLOWED_HOSTS to be set.")
        typer.echo("Stop with Ctrl-C.")

    try:
        serving.run(ready)
    finally:
        startup.finish()
    typer.echo("Xindun has stopped.")
