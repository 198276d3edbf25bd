"""What the page shows in, a file to keep out: quotations in one of ``SETS``, a conversation as Markdown."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Final

from assistant.page.exchange import Exchange
from assistant.rendering.bibliography import LISTS
from assistant.rendering.byline import according, reporting
from assistant.rendering.csv_table import csv_table
from assistant.rendering.escaping import as_paragraph, for_markdown
from assistant.rendering.grouping import by_article, headline, together
from assistant.rendering.locations import place_link, web_address
from assistant.rendering.markdown import markdown
from assistant.rendering.plain import plain
from assistant.rendering.reference import copied
from assistant.rendering.sentences import around, how_said, where
from assistant.rendering.template import page_html
from assistant.rendering.word_document import word_document
from assistant.texts.catalogue import Texts, texts_of
from index.models import ArticleCard, KnownPerson, Listing, Quotation, Statement
from index.quotations.certainty import certainty

_COLUMNS = (
    "speaker",
    "words",
    "kind",
    "cue",
    "via",
    "article",
    "outlet",
    "date",
    "language",
    "address",
    "start",
    "end",
    "certainty",
    "sentence",
    "before",
    "after",
    "link",
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_IN_OTHERS = {"article_id", "speaker_as_written"}
_FURTHER = tuple(known.name for known in fields(Quotation) if known.name not in {*_COLUMNS, *_IN_OTHERS})
"""What else is known of a quotation; its heading is the name of the field."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file for the reader to keep.

    ``encoded`` is the media type of one whose text is its bytes in base64; empty: it is text in UTF-8.
    """

    name: str
    text: str
    encoded: str = ""


def statements_csv(statements: Iterable[Statement], lang: str) -> Download:
    r"""Return statements as CSV (RFC 4180; a byte order mark first, by which spreadsheets know it is UTF-8).

    Columns are apart by what spreadsheets of that language expect. A cell that would be taken for a formula gets an
    apostrophe before it. Dates are ISO 8601; ``start`` and ``end`` are offsets into the article's text.
    """
    texts = texts_of(lang)
    heading = [*(texts.get(f"export.{column}") for column in _COLUMNS), *_FURTHER]
    made = csv_table(heading, (_values(statement, texts) for statement in statements), texts)
    return Download(texts.get("export.statements_file") + ".csv", made)


def people_csv(people: Iterable[KnownPerson], lang: str) -> Download:
    """Return whoever is named as CSV, in the form of ``statements_csv``."""
    texts = texts_of(lang)
    rows = ([one.name, one.kind, "; ".join(one.roles), one.articles, one.mentions, one.quotations] for one in people)
    heading = [texts.get(f"people.{key}") for key in ("name", "kind", "roles", "articles", "mentions", "quotations")]
    return Download(texts.get("people.file") + ".csv", csv_table(heading, rows, texts))


def statements_word(statements: Iterable[Statement], lang: str) -> Download:
    """Return statements as a Word document, their references in footnotes."""
    texts = texts_of(lang)
    made = b64encode(word_document(statements, texts)).decode("ascii")
    return Download(texts.get("export.statements_file") + ".docx", made, _WORD)


def statements_markdown(statements: Iterable[Statement], lang: str) -> Download:
    """Return statements as Markdown, by article, each with its reference."""
    texts = texts_of(lang)
    blocks = [f"# {texts.get('export.quotations')}"]
    for group in by_article(together(statements), texts):
        blocks += [f"## {for_markdown(headline(group.article, texts))}"]
        blocks += [copied(run.said, texts, "markdown") for block in group.blocks for run in block.runs]
    return Download(texts.get("export.statements_file") + ".md", "\n\n".join(blocks) + "\n")


def statements_list(statements: Iterable[Statement], lang: str, form: str) -> Download:
    """Return the articles of statements for a reference manager, in a form of ``LISTS``."""
    texts, (suffix, write) = texts_of(lang), LISTS[form]
    return Download(texts.get("export.statements_file") + suffix, write(statements, texts))


SETS: Final[Mapping[str, Callable[[Iterable[Statement], str], Download]]] = {
    "csv": statements_csv,
    "docx": statements_word,
    "markdown": statements_markdown,
    **{form: partial(statements_list, form=form) for form in LISTS},
}
"""The files that a set of statements can be kept in, by name."""


def conversation_markdown(exchanges: Sequence[Exchange], cited: Iterable[Listing], lang: str) -> Download:
    """Return a conversation as Markdown: each question with its answer, then the articles ``cited``."""
    texts = texts_of(lang)
    blocks = [f"# {texts.get('export.conversation')}"]
    for exchange in exchanges:
        blocks.append(f"## {for_markdown(exchange.question)}")
        blocks += [markdown(exchange.answer)] if exchange.answer else []
    lines = [_source(listing.article, texts) for listing in cited]
    blocks += [f"## {texts.get('export.articles')}", "\n".join(lines)] if lines else []
    return Download(texts.get("export.conversation_file") + ".md", "\n\n".join(blocks) + "\n")


def as_html(download: Download, number: int) -> str:
    """Return a file as a hidden part of the page, whose script hands it to the reader; ``number`` is new each time."""
    return page_html("download", download=download, number=number)


def _values(statement: Statement, texts: Texts) -> list[object]:
    article, said = statement.article, statement.quotation
    return [
        said.speaker or said.speaker_as_written, statement.quote, texts.get(f"kind.{how_said(said)}"),
        _verb(statement, texts), said.via,
        article.title, article.source, article.published, article.lang, article.url, said.start, said.end,
        texts.get(f"certainty.{certainty(said)}"), plain(statement, texts), *_around(statement), place_link(statement),
        *(getattr(said, name) for name in _FURTHER),
    ]  # fmt: skip


def _verb(statement: Statement, texts: Texts) -> str:
    return (
        around("byline.according", "speaker", texts)[0].strip() if according(statement) else reporting(statement, texts)
    )


def _around(statement: Statement) -> tuple[str, str]:
    """Return the sentences before and after the one that holds the words."""
    context = statement.context
    if context is None:
        return "", ""
    start, end = context.sentence
    return context.between(context.start, start).strip(), context.between(
        end, context.start + len(context.text)
    ).strip()


def _source(article: ArticleCard, texts: Texts) -> str:
    told = where(article, texts)
    line = as_paragraph(for_markdown(", ".join(part for part in (article.title, article.author, told) if part)))
    address = web_address(article)
    return f"- {line}" + (f" <{address}>" if address else "")
