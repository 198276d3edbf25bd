"""An article -> the turns of its dialogue: what each says, under the one whom its label stands for.

Words of a turn are printed without marks; they are told as they stand, a quotation a paragraph, stage directions left
out. Questions of an interviewer are nobody's answers, and are passed over.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.models import Article, Extraction, Person, Quotation
from index.quotations.transcripts.directions import said
from index.quotations.transcripts.labelled import LabelledLines, labelled_lines, turns_of
from index.quotations.transcripts.labels import Label, LabelKind, LabelReader
from index.quotations.transcripts.lines import Line, ends_in_question, read_lines
from index.quotations.transcripts.participants import Participants, Voice, is_short_for, names_speaker
from index.quotations.transcripts.questions import bold_turns, dash_turns, plain_turns, until_closing
from index.quotations.transcripts.turns import TranscriptTurn
from index.quotations.transcripts.vocabulary import Vocabulary, vocabulary
from index.typography import fold

_UNTITLED: Mapping[LabelKind, tuple[int, float]] = {"other": (1, 0.5), "initials": (1, 0.5), "person": (2, 0.7)}
"""Labels of which one may be the interviewer's: how many turns of it tell so, and which share of them must ask."""
_ASKED_BACK = 0.5
"""The share of the others' turns that end with a question is less."""


def with_turns(article: Article, read: Extraction) -> Extraction:
    """Return what reading an article gave, with the turns of its dialogue in place of what was found in them."""
    dialogue = find_dialogue(article, read.people)
    if dialogue is None:
        return read
    turns = list(dialogue.quotations())
    if not turns:
        return read  # questions alone, as those of a form
    kept = [q for q in read.quotations if not dialogue.covers(q.start, q.end)]
    quotations = sorted((*kept, *turns), key=lambda q: q.start)
    return Extraction(tuple(quotations), tuple(dialogue.people(read.people, turns)))


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The turns of an article, and those who take part in it."""

    article: Article
    turns: Sequence[TranscriptTurn]
    participants: Participants

    def covers(self, start: int, end: int) -> bool:
        """Tell whether a stretch of the text touches a turn, whoever's it is."""
        after = bisect_left(self.turns, end, key=lambda turn: turn.start)
        return after > 0 and self.turns[after - 1].end > start

    def quotations(self) -> Iterator[Quotation]:
        """Yield what is said, in order; a witness whom the text does not name is nobody known."""
        for turn in self.turns:
            voice = None if turn.asks else self._voice(turn)
            for span in () if turn.asks else turn.paragraphs:
                for start, end in said(self.article.text, span, vocabulary()):
                    yield self._quotation(turn, start, end, voice)

    def people(self, known: Sequence[Person], turns: Sequence[Quotation]) -> Iterator[Person]:
        """Yield the people of the article, and those of the dialogue whom the ordinary reading did not find."""
        yield from known
        names = {(fold(person.name), person.kind) for person in known}
        spoken: dict[str, list[tuple[int, int]]] = {}
        for said_ in turns:
            if said_.speaker and (fold(said_.speaker), said_.speaker_kind) not in names:
                places = spoken.setdefault(said_.speaker, [])
                if said_.mention_start is not None and said_.mention_end is not None:
                    places.append((said_.mention_start, said_.mention_end))
        for name, places in spoken.items():
            yield Person(name, "person", mentions=tuple(dict.fromkeys(places)))

    def _voice(self, turn: TranscriptTurn) -> Voice | None:
        if turn.label is None or turn.label.kind == "answering":
            return self.participants.interviewed
        return self.participants.voice(turn.label)

    def _quotation(self, turn: TranscriptTurn, start: int, end: int, voice: Voice | None) -> Quotation:
        label = turn.label
        written = " ".join(self.article.text[label.start : label.end].split()) if label else None
        return Quotation(
            self.article.id,
            start,
            end,
            "direct",
            speaker=voice.name if voice else None,
            speaker_as_written=written,
            confidence=voice.confidence if voice else None,
            speaker_kind="person" if voice else None,
            alternative=voice.alternative if voice else None,
            mention_start=label.start if label else None,
            mention_end=label.end if label else None,
            turn=True,
        )


def find_dialogue(article: Article, people: Sequence[Person]) -> Dialogue | None:
    """Return the dialogue that an article prints, None when it prints none."""
    words = vocabulary()
    lines = read_lines(article.text, LabelReader(words, _names(people)))
    labelled = labelled_lines(lines)
    starts = {line.start for line in labelled.lines}
    others = [line for line in lines if line.start not in starts]
    # What was said at times is subtitles: their labels are labels, however few they are.
    if labelled.lines and (article.times or labelled.is_dialogue(others)):
        return _labelled(article, people, lines, labelled, words)
    return _unlabelled(article, people, lines, words)


