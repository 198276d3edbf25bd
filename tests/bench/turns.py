"""Two visitors add -> how long the one with little waits for the one with much: ``python -m tests.bench.turns URL``.

Serve a data directory first (``python app.py --data DIR``). What is done goes through the page's own events, each
visitor in a window of their own: one uploads files, the other pastes two lines at once.
"""

from __future__ import annotations

import json
import sys
import threading
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx

FILES = 60
TEXT = "Le quai numéro {0}, {1}\n\n« Nous rouvrirons le quai {0} cet été », a déclaré Maud Lorne{0}, la maire.\n"
MOST = 600
"""Seconds that an event may take."""


@dataclass(frozen=True, slots=True)
class Waited:
    """Seconds until each visitor's sources were in."""

    files: float
    paste: float

    def __str__(self) -> str:
        return f"two lines pasted beside {FILES} files: in after {self.paste:.1f} s, the files after {self.files:.1f} s"


class Window:
    """A window of the page."""

    def __init__(self, url: str) -> None:
        self._page = httpx.Client(base_url=url, timeout=MOST)
        self._session = uuid.uuid4().hex[:12]
        config = self._page.get("/config").json()
        names = {part["id"]: part["props"].get("elem_id") for part in config["components"]}
        self._events = {
            (names.get(target), event): number
            for number, dependency in enumerate(config["dependencies"])
            for target, event in dependency["targets"]
        }

    def upload(self, files: dict[str, str]) -> list[dict[str, Any]]:
        """Send files; return them as an event takes them."""
        sent = [("files", (name, text.encode())) for name, text in files.items()]
        paths = self._page.post("/gradio_api/upload", files=sent).json()
        return [{"path": path, "meta": {"_type": "gradio.FileData"}} for path in paths]

    def does(self, part: str, event: str, *values: Any) -> str:
        """Have an event done; return the last that was shown first."""
        joined = {"data": values, "fn_index": self._events[part, event], "session_hash": self._session}
        self._page.post("/gradio_api/queue/join", json=joined).raise_for_status()
        with self._page.stream("GET", "/gradio_api/queue/data", params={"session_hash": self._session}) as lines:
            for line in lines.iter_lines():
                message = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
                if message.get("msg") == "process_completed":
                    assert message["success"], message
                    return str(message["output"]["data"][0])
        raise AssertionError("the stream ended before the event did")


def wait(url: str) -> Waited:
    """Let one visitor add files, and another a text while they go in."""
    run, took = uuid.uuid4().hex[:6], dict[str, float]()
    one, other = Window(url), Window(url)
    files = one.upload({f"{run}-{number}.txt": TEXT.format(number, run) for number in range(FILES)})

    def add(name: str, window: Window, *event: Any) -> None:
        started = time.perf_counter()
        window.does(*event)
        took[name] = time.perf_counter() - started

    adding = threading.Thread(target=add, args=("files", one, "upload", "upload", files))
    adding.start()
    time.sleep(1)  # the other comes when the first is at it
    add("paste", other, "paste-add", "click", "", TEXT.format("collé", run))
    adding.join()
    return Waited(took["files"], took["paste"])


def main(argv: Sequence[str]) -> int:
    """Print how long each waited; return the exit status."""
    sys.stdout.write(f"{wait(argv[0])}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
