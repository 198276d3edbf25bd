"""Every test of the catalog runs against each database: an SQLite file, and a PostgreSQL server where there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.catalog import Catalog, open_catalog
from index.catalog.tables import METADATA
from tests.postgresql import Server

OpenStore = Callable[[str], Catalog]
_WORDS = ("passages_terms", "quotations_terms", "texts_terms")
_EMPTIED = "; ".join(
    [f"DELETE FROM {name}" for name in (*_WORDS, *(each.name for each in reversed(METADATA.sorted_tables)))]
    + ["INSERT INTO facts VALUES ('schema', (SELECT value FROM kept)), ('revision', '0')"]
    + ["INSERT INTO facts VALUES ('id', md5(random()::text))"]
    + ["UPDATE terms_totals SET rows = 0, terms = 0", "DROP TABLE kept"]
)


class Served:
    """Catalogs of the server, a database each: made when they are first asked for, emptied each time after."""

    def __init__(self, server: Server, data: Path) -> None:
        self._server = server
        self._data = data
        self._made: dict[str, Catalog] = {}

    def empty(self, name: str) -> Catalog:
        """Return an empty catalog."""
        if name not in self._made:
            self._made[name] = open_catalog(self._data, self._server.create(name))
        with self._made[name]._write() as connection:
            connection.exec_driver_sql("CREATE TEMP TABLE kept AS SELECT value FROM facts WHERE name = 'schema'")
            connection.exec_driver_sql(f"SET LOCAL session_replication_role = replica; {_EMPTIED}")
        return self._made[name]

    def close(self) -> None:
        """Close the catalogs."""
        for catalog in self._made.values():
            catalog.close()


@pytest.fixture(scope="session")
def served(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Catalogs of a PostgreSQL server."""
    served = Served(postgresql, tmp_path_factory.mktemp("served"))
    yield served
    served.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenStore]:
    """Opens an empty catalog by a name, in each kind of database; closed with the test."""
    opened: list[Catalog] = []

    def open_store(name: str) -> Catalog:
        if request.param == "sqlite":
            opened.append(open_catalog(tmp_path / name))
        else:
            opened.append(request.getfixturevalue("served").empty(name))
        return opened[-1]

    yield open_store
    for catalog in opened:
        catalog.close()


@pytest.fixture
def catalog(open_store: OpenStore) -> Catalog:
    """An empty catalog; of SQLite, the one in the data directory of ``vectors``."""
    return open_store("data")
