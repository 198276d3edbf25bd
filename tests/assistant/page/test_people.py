"""Everybody who is named and the page of each, over a real catalog, without a server."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.page.correcting import ArticleReading
from assistant.page.people import MOST_CHOSEN, PeopleReading
from assistant.page.people_list import SHOWN, people_list
from assistant.page.person_page import NameForms, Portrait, Shown, person_page
from assistant.server.rate_limits import Rates
from assistant.server.visitor import Visitor
from index.catalog import ArticleFilter, PersonFilter, StatementFilter
from index.models import Article, KnownPerson, Mention, Statement
from tests.invented import HOSTILE, card, statement
from tests.markup import assert_only_ours, seen
from tests.page.browser import ARTICLES
from tests.page.stand_in import StandIn

FRENCH, ENGLISH = (Visitor("a", lang, "10.0.0.1", lang) for lang in ("fr", "en"))


@pytest.fixture
def people(tmp_path: Path) -> PeopleReading:
    return PeopleReading(StandIn(tmp_path, ARTICLES), Rates(add="1000/hour"))  # type: ignore[arg-type]


def number(people: PeopleReading, name: str) -> int:
    return people.workspace.everyone(PersonFilter(name))[0].id


def test_the_list_tells_how_often_each_is_named_and_quoted(people: PeopleReading) -> None:
    page = people.show({}, ENGLISH)
    assert "6 names" in seen(page)
    assert "Yolande Perchatmaire235" in seen(page)
    assert f'href="#dixit-person-{number(people, "perchat")}-Yolande%20Perchat"' in page
    assert "1 name" in seen(people.show({"search": "QUILL"}, ENGLISH))
    assert "Nobody is named so" in seen(people.show({"search": "nobody"}, ENGLISH))
    assert "0 nom" in seen(people.show({"kind": "place"}, FRENCH))


def test_a_page_tells_roles_days_outlets_statements_by_month_and_further_mentions(people: PeopleReading) -> None:
    page = people.show({"person": str(number(people, "perchat"))}, ENGLISH)
    told = seen(page)
    assert "3 mentions in 2 articles" in told
    assert "19 March 2025 to 2 April 2025" in told
    assert "The Lantern and Le Fanal" in told
    assert "5 quotations" in told
    assert told.index("April 2025said") < told.index("March 2025Le port")
    assert page.count("<circle") == 2
    assert 'class="correct"' in page
    assert "#dixit-" in page.partition('class="roles"')[2].partition("</ul>")[0]


def test_the_oldest_stand_first_when_the_reader_wants_so(people: PeopleReading) -> None:
    chosen = str(number(people, "mérelle"))
    newest, oldest = (seen(people.show({"person": chosen, "dates": dates}, FRENCH)) for dates in ("newest", "oldest"))
    assert newest.index("Avril 2025") < newest.index("Mars 2025")
    assert oldest.index("Mars 2025") < oldest.index("Avril 2025")


def test_a_name_that_is_gone_is_told_above_the_list(people: PeopleReading) -> None:
    told = seen(people.show({"person": "999"}, ENGLISH))
    assert "no longer hold this name" in told
    assert "6 names" in told


def test_the_list_and_the_words_of_a_person_are_kept(people: PeopleReading) -> None:
    everyone = people.export({"kind": "person", "search": "quill"}, ENGLISH)
    assert "dixit-names.csv" in everyone
    assert "Dorothy Quill" in everyone
    assert "Perchat" not in everyone
    said = people.export({"person": str(number(people, "quill")), "format": "markdown"}, ENGLISH)
    assert "dixit-quotations.md" in said
    assert "A crane is not a quay" in said
    assert "within budget" not in said


def test_a_name_is_corrected_everywhere_or_in_one_article_and_taken_back(people: PeopleReading) -> None:
    chosen = number(people, "mérelle")
    told = people.rename({"person": str(chosen), "into": "Augustin Mérelle"}, ENGLISH)
    assert "Auguste Mérelle is Augustin Mérelle" in seen(told)
    renamed = number(people, "augustin")
    assert f'href="#dixit-person-{renamed}-Augustin%20M%C3%A9relle"' in told
    page = people.show({"person": str(renamed)}, ENGLISH)
    assert "1 correction" in seen(page)
    (made,) = people.workspace.corrections()
    people.workspace.correcting().undo(made.id)
    assert people.workspace.everyone(PersonFilter("augustin")) == []

    chosen = number(people, "mérelle")
    where = people.workspace.mentions(chosen)[0].article.id
    told = people.split({"person": str(chosen), "articles": where, "into": "Auguste Merle"}, ENGLISH)
    assert "Auguste Mérelle is Auguste Merle" in seen(told)
    assert [one.articles for one in people.workspace.everyone(PersonFilter("auguste"))] == [1, 1]


def test_several_articles_and_quotations_are_somebody_else_s_at_once(people: PeopleReading) -> None:
    chosen = number(people, "mérelle")
    first, second = (each.article.id for each in people.workspace.said(StatementFilter(person=chosen)))
    both = {"person": str(chosen), "articles": f"{first} {second}", "into": "Auguste Merle"}
    told = people.split(both, ENGLISH)
    assert seen(told).count("Auguste Mérelle is Auguste Merle") == 1  # one line, one way back for both
    made = [each.id for each in people.workspace.corrections()]
    assert f'data-number="{made[0]} {made[1]}"' in told
    ArticleReading(people.workspace, people.rates).undo({"number": f"{made[0]} {made[1]}"}, ENGLISH)
    assert people.workspace.corrections() == []

    said = people.workspace.said(StatementFilter(person=number(people, "perchat")))
    places = " ".join(f"{each.article.id}-{each.quotation.start}-{each.quotation.end}" for each in said[:2])
    told = people.split({"person": str(number(people, "perchat")), "quotations": places, "into": "Ana Ruiz"}, ENGLISH)
    assert seen(told).count("Ana Ruiz") == 3  # both quotations, and whose page it is now
    assert [each.quotation.speaker for each in people.workspace.said(StatementFilter(speaker="Ana Ruiz"))] == [
        "Ana Ruiz"
    ] * 2


def test_an_address_opens_whoever_it_names_not_whoever_has_the_number_now(people: PeopleReading) -> None:
    perchat, quill = (str(number(people, name)) for name in ("perchat", "quill"))
    for named in ({"person": perchat}, {"person": perchat, "called": "Yolande%20Perchat"}):
        assert "<bdi>Yolande Perchat</bdi></h2>" in people.show(named, ENGLISH)
    assert "<bdi>Dorothy Quill</bdi></h2>" in people.show({"person": perchat, "called": "Dorothy%20Quill"}, ENGLISH)
    assert "<bdi>Dorothy Quill</bdi></h2>" in people.show({"person": "999", "called": "dorothy%20quill"}, ENGLISH)
    assert "no longer hold this name" in seen(people.show({"person": quill, "called": "Ana%20Ruiz"}, ENGLISH))


def given_to_a_body(people: PeopleReading, *names: str) -> list[Statement]:
    """Let a body have said quotations, under a name each; return them, the newest article's first."""
    quill, perchat = (
        people.workspace.said(StatementFilter(speaker=name)) for name in ("Dorothy Quill", "Yolande Perchat")
    )
    said = [quill[0], perchat[-1]]
    for each, name in zip(said, names, strict=True):
        people.workspace.correcting().set_speaker(place(each), name, kind="body")
    return said


