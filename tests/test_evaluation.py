"""The scorer: right for labels taken as predictions, wrong for each thing that can be wrong."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from assistant.question import Question
from index.models import Kind
from tests.evaluation.__main__ import main
from tests.evaluation.answers import Fault, Reply, evident, judge, percentile, score_answers
from tests.evaluation.causes import Cause, cause
from tests.evaluation.document import placed
from tests.evaluation.labels import PROJECT_SETS, Labelled, LabelledSet, Place, Said, load_set
from tests.evaluation.naming import same_person
from tests.evaluation.overlap import covers, trimmed
from tests.evaluation.quotations import GROUPS, score_quotations
from tests.evaluation.tables import answer_json, answer_misses, answer_table, by_cause, quotation_misses, table

SETS = [path.parent for path in sorted(PROJECT_SETS.glob("*/questions.jsonl"))]
TEXT = (
    "« Nous gardons le phare », a promis Alma Ruiz.\nSelon Tom Berg, le phare coûte neuf mille euros par an.\n"
    "La pièce « Le Phare éteint » sera jouée vendredi."
)


def said(words: str, speaker: str | None, kind: Kind = "direct") -> Said:
    start = TEXT.index(words)
    return Said("phare", start, start + len(words), words, kind, speaker)


DIRECT = said("Nous gardons le phare", "Alma Ruiz")
INDIRECT = said("le phare coûte neuf mille euros par an", "Tom Berg", "indirect")
TITLE = Place("phare", TEXT.index("Le Phare éteint"), TEXT.index("Le Phare éteint") + 15, "Le Phare éteint")
WHO = Labelled(
    "1", "fr", "Qui a dit « Nous gardons le phare » ?", (), "speaker", True,
    ("Alma Ruiz",), (DIRECT,), ("le phare",), ("Tom Berg",),
)  # fmt: skip
COST = Labelled("2", "fr", "Combien coûte le phare ?", (), "fact", True, (), (INDIRECT,), ("neuf mille",))
NOBODY = Labelled("3", "en", "What did Ana Cole say about the lighthouse?", (), "unanswerable", False)
SET = LabelledSet("phare", Path(), "fr", {"phare": TEXT}, (DIRECT, INDIRECT), (TITLE,), (WHO, COST, NOBODY))


def reply(question: Labelled, *citations: Said, understood: Question | None = None) -> Reply:
    return Reply(question, not citations, "", citations, understood=understood)


def write_rows(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")


def perfect(question: Labelled, labelled: LabelledSet) -> Reply:
    """The evidence under its labels' names, and every expected string and speaker."""
    if not question.answerable:
        return reply(question)
    cited = [
        next((label for label in labelled.quotations if covers(label, place)), None)
        or Said(place.article, place.start, place.end, place.quote, "passage", None)
        for place in question.evidence
    ]
    named = [label for label in labelled.quotations if any(same_person(label.speaker, s) for s in question.speakers)]
    return replace(reply(question, *cited, *named), text=" ".join(question.must_contain))


@pytest.mark.parametrize("folder", SETS, ids=lambda path: path.name)
def test_labels_as_predictions_are_all_right(folder: Path) -> None:
    labelled = load_set(folder)
    scores = score_quotations(labelled, labelled.quotations)
    for group in GROUPS:
        figures = scores.figures(group)
        assert (figures.precision, figures.recall, figures.f1, figures.joint_f1) == (1, 1, 1, 1)
    assert (scores.verbatim, scores.wrong_speaker, scores.scare) == (1, 0, 0)
    assert quotation_misses(scores) == []

    answers = score_answers(labelled, [perfect(question, labelled) for question in labelled.questions], {})
    assert (
        answer_misses(by_cause((cause(v, labelled, labelled.quotations), v) for v in answers.verdicts if v.fault)) == []
    )
    assert {share.value for share in answers.shares().values()} == {1}


def test_a_file_of_questions_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(FileNotFoundError, match="tlak.jsonl: there is no such file"):
        load_set(SETS[0], "tlak.jsonl")


