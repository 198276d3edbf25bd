"""Nothing is fetched: the whole path runs with outgoing connections counted, and there are none."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

SCRIPT = """
    import socket, sys
    from pathlib import Path

    attempts = []

    def watch(event, arguments):
        if event == "socket.connect":
            address = arguments[1]
            if not (isinstance(address, tuple) and str(address[0]) in ("127.0.0.1", "::1")):
                attempts.append((event, address))
        elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
            if arguments[0] not in (None, "", "localhost", "127.0.0.1", "::1", "0.0.0.0", socket.gethostname()):
                attempts.append((event, arguments[0]))

    sys.addaudithook(watch)
    if sys.argv[2] == "probe":
        try:
            socket.create_connection(("192.0.2.1", 9), timeout=0.01)
        except OSError:
            pass
    else:
        from assistant.settings import read_settings
        from assistant.workspace import open_workspace
        with open_workspace(read_settings({}, Path(sys.argv[1])), lambda _: None) as workspace:
            list(workspace.add([Path(sys.argv[3])]))
            assert not workspace.answer("Que dit Clémence Arzel du billet ?").abstained
            import app
            from assistant.page.pages import Pages
            from assistant.server.rate_limits import Rates
            app.build(Pages(workspace, Rates(ask="60/minute", add="60/minute")))
    print(len(attempts), attempts)
"""


def attempts(tmp_path: Path, what: str) -> str:
    root = Path(__file__).parents[1]
    samples = root / "assistant" / "answers" / "samples"
    # As a user's own environment would be: none of the switches that keep libraries quiet in tests.
    quiet = ("HF_HUB_OFFLINE", "ANONYMIZED_TELEMETRY", "GRADIO_ANALYTICS_ENABLED")
    environment = {name: value for name, value in os.environ.items() if name not in quiet}
    command = [sys.executable, "-c", textwrap.dedent(SCRIPT), str(tmp_path), what, str(samples)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, cwd=root, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def test_the_count_sees_a_connection(tmp_path: Path) -> None:
    assert not attempts(tmp_path, "probe").startswith("0 ")


def test_indexing_asking_and_building_the_page_connect_to_nothing(tmp_path: Path) -> None:
    assert attempts(tmp_path, "whole path") == "0 []"
