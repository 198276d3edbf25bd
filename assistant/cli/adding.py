"""``dixit add``: articles in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.command import as_json, dixit, workspace_of
from assistant.rendering.terminal import Count, bounded, write_json, write_line
from assistant.settings import Settings
from index.errors import SourceRefused, shortened

if TYPE_CHECKING:
    from assistant.workspace import Workspace
    from index.ingestion import AddResult

_READ = ("added", "updated")
"""What becomes of articles that are read."""

LITTLE = 50_000
"""In bytes: a dozen articles, which Chroma takes up in a second when it is opened next."""


@dixit.command()
@click.argument("sources", nargs=-1, required=True)
@as_json
@click.pass_obj
def add(settings: Settings, sources: tuple[str, ...], as_json: bool) -> None:
    """Add articles: files, folders of them, addresses of pages and feeds, or - for a text on standard input."""
    if "" in sources:
        raise click.UsageError("'' names no source. Name files, folders or addresses; this folder is '.'.")
    found = [(source, _files(source)) for source in sources]
    with workspace_of(settings, briefly=_is_little(found)) as workspace:
        refused = print_results(_add_all(workspace, found), as_json)
    sys.exit(1 if refused else 0)


def _is_little(found: Sequence[tuple[str, Sequence[Path]]]) -> bool:
    """Tell whether opening Chroma would take longer than adding this: whoever opens it next writes it there."""
    from index.loaders.address import is_address

    if any(is_address(source) for source, _ in found):
        return False
    files = [file for source, files in found if source != "-" for file in files]
    return sum(file.stat().st_size for file in files if file.is_file()) <= LITTLE


def _add_all(workspace: Workspace, found: Sequence[tuple[str, Sequence[Path]]]) -> Iterator[AddResult]:
    total = sum(len(files) for _, files in found)
    with (
        workspace.batch(source for source, _ in found if source != "-"),
        Count(total, "sources", "articles").shown() as count,
    ):
        for source, files in found:
            for result in _add_one(workspace, source, files, count.done):
                if result.outcome in _READ:
                    count.got()
                yield result


def _files(source: str) -> list[Path]:
    """Return the files that a source names; for an address or a text, itself."""
    from index.loaders import sources
    from index.loaders.address import is_address

    return [Path(source)] if source == "-" or is_address(source) else list(sources([Path(source)]))


def _add_one(workspace: Workspace, source: str, files: Sequence[Path], done: Callable[[], None]) -> Iterator[AddResult]:
    from index.ingestion import AddResult
    from index.loaders.address import is_address
    from index.loaders.forms import SUFFIXES

    if is_address(source):
        yield from workspace.add_address(source)
        done()
    elif source == "-":
        yield _add_given(workspace)
        done()
    else:
        results = workspace.add(files, settled=lambda _: done())
        first = next(results, None)
        if first:
            yield first
            yield from results
        else:
            yield AddResult(source, "refused", f"nothing in it is read. Give a folder of {', '.join(SUFFIXES)} files.")


def _add_given(workspace: Workspace) -> AddResult:
    from index.ingestion import AddResult

    try:
        return workspace.add_text(sys.stdin.read())
    except SourceRefused as error:
        return AddResult("-", "refused", str(error))


def _row(result: AddResult) -> dict[str, Any]:
    return asdict(result) | {"reason": result.reason and str(result.reason)}


def print_results(results: Iterable[AddResult], as_json: bool) -> int:
    """Print what became of each source, in a line; return how many were refused."""
    refused = 0
    for result in results:
        refused += result.outcome == "refused"
        _print_result(result, as_json)
    return refused


def _print_result(result: AddResult, as_json: bool) -> None:
    if as_json:
        write_json(_row(result))
    elif result.outcome in ("refused", "noted"):
        write_line(f"{result.outcome:9}  {shortened(result.source)}: {bounded(str(result.reason or ''))}")
    else:
        form = f"  [{result.form}]" if result.form else ""
        write_line(f"{result.outcome:9}  {result.source}{form}")
