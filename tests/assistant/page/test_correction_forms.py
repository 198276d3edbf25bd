"""What the panel offers to correct, without a server."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from assistant.page.article_view import article_page
from assistant.page.correction_forms import corrected_mark, correction_forms, what
from assistant.texts.catalogue import LANGUAGES, texts_of
from index.corrections import Correction, CorrectionKind
from index.models import Article, Quotation, content_id
from tests.invented import HOSTILE
from tests.markup import assert_only_ours, assert_well_formed

TEXT = "Fin\n\nPort-Guéran, 12 mars 2026. « Tout est prêt », a dit Ana Ruiz."
WORDS = "Tout est prêt"
START = TEXT.index(WORDS)
ARTICLE = Article(content_id(TEXT), "fin", "Fin", "fr", text=TEXT)
SAID = Quotation(ARTICLE.id, START, START + len(WORDS), "direct", "Ana Ruiz")
EN = texts_of("en")


def test_a_day_of_the_text_is_offered_where_the_article_has_none_and_nowhere_else() -> None:
    assert correction_forms(ARTICLE, [SAID], (0, 0), [], [], EN).offered == date(2026, 3, 12)
    dated = Article(**{name: getattr(ARTICLE, name) for name in ("id", "key", "title", "lang")}, text=TEXT,
                    published=date(2026, 3, 13))  # fmt: skip
    assert correction_forms(dated, [SAID], (0, 0), [], [], EN).offered is None


def test_the_quotation_that_is_open_is_offered_and_no_other() -> None:
    assert correction_forms(ARTICLE, [SAID], (SAID.start, SAID.end), [], [], EN).words == WORDS
    assert correction_forms(ARTICLE, [SAID], (SAID.start, SAID.end - 1), [], [], EN).said is None


def test_corrections_of_the_article_and_names_that_stand_in_it_are_listed() -> None:
    named = Quotation(ARTICLE.id, 0, 3, "direct", "Ana Ruiz-Mas", corrected=True, read_as="Ana Ruiz")
    made = [
        Correction("rename", None, name="Ana Ruiz", value="Ana Ruiz-Mas", id=1),
        Correction("rename", None, name="Luc", value="Luc Mas", id=2),
        Correction("source", ARTICLE.id, value=None, id=3),
    ]
    forms = correction_forms(ARTICLE, [named], (0, 0), made, [], EN)
    assert forms.made == [(1, "Ana Ruiz is Ana Ruiz-Mas"), (3, "No outlet")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_of_correction_is_told_in_each_language(lang: str) -> None:
    kinds = (*get_args(CorrectionKind),)
    made = [Correction(kind, words=WORDS, name="A", value=value) for kind in kinds for value in ("B", None)]
    told = {what(each, texts_of(lang)) for each in made if each.value or each.kind not in ("span", "rename")}
    assert len(told) == 15


def test_a_corrected_quotation_says_who_was_read() -> None:
    corrected = Quotation(ARTICLE.id, 0, 3, "direct", "Luc Mas", corrected=True, read_as="Ana Ruiz")
    assert corrected_mark(corrected, EN) == "corrected; read as Ana Ruiz before"
    moved = Quotation(ARTICLE.id, 0, 3, "direct", "Luc Mas", corrected=True, read_as="Luc Mas")
    assert corrected_mark(moved, EN) == "corrected"
    assert corrected_mark(SAID, EN) == ""


@pytest.mark.parametrize("foreign", HOSTILE)
def test_foreign_names_are_text(foreign: str) -> None:
    said = Quotation(ARTICLE.id, SAID.start, SAID.end, "direct", foreign, corrected=True, read_as=foreign)
    made = [Correction("speaker", ARTICLE.id, words=foreign, value=foreign, id=1)]
    forms = correction_forms(ARTICLE, [said], (said.start, said.end), made, [foreign], EN, foreign)
    page = article_page(ARTICLE, [said], (said.start, said.end), "en", forms)
    assert_only_ours(page)
    assert_well_formed(page)
