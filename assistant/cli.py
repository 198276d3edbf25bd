"""The ``dixit`` command. Heavy parts are imported by the command that needs them, so that help comes at once."""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.settings import Settings, read_settings
from index.errors import IndexingError, SourceRefused

if TYPE_CHECKING:
    from assistant.models import Answer
    from assistant.workspace import Workspace
    from index.catalog import Catalog
    from index.ingestion import AddResult
    from index.models import Article, Listing, Quotation

log = logging.getLogger(__name__)

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")


@click.group()
@click.version_option(version("dixit"), prog_name="dixit")
@click.option("--data", type=click.Path(path_type=Path), help="The data directory (default: DIXIT_DATA, else yours).")
@click.pass_context
def dixit(context: click.Context, data: Path | None) -> None:
    """Ask your own articles who said what, and see where it stands."""
    context.obj = read_settings(os.environ, data)


@dixit.command()
@click.argument("sources", nargs=-1, required=True)
@as_json
@click.pass_obj
def add(settings: Settings, sources: tuple[str, ...], as_json: bool) -> None:
    """Add articles: files, folders, .jsonl of many, or - for a text on standard input."""
    refused = 0
    with _workspace(settings) as workspace:
        for result in _add_all(workspace, sources):
            refused += result.outcome == "refused"
            _print_json(asdict(result)) if as_json else _print_result(result)
    sys.exit(1 if refused else 0)


