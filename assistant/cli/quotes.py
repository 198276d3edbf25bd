"""``dixit quotes``: who says what in files, without an index."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.command import NamedPath, as_json, dixit
from assistant.rendering.terminal import tell_error, write_json, write_line, write_lines
from assistant.settings import Settings

if TYPE_CHECKING:
    from index.embedding.token_states import TokenStates
    from index.models import Article, Quotation

FORMS = ("text", "markdown", "footnote", "html", "bibtex", "ris", "csl")
"""How sentences with their references are printed."""


@dixit.command()
@click.argument("paths", nargs=-1, type=NamedPath())
@as_json
@click.option("--format", "form", type=click.Choice(FORMS), help="Print sentences with references, to be pasted.")
@click.option("--explain", is_flag=True, help="Tell who else may have spoken, how probably, and which rules say so.")
@click.option("--rules", is_flag=True, help="Print the rules that name a speaker, each with an example, and stop.")
@click.pass_obj
def quotes(
    settings: Settings, paths: tuple[Path, ...], as_json: bool, form: str | None, explain: bool, rules: bool
) -> None:
    """Print who says what in files or folders; no index is needed."""
    if rules:
        _print_rules()
        return
    if not paths:
        raise click.UsageError("No file or folder is named: dixit quotes PATH ...")
    if form and (as_json or explain):
        raise click.UsageError("--format prints sentences; --json and --explain print rows. Give one of them.")
    refused: list[str] = []
    articles = _articles(paths, settings.index.max_article_characters, refused)
    if form:
        write_lines(_told(_read(articles, settings, refused), form))
    else:
        rows = _explained(articles, settings) if explain else _quoted(_read(articles, settings, refused))
        for row in rows:
            _print_quotation(row, as_json)
    sys.exit(1 if refused else 0)


def _quoted(read: Iterable[tuple[Article, list[Quotation]]]) -> Iterator[dict[str, Any]]:
    from assistant.rendering.as_json import quotations_json

    for article, quotations in read:
        yield from quotations_json(article, quotations)


def _read(
    articles: Iterable[Article], settings: Settings, refused: list[str]
) -> Iterator[tuple[Article, list[Quotation]]]:
    """Yield articles with what they quote."""
    from index.quotations.extractor import extract_quotations
    from index.workers import Workers

    with Workers(partial(extract_quotations, model=_model(settings))) as workers:
        yield from those_read(workers.map(articles), refused)


def those_read(
    read: Iterable[tuple[Article, list[Quotation] | None]], refused: list[str]
) -> Iterator[tuple[Article, list[Quotation]]]:
    """Yield the articles that were read; those that ended the process that read them (None) are refused."""
    from index.reason import Reason

    for article, quotations in read:
        if quotations is None:
            _refuse(f"{article.key}: {Reason('reading_ended')}", refused)
        else:
            yield article, quotations


def _told(read: Iterable[tuple[Article, list[Quotation]]], form: str) -> str:
    """Return all quotations in a form of ``FORMS``, each in the language of its article where Dixit speaks that."""
    from assistant.rendering.bibliography import LISTS
    from assistant.rendering.grouping import together
    from assistant.rendering.reference import copied
    from assistant.texts.catalogue import texts_of
    from index.models import Statement
    from index.text.context import in_context

    said = [
        in_context(Statement(article.card, each, article.text[each.start : each.end]), article)
        for article, quotations in read
        for each in quotations
    ]
    if form in LISTS:
        _, write = LISTS[form]
        return write(said, texts_of(said[0].article.lang if said else ""))
    return "\n\n".join(copied(run.said, texts_of(run.first.article.lang), form) for run in together(said))


def _explained(articles: Iterable[Article], settings: Settings) -> Iterator[dict[str, Any]]:
    from assistant.rendering.as_json import quotations_json
    from index.quotations.explanation import explain_quotations

    model = _model(settings)
    for article in articles:
        for told in explain_quotations(article, model):
            (row,) = quotations_json(article, [told.quotation])
            yield row | {
                "rule": told.rule,
                "states": told.states,
                "ranking": [asdict(support) for support in told.ranking],
            }


def _model(settings: Settings) -> TokenStates | None:
    from index.embedding.token_states import open_token_states

    return open_token_states(settings.index, tell_error)


def _print_rules() -> None:
    from index.quotations.attribution.rules.listing import RULES

    for rule in RULES:
        write_line(f"{rule.name}: {rule.what}\n    {rule.example} -> {rule.speaker or '?'}")


def _articles(paths: Iterable[Path], limit: int, refused: list[str]) -> Iterator[Article]:
    """Yield the articles of files and folders."""
    from index.loaders import Note, Refusal, load, sources

    for path in sources(paths):
        for loaded in load(path, limit):
            if isinstance(loaded, Refusal):
                _refuse(str(loaded), refused)
            elif isinstance(loaded, Note):
                tell_error(str(loaded))
            else:
                yield loaded


def _refuse(told: str, refused: list[str]) -> None:
    """Tell why something is left out, and remember that it was."""
    refused.append(told)
    tell_error(told)


def quotation_line(row: dict[str, Any]) -> str:
    """Return a quotation's JSON as a line, in English as all that the command says: "probably Ana (or perhaps Luc)"."""
    from assistant.texts.catalogue import texts_of

    texts, speaker, other = texts_of("en"), row["speaker"] or "?", row["alternative"]
    if row["certainty"] == "likely":
        speaker = texts.get("speaker.likely", speaker=speaker)
        speaker += f" ({texts.get('speaker.perhaps', speaker=other)})" if other else ""
    return f"{row['article']}  {speaker}  [{row['kind']}]  {' '.join(row['quote'].split())}"


def _print_quotation(row: dict[str, Any], as_json: bool) -> None:
    if as_json:
        write_json(row)
    else:
        write_line(quotation_line(row))
        for support in row.get("ranking", ()):
            votes = ", ".join(support["votes"]) or "no vote"
            write_line(f"    {support['probability']:.2f}  {support['speaker']}  ({votes})")
