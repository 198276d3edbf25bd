"""``dixit correct``: what was read wrongly is set right, and that is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from assistant.cli.articles import find
from assistant.cli.command import NamedPath, as_json, catalog_of, dixit, workspace_of
from assistant.rendering.terminal import write_json, write_line, write_rows
from assistant.settings import Settings
from index.models import SpeakerKind

if TYPE_CHECKING:
    from index.correcting import Correcting, Said
    from index.corrections import Correction

HEADINGS = ["number", "what", "where", "read", "now"]
ARTICLE = click.argument("article")
SAID = click.argument("said")


@dixit.group()
def correct() -> None:
    """Set right what was read wrongly; it holds when the article is read again.

    ARTICLE: its key, id, title, or path. SAID: words of the quotation, or where it stands ("319-411").
    """


@correct.command()
@ARTICLE
@SAID
@click.argument("name")
@click.option("--kind", type=click.Choice(get_args(SpeakerKind)), help="What the speaker is (default: as known).")
@as_json
@click.pass_obj
def speaker(settings: Settings, article: str, said: str, name: str, kind: SpeakerKind | None, as_json: bool) -> None:
    """Let NAME have said a quotation."""
    with _quotation(settings, article, said) as (correcting, where):
        _tell(correcting.set_speaker(where, name, kind=kind), as_json)


@correct.command()
@ARTICLE
@SAID
@as_json
@click.pass_obj
def clear(settings: Settings, article: str, said: str, as_json: bool) -> None:
    """Let nobody who is named have said a quotation."""
    with _quotation(settings, article, said) as (correcting, where):
        _tell(correcting.set_speaker(where, None), as_json)


@correct.command("not-a-quotation")
@ARTICLE
@SAID
@as_json
@click.pass_obj
def not_a_quotation(settings: Settings, article: str, said: str, as_json: bool) -> None:
    """Let words be nobody's speech: a title, a nickname, a word held at a distance."""
    with _quotation(settings, article, said) as (correcting, where):
        _tell(correcting.drop(where), as_json)


@correct.command()
@ARTICLE
@SAID
@click.argument("words")
@as_json
@click.pass_obj
def span(settings: Settings, article: str, said: str, words: str, as_json: bool) -> None:
    """Let a quotation be exactly WORDS, as the article prints them, or stand at "319-411"."""
    with _quotation(settings, article, said) as (correcting, where):
        _tell(correcting.set_span(where, *correcting.find_words(where[0], words, where[1])), as_json)


@correct.command()
@ARTICLE
@click.argument("words")
@click.argument("name", required=False)
@click.option("--kind", type=click.Choice(get_args(SpeakerKind)), help="What the speaker is (default: as known).")
@as_json
@click.pass_obj
def quotation(
    settings: Settings, article: str, words: str, name: str | None, kind: SpeakerKind | None, as_json: bool
) -> None:
    """Let WORDS that were not read as one be a quotation, of NAME or of nobody who is named.

    WORDS: as the article prints them, or where they stand ("319-411").
    """
    with workspace_of(settings) as workspace:
        correcting, found = workspace.correcting(), find(workspace.catalog, article)
        _tell(correcting.add((found.id, *correcting.find_words(found.id, words)), name, kind=kind), as_json)


@correct.command()
@click.argument("name")
@click.argument("into")
@as_json
@click.pass_obj
def merge(settings: Settings, name: str, into: str, as_json: bool) -> None:
    """Let whoever is read as NAME be INTO, in every article, and in those to come."""
    with workspace_of(settings) as workspace:
        _tell(workspace.correcting().rename(name, into), as_json)


@correct.command()
@click.argument("name")
@click.argument("other")
@click.option("--in", "articles", multiple=True, required=True, help="An article in which it is another; repeatable.")
@as_json
@click.pass_obj
def split(settings: Settings, name: str, other: str, articles: tuple[str, ...], as_json: bool) -> None:
    """Let NAME of some articles be somebody else, to be called OTHER."""
    with workspace_of(settings) as workspace:
        for article in [find(workspace.catalog, each) for each in articles]:
            _tell(workspace.correcting().rename(name, other, article.id), as_json)


