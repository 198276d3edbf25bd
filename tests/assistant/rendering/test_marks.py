"""In whatever is printed, quotation marks stand round nothing but words that the article has in marks.

Every quotation and every sentence of the visible labelled sets is printed as an answer, in a table, in a file and as
text, in both languages: on the page, in all that is copied and exported, and as commands and programs get it; then
articles that hypothesis makes.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from assistant.cli.quotes import quotation_line
from assistant.models import Answer, Citation, Counted, ExactSearch, Excerpt, FoundArticle, Quoted
from assistant.page.article_view import article_page
from assistant.page.chat_view import chat_message
from assistant.page.correction_forms import correction_forms
from assistant.page.exchange import Exchange
from assistant.page.exports import Download, conversation_markdown, statements_csv, statements_markdown, statements_word
from assistant.page.person_page import Portrait, Shown, person_page
from assistant.page.quotation_table import statement_table
from assistant.page.search_view import list_table, search_results
from assistant.rendering.as_json import answer_json, quotations_json
from assistant.rendering.bibliography import LISTS
from assistant.rendering.exact_search import list_csv, search_markdown
from assistant.rendering.markdown import markdown
from assistant.rendering.plain import plain
from assistant.rendering.reference import FORMS, copied
from assistant.texts.catalogue import LANGUAGES, texts_of
from index.loaders import load_text
from index.models import Article, KnownPerson, Quotation, Statement
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
        yield from answered(shown)
    yield from _listed(listed, article, lang)
    yield from _exported(listed, lang)
    for each in (*listed, *(each for each in cited if each.quotation is None)):
        yield plain(each, texts_of(lang))
        yield from (_text(copied([each], texts_of(lang), form)) for form in FORMS)


def answered(shown: Answer) -> Iterator[str]:
    """Yield an answer as Markdown, as JSON and on the page, and as a conversation is exported."""
    yield _below_headlines(markdown(shown))
    yield _below_headlines(str(json.loads(json.dumps(answer_json(shown, None, 0.0)))["text"]))
    yield _below_headlines(conversation_markdown([Exchange(shown.question, shown)], [], shown.lang).text)
    beside = r'<p class="(?:where|around)".*?</p>|<details.*?</details>|<span class="card">.*?</span></span>'
    yield _text(re.sub(beside, "", chat_message(shown)))


def _listed(listed: Sequence[Statement], article: Article, lang: str) -> Iterator[str]:
    """Yield the page's lists of statements, and what stands around an open article."""
    table = statement_table(listed, len(listed), lang).partition("<tbody>")[2]
    yield _text(re.sub(r'<td class="article">.*?</td>', "", table))
    portrait = Portrait(KnownPerson(1, "Ana", "person", "", (), 1, 0, len(listed)), listed, ())
    page = person_page(portrait, Shown(len(listed)), lang, list, lambda _: article)
    yield _text(re.sub(r'(?s)<(p|span) class="where".*?</\1>|<details.*?</details>', "", page))
    said = [each.quotation for each in listed]
    for cited in said[:1]:
        forms = correction_forms(article, said, (cited.start, cited.end), [], [], texts_of(lang))
        told = article_page(article, said, (cited.start, cited.end), lang, forms).partition('<div class="verbatim">')[0]
        yield _text(re.sub(r'(?s)<p class="(?:title|where)".*?</p>|<textarea.*?</textarea>', "", told))


def _exported(listed: Sequence[Statement], lang: str) -> Iterator[str]:
    """Yield what is told of statements in each of the files that a set is kept in."""
    yield from _sentences(statements_csv(listed, lang).text, lang)
    blocks = statements_markdown(listed, lang).text.split("\n\n")
    yield "\n\n".join(block for block in blocks if not block.startswith("#"))
    yield from _word(statements_word(listed, lang))
    for _, write in LISTS.values():
        yield _notes(write(listed, texts_of(lang)))


def _word(made: Download) -> Iterator[str]:
    """Yield the paragraphs of a Word document, but for the headings, which give an article's title; then its notes."""
    packed = b64decode(made.text)
    for paragraph in Document(io.BytesIO(packed)).paragraphs:
        if not str(paragraph.style and paragraph.style.name).startswith("Heading"):
            yield paragraph.text
    notes = ZipFile(io.BytesIO(packed)).read("word/footnotes.xml").decode("utf-8")
    yield from re.findall(r"<w:t [^>]*>(.*?)</w:t>", notes, re.DOTALL)


def _notes(told: str) -> str:
    """The list for a reference manager without the titles in it, which are given as they are."""
    return re.sub(r'^(?:  title = .*|TI  - .*|  "title": .*)$', "", told, flags=re.MULTILINE).replace("\\n", "\n")


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


def wrongly_marked(told: str, *articles: Article) -> list[str]:
    """The words that stand in marks there, and not in the articles."""
    there = [
        words(article.text[each.start : each.end])
        for article in articles
        for each in closed(find_marked(article.text, article.lang))
    ]
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


PRINTED = [
    pytest.param(path.name, lang, marks=[] if path.name.startswith(lang) else pytest.mark.soak)
    for path in sorted(SETS.glob("*-*"))
    for lang in LANGUAGES
]
"""Each set, printed for readers of its language; for others at length."""


@pytest.mark.parametrize(("folder", "lang"), PRINTED)
def test_marks_stand_only_round_what_articles_have_in_marks(folder: str, lang: str) -> None:
    for article, said in labelled(folder):
        places = [span for span in sentences(article.text) if article.text[slice(*span)].strip()]
        wrong = [each for told in printed(article, [*said, *places], lang) for each in wrongly_marked(told, article)]
        assert wrong == [], article.key
        for row in quotations_json(article, said):
            assert wrongly_marked(quotation_line(row), article) == []


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


@pytest.mark.parametrize("folder", ["fr-dev", "en-dev"])
def test_the_exact_search_prints_the_marks_of_its_sentences_and_no_other(folder: str) -> None:
    texts = texts_of(folder.split("-")[0])
    for article, _ in labelled(folder):
        for start, end in sentences(article.text):
            sentence = article.text[start:end]
            excerpt = Excerpt(start, sentence, ((start, start + len(sentence.split(" ")[0])),))
            found = FoundArticle(replace(article.card, title="Titre"), 1, (excerpt,))
            search = ExactSearch("?", 1, 1, (found,))
            counted = [Counted("?", "?", 1, 1, (found,))]
            for told in (
                search_markdown(search, texts),
                list_csv(counted, texts).replace('"', ""),
                _text(search_results(search, texts.lang)),
                _text(list_table(counted, texts.lang)),
            ):
                assert re.findall("[«»“”]", told) == re.findall("[«»“”]", sentence), sentence


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
