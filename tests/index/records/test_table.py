"""Small tables of records: in a file of the data directory, or on the server that has the catalog."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import StoreError
from index.records import FEEDS, MEMBERS, WORKSPACES, Record
from index.records.table import Records
from tests.postgresql import Server

Open = Callable[[], Records]


@pytest.fixture(params=["sqlite", "postgresql"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens the same tables again and again, as several processes do."""
    url = ""
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgresql")
        url = server.create(f"records_{abs(hash(tmp_path))}")
    made: list[Records] = []

    def opened() -> Records:
        made.append(Records(tmp_path / "data", url))
        return made[-1]

    yield opened
    for records in made:
        records.close()


def test_a_table_that_is_not_there_holds_nothing_and_is_not_made_by_reading(opened: Open, tmp_path: Path) -> None:
    table = opened().table(FEEDS)
    assert table.all() == []
    assert table.read("a") is None
    assert not table.remove("a")
    assert not (tmp_path / "data").exists()


def test_what_one_process_writes_another_reads(opened: Open) -> None:
    first, second = opened().table(FEEDS), opened().table(FEEDS)
    assert first.add(Record("b", "1", 1.5))
    assert not second.add(Record("b", "2", 2.5))
    second.write(Record("a", "é\n'", 3.0))
    assert first.all() == [Record("a", "é\n'", 3.0), Record("b", "1", 1.5)]
    first.write(Record("b", "3", 4.0))
    assert second.read("b") == Record("b", "3", 4.0)
    assert second.remove("b")
    assert not first.update(Record("b", "4", 5.0))
    assert [record.key for record in first.all()] == ["a"]


def test_the_newest_are_kept(opened: Open) -> None:
    table = opened().table(FEEDS)
    for key, at in (("a", 1.0), ("b", 3.0), ("c", 2.0)):
        table.write(Record(key, "", at), most=2)
    assert [record.key for record in table.all()] == ["b", "c"]


def test_of_many_who_take_what_is_due_one_does(opened: Open) -> None:
    opened().table(FEEDS).add(Record("a", "", 0.1))
    tables = [opened().table(FEEDS) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        took = list(pool.map(lambda table: table.update(Record("a", "", 9.9), was=0.1), tables))
    assert sorted(took) == [False] * 5 + [True]


def test_many_may_make_a_table_at_once(opened: Open) -> None:
    tables = [opened().table(FEEDS) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        added = list(pool.map(lambda number: tables[number].add(Record(str(number), "", 0.0)), range(6)))
    assert added == [True] * 6
    assert len(opened().table(FEEDS).all()) == 6


def test_what_files_held_goes_to_the_server_once(tmp_path: Path, postgresql: Server) -> None:
    data = tmp_path / "data"
    files = Records(data)
    files.table(WORKSPACES).add(Record("lagune", "", 1.0))
    files.table(MEMBERS).add(Record("lagune/ana", "read", 2.0))
    url = postgresql.create("records_moved")
    served = Records(data, url)
    assert served.table(WORKSPACES).all() == [Record("lagune", "", 1.0)]
    assert not (data / "workspaces.sqlite").exists()
    assert (data / "workspaces.sqlite.moved").exists()
    other = Records(data, url)
    assert other.table(MEMBERS).all() == [Record("lagune/ana", "read", 2.0)]
    for records in (served, other):
        records.close()


def test_a_file_that_is_no_database_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "feeds.sqlite").write_bytes(b"no database at all, but long enough to be taken for one" * 20)
    with pytest.raises(StoreError, match=r"feeds\.sqlite: file is not a database\. Put a backup back"):
        Records(tmp_path).table(FEEDS).all()


def test_a_file_of_the_version_before_is_read_as_it_is(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "feeds.sqlite")) as connection, connection:
        connection.execute("CREATE TABLE feed (address TEXT PRIMARY KEY, due REAL NOT NULL, told TEXT NOT NULL)")
        connection.execute("INSERT INTO feed VALUES ('https://fanal.example/flux', 1700000000.25, 'x')")
    table = Records(tmp_path).table(FEEDS)
    assert table.all() == [Record("https://fanal.example/flux", "x", 1700000000.25)]
    assert table.update(Record("https://fanal.example/flux", "y", 2.0), was=1700000000.25)