@pytest.mark.parametrize("folder", SETS, ids=lambda path: path.name)
def test_nothing_found_and_everything_refused_is_zero(folder: Path) -> None:
    labelled = load_set(folder)
    scores = score_quotations(labelled, [])
    assert [scores.figures(group).joint_f1 for group in GROUPS] == [0] * len(GROUPS)

    shares = score_answers(labelled, [reply(question) for question in labelled.questions], {}).shares()
    assert shares["answerable"].value == 0
    assert shares["refusals"].value == 1


@pytest.mark.parametrize(
    ("found", "recall", "joint", "precision", "wrong", "scare"),
    [
        ([DIRECT, INDIRECT], 1, 1, 1, 0, 0),
        ([replace(DIRECT, speaker="la maire Ruiz"), INDIRECT], 1, 1, 1, 0, 0),
        ([replace(DIRECT, speaker="Tom Berg"), INDIRECT], 1, 0, 1, 0.5, 0),
        ([replace(DIRECT, speaker=None), INDIRECT], 1, 0, 1, 0, 0),
        ([replace(DIRECT, kind="mixed"), INDIRECT], 1, 1, 1, 0, 0),
        ([said("« Nous gardons le phare »,", "Alma Ruiz"), INDIRECT], 1, 1, 1, 0, 0),
        ([said("Nous gardons", "Alma Ruiz"), INDIRECT], 0, 0, 0, 0, 0),
        ([DIRECT, said("gardons", "Tom Berg"), INDIRECT], 1, 1, 1, 0, 0),
        ([DIRECT, DIRECT, INDIRECT], 1, 1, 1, 0, 0),
        ([DIRECT, said("sera jouée vendredi", "Alma Ruiz")], 1, 1, 0.5, 0, 0),
        ([DIRECT, said("Le Phare éteint", None, "mixed")], 1, 1, 0.5, 0, 1),
        ([INDIRECT], 0, 0, 0, 0, 0),
    ],
    ids=[
        "all right", "a title before the name", "a wrong speaker", "no speaker", "another kind", "marks included",
        "too short", "within a label", "twice", "nobody's words", "the title of a play", "missed",
    ],
)  # fmt: skip
def test_quotations(
    found: list[Said], recall: float, joint: float, precision: float, wrong: float, scare: float
) -> None:
    scores = score_quotations(SET, found)
    marked = scores.figures("marked")
    assert (marked.recall, marked.precision, scores.wrong_speaker, scores.scare) == (recall, precision, wrong, scare)
    assert (marked.named > 0) == joint


@pytest.mark.parametrize(
    ("words", "matched"), [("coûte neuf mille euros", 1), ("neuf mille euros", 0), ("neuf mille euros par an.", 1)]
)
def test_half_of_indirect_speech_is_enough(words: str, matched: int) -> None:
    assert score_quotations(SET, [said(words, "Tom Berg", "indirect")]).figures("indirect").matched == matched


def test_one_quotation_is_not_two_labels() -> None:
    halves = (said("coûte ne", "Tom Berg", "indirect"), said("uf mille", "Tom Berg", "indirect"))
    both = said("coûte neuf mille", "Tom Berg", "indirect")
    figures = score_quotations(replace(SET, quotations=halves), [both]).figures("indirect")
    assert (figures.labelled, figures.matched) == (2, 1)


@pytest.mark.parametrize(
    ("text", "start", "end", "kept"),
    [("« Oui ! »", 0, 9, "Oui"), ("(‘Oui’…)", 0, 8, "Oui"), ("“ … ”", 0, 5, ""), ("Oui, oui.", 3, 9, "oui")],
)
def test_edges_are_trimmed(text: str, start: int, end: int, kept: str) -> None:
    start, end = trimmed(text, start, end)
    assert text[start:end] == kept


def test_words_that_are_not_the_slice_are_not_verbatim() -> None:
    assert score_quotations(SET, [replace(DIRECT, quote="Nous gardons le fort"), INDIRECT]).verbatim == 0.5


