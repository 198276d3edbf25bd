"""The columns that a noun's fields make, and a stored table that gets those it does not have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
import sqlalchemy as sa

from index.catalog.columns import add_columns, field_columns, missing_columns


@dataclass(frozen=True)
class Noun:
    """One field of each kind that a column holds."""

    id: str
    kind: Literal["direct", "mixed"]
    tone: str | None = None
    mood: Literal["calm", "cross"] | None = None
    at: int | None = None
    confidence: float | None = None
    hedged: bool | None = None


@dataclass(frozen=True)
class Listed:
    """A field that no column holds."""

    names: list[str]


@dataclass(frozen=True)
class Either:
    """A field of two kinds."""

    at: int | str


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sa.Connection]:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'nouns.sqlite'}")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def table(*, but: tuple[str, ...] = ("id",)) -> sa.Table:
    columns = field_columns(Noun, but, indexed=("tone",))
    return sa.Table("nouns", sa.MetaData(), sa.Column("id", sa.String, primary_key=True), *columns)


def test_each_field_is_a_column_of_its_kind() -> None:
    told = {
        column.name: (str(column.type), column.nullable, column.index)
        for column in field_columns(Noun, ("id",), ("tone",))
    }
    assert told == {
        "kind": ("VARCHAR", False, False),
        "tone": ("TEXT", True, True),
        "mood": ("VARCHAR", True, False),
        "at": ("INTEGER", True, False),
        "confidence": ("FLOAT", True, False),
        "hedged": ("BOOLEAN", True, False),
    }


@pytest.mark.parametrize(("noun", "field"), [(Listed, "names"), (Either, "at")])
def test_a_field_that_no_column_holds_is_refused(noun: type, field: str) -> None:
    with pytest.raises(TypeError, match=f"{field}: no column holds .* one of str, int, float, bool"):
        field_columns(noun)


def test_a_table_gets_the_columns_that_it_does_not_have_and_keeps_its_rows(connection: sa.Connection) -> None:
    before, today = table(but=("id", "tone", "mood", "at", "confidence", "hedged")), table()
    before.create(connection)
    connection.execute(sa.insert(before).values(id="a", kind="direct"))
    missing = missing_columns(connection, [today])
    assert [column.name for column in missing] == ["tone", "mood", "at", "confidence", "hedged"]
    add_columns(connection, missing)
    connection.execute(sa.insert(today).values(id="b", kind="mixed", tone="dry", confidence=0.5, hedged=True))
    rows: list[Any] = [tuple(row) for row in connection.execute(sa.select(today).order_by(today.c.id))]
    assert rows == [
        ("a", "direct", None, None, None, None, None),
        ("b", "mixed", "dry", None, None, 0.5, True),
    ]
    assert missing_columns(connection, [today]) == []
    assert [index["name"] for index in sa.inspect(connection).get_indexes("nouns")] == ["ix_nouns_tone"]


def test_a_table_that_is_not_stored_misses_no_column(connection: sa.Connection) -> None:
    assert missing_columns(connection, [table()]) == []
