"""Hostile documents through the page's intake, the real store and models: each is settled by a line, within bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from assistant.page.adding import ArticleAdding
from assistant.server.rate_limits import Rates
from assistant.server.visitor import Visitor
from assistant.settings import AssistantSettings, Settings
from assistant.workspace import Workspace, open_workspace
from index.loaders.web import Web
from index.settings import IndexSettings
from tests.documents import archive, pdf, word
from tests.hostile import ADDRESSES, DOCUMENTS, Hostile
from tests.peak import Taken, taken
from tests.web_server import WebServer, web_server

GOOD = "« Nous allons rouvrir la piscine », a déclaré la maire Ana Roux mardi."
TAKEN = {
    "marks": '" ' * 600 + "mot",
    "guillemets": "« " * 600 + "mot",
    "nested": "“ « " * 150 + "mot" + " » ”" * 150,
    "unspaced": "a" * 15_000,
    "endless": "la maire a dit que le maire, " * 300,
    "verbs": "Il dit " + "dit " * 800,
    "turned": "\u202eLa maire a dit « oui » \u2066hier\u2069. " * 50,
}
"""What is text, however odd: it is taken, and its quotations are looked for, in bounded time."""
SECONDS, LONG = 60, 1_200
"""Loose: a busy machine is no failure. Without its bounds, one of these would take hours, or all memory."""
MEGABYTES = 2_000
VISITOR = Visitor("visitor", "en")


@pytest.fixture(scope="module")
def server() -> Iterator[WebServer]:
    with web_server() as server:
        yield server


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, server: WebServer) -> Iterator[Workspace]:
    """One workspace for all, with the real models, that may fetch from the tests' own server."""
    settings = Settings(IndexSettings(data=tmp_path_factory.mktemp("data")), AssistantSettings())
    with open_workspace(settings, lambda _: None, Web(seconds=2, reach=server.reach, pause=0.01)) as workspace:
        workspace.warm()
        yield workspace


@pytest.fixture(scope="module")
def adding(workspace: Workspace) -> ArticleAdding:
    """What the page calls when files and addresses are given to it."""
    return ArticleAdding(workspace, Rates(add="600/minute"))


def settle(adding: ArticleAdding, shown: Iterable[str], reason: str | None) -> Taken:
    """Take documents in; each is settled by one line."""
    adding.clear_results({}, VISITOR)
    took = taken(lambda: list(shown))
    results = adding.added.of(VISITOR.id)
    assert [result.outcome for result in results] == ["refused" if reason else "added"] * max(1, len(results))
    for result in results:
        assert (reason or "") in str(result.reason or ""), result
        assert "\n" not in str(result.reason or "")
    return took


def held(workspace: Workspace) -> bool:
    """Tell whether the index still takes an article in and answers from it."""
    list(map(workspace.remove, [article.id for article in workspace.articles()]))
    workspace.add_text(GOOD)
    return not workspace.answer("Que dit Ana Roux de la piscine ?").abstained


def test_bad_documents_are_settled_and_the_rest_of_the_batch_goes_on(
    workspace: Workspace, write: Callable[[str, str], Path], tmp_path: Path
) -> None:
    for name, text in TAKEN.items():
        write(f"in/{name}.txt", text)
    bad = {
        "broken.docx": word(["Un."])[:-400],
        "picture.pdf": pdf([[]], picture=True),
        "empty.txt": b"",
        "nul.txt": b"a\0b",
    }
    bad |= {"out.zip": archive({"../x.txt": b"Un."}), "scripts.html": b"<script>alert(1)</script>"}
    for name, data in bad.items():
        (tmp_path / "in" / name).write_bytes(data)
    write("in/zz.txt", GOOD)
    results = list(workspace.add([tmp_path / "in"]))
    refused = [result for result in results if result.outcome == "refused"]
    assert [Path(result.source).name.replace("x.txt", "out.zip") for result in refused] == sorted(bad)
    assert all(result.reason and "\n" not in str(result.reason) for result in refused)
    added = {Path(result.source).stem for result in results if result.outcome == "added"}
    assert added == {*TAKEN, "zz"}
    answer = workspace.answer("Que dit Ana Roux de la piscine ?", [])
    assert not answer.abstained


@pytest.mark.parametrize("hostile", [h for h in DOCUMENTS if not h.long], ids=lambda hostile: hostile.name)
def test_a_document_is_settled_soon(adding: ArticleAdding, tmp_path: Path, hostile: Hostile) -> None:
    took = settle(adding, adding.add_files([str(hostile.write(tmp_path))], VISITOR), hostile.reason)
    assert took.seconds < SECONDS and (took.megabytes or 0) < MEGABYTES


@pytest.mark.parametrize(("path", "reason"), [row[1:] for row in ADDRESSES], ids=[row[0] for row in ADDRESSES])
def test_an_address_is_settled_soon(adding: ArticleAdding, server: WebServer, path: str, reason: str) -> None:
    address = server.url + path if path.startswith("/") else path
    took = settle(adding, adding.add_addresses(address, VISITOR), reason)
    assert took.seconds < SECONDS and (took.megabytes or 0) < MEGABYTES


def test_the_index_holds_after_all_of_them(workspace: Workspace) -> None:
    assert workspace.check() == []
    assert held(workspace)


@pytest.mark.soak
@pytest.mark.timeout(2 * LONG)
@pytest.mark.parametrize("hostile", [h for h in DOCUMENTS if h.long], ids=lambda hostile: hostile.name)
def test_a_text_that_takes_long_is_taken_in_bounded_time(
    adding: ArticleAdding, tmp_path: Path, hostile: Hostile
) -> None:
    took = settle(adding, adding.add_files([str(hostile.write(tmp_path))], VISITOR), hostile.reason)
    assert took.seconds < LONG and (took.megabytes or 0) < MEGABYTES
    assert held(adding.workspace)
