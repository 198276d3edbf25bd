"""Fitting: known weights are found again, bars keep to their rule, nothing is judged by a fit that knows it."""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.search.article_cache import CachedArticle
from assistant.search.asked import Asked, AskedWord
from assistant.search.relevance import Find, features, relevance
from index.models import Article
from tests.evaluation.__main__ import main
from tests.evaluation.fit import RELEVANCE
from tests.evaluation.regression import fit_weights, probabilities
from tests.evaluation.relevance import FEATURES, THRESHOLD, Outcome, Score, best_bars, cross_validated, fit, kept
from tests.evaluation.weighing import Decision, Weighed

PRESENT = tomllib.loads(RELEVANCE.read_text(encoding="utf-8"))
KNOWN = {"bias": -1.0, "words": 3.0, "cosine": -2.0}


def drawn(count: int, weights: Mapping[str, float], seed: int) -> tuple[list[dict[str, float]], list[bool]]:
    """Rows of the features that the weights look at, right as often as the weights say."""
    chance = random.Random(seed)
    rows = [{name: chance.random() for name in weights if name != "bias"} for _ in range(count)]
    return rows, [chance.random() < likely for likely in probabilities(rows, weights)]


def test_known_weights_are_found_again() -> None:
    rows, right = drawn(20_000, KNOWN, seed=1)
    found = fit_weights(rows, right, ["words", "cosine"])
    assert found == pytest.approx(KNOWN, abs=0.15)
    assert fit_weights(rows, right, ["words"]) != found


def test_the_order_of_rows_tells_nothing() -> None:
    rows, right = drawn(500, KNOWN, seed=2)
    assert fit_weights(rows[::-1], right[::-1], ["words", "cosine"]) == fit_weights(rows, right, ["words", "cosine"])


@pytest.mark.parametrize("right", [[], [True, True], [False, False]])
def test_rows_that_are_all_alike_give_no_weights(right: list[bool]) -> None:
    assert fit_weights([{"words": 0.5}] * len(right), right, ["words"]) is None


def test_each_model_is_fitted_on_what_it_looks_at() -> None:
    assert {model: list(weights) for model, weights in PRESENT.items() if model != THRESHOLD} == {
        model: ["bias", *names.split()] for model, names in FEATURES.items()
    }


@pytest.mark.parametrize("model", FEATURES)
def test_a_place_is_as_likely_as_the_product_says(model: str) -> None:
    text = "« Nous gardons le phare », a promis Alma Ruiz. Le phare coûte cher."
    article = Article(id="0f" * 8, key="phare", title="Le phare", text=text, lang="fr")
    vector = np.array([0.6, 0.8], dtype=np.float32)
    lang = "en" if model.endswith("_foreign") else "fr"
    words = (AskedWord(frozenset({"phar"}), weight=2.0), AskedWord(frozenset({"lampe"})))
    asked = Asked(words, vector, vector, lang, 0.9, 0.7, "phare ?")
    find = Find(CachedArticle(article), 2, 23, None, 0.84, 0.86, 1)
    expected = relevance(asked, find, model.removesuffix("_foreign"))
    assert probabilities([features(asked, find)], PRESENT[model])[0] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("evidence", "nothing", "least", "most"),
    [
        ([0.2, 0.3, 0.4], [0.1], 0.105, 0.2),
        ([0.2, 0.3, 0.4], [0.25], 0.255, 0.3),
        ([0.2, 0.3, 0.4], [0.5], 0.505, 0.7),
        ([0.2, 0.3, 0.4], [0.1] * 9 + [0.5], 0.105, 0.2),
        ([0.0, 0.3], [], 0.005, 0.3),
    ],
    ids=["apart", "one is lost", "all are lost, if need be", "one in ten may pass", "nothing to refuse"],
)
def test_bars(evidence: list[float], nothing: list[float], least: float, most: float) -> None:
    outcomes = [Outcome(True, reach) for reach in evidence] + [Outcome(False, reach) for reach in nothing]
    assert least <= best_bars({"fact": outcomes})["fact"] <= most


def decisions(name: str, upside_down: bool = False) -> Iterator[Decision]:
    """Questions of a set of which words tell which place is right; upside down, they tell which is not."""
    chance = random.Random(name)
    for number in range(30):
        answerable = number % 3 > 0
        places = []
        for start in range(5):
            right = answerable and start == 0
            values = dict.fromkeys(" ".join(FEATURES.values()).split(), 0.0)
            values["words"] = chance.random() / 2 + (0.5 if right != upside_down else 0.0)
            places.append(Weighed("a", start, start + 1, values, right))
        yield Decision(name, str(number), "speaker", "quotation", False, answerable, tuple(places))


def test_a_set_is_judged_by_a_fit_on_the_others() -> None:
    learning = [decision for name in "abc" for decision in decisions(name)]
    odd = list(decisions("odd", upside_down=True))
    scores = cross_validated([*learning, *odd], [], PRESENT)
    assert scores["odd"].refused == 0
    assert fit([*odd, *(replace(decision, labelled="other") for decision in odd)], PRESENT)["quotation"]["words"] < 0

    alone = cross_validated(learning, [], PRESENT)
    assert alone["a"].refused >= 8
    assert alone["a"].shown >= 18
    assert cross_validated(learning, odd, PRESENT) == {**alone, "odd": scores["odd"]}


