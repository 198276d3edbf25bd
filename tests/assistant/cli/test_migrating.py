"""`dixit migrate`, and what is otherwise when the catalog is on a server."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.catalog import Reading, open_catalog
from index.models import Article, Passage, content_id
from index.vectors.build import Build
from index.vectors.seal import seal_of
from tests.assistant.cli.command import Dixit
from tests.postgresql import Server

STORY = "Le marché rouvre\n\n« Nous rouvrirons lundi », a déclaré Claire Besson. Le marché était fermé."
QUESTION = "Que dit Claire Besson du marché ?"


def test_a_catalog_on_a_server_answers_as_the_file_did(postgresql: Server, dixit: Dixit, tmp_path: Path) -> None:
    (tmp_path / "marche.txt").write_text(STORY, encoding="utf-8")
    data, url = tmp_path / "data", postgresql.create("answering")
    assert dixit("add", str(tmp_path / "marche.txt")).returncode == 0
    before = json.loads(dixit("ask", QUESTION, "--json").stdout)
    moved = dixit("migrate", "--to", url)
    assert (moved.returncode, moved.stdout.splitlines()[0]) == (
        0, "1 articles are copied; counts, and a sample of places and vectors, are the same",
    )  # fmt: skip
    (data / "catalog.sqlite").unlink()
    after = json.loads(dixit("ask", QUESTION, "--json", url=url).stdout)
    assert after.pop("seconds") and before.pop("seconds")
    assert (after, len(after["citations"])) == (before, 1)
    for deed in ("backup", "restore"):
        refused = dixit(deed, str(tmp_path / "kept"), url=url)
        assert (refused.returncode, "pg_dump" in refused.stderr) == (1, True)


@pytest.mark.parametrize("places", [(), ("--from", "/a", "--to", "/a")])
def test_the_places_of_a_migration_are_two(places: tuple[str, ...], dixit: Dixit) -> None:
    told = dixit("migrate", *places)
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
