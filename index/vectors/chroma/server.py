"""The collections of a catalog on a Chroma server, which any number of processes share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from typing import Any, Final, get_args

from index.catalog import Catalog, Unit, Vectors
from index.errors import StoreError
from index.models import Hit, UnitKind
from index.settings import VectorServer
from index.vectors.chroma.collection import (
    HNSW,
    PAGE,
    Row,
    UnitCollection,
    require_cosine,
    rows_of,
    unit_id,
)

CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 30.0
"""Chroma's client waits for ever."""
SYNC_THRESHOLD: Final = 20_000
"""Changes after which the server writes its index files; it goes through those of its log again at its start."""
KINDS: Final[tuple[UnitKind, ...]] = get_args(UnitKind)
SEALED: Final[UnitKind] = "passage"
"""The kind whose collection tells the catalog's revision up to which all is there."""
TOKEN_REFUSED: Final = (401, 403)


class ServerCollection:
    """A catalog's units on a server: nobody overwrites or deletes what another process wrote later.

    The ids hold the revision of their article, so what two processes write of one revision is the same. Each kind of
    units has a collection of its own: a search among one of two kinds would look at every unit.

    Attributes:
        dimensions: fixed when the collections are made, as is the next.
        catalog: the id of the catalog whose units they hold.
    """

    def __init__(self, server: VectorServer, dimensions: int, catalog: str, make: bool = True) -> None:
        """Open the collections of a catalog, by its id.

        ``make``: where they are not there they are made, for vectors of so many dimensions; their tenant and database
        too.

        Raises:
            StoreError: the server does not answer, or refuses.
        """
        self._server = server
        with _server_errors(server), ExitStack() as failing:
            self._api = _connected(server)
            failing.callback(self.close)
            if make:
                _make_database(self._api, server)
            made = {"dimensions": dimensions, "catalog": catalog} if make else None
            self._of = {kind: _collection(self._api, server, kind, made) for kind in KINDS}
            self._units = {kind: UnitCollection(of, of_one_kind=True) for kind, of in self._of.items()}
            told = _metadata(self._of[SEALED])
            self.dimensions: int = told["dimensions"]
            self.catalog: str = told.get("catalog") or catalog
            failing.pop_all()

    def upsert(self, units: Sequence[Unit], revisions: Mapping[str, int]) -> None:
        """Write units, those of a kind at once, as they are at the revisions of their articles."""
        for kind, collection in self._units.items():
            theirs = [unit for unit in units if unit.kind == kind]
            ids = [f"{unit_id(unit)}@{revisions[unit.article_id]}" for unit in theirs]
            if theirs:
                with _server_errors(self._server):
                    collection.upsert(ids, theirs, revisions)

    def delete(self, ids: Sequence[str]) -> None:
        """Delete rows by their ids."""
        for kind, collection in self._of.items():
            theirs = [each for each in ids if each.startswith(f"{kind}:")]
            for first in range(0, len(theirs), PAGE):
                with _server_errors(self._server):
                    collection.delete(ids=theirs[first : first + PAGE])

    def search(self, vector: Vectors, kind: UnitKind, limit: int) -> list[Hit]:
        """The nearest units of that kind, best first."""
        with _server_errors(self._server):
            return self._units[kind].search(vector, kind, limit)

    def count(self) -> int:
        """How many units can be found."""
        with _server_errors(self._server):
            return sum(int(collection.count()) for collection in self._of.values())

    def rows(self, article_ids: Sequence[str] | None = None) -> list[Row]:
        """What the collections hold of some articles, or of all, without the vectors."""
        where: Any = None if article_ids is None else {"document_id": {"$in": list(article_ids)}}
        with _server_errors(self._server):
            return [row for collection in self._of.values() for row in rows_of(collection, where=where)]

    def sealed(self) -> int:
        """The catalog's revision up to which a process found all in them; -1: none did."""
        with _server_errors(self._server):
            self._of[SEALED] = _collection(self._api, self._server, SEALED, None)
        return int(_metadata(self._of[SEALED]).get("revision", -1))

    def seal(self, revision: int) -> None:
        """Note that all up to a revision of the catalog is in them."""
        with _server_errors(self._server):
            self._of[SEALED].modify(
                metadata={"dimensions": self.dimensions, "catalog": self.catalog, "revision": revision}
            )

    def drop(self) -> None:
        """Take the collections away; processes that have them open are told by their next request."""
        for kind in KINDS:
            with _server_errors(self._server):
                self._api.delete_collection(name_of(kind), tenant=self._server.tenant, database=self._server.database)

    def close(self) -> None:
        """Let go of the connections."""
        self._api._session.close()


def opened(server: VectorServer, catalog: Catalog, dimensions: int) -> ServerCollection:
    """Open a catalog's collection of vectors of so many dimensions.

    Raises:
        StoreError: the server does not answer, or refuses, or the collection is another catalog's.
    """
    with ExitStack() as failing:
        collection = ServerCollection(server, dimensions, catalog.id())
        failing.callback(collection.close)
        require_ours(collection, server, catalog)
        if collection.dimensions == dimensions:
            failing.pop_all()
            return collection
        collection.drop()  # it is of the model before
    return ServerCollection(server, dimensions, catalog.id())


