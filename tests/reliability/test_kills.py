"""`kill -9` at random moments of a real `dixit` process: every article is wholly in or wholly out, or named."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import IO

import pytest

from assistant.page.adding import ArticleAdding
from assistant.server.rate_limits import Rates
from assistant.server.visitor import Visitor
from assistant.settings import Settings
from assistant.workspace import open_workspace
from index.catalog import Catalog, open_catalog
from index.embedding.embedder import Embedder
from index.upkeep.integrity import check
from index.upkeep.journal import Journal

ROOT = Path(__file__).parents[2]
Texts = Callable[[Path, int, int], list[Path]]
Start = Callable[..., subprocess.Popen[str]]

WHOLE = 16
"""Articles a round; more than are added before the kill."""


@pytest.mark.timeout(600)
def test_two_kills_lose_nothing(
    settings: Settings, embedder: Embedder, texts: Texts, start: Start, tmp_path: Path
) -> None:
    ordeal = Ordeal(settings, embedder, texts, start, tmp_path / "texts", seed=7)
    assert ordeal.endure(2) >= 2
    assert len(ordeal.finished) > 2  # else the kills came too early to tell anything


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_fifty_kills_lose_nothing(
    settings: Settings,
    embedder: Embedder,
    texts: Texts,
    start: Start,
    tmp_path: Path,
    figure: Callable[[str], None],
) -> None:
    ordeal = Ordeal(settings, embedder, texts, start, tmp_path / "texts", seed=time.time_ns() % 1000)
    survived = ordeal.endure(50, ("add", "add", "add", "reindex", "remove"))
    figure(
        f"kills survived: {survived} (seed {ordeal.seed}), {len(ordeal.finished)} articles told added before a "
        f"kill and all there, {len(ordeal.named)} sources named as unfinished, {ordeal.idle} kills before a first line"
    )
    assert survived >= 50
    assert len(ordeal.finished) > survived  # else the kills came too early to tell anything


class Ordeal:
    """Kills of processes on one data directory, with a look at all of it after each."""

    def __init__(
        self, settings: Settings, embedder: Embedder, texts: Texts, start: Start, folder: Path, seed: int
    ) -> None:
        self.seed = seed
        self.finished: set[str] = set()
        self.named: set[str] = set()
        self.idle = self._killed = 0
        self._data = settings.index.data
        self._embedder = embedder
        self._texts = texts
        self._start = start
        self._folder = folder
        self._chance = random.Random(seed)

    def endure(self, kills: int, deeds: tuple[str, ...] = ("add",)) -> int:
        """Kill so many processes or one more; return how many, each of which left everything as promised."""
        for number in count():
            if self._killed >= kills:
                break
            paths = self._texts(self._folder / f"round-{number}", WHOLE, self.seed * 1000 + number)
            deed = self._chance.choice(deeds) if self.finished else "add"
            if deed != "add":
                self._kill(self._start(deed, *self._doomed(deed), "--json"), None)
                self._look([])
            folders = [self._folder / f"round-{n}" for n in (number - 1, number) if n >= 0]  # first what was stopped
            begun = self._kill(self._start("add", *map(str, folders), "--json"), self.finished)
            self._look(paths if begun else [])
        self._finish()
        return self._killed

    def _doomed(self, deed: str) -> list[str]:
        """Return the names of what is removed: articles that nobody counts on from then on."""
        if deed != "remove":
            return []
        doomed = self._chance.sample(sorted(self.finished), min(5, len(self.finished)))
        self.finished -= set(doomed)
        return doomed

    def _kill(self, process: subprocess.Popen[str], finished: set[str] | None) -> bool:
        """Kill a process in its start, or soon after some lines; return whether it told anything."""
        assert process.stdout is not None
        assert process.stderr is not None
        early = self._chance.random() < 0.2
        wanted = 0 if early else self._chance.randint(1, 8)
        lines: list[str] = []
        while wanted and (line := process.stdout.readline()):
            lines.append(line)
            wanted -= '"unchanged"' not in line
        time.sleep(self._chance.uniform(0, 4 if early else 0.4))
        process.kill()
        lines += _rest(process.stdout)
        process.stderr.close()
        self._killed += process.wait() == -signal.SIGKILL  # it may have been done before
        for line in lines:
            if finished is not None and line.endswith("\n"):
                result = json.loads(line)
                assert result["outcome"] in ("added", "unchanged", "updated"), result
                finished.add(result["source"])
        self.idle += not lines
        return bool(lines)

    def _look(self, paths: list[Path]) -> None:
        with closing(open_catalog(self._data)) as catalog:
            findings = check(self._data, catalog, self._embedder)
            assert {finding.part for finding in findings} <= {"unfinished"}, findings
            held = _origins(catalog)
        assert self.finished <= held, "told added, and lost"
        unfinished = {source.name for source in Journal(self._data).unfinished()}
        assert {str(path) for path in paths} - held <= unfinished, "neither in nor named"
        self.named |= unfinished

    def _finish(self) -> None:
        """Add all without a kill: what was stopped is taken up, and catalog and Chroma hold the same."""
        process = self._start("add", str(self._folder), "--json")
        out, err = process.communicate(timeout=3000)
        assert process.returncode == 0, err
        assert len(out.splitlines()) == len(list(self._folder.rglob("*.txt")))
        with closing(open_catalog(self._data)) as catalog:
            assert check(self._data, catalog, self._embedder) == []
            assert _origins(catalog) == {str(path) for path in self._folder.rglob("*.txt")}


def _origins(catalog: Catalog) -> set[str]:
    return {article.origin or "" for article in catalog.articles()}


def _rest(stream: IO[str]) -> list[str]:
    with stream:
        return stream.readlines()


def test_a_killed_upload_is_named_to_the_next_visitor(settings: Settings, texts: Texts, tmp_path: Path) -> None:
    paths = texts(tmp_path / "upload", 20, 3)
    script = (
        "import sys; from pathlib import Path\n"
        "from assistant.page.adding import ArticleAdding; from assistant.settings import *\n"
        "from assistant.workspace import *\n"
        "from assistant.server.rate_limits import Rates; from assistant.server.visitor import Visitor\n"
        "from index.settings import IndexSettings\n"
        "settings = Settings(IndexSettings(data=Path(sys.argv[1])), AssistantSettings())\n"
        "adding = ArticleAdding(open_workspace(settings, lambda line: None), Rates(add='600/minute'))\n"
        "for number, shown in enumerate(adding.add_files(sys.argv[2:], Visitor('v', 'en'))):\n"
        "    sys.stdout.write(f'{number}\\n'); sys.stdout.flush()\n"
    )
    command = [sys.executable, "-c", script, str(settings.index.data), *map(str, paths)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        assert [process.stdout.readline() for _ in range(3)] == [b"0\n", b"1\n", b"2\n"]
        process.kill()
    told: list[str] = []
    with open_workspace(settings, told.append) as workspace:
        unfinished = set(workspace.unfinished())
        held = {article.origin or "" for article in workspace.articles()}
        assert {path.name for path in paths} - {origin.removeprefix("upload:") for origin in held} <= unfinished
        assert unfinished  # adding does not wait for who watches it
        assert any("adding was stopped half way" in line for line in told)
        adding, visitor = ArticleAdding(workspace, Rates(add="600/minute")), Visitor("v", "en")
        assert all(name in adding.results(visitor) for name in unfinished)
        list(adding.add_files([str(path) for path in paths], visitor))
        assert workspace.unfinished() == []
        assert "was stopped" not in adding.results(visitor)
