"""Lines with labels -> the turns of a dialogue, when they are one: no list of prices, places or ratings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.models import Span
from index.quotations.transcripts.labels import Label, LabelKind
from index.quotations.transcripts.lines import Line
from index.quotations.transcripts.turns import TranscriptTurn
from index.quotations.transcripts.vocabulary import Vocabulary, begins_with

_FEWEST = 2
"""Turns of a dialogue."""
_SENTENCES = 0.6
"""The share of the turns of a dialogue that end as sentences do, at least."""
_HEADING = 80
"""Characters of the longest heading between turns."""
_DASHES = tuple("—–-―•")


@dataclass(frozen=True)
class LabelledLines:
    """The lines of a text that have labels, and what they are as a whole."""

    lines: Sequence[Line]

    @cached_property
    def labels(self) -> list[Label]:
        """The labels, in order."""
        return [line.label for line in self.lines if line.label is not None]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each label stands."""
        return Counter(label.key for label in self.labels)

    def is_dialogue(self, unlabelled: Sequence[Line]) -> bool:
        """Tell whether several people speak by turns in the lines.

        Args:
            unlabelled: the other lines of the text, which may hold the questions.
        """
        if len(self.lines) < _FEWEST or not self._are_sentences():
            return False
        if len(self.counts) == 1:
            return self._strong and sum(line.is_question for line in unlabelled) >= _FEWEST
        if max(self.counts.values()) == 1:
            return "asking" in self._kinds or self._are_titled()
        return self._strong or any(line.is_question for line in self.lines)

    def _are_sentences(self) -> bool:
        spoken = [line for line in self.lines if line.words]
        return sum(line.is_sentence for line in spoken) >= _SENTENCES * len(spoken)

    @cached_property
    def _kinds(self) -> set[LabelKind]:
        return {label.kind for label in self.labels}

    @property
    def _strong(self) -> bool:
        """Whether some label can hardly be anything but a speaker's."""
        return any(label.strong for label in self.labels)

    def _are_titled(self) -> bool:
        """Tell whether labels of which none comes again are of speakers by their titles, or by times before them."""
        titled = not self._kinds.isdisjoint({"titled", "role", "voice"}) or all(label.timed for label in self.labels)
        return titled and all(label.strong for label in self.labels)


def labelled_lines(lines: Sequence[Line]) -> LabelledLines:
    """Return the lines whose labels may be of speakers: those in marks are none, nor is a label that stands once."""
    found = [(line, line.label) for line in lines if line.label is not None and not line.is_marked]
    counts = Counter(label.key for _, label in found)
    own_lines = Counter(label.key for _, label in found if label.style == "line")
    repeated = max(own_lines.values(), default=0) > 1
    return LabelledLines([line for line, label in found if _is_kept(line, label, counts[label.key] > 1, repeated)])


def _is_placed(line: Line, label: Label) -> bool:
    """Tell whether something beside a label shows that it is one: words behind it, a time, a colon."""
    return label.style != "line" or label.timed or line.text.endswith(":")


def _is_kept(line: Line, label: Label, often: bool, own_lines: bool) -> bool:
    """Tell whether a label may be of a speaker.

    Args:
        line: it stands before the words of this line.
        label: the label.
        often: whether it stands more than once.
        own_lines: whether labels that are lines of their own come again in the text.
    """
    if _is_placed(line, label):
        return label.strong or often or label.kind == "initials" or (line.is_question and " " in label.name)
    return (label.strong and own_lines) or (often and label.name.isupper())


def turns_of(
    lines: Sequence[Line],
    labelled: LabelledLines,
    is_narration: Callable[[Line, Label], bool],
    vocabulary: Vocabulary,
) -> list[TranscriptTurn]:
    """Return the turns of a dialogue: each begins with its label, and goes on over the lines without one."""
    return _TurnReader(lines, labelled, is_narration, vocabulary).turns()


def _is_of_another(line: Line) -> bool:
    """Tell whether a line begins with a dash, or with a label that is no word of the speaker's own ("Bref : ...")."""
    label = line.label
    own = label is not None and label.kind == "other" and " " not in label.name and not label.name.isupper()
    return line.text.startswith(_DASHES) or (label is not None and not own)


class _TurnReader:
    """Reads the lines of a dialogue in order."""

    def __init__(
        self,
        lines: Sequence[Line],
        labelled: LabelledLines,
        is_narration: Callable[[Line, Label], bool],
        vocabulary: Vocabulary,
    ) -> None:
        self._lines, self._is_narration, self._vocabulary = lines, is_narration, vocabulary
        self._labelled = {line.start for line in labelled.lines}
        self._last = max(self._labelled)
        self._found: list[TranscriptTurn] = []
        self._open: Line | None = None
        self._paragraphs: list[Span] = []
        self._end = 0

    def turns(self) -> list[TranscriptTurn]:
        for line in self._lines:
            if line.start in self._labelled:
                self._close()
                self._begin(line)
            elif self._open is not None:
                self._continue(line)
        self._close()
        return self._found

    def _begin(self, line: Line) -> None:
        self._open, self._end = line, line.end
        self._paragraphs = [(line.words_at, line.end)] if line.words.strip() else []

    def _continue(self, line: Line) -> None:
        label = self._open.label if self._open else None
        if label is None:
            return
        if self._ends_turn(line, label):
            self._close()
        elif not self._is_between(line):
            self._paragraphs.append((line.start, line.end))
            self._end = line.end

    def _ends_turn(self, line: Line, label: Label) -> bool:
        """Tell whether a line without a known label is nobody's, or of another whose label is not told."""
        if _is_of_another(line) or begins_with(line.text, self._vocabulary.closings):
            return True
        if self._paragraphs and line.start > self._last and not self._goes_on_elsewhere():
            return True
        return self._is_narration(line, label)

    def _goes_on_elsewhere(self) -> bool:
        """Tell whether turns of this dialogue go on over several paragraphs."""
        return any(len(turn.paragraphs) > 1 for turn in self._found)

    def _is_between(self, line: Line) -> bool:
        """Tell whether a line is a heading: short, and no sentence."""
        return len(line.text) < _HEADING and not line.is_sentence and bool(self._paragraphs)

    def _close(self) -> None:
        if self._open is not None and self._paragraphs:
            self._found.append(TranscriptTurn(self._open.start, self._end, tuple(self._paragraphs), self._open.label))
        self._open = None
