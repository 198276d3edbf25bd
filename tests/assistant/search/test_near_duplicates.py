"""One wire story in three outlets: each of its words is shown once, with where else it stands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.models import Answer
from assistant.rendering.markdown import markdown
from assistant.settings import AssistantSettings, Settings
from assistant.workspace import Workspace, open_workspace
from index.catalog import ArticleFilter
from index.settings import IndexSettings
from index.typography import words

Adding = Callable[..., Workspace]

WIRE = """Le ferry de nuit entre Port-Lanvel et Whitmouth reprendra la mer le 12 avril, après deux ans d’arrêt.

La compagnie l’a annoncé vendredi devant le conseil du port. « Le bateau est prêt, l’équipage aussi », a déclaré la
directrice de la compagnie, Clémence Arzel. Le navire fera trois rotations par semaine jusqu’en octobre.

Le quai, fermé depuis la tempête de janvier, a coûté quatre millions d’euros à la ville. Les travaux sont terminés.

« Sans le ferry, nous perdions la moitié de nos clients l’été », explique le libraire Hugo Vasselin."""
ADDED = """

Le président de la région, Yann Kerbrat, s’est félicité samedi. « C’est toute la côte qui respire », a-t-il dit."""

FANAL = {"id": "fanal", "source": "Le Fanal", "title": "Le ferry revient", "text": WIRE}
ECHO = {
    "id": "echo", "source": "L’Écho", "title": "Port-Lanvel retrouve son ferry",
    "text": WIRE.replace("« ", '"').replace(" »", '"').replace("’", "'") + ADDED,
}  # fmt: skip
HERALD = {"id": "herald", "source": "Le Héraut", "title": "Ferry : le retour", "text": WIRE.replace("vendredi", "hier")}
COPY = FANAL | {"id": "copie", "source": "La Vigie", "title": "La Manche, de nuit"}
OTHER = {
    "id": "other", "source": "Le Courrier", "title": "Une compagnie en forme",
    "text": "La compagnie a publié ses comptes.\n\n« Le bateau est prêt, l’équipage aussi », a répété Clémence Arzel.",
}  # fmt: skip


@pytest.fixture
def adding(tmp_path: Path) -> Iterator[Adding]:
    settings = Settings(IndexSettings(data=tmp_path / "data"), AssistantSettings())
    with open_workspace(settings, lambda _: None) as workspace:

        def adding(*rows: dict[str, str]) -> Workspace:
            path = tmp_path / "news.jsonl"
            path.write_text("\n".join(json.dumps({"lang": "fr"} | row) for row in rows), encoding="utf-8")
            assert all(result.outcome in ("added", "unchanged") for result in workspace.add([path]))
            return workspace

        yield adding


def told(answer: Answer) -> list[tuple[str | None, str, list[str]]]:
    """Who says what, and the outlets that tell it."""
    return [
        (c.speaker, words(c.quote), sorted([c.article.source or "", *(place.article.source or "" for place in c.also)]))
        for c in answer.citations
    ]


READY = ("Clémence Arzel", "le bateau est pret l equipage aussi")


@pytest.mark.parametrize(
    ("rows", "outlets"),
    [
        pytest.param([FANAL], [["Le Fanal"]], id="one outlet"),
        pytest.param([FANAL, ECHO], [["L’Écho", "Le Fanal"]], id="other marks, another headline, a paragraph more"),
        pytest.param([FANAL, ECHO, HERALD], [["L’Écho", "Le Fanal", "Le Héraut"]], id="three outlets"),
        pytest.param([FANAL, COPY], [["La Vigie", "Le Fanal"]], id="the same text, letter for letter"),
        pytest.param([FANAL, OTHER], [["Le Courrier"], ["Le Fanal"]], id="the same words in another story"),
    ],
)
def test_words_of_one_story_are_shown_once(
    adding: Adding, rows: list[dict[str, str]], outlets: list[list[str]]
) -> None:
    answer = adding(*rows).answer("Que dit Clémence Arzel du bateau ?")
    assert sorted(told(answer)) == sorted((*READY, sorted(found)) for found in outlets)


def test_words_that_one_outlet_alone_prints_are_not_lost(adding: Adding) -> None:
    answer = adding(FANAL, ECHO, HERALD).answer("Que dit Yann Kerbrat de la côte ?")
    assert told(answer) == [("Yann Kerbrat", "c est toute la cote qui respire", ["L’Écho"])]


@pytest.mark.parametrize(
    "question",
    [
        "Qui s’est exprimé sur le ferry ?",
        "Qui a dit « Le bateau est prêt, l’équipage aussi » ?",
        "Clémence Arzel a-t-elle dit que le bateau était prêt ?",
        "Combien a coûté le quai à la ville ?",
    ],
)
def test_no_kind_of_question_tells_words_twice(adding: Adding, question: str) -> None:
    answer = adding(FANAL, ECHO, HERALD).answer(question)
    assert not answer.abstained
    quotes = [words(citation.quote) for citation in answer.citations]
    assert len(set(quotes)) == len(quotes)
    assert {"Le Fanal", "L’Écho", "Le Héraut"} == {outlet for *_, outlets in told(answer) for outlet in outlets}


def test_each_other_place_holds_the_words(adding: Adding) -> None:
    workspace = adding(FANAL, ECHO, HERALD, COPY)
    (citation,) = workspace.answer("Que dit Clémence Arzel du bateau ?").citations
    assert len(citation.also) == 3
    for place in citation.also:
        assert words(workspace.article(place.article.id).text[place.start : place.end]) == words(citation.quote)


def test_a_question_about_one_outlet_is_answered_from_it(adding: Adding) -> None:
    (citation,) = adding(FANAL, ECHO).answer("Dans L’Écho, que dit Clémence Arzel du bateau ?").citations
    assert citation.article.source == "L’Écho"
    assert [place.article.source for place in citation.also] == ["Le Fanal"]


def test_what_is_left_of_a_story_is_shown_when_an_outlet_is_removed(adding: Adding) -> None:
    workspace = adding(FANAL, ECHO)
    (citation,) = workspace.answer("Que dit Clémence Arzel du bateau ?").citations
    workspace.remove(citation.article.id)
    (left,) = workspace.answer("Que dit Clémence Arzel du bateau ?").citations
    assert words(left.quote) == words(citation.quote)
    assert left.also == ()


def test_the_sources_tell_where_the_words_stand_too(adding: Adding) -> None:
    answer = markdown(adding(FANAL, ECHO, HERALD).answer("Que dit Clémence Arzel du bateau ?"))
    assert "aussi dans" in answer.splitlines()[-1]
    assert all(outlet in answer for outlet in ("Fanal", "Écho", "Héraut"))


def test_a_corrected_date_is_told_in_the_next_answer(adding: Adding, tmp_path: Path) -> None:
    workspace = adding(FANAL | {"published": "2025-03-19"})
    assert str(workspace.answer("Que dit Clémence Arzel du bateau ?").citations[0].article.published) == "2025-03-19"
    file = tmp_path / "news.jsonl"
    file.write_text(json.dumps({"lang": "fr"} | FANAL | {"published": "2025-03-20"}), encoding="utf-8")
    assert [result.outcome for result in workspace.add([file])] == ["updated"]
    assert str(workspace.answer("Que dit Clémence Arzel du bateau ?").citations[0].article.published) == "2025-03-20"
    assert workspace.listings(ArticleFilter())[0].version == 2
