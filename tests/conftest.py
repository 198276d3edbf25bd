"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings as examples

# A busy machine takes long for an example that is nothing but slow; `make soak` tries five times as many where a test
# names no number.
examples.register_profile("dixit", deadline=None, max_examples=40)
examples.register_profile("soak", deadline=None, max_examples=200)
examples.load_profile("dixit")

# Before any library is imported: no test may reach for a model hub.
os.environ["HF_HUB_OFFLINE"] = "1"
# Tests run beside each other, a process a core: threads that wait for threads of the others take thirty times as long.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from assistant.settings import AssistantSettings, Settings  # noqa: E402
from assistant.workspace import Workspace, open_workspace  # noqa: E402
from index.catalog import Catalog, open_catalog  # noqa: E402
from index.settings import IndexSettings  # noqa: E402
from index.vectors import VectorIndex, open_vectors  # noqa: E402
from tests.postgresql import Server, started  # noqa: E402

FIRST = ("tests/page", "tests/reliability", "tests/assistant/server", "tests/test_")
"""Where files are whose tests are few and long."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long files: of two processes, none is left with one when the other is done."""
    items.sort(key=lambda item: not item.nodeid.startswith(FIRST))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a data directory of the test's own and the user's cache of the embedding model."""
    return Settings(IndexSettings(data=tmp_path / "data"), AssistantSettings())


@pytest.fixture
def workspace(settings: Settings) -> Iterator[Workspace]:
    """An empty workspace with the real embedding model."""
    with open_workspace(settings, lambda _: None) as workspace:
        yield workspace


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    """An empty catalog, which whoever asks for ``vectors`` too has in one data directory with them."""
    catalog = open_catalog(tmp_path / "data")
    yield catalog
    catalog.close()


@pytest.fixture
def vectors(tmp_path: Path, catalog: Catalog) -> Iterator[VectorIndex]:
    """The vector index of the catalog."""
    vectors = open_vectors(tmp_path / "data", catalog)
    yield vectors
    vectors.close()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server, started when it is first asked for; whoever asks is skipped where there is none."""
    server = started()
    yield server
    server.close()


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes an article's file and returns its path."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write