@pytest.mark.parametrize(
    ("question", "citations", "fault"),
    [
        (WHO, [DIRECT], None),
        (WHO, [replace(DIRECT, speaker="Ruiz")], None),
        (WHO, [], "abstained"),
        (WHO, [replace(DIRECT, quote="Nous gardons le fort")], "invented"),
        (WHO, [replace(DIRECT, article="autre")], "invented"),
        (WHO, [INDIRECT], "elsewhere"),
        (WHO, [said("Nous gardons", "Alma Ruiz")], "incomplete"),
        (WHO, [replace(DIRECT, speaker=None)], "unnamed"),
        (WHO, [replace(DIRECT, speaker="Tom Berg")], "unnamed"),
        (WHO, [DIRECT, replace(DIRECT, speaker="Berg")], "misattributed"),
        (WHO, [DIRECT, INDIRECT], None),
        (COST, [replace(INDIRECT, speaker=None)], None),
        (replace(COST, speakers=("Tom Berg",)), [replace(INDIRECT, speaker=None)], None),
        (COST, [DIRECT], "elsewhere"),
        (NOBODY, [], None),
        (NOBODY, [DIRECT], "answered"),
        (NOBODY, [replace(DIRECT, quote="Nous gardons le fort")], "invented"),
    ],
)
def test_answers(question: Labelled, citations: list[Said], fault: Fault | None) -> None:
    assert judge(reply(question, *citations), SET.texts).fault == fault


def test_words_in_a_headline_are_as_good_as_the_place() -> None:
    text = "Le port rouvre : « Nous rouvrons le port lundi »\n« Nous rouvrons le port lundi matin », a dit Alma Ruiz."
    headline, place = (Place("port", at, at + 28, text[at : at + 28]) for at in (19, 51))
    assert covers(headline, place)
    assert not covers(Place("port", 19, 31, "Nous rouvrons"), place)
    assert not covers(replace(headline, article="autre"), place)


def test_shares_are_counted_by_group() -> None:
    scores = score_answers(SET, [reply(WHO, DIRECT), reply(COST), reply(NOBODY)], {})
    assert {group: (share.right, share.total) for group, share in scores.shares().items()} == {
        "all": (2, 3), "answerable": (1, 2), "speaker": (1, 1), "fact": (0, 1), "refusals": (1, 1),
        "same_language": (1, 2), "cross_language": (1, 1),
    }  # fmt: skip
    assert (scores.count("invented"), scores.count("misattributed"), scores.count("abstained")) == (0, 0, 1)


def test_a_further_article_may_be_cited() -> None:
    cited = Said("autre", 0, 5, "Autre", "passage", None)
    assert judge(reply(WHO, cited), SET.texts).fault == "invented"
    (verdict,) = score_answers(SET, [reply(WHO, cited)], {"autre": "Autre article."}).verdicts
    assert verdict.fault == "elsewhere"
    assert evident(verdict.reply) == []


READ_RIGHT = Question(WHO.question, "fr", "speaker")
READ_WRONG = Question(WHO.question, "fr", "fact")
NEXT = replace(WHO, type="followup", history=("Que dit Tom Berg ?",))


