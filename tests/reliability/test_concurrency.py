"""Eight threads that add, remove and ask on one workspace: no error, and the index that one thread would have made."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.workspace import Workspace, open_workspace
from index.catalog import Catalog, open_catalog
from index.embedding.embedder import Embedder
from index.settings import IndexSettings
from index.upkeep.integrity import check
from index.vectors import inspect

Texts = Callable[[Path, int, int], list[Path]]

THREADS = 8
QUESTIONS = ("Que dit le maire du port ?", "Who spoke about the budget?", "Qui a parlé ?", "What did the minister say?")


@pytest.mark.timeout(900)
def test_eight_threads_leave_the_index_that_one_would(
    settings: Settings, embedder: Embedder, texts: Texts, tmp_path: Path
) -> None:
    folders = [texts(tmp_path / f"thread-{n}", 2, 40 + n) for n in range(THREADS)]
    together(settings, folders, seconds=0)
    assert same_as_in_sequence(settings, embedder, folders, tmp_path)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_eight_threads_for_two_minutes(
    settings: Settings, embedder: Embedder, texts: Texts, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    folders = [texts(tmp_path / f"thread-{n}", 12, 60 + n) for n in range(THREADS)]
    added, removed, asked = together(settings, folders, seconds=120)
    figure(f"8 threads for two minutes: {added} added, {removed} removed, {asked} questions answered, no error")
    assert same_as_in_sequence(settings, embedder, folders, tmp_path)


def together(settings: Settings, folders: list[list[Path]], seconds: float) -> tuple[int, int, int]:
    """Let each thread add its folder, remove and add at random, ask in between; then settle on what is to stay."""
    with open_workspace(settings, lambda _: None) as workspace:
        begun, until = threading.Barrier(THREADS), time.monotonic() + seconds

        def work(number: int) -> tuple[int, int, int]:
            begun.wait(timeout=60)
            return live(workspace, folders[number], random.Random(number), until)

        with ThreadPoolExecutor(THREADS) as pool:
            counts = list(pool.map(work, range(THREADS)))
    added, removed, asked = (sum(count) for count in zip(*counts, strict=True))
    return added, removed, asked


def live(workspace: Workspace, paths: list[Path], chance: random.Random, until: float) -> tuple[int, int, int]:
    held: dict[Path, str] = {}
    added = removed = asked = 0
    first = True
    while first or time.monotonic() < until:
        for path in paths if first else chance.sample(paths, 2):
            (result,) = workspace.add([path])
            assert result.article_id is not None, result
            held[path] = result.article_id
            added += result.outcome == "added"
        answer = workspace.answer(chance.choice(QUESTIONS))
        assert answer.paragraphs
        asked += 1
        workspace.remove(held.pop(chance.choice(sorted(held))))
        removed += 1
        first = False
    for path in paths:
        if staying(path) and path not in held:
            added += sum(result.outcome == "added" for result in workspace.add([path]))
        elif not staying(path) and path in held:
            workspace.remove(held.pop(path))
            removed += 1
    return added, removed, asked


def staying(path: Path) -> bool:
    """Tell whether an article is in the index at the end: all but the first of each folder."""
    return not path.stem.endswith("-0")


def same_as_in_sequence(settings: Settings, embedder: Embedder, folders: list[list[Path]], tmp_path: Path) -> bool:
    alone = Settings(IndexSettings(data=tmp_path / "alone"), settings.assistant)
    with open_workspace(alone, lambda _: None) as workspace:
        list(workspace.add(path for folder in folders for path in folder if staying(path)))
    first, second = contents(settings.index.data, embedder), contents(alone.index.data, embedder)
    assert len(first[0]) == sum(staying(path) for folder in folders for path in folder)
    return first == second


def contents(data: Path, embedder: Embedder) -> tuple[list[object], list[str]]:
    """Return all that the catalog knows of each article, and Chroma's ids."""
    with closing(open_catalog(data)) as catalog:
        assert check(data, catalog, embedder) == []
        inspection = inspect(data)
        assert inspection is not None
        return known(catalog), sorted(row.id for row in inspection.rows)


def known(catalog: Catalog) -> list[object]:
    """Return everything; people by what they are, as their ids tell only who came in first."""
    articles = sorted(catalog.articles(), key=lambda article: article.id)
    people = {person.id: replace(person, id=0) for person in catalog.people()}
    return [
        (article, [
            (replace(said, speaker_id=None), said.speaker_id and people[said.speaker_id])
            for said in catalog.quotations(article.id)
        ], [
            (unit.kind, unit.start, unit.end, unit.vector.tobytes()) for unit in catalog.units(article.id)
        ])
        for article in articles
    ]  # fmt: skip
