"""`dixit migrate`, and what is otherwise when the catalog is on a server."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant.cli import main
from index.catalog import Reading, open_catalog
from index.models import Article, Passage, content_id
from index.vectors.build import Build
from index.vectors.seal import seal_of
from tests.postgresql import Server

Dixit = Callable[..., subprocess.CompletedProcess[str]]
STORY = "Le marché rouvre\n\n« Nous rouvrirons lundi », a déclaré Claire Besson. Le marché était fermé."
QUESTION = "Que dit Claire Besson du marché ?"


@pytest.fixture
def dixit(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Dixit:
    """The command as it is called, in the process of the tests."""

    def run(data: Path, *arguments: str, url: str = "") -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", ["dixit", "--data", str(data), *arguments])
        monkeypatch.setenv("DIXIT_CATALOG_URL", url)
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        return subprocess.CompletedProcess(arguments, int(ended.value.code or 0), *capsys.readouterr())

    return run


def test_a_catalog_on_a_server_answers_as_the_file_did(postgresql: Server, dixit: Dixit, tmp_path: Path) -> None:
    (tmp_path / "marche.txt").write_text(STORY, encoding="utf-8")
    data, url = tmp_path / "data", postgresql.create("answering")
    assert dixit(data, "add", str(tmp_path / "marche.txt")).returncode == 0
    before = json.loads(dixit(data, "ask", QUESTION, "--json").stdout)
    moved = dixit(data, "migrate", "--to", url)
    assert (moved.returncode, moved.stdout.splitlines()[0]) == (
        0, "1 articles are copied; counts, and a sample of places and vectors, are the same",
    )  # fmt: skip
    (data / "catalog.sqlite").unlink()
    after = json.loads(dixit(data, "ask", QUESTION, "--json", url=url).stdout)
    assert after.pop("seconds") and before.pop("seconds")
    assert (after, len(after["citations"])) == (before, 1)
    for deed in ("backup", "restore"):
        refused = dixit(data, deed, str(tmp_path / "kept"), url=url)
        assert (refused.returncode, "pg_dump" in refused.stderr) == (1, True)


@pytest.mark.parametrize("places", [(), ("--from", "/a", "--to", "/a")])
def test_the_places_of_a_migration_are_two(places: tuple[str, ...], dixit: Dixit, tmp_path: Path) -> None:
    told = dixit(tmp_path / "data", "migrate", *places)
    assert told.returncode == 2
    assert "Name a place to copy from or to" in told.stderr


def test_the_vector_index_is_made_from_the_catalog_on_the_server(postgresql: Server, tmp_path: Path) -> None:
    vector = np.ones((1, 4), np.float32)
    article = Article(content_id(STORY), "a", "a", "fr", text=STORY)
    with closing(open_catalog(tmp_path, postgresql.create("indexed"))) as catalog:
        catalog.add(Reading(article, [Passage(article.id, 0, len(STORY))], [], vector, vector[:0], "m"))
        build = Build(tmp_path, catalog.url, tmp_path / "folder", anew=True)
        assert build.wait(lambda _: None) is None
        build.stop()
    seal = seal_of(tmp_path / "folder")
    assert seal is not None and seal.revision == 1