@pytest.mark.parametrize(
    ("wrong", "stored", "expected"),
    [
        (reply(WHO), [INDIRECT], "quotation missed"),
        (reply(WHO), [replace(DIRECT, speaker=None)], "speaker wrong"),
        (reply(WHO, replace(DIRECT, speaker="Tom Berg")), [replace(DIRECT, speaker="Tom Berg")], "speaker wrong"),
        (reply(WHO, understood=READ_WRONG), [DIRECT], "question misread"),
        (reply(WHO, understood=READ_RIGHT), [DIRECT], "refused wrongly"),
        (reply(WHO, INDIRECT, understood=READ_RIGHT), [DIRECT, INDIRECT], "wrong evidence chosen"),
        (reply(WHO, DIRECT, replace(DIRECT, speaker="Berg")), [DIRECT], "answered wrongly"),
        (reply(WHO, replace(DIRECT, quote="Nous gardons le fort")), [DIRECT], "answered wrongly"),
        (reply(NEXT, understood=READ_RIGHT), [DIRECT], "question misread"),
        (reply(NEXT, understood=replace(READ_RIGHT, rewritten=True)), [DIRECT], "refused wrongly"),
        (reply(COST, understood=replace(READ_WRONG, kind="fact")), [], "refused wrongly"),
        (reply(NOBODY, DIRECT), [DIRECT], "answered wrongly"),
        (reply(NOBODY, replace(DIRECT, speaker="Ana Cole")), [DIRECT], "speaker wrong"),
    ],
)
def test_a_wrong_answer_has_one_cause(wrong: Reply, stored: list[Said], expected: Cause) -> None:
    verdict = judge(wrong, SET.texts)
    assert not verdict.right
    assert cause(verdict, SET, stored) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Alma Ruiz", "alma ruiz", True),
        ("la ministre Alma Ruiz", "Ruiz", True),
        ("Élodie Vidalenc", "Elodie Vidalenc", True),
        ("Alma", "Alma Ruiz", False),
        ("Tom Ruiz", "Alma Ruiz", False),
        ("le maire", "maire", True),
        ("le maire", "Alma Ruiz", False),
        (None, None, True),
        (None, "Alma Ruiz", False),
        ("", "Alma Ruiz", False),
    ],
)
def test_same_person(one: str | None, other: str | None, same: bool) -> None:
    assert same_person(one, other) == same == same_person(other, one)


@pytest.mark.parametrize(("values", "part", "expected"), [([], 0.5, 0), ([3], 0.95, 3), ([4, 1, 3, 2], 0.5, 2)])
def test_percentile(values: list[float], part: float, expected: float) -> None:
    assert percentile(values, part) == expected


def test_tables_are_aligned_markdown() -> None:
    assert table(("kind", "F1"), [("direct", "0.5")]) == "| kind   |  F1 |\n| ------ | --: |\n| direct | 0.5 |"
    scores = score_answers(SET, [reply(WHO, DIRECT), reply(COST), reply(NOBODY)], {})
    causes = by_cause((cause(verdict, SET, [DIRECT]), verdict) for verdict in scores.verdicts if verdict.fault)
    assert "| refused wrongly         |       1 |" in answer_table(scores, causes)
    assert answer_json(scores, causes)["misses"]["refused wrongly"] == ["2"]
    assert answer_misses(causes) == ["REFUSED WRONGLY: 2 [fact] abstained '' — Combien coûte le phare ?"]


def test_figures_take_the_place_of_earlier_ones() -> None:
    empty = "# Title\n\n<!-- end answers -->\n"
    first = placed(empty, "answers", "fr-dev", "| one |", "*today*")
    both = placed(first, "answers", "en-dev", "| two |", "*today*")
    again = placed(both, "answers", "fr-dev", "| \\three |", "*tomorrow*")
    assert "| one |" in both
    assert "| one |" not in again
    assert again.index("| \\three |") < again.index("| two |") < again.index("<!-- end answers -->")
    with pytest.raises(ValueError, match="no <!-- end quotations -->"):
        placed(empty, "quotations", "fr-dev", "", "")


def test_a_folder_is_scored_by_the_real_parts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "phare.txt").write_text(TEXT, encoding="utf-8")
    write_rows(tmp_path / "quotes.jsonl", [asdict(DIRECT), asdict(INDIRECT)])
    write_rows(tmp_path / "questions.jsonl", [asdict(COST), asdict(NOBODY)])
    write_rows(tmp_path / "further.jsonl", [{"id": "autre", "text": "Un autre article."}])

    assert main(["--folder", str(tmp_path), "--background", str(tmp_path / "further.jsonl"), "--json"]) == 0
    quotations, answers = map(json.loads, capsys.readouterr().out.splitlines())
    assert (quotations["set"], quotations["part"], quotations["verbatim"]) == (tmp_path.name, "quotations", 1)
    assert quotations["marked"]["labelled"] == 1
    assert (answers["part"], answers["questions"], answers["invented_quotes"]) == ("answers", 2, 0)


def test_an_unknown_set_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--set", "nowhere"]) == 1
    assert main(["--folder", str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("\n") == 2