@dixit.command()
@click.argument("question", required=False)
@click.option("--batch", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Questions, JSON lines.")
@as_json
@click.pass_obj
def ask(settings: Settings, question: str | None, batch: Path | None, as_json: bool) -> None:
    """Ask a question, or each question of a --batch file."""
    from assistant.rendering import markdown, to_json

    if (question is None) == (batch is None):
        raise click.UsageError("Give either a QUESTION or --batch FILE.")
    asked = [{"question": question}] if batch is None else _read_batch(batch)
    with _workspace(settings) as workspace:
        for row in asked:
            answer, seconds = _timed_answer(workspace, row)
            if as_json:
                _print_json(to_json(answer, row.get("id"), seconds))
            else:
                click.echo(markdown(answer))


@dixit.command("list")
@as_json
@click.pass_obj
def list_articles(settings: Settings, as_json: bool) -> None:
    """List the articles, the newest first."""
    from index.catalog import ArticleFilter

    with _catalog(settings) as catalog:
        listings = {listing.id: listing for listing in catalog.listings(ArticleFilter())}
        for article in catalog.articles():
            listing = listings.get(article.id)  # None: added since
            if as_json:
                _print_json(_card(article) | (_history(listing) if listing else {}))
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
    with _catalog(settings) as catalog:
        article = _find(catalog, name)
        if as_json:
            quotations = [_quotation_row(article, q) for q in catalog.quotations(article.id)]
            passages = [{"start": p.start, "end": p.end} for p in catalog.passages(article.id)]
            spans = {"text": article.text, "passages": passages, "quotations": quotations}
            _print_json(_card(article) | spans)
        else:
            click.echo(article.text, nl=False)


@dixit.command()
@click.argument("names", nargs=-1, required=True)
@as_json
@click.pass_obj
def remove(settings: Settings, names: tuple[str, ...], as_json: bool) -> None:
    """Remove articles and all that is known of them."""
    from index.errors import ArticleNotFound

    missing = 0
    with _catalog(settings) as catalog:
        for name in names:
            try:
                article = _find(catalog, name)
            except ArticleNotFound as error:
                missing += 1
                click.echo(f"dixit: {error}", err=True)
                continue
            catalog.remove(article.id)
            _print_json(_card(article)) if as_json else click.echo(f"removed    {article.key}")
    sys.exit(1 if missing else 0)


@dixit.command()
@as_json
@click.pass_obj
def reindex(settings: Settings, as_json: bool) -> None:
    """Read every article anew, with today's rules and embedding model."""
    with _workspace(settings) as workspace:
        for article in workspace.reindex():
            _print_json(_card(article)) if as_json else click.echo(f"reindexed  {article.key}")


@dixit.command()
@as_json
@click.pass_obj
def export(settings: Settings, as_json: bool) -> None:
    """Print every article as a JSON line that `dixit add` takes back."""
    with _catalog(settings) as catalog:
        for article in catalog.articles():
            _print_json(_card(article) | {"id": article.key, "text": article.text})


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


@dixit.command(context_settings={"ignore_unknown_options": True})
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
@click.pass_obj
def serve(settings: Settings, options: tuple[str, ...]) -> None:
    """Open the page; OPTIONS are those of app.py (--port, --host, --open)."""
    app = Path(__file__).parent.parent / "app.py"
    if not app.exists():
        raise click.ClickException(f"{app} is not there: the page runs from a checkout. Run `python app.py` in one.")
    os.execv(sys.executable, [sys.executable, str(app), "--data", str(settings.index.data), *options])


def main() -> None:
    """Run the command; every failure is one line on standard error and a status of its own.

    Exit status: 0 done, 1 something was refused or failed, 2 the command was called wrongly, 130 interrupted.
    """
    logging.basicConfig(level=logging.WARNING, format="dixit: %(message)s")
    try:
        sys.exit(dixit(standalone_mode=False))
    except click.ClickException as error:
        _fail(error.format_message(), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _fail("interrupted", 130)
    except IndexingError as error:
        _fail(str(error), 1)
    except BrokenPipeError:  # the reader has what it wants
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 - the outermost door
        log.debug("unexpected failure", exc_info=True)
        _fail(f"unexpected {type(error).__name__}: {error}. Please report it, with the command that you ran.", 1)


def _fail(message: str, status: int) -> None:
    click.echo(f"dixit: {' '.join(message.split())}", err=True)
    sys.exit(status)


@contextmanager
def _workspace(settings: Settings) -> Iterator[Workspace]:
    from assistant.workspace import open_workspace

    with open_workspace(settings, lambda line: click.echo(f"dixit: {line}", err=True)) as workspace:
        yield workspace


@contextmanager
def _catalog(settings: Settings) -> Iterator[Catalog]:
    from index.catalog import open_catalog

    catalog = open_catalog(settings.index.data)
    try:
        yield catalog
    finally:
        catalog.close()


def _find(catalog: Catalog, name: str) -> Article:
    path = Path(name)
    return catalog.find(str(path.resolve()) if path.is_file() else name)


def _add_all(workspace: Workspace, sources: Iterable[str]) -> Iterator[AddResult]:
    from index.ingestion import AddResult

    for source in sources:
        if source != "-":
            yield from workspace.add([Path(source)])
            continue
        try:
            yield workspace.add_text(sys.stdin.read())
        except SourceRefused as error:
            yield AddResult("-", "refused", str(error))


def _timed_answer(workspace: Workspace, row: dict[str, Any]) -> tuple[Answer, float]:
    from assistant.models import Turn

    started = time.perf_counter()
    answer = workspace.answer(row["question"], [Turn(question) for question in row.get("history", [])])
    return answer, round(time.perf_counter() - started, 4)


def _read_batch(path: Path) -> list[dict[str, Any]]:
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not isinstance(row["question"], str):
                raise TypeError
        except (ValueError, KeyError, TypeError) as error:
            raise click.ClickException(
                f'{path}:{number}: not a question. Each line must be like {{"id": "1", "question": "…"}}.'
            ) from error
        rows.append(row)
    return rows


def _card(article: Article) -> dict[str, Any]:
    card = asdict(article) | {"published": article.published and article.published.isoformat()}
    del card["text"]
    return card


def _history(listing: Listing) -> dict[str, Any]:
    return {
        "version": listing.version,
        "added_at": listing.added_at and listing.added_at.isoformat(),
        "updated_at": listing.updated_at and listing.updated_at.isoformat(),
    }


def _quotation_row(article: Article, quotation: Quotation) -> dict[str, Any]:
    return {
        "article": article.key,
        "start": quotation.start,
        "end": quotation.end,
        "quote": article.text[quotation.start : quotation.end],
        "speaker": quotation.speaker,
        "speaker_as_written": quotation.speaker_as_written,
        "cue": quotation.cue,
        "kind": quotation.kind,
        "via": quotation.via,
        "lang": article.lang,
    }


def _print_quotation(article: Article, quotation: Quotation, as_json: bool) -> None:
    row = _quotation_row(article, quotation)
    if as_json:
        _print_json(row)
    else:
        click.echo(f"{row['article']}  {row['speaker'] or '?'}  [{row['kind']}]  {' '.join(row['quote'].split())}")


def _print_result(result: AddResult) -> None:
    if result.outcome == "refused":
        click.echo(f"{'refused':9}  {result.source}: {result.reason}")
    else:
        click.echo(f"{result.outcome:9}  {result.source}")


def _print_json(row: dict[str, Any]) -> None:
    click.echo(json.dumps(row, ensure_ascii=False))