def require_ours(collection: ServerCollection, server: VectorServer, catalog: Catalog) -> None:
    """Refuse a collection that was made for another catalog.

    Raises:
        StoreError: it is another catalog's.
    """
    ours = catalog.id()
    if ours and collection.catalog != ours:
        raise StoreError(
            f"DIXIT_VECTORS_DATABASE={server.database}: it holds the vectors of another catalog. Name a database that "
            "no other catalog has, or run `dixit check --repair` to let this one have it."
        )


def name_of(kind: UnitKind) -> str:
    """Return what the collection of a kind is called."""
    return f"{kind}s"


def _metadata(collection: Any) -> dict[str, Any]:
    return dict(collection.metadata or {})


def _connected(server: VectorServer) -> Any:
    """Return what speaks to the server; nothing is sent yet."""
    import httpx
    from chromadb.api import ServerAPI
    from chromadb.config import Settings, System

    how: dict[str, Any] = {
        "chroma_api_impl": "chromadb.api.fastapi.FastAPI",
        "chroma_server_host": server.url.rstrip("/"),  # the whole: of a host that begins with "http" it takes no port
        "chroma_server_http_port": 0,  # it must be given, and is not looked at
        "anonymized_telemetry": False,
    }
    if server.token:  # as "Authorization: Bearer …"
        how["chroma_client_auth_provider"] = "chromadb.auth.token_authn.TokenAuthClientProvider"
        how["chroma_client_auth_credentials"] = server.token
    api: Any = System(Settings(**how)).instance(ServerAPI)  # type: ignore[type-abstract]
    # no setting of Chroma's is for these: it waits for ever, and tells what a proxy answers as a bare ``Exception``
    api._session.timeout = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
    api._session.event_hooks["response"] = [_require_chroma]
    return api


def _require_chroma(response: Any) -> None:
    """Raise what somebody in front of Chroma refuses or cannot pass on, and what another service answers."""
    if response.is_error and (response.status_code in TOKEN_REFUSED or not _is_of_chroma(response)):
        response.raise_for_status()


def _is_of_chroma(response: Any) -> bool:
    from chromadb.errors import error_types

    response.read()
    try:
        return response.json()["error"] in error_types
    except (ValueError, KeyError, TypeError):  # no JSON, or of another form
        return False


def _make_database(api: Any, server: VectorServer) -> None:
    _make(partial(api.get_tenant, server.tenant), partial(api.create_tenant, server.tenant))
    where = (server.database, server.tenant)
    _make(partial(api.get_database, *where), partial(api.create_database, *where))


def _make(get: Callable[[], Any], create: Callable[[], Any]) -> None:
    from chromadb.errors import ChromaError, NotFoundError

    with suppress(NotFoundError):
        get()
        return
    try:
        create()
    except ChromaError:
        with suppress(NotFoundError):  # another process made it at the same time
            get()
            return
        raise


def _collection(api: Any, server: VectorServer, kind: UnitKind, made: Mapping[str, Any] | None) -> Any:
    """Open a kind's collection; where it is not there it is made, with that metadata, if some are given."""
    from chromadb.api.models.Collection import Collection

    where = {"tenant": server.tenant, "database": server.database}
    if made is None:
        model = api.get_collection(name_of(kind), **where)
    else:
        configuration: Any = {"hnsw": HNSW | {"sync_threshold": SYNC_THRESHOLD}}
        model = api.get_or_create_collection(name_of(kind), configuration=configuration, metadata=dict(made), **where)
    collection = Collection(client=api, model=model, embedding_function=None)
    require_cosine(collection)
    return collection


@contextmanager
def _server_errors(server: VectorServer) -> Iterator[None]:
    import httpx
    from chromadb.errors import ChromaError

    try:
        yield
    except httpx.HTTPStatusError as error:
        raise StoreError(_of_status(server, error.response.status_code)) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise StoreError(
            f"DIXIT_VECTORS_URL={server.url}: {' '.join(str(error).split()) or type(error).__name__}. "
            "A Chroma server must answer there: start it, or correct the setting."
        ) from error
    except (ChromaError, ValueError, KeyError, TypeError, RuntimeError) as error:  # the last: closed meanwhile
        raise StoreError(
            f"DIXIT_VECTORS_URL={server.url}: {' '.join(str(error).split())}. "
            "The server must hold the collection that Dixit made: `dixit check --repair` makes it anew."
        ) from error


def _of_status(server: VectorServer, status: int) -> str:
    if status in TOKEN_REFUSED:
        return (
            f"DIXIT_VECTORS_URL={server.url}: it answers {status}. DIXIT_VECTORS_TOKEN must be the token that the "
            "proxy in front of Chroma asks for: set it, and start again."
        )
    return (
        f"DIXIT_VECTORS_URL={server.url}: it answers {status}. A Chroma server must answer there, not another: "
        "start it, or correct the setting."
    )
