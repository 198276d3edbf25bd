"""Who speaks about a topic, how somebody's words on it change, and the figures that articles give for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.models import Answer
from assistant.rendering.markdown import markdown
from assistant.settings import AssistantSettings, Settings
from assistant.workspace import Workspace, open_workspace
from index.settings import IndexSettings
from index.typography import shadow

ARTICLES = [
    (
        "gratuite-mars",
        "2026-03-02",
        "Vauquelin promet la gratuité des bus",
        "« La gratuité des bus coûtera 1,4 million d'euros par an », a déclaré le maire, Anselme Vauquelin.\n\n"
        "Marthe Ollivon, cheffe de l'opposition, a critiqué Anselme Vauquelin. « Anselme Vauquelin improvise », "
        "a dénoncé Marthe Ollivon.",
    ),
    (
        "gratuite-juin",
        "2026-06-11",
        "La facture des bus gratuits monte",
        "« La gratuité des bus coûtera 1,9 million d'euros », a reconnu Anselme Vauquelin devant le conseil.\n\n"
        "« Anselme Vauquelin tient parole », a salué Idriss Belkadi, conducteur de bus.",
    ),
    (
        "gratuite-septembre",
        "2026-09-20",
        "Un audit sur les bus",
        "« La gratuité des bus coûtera 2 millions d'euros », a affirmé Solange Perrotin, auteure de l'audit.",
    ),
    (
        "camions",
        "2026-05-05",
        "Les camions reviennent au port",
        "« Quarante camions traversent le quartier chaque nuit », a déploré Odette Lemarquis, riveraine du port.",
    ),
    (
        "landes",
        "2026-01-15",
        "Tempête dans les Landes",
        "« La tempête a coupé trois routes », a indiqué la préfecture des Landes. À Paris, devant Notre-Dame, "
        "« la foule a eu peur », a raconté Bastien Tourel.",
    ),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("topics")
    lines = [
        json.dumps({"id": key, "date": day, "title": title, "text": f"{title}\n\n{text}", "lang": "fr"})
        for key, day, title, text in ARTICLES
    ]
    (folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    settings = Settings(IndexSettings(data=folder / "data"), AssistantSettings())
    with open_workspace(settings, lambda _: None) as workspace:
        assert all(result.outcome == "added" for result in workspace.add([Path(folder / "articles.jsonl")]))
        yield workspace


def speakers(answer: Answer) -> list[str | None]:
    """Who is cited, in the order of the answer, nobody twice."""
    return list(dict.fromkeys(citation.speaker for citation in answer.citations))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Qui parle des camions ?", ["Odette Lemarquis"]),
        ("Who spoke about the lorries?", ["Odette Lemarquis"]),
        ("Who has spoken about trucks?", ["Odette Lemarquis"]),
        ("Qui a parlé de Notre-Dame-des-Landes ?", []),
        ("Who spoke about Notre-Dame-des-Landes?", []),
        ("Qui parle du glyphosate ?", []),
    ],
)
def test_those_who_speak_about_a_topic_are_cited_and_nobody_on_another(
    library: Workspace, question: str, expected: list[str]
) -> None:
    assert speakers(library.answer(question)) == expected


def test_voices_are_told_by_article_the_newest_first(library: Workspace) -> None:
    days = [citation.article.published for citation in library.answer("Qui parle de la gratuité des bus ?").citations]
    assert len(set(days)) == 3
    assert days == sorted(days, key=str, reverse=True)


@pytest.mark.parametrize(
    "question",
    ["Qui critique Anselme Vauquelin ?", "Qui défend Anselme Vauquelin ?", "Who disagrees with Anselme Vauquelin?"],
)
def test_a_stance_is_not_judged_and_nobody_speaks_against_himself(library: Workspace, question: str) -> None:
    answer = library.answer(question)
    assert "Anselme Vauquelin" not in speakers(answer)
    assert {"Marthe Ollivon", "Idriss Belkadi"} <= set(speakers(answer))
    assert any(told in shadow(markdown(answer)) for told in ("n'est pas jugé ici", "is not judged here"))


@pytest.mark.parametrize(
    "question",
    [
        "Vauquelin a-t-il changé d'avis sur le coût de la gratuité ?",
        "Vauquelin s'est-il contredit sur le coût de la gratuité ?",
        "Has Anselme Vauquelin changed his mind about the cost of the free buses?",
    ],
)
def test_what_somebody_said_before_and_after_is_told_by_date_with_the_figures_marked(
    library: Workspace, question: str
) -> None:
    answer = library.answer(question)
    assert speakers(answer) == ["Anselme Vauquelin"]
    assert [str(citation.article.published) for citation in answer.citations] == ["2026-03-02", "2026-06-11"]
    told = shadow(markdown(answer))
    assert "**1,4 million d'euros**" in told
    assert "**1,9 million d'euros**" in told


def test_every_figure_that_articles_give_is_told_by_date_under_whoever_gives_it(library: Workspace) -> None:
    answer = library.answer("Combien coûtera la gratuité des bus ?")
    assert speakers(answer) == ["Anselme Vauquelin", "Solange Perrotin"]
    told = shadow(markdown(answer))
    assert [told.index(f"**{figure}**") for figure in ("1,4 million d'euros", "1,9 million d'euros")] == sorted(
        told.index(f"**{figure}**") for figure in ("1,4 million d'euros", "1,9 million d'euros")
    )
    assert "**2 millions d'euros**" in told


@pytest.mark.parametrize(
    "question",
    ["Quel âge a Anselme Vauquelin ?", "How old is Anselme Vauquelin?", "Combien coûtera la piscine de Tarvelle ?"],
)
def test_a_fact_that_no_article_tells_is_refused(library: Workspace, question: str) -> None:
    assert library.answer(question).abstained
