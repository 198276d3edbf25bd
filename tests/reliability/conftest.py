"""What the reliability tests share: texts to add, the command in a process of its own, figures for the report."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from assistant.settings import Settings
from index.embedding.embedder import Embedder, open_embedder
from index.settings import IndexSettings
from tests.bench.articles import further_articles, labelled_sets

ROOT = Path(__file__).parents[2]
FIGURES = pytest.StashKey[list[str]]()

Texts = Callable[[Path, int, int], list[Path]]
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture(scope="session")
def texts() -> Texts:
    """Writes so many articles of some paragraphs each into a folder; the same seed gives the same texts."""
    sets = labelled_sets()

    def texts(folder: Path, count: int, seed: int) -> list[Path]:
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for number, article in enumerate(further_articles(sets, count, seed)):
            path = folder / f"{article.lang}-{number}.txt"
            path.write_text(f"{article.text}\n\n{folder.name} {number}", encoding="utf-8")
            paths.append(path)
        return paths

    return texts


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The real embedding model."""
    return open_embedder(IndexSettings(), lambda _: None)


@pytest.fixture
def start(settings: Settings) -> Start:
    """Starts `dixit` on the test's data directory, its output in pipes."""

    def start(*arguments: str, prefix: Sequence[str] = (), **options: object) -> subprocess.Popen[str]:
        command = [*prefix, sys.executable, "-m", "assistant", "--data", str(settings.index.data), *arguments]
        return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="surrogateescape",
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            **options,
        )

    return start


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Takes a figure, in a sentence, to be told after the tests."""
    return request.config.stash.setdefault(FIGURES, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for line in config.stash.get(FIGURES, []):
        terminalreporter.write_line(f"figure: {line}")
