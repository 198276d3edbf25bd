"""One fixture by which what holds of the vector index is tried with a folder and with a server."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.catalog import Catalog, open_catalog
from index.settings import VectorServer
from index.vectors import VectorIndex, open_vectors
from tests.chroma_server import ChromaServer, chroma_server


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    catalog = open_catalog(tmp_path)
    yield catalog
    catalog.close()


@pytest.fixture(scope="session")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    """A server that is left running."""
    with chroma_server(tmp_path_factory.mktemp("chroma")) as server:
        yield server


@pytest.fixture
def server(chroma: ChromaServer) -> VectorServer:
    """A database of the test's own on that server."""
    return VectorServer(chroma.url, tenant="newsroom", database=uuid.uuid4().hex)


@pytest.fixture(params=["folder", "server"])
def opened(request: pytest.FixtureRequest, tmp_path: Path, catalog: Catalog) -> Callable[[], VectorIndex]:
    """Opens the vector index of the catalog, as another process would, too."""
    server = request.getfixturevalue("server") if request.param == "server" else None
    return lambda: open_vectors(tmp_path, catalog, server=server)
