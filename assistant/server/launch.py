"""Serving the page: its command line, its files, a free port, and when to stop."""

from __future__ import annotations

import argparse
import io
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from importlib import resources
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware

from assistant.rendering.escaping import for_line
from assistant.server.failures import attempt

PARTS = ("page", "search")
"""The parts of the page that have a look and a behaviour of their own, in order."""
WARM_AGAIN = 30.0
"""Seconds between two tries to load the models."""
PORTS = 100
"""How many ports are tried, from the one asked for."""


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="app.py", description="Serve Dixit's page on this machine.")
    parser.add_argument("--data", type=Path, help="the data directory (default: DIXIT_DATA, else yours)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, help="the next free one when it is taken (default: DIXIT_PORT, else 7860)")
    parser.add_argument("--open", action="store_true", help="open the page in the browser")
    parser.add_argument("--samples", action="store_true", help="add the sample articles when there is no article")
    return parser.parse_args()


def free_port(host: str, wanted: int) -> int:
    """Return the first free port from ``wanted`` on.

    Raises:
        OSError: none of ``PORTS`` is free.
    """
    for port in range(wanted, wanted + PORTS):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise OSError(f"{host}: no free port from {wanted} to {wanted + PORTS - 1}. Name another one with --port.")


def stop_signal() -> threading.Event:
    """Return an event that is set when the process is told to stop (SIGINT, SIGTERM, SIGHUP); told again, it ends."""
    stopped = threading.Event()
    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]

    def stop(*_: object) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_DFL)
        stopped.set()

    for number in numbers:
        signal.signal(number, stop)
    return stopped


def warm_up(
    warm: Callable[[], None], stopped: threading.Event, warmed: threading.Event, pause: float = WARM_AGAIN
) -> None:
    """Load models in a thread; what fails is tried again after ``pause`` seconds, until the page is stopped.

    ``warmed`` is set once they are loaded.
    """

    def warming() -> None:
        while not stopped.is_set():
            with attempt("loading the models") as outcome:
                warm()
            if not outcome.error:
                warmed.set()
                return
            stopped.wait(pause)

    threading.Thread(target=warming, daemon=True).start()


def believe_no_proxy() -> None:
    """Have the server tell from which machine a request came, whatever it says itself: ``Proxies`` reads that.

    Put before everything, uvicorn's own reader would hide whether a proxy of ours sent the header with the user.
    """
    os.environ["FORWARDED_ALLOW_IPS"] = ""


def write_uploads_to(folder: Path) -> None:
    """Have Gradio write uploads into a folder, from the next page that is built on."""
    os.environ["GRADIO_TEMP_DIR"] = str(folder)


def launch(
    demo: Any, host: str, port: int, show: bool, middleware: Sequence[Middleware], look: Mapping[str, Any]
) -> None:
    """Have Gradio serve its page in a thread of its own, behind the middleware.

    ``look``: what else Gradio is told; ``show``: open the page in the browser.
    """
    with redirect_stdout(io.StringIO()):  # it tells of its MCP server even when it is quiet
        demo.launch(
            server_name=host, server_port=port, inbrowser=show, prevent_thread_lock=True, quiet=True, mcp_server=True,
            share=False, run_history=False, footer_links=[], enable_monitoring=False, ssr_mode=False,
            max_file_size="50mb", **look,
            # in the head, because Gradio would rewrite the selectors of css=
            head=head(), app_kwargs={"middleware": list(middleware)},
        )  # fmt: skip


def head() -> str:
    """Return what goes into the head of the page: its look and its own behaviour."""
    return f"<style>{page_asset('css')}</style><script>{page_asset('js')}</script>"


def page_asset(kind: str) -> str:
    """Return the page's own style sheet ("css") or script ("js"), made of those of its parts."""
    folder = resources.files("assistant.page")
    return "\n".join(folder.joinpath(f"{part}.{kind}").read_text(encoding="utf-8") for part in PARTS)


def announce(line: str) -> None:
    """Print a line on standard output at once, for whoever started the program."""
    sys.stdout.write(for_line(line) + "\n")
    sys.stdout.flush()
