"""Interviews without labels -> their turns: questions in bold, behind dashes or on lines of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from index.quotations.transcripts.lines import Line
from index.quotations.transcripts.turns import TranscriptTurn
from index.quotations.transcripts.vocabulary import Vocabulary, begins_with
from index.typography import fold

_DASH = re.compile(r"[—–―-][ \t\u00a0\u202f]*(?=[^\s—–―-])")
_BOLD = re.compile(r"(\*\*|__)(?=\S).*\S\1", re.S)
_LONGEST_QUESTION = 600
_FEWEST = 2
"""Questions of an interview."""
_ASKED, _ASKED_BACK = 0.6, 0.3
"""The share of the interviewer's turns that end as questions do, at least, and of the other's, at most."""


def dash_turns(lines: Sequence[Line]) -> list[TranscriptTurn]:
    """Return the turns of an interview whose paragraphs begin with dashes: asked, answered, asked, answered."""
    dashed = [n for n, line in enumerate(lines) if _DASH.match(line.text)]
    if len(dashed) < 2 * _FEWEST or not _alternate([lines[n] for n in dashed]):
        return []
    stops = [*dashed[1:], dashed[-1] + 1]
    places = enumerate(zip(dashed, stops, strict=True))
    return [_turn(lines[n], lines[n + 1 : stop], asks=place % 2 == 0) for place, (n, stop) in places]


def _alternate(dashed: Sequence[Line]) -> bool:
    """Tell whether paragraphs behind dashes ask and answer by turns."""
    asked, answered = dashed[::2], dashed[1::2]
    questions = sum(line.is_question for line in asked)
    asks_back = sum(line.is_question for line in answered)
    asking = questions >= max(_FEWEST, _ASKED * len(asked)) and asks_back <= _ASKED_BACK * len(answered)
    return asking and all(map(_spoken, dashed))


def _spoken(line: Line) -> bool:
    dash = _DASH.match(line.text)
    opens = line.text[dash.end() :][:1] if dash else ""
    return (opens.isupper() or opens in '«“"…[(' or opens.isdigit()) and line.is_sentence


def _turn(line: Line, after: Sequence[Line], asks: bool) -> TranscriptTurn:
    dash = _DASH.match(line.text)
    begins = line.start + (dash.end() if dash else 0)
    spans = ((begins, line.end), *((each.start, each.end) for each in after if each.is_sentence))
    return TranscriptTurn(line.start, spans[-1][1], spans, asks=asks)


def bold_turns(lines: Sequence[Line]) -> list[TranscriptTurn]:
    """Return the turns of an interview whose questions are printed in bold (Markdown)."""
    bold = [n for n, line in enumerate(lines) if _BOLD.fullmatch(line.text)]
    questions = [n for n in bold if lines[n].is_question]
    if len(questions) < _FEWEST:
        return []
    asked = [n for n in bold if lines[n].is_question or (n > questions[0] and lines[n].is_sentence)]
    return _between(lines, asked)


def plain_turns(body: Sequence[Line], lines: Sequence[Line], vocabulary: Vocabulary) -> list[TranscriptTurn]:
    """Return the turns of a text that says it is an interview, and has its questions on lines of their own.

    Args:
        body: the paragraphs of the interview, credit lines left out.
        lines: all paragraphs of the text.
        vocabulary: the words by which an interview is told.
    """
    asked = [n for n, (line, after) in enumerate(pairwise(body)) if n and _is_asked(line) and not _is_asked(after)]
    if len(asked) < _FEWEST or not is_interview(lines, asked[0], vocabulary):
        return []
    marked = sum(line.is_marked for line in body[asked[0] :])
    return _between(body, asked) if marked < len(asked) else []


def _is_asked(line: Line) -> bool:
    return line.is_question and len(line.text) <= _LONGEST_QUESTION and not line.is_marked and line.label is None


def is_interview(lines: Sequence[Line], first: int, vocabulary: Vocabulary) -> bool:
    """Tell whether the lines before the first question, or a credit line, say that a text is an interview."""
    signs = (*vocabulary.signs, *vocabulary.interviewed)
    heads = " ".join(fold(line.text) for line in lines[:first])
    credit = any(begins_with(line.text, vocabulary.interviewers) for line in lines)
    return credit or any(re.search(rf"(?<!\w){re.escape(sign)}(?!\w)", heads) for sign in signs)


def _between(lines: Sequence[Line], asked: Sequence[int]) -> list[TranscriptTurn]:
    turns: list[TranscriptTurn] = []
    for n, stop in zip(asked, [*asked[1:], len(lines)], strict=True):
        question, answers = lines[n], lines[n + 1 : stop]
        turns.append(TranscriptTurn(question.start, question.end, ((question.start, question.end),), asks=True))
        kept = [line for line in answers if line.is_sentence and not _BOLD.fullmatch(line.text)]
        if kept:
            spans = tuple((line.start, line.end) for line in kept)
            turns.append(TranscriptTurn(kept[0].start, spans[-1][1], spans))
    return turns


def until_closing(lines: Sequence[Line], vocabulary: Vocabulary) -> list[Line]:
    """Return the lines before one that nobody says, as "Propos recueillis par ..." below an interview."""
    head = next((n for n, line in enumerate(lines) if line.is_question), 0)
    body = takewhile(lambda line: not begins_with(line.text, vocabulary.closings), lines[head:])
    return [*lines[:head], *body]
