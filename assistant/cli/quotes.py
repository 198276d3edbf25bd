"""``dixit quotes``: who says what in files, without an index."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.command import as_json, dixit, print_json, quotation_row
from assistant.settings import Settings

if TYPE_CHECKING:
    from index.models import Article, Quotation


@dixit.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@as_json
@click.pass_obj
def quotes(settings: Settings, paths: tuple[Path, ...], as_json: bool) -> None:
    """Print who says what in files or folders; no index is needed."""
    from index.loaders import Refusal, load, sources
    from index.quotations.extractor import extract_quotations

    refused = 0
    for path in sources(paths):
        for loaded in load(path, settings.index.max_article_characters):
            if isinstance(loaded, Refusal):
                refused += 1
                click.echo(f"dixit: {loaded}", err=True)
                continue
            for quotation in extract_quotations(loaded):
                _print_quotation(loaded, quotation, as_json)
    sys.exit(1 if refused else 0)


def _print_quotation(article: Article, quotation: Quotation, as_json: bool) -> None:
    row = quotation_row(article, quotation)
    if as_json:
        print_json(row)
    else:
        click.echo(f"{row['article']}  {row['speaker'] or '?'}  [{row['kind']}]  {' '.join(row['quote'].split())}")
