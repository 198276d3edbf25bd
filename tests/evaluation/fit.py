"""What can be fitted on labelled sets: a name -> the file of the product that holds it, and how its text is made."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answers.deciding import WEIGHTS as TURNS
from assistant.settings import read_settings
from index.embedding.embedder import open_embedder
from index.embedding.token_states import TokenStates, open_token_states
from index.errors import ModelError
from index.quotations.attribution.pointer.network import STATE_WEIGHTS as STATES
from index.quotations.attribution.pointer.network import WEIGHTS as POINTER
from index.quotations.attribution.pointer.tuned import WEIGHTS as TUNED
from index.quotations.attribution.scorer import WEIGHTS as SPEAKERS
from index.quotations.attribution.scorer import WITH_STATES
from index.quotations.speech.marked_speech import WEIGHTS as SPEECH
from tests.evaluation.attribution import attribution_text, pointer_weights_text, state_weights_text, tuned_weights
from tests.evaluation.document import ROOT
from tests.evaluation.labels import LabelledSet
from tests.evaluation.marked_speech import marked_speech_text
from tests.evaluation.relevance import FEWEST, Score, cross_validated, fit, kept, score
from tests.evaluation.running import Report
from tests.evaluation.tables import table
from tests.evaluation.turns import turns_text
from tests.evaluation.weighing import Decision, weigh

MEASURING = "-fresh"
"""How the names of sets end that are never fitted on: what is fitted on the others is measured on them."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be fitted on.

    Attributes:
        sets: for learning and for measuring.
        further: files or folders to be indexed beside each set.
        data: the data directory; None: a passing one for each set.
        command: as it is told in the file.
        report: is told what takes long.
    """

    sets: Sequence[LabelledSet]
    further: Sequence[Path]
    data: Path | None
    command: str
    report: Report

    @property
    def learning(self) -> list[LabelledSet]:
        """The sets that may be learnt from."""
        return [labelled for labelled in self.sets if not labelled.name.endswith(MEASURING)]


@dataclass(frozen=True, slots=True)
class Fitting:
    """Something that can be fitted: the file that holds it, and what returns what stands in it."""

    file: Path
    content: Callable[[Request], str | bytes]


def fitting(name: str) -> Fitting:
    """Return what is fitted under a name.

    Raises:
        ValueError: there is nothing of that name.
    """
    if name not in FITTINGS:
        raise ValueError(f"{name}: nothing is fitted under this name. Use {', '.join(FITTINGS)}.")
    return FITTINGS[name]


def relevance_text(request: Request) -> str:
    """Return the text of a refitted ``assistant/search/relevance.toml``, its cross-validated figures in its head.

    Raises:
        ValueError: there are too few sets.
    """
    learning = request.learning
    if len(learning) < FEWEST:
        names = ", ".join(labelled.name for labelled in learning) or "none"
        raise ValueError(f"A fit takes {FEWEST} sets to learn from, not {len(learning)} ({names}): name more.")
    decisions = _weighed(request)
    learnt = [decision for labelled in learning for decision in decisions[labelled.name]]
    measured = [decision for name in decisions if name.endswith(MEASURING) for decision in decisions[name]]
    present = tomllib.loads(RELEVANCE.read_text(encoding="utf-8"))
    request.report("relevance: fitting")
    scores = cross_validated(learnt, measured, present)
    before = {name: score([d for d in (*learnt, *measured) if d.labelled == name], present) for name in scores}
    request.report(f"The same by the present weights, which may know these sets:\n{_figures(before)}")
    head = _head(request.command, learning, learnt, kept(learnt, present), scores)
    return as_file(head, fit(learnt, present))


def speaker_text(request: Request) -> str:
    """Return the text of a refitted ``attribution.json`` (see ``attribution.attribution_text``)."""
    return attribution_text(request.learning, request.command, request.report)


def speaker_states_text(request: Request) -> str:
    """Return the text of a refitted ``attribution_states.json`` (see ``attribution.attribution_text``)."""
    return attribution_text(request.learning, request.command, request.report, _model(request))


def states_text(request: Request) -> str:
    """Return the text of a refitted ``states.json`` (see ``pointer.pointer_text``)."""
    return state_weights_text(request.learning, request.command, request.report, _model(request))


def tuned_content(request: Request) -> bytes:
    """Return a refitted ``tuned.onnx`` (see ``pointer.tuned_file``)."""
    return tuned_weights(request.learning, request.command, request.report, _model(request))


def _model(request: Request) -> TokenStates:
    model = open_token_states(read_settings(os.environ).index, request.report)
    if model is None:
        raise ModelError("Without the embedding model nothing is fitted on its states.")
    return model


def pointing_text(request: Request) -> str:
    """Return the text of a refitted ``pointer.json`` (see ``pointer.pointer_text``)."""
    return pointer_weights_text(request.learning, request.command, request.report)


def speech_text(request: Request) -> str:
    """Return the text of a refitted ``marked_speech.json`` (see ``marked_speech.marked_speech_text``)."""
    return marked_speech_text(request.learning, request.command, request.report)


def meanings_text(request: Request) -> str:
    """Return the text of a refitted ``turns.json`` (see ``turns.turns_text``)."""
    embedder = open_embedder(read_settings(os.environ).index, request.report)
    return turns_text(request.sets, request.command, request.data, embedder, request.report)


def as_file(head: str, sections: Mapping[str, Mapping[str, float]]) -> str:
    """Return a file of TOML: a comment, and tables of numbers with three decimals at most."""
    comment = "".join(f"# {line}".rstrip() + "\n" for line in head.splitlines())
    tables = (
        f"[{name}]\n" + "".join(f"{key} = {round(float(value), 3)}\n" for key, value in values.items())
        for name, values in sections.items()
    )
    return "\n".join([comment, *tables])


def _weighed(request: Request) -> dict[str, list[Decision]]:
    embedder = open_embedder(read_settings(os.environ).index, request.report)
    return {
        labelled.name: weigh(labelled, request.further, request.data, embedder, request.report)
        for labelled in request.sets
    }


def _head(
    command: str,
    learning: Sequence[LabelledSet],
    learnt: Sequence[Decision],
    left: Sequence[str],
    scores: Mapping[str, Score],
) -> str:
    questions = sum(len(labelled.questions) for labelled in learning)
    places = sum(len(decision.places) for decision in learnt)
    return "\n".join(
        [
            "The weights of relevance.py, and the bars that a place must pass; not written by hand but by",
            f"    {command}",
            f"from {questions} questions and the {places} places that were weighed for them, of the sets",
            f"    {', '.join(labelled.name for labelled in learning)}",
            f"As it was before, because no question tells about it: {', '.join(left)}",
            "How often the evidence is shown, or rightly nothing, when each set is judged by a fit on the others:",
            "",
            _figures(scores),
        ]
    )


def _figures(scores: Mapping[str, Score]) -> str:
    rows = [(name, *_shares(score)) for name, score in scores.items()]
    rows.append(("all", *_shares(sum(scores.values(), Score()))))
    return table(("set", "shown", "refused"), rows)


def _shares(score: Score) -> tuple[str, str]:
    return f"{score.shown} of {score.answerable}", f"{score.refused} of {score.unanswerable}"


RELEVANCE = ROOT / "assistant" / "search" / "relevance.toml"
FITTINGS = {
    "relevance": Fitting(RELEVANCE, relevance_text),
    "turns": Fitting(TURNS, meanings_text),
    "marked_speech": Fitting(SPEECH, speech_text),
    "pointer": Fitting(POINTER, pointing_text),
    "states": Fitting(STATES, states_text),
    "tuned": Fitting(TUNED, tuned_content),
    "attribution": Fitting(SPEAKERS, speaker_text),
    "attribution_states": Fitting(WITH_STATES, speaker_states_text),
}
"""What ``--fit`` takes."""