@correct.command("article")
@ARTICLE
@click.option("--title", help="Its headline.")
@click.option("--outlet", help='Where it was published; "" for nowhere that is known.')
@click.option("--author", help='Who wrote it; "" for nobody who is known.')
@click.option("--date", help='The day of publication, as 2026-01-31; "" for none that is known.')
@as_json
@click.pass_obj
def correct_article(
    settings: Settings, article: str, title: str | None, outlet: str | None, author: str | None, date: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Let an article have another title, outlet, author or date."""
    fields = {"title": title, "source": outlet, "author": author, "published": date}
    if not any(value is not None for value in fields.values()):
        raise click.UsageError("Nothing is given. Give --title, --outlet, --author or --date.")
    with workspace_of(settings) as workspace:
        article_id = find(workspace.catalog, article).id
        for field, value in fields.items():
            if value is not None:
                _tell(workspace.correcting().edit(article_id, field, value), as_json)


@correct.command()
@click.argument("number", type=int)
@as_json
@click.pass_obj
def undo(settings: Settings, number: int, as_json: bool) -> None:
    """Take a correction back, by its NUMBER in the list."""
    with workspace_of(settings) as workspace:
        undone = workspace.correcting().undo(number)
        write_json(_json(undone)) if as_json else write_line(f"undone     {_row(undone)[1]}  {_row(undone)[4]}")


@correct.command("list")
@click.argument("article", required=False)
@as_json
@click.pass_obj
def list_corrections(settings: Settings, article: str | None, as_json: bool) -> None:
    """List the corrections, of an ARTICLE or all, the earliest first."""
    with catalog_of(settings) as catalog:
        made = catalog.corrections(find(catalog, article).id if article else None)
        if as_json:
            for each in made:
                write_json(_json(each))
        else:
            write_rows(HEADINGS, map(_row, made), "  ".join)


@correct.command("export")
@click.argument("folder", type=NamedPath())
@click.option("--corrected-only", is_flag=True, help="Leave out the quotations that nobody corrected.")
@as_json
@click.pass_obj
def export_corrections(settings: Settings, folder: Path, corrected_only: bool, as_json: bool) -> None:
    """Write the corrected articles to a FOLDER as a labelled set, to measure and fit with."""
    from index.upkeep.labels import export_labels

    with catalog_of(settings) as catalog:
        rows = export_labels(catalog, folder, corrected_only)
    write_json({"folder": str(folder), "rows": rows}) if as_json else write_line(f"{rows} rows are in {folder}")


@contextmanager
def _quotation(settings: Settings, article: str, said: str) -> Iterator[tuple[Correcting, Said]]:
    """Open what corrects, with the place of a quotation."""
    with workspace_of(settings) as workspace:
        correcting = workspace.correcting()
        yield correcting, correcting.find(find(workspace.catalog, article).id, said)


def _tell(made: Correction, as_json: bool) -> None:
    if as_json:
        write_json(_json(made))
    else:
        number, what, _, read, now = _row(made)
        write_line(f"corrected  {what}: {read} -> {now}  (undo: dixit correct undo {number})")


def _row(made: Correction) -> list[str]:
    where = f"{made.article_id or 'everywhere'}" + (f" {made.start}-{made.end}" if made.start is not None else "")
    read = made.name or made.words or made.read or "-"
    nobody = {"speaker": "nobody named", "quotation": "nobody named", "not_quotation": "no quotation"}
    now = made.value or nobody.get(made.kind, "unknown")
    return [str(made.id), made.kind.replace("_", " "), where, " ".join(read.split()), " ".join(now.split())]


def _json(made: Correction) -> dict[str, Any]:
    from assistant.rendering.as_json import correction_json

    return correction_json(made)
