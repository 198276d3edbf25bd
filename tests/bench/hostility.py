"""Documents made to harm -> how long the real door and the real store take to settle each, and in how much memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.settings import Settings
from assistant.workspace import Workspace, open_workspace
from index.ingestion import AddResult
from index.loaders.web import Web
from index.models import Article
from tests.bench.measure import Measure
from tests.hostile import ADDRESSES, DOCUMENTS
from tests.peak import Taken, taken
from tests.web_server import web_server

ARTICLE, LETTERS = "adding an average article", "as many letters of average articles"


def hostility(settings: Settings, average: Sequence[Article], long: bool) -> Iterator[Measure]:
    """Yield what each document and each address takes; ``long``: also those that take more than some seconds."""
    with TemporaryDirectory(prefix="dixit-hostile-") as folder, web_server() as server:
        own = replace(settings, index=replace(settings.index, data=Path(folder) / "data"))
        web = Web(seconds=2, reach=server.reach, pause=0.01)
        with open_workspace(own, lambda _: None, web) as workspace:
            workspace.warm()
            ordinary = taken(lambda: [workspace.add_text(article.text, article.title) for article in average])
            letters = sum(len(article.text) for article in average)
            yield Measure("average articles, for comparison", _figure(ordinary))
            for hostile in DOCUMENTS:
                if hostile.long and not long:
                    continue
                path = hostile.write(Path(folder))
                took = _settled(workspace.add([path]), hostile.reason)
                if hostile.reason is None:
                    ratio = took.seconds / len(path.read_text("utf-8")) / (ordinary.seconds / letters)
                    yield Measure(f"hostile: {hostile.name}", _figure(took), ratio, LETTERS)
                else:
                    yield _refused(hostile.name, took, ordinary.seconds / len(average))
                path.unlink()
                _empty(workspace)
            for name, written, reason in ADDRESSES:
                address = server.url + written if written.startswith("/") else written
                took = _settled(workspace.add_address(address), reason)
                yield _refused(name, took, ordinary.seconds / len(average))


def _settled(results: Iterable[AddResult], reason: str | None) -> Taken:
    """Take documents in; one that is not settled as it must be ends the run."""
    told: list[AddResult] = []
    took = taken(lambda: told.extend(results))
    assert told and all((reason or "") in str(result.reason or "") for result in told), told
    return took


def _empty(workspace: Workspace) -> None:
    for article in workspace.articles():
        workspace.remove(article.id)


def _refused(name: str, took: Taken, article: float) -> Measure:
    return Measure(f"hostile: {name}", f"{_figure(took)}, refused", took.seconds / article, ARTICLE)


def _figure(took: Taken) -> str:
    memory = "" if took.megabytes is None else f", {took.megabytes:,.0f} MB"
    return f"{took.seconds:,.2f} s{memory}"
