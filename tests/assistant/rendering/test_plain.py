"""The sentences that are printed, as an editor would read them: tables that a journalist can extend."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from assistant.models import Citation
from assistant.rendering.grouping import together
from assistant.rendering.plain import plain, plain_markup
from assistant.rendering.telling import tell
from assistant.texts.catalogue import texts_of
from index.models import Article, Quotation, Statement
from index.text.context import context_of, in_context

DATA = Path(__file__).parents[2] / "data"
TABLES = {lang: tomllib.loads((DATA / f"sentences-{lang}.toml").read_text(encoding="utf-8")) for lang in ("fr", "en")}
ROWS = [(lang, row) for lang, table in TABLES.items() for row in table["told"]]
HALVES = [(lang, row) for lang, table in TABLES.items() for row in table["halves"]]


def citation(row: dict[str, Any], lang: str) -> Citation:
    before, words, after = re.split("[⟦⟧]", row["text"])
    article = Article("0f" * 8, "a", "Titre", row.get("lang", lang), text=before + words + after)
    start, end = len(before), len(before) + len(words)
    said = None if row.get("kind") == "passage" else quotation(row, article, start, end)
    return Citation(1, article.card, start, end, words, said, context=context_of(article, start, end, said))


def quotation(row: dict[str, Any], article: Article, start: int, end: int) -> Quotation:
    written = row.get("as")
    at = article.text.find(written) if written else -1
    mention = (at, at + len(written)) if written and at >= 0 else (None, None)
    return Quotation(
        article.id, start, end, row.get("kind", "direct"), row.get("speaker"), written, row.get("cue"),
        disclaimed=row.get("denied"), hedge=row.get("hedge"), speaker_kind=row.get("is", "person"),
        mention_start=mention[0], mention_end=mention[1],
    )  # fmt: skip


@pytest.mark.parametrize(("lang", "row"), ROWS, ids=[f"{lang}-{row['text'][:40]}" for lang, row in ROWS])
def test_words_are_told_as_an_editor_would_print_them(lang: str, row: dict[str, Any]) -> None:
    told = plain(citation(row, lang), texts_of(lang))
    assert told.replace("\u00a0", " ").replace("\u202f", " ") == row["prints"]


@pytest.mark.parametrize(("lang", "row"), HALVES, ids=[f"{lang}-{row['text'][:40]}" for lang, row in HALVES])
def test_halves_of_an_utterance_are_told_as_one(lang: str, row: dict[str, Any]) -> None:
    texts = texts_of(lang)
    parts = re.split("[⟦⟧]", row["text"])
    text = "".join(parts)
    article = Article("0f" * 8, "a", "Titre", lang, text=text)
    said = []
    for number, kind in ((1, row), (3, row | {"kind": row.get("then", row.get("kind", "direct"))})):
        start = len("".join(parts[:number]))
        each = quotation(kind, article, start, start + len(parts[number]))
        said.append(in_context(Statement(article.card, each, parts[number]), article))
    told = [tell(run.said, texts, plain_markup(texts)) for run in together(said)]
    assert [each.replace("\u00a0", " ").replace("\u202f", " ") for each in told] == row["prints"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_there_are_sixty_sentences_in_each_language(lang: str) -> None:
    assert len([row for of, row in ROWS if of == lang]) >= 60
