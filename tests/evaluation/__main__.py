"""Score Dixit on labelled sets: ``python -m tests.evaluation --help``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.evaluation.answers import score_answers
from tests.evaluation.causes import cause
from tests.evaluation.document import DOCUMENT, placed, stamp
from tests.evaluation.fit import FITTINGS, Request, fitting
from tests.evaluation.labels import PROJECT_SETS, LabelledSet, load_background, load_set
from tests.evaluation.quotations import score_quotations
from tests.evaluation.running import answer_questions, find_quotations
from tests.evaluation.tables import (
    answer_json,
    answer_misses,
    answer_table,
    by_cause,
    missed_questions,
    quotation_json,
    quotation_misses,
    quotation_table,
)


class Evaluation:
    """Scores sets one by one and tells the figures as it was asked to."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._stamp = stamp()

    def quotations(self, labelled: LabelledSet) -> None:
        """Score the quotations of a set."""
        scores = score_quotations(labelled, find_quotations(labelled))
        misses = quotation_misses(scores) if self._options.show else []
        self._tell("quotations", labelled, quotation_table(scores), quotation_json(scores), misses)

    def answers(self, labelled: LabelledSet) -> None:
        """Score the answers to the questions of a set."""
        background: Path | None = self._options.background
        further = load_background(background) if background else {}
        session = answer_questions(labelled, [background] if background else [], self._options.data, progress)
        scores = score_answers(labelled, session.replies, further)
        wrong = [verdict for verdict in scores.verdicts if not verdict.right]
        causes = by_cause((cause(verdict, labelled, session.stored), verdict) for verdict in wrong)
        misses = answer_misses(causes) if self._options.show else missed_questions(causes)
        self._tell("answers", labelled, answer_table(scores, causes), answer_json(scores, causes), misses)

    def _tell(self, part: str, labelled: LabelledSet, figures: str, row: dict[str, Any], misses: Sequence[str]) -> None:
        if self._options.json:
            say(json.dumps({"set": labelled.name, "part": part} | row, ensure_ascii=False))
        else:
            about = f"## {labelled.name}: {part}, {len(labelled.texts)} articles"
            say("\n".join(["", about, "", figures, *(["", *misses] if misses else [])]))
        if self._options.write:
            document = DOCUMENT.read_text(encoding="utf-8")
            DOCUMENT.write_text(placed(document, part, labelled.name, figures, self._stamp), encoding="utf-8")


def main(argv: Sequence[str]) -> int:
    """Score, or fit, what is asked for; return the exit status."""
    options = arguments(argv)
    try:
        sets = [load_set(folder, options.questions) for folder in _folders(options)]
        if options.fit:
            refit(options, sets)
        else:
            score(options, sets)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def score(options: argparse.Namespace, sets: Sequence[LabelledSet]) -> None:
    """Tell the figures of some sets."""
    evaluation = Evaluation(options)
    both = options.quotes == options.answers
    for labelled in sets:
        if options.quotes or both:
            evaluation.quotations(labelled)
    for labelled in sets:
        if options.answers or both:
            evaluation.answers(labelled)


def refit(options: argparse.Namespace, sets: Sequence[LabelledSet]) -> None:
    """Fit what is named on some sets; print it, or write it where it belongs or elsewhere."""
    wanted = fitting(options.fit)
    further = [options.background] if options.background else []
    content = wanted.content(Request(sets, further, options.data, _command(options, sets), progress))
    file: Path | None = options.out or (wanted.file if options.write else None)
    if file:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    else:
        say(f"{len(content):,} bytes" if isinstance(content, bytes) else content.rstrip("\n"))


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """Parse the command's arguments."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=__doc__)
    add = parser.add_argument
    add("--quotes", action="store_true", help="score quotations alone")
    add("--answers", action="store_true", help="score answers alone")
    add("--set", action="append", metavar="NAME", help="a set of the project (may be given again; default: all)")
    add("--folder", action="append", type=Path, metavar="PATH", help="a set elsewhere, not all the project's")
    add("--background", type=Path, metavar="FILE.jsonl", help="further articles to be indexed beside each set")
    add("--data", type=Path, help="keep the index there, and articles that are in it as they were read")
    add("--questions", default="questions.jsonl", metavar="FILE", help="of each set (talk.jsonl: conversations)")
    add("--show", action="store_true", help="list each miss in full")
    add("--json", action="store_true", help="print one JSON object a set and part")
    add("--fit", metavar="NAME", help=f"fit anew on the sets, instead of scoring: {', '.join(FITTINGS)}")
    add("--out", type=Path, metavar="FILE", help="write what is fitted there")
    add("--write", action="store_true", help="write the figures into docs/evaluation.md, what is fitted into its file")
    return parser.parse_args(argv)


def progress(line: str) -> None:
    """Tell what is being done, apart from the figures."""
    sys.stderr.write(f"{line}\n")


def say(line: str) -> None:
    """Print figures, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _folders(options: argparse.Namespace) -> list[Path]:
    named = _named(options.set) if options.set or not options.folder else []
    return [*named, *(options.folder or ())]


def _command(options: argparse.Namespace, sets: Sequence[LabelledSet]) -> str:
    """Return the command as anybody may repeat it: by the names of the sets, without the paths of this machine."""
    names = (f"--{'set' if labelled.folder.parent == PROJECT_SETS else 'folder'} {labelled.name}" for labelled in sets)
    background = f" --background {options.background.name}" if options.background else ""
    return f"python -m tests.evaluation --fit {options.fit} {' '.join(names)}{background}"


def _named(names: Sequence[str] | None) -> list[Path]:
    folders = {path.parent.name: path.parent for path in sorted(PROJECT_SETS.glob("*/questions.jsonl"))}
    unknown = sorted(set(names or ()) - set(folders))
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: no such set. Use {', '.join(folders)}.")
    return [folders[name] for name in names or folders]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