def place(said: Statement) -> tuple[str, int, int]:
    return said.article.id, said.quotation.start, said.quotation.end


def test_an_address_opens_whoever_is_called_so_by_a_correction_alone(people: PeopleReading) -> None:
    given_to_a_body(people, "société Arvel", "Arvel")
    (said,) = people.workspace.said(StatementFilter(speaker="Arvel"))
    assert people.workspace.mentions(said.quotation.speaker_id or 0) == []
    told = seen(people.show({"person": str(said.quotation.speaker_id), "called": "Arvel"}, ENGLISH))
    assert "2 quotations" in told
    assert "société Arvel" in told


def test_a_split_passes_over_where_the_name_stands_already_and_corrects_what_a_correction_alone_names(
    people: PeopleReading,
) -> None:
    said = given_to_a_body(people, "société Arvel", "Arvel")
    chosen = {"person": str(number(people, "arvel")), "articles": " ".join(each.article.id for each in said)}
    told = people.split({**chosen, "into": "société Arvel"}, ENGLISH)
    assert "Arvel is société Arvel" in seen(told)
    assert 'class="notice"' not in told
    assert len(people.workspace.said(StatementFilter(speaker="société Arvel"))) == 2
    assert "told apart" in seen(people.split({**chosen, "into": "société Arvel"}, ENGLISH))  # nothing is left to do
    assert "société Arvel is Fermex" in seen(people.split({**chosen, "into": "Fermex"}, ENGLISH))


@pytest.mark.parametrize(
    ("visitor", "partly", "why"),
    [(ENGLISH, "Not all of it was done. Those cannot be", "Undo"), (FRENCH, "Tout n’a pas été fait. ", "Annuler")],
)
def test_a_split_that_stops_midway_says_so_above_what_was_done(
    people: PeopleReading, visitor: Visitor, partly: str, why: str
) -> None:
    chosen = number(people, "mérelle")
    where = people.workspace.mentions(chosen)[0].article.id
    elsewhere = next(one.article.id for one in people.workspace.listings(ArticleFilter(search="Pirate")))
    articles = {"person": str(chosen), "articles": f"{where} {elsewhere}"}
    told = seen(people.split({**articles, "into": "Auguste Merle"}, visitor))
    assert told.index(partly) < told.index("Auguste Merle") < told.index(why)
    assert len(people.workspace.corrections()) == 1


