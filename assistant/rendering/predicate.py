"""Words in an article -> what is told of their speaker: the words in marks, or what the article itself makes of them.

Quotation marks stand round what stands in marks in the article, and round nothing else. An utterance follows a verb
and a colon, a fragment stays in its sentence, reported speech and prose are told without marks. All but the verb and
the word that joins the two is the article's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from assistant.rendering.byline import Said, according, plainly, reporting
from assistant.rendering.lead import ends_with_that, lead_to, without_that
from assistant.rendering.pieces import Piece, Words, cut, ended, utterance, words_of
from assistant.texts.catalogue import Texts
from index.languages.finite import takes_clause
from index.languages.stopwords import stopwords
from index.models import Span
from index.typography import fold

Form = Literal["quoted", "within", "sentence", "reported", "extract"]
"""quoted: an utterance in marks; within: what leads to a fragment, and the fragment: "a dit qu'elle viendrait « en
mars »"; sentence: the article's whole sentence; reported: words that stand in no marks; extract: prose."""
_PARTING = " \n\u00a0\u202f,:;"
"""What may part reported speech from the words in marks that it ends with."""
_STOPS = " ,:\u00a0"
_FIRST_WORD = re.compile(r"([^\W\d_]+)[’'\s]")


@dataclass(frozen=True, slots=True)
class Predicate:
    """What is told behind a speaker's name.

    Attributes:
        cue: the reporting words; empty behind "selon X", before a whole sentence and before an extract.
        joint: what joins them to the pieces, spaces included.
        foreign: the pieces are in another language than the answer.
    """

    form: Form
    cue: str
    joint: str
    pieces: tuple[Piece, ...]
    foreign: bool = False

    def below(self) -> Predicate:
        """Return it as it stands below the speaker's name: without a verb, no stop leads on from there."""
        return self if self.cue else replace(self, joint=self.joint.lstrip(_STOPS))

    @property
    def stop(self) -> str:
        """The colon or comma behind name and verb, if the words do not go on from them: ":"."""
        return "" if self.joint.startswith(" ") else self.joint.rstrip()

    @property
    def that(self) -> str:
        """The word with which the words go on from name and verb, if there is one: "que "."""
        return self.joint.lstrip() if self.joint.startswith(" ") else ""


def predicate(said: Said, texts: Texts) -> Predicate:
    """Return what is told of the speaker of some words."""
    return predicates([said], texts)[0]


def predicates(run: Sequence[Said], texts: Texts, strong: Sequence[Span | None] = ()) -> list[Predicate]:
    """Return what is told of the speaker of words that stand near each other, in one sentence or more.

    ``strong``: for each of the words what is bold in them, as offsets into their ``quote``.
    """
    words = [words_of(said, bold) for said, bold in zip(run, strong or [None] * len(run), strict=True)]
    foreign = run[0].article.lang != texts.lang
    if all(each.in_marks for each in words) and not words[0].is_fragment and run[0].quotation:
        told = [_told(words[0], "quoted", utterance(words), texts)]
    else:
        groups = [list(group) for _, group in groupby(words, key=lambda each: each.sentence)]
        told = [_in_sentence(groups[0], texts), *(_sentence(group, texts) for group in groups[1:])]
    return [replace(each, foreign=foreign) for each in told]


def _in_sentence(words: Sequence[Words], texts: Texts) -> Predicate:
    first = words[0]
    if first.said.quotation is None:
        return Predicate("extract", "", texts.entry("colon"), cut(words, first.start, words[-1].end))
    if first.said.quotation.disclaimed:
        return _sentence(words, texts)
    if first.is_unmarked:
        return _told(first, "reported", cut(words, first.start, words[-1].end), texts)
    if lead := lead_to(first, texts):
        form: Form = "within" if first.in_marks else "reported"
        return Predicate(form, lead.verb, lead.joint, ended(cut(words, lead.start, _end(words))))
    named_twice = according(first.said) and first.names_speaker
    return _sentence(words, texts) if first.in_marks or named_twice else _reported(words, texts)


def _told(first: Words, form: Form, pieces: tuple[Piece, ...], texts: Texts) -> Predicate:
    cue = "" if according(first.said) else reporting(first.said, texts)
    return Predicate(form, cue, texts.entry("colon"), pieces)


def _sentence(words: Sequence[Words], texts: Texts) -> Predicate:
    joint = texts.get("byline.in_sentence") + texts.entry("colon")
    return Predicate("sentence", "", joint, ended(cut(words, *_with_denial(words[0]))))


def _with_denial(words: Words) -> Span:
    """Return the sentence of some words, and the one near it that says they were not said, if there is one."""
    (start, end), said, context = words.sentence, words.said.quotation, words.said.context
    if context is None or said is None or said.denial_start is None or said.denial_end is None:
        return start, end
    last = context.start + len(context.text)
    return max(context.start, min(start, said.denial_start)), min(last, max(end, said.denial_end))


def _end(words: Sequence[Words]) -> int:
    """Return where what is told ends: with the sentence, or for reported speech that no marks follow with its words."""
    context, end = words[-1].said.context, words[-1].end
    if context is None:
        return end
    behind = context.between(end, words[-1].sentence[1])
    next_word = end + len(behind) - len(behind.lstrip(_PARTING))
    goes_on = words[0].in_marks or any(start == next_word for start, _ in context.marks)
    return max(words[0].sentence[1], end) if goes_on else end


def _reported(words: Sequence[Words], texts: Texts) -> Predicate:
    """Return reported speech that no verb leads to: "a affirmé que ...", "selon X, ..."; else after a colon."""
    first, context = words[0], words[0].said.context
    pieces = cut(words, _beginning(first, texts), _end(words))
    lowered = _lowered(first, pieces)
    if context is None or lowered is None or first.said.article.lang != texts.lang:
        return _told(first, "reported", ended(pieces), texts)
    before, behind = context.between(first.sentence[0], first.start), context.between(first.end, first.sentence[1])
    if according(first.said) and not before.strip()[-1:].isalnum():
        return Predicate("reported", "", ", ", ended(lowered))
    if ends_with_that(before, texts.lang) or (first.cue and first.cue in behind):
        joined = texts.joined(f" {texts.get('byline.that')} ", lowered[0].text)
        joint = joined.removesuffix(lowered[0].text)
        cue = reporting(first.said, texts)
        verb = cue if takes_clause(cue, texts.lang) else plainly(first.said, texts)
        return Predicate("reported", verb, joint, ended(lowered))
    return _sentence(words, texts)


def _beginning(words: Words, texts: Texts) -> int:
    """Return where words begin: behind a "that" that would lead on from a verb told in another language."""
    if words.said.article.lang == texts.lang:
        return words.start
    return words.end - len(without_that(words.said.quote, words.said.article.lang))


def _lowered(words: Words, pieces: tuple[Piece, ...]) -> tuple[Piece, ...] | None:
    """Return the pieces as they stand within a sentence; None: the first word may be a name, and keeps its capital."""
    first, lang = pieces[0], words.said.article.lang
    if first.marked or words.start > words.sentence[0] or not first.text[:1].isupper():
        return pieces
    word = _FIRST_WORD.match(first.text)
    if word is None or fold(word[1]) not in stopwords(lang) or (word[1].isupper() and len(word[1]) > 1):
        return None
    return (replace(first, text=first.text[:1].lower() + first.text[1:]), *pieces[1:])
