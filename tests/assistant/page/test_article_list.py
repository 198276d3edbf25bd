from __future__ import annotations

import html
import re
from datetime import UTC, datetime

import pytest

from assistant.page import article_list as view
from assistant.page.article_list import article_form, article_list, progress
from assistant.workspace import Facets
from index.ingestion import AddResult
from index.reason import Reason
from tests.invented import HOSTILE, listing
from tests.markup import assert_only_ours, seen


def test_files_show_what_became_of_each_the_latest_first() -> None:
    results = [AddResult("/tmp/x/un.txt", "added", None, "ab"), AddResult("deux.pdf", "refused", "Illisible.")]
    page = progress(results, 2, 3, "/tmp/x/trois.txt", "fr")
    assert seen(page) == "Lecture de trois.txt 2 sur 3deux.pdf refuséIllisible.un.txt ajouté"
    assert 'href="#dixit-ab"' in page
    assert "<progress" not in progress(results, 2, 2, None, "fr")
    assert progress([], 0, 0, None, "fr") == ""


def test_a_refusal_is_told_in_the_language_of_its_reader() -> None:
    reason = Reason("mail_text", {"reason": Reason("too_long", {"most": 400_000})})
    told = {lang: seen(progress([AddResult("a.eml", "refused", reason)], 1, 1, None, lang)) for lang in ("en", "fr")}
    assert "its text: it is longer than 400,000 characters. Split it" in told["en"]
    assert "son texte\u00a0: il dépasse 400\u202f000 caractères. Découpez-le" in told["fr"]


def test_a_form_is_told_in_the_language_of_its_reader() -> None:
    told = seen(progress([AddResult("a.eml", "added", None, "ab", "Un", "mail")], 1, 1, None, "fr"))
    assert "courriel" in told


@pytest.mark.parametrize(
    ("source", "title", "called"),
    [
        ("upload:budget.pdf", "Le budget", "budget.pdf"),
        ("upload:news.jsonl#n-1", "Le budget", "news.jsonl#n-1"),
        ("https://exemple.org/a/b", "Le budget", "https://exemple.org/a/b"),
        ("sample:ferry.txt", "Le ferry", "Le ferry"),
        ("pasted", "Un texte collé", "Un texte collé"),
        ("/tmp/x/un.txt", None, "un.txt"),
    ],
)
def test_a_source_is_called_what_its_reader_calls_it(source: str, title: str | None, called: str) -> None:
    told = seen(progress([AddResult(source, "added", None, "ab", title)], 1, 1, None, "fr"))
    assert told == f"1 source traitée×{called} ajouté"


def test_the_list_tells_outlet_date_language_and_quotations() -> None:
    assert "Le Fanal, 1er mars 20252 citations · FR" in seen(article_list([listing()], 1, "fr"))
    bare = listing(published=None, source=None, quotations=1)
    assert "no date1 quotation · FR" in seen(article_list([bare], 1, "en"))


def test_the_list_tells_that_an_article_was_updated() -> None:
    changed = listing(version=3, updated_at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert "FR · mis à jour le 1er mars 2026" in seen(article_list([changed], 1, "fr"))
    assert "FR · updated on 1 March 2026" in seen(article_list([changed], 1, "en"))
    assert 'title="Version 3 de cet article"' in html.unescape(article_list([changed], 1, "fr"))


@pytest.mark.parametrize(
    ("found", "total", "told"), [(0, 0, "Aucun article pour l’instant"), (0, 3, "ne correspond"), (1, 3, "1 article")]
)
def test_nothing_found_is_not_nothing_there(found: int, total: int, told: str) -> None:
    assert told in seen(article_list([listing()] * found, total, "fr"))


def test_a_long_list_is_cut_and_offers_more() -> None:
    many = [listing()] * (2 * view.SHOWN + 7)
    page = article_list(many, len(many), "fr")
    assert page.count("<li>") == view.SHOWN
    assert "407 articles" in seen(page)
    assert seen(page).endswith("Afficher 200 articles de plus")
    assert f'value="{2 * view.SHOWN}"' in page
    assert seen(article_list(many, len(many), "fr", 2 * view.SHOWN)).endswith("Afficher 7 articles de plus")
    assert "de plus" not in seen(article_list(many, len(many), "fr", 3 * view.SHOWN))


def test_a_filter_offers_what_there_is() -> None:
    page = article_form(Facets(2, 7, ["Le Fanal"], ["fr", "nl"], []), "fr")
    assert re.findall(r'<option value="([^"]*)">', page) == [
        "newest",
        "oldest",
        "title",
        "",
        "Le Fanal",
        "",
        "fr",
        "nl",
    ]
    assert "françaisnl" in seen(page)
    assert "<input" not in article_form(Facets(0, 0, [], [], []), "fr")


@pytest.mark.parametrize("text", HOSTILE)
def test_foreign_text_is_text(text: str) -> None:
    foreign = listing(title=text, source=text, author=text, key=text, lang=text)
    assert_only_ours(article_list([foreign], 1, "fr"))
    assert_only_ours(article_form(Facets(1, 1, [text], [text], []), "fr"))
    for reason in (text, Reason("unreadable", {"why": text})):
        assert_only_ours(progress([AddResult(text, "refused", reason)], 0, 1, text, "fr"))
