"""A catalog that goes from a file into PostgreSQL and back is the same catalog."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa

from index.catalog import Catalog, Place, Reading, copy_catalog, open_catalog
from index.catalog.tables import ARRIVAL, ARTICLES, METADATA
from index.corrections import Correction
from index.errors import StoreError
from index.languages.terms import query_terms
from index.models import Article, Feedback, Passage, Person, Quotation, content_id
from index.query.parser import parse
from tests.postgresql import Server


def reading(number: int) -> Reading:
    text = f"Le quai {number}\n\n« Élu, je rouvre le quai {number} », a dit Maud Lorne, la maire 🌊."
    told = {"published": date(2026, 1, 1 + number), "source": "L’Écho"} if number % 2 else {"pages": (0, 9)}
    article = Article(content_id(text), f"k{number}", f"Le quai {number}", "fr", text=text, **told)  # type: ignore[arg-type]
    said = Quotation(article.id, start := text.index("Élu"), start + 9, "direct", "Maud Lorne", hedge=False)
    named = Person("Maud Lorne", "person", "Fem", ("maire",), ((40, 50),))
    vectors = np.random.default_rng(number).normal(size=(2, 4)).astype(np.float32)
    spans = [Passage(article.id, 0, 20), Passage(article.id, 20, len(text))]
    return Reading(article, spans, [said], vectors, vectors[:1], "m", ["Maud Lorne"], [named])


@pytest.fixture
def filled(tmp_path: Path) -> Place:
    with closing(open_catalog(tmp_path / "filled")) as catalog:
        for number in range(7):
            catalog.add(reading(number))
        catalog.remove(reading(3).article.id)
        catalog.add(reading(2))
        catalog.correct(Correction("rename", name="Odile Roux", value="Odile Le Roux"), None, [])
        catalog.add_feedback(Feedback("Qui ?", ("0f" * 8,), 1, datetime(2026, 3, 1, 12, 30, tzinfo=UTC)))
    return Place(tmp_path / "filled")


def held(place: Place) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, and what is found by words."""
    with closing(open_catalog(place.data, place.url)) as catalog, catalog._read() as connection:
        rows: dict[str, list[tuple[Any, ...]]] = {}
        for table in METADATA.sorted_tables:
            order = [ARRIVAL] if table is ARTICLES else list(table.primary_key.columns)
            rows[table.name] = [tuple(row) for row in connection.execute(sa.select(table).order_by(*order))]
        asked = catalog.search(query_terms("le quai 5 de Maud"), "passage", 9)
        rows["by words"] = [(hit.article_id, hit.start, round(hit.score, 9)) for hit in asked]
        rows["exactly"] = [(found.article.id, found.hits) for found in catalog.find_exactly(parse('"rouvre le quai"'))]
        return rows


def test_a_copy_and_the_copy_of_it_hold_the_same(filled: Place, postgresql: Server, tmp_path: Path) -> None:
    server, back = Place(tmp_path / "server", postgresql.create("copied")), Place(tmp_path / "back")
    with closing(open_catalog(filled.data)) as catalog:
        catalog_id = catalog.id()
    assert copy_catalog(filled, server) == 6
    assert held(server) == held(filled)
    assert copy_catalog(server, back) == 6
    assert held(back) == held(filled)
    for place in (server, back):
        with closing(open_catalog(place.data, place.url)) as catalog:
            assert catalog.id() == catalog_id
            before = {person.id for person in catalog.people()}
            catalog.add(reading(9))
            catalog.add(_of_another())
            assert not before & ({person.id for person in catalog.people()} - before)
            assert catalog.findings("m", 4) == []


def _of_another() -> Reading:
    text = "Hugo Vasselin parle."
    article = Article(content_id(text), "v", "v", "fr", text=text)
    vector = np.ones((1, 4), np.float32)
    people = [Person("Hugo Vasselin", "person")]
    return Reading(article, [Passage(article.id, 0, len(text))], [], vector, vector[:0], "m", people=people)


class Stopped(Exception):
    """The process was stopped."""


@pytest.mark.parametrize("stopped_at", ["articles", "passages", "person_roles"])
def test_a_copy_that_was_stopped_is_no_catalog_until_it_is_gone_on_with(
    filled: Place, postgresql: Server, tmp_path: Path, stopped_at: str
) -> None:
    target = Place(tmp_path / "server", postgresql.create(f"stopped_at_{stopped_at}"))

    def stop(line: str) -> None:
        if line.startswith(stopped_at):
            raise Stopped

    with pytest.raises(Stopped):
        copy_catalog(filled, target, stop)
    with pytest.raises(StoreError, match="stopped half way. Run `dixit migrate` again"):
        open_catalog(target.data, target.url)
    assert copy_catalog(filled, target) == 6
    assert held(target) == held(filled)


def test_a_copy_is_not_gone_on_with_from_another_state(filled: Place, tmp_path: Path) -> None:
    target = Place(tmp_path / "target")

    def stop(line: str) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        copy_catalog(filled, target, stop)
    with closing(open_catalog(filled.data)) as catalog:
        catalog.add(reading(8))
    with pytest.raises(StoreError, match="a copy of something else was begun there"):
        copy_catalog(filled, target)


def test_a_source_that_changes_meanwhile_is_told(filled: Place, tmp_path: Path) -> None:
    def change(line: str) -> None:
        with closing(open_catalog(filled.data)) as catalog:
            catalog.add(reading(8))

    with pytest.raises(StoreError, match="it was changed while it was copied"):
        copy_catalog(filled, Place(tmp_path / "target"), change)


def test_a_place_that_holds_something_is_refused(filled: Place, catalog: Catalog) -> None:
    catalog.add(reading(1))
    target = Place(filled.data.parent / "data", catalog.url)
    with pytest.raises(StoreError, match="it holds something already"):
        copy_catalog(filled, target)
    assert catalog.count() == 1


def test_there_must_be_a_catalog_to_copy(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no catalog to copy"):
        copy_catalog(Place(tmp_path / "none"), Place(tmp_path / "target"))
    assert not (tmp_path / "none").exists()
