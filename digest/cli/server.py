"""`digest serve`: scheduler and web application in one process, until SIGTERM or Ctrl-C."""

from __future__ import annotations

import logging
import signal
import socket
import sys

import uvicorn

from digest.cli.accounts import join_address
from digest.config import Config
from digest.errors import DigestError
from digest.pipeline.deliver import Delivered
from digest.pipeline.desk import Desk, open_desk
from digest.pipeline.passes import Pass
from digest.pipeline.signing_in import first_owner
from digest.schedule import ticking
from digest.web import create_app

log = logging.getLogger("digest")


def serve_until_stopped(config: Config, *, quiet: bool) -> None:
    """Serves and ticks; when told to stop, finishes the request and the pass under way.

    Raises:
        DigestError: The address cannot be listened on, or the store cannot be opened.
    """
    logging.basicConfig(
        level=logging.WARNING if quiet else logging.INFO,
        format="%(asctime)s %(message)s",
        datefmt="%Y-%m-%d %H:%M:%S",
        stream=sys.stderr,
    )
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    with open_desk(config) as desk:
        app = create_app(config, desk.store)
        settings = uvicorn.Config(
            app,
            host=config.web.host,
            port=config.web.port,
            log_level="warning",
            access_log=False,  # the addresses of private feeds are secret
            loop="uvloop",
            http="httptools",
            ws="none",
            server_header=False,
            timeout_graceful_shutdown=10,
        )
        listener = _listener(settings)
        _tell_first_owner(desk)
        log.info("Web pages: %s  (stop with Ctrl-C)", config.public_url)
        server = uvicorn.Server(settings)
        _stop_on_signals(server)
        with ticking(desk, _report_pass, _report_mail):
            server.run(sockets=[listener])
    log.info("Stopped; nothing is under way.")


def _tell_first_owner(desk: Desk) -> None:
    """Prints the link that makes the first account, as long as there is none."""
    if desk.config.web.editing == "signed-in" and (token := first_owner(desk)):
        print("To edit on the web, make the owner's account; the link works once, within three days:")
        print(join_address(desk.config, token), flush=True)


def _stop_on_signals(server: uvicorn.Server) -> None:
    """SIGTERM and Ctrl-C also end it before and after it handles them itself; it raises them again."""

    def stop(_signal: int, _frame: object) -> None:
        server.should_exit = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)


def _listener(settings: uvicorn.Config) -> socket.socket:
    """The bound socket; uvicorn itself would end the program without saying why."""
    host, port = settings.host, settings.port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        message = f"{host}:{port} cannot be listened on: {error.strerror}; choose another web.port"
        raise DigestError(message) from error
    return listener


def _report_pass(done: Pass) -> None:
    files = done.ingested.files
    if files.total():
        log.info("Inbox: %s", ", ".join(f"{count} {state}" for state, count in sorted(files.items())))
    for file in done.ingested.troubles:
        log.warning("%s: %s", file.path, file.detail)
    for number in done.composed.numbers:
        log.info("Digest no. %d composed", number)


def _report_mail(done: Delivered) -> None:
    if done.sent or done.unsent:
        log.info("Mail: %d delivered, %d not %s", done.sent, done.unsent, done.detail)