def _unlabelled(
    article: Article, people: Sequence[Person], lines: Sequence[Line], words: Vocabulary
) -> Dialogue | None:
    body = until_closing(lines, words)
    turns = dash_turns(body) or bold_turns(body) or plain_turns(body, lines, words)
    if not turns:
        return None
    participants = Participants(article, people, [], turns[0].start, words)
    voice = participants.interviewed
    return Dialogue(article, [_own_words(turn, voice, participants) for turn in turns], participants) if voice else None


def _own_words(turn: TranscriptTurn, voice: Voice, participants: Participants) -> TranscriptTurn:
    """Return a turn without the paragraphs that name its speaker, as the article's own words do."""
    if turn.asks:
        return turn
    own = tuple(span for span in turn.paragraphs if not names_speaker(participants.text_of(span), voice))
    return replace(turn, paragraphs=own)


def _labelled(
    article: Article, people: Sequence[Person], lines: Sequence[Line], labelled: LabelledLines, words: Vocabulary
) -> Dialogue | None:
    participants = Participants(article, people, labelled.labels, labelled.lines[0].start, words)

    def is_narration(line: Line, label: Label) -> bool:
        return names_speaker(line.text, participants.voice(label))

    turns = turns_of(lines, labelled, is_narration, words)
    silent = _asking(turns, participants)
    if participants.interviewed is None and not participants.testify:
        silent |= {turn.label.key for turn in turns if turn.label and turn.label.kind == "answering"}
    turns = [replace(turn, asks=turn.label is not None and turn.label.key in silent) for turn in turns]
    return Dialogue(article, turns, participants) if turns else None


def _asking(turns: Sequence[TranscriptTurn], participants: Participants) -> set[str]:
    """Return the labels of those who ask: by their word, by a credit line, or by what they do."""
    labels = {turn.label.key: turn.label for turn in turns if turn.label}
    asking = {key for key, label in labels.items() if _is_asker(label, turns, participants)}
    asking |= _opening_asker([turn for turn in turns if _key(turn) not in asking], participants)
    return asking | _short_for(asking, labels)


def _short_for(asking: set[str], labels: Mapping[str, Label]) -> set[str]:
    names = [labels[key].name for key in asking]
    return {key for key, label in labels.items() if any(is_short_for(label, name) for name in names)}


def _is_asker(label: Label, turns: Sequence[TranscriptTurn], participants: Participants) -> bool:
    return label.kind == "asking" or participants.is_asker(label) or _only_asks(label, turns, participants)


def _only_asks(label: Label, turns: Sequence[TranscriptTurn], participants: Participants) -> bool:
    """Tell whether a label that names nobody whom the text knows stands before questions nearly always."""
    unknown = label.kind == "initials" and participants.voice(label).name == label.name
    own = [turn for turn in turns if _key(turn) == label.key] if unknown else []
    fewest, share = _UNTITLED["person"]
    return len(own) >= fewest and _share_of_questions(own, participants) >= share


def _opening_asker(turns: Sequence[TranscriptTurn], participants: Participants) -> set[str]:
    """Return the label without title that opens an interview, and asks where the others answer, if there is one."""
    first = turns[0].label if turns else None
    if first is None or first.kind not in _UNTITLED:
        return set()
    own, others = _parted(turns, first.key)
    fewest, share = _UNTITLED["person" if vocabulary().is_first_name(first.name) else first.kind]
    asks = len(own) >= fewest and _share_of_questions(own, participants) >= share
    return {first.key} if asks and _share_of_questions(others, participants) < _ASKED_BACK else set()


def _parted(turns: Sequence[TranscriptTurn], key: str) -> tuple[list[TranscriptTurn], list[TranscriptTurn]]:
    """Return the turns of a label, and the others."""
    return [turn for turn in turns if _key(turn) == key], [turn for turn in turns if _key(turn) != key]


def _key(turn: TranscriptTurn) -> str:
    return turn.label.key if turn.label else ""


def _share_of_questions(turns: Sequence[TranscriptTurn], participants: Participants) -> float:
    return sum(_asks(turn, participants) for turn in turns) / max(len(turns), 1)


def _asks(turn: TranscriptTurn, participants: Participants) -> bool:
    return ends_in_question(participants.text_of(turn.paragraphs[-1]))


def _names(people: Sequence[Person]) -> frozenset[str]:
    whole = [fold(person.name) for person in people if person.kind == "person"]
    return frozenset(whole) | frozenset(name.split()[-1] for name in whole if name.split())
