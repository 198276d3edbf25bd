"""The kinds of no, each with what the articles hold instead, and checks; all of it is invented."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.models import Answer
from assistant.rendering.as_json import answer_json
from assistant.rendering.markdown import markdown
from assistant.workspace import Workspace
from tests.assistant.answers.library import library_of

BAC = """Le bac de Ruvigny

« Le bac reviendra au printemps », a promis Ana Ruiz, maire de Ruvigny. « Nous vendrons la criée », a ajouté Ana Ruiz.
« La digue coûtera 60 millions », a dit Ana Ruiz. Barnabé Lutz, le capitaine du port, regardait le quai sans un mot."""
MOULIN = """The mill at Otterbourne

The company declined to comment. "The mill will close in June," said Ramona Fisk. "Nobody warned us," said Ramona Fisk.
Otis Brandt, the mayor, never said "the mill will open"."""
NOTE = """La note du maire

Selon Perrine Aubel, le maire lui aurait confié que « la piscine serait vendue avant Pâques ».

« Je n’ai jamais prononcé ces mots », a répondu le maire, Hugo Castan."""
ORCHESTRA = """Un orchestre à Morvan

L’orchestre de Morvan jouera dimanche. Le clavecin a été accordé mardi. Il neigeait."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with library_of(tmp_path_factory.mktemp("refusals"), (BAC, MOULIN, NOTE, ORCHESTRA)) as workspace:
        yield workspace


def told(answer: Answer) -> str:
    return markdown(answer).replace("\u00a0", " ").replace("\\", "")


@pytest.mark.parametrize(
    ("question", "refusal", "lead", "nearest"),
    [
        ("Que dit Zoé Lambert ?", "absent", "Vos articles ne mentionnent pas Zoé Lambert.", None),
        (
            "Que dit Barnabé Lutz ?",
            "unquoted",
            "Vos articles mentionnent Barnabé Lutz (1 article)",
            "regardait le quai",
        ),
        ("Que dit Ana Ruiz du clavecin ?", "elsewhere", "Vos articles citent Ana Ruiz (3 fois), mais pas", ""),
        ("Qui a dit « Le bac ne reviendra pas au printemps » ?", "premise", "Pas en ces mots-là", "Le bac reviendra"),
        ('Who said "The mill will not close in June"?', "premise", "Not in these words", "The mill will close"),
        ('Who said "The mill will close in May"?', "premise", "Not in these words", "The mill will close"),
        ("Combien coûte le clavecin accordé à Zanzibar ?", "absent", "Vos articles n’en disent rien.", None),
    ],
)
def test_a_no_tells_which_it_is_and_what_comes_nearest(
    library: Workspace, question: str, refusal: str, lead: str, nearest: str | None
) -> None:
    answer = library.answer(question)
    assert (answer.abstained, answer.refusal, answer.citations) == (True, refusal, ())
    assert told(answer).startswith(lead)
    words = " ".join(citation.quote for citation in answer.nearest)
    assert bool(words) == (nearest is not None)
    assert (nearest or "") in words


def test_every_no_offers_questions_that_have_an_answer(library: Workspace) -> None:
    for question in ("Que dit Zoé Lambert ?", "Que dit Ana Ruiz du clavecin ?"):
        answer = library.answer(question)
        assert answer.abstained
        assert answer.suggestions
        assert not any(library.answer(offered).abstained for offered in answer.suggestions)


def test_the_price_of_another_thing_is_no_answer(library: Workspace) -> None:
    assert library.answer("Combien coûte la lune ?").abstained


def test_what_comes_nearest_is_set_apart_and_no_citation(library: Workspace) -> None:
    answer = library.answer("Que dit Ana Ruiz du clavecin ?")
    row = answer_json(answer, None, 0.0)
    assert row["citations"] == []
    assert 1 <= len(row["nearest"]) <= 2
    assert {nearest["speaker"] for nearest in row["nearest"]} == {"Ana Ruiz"}
    assert (row["refusal"], row["abstained"]) == ("elsewhere", True)
    assert told(answer).index("*Le plus proche dans vos articles*") < told(answer).index("**Ana Ruiz**")


def test_an_empty_library_offers_the_samples(workspace: Workspace) -> None:
    answer = workspace.answer("What did Ana Ruiz say?")
    assert (answer.refusal, answer.suggestions) == ("empty", ())
    assert "sample articles" in told(answer)


@pytest.mark.parametrize(
    ("question", "lead", "cited"),
    [
        # the sequence of tenses, and what differs
        ("Ana Ruiz a-t-elle dit que le bac reviendrait au printemps ?", "Oui :", "Le bac reviendra"),
        ("Did Ramona Fisk say that the mill would close in June?", "Yes:", "The mill will close"),
        ("Did Ramona Fisk say that the mill would close in May?", "Not in these words.", "The mill will close"),
        ("Did Ramona Fisk say that the mill would not close?", "Not in these words.", "The mill will close"),
        ("Ana Ruiz a-t-elle dit que la digue coûterait 60 millions ?", "Oui :", "60 millions"),
        ("Ana Ruiz a-t-elle dit que la digue coûterait 200 milliards ?", "Pas en ces mots-là.", "60 millions"),
        # another's words; words that somebody did not say
        (
            "Hugo Castan a-t-il dit que le bac reviendrait au printemps ?",
            "Non : ces mots ne sont pas de Hugo",
            "Le bac",
        ),
        ("Did Otis Brandt say that the mill will open?", "No: the article says that Otis Brandt did not", "never said"),
        # somebody who did not speak
        ("Did the company comment?", "The company did not comment", "The company declined to comment."),
    ],
)
def test_a_check_tells_whose_words_they_are(library: Workspace, question: str, lead: str, cited: str) -> None:
    answer = library.answer(question)
    assert not answer.abstained
    assert told(answer).startswith(lead)
    assert cited in " ".join(citation.quote for citation in answer.citations)


def test_a_claim_about_somebody_is_shown_with_the_denial(library: Workspace) -> None:
    answer = library.answer("Hugo Castan a-t-il dit que la piscine serait vendue avant Pâques ?")
    quotes = " ".join(citation.quote for citation in answer.citations)
    assert "serait vendue avant Pâques" in quotes
    assert "Je n’ai jamais prononcé ces mots" in quotes
    assert told(answer).startswith("C’est Perrine Aubel qui le dit ; Hugo Castan le dément.")
