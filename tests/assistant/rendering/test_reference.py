"""Words with their reference, as they are copied; sets of them for other programs."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from assistant.rendering.bibliography import bibtex, csl, ris
from assistant.rendering.reference import FORMS, copied, reference
from assistant.rendering.word_document import word_document
from assistant.texts.catalogue import texts_of
from tests.invented import HOSTILE, citation, statement
from tests.markup import assert_only_ours

FRENCH = texts_of("fr")
KNOWN: dict[str, object] = {
    "lang": "fr", "cue": "a-t-elle lancé", "author": "Maud Escoubès", "url": "https://x.example/pont",
}  # fmt: skip
PLACE = "Maud Escoubès, Le Fanal, Le port rouvre, 1er mars 2025, p. 3, https://x.example/pont"


def test_a_reference_tells_what_is_known() -> None:
    assert reference(citation("Oui", page=3, **KNOWN), FRENCH).replace("\u00a0", " ") == PLACE
    bare = citation("Oui", published=None, source=None, url="javascript:alert(1)")
    assert reference(bare, FRENCH) == "Le port rouvre"


@pytest.mark.parametrize(
    ("form", "kind", "expected"),
    [
        ("text", "direct", f"Yolande Perchat a lancé : « Oui » [cité]\n{PLACE}"),
        ("text", "indirect", f"Yolande Perchat a lancé : Oui. [propos rapportés]\n{PLACE}"),
        ("text", "passage", f"Extrait de l’article : Oui [texte de l’article]\n{PLACE}"),
        ("markdown", "direct", f"**Yolande Perchat** a lancé : « Oui » \\[cité]\n\n— {PLACE}"),
        ("footnote", "direct", f"{PLACE} [cité]"),
        ("html", "direct", '<blockquote cite="https://x.example/pont" lang="fr"><p><b>Yolande Perchat</b> a lancé : '
                           f"« Oui » [cité]</p></blockquote><p>{PLACE}</p>"),
    ],
)  # fmt: skip
def test_words_are_copied_with_their_reference_and_kind(form: str, kind: str, expected: str) -> None:
    told = copied([citation("Oui", page=3, kind=kind, **KNOWN)], FRENCH, form)
    assert told.replace("\u00a0", " ") == expected


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_copied_as_html_holds_foreign_text_as_text(text: str) -> None:
    said = {"speaker": text, "cue": text, "via": text, "confidence": 0.7, "alternative": text, "lang": text}
    page = copied([citation(text, title=text, source=text, author=text, url=text, **said)], FRENCH, "html")
    assert_only_ours(page.replace("<b>", "<strong>").replace("</b>", "</strong>"))


def test_a_reference_manager_reads_each_article_once() -> None:
    said = [
        statement("Oui", **KNOWN),
        statement("Non", **KNOWN),
        statement("Si", id="1f" * 8, key="echo 1", title="50 % & {x}"),
    ]
    entries = bibtex(said, FRENCH).replace("\u00a0", " ")
    assert entries.startswith(
        "@article{fanal-3-0f0f0f0f,\n  author = {{Maud Escoubès}},\n  title = {{Le port rouvre}},\n"
        "  journal = {Le Fanal},\n  year = {2025},\n  month = {3},\n"
        "  day = {1},\n  url = {https://x.example/pont},\n  language = {fr},\n"
        "  note = {Yolande Perchat a lancé : « Oui » [cité] Yolande Perchat a lancé : « Non » [cité]},\n}\n"
    )
    assert r"title = {{50 \% \& \{x\}}}" in entries
    assert (
        ris(said, FRENCH)
        .replace("\u00a0", " ")
        .startswith(
            "TY  - NEWS\r\nAU  - Maud Escoubès\r\nTI  - Le port rouvre\r\nT2  - Le Fanal\r\nPY  - 2025\r\n"
            "DA  - 2025/03/01\r\nUR  - https://x.example/pont\r\n"
            "LA  - fr\r\nN1  - Yolande Perchat a lancé : « Oui » [cité]\r\n"
        )
    )
    assert [item["id"] for item in json.loads(csl(said, FRENCH))] == ["0f" * 8, "1f" * 8]
    assert json.loads(csl(said, FRENCH))[0]["issued"] == {"date-parts": [[2025, 3, 1]]}


@given(st.text(), st.text())
def test_no_text_breaks_a_list_of_references(title: str, words: str) -> None:
    said = [statement(words, title=title, key=title, source=title, author=title, url=title, lang="fr")]
    entry = bibtex(said, FRENCH)
    assert re.sub(r"\\[{}]|\\text\w+\{\}", "", entry).count("{") == re.sub(r"\\[{}]|\\text\w+\{\}", "", entry).count(
        "}"
    )
    assert len(ris(said, FRENCH).rstrip("\r\n").split("\r\n")) == len(
        re.findall(r"^[A-Z][A-Z0-9]  - ", ris(said, FRENCH), re.M)
    )
    assert len(json.loads(csl(said, FRENCH))) == 1


def test_a_word_document_has_a_footnote_for_each_quotation() -> None:
    said = [
        statement("Oui", **KNOWN),
        statement("Non", **(KNOWN | {"kind": "indirect"})),
        statement("Si", **(KNOWN | {"id": "1f" * 8, "title": "Les quais", "published": date(2025, 4, 2)})),
    ]
    made = word_document(said, FRENCH)
    document = Document(io.BytesIO(made))
    paragraphs = [paragraph.text.replace("\u00a0", " ") for paragraph in document.paragraphs]
    assert paragraphs == [
        "Citations",
        "Le Fanal, 1er mars 2025 · Le port rouvre",
        "Yolande Perchat",
        "a lancé : « Oui » [cité]",
        "a lancé : Non. [propos rapportés]",
        "Le Fanal, 2 avril 2025 · Les quais",
        "Yolande Perchat a lancé : « Si » [cité]",
    ]
    footnotes = zipfile.ZipFile(io.BytesIO(made)).read("word/footnotes.xml").decode("utf-8")
    assert footnotes.count("<w:footnoteRef/>") == 3
    assert "Maud Escoubès, Le Fanal, Les quais, 2 avril 2025, https://x.example/pont" in footnotes


@pytest.mark.parametrize("text", [*HOSTILE, "\uffff\ufffe"])
def test_any_text_goes_into_a_word_document(text: str) -> None:
    made = word_document([statement(text, speaker=text, title=text, source=text, author=text)], FRENCH)
    assert len(Document(io.BytesIO(made)).paragraphs) == 3


def test_the_forms_are_those_that_are_offered() -> None:
    assert set(FORMS) <= set(FRENCH.entry("copy"))
