"""What programs call, without a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.api import Programs
from assistant.server.rate_limits import Rates
from index.errors import IndexingError
from tests.page.browser import ARTICLES
from tests.page.stand_in import StandIn


@pytest.fixture
def programs(tmp_path: Path) -> Iterator[Programs]:
    workspace = StandIn(tmp_path, ARTICLES)
    yield Programs(workspace, Rates())  # type: ignore[arg-type]
    workspace.catalog.close()


def test_pages_of_quotations_make_up_the_whole(programs: Programs) -> None:
    whole = programs.find_quotations(limit=500)
    assert len(whole) > 3
    paged = [each for first in range(len(whole)) for each in programs.find_quotations(limit=1, offset=first)]
    assert paged == whole
    assert programs.find_quotations(offset=len(whole)) == []
    assert programs.find_quotations(limit=0) == []


def test_former_names_of_keys_and_parameters_are_kept_for_a_release(programs: Programs) -> None:
    found = programs.find_quotations(source="The Lantern")
    assert found
    assert {row["source"] for row in found} == {"The Lantern"}
    assert [(row["quote"], row["article"]) for row in found] == [(row["words"], row["key"]) for row in found]
    assert programs.find_quotations(outlet="The Lantern") == found
    articles = programs.list_articles(source="The Lantern")
    assert articles
    assert programs.list_articles(outlet="The Lantern") == articles


@pytest.mark.parametrize(
    ("limit", "offset", "told"),
    [
        (501, 0, "limit: 501 is not from 0 to 500. Ask for more with offset=500"),
        (-1, 0, "limit: -1 is not from 0 to 500."),
        (1, -1, "offset: -1 is less than 0."),
    ],
)
def test_a_page_out_of_range_is_refused_by_its_rule(programs: Programs, limit: int, offset: int, told: str) -> None:
    with pytest.raises(IndexingError, match=told):
        programs.find_quotations(limit=limit, offset=offset)


def test_people_are_listed_with_the_ids_of_their_quotations(programs: Programs) -> None:
    people = programs.list_people(limit=500)
    assert set(people[0]) == {"id", "name", "kind", "gender", "roles", "articles", "quotations", "mentions"}
    spoken = {row["speaker_id"]: row["speaker"] for row in programs.find_quotations(limit=500) if row["speaker_id"]}
    assert spoken
    assert {person["id"]: person["name"] for person in people} == spoken  # whom the stand-in names has spoken somewhere
    one = people[0]
    assert programs.list_people(called=one["name"]) == [one]
    assert programs.list_people(called="the mayor of Nowhere") == []
    assert programs.list_people(limit=1, offset=1) == people[1:2]


def test_whoever_is_named_is_found_by_a_part_of_the_name_with_every_place(programs: Programs) -> None:
    (mayor,) = programs.list_people(search="perch")
    assert (mayor["name"], mayor["articles"], mayor["mentions"], mayor["quotations"]) == ("Yolande Perchat", 2, 3, 5)
    assert programs.list_people(search="MAIRE", kind="person", order="name") == [mayor]
    assert programs.list_people(search="perch", kind="place") == []
    assert {row["speaker_id"] for row in programs.find_quotations(person=mayor["id"])} == {mayor["id"]}
    assert len(programs.find_quotations(person=mayor["id"])) == mayor["quotations"]
    places = programs.list_mentions(mayor["id"])
    assert [(place["words"], place["source"]) for place in places] == [
        ("Yolande Perchat", "The Lantern"),
        *[("maire Yolande Perchat", "Le Fanal")] * 2,
    ]
    assert places[0].keys() >= {"article", "article_id", "start", "end", "name", "title", "published", "url", "lang"}
    assert programs.list_mentions(mayor["id"], limit=1, offset=1) == places[1:2]
    with pytest.raises(IndexingError, match="limit: 501 is not from 0 to 500"):
        programs.list_mentions(mayor["id"], limit=501)


def test_people_out_of_range_are_refused_by_the_rule(programs: Programs) -> None:
    with pytest.raises(IndexingError, match="limit: 501 is not from 0 to 500"):
        programs.list_people(limit=501)


def test_what_is_corrected_is_found_listed_and_undone(programs: Programs) -> None:
    said = programs.find_quotations(speaker="Dorothy Quill")[0]
    place = {"article_id": said["article_id"], "start": said["start"], "end": said["end"]}
    made = programs.correct_quotation(**place, speaker="Doris Quill")
    assert (made["kind"], made["value"], made["words"]) == ("speaker", "Doris Quill", said["quote"])
    (told,) = programs.find_quotations(speaker="Doris Quill")
    assert (told["quote"], told["corrected"], told["read_as"]) == (said["quote"], True, "Dorothy Quill")
    renamed = programs.correct_name("Doris Quill", "Dora Quill")
    (told,) = programs.find_quotations(speaker="Dora Quill")
    assert (told["start"], told["read_as"]) == (said["start"], "Dorothy Quill")
    edited = programs.correct_article(said["article_id"], "source", "The Bell")
    assert programs.find_quotations(speaker="Dora Quill")[0]["source"] == "The Bell"
    assert [row["id"] for row in programs.list_corrections()] == [made["id"], renamed["id"], edited["id"]]
    for number in (edited["id"], made["id"], renamed["id"]):
        programs.undo_correction(number)
    assert programs.list_corrections() == []
    assert programs.find_quotations(speaker="Dorothy Quill")[0] == said


def test_a_span_is_moved_and_words_that_are_no_quotation_are_gone(programs: Programs) -> None:
    said = programs.find_quotations(speaker="Dorothy Quill")[0]
    place = {"article_id": said["article_id"], "start": said["start"], "end": said["end"]}
    programs.correct_quotation(**place, change="span", new_start=said["start"], new_end=said["end"] - 2)
    shorter = programs.find_quotations(speaker="Dorothy Quill")[0]
    assert shorter["quote"] == said["quote"][:-2]
    programs.correct_quotation(**(place | {"end": shorter["end"]}), change="not_quotation")
    assert said["start"] not in [row["start"] for row in programs.find_quotations(speaker="Dorothy Quill")]
    made = programs.correct_quotation(**place, change="quotation", speaker="Doris Quill")
    assert (made["kind"], made["value"], made["words"]) == ("quotation", "Doris Quill", said["quote"])
    assert [row["quote"] for row in programs.find_quotations(speaker="Doris Quill")] == [said["quote"]]
    with pytest.raises(IndexingError, match="change: 'other' is none. Give speaker, quotation, not_quotation or span."):
        programs.correct_quotation(**place, change="other")


def test_texts_are_searched_page_by_page(programs: Programs) -> None:
    whole = programs.search_articles("harbour OR port")
    assert (whole["articles"], len(whole["found"])) == (2, 2)
    assert whole["hits"] == sum(found["hits"] for found in whole["found"])
    paged = [
        found
        for skip in range(2)
        for found in programs.search_articles("harbour OR port", limit=1, offset=skip)["found"]
    ]
    assert paged == whole["found"]
    with pytest.raises(IndexingError, match="AND stands there without anything to look for"):
        programs.search_articles("crane AND")
    with pytest.raises(IndexingError, match="limit: 501 is not from 0 to 500"):
        programs.search_articles("crane", limit=501)


def test_a_list_is_counted(programs: Programs) -> None:
    quill, nobody, refused = programs.count_list(["Dorothy Quill", "Zebulon Quark", "crane OR"])
    assert (quill["articles"], quill["hits"], quill["query"]) == (1, 1, '"Dorothy Quill"')
    assert quill["first"][0]["excerpts"][0]["places"][0]["quote"] == "Dorothy Quill"
    assert (nobody["articles"], nobody["first"], nobody["refused"]) == (0, [], None)
    assert "OR stands there" in refused["refused"]
    assert programs.count_list(["Quill, Dorothy"], "words")[0]["articles"] == 1
    with pytest.raises(IndexingError, match="match: 'other' is none. Give phrase or words."):
        programs.count_list(["a"], "other")
    with pytest.raises(IndexingError, match="the list is empty"):
        programs.count_list([" "])
