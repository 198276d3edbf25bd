"""In whatever is printed, quotation marks stand round nothing but words that the article has in marks.

Every quotation and every sentence of the visible labelled sets is printed as an answer, in a table, in a file and as
text, in both languages; then articles that hypothesis makes.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.models import Answer, Citation, Quoted
from assistant.page.chat_view import chat_message
from assistant.page.exports import statements_csv
from assistant.page.quotation_table import statement_table
from assistant.rendering.as_json import answer_json
from assistant.rendering.bibliography import bibtex
from assistant.rendering.markdown import markdown
from assistant.rendering.plain import plain
from assistant.rendering.reference import copied
from assistant.texts.catalogue import LANGUAGES, texts_of
from index.loaders import load_text
from index.models import Article, Quotation, Statement
from index.text.context import context_of, in_context
from index.text.marks import closed, find_marked
from index.text.sentences import sentences
from index.typography import words

SETS = Path(__file__).parents[2] / "data" / "eval"


def printed(article: Article, said: Sequence[Quotation | tuple[int, int]], lang: str) -> Iterator[str]:
    """Yield all that is printed of places in an article, as text."""
    cited = [_citation(number, article, place) for number, place in enumerate(said, start=1)]
    answer = Answer("?", lang, False, tuple((Quoted(each.number),) for each in cited), tuple(cited))
    pairs = Answer("?", lang, False, tuple(_pairs(cited)), tuple(cited))
    listed = [_statement(article, each) for each in said if isinstance(each, Quotation)]
    for shown in (answer, pairs):
        yield _below_headlines(markdown(shown))
        yield _below_headlines(str(json.loads(json.dumps(answer_json(shown, None, 0.0)))["text"]))
        yield _text(
            re.sub(
                r'<p class="(?:where|around)".*?</p>|<details.*?</details>|<span class="card">.*?</span></span>',
                "",
                chat_message(shown),
            )
        )
    yield _text(
        re.sub(r'<td class="article">.*?</td>', "", statement_table(listed, len(listed), lang).partition("<tbody>")[2])
    )
    yield from _sentences(statements_csv(listed, lang).text, lang)
    for each in (*listed, *cited):
        yield plain(each, texts_of(lang))
        yield from (_text(copied([each], texts_of(lang), form)) for form in ("text", "markdown", "html"))
    yield bibtex(listed, texts_of(lang))


def _citation(number: int, article: Article, place: Quotation | tuple[int, int]) -> Citation:
    said = place if isinstance(place, Quotation) else None
    start, end = (place.start, place.end) if isinstance(place, Quotation) else place
    context = context_of(article, start, end, said)
    return Citation(number, article.card, start, end, article.text[start:end], said, context=context)


def _pairs(cited: Sequence[Citation]) -> Iterator[tuple[Quoted, ...]]:
    """Yield neighbours as one paragraph each, as the halves of an utterance are."""
    for one, two in zip(cited[::2], cited[1::2], strict=False):
        yield Quoted(one.number), Quoted(two.number)


def _statement(article: Article, said: Quotation) -> Statement:
    return in_context(Statement(article.card, said, article.text[said.start : said.end]), article)


def _below_headlines(told: str) -> str:
    """The Markdown of an answer without the line above an article's words, which gives its title as it is."""
    return "\n\n".join(block for block in told.split("\n\n") if not re.fullmatch(r"\*[^*].*[^*]\*", block))


def _text(fragment: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", fragment))


def _sentences(table: str, lang: str) -> Iterator[str]:
    rows = csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline=""), delimiter=texts_of(lang).entry("csv"))
    headings = next(rows)
    for row in rows:
        yield row[headings.index(texts_of(lang).get("export.sentence"))]


def in_marks(told: str) -> list[str]:
    """The outermost stretches between marks there."""
    found, depth, start = [], 0, 0
    for at, sign in enumerate(told):
        if sign in "«“":
            start, depth = (start, depth + 1) if depth else (at + 1, 1)
        elif sign in "»”":
            depth -= 1
            if depth == 0:
                found.append(told[start:at])
    assert depth == 0, told
    return found