def test_places_of_quotations_are_read_each_by_itself_and_not_more_than_so_many(people: PeopleReading) -> None:
    said = people.workspace.said(StatementFilter(person=number(people, "perchat")))[0]
    article_id, start, end = place(said)
    split = {"person": str(number(people, "perchat")), "into": "Ana Ruiz"}
    for none in (f"see:{article_id}-{start}-{end}", f"{article_id}-{start}-{end}-7", "a" * 400_000, "1-" * 200_000):
        assert "told apart" in seen(people.split({**split, "quotations": none}, ENGLISH))
    many = " ".join(f"{article_id}-{at}-{end}" for at in range(MOST_CHOSEN + 1))
    assert "at most 500 articles and quotations" in seen(people.split({**split, "quotations": many}, ENGLISH))
    assert people.workspace.corrections() == []
    twice = f"{article_id}-{start}-{end} {article_id}-{start}-{end}"
    assert 'class="notice"' not in people.split({**split, "quotations": twice}, ENGLISH)
    assert len(people.workspace.corrections()) == 1


@pytest.mark.parametrize("into", ["", " ", "x" * 400])
def test_a_name_that_cannot_be_is_refused(people: PeopleReading, into: str) -> None:
    chosen = str(number(people, "mérelle"))
    assert "give another name than" in seen(people.rename({"person": chosen, "into": into}, ENGLISH))
    elsewhere = next(one.article.id for one in people.workspace.listings(ArticleFilter(search="Pirate")))
    assert "told apart" in seen(people.split({"person": chosen, "articles": elsewhere, "into": "A"}, ENGLISH))
    assert "told apart" in seen(people.split({"person": chosen, "into": "A"}, ENGLISH))  # nothing is chosen
    assert "give another name than" in seen(people.rename({"person": "999", "into": "A"}, ENGLISH))
    assert people.workspace.corrections() == []


def test_where_articles_are_only_read_nothing_is_offered_to_correct(people: PeopleReading) -> None:
    people.workspace.read_only = True
    page = people.show({"person": str(number(people, "perchat"))}, ENGLISH)
    assert "<form" not in page
    assert "correct" not in page


def test_roles_that_differ_in_capitals_alone_are_told_once() -> None:
    person = KnownPerson(7, "Ana Ruiz", "person", "", ("maire de Metz", "Maire de Metz", "sénatrice"), 1, 0, 1)
    assert "maire de Metz, sénatrice" in seen(people_list([person], 9, "en"))
    assert (
        seen(person_page(Portrait(person, [], []), Shown(), "en", list, lambda _: Article("", "", "", ""))).count("etz")
        == 1
    )


def test_a_long_list_shows_more_at_a_click() -> None:
    named = [KnownPerson(at, f"N{at}", "body", "", (), 1, 0, 1) for at in range(SHOWN + 20)]
    page = people_list(named, SHOWN, "en")
    assert page.count("#dixit-person-") == SHOWN
    assert "Show 20 more names" in seen(page)


@pytest.mark.parametrize("foreign", HOSTILE)
def test_foreign_names_roles_and_words_are_text(foreign: str) -> None:
    person = KnownPerson(7, foreign, "person", "", (foreign,), 1, 1, 1)
    text = f"A\n\n{foreign}"
    further = Article("1f" * 8, "b", foreign, "", source=foreign, text=text)
    places = [
        Mention(card(id="0f" * 8, title=foreign), 0, 3, foreign, foreign),
        Mention(further.card, 3, 3 + len(foreign), foreign, foreign),
    ]
    said = [statement(foreign, speaker=foreign, title=foreign, source=foreign, lang=foreign, cue=foreign)]
    forms = NameForms([foreign], [("1", foreign)])
    page = person_page(Portrait(person, said, places), Shown(), "en", list, lambda _: further, forms)
    assert_only_ours(page)
    assert_only_ours(people_list([person], 9, "en"))


def test_statements_without_a_date_stand_under_a_heading_of_their_own_and_last_when_the_oldest_come_first() -> None:
    said = [statement("Un", published=None), statement("Deux", published=date(2025, 3, 1))]
    portrait = Portrait(KnownPerson(7, "Ana Ruiz", "person", "", (), 1, 2, 0), said, [])
    page = person_page(portrait, Shown(oldest=True), "fr", list, lambda _: Article("", "", "", "fr"))
    told = seen(page).replace("\u00a0", " ")
    assert told.index("Mars 2025") < told.index("Deux") < told.index("Sans date") < told.index("« Un »")
