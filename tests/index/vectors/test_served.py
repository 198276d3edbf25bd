"""The vector index on a real Chroma server that is killed, emptied, shared and taken away."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from index.catalog import Catalog, Place, copy_catalog, open_catalog
from index.errors import SettingsError, StoreError
from index.settings import IndexSettings, VectorServer
from index.vectors import CatalogVectors, ServedVectors, inspect_server
from index.vectors.chroma.server import _connected
from tests.chroma_server import chroma_server
from tests.index.vectors.test_vectors import MANY, direction, put, reading


def served(server: VectorServer, catalog: Catalog) -> ServedVectors:
    """The index, which asks a server that failed again at once, and compares counts at each search."""
    return ServedVectors(server, catalog, retry_seconds=0, check_seconds=0)


def first_key(vectors: ServedVectors, catalog: Catalog, number: int) -> str:
    (hit,) = vectors.search(direction(number, 0), "passage", 1)
    return catalog.article(hit.article_id).key


def is_whole(vectors: ServedVectors, catalog: Catalog) -> bool:
    vectors.search(direction(0, 0), "passage", 1)
    vectors.wait()
    assert vectors.trouble() is None
    held = {(row.article_id, row.revision) for row in vectors._in_use().rows()}
    return held == set(catalog.revisions().items()) and vectors._in_use().count() == len(catalog.units())


def test_the_server_may_die_and_come_back_and_nothing_is_lost(catalog: Catalog, tmp_path: Path) -> None:
    for number in range(3):
        put(catalog, number)
    with chroma_server(tmp_path / "chroma") as chroma:
        vectors = served(VectorServer(chroma.url), catalog)
        assert is_whole(vectors, catalog)
        chroma.kill()
        put(catalog, 3)
        assert [first_key(vectors, catalog, number) for number in range(4)] == ["a0", "a1", "a2", "a3"]
        vectors.sync()  # as whoever adds an article does: it is no error of theirs
        trouble = vectors.trouble()
        assert trouble is not None
        assert chroma.url in trouble
        assert "start it" in trouble
        chroma.start()
        assert is_whole(vectors, catalog)
        chroma.kill()
        shutil.rmtree(chroma.path)
        chroma.start()  # with nothing in it
        assert first_key(vectors, catalog, 3) == "a3"
        assert is_whole(vectors, catalog)
        vectors.close()


def test_a_server_that_is_away_at_the_start_is_used_once_it_is_there(catalog: Catalog, tmp_path: Path) -> None:
    put(catalog, 1)
    with chroma_server(tmp_path / "chroma") as chroma:
        chroma.kill()
        vectors = served(VectorServer(chroma.url), catalog)
        assert first_key(vectors, catalog, 1) == "a1"
        assert vectors.trouble() is not None
        with pytest.raises(StoreError, match="start it"):
            vectors.rebuild()
        chroma.start()
        assert is_whole(vectors, catalog)
        vectors.close()


def test_two_processes_share_a_collection(catalog: Catalog, tmp_path: Path, server: VectorServer) -> None:
    first, second = served(server, catalog), served(server, catalog)
    for number in range(4):
        article = put(catalog, number)
        for each in (first, second):
            assert first_key(each, catalog, number) == f"a{number}"
    catalog.replace(reading(0, 2))
    catalog.remove(article.id)
    assert second.search(direction(3, 0), "passage", 1)[0].article_id != article.id
    assert is_whole(second, catalog)
    assert is_whole(first, catalog)
    second.rebuild()
    assert first_key(first, catalog, 1) == "a1"
    assert is_whole(first, catalog)
    first.close()
    second.close()


def test_two_processes_take_up_much_at_once(catalog: Catalog, server: VectorServer) -> None:
    for number in range(MANY):
        put(catalog, number, units=10)
    first, second = served(server, catalog), served(server, catalog)
    exact = CatalogVectors(catalog)
    assert first.search(direction(3, 0), "passage", 5) == exact.search(direction(3, 0), "passage", 5)
    first.wait()
    second.wait()
    assert is_whole(first, catalog)
    assert is_whole(second, catalog)
    first.close()
    again = served(server, catalog)
    assert again._filling is None, "what another process sealed is read again"
    assert is_whole(again, catalog)
    again.close()
    second.close()


@pytest.mark.parametrize("harm", ["missing", "left over", "of another revision"])
def test_what_is_wrong_in_the_collection_is_found_and_mended(catalog: Catalog, server: VectorServer, harm: str) -> None:
    articles = [put(catalog, number) for number in range(3)]
    vectors = served(server, catalog)
    assert is_whole(vectors, catalog)
    rows = vectors._in_use().rows()
    if harm == "missing":
        vectors._in_use().delete([row.id for row in rows if row.article_id == articles[1].id][:2])
    else:
        units = catalog.units(articles[2].id)
        gone = {articles[2].id: 1 if harm == "left over" else 9}
        vectors._in_use().upsert(units, gone)
    assert is_whole(vectors, catalog)
    assert first_key(vectors, catalog, 1) == "a1"
    vectors.close()


def test_a_catalog_that_was_put_back_is_not_taken_for_what_the_server_holds(
    catalog: Catalog, tmp_path: Path, server: VectorServer
) -> None:
    for number in range(2):
        put(catalog, number)
    copy_catalog(Place(tmp_path), Place(tmp_path / "older"))
    put(catalog, 2)
    served(server, catalog).close()
    with closing(open_catalog(tmp_path / "older")) as older:
        vectors = served(server, older)
        assert is_whole(vectors, older)
        vectors.close()


def test_a_catalog_keeps_its_collection_when_all_its_articles_are_others(
    catalog: Catalog, server: VectorServer
) -> None:
    gone = put(catalog, 1)
    served(server, catalog).close()
    catalog.remove(gone.id)
    put(catalog, 2)
    vectors = served(server, catalog)
    assert is_whole(vectors, catalog)
    vectors.close()


def test_looking_at_a_server_makes_nothing_there(catalog: Catalog, server: VectorServer) -> None:
    put(catalog, 1)
    for _ in range(2):
        inspection = inspect_server(server, catalog)
        assert inspection is not None
        assert "--repair" in str(inspection.damage)


def test_another_catalogs_collection_is_left_alone(catalog: Catalog, tmp_path: Path, server: VectorServer) -> None:
    put(catalog, 1)
    first = served(server, catalog)
    with closing(open_catalog(tmp_path / "other")) as other:
        put(other, 1)
        put(other, 2)
        vectors = served(server, other)
        assert first_key(vectors, other, 2) == "a2"
        trouble = vectors.trouble()
        assert trouble is not None
        assert "DIXIT_VECTORS_DATABASE" in trouble
        inspection = inspect_server(server, other)
        assert inspection is not None
        assert inspection.damage == trouble
        assert is_whole(first, catalog)
        vectors.rebuild()  # as `dixit check --repair` does
        assert is_whole(vectors, other)
        vectors.close()
    first.close()


class Growing(Catalog):
    """A catalog to which another process adds an article just after its revisions were read."""

    coming: tuple[int, ...] = ()

    def revisions(self, article_ids: Collection[str] | None = None) -> dict[str, int]:
        told = super().revisions(article_ids)
        if article_ids is None and self.coming:
            number, *others = self.coming
            self.coming = tuple(others)
            put(self, number)
        return told


def test_what_comes_in_while_changes_are_taken_up_is_taken_up_next(catalog: Catalog, server: VectorServer) -> None:
    growing = Growing(catalog._engine)
    put(growing, 0)
    vectors = ServedVectors(server, growing)  # how many units there are is not compared meanwhile
    growing.coming = (1, 3)
    put(growing, 2)
    for _ in range(3):
        vectors.sync()
    assert [first_key(vectors, growing, number) for number in range(4)] == ["a0", "a1", "a2", "a3"]
    vectors.close()


def test_searches_that_see_one_failure_count_as_one(catalog: Catalog, tmp_path: Path) -> None:
    put(catalog, 1)
    with chroma_server(tmp_path / "chroma") as chroma:
        vectors = ServedVectors(VectorServer(chroma.url), catalog)
        chroma.kill()
        together = threading.Barrier(8)

        def search() -> None:
            together.wait(60)
            assert first_key(vectors, catalog, 1) == "a1"

        with ThreadPoolExecutor(8) as threads:
            for done in [threads.submit(search) for _ in range(8)]:
                done.result()
        assert vectors._failures == 1
        chroma.start()
        vectors.rebuild()
        assert (vectors.trouble(), vectors._failures) == (None, 0)
        vectors.close()


def test_a_server_that_hangs_holds_up_one_search_alone(catalog: Catalog, server: VectorServer) -> None:
    put(catalog, 1)
    vectors = served(server, catalog)
    assert is_whole(vectors, catalog)
    waiting, answered = threading.Event(), threading.Event()

    def take_up() -> None:
        with vectors._mutex:  # as a search does that waits for the server
            waiting.set()
            assert answered.wait(60), "the second search waited for the first"

    first = threading.Thread(target=take_up)
    first.start()
    assert waiting.wait(60)
    put(catalog, 2)
    assert first_key(vectors, catalog, 2) == "a2"
    answered.set()
    first.join()
    assert is_whole(vectors, catalog)
    vectors.close()


class Gate(BaseHTTPRequestHandler):
    """What stands in front of Chroma and asks for a token."""

    def do_GET(self) -> None:
        self.server.asked.append(self.headers["Authorization"])  # type: ignore[attr-defined]
        self.send_response(401)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_the_token_goes_with_each_request_and_a_wrong_one_is_told(catalog: Catalog) -> None:
    put(catalog, 1)
    with ThreadingHTTPServer(("127.0.0.1", 0), Gate) as gate:
        gate.asked = []  # type: ignore[attr-defined]
        threading.Thread(target=gate.serve_forever, daemon=True).start()
        vectors = served(VectorServer(f"http://127.0.0.1:{gate.server_port}", "a-token"), catalog)
        assert first_key(vectors, catalog, 1) == "a1"
        trouble = vectors.trouble()
        gate.shutdown()
    assert set(gate.asked) == {"Bearer a-token"}  # type: ignore[attr-defined]
    assert trouble is not None
    assert "answers 401. DIXIT_VECTORS_TOKEN must be" in trouble
    assert "a-token" not in trouble + repr(IndexSettings(vectors_url="http://a:1", vectors_token="a-token"))
    vectors.close()


class OtherService(Gate):
    """A service that is not Chroma, and answers in JSON."""

    def do_GET(self) -> None:
        status, told = self.server.told  # type: ignore[attr-defined]
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)


@pytest.mark.parametrize(
    "told",
    [
        (404, b'{"detail": "Not Found"}'), (500, b'{"error": "boom"}'), (400, b"[1]"), (502, b"{"), (200, b"[]"),
        (200, b""),
    ],
)  # fmt: skip
def test_another_service_is_told_in_one_line(catalog: Catalog, told: tuple[int, bytes]) -> None:
    put(catalog, 1)
    with ThreadingHTTPServer(("127.0.0.1", 0), OtherService) as other:
        other.told = told  # type: ignore[attr-defined]
        threading.Thread(target=other.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{other.server_port}"
        vectors = served(VectorServer(url), catalog)
        trouble = vectors.trouble()
        vectors.close()
        other.shutdown()
    assert trouble is not None
    assert trouble.startswith(f"DIXIT_VECTORS_URL={url}: ")


@pytest.mark.parametrize("url", ["http://[::1]:9", "http://https.invalid:9", "http://a..b:9", "http://xn--:9"])
def test_a_server_that_is_at_no_address_is_told_in_one_line(catalog: Catalog, url: str) -> None:
    put(catalog, 1)
    vectors = served(VectorServer(url), catalog)
    assert str(vectors.trouble()).startswith(f"DIXIT_VECTORS_URL={url}: ")
    vectors.close()


@pytest.mark.parametrize("url", ["http://[::1]:8000", "http://httpd:81/", "https://chroma.example"])
def test_the_address_is_asked_as_it_is_set(url: str) -> None:
    api = _connected(VectorServer(url))
    api._session.close()
    assert api._api_url == f"{url.rstrip('/')}/api/v2"


@pytest.mark.parametrize("name", ["", "ab", "a/b/c", "-abc", "abc.", "presse é"])
@pytest.mark.parametrize("setting", ["tenant", "database"])
def test_a_name_that_a_server_refuses_is_refused(setting: str, name: str) -> None:
    with pytest.raises(SettingsError, match=f"DIXIT_VECTORS_{setting.upper()}={name}: must be of 3 to 512"):
        IndexSettings(**{f"vectors_{setting}": name})  # type: ignore[arg-type]


@pytest.mark.parametrize("url", ["http://ana:geheim@a:8000", "http://ana:ge/geheim@a:8000", "ana:geheim@a:8000"])
def test_a_password_is_not_printed(url: str) -> None:
    with pytest.raises(SettingsError, match="//…@a:8000: must be") as refused:
        IndexSettings(vectors_url=url)
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    ["chroma:8000", "ftp://chroma", "http://", "http://a:b", "http://u:p@a:8000", "http://a/x", "http://a:65536"],
)
def test_an_address_that_is_none_of_a_server_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="DIXIT_VECTORS_URL"):
        IndexSettings(vectors_url=url)


def test_unset_no_server_is_asked() -> None:
    assert IndexSettings().vector_server is None
    assert IndexSettings(vectors_url="http://chroma:8000", vectors_tenant="press").vector_server == VectorServer(
        "http://chroma:8000", tenant="press"
    )