def wrongly_marked(told: str, article: Article) -> list[str]:
    """The words that stand in marks there, and not in the article."""
    there = [words(article.text[each.start : each.end]) for each in closed(find_marked(article.text, article.lang))]
    return [each for each in in_marks(told.replace("\\", "")) if not any(_holds(marked, each) for marked in there)]


def _holds(marked: str, told: str) -> bool:
    """Tell whether a stretch has what is told, in order; what is left out of it is told as such."""
    return re.search(".*".join(re.escape(_plain(part)) for part in told.split(" […] ")), marked) is not None


def _plain(told: str) -> str:
    return words(re.sub(r" \[\d+\]|\*\*", "", told))


@cache
def labelled(folder: str) -> list[tuple[Article, list[Quotation]]]:
    rows = [json.loads(line) for line in (SETS / folder / "quotes.jsonl").read_text(encoding="utf-8").splitlines()]
    found = []
    for path in sorted((SETS / folder / "articles").glob("*.txt")):
        article = load_text(path.read_bytes().decode("utf-8"), key=path.stem, lang=folder.split("-")[0])
        found.append((article, [_quotation(article, row) for row in rows if row["article"] == path.stem]))
    return found


def _quotation(article: Article, row: dict[str, object]) -> Quotation:
    known = {key: row[key] for key in ("start", "end", "kind", "speaker", "speaker_as_written", "cue")}
    return Quotation(article.id, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("folder", sorted(path.name for path in SETS.glob("*-*")))
def test_marks_stand_only_round_what_articles_have_in_marks(folder: str, lang: str) -> None:
    for article, said in labelled(folder):
        places = [span for span in sentences(article.text) if article.text[slice(*span)].strip()]
        wrong = [each for told in printed(article, [*said, *places], lang) for each in wrongly_marked(told, article)]
        assert wrong == [], article.key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_in_marks_are_all_printed_in_marks(lang: str) -> None:
    """The other way round: what a label says is quoted loses its marks only where no mark closes it."""
    for folder in ("fr-dev", "en-dev"):
        for article, said in labelled(folder):
            marked = closed(find_marked(article.text, article.lang))
            for quotation in said:
                if not any(each.start <= quotation.start and quotation.end <= each.end for each in marked):
                    continue
                told = words(" ".join(in_marks(plain(_statement(article, quotation), texts_of(lang)))))
                assert quotation.kind == "indirect" or words(article.text[quotation.start : quotation.end]) in told


WORD = st.sampled_from(
    ["oui", "Non", "elle", "que", "qu'", "dit", "« ", " »", "“", "”", '"', ",", ".", "\n", "a dit", "said", "Ana"]
)


@given(st.lists(WORD, max_size=30).map(" ".join), st.data(), st.sampled_from(LANGUAGES))
def test_marks_stand_only_round_marked_words_in_any_text(text: str, data: st.DataObject, lang: str) -> None:
    article = Article("0f" * 8, "a", "Titre", lang, text=text)
    marked = [(each.start, each.end) for each in find_marked(text, lang)]
    free = [span for span in sentences(text) if not any(span[0] < end and start < span[1] for start, end in marked)]
    said = [_made(article, span, "direct", data) for span in marked]
    said += [_made(article, span, "indirect", data) for span in free]
    for told in printed(article, [*said, *free], lang):
        assert wrongly_marked(told, article) == [], (text, told)


def _made(article: Article, span: tuple[int, int], kind: str, data: st.DataObject) -> Quotation:
    cue = data.draw(st.sampled_from([None, "a dit", "dit", "said", "selon"]))
    return Quotation(
        article.id, *span, "mixed" if kind == "direct" and data.draw(st.booleans()) else kind, "Ana", cue=cue
    )  # type: ignore[arg-type]
