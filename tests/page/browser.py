"""The page in a process of its own, and what a reader does on it in a real browser."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from itertools import product, starmap
from pathlib import Path
from typing import IO, Any

import pytest

from assistant.texts.catalogue import Texts, texts_of
from tests.page.forked import Forked

Process = subprocess.Popen[str] | Forked

ROOT = Path(__file__).parents[2]
STAND_IN = Path(__file__).parent / "stand_in.py"
ARTICLES = ROOT / "tests" / "data" / "page"
# Apart for each of the processes that tests are spread over: between finding a port free and taking it, time passes.
PORT = 7961 + 100 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
LOCALES = {"fr": "fr-FR", "en": "en-GB"}
WIDE, PHONE = {"width": 1400, "height": 900}, {"width": 390, "height": 844}
needs_a_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium, chromium-browser or google-chrome is installed"),
]
in_both_languages = pytest.mark.parametrize("texts", [texts_of(lang) for lang in LOCALES], ids=list(LOCALES))
"""Runs a test as a French and as an English reader, who names what is on the page in their own words."""

DESK = {"width": 1280, "height": 800}
_ONCE = [("fr", "light", DESK), ("en", "dark", PHONE)]


def _reader(lang: str, theme: str, width: dict[str, int]) -> Any:
    marks = [] if (lang, theme, width) in _ONCE else [pytest.mark.soak]
    name = f"{lang}-{theme}-{'phone' if width == PHONE else 'wide'}"
    return pytest.param(texts_of(lang), theme, width, marks=marks, id=name)


every_reader = pytest.mark.parametrize(
    ("texts", "theme", "viewport"), [*starmap(_reader, product(LOCALES, ["light", "dark"], [DESK, PHONE]))]
)
"""Runs a test in each language and theme, wide and on a telephone: each of them once, all together at length."""


class Server:
    """The page in its own process, on a port of its own."""

    def __init__(self, data: Path, *command: object, log: IO[bytes] | None = None, **variables: object) -> None:
        self.data = data
        self.process = self._begun(command, log, os.environ | {name: str(value) for name, value in variables.items()})
        assert self.process.stdout
        self.said = next((line for line in self.process.stdout if "http://" in line), "")
        found = re.search(r"http://127\.0\.0\.1:\d+", self.said)
        assert found, f"exit {self.process.wait()}"
        self.url = found[0]
        self.port = int(self.url.rpartition(":")[2])

    def _begun(self, command: Sequence[object], log: IO[bytes] | None, environment: dict[str, str]) -> Process:
        return subprocess.Popen(
            [sys.executable, *map(str, command)], stdout=subprocess.PIPE, stderr=log, text=True, cwd=ROOT,
            env=environment | {"PYTHONPATH": str(ROOT)},
        )  # fmt: skip

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        code = self.process.wait(timeout=30)
        assert self.process.stdout
        self.process.stdout.close()
        return code


class ForkedServer(Server):
    """A stand-in, in a process forked from one that has imported it: a start costs a second, not six."""

    def _begun(self, command: Sequence[object], log: IO[bytes] | None, environment: dict[str, str]) -> Process:
        return Forked(list(map(str, command)), environment)


def stand_in(data: Path, *articles: Path, log: IO[bytes] | None = None, port: int = PORT, **variables: Any) -> Server:
    """Serve the page over a workspace without models, with settings or other variables of the environment."""
    if log is not None:
        return Server(data, STAND_IN, data, port, *articles, log=log, **variables)
    return ForkedServer(data, data, port, *articles, **variables)


def real(data: Path, *options: str, **variables: object) -> Server:
    """Serve the page as a user does, with settings or other variables of the environment."""
    return Server(data, "app.py", "--data", data, "--port", PORT, *options, **variables)


def locale(texts: Texts) -> str:
    return LOCALES[texts.lang]


def button(page: Any, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True)


def ask(page: Any, question: str) -> None:
    page.locator("#box textarea").fill(question)
    page.locator("#box textarea").press("Enter")


def answer(page: Any) -> Any:
    return page.locator("[data-testid=bot]").last


def upload(page: Any, paths: Sequence[Path]) -> None:
    with page.expect_file_chooser() as chooser:
        page.locator("#upload").click()
    chooser.value.set_files(paths)
