"""``dixit quotes``: who says what in files, without an index."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.command import NamedPath, as_json, dixit
from assistant.rendering.terminal import tell_error, write_json, write_line
from assistant.settings import Settings

if TYPE_CHECKING:
    from index.loaders import Refusal
    from index.models import Article


@dixit.command()
@click.argument("paths", nargs=-1, required=True, type=NamedPath())
@as_json
@click.pass_obj
def quotes(settings: Settings, paths: tuple[Path, ...], as_json: bool) -> None:
    """Print who says what in files or folders; no index is needed."""
    from assistant.rendering.as_json import quotations_json
    from index.quotations.workers import QuotationPool

    refused: list[Refusal] = []
    with QuotationPool() as pool:
        for article, quotations in pool.map(_articles(paths, settings.index.max_article_characters, refused)):
            for row in quotations_json(article, quotations):
                _print_quotation(row, as_json)
    sys.exit(1 if refused else 0)


def _articles(paths: Iterable[Path], limit: int, refused: list[Refusal]) -> Iterator[Article]:
    """Yield the articles of files and folders; what is refused is reported and counted."""
    from index.loaders import Refusal, load, sources

    for path in sources(paths):
        for loaded in load(path, limit):
            if isinstance(loaded, Refusal):
                refused.append(loaded)
                tell_error(str(loaded))
            else:
                yield loaded


def _print_quotation(row: dict[str, Any], as_json: bool) -> None:
    if as_json:
        write_json(row)
    else:
        write_line(f"{row['article']}  {row['speaker'] or '?'}  [{row['kind']}]  {' '.join(row['quote'].split())}")
