"""Other programs read a quotation under the same keys, whichever command or call tells it; docs/api.md states them."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, fields
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.models import Citation, Coverage, Prose
from assistant.rendering.as_json import answer_json, article_json, listing_json, quotations_json, statement_json
from index.models import Article, Quotation, Statement
from tests.invented import answer, card, citation, elsewhere, listing, quotation, statement

API = Path(__file__).parents[3] / "docs" / "api.md"
QUOTATION = {
    "article": "fanal-3", "start": 40, "end": 43, "quote": "Oui", "speaker": "Yolande Perchat",
    "speaker_as_written": "elle", "cue": "a dit", "kind": "direct", "via": "l’AFP", "speaker_id": None, "turn": None,
    "certainty": "likely", "confidence": 0.7, "alternative": "Luc Mas", "speaker_kind": "person", "mention_start": 46,
    "mention_end": 50, "hedge": None, "disclaimed": None, "denial_start": None, "denial_end": None,
    "sure": None, "corrected": None, "read_as": None,
}  # fmt: skip
SOURCE = {
    "article_id": "0f" * 8, "title": "Le port rouvre", "published": "2025-03-01", "source": "Le Fanal",
    "url": "https://fanal.example/port", "lang": "fr",
}  # fmt: skip
SAID: dict[str, object] = {
    "speaker_as_written": "elle", "cue": "a dit", "via": "l’AFP", "confidence": 0.7, "alternative": "Luc Mas",
    "speaker_kind": "person", "mention_start": 46, "mention_end": 50,
}  # fmt: skip
CHANGES: dict[str, object] = {
    "lang": "fr", "url": "https://fanal.example/port", "origin": "/x/budget.pdf", **SAID,
}  # fmt: skip


def stated(*tables: str) -> set[str]:
    """The keys that docs/api.md states under some headings."""
    parts = re.split(r"^### ", API.read_text("utf-8"), flags=re.M)
    lines = "\n".join(part for part in parts if part.splitlines()[0] in tables).splitlines()
    cells = " ".join(line.split("|")[1] for line in lines if line.startswith("| `"))
    return set(re.findall(r"`(\w+)`", cells))


def test_a_statement_tells_the_quotation_and_its_source() -> None:
    assert statement_json(statement("Oui", **CHANGES)) == QUOTATION | SOURCE
    assert stated("The quotation", "Its article") == {*QUOTATION, *SOURCE}


def test_a_citation_tells_the_same_and_where_to_look_it_up() -> None:
    (told,) = answer_json(answer(citation("Oui", page=3, **CHANGES)), "q2", 0.0)["citations"]
    assert json.loads(json.dumps(told)) == QUOTATION | SOURCE | {
        "page": 3,
        "time": None,
        "file": "budget.pdf",
        "also": [],
    }
    assert stated("The quotation", "Its article", "In an answer") == set(told)


def test_quotations_of_one_article_are_its_slices() -> None:
    text = "x" * 40 + "Oui."
    article = Article("0f" * 8, "fanal-3", "Le port rouvre", "fr", text=text)
    said = quotation("Oui", **SAID)
    source = {"published": None, "source": None, "url": None}
    assert quotations_json(article, [said]) == [QUOTATION | SOURCE | source]


def test_a_quotation_is_told_alike_wherever_it_is_told() -> None:
    text = "x" * 40 + "Oui."
    article = Article(**asdict(card(lang="fr", url="https://fanal.example/port")), text=text)
    said = quotation("Oui", **SAID)
    (told,) = quotations_json(article, [said])
    assert statement_json(Statement(article.card, said, "Oui")) == told
    (cited,) = answer_json(answer(Citation(1, article.card, 40, 43, "Oui", said)), None, 0.0)["citations"]
    assert told.items() <= cited.items()


def test_all_that_is_known_of_a_quotation_is_told() -> None:
    assert {field.name for field in fields(Quotation)} <= set(statement_json(statement("Oui")))


def test_a_passage_has_the_keys_of_a_quotation_and_no_speaker() -> None:
    (told,) = answer_json(answer(citation("Oui", kind="passage")), None, 0.0)["citations"]
    assert {*QUOTATION, *SOURCE} < set(told)
    assert (told["kind"], told["quote"], told["start"], told["end"]) == ("passage", "Oui", 40, 43)
    assert {told[key] for key in ("speaker", "speaker_as_written", "cue", "via", "certainty")} == {None}


def test_the_other_places_of_the_words_are_told() -> None:
    places = (elsewhere(source="L’Écho"), elsewhere(source=None))
    (told,) = answer_json(answer(citation("Oui", also=places)), None, 0.0)["citations"]
    assert [place["source"] for place in told["also"]] == ["L’Écho", None]
    assert told["also"][0] == {
        "article": "echo-1", "start": 7, "end": 10, "article_id": "1f" * 8, "title": "Le port",
        "published": "2025-03-02", "source": "L’Écho", "url": None, "lang": "",
    }  # fmt: skip


def test_a_refusal_is_the_line_of_the_contract() -> None:
    lapid = (Coverage("Yair Lapid", 1, 0),)
    refused = answer(abstained=True, paragraphs=((Prose("Non."),),), mentions=lapid, refusal="unquoted")
    assert answer_json(refused, "q1", 0.12345) == {
        "id": "q1", "question": "Qui ?", "lang": "fr", "abstained": True, "text": "Non.", "citations": [], "total": 0,
        "mentions": [{"name": "Yair Lapid", "articles": 1, "quotations": 0}], "seconds": 0.123,
        "understood": None, "as_is": False, "refusal": "unquoted", "nearest": [], "suggestions": [],
    }  # fmt: skip


def test_what_comes_nearest_to_an_answer_has_the_keys_of_a_citation() -> None:
    told = answer_json(answer(citation("Non")), None, 0.0)
    refused = answer_json(answer(abstained=True, nearest=(citation("Non"),), refusal="elsewhere"), None, 0.0)
    assert (refused["citations"], refused["nearest"]) == ([], told["citations"])


def test_a_listing_tells_nothing_of_this_machine() -> None:
    told = listing_json(listing(origin="/home/ana/port.txt", added_at=datetime(2025, 3, 1, 8, tzinfo=UTC)))
    assert told == {
        "id": "0f" * 8, "key": "fanal-3", "title": "Le port rouvre", "lang": "fr", "published": "2025-03-01",
        "source": "Le Fanal", "author": None, "url": None, "quotations": 2, "form": None, "version": 1,
        "added_at": "2025-03-01T08:00:00+00:00", "updated_at": None,
    }  # fmt: skip


@pytest.mark.parametrize("pages", [(), (0, 7)])
def test_an_article_is_told_without_its_text(pages: tuple[int, ...]) -> None:
    told = article_json(Article("0f" * 8, "a", "A", "fr", origin="a.txt", text="A\n\nOui.", pages=pages))
    assert "text" not in told
    assert (told["id"], told["key"], told["origin"], told["pages"]) == ("0f" * 8, "a", "a.txt", pages)