def test_what_no_question_tells_about_stays() -> None:
    learning = [decision for name in "ab" for decision in decisions(name)]
    fitted, left = fit(learning, PRESENT), kept(learning, PRESENT)
    models, bars = set(FEATURES), set(PRESENT[THRESHOLD])
    assert set(left) == (models - {"quotation"}) | (bars - {"speaker"})
    assert {name for name in models if fitted[name] == PRESENT[name]} == models & set(left)
    assert {bar for bar in bars if fitted[THRESHOLD][bar] == PRESENT[THRESHOLD][bar]} == bars & set(left)


def test_scores_add_up() -> None:
    assert Score(1, 2, 3, 4) + Score(10, 20, 30, 40) == Score(11, 22, 33, 44)


def labelled_folder(folder: Path, thing: str, speaker: str, other: str) -> Path:
    """A set of one article and questions of each kind on it, in both languages."""
    text = (
        f"{thing.capitalize()} reste ouvert\n\n« Nous gardons {thing} », a promis {speaker} mardi. {other} a répondu : "
        f"« La commune manque d'argent. » Selon {other}, {thing} coûte neuf mille euros par an. Il pleuvait lundi.\n"
    )
    (folder / "articles").mkdir(parents=True)
    (folder / "articles" / "un.txt").write_text(text, encoding="utf-8")

    def question(number: int, lang: str, words: str, kind: str, evidence: str | None, who: str) -> dict[str, Any]:
        start = text.index(evidence or "")
        place = {"article": "un", "start": start, "end": start + len(evidence or ""), "quote": evidence}
        return {
            "id": str(number), "lang": lang, "question": words, "history": [], "type": kind,
            "answerable": evidence is not None, "speakers": [who] if evidence else [],
            "evidence": [place] if evidence else [],
        }  # fmt: skip

    kept, poor, cost = f"Nous gardons {thing}", "La commune manque d'argent", f"{thing} coûte neuf mille euros par an"
    asked = [
        ("fr", f"Que dit {speaker} de l'avenir {thing} ?", "statement", kept, speaker),
        ("fr", f"Que dit {other} de l'argent de la commune ?", "statement", poor, other),
        ("fr", f"Que dit {speaker} du football ?", "unanswerable", None, ""),
        ("en", f"What does {other} say about the money of the town?", "statement", poor, other),
        ("fr", "Qui promet de garder quelque chose ?", "speaker", kept, speaker),
        ("fr", f"Combien coûte {thing} ?", "fact", cost, ""),
        ("fr", "Combien coûte la piscine ?", "unanswerable", None, ""),
        ("en", "How many euros a year?", "fact", cost, ""),
    ]
    rows = [question(number, *row) for number, row in enumerate(asked)]
    (folder / "questions.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (folder / "quotes.jsonl").write_text("", encoding="utf-8")
    return folder


@pytest.mark.timeout(900)  # it loads the embedding model twice and indexes eight times
def test_a_fit_on_real_parts_repeats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [("phare", "le phare", "Alma Ruiz", "Tom Berg"), ("musee", "le musée", "Ana Cole", "Paul Morvan")]
    names += [("marche", "le marché", "Lise Dorval", "Max Kern"), ("pont-fresh", "le pont", "Iris Vial", "Luc Nadaud")]
    folders = [str(labelled_folder(tmp_path / name, *rest)) for name, *rest in names]
    command = ["--fit", "relevance", *(option for folder in folders for option in ("--folder", folder))]
    before = RELEVANCE.read_bytes()

    assert main([*command, "--out", str(tmp_path / "one.toml")]) == 0
    assert "present weights" in capsys.readouterr().err
    assert main(command) == 0
    printed = capsys.readouterr().out

    written = (tmp_path / "one.toml").read_text(encoding="utf-8")
    assert written == printed
    assert RELEVANCE.read_bytes() == before
    fitted = tomllib.loads(written)
    assert {name: list(values) for name, values in fitted.items()} == {
        name: list(values) for name, values in PRESENT.items()
    }
    assert fitted["own"] != PRESENT["own"]
    assert fitted["sentence"] != PRESENT["sentence"]
    head = written[: written.index("[own]")]
    assert "--fit relevance --folder phare --folder musee --folder marche --folder pont-fresh\n" in head
    assert "#     phare, musee, marche\n" in head
    assert "from 24 questions" in head
    assert "| pont-fresh |" in head
    assert str(tmp_path) not in written


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["--fit", "charm"],
            "charm: nothing is fitted under this name. Use relevance, turns, marked_speech, pointer, states, tuned, "
            "attribution, attribution_states.\n",
        ),
        (
            ["--fit", "relevance", "--set", "fr-dev", "--set", "en-dev", "--set", "en-fresh"],
            "A fit takes 3 sets to learn from, not 2 (fr-dev, en-dev): name more.\n",
        ),
    ],
)
def test_what_cannot_be_fitted_is_told_in_one_line(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 1
    assert capsys.readouterr().err == told
