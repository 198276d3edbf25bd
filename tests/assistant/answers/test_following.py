"""Conversations over a few invented articles, typed as journalists type: real models, real stores."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from assistant.models import Answer, Turn
from assistant.rendering.markdown import markdown
from assistant.settings import AssistantSettings, Settings
from assistant.workspace import Workspace, open_workspace
from index.settings import IndexSettings
from tests.assistant.answers.library import library_of

LIGHTHOUSE = (
    "Le phare de Brénac sera vendu\n\n"
    "La maire de Brénac, Aude Quelven, a annoncé lundi la vente du phare. « Le phare coûte trop cher à la "
    "commune », a déclaré Aude Quelven, parce que sa toiture fuit depuis dix ans. Elle a promis que la "
    "lanterne irait au musée.\n\n"
    "Le gardien du phare, Yvon Tarduel, ne décolère pas. « On ne vend pas une lumière », lui a répondu "
    "Yvon Tarduel. Il demande un référendum avant l'été.\n\n"
    "L'avocate du gardien, Maud Esterlin, prépare un recours. « La vente est illégale », a affirmé Maud "
    "Esterlin.\n"
)
KILN = (
    "The kiln at Marrow Bay will cool\n\n"
    'Mayor Edith Rowsell said the kiln would close in June. "We cannot pay for the gas any longer," '
    "Rowsell said at the town hall.\n\n"
    'Potter Jonas Wick, who has fired there since 1990, replied to her on Tuesday. "A kiln that cools '
    'will crack," Wick said. He promised to chain himself to the door.\n\n'
    '"The kiln is sound," said Clara Wick, his sister and the bay\'s only glazier.\n'
)


OVEN = (
    "The oven of Scarcliff\n\n"
    "\u201cThe oven is cold by noon,\u201d said Ruth Baker, the vicar. \u201cIt is warm at four,\u201d said Owen "
    "Baker, her nephew.\n"
)
INQUEST = (
    "Warden denies he called the weir safe\n\n"
    "The lock keeper, Esther Pole, told the inquest on Monday that the warden had waved the barge on. "
    "\u201cThe weir will hold till harvest,\u201d Esther Pole said, quoting the warden, Silas Crewe.\n\n"
    "\u201cI never said that,\u201d Silas Crewe told the inquest. He denied having sold the timber.\n\n"
    "The counsel, Hugh Arkwright, put questions to the warden.\n\n"
    "\u201cDid you inspect the sluice?\u201d asked Hugh Arkwright.\n\n"
    "\u201cEvery evening,\u201d Silas Crewe answered.\n\n"
    "\u201cThe mill owner Ada Brook wants to abandon the mill and sue us,\u201d said Silas Crewe. "
    "Crewe conceded that the gauge was broken.\n\n"
    "The mill owner, Ada Brook, criticised the board. \u201cThe board let the weir rot,\u201d Ada Brook said.\n"
)
BATHS = (
    "Les thermes de Vaubrun ferment un mois\n\n"
    "La ministre des Sports, Irène Castelnau, s'est rendue aux thermes de Vaubrun. « Les travaux seront payés sans "
    "emprunt », a affirmé Irène Castelnau.\n\n"
    "« Le carrelage tient mieux qu'avant », a assuré Odilon Mercadier, le baigneur. Il a accusé la mairie de "
    "négligence.\n\n"
    "« Avant Noël de quelle année ? », a corrigé Irène Castelnau.\n\n"
    "Le suspect du vol des peignoirs a avoué devant le juge, dit le greffe.\n"
)
DOVECOTE = (
    "The dovecote of Hurst\n\n"
    "“The dovecote needs a roof,” said Petra Loom, the steward. “It is false that I sold the doves,” said Petra "
    "Loom.\n"
)


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with library_of(
        tmp_path_factory.mktemp("following"), (LIGHTHOUSE, KILN, OVEN, INQUEST, BATHS, DOVECOTE)
    ) as workspace:
        yield workspace


KILN_AGAIN = [
    ("The kiln is cold", "2019-05-10", [
        '"The kiln is cold," said Edith Rowsell, the mayor.', '"The kiln was loved," said Jonas Wick.',
        '"The kiln must be sold," said Clara Wick.', '"The kiln is a ruin," said Otis Brandt.',
        '"The kiln will not burn again," said Ramona Fisk.', '"The kiln is safe," a spokesman said.',
        '"The kiln stands on our land," said Pia Lund.', '"No kiln, no clay," a spokesman said of the kiln.',
    ]),
    ("The kiln is sold", "2020-02-03", [
        '"The kiln is sold," said Edith Rowsell, the mayor.', '"I wept for the kiln," said Jonas Wick.',
        '"The kiln went for a song," said Clara Wick.', '"We keep the kiln\'s door," said Otis Brandt.',
    ]),
    ("The museum opens", "2018-03-08", ['"The museum has a door," said Edith Rowsell, the mayor.']),
]  # fmt: skip
"""Title, day and paragraphs of further articles."""


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("dated")
    rows = [
        {"id": title, "title": title, "published": day, "lang": "en", "text": "\n\n".join([title, *said])}
        for title, day, said in KILN_AGAIN
    ]
    file = folder / "dated.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with open_workspace(
        Settings(IndexSettings(data=folder / "data"), AssistantSettings()), lambda _: None
    ) as workspace:
        assert {result.outcome for result in workspace.add([file])} == {"added"}
        yield workspace


def ask(articles: Workspace, question: str, *earlier: str) -> Answer:
    return articles.answer(question, [Turn(each) for each in earlier])


def speakers(answer: Answer) -> set[str | None]:
    return {citation.speaker for citation in answer.citations}


@pytest.mark.parametrize(
    ("question", "earlier", "speaker", "words"),
    [
        # a whole sentence inherits nothing
        ("Que dit Maud Esterlin ?", ["Que dit Aude Quelven du phare ?"], "Maud Esterlin", "illégale"),
        ("What did Clara Wick say?", ["What did Edith Rowsell say about the gas?"], "Clara Wick", "sound"),
        # functions and kin among those whom the articles shown name
        ("et le gardien", ["que dit aude quelven du phare"], "Yvon Tarduel", "lumière"),
        ("et son avocate", ["que dit aude quelven du phare", "et le gardien"], "Maud Esterlin", "illégale"),
        ("and the potter?", ["what did edith rowsell say about the gas"], "Jonas Wick", "crack"),
        ("and his sister", ["what did edith rowsell say about the gas", "and the potter?"], "Clara Wick", "sound"),
        # pronouns take whom the answer shows
        ("elle dit quoi", ["qui a dit « le phare coûte trop cher »"], "Aude Quelven", "cher"),
        ("what did he say", ["who said a kiln that cools will crack"], "Jonas Wick", "crack"),
        # a function alone, of an article that was not shown
        ("le baigneur ?", ["que dit aude quelven"], "Odilon Mercadier", "carrelage"),
        # replies, the other one of a surname, corrections
        ("qui lui répond", ["que dit aude quelven du phare"], "Yvon Tarduel", "lumière"),
        ("who replied?", ["what did edith rowsell say about the gas"], "Jonas Wick", "crack"),
        ("no i meant the other wick", ["what did jonas wick say about the kiln"], "Clara Wick", "sound"),
        ("no i meant the other baker", ["what did ruth baker say about the oven"], "Owen Baker", "warm"),
        ("non, je veux dire le gardien", ["que dit aude quelven du phare"], "Yvon Tarduel", "lumière"),
    ],
)
def test_a_conversation(articles: Workspace, question: str, earlier: list[str], speaker: str, words: str) -> None:
    answer = ask(articles, question, *earlier)
    assert speaker in speakers(answer)
    assert words in " ".join(citation.quote for citation in answer.citations if citation.speaker == speaker)


@pytest.mark.parametrize(
    ("question", "earlier", "words"),
    [
        # the very claim, and who denies it; asked once more
        ("did crewe say the weir will hold till harvest", [], ["hold till harvest", "I never said that"]),
        (
            "is that true?",
            ["did crewe say the weir will hold till harvest"],
            ["hold till harvest", "I never said that"],
        ),
        # asked and answered
        ("did crewe inspect the sluice?", [], ["Did you inspect the sluice?", "Every evening"]),
        ("did he inspect the sluice?", ["what did silas crewe say about the timber"], ["Every evening"]),
        # a pronoun after a check is of whom was asked about
        ("and did he sell the timber?", ["did crewe inspect the sluice?"], ["sold the timber"]),
        # another's wish is not one's own
        ("did crewe say he would abandon the mill", [], ["wants to abandon the mill"]),
        # what a verb alone tells
        ("did crewe concede", [], ["the gauge was broken"]),
        ("le suspect a avoué ?", ["que dit irène castelnau des travaux"], ["a avoué devant le juge"]),
        # the same person, another claim
        (
            "et que le carrelage est fichu ?",
            ["odilon mercadier a dit que les thermes ferment ?"],
            ["Le carrelage tient"],
        ),
        # somebody else on a claim that was checked
        ("and brook?", ["did crewe say the weir will hold till harvest"], ["let the weir rot"]),
        ("who else?", ["what did silas crewe say about the weir"], ["let the weir rot"]),
        # a function with its place
        ("que dit la ministre à vaubrun", [], ["payés sans emprunt"]),
    ],
)
def test_a_claim_is_followed(articles: Workspace, question: str, earlier: list[str], words: list[str]) -> None:
    answer = ask(articles, question, *earlier)
    shown = " ".join(citation.quote for citation in answer.citations)
    assert not [each for each in words if each not in shown]


@pytest.mark.parametrize(
    "question",
    [
        "did crewe say he would abandon the mill",
        "did crewe say the weir will hold till harvest",
        "did crewe inspect the sluice?",
        "odilon mercadier accuse les thermes ?",
    ],
)
def test_no_yes_to_what_another_says_or_asks(articles: Workspace, question: str) -> None:
    assert not markdown(ask(articles, question)).startswith(("Yes", "Probably:", "Oui", "Probablement\u00a0:"))


def test_what_was_shown_is_doubted_with_who_denies_it(articles: Workspace) -> None:
    answer = ask(articles, "is it true?", "who said the weir will hold till harvest")
    assert {"Esther Pole", "Silas Crewe"} <= speakers(answer)
    assert "do not tell whether it is true" in markdown(answer)


def test_why_looks_around_what_was_cited(articles: Workspace) -> None:
    answer = ask(articles, "pourquoi ?", "que dit aude quelven du phare")
    assert "sa toiture fuit" in " ".join(citation.quote for citation in answer.citations)


def test_what_was_shown_is_not_shown_again(articles: Workspace) -> None:
    first = ask(articles, "Que dit Maud Esterlin ?")
    answer = ask(articles, "Que dit-elle d'autre ?", "Que dit Maud Esterlin ?")
    assert first.citations
    assert answer.understood == "Que dit d'autre Maud Esterlin ?"
    assert not {(c.start, c.end) for c in answer.citations} & {(c.start, c.end) for c in first.citations}


def test_a_question_may_be_taken_as_it_stands(articles: Workspace) -> None:
    history = [Turn("Que dit Aude Quelven du phare ?")]
    alone = articles.answer("Et Maud Esterlin ?", history, as_is=True)
    assert alone.as_is
    assert alone.understood is None
    assert list(articles.reply("Et Maud Esterlin ?", history, as_is=True))[-1] == alone
    assert articles.answer("Et Maud Esterlin ?", history).understood


def test_a_history_of_questions_alone_is_answered_as_one_with_answers(articles: Workspace) -> None:
    earlier = "que dit aude quelven du phare"
    told = ask(articles, earlier)
    for question in ("et le gardien", "qui lui répond", "pourquoi ?"):
        assert articles.answer(question, [Turn(earlier, told)]) == ask(articles, question, earlier)


def told(answer: Answer) -> str:
    return markdown(answer).replace("\u00a0", " ").replace("\\", "")


def test_a_time_that_nothing_fits_is_refused_in_a_conversation_too(dated: Workspace) -> None:
    answer = ask(dated, "and in 2016?", "What did Edith Rowsell say about the kiln?")
    assert answer.abstained
    assert "2016" in told(answer)


def test_all_that_answers_is_shown_in_a_conversation_too(dated: Workspace) -> None:
    history = [Turn("Who spoke about the museum?")]
    whole = dated.answer("Who spoke about the kiln?", everything=True)
    assert len(dated.answer("And about the kiln?", history, everything=True).citations) == len(whole.citations) > 4


def test_a_name_that_no_article_knows_is_not_answered_by_who_holds_the_office(dated: Workspace) -> None:
    answer = dated.answer("What did Mayor Marc Dupont say?")
    assert answer.abstained
    assert dated.answer("What did the mayor say?").citations


def test_articles_that_quote_somebody_on_a_topic_are_of_the_topic(dated: Workspace) -> None:
    answer = dated.answer("Which articles quote Edith Rowsell about the museum?")
    assert {citation.article.title for citation in answer.citations} == {"The museum opens"}


def test_what_is_out_of_scope_is_counted_as_what_it_is(dated: Workspace) -> None:
    assert "4" not in told(dated.answer("How many articles quote Edith Rowsell in 2016?"))
    assert "There are 2 such articles, but none" in told(dated.answer("How many articles quote Jonas Wick in 2016?"))
    answer = dated.answer('In 2016, who said "the museum has no door"?')
    assert answer.abstained
    assert "The museum has a door" in " ".join(citation.quote for citation in answer.nearest)


def test_nobody_is_suggested_whom_no_name_calls(dated: Workspace) -> None:
    answer = dated.answer("What did Zoe Lambert say?")
    assert answer.suggestions
    assert not any("spokesman" in suggestion for suggestion in answer.suggestions)


TOWNS = [
    "The pier at Ostle is shut\n\nThe mayor of Ostle, Edmund Carrow, closed the pier on Monday. "
    '"The pier is rotten," said Edmund Carrow, the mayor of Ostle.\n',
    "The pier at Wexby will open\n\nThe mayor of Wexby, Amos Dunfield, opened a pier on Friday. "
    '"The pier is the pride of Wexby," said Amos Dunfield, the mayor of Wexby.\n',
]


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with library_of(tmp_path_factory.mktemp("towns"), TOWNS) as workspace:
        yield workspace


def test_of_two_who_fit_a_function_it_is_asked_which(towns: Workspace) -> None:
    answer = towns.answer("What did the mayor say about the pier?")
    assert {"Edmund Carrow", "Amos Dunfield"} <= speakers(answer)
    assert "Which one do you mean?" in markdown(answer)
    assert {"What did Edmund Carrow say?", "What did Amos Dunfield say?"} == set(answer.suggestions)


def test_of_one_who_fits_a_function_with_its_place_nothing_is_asked(towns: Workspace) -> None:
    answer = towns.answer("What did the mayor of Wexby say about the pier?")
    assert speakers(answer) == {"Amos Dunfield"}
    assert not answer.suggestions


def test_nobody_replies_to_themselves(articles: Workspace) -> None:
    assert ask(articles, "who replied?", "what did petra loom say").abstained
