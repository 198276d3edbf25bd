from __future__ import annotations

import csv
import html
import io
import re
from base64 import b64decode
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.page.exchange import Exchange
from assistant.page.exports import SETS, Download, as_html, conversation_markdown, statements_csv
from assistant.rendering.escaping import visible
from index.models import Article, Quotation, Statement
from index.text.context import in_context
from tests.invented import HOSTILE, answer, citation, listing, statement

markdown_it = pytest.importorskip("markdown_it", reason="markdown-it-py, which reads Markdown, is missing")


def rows(download: Download, delimiter: str = ";") -> list[list[str]]:
    return list(csv.reader(io.StringIO(download.text.removeprefix("\ufeff"), newline=""), delimiter=delimiter))


def test_a_statement_is_a_line() -> None:
    said = statement('Oui ; "non"\nou', cue="a dit", via="Axios", url="https://x.example/a")
    assert rows(statements_csv([said], "fr"))[1][:12] == [
        "Yolande Perchat", "Oui ; \"non\"\nou", "cité", "a dit", "Axios", "Le port rouvre", "Le Fanal", "2025-03-01",
        "fr", "https://x.example/a", "40", "54",
    ]  # fmt: skip
    assert rows(statements_csv([], "en"), ",")[0][:3] == ["Who", "Words", "Form"]


@pytest.mark.parametrize(
    ("lang", "changes", "told"),
    [
        ("fr", {"confidence": 0.99}, "sûr"),
        ("fr", {"confidence": None}, "sûr"),
        ("fr", {"confidence": 0.7}, "probable"),
        ("fr", {"speaker": None}, "non nommé"),
        ("en", {"confidence": 0.7}, "likely"),
    ],
)
def test_a_line_tells_how_certain_the_speaker_is(lang: str, changes: dict[str, object], told: str) -> None:
    headings, line = rows(statements_csv([statement(**changes)], lang), ";" if lang == "fr" else ",")
    assert line[headings.index({"fr": "Certitude du locuteur", "en": "Certainty of who"}[lang])] == told


def test_a_line_tells_the_sentence_its_neighbours_and_where_the_words_are() -> None:
    text = "Le pont ferme. La maire a dit qu’il rouvrirait « à l’automne », sans jour. Le bac attend."
    article = Article("0f" * 8, "pont", "Le pont", "fr", source="Le Fanal", url="https://x.example/pont", text=text)
    at = text.index("à l’automne")
    said = Quotation(article.id, at, at + 11, "mixed", "Maud Roy", "La maire", "a dit")
    headings, line = rows(
        statements_csv([in_context(Statement(article.card, said, text[at : at + 11]), article)], "fr")
    )
    told = dict(zip(headings, line, strict=True))
    assert told["Phrase"].replace("\u00a0", " ") == "Maud Roy a dit qu’il rouvrirait « à l’automne », sans jour."
    assert told["Phrase d’avant"] == "Le pont ferme."
    assert told["Phrase d’après"] == "Le bac attend."
    assert told["Lien vers les mots"] == "https://x.example/pont#:~:text=%C3%A0%20l%E2%80%99automne"


@pytest.mark.parametrize(("cue", "told"), [("a-t-elle lancé", "a lancé"), ("ajoutant", "a dit"), ("Selon", "selon")])
def test_the_verb_is_one_that_can_stand_behind_a_name(cue: str, told: str) -> None:
    headings, line = rows(statements_csv([statement(cue=cue)], "fr"))
    assert line[headings.index("Verbe")] == told


@pytest.mark.parametrize("form", SETS)
def test_statements_can_be_kept_in_each_form(form: str) -> None:
    made = SETS[form]([statement("Oui", cue="a dit", author="Maud Escoubès")], "fr")
    text = b64decode(made.text) if made.encoded else made.text
    assert made.name.startswith("dixit-citations.")
    assert (b"PK" in text) if isinstance(text, bytes) else "Yolande Perchat" in text
    assert ("data-encoded" in as_html(made, 1)) == bool(made.encoded)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "  =", "\n=", "＝", "＋", "|", "%"])
def test_no_cell_starts_a_formula(start: str) -> None:
    text = f"{start}1+cmd|' /C calc'!A0"
    line = rows(statements_csv([statement(text, speaker=text, title=text, source=text, url=text)], "fr"))[1]
    assert line.count(f"'{text}") == 5


def test_all_that_is_known_of_a_quotation_is_in_its_line() -> None:
    known = {field.name: f"the {field.name}" for field in fields(Quotation) if field.name not in ("article_id", "kind")}
    known["confidence"] = 0.7
    headings, line = rows(statements_csv([statement(**known)], "fr"))
    assert len(headings) == len(set(headings)) == len(line)
    assert set(map(str, known.values())) - {"the speaker_as_written", "the cue"} <= set(line)
    (_, line) = rows(statements_csv([statement(**(known | {"speaker": None}))], "fr"))
    assert "the speaker_as_written" in line


@given(st.text())
def test_a_cell_is_the_text_and_nothing_but(text: str) -> None:
    line = rows(statements_csv([statement(text)], "fr"))[1]
    assert line[1].removeprefix("'") == visible(text).removeprefix("'")


def test_a_conversation_is_questions_answers_and_the_articles_cited() -> None:
    exchanges = [Exchange("Qui ?", answer(citation("Oui"))), Exchange("Et *lui* ?", failed=True)]
    cited = [listing(url="https://x.example/a"), listing(title="Autre", url="javascript:alert(1)", author="Maud")]
    text = conversation_markdown(exchanges, cited, "fr").text.replace("\u00a0", " ")
    assert text.startswith("# Conversation avec Dixit\n\n## Qui ?\n\n*Le Fanal, 1er mars 2025 · Le port rouvre*")
    assert "## Et \\*lui\\* ?" in text
    assert text.endswith(
        "## Articles cités\n\n- Le port rouvre, Le Fanal, 1er mars 2025 <https://x.example/a>\n"
        "- Autre, Maud, Le Fanal, 1er mars 2025\n"
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_foreign_text_is_text_in_a_conversation(text: str) -> None:
    cited = citation(text, speaker=text, title=text, source=text)
    exchange = Exchange(text, answer(cited))
    source = conversation_markdown([exchange], [listing(title=text, source=text, author=text, url=text)], "fr").text
    tags = set(re.findall(r"<(\w+)", markdown_it.MarkdownIt("commonmark").render(source)))
    assert tags <= {"h1", "h2", "p", "strong", "em", "ul", "li"}


@given(st.text())
def test_the_page_hands_over_the_file_as_it_is(text: str) -> None:
    held = re.fullmatch(r"<pre[^>]*>(.*)</pre>", as_html(Download("a.csv", text), 1), re.DOTALL)
    assert held
    assert html.unescape(held[1]) == visible(text)
