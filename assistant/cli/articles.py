"""``dixit list``, ``show``, ``remove``, ``reindex``, ``export``: the articles that are in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.command import as_json, card, catalog_of, dixit, print_json, quotation_row, workspace_of
from assistant.settings import Settings

if TYPE_CHECKING:
    from index.catalog import Catalog
    from index.models import Article, Listing


@dixit.command("list")
@as_json
@click.pass_obj
def list_articles(settings: Settings, as_json: bool) -> None:
    """List the articles, the newest first."""
    from index.catalog import ArticleFilter

    with catalog_of(settings) as catalog:
        listings = {listing.id: listing for listing in catalog.listings(ArticleFilter())}
        for article in catalog.articles():
            listing = listings.get(article.id)  # None: added since
            if as_json:
                print_json(card(article) | (_history(listing) if listing else {}))
            else:
                facts = (article.id, article.published or "-", article.lang, article.source or "-", article.title)
                told = [str(fact) for fact in facts]
                if listing and listing.updated_at:
                    told.append(f"(version {listing.version}, {listing.updated_at:%Y-%m-%d})")
                click.echo("  ".join(told))


@dixit.command()
@click.argument("name")
@as_json
@click.pass_obj
def show(settings: Settings, name: str, as_json: bool) -> None:
    """Print an article exactly as it was received. NAME: its key, id, title, or path."""
    with catalog_of(settings) as catalog:
        article = _find(catalog, name)
        if as_json:
            quotations = [quotation_row(article, q) for q in catalog.quotations(article.id)]
            passages = [{"start": p.start, "end": p.end} for p in catalog.passages(article.id)]
            spans = {"text": article.text, "passages": passages, "quotations": quotations}
            print_json(card(article) | spans)
        else:
            click.echo(article.text, nl=False)


@dixit.command()
@click.argument("names", nargs=-1, required=True)
@as_json
@click.pass_obj
def remove(settings: Settings, names: tuple[str, ...], as_json: bool) -> None:
    """Remove articles and all that is known of them."""
    from index.errors import ArticleNotFound

    settings.require_ours()
    missing = 0
    with catalog_of(settings) as catalog:
        for name in names:
            try:
                article = _find(catalog, name)
            except ArticleNotFound as error:
                missing += 1
                click.echo(f"dixit: {error}", err=True)
                continue
            catalog.remove(article.id)
            print_json(card(article)) if as_json else click.echo(f"removed    {article.key}")
    sys.exit(1 if missing else 0)


@dixit.command()
@as_json
@click.pass_obj
def reindex(settings: Settings, as_json: bool) -> None:
    """Read every article anew, with today's rules and embedding model."""
    with workspace_of(settings) as workspace:
        for article in workspace.reindex():
            print_json(card(article)) if as_json else click.echo(f"reindexed  {article.key}")


@dixit.command()
@as_json
@click.pass_obj
def export(settings: Settings, as_json: bool) -> None:
    """Print every article as a JSON line that `dixit add` takes back."""
    with catalog_of(settings) as catalog:
        for article in catalog.articles():
            print_json(card(article) | {"id": article.key, "text": article.text})


def _find(catalog: Catalog, name: str) -> Article:
    path = Path(name)
    return catalog.find(str(path.resolve()) if path.is_file() else name)


def _history(listing: Listing) -> dict[str, Any]:
    return {
        "version": listing.version,
        "added_at": listing.added_at and listing.added_at.isoformat(),
        "updated_at": listing.updated_at and listing.updated_at.isoformat(),
    }
