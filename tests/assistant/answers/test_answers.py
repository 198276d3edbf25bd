"""Questions to answers over invented French and English articles: real models, real stores."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.models import Answer, Turn
from assistant.rendering.markdown import markdown
from assistant.settings import AssistantSettings, Settings
from assistant.workspace import Workspace, open_workspace
from index import typography
from index.settings import IndexSettings
from tests.assistant.rendering.test_marks import answered, wrongly_marked

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    settings = Settings(IndexSettings(data=tmp_path_factory.mktemp("answers")), AssistantSettings())
    with open_workspace(settings, lambda _: None) as workspace:
        folders = [DATA / "eval" / "fr-dev" / "articles", DATA / "eval" / "en-dev" / "articles"]
        results = list(workspace.add([*folders, DATA / "hard-article.txt"]))
        list(workspace.add_samples())
        assert {result.outcome for result in results} == {"added"}
        yield workspace


@pytest.mark.parametrize("folder", ["fr-dev", "en-dev"])
def test_marks_stand_only_round_what_the_cited_articles_have_in_marks(articles: Workspace, folder: str) -> None:
    rows = (DATA / "eval" / folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, rows):
        answer = articles.answer(row["question"], [Turn(before) for before in row["history"]])
        cited = {each.article.id for each in (*answer.citations, *answer.nearest)}
        sources = [articles.article(article_id) for article_id in cited]
        answer = replace(answer, question="?", understood=None)  # what was asked may have marks of its own
        assert [wrong for told in answered(answer) for wrong in wrongly_marked(told, *sources)] == [], row["question"]


def quoted(answer: Answer, speaker: str | None = None) -> str:
    """The cited words, folded; those of one speaker when one is given."""
    return typography.words(" ".join(c.quote for c in answer.citations if speaker in (None, c.speaker)))


@pytest.mark.parametrize(
    ("question", "speaker", "words"),
    [
        # what somebody said
        ("Que dit Odile Marchesseau du prix des repas à la cantine ?", "Odile Marchesseau", "limiter à un euro"),
        ("que dit odile marchesseau du prix des repas a la cantine", "Odile Marchesseau", "limiter à un euro"),
        ("What did Odile Marchesseau say about the price of school lunches?", "Odile Marchesseau", "un euro"),
        ("Que dit Clémence Arzel du prix du billet ?", "Clémence Arzel", "sous les 40 euros"),
        ("What did Odette Lemarquis say about the lorries?", "Odette Lemarquis", "camions passeront sous nos fenêtres"),
        ("Que dit Maud Tillotson des camions ?", "Maud Tillotson", "lorries"),
        ("Qui s’est exprimé sur le ferry de nuit ?", "Harriet Pym", ""),
        ("What did Priya Nandan say about the first ticket?", "Priya Nandan", "Nostalgia buys the first ticket"),
        # who said it, verbatim, altered, or in other words
        ("Qui a dit « Nous jugerons sur les assiettes, pas sur les discours » ?", "Nadia Belkacemi", "assiettes"),
        ('Qui a dit "nous jugerons sur l\'assiette et pas sur les discours"', "Nadia Belkacemi", "assiettes"),
        ('Who said "You can\'t lay rails over a hole"?', "Imke Sandvoort", "lay rails over a hole"),
        # whether somebody said it
        (
            "Odile Marchesseau a-t-elle reconnu que le calendrier était serré ?",
            "Odile Marchesseau",
            "calendrier était serré",
        ),
        ("Did Nadine Corwell threaten to call a vote of confidence?", "Tobias Corwell", "vote of confidence"),
    ],
)
def test_words_are_cited_under_the_name_of_who_said_them(
    articles: Workspace, question: str, speaker: str, words: str
) -> None:
    answer = articles.answer(question)
    assert not answer.abstained
    assert typography.words(words) in quoted(answer, speaker)


def test_words_of_another_are_given_back_to_whom_said_them(articles: Workspace) -> None:
    answer = articles.answer("Did Nadine Corwell threaten to call a vote of confidence?")
    lead = answer.paragraphs[0][0].text  # type: ignore[union-attr]
    assert lead.startswith(
        ("No: these are not the words of", "Probably not: these seem to be the words of Tobias Corwell")
    )
    assert "Nadine Corwell" in lead
    on_it = [c.speaker for c in answer.citations if "vote of confidence" in c.quote]
    assert on_it == ["Tobias Corwell"]


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("Le maire a-t-il dit que le pont fermera en juin ?", "Oui : ces mots sont d’Ana Ruiz."),
        ("Ana Ruiz a-t-elle dit que le pont fermera en juin ?", "Oui : ces mots sont d’Ana Ruiz."),
        ("Ana Ruiz a-t-elle dit que le pont ne fermera pas en juin ?", "Pas en ces mots-là."),
        ("Ana Ruiz a-t-elle annoncé la fermeture du pont pour l’été ?", "Pas en ces mots-là."),
        ("Did Ana Ruiz say that the bridge will close?", "Not in these words."),
        ("Ana Ruiz a-t-elle dit « le pont fermera » ?", "Oui : ces mots sont d’Ana Ruiz."),
        ("Ana Ruiz a-t-elle dit que les habitants ont menti au préfet ?", "Ana Ruiz le dément."),
        ("Ana Ruiz a-t-elle dit que le préfet vendra le port aux habitants ?", "Pas en ces mots-là."),
    ],
)
def test_only_a_claim_in_nearly_the_same_words_is_confirmed_or_denied(
    workspace: Workspace, question: str, lead: str
) -> None:
    said = "« Le pont fermera en juin », a déclaré le maire, Ana Ruiz."
    denied = "Ana Ruiz nie que les habitants aient menti au préfet."
    workspace.add_text(f"Le pont\n\n{said}\n\n{denied}")
    answer = workspace.answer(question)
    assert markdown(answer).replace("\u00a0", " ").startswith(lead)
    assert {citation.speaker for citation in answer.citations} == {"Ana Ruiz"}


def test_asked_who_is_quoted_the_most_quoted_are_named(workspace: Workspace) -> None:
    workspace.add_text(
        "Le pont\n\n« Le pont fermera », a dit Ana Ruiz. « En juin », a précisé Ana Ruiz. « Non ! », dit Luc Mas."
    )
    answer = workspace.answer("Qui est cité ?")
    assert "Vos articles citent 2 personnes : Ana Ruiz (2 fois) et Luc Mas (1 fois)." in markdown(answer).replace(
        "\u00a0", " "
    )


@pytest.mark.parametrize(
    ("question", "speakers"),
    [
        ("Que disent Odile Marchesseau et Nadia Belkacemi de la cantine ?", {"Odile Marchesseau", "Nadia Belkacemi"}),
        ("Compare ce que disent Odile Marchesseau et Tobias Corwell", {"Odile Marchesseau", "Tobias Corwell"}),
    ],
)
def test_of_several_people_each_is_quoted_and_nobody_else(
    articles: Workspace, question: str, speakers: set[str]
) -> None:
    assert {citation.speaker for citation in articles.answer(question).citations} == speakers


def test_all_who_spoke_are_named(articles: Workspace) -> None:
    answer = articles.answer("Qui s'est exprimé sur l'incendie de l'entrepôt de Lussange ?")
    speakers = " ".join(c.speaker or "" for c in answer.citations)
    assert "Rémi Castaing" in speakers
    assert "Leïla Benhaddou" in speakers


@pytest.mark.parametrize(
    ("question", "bold"),
    [
        ("Quelle était la surface de l'entrepôt détruit à Lussange ?", "2\u202f400 mètres carrés"),
        ("Quand le ferry de nuit reprendra-t-il la mer ?", "le 4 avril"),
        ("Combien de prêts en un mois à la bibliothèque de Mirelongue ?", "412 prêts"),
    ],
)
def test_a_fact_is_marked_within_its_sentence(articles: Workspace, question: str, bold: str) -> None:
    answer = articles.answer(question)
    assert not answer.abstained
    assert f"**{typography.shadow(bold)}" in typography.shadow(markdown(answer))


def test_a_follow_up_is_made_whole_and_shown(articles: Workspace) -> None:
    answer = articles.answer("Et sur les cuisiniers ?", [Turn("Que dit Bertrand Quémard de l'argent des cantines ?")])
    assert answer.understood is not None
    assert "Bertrand Quémard" in answer.understood
    assert typography.words("recrutement de cuisiniers") in quoted(answer, "Bertrand Quémard")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Que dit Gaspard Toullec du ferry ?",
            "Vos articles mentionnent Gaspard Toullec (1 article), sans citer ses paroles.",
        ),
        ("Que dit Emmanuel Macron de la cantine ?", "Vos articles ne mentionnent pas Emmanuel Macron."),
        ("What did Nadine Corwell say about taxes?", "Your articles quote Nadine Corwell"),
        ("Que dit Hugo Vasselin du chocolat ?", "Vos articles citent Hugo Vasselin"),
        ("Quel est le prix du baril de pétrole à Caracas ?", "Vos articles n’en disent rien."),
    ],
)
def test_what_the_articles_do_not_say_is_refused_with_what_they_hold(
    articles: Workspace, question: str, told: str
) -> None:
    answer = articles.answer(question)
    assert answer.abstained
    assert answer.citations == ()
    assert told in markdown(answer).replace("\\", "")


def test_a_refusal_counts_what_the_articles_hold(articles: Workspace) -> None:
    (mention,) = articles.answer("Que dit Gaspard Toullec du ferry ?").mentions
    assert (mention.name, mention.articles, mention.quotations) == ("Gaspard Toullec", 1, 0)


def test_every_citation_of_every_answer_is_a_slice_of_its_article(articles: Workspace) -> None:
    texts = {article.id: article.text for article in articles.articles()}
    questions = ["Que dit Nadia Belkacemi ?", "Who spoke about the tram?", "Qui parle des loups ?", "?", "", "Et lui ?"]
    for question in questions:
        for c in articles.answer(question).citations:
            assert texts[c.article.id][c.start : c.end] == c.quote


def test_a_greeting_is_answered_with_what_can_be_asked(articles: Workspace) -> None:
    answer = articles.answer("Bonjour !")
    assert (answer.citations, answer.abstained) == ((), True)
    assert markdown(answer).startswith("Demandez-moi qui a dit quoi")


def test_an_empty_index_says_so_little(workspace: Workspace) -> None:
    answer = workspace.answer("Que dit Ana Ruiz du ferry ?")
    assert answer.abstained
    assert answer.citations == ()


def test_without_a_topic_what_somebody_did_by_saying_it_is_shown(workspace: Workspace) -> None:
    words = "« Le pont fermera », a dit Ana Ruiz. Elle a promis de le rouvrir en juin."
    workspace.add_text(f"Le pont\n\n{words}")
    for question in ("Qu'a promis Ana Ruiz ?", "What did Ana Ruiz promise?"):
        assert quoted(workspace.answer(question)) == "le rouvrir en juin"
    assert "fermera" in quoted(workspace.answer("Qu'a dit Ana Ruiz ?"))


@pytest.mark.parametrize(
    "question",
    ["Que dit Claire Besson ?", "que dit besson", "Qu'a dit Besson ?", "What did Claire Besson say?", "Et Besson ?"],
)
def test_without_a_topic_what_somebody_said_is_shown(workspace: Workspace, question: str) -> None:
    workspace.add_text("Le marché rouvre\n\n« Nous rouvrirons lundi », a déclaré Claire Besson.")
    assert quoted(workspace.answer(question), "Claire Besson") == "nous rouvrirons lundi"
