"""``dixit list``, ``show``, ``remove``, ``reindex``, ``export``: the articles that are in."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.command import as_json, catalog_of, dixit, workspace_of
from assistant.rendering.terminal import Count, tell_error, write_exactly, write_json, write_line, write_rows
from assistant.settings import Settings

if TYPE_CHECKING:
    from index.catalog import Catalog
    from index.models import Article, Listing

HEADINGS = ["id", "date", "lang", "outlet", "title", "version"]


@dixit.command("list")
@as_json
@click.pass_obj
def list_articles(settings: Settings, as_json: bool) -> None:
    """List the articles, the newest first."""
    from assistant.rendering.as_json import article_json
    from index.catalog import ArticleFilter

    with catalog_of(settings) as catalog:
        listings = {listing.article.id: listing for listing in catalog.listings(ArticleFilter())}
        listed = ((article, listings.get(article.id)) for article in catalog.articles())  # None: added since
        if as_json:
            for article, listing in listed:
                write_json(article_json(article) | (_history(listing) if listing else {}))
        else:
            write_rows(HEADINGS, (_row(article, listing) for article, listing in listed), _line)


@dixit.command()
@click.argument("name")
@as_json
@click.pass_obj
def show(settings: Settings, name: str, as_json: bool) -> None:
    """Print an article exactly as it was received (on a terminal, control characters are shown).

    NAME: its key, id, title, or path.
    """
    from assistant.rendering.as_json import article_json, quotations_json

    with catalog_of(settings) as catalog:
        article = find(catalog, name)
        if as_json:
            quotations = quotations_json(article, catalog.quotations(article.id))
            passages = [{"start": p.start, "end": p.end} for p in catalog.passages(article.id)]
            spans = {"text": article.text, "passages": passages, "quotations": quotations}
            write_json(article_json(article) | spans)
        else:
            write_exactly(article.text)


@dixit.command()
@click.argument("names", nargs=-1, required=True)
@as_json
@click.pass_obj
def remove(settings: Settings, names: tuple[str, ...], as_json: bool) -> None:
    """Remove articles and all that is known of them."""
    from assistant.rendering.as_json import article_json
    from index.errors import ArticleNotFound

    settings.require_ours()
    missing = 0
    with catalog_of(settings) as catalog:
        catalog.require_writable()
        for name in names:
            try:
                article = find(catalog, name)
            except ArticleNotFound as error:
                missing += 1
                tell_error(str(error))
                continue
            catalog.remove(article.id)
            write_json(article_json(article)) if as_json else write_line(f"removed    {article.key}")
    sys.exit(1 if missing else 0)


@dixit.command()
@as_json
@click.pass_obj
def reindex(settings: Settings, as_json: bool) -> None:
    """Read every article anew, with today's rules and embedding model."""
    from assistant.rendering.as_json import article_json
    from index.catalog import ArticleFilter

    with (
        workspace_of(settings) as workspace,
        Count(len(workspace.listings(ArticleFilter())), "articles").shown() as count,
    ):
        for article in workspace.reindex():
            write_json(article_json(article)) if as_json else write_line(f"reindexed  {article.key}")
            count.done()


@dixit.command()
@as_json
@click.pass_obj
def export(settings: Settings, as_json: bool) -> None:
    """Print every article as a JSON line that `dixit add` takes back."""
    from assistant.rendering.as_json import article_json

    with catalog_of(settings) as catalog:
        for article in catalog.articles():
            write_json(article_json(article) | {"id": article.key, "text": article.text})


def find(catalog: Catalog, name: str) -> Article:
    """Return the article of a name, or of a file.

    Raises:
        ArticleNotFound: no article has that name, or several do.
    """
    try:
        is_file = Path(name).is_file()
    except OSError:  # too long for a file's name
        is_file = False
    return catalog.find(str(Path(name).resolve()) if is_file else name)


def _row(article: Article, listing: Listing | None) -> Sequence[str]:
    facts = (article.id, article.published or "-", article.lang, article.source or "-", article.title)
    corrected = listing and listing.updated_at
    return [*map(str, facts), f"{listing.version}, {corrected:%Y-%m-%d}" if listing and corrected else ""]


def _line(row: Sequence[str]) -> str:
    *facts, version = row
    return "  ".join([*facts, f"(version {version})"] if version else facts)


def _history(listing: Listing) -> dict[str, Any]:
    return {
        "version": listing.version,
        "added_at": listing.added_at and listing.added_at.isoformat(),
        "updated_at": listing.updated_at and listing.updated_at.isoformat(),
    }
