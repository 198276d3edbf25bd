"""Words in articles -> an article each, its speakers in it, and what is told of each: names and titles stand once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.models import Answer, Quoted
from assistant.rendering.byline import Said, told
from assistant.rendering.pieces import begins_anew, words_of
from assistant.rendering.sentences import cited_by, doubts, nobody, where
from assistant.texts.catalogue import Texts
from index.models import ArticleCard, Span
from index.quotations.certainty import certainty

_LONGEST_CUE = 90
"""Characters between two quotations of one speaker that are read as one."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one speaker that stand near each other; ``strong``: of each what is bold, as offsets into its quote."""

    said: tuple[Said, ...]
    strong: tuple[Span | None, ...] = ()

    @property
    def first(self) -> Said:
        """The words that it begins with."""
        return self.said[0]


@dataclass(frozen=True, slots=True)
class Block:
    """What one speaker is told to say in an article; without a name it is the article's own prose."""

    runs: tuple[Run, ...]

    @property
    def head(self) -> Said:
        """The words behind which the speaker is named."""
        return self.runs[0].first

    @property
    def is_extract(self) -> bool:
        """Whether nobody is quoted in it."""
        return self.head.quotation is None


@dataclass(frozen=True, slots=True)
class Group:
    """An article and what is shown of it."""

    article: ArticleCard
    blocks: tuple[Block, ...]


def runs_of(answer: Answer, nearest: bool = False) -> list[Run]:
    """Return the words that an answer shows so far, or those that come nearest to one."""
    if nearest:
        return [Run((citation,)) for citation in answer.nearest]
    quoted = [[part for part in each if isinstance(part, Quoted)] for each in answer.paragraphs]
    return [
        Run(tuple(cited_by(part, answer) for part in parts), tuple(part.strong for part in parts))
        for parts in quoted
        if parts
    ]


def together(said: Iterable[Said]) -> list[Run]:
    """Return the words of a list; halves of an utterance, and fragments of a sentence, are told as one."""
    return _joined(Run((each,)) for each in said)


def is_cue(between: str) -> bool:
    """Tell whether no more than a cue stands between two quotations."""
    return len(between) <= _LONGEST_CUE and "\n" not in between


def by_article(runs: Iterable[Run], texts: Texts) -> list[Group]:
    """Return words by article, in the order in which the articles come first; neighbours of one speaker are a block."""
    found: dict[str, list[Run]] = {}
    for run in runs:
        found.setdefault(run.first.article.id, []).append(run)
    return [Group(of[0].first.article, _blocks(_joined(of), texts)) for of in found.values()]


def headline(article: ArticleCard, texts: Texts) -> str:
    """Return what stands above the words of an article: "Le Fanal, 3 mars 2025 · Le port rouvre"."""
    return " · ".join(filter(None, (where(article, texts), article.title)))


def _blocks(runs: Sequence[Run], texts: Texts) -> tuple[Block, ...]:
    blocks: list[list[Run]] = []
    for run in runs:
        if blocks and _goes_on(blocks[-1][0].first, run.first, texts):
            blocks[-1].append(run)
        else:
            blocks.append([run])
    return tuple(Block(tuple(of)) for of in blocks)


def _goes_on(head: Said, said: Said, texts: Texts) -> bool:
    """Tell whether words can stand below another's speaker: the same one, with no doubt that they do not share."""
    if head.quotation is None or said.quotation is None:
        return head.quotation is said.quotation
    same = (told(head, texts.lang) or nobody(head, texts)) == (told(said, texts.lang) or nobody(said, texts))
    return same and doubts(head, texts) in ([], doubts(said, texts))


def _joined(runs: Iterable[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in runs:
        if joined and _run_on(joined[-1], run.first):
            joined[-1] = Run(joined[-1].said + run.said, joined[-1].strong + run.strong)
        else:
            joined.append(run)
    return joined


def _run_on(run: Run, other: Said) -> bool:
    """Tell whether words follow others of the same speaker behind a cue alone, or in the same sentence."""
    one = run.said[-1]
    begin, before, after = words_of(run.first), words_of(one), words_of(other)
    if not _are_of_one(one, other) or before.end > after.start or not begin.in_marks:
        return False
    if begin.is_fragment:  # all are told by the sentence that holds them, what is reported there too
        return begin.sentence == after.sentence
    if not (before.in_marks and after.in_marks):
        return False
    between = _between(one, before.end, after.start)
    if between is None or not is_cue(between):
        return False
    return not other.quote[:1].islower() or not begins_anew(between, other.quote)


def _are_of_one(one: Said, other: Said) -> bool:
    """Tell whether one article gives words to one speaker, and the later ones, by what is told, to nobody else."""
    said, next_said = one.quotation, other.quotation
    if said is None or next_said is None or one.article.id != other.article.id:
        return False
    doubted = certainty(next_said) != certainty(said) == "sure" and next_said.alternative is not None
    same = said.speaker is not None and (said.speaker, said.via) == (next_said.speaker, next_said.via)
    return same and not doubted


def _between(said: Said, start: int, end: int) -> str | None:
    """Return the article's text between two places, None where it is not known."""
    context = said.context
    known = context is not None and end <= context.start + len(context.text)
    return context.between(start, end) if context and known else None
