"""Findings -> answer: citations, and what Dixit says around them; the words of the articles stay slices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.answers.findings import Findings, holders_of
from assistant.answers.head import COUNTED, counted_head, head, told_scope, told_topic
from assistant.answers.refusals import KINDS
from assistant.models import Answer, Citation, Coverage, Paragraph, Prose, Quoted
from assistant.question import Question
from assistant.rendering.byline import capital, told
from assistant.rendering.grouping import is_cue
from assistant.rendering.sentences import named, perhaps_told
from assistant.rendering.speaker_kinds import counted, kinds_of
from assistant.search.relevance import Find
from assistant.texts.catalogue import Texts
from index.models import Quotation
from index.quotations.certainty import certainty, surest
from index.text.context import context_of
from index.text.location import page_at, time_at

TOLD = ("spoken_for", "reported", "answered", "disputed", "near_own", "declined", "disclaimed", "asked")
"""What is told of the person who is asked about, with whoever says it."""
OUT_OF_SCOPE = ("out_of_scope", "out_of_scope_articles", "out_of_scope_places")
"""Refusals that tell what there is from elsewhere or another time."""


def compose(asked: str, question: Question, findings: Findings, mentions: Sequence[Coverage], texts: Texts) -> Answer:
    """Write the answer to a question from what was found.

    Args:
        asked: the question as it was typed.
        question: the same, understood.
        findings: what was found.
        mentions: what the articles hold of the people asked about, shown when they do not answer.
        texts: the words of the answer's language.
    """
    runs = _by_article(_runs(findings.finds), in_order=findings.order is not None)
    citations = tuple(_citation(number, find) for number, find in enumerate((f for run in runs for f in run), start=1))
    lead = _lead(question, findings, mentions, texts)
    quoted = _paragraphs(runs)
    return Answer(
        question=asked,
        lang=question.lang,
        abstained=not findings.finds,
        paragraphs=(*(((Prose(lead),),) if lead else ()), *quoted),
        citations=citations,
        mentions=() if findings.finds else tuple(mentions),
        understood=question.text if question.rewritten else None,
        speaker=_only_speaker(findings, question),
        refusal=KINDS.get(findings.verdict) if not findings.finds else None,
        nearest=tuple(_citation(number, find) for number, find in enumerate(findings.nearest, start=1)),
        total=max(findings.total, len(citations)) if findings.finds else 0,
    )


def _only_speaker(findings: Findings, question: Question) -> str | None:
    """The one person all of whose words a question asks for, as the articles name them."""
    narrowed = question.topic.strip() or question.scope or question.act
    asked = findings.asked if findings.verdict in ("said", "count") and not narrowed else None
    return asked.name if asked and asked.known == "speaker" else None


def _lead(question: Question, findings: Findings, mentions: Sequence[Coverage], texts: Texts) -> str:
    if findings.verdict in ("greeting", "empty"):
        return texts.get(f"reply.{findings.verdict}")
    person = findings.asked
    unsure = texts.get("reply.unsure", name=person.name) if person and not person.sure else ""
    if findings.finds:
        which = _which(findings, texts)
        telling = _what_was_found(findings, question, texts) or _closest(question, texts)
        told = (unsure, which, telling, head(findings, question, texts))
        return " ".join(filter(None, told))
    name = person.name if person else ""
    searched = texts.get("reply.searched", count=findings.searched, topic=told_topic(question) or name or question.text)
    if findings.verdict in OUT_OF_SCOPE:
        return " ".join(filter(None, (_out_of_scope(findings, question, name, texts), unsure)))
    return " ".join(filter(None, (_refusal(findings, question, name, mentions, texts), unsure, searched)))


def _closest(question: Question, texts: Texts) -> str:
    """That what is found but comes closest, where nothing answers."""
    return texts.get("reply.closest") if question.lean and question.lean.move == "closest" else ""


def _which(findings: Findings, texts: Texts) -> str:
    """Who they are when several whom a function fits speak, to be asked which is meant."""
    holders = [person.name for person in holders_of(findings)]
    return texts.get("reply.several", people=texts.list(holders)) if holders else ""


def _out_of_scope(findings: Findings, question: Question, name: str, texts: Texts) -> str:
    """What there is, but not from where or when it was asked for."""
    if findings.verdict != "out_of_scope":
        return texts.get(f"reply.{findings.verdict}", count=findings.total, scope=told_scope(question.scope, texts))
    about = "_about" if question.topic.strip() else ""
    key = f"reply.out_of_scope{about}" if name else "reply.out_of_scope_nobody"
    return texts.get(key, name=name, count=findings.total, scope=told_scope(question.scope, texts))


def _what_was_found(findings: Findings, question: Question, texts: Texts) -> str:
    if findings.verdict in ("said", "fact"):
        return ""
    if findings.verdict in ("beside", "dated"):
        return _of_the_article(findings, texts)
    if findings.verdict in ("yes", "no", "denied"):
        return _checked(findings, texts)
    if findings.verdict in COUNTED:
        return counted_head(findings, question, texts)
    if findings.verdict in TOLD:
        return _compared(findings, texts)
    cited = {find.quotation: _citation(0, find) for find in findings.finds if find.quotation}
    said = list(cited)
    speakers = [_named(cited[each], texts) for each in surest(said).values()]
    told_all = texts.list(speakers) or texts.get("reply.somebody")
    return texts.get(f"reply.{findings.verdict}", speaker=told_all, voices=counted(kinds_of(said).values(), texts))


def _of_the_article(findings: Findings, texts: Texts) -> str:
    """What is told of the article of the first find: its day, or that somebody speaks of something else in it."""
    published = findings.finds[0].cached.article.published
    name = findings.asked.name if findings.asked else ""
    return texts.get(f"reply.{findings.verdict}", name=name, day=texts.day(published) if published else "")


def _checked(findings: Findings, texts: Texts) -> str:
    """Whose words they are: plainly, as probable, or left open."""
    cited = _citation(0, findings.finds[0])
    said = cited.quotation
    asked = findings.asked.name if findings.asked else ""
    speaker = told(cited, texts.lang) or texts.get("reply.somebody")
    other = perhaps_told(cited, texts) if said and said.alternative != asked else ""
    speaker = f"{speaker} ({other})" if other else speaker
    sentence = texts.get(f"reply.{findings.verdict}{_doubt(said)}", name=asked, speaker=speaker)
    return capital(sentence)


def _spoken_for(findings: Findings, texts: Texts) -> str:
    """Who speaks for a body that is not quoted: all whose words are shown; below these stands how sure that is."""
    speakers = list(dict.fromkeys(find.speaker for find in findings.finds if find.speaker))
    name = findings.asked.name if findings.asked else ""
    return texts.get("reply.spoken_for", name=name, speaker=texts.list(speakers), count=len(speakers))


def _compared(findings: Findings, texts: Texts) -> str:
    """What another tells of somebody, and whether they deny it; or what they said that is nearest to what is asked."""
    if findings.verdict == "spoken_for":
        return _spoken_for(findings, texts)
    cited = _citation(0, findings.finds[0])
    speaker = _named(cited, texts) or texts.get("reply.somebody")
    speaker = cited.quotation.via if cited.quotation and cited.quotation.via else speaker
    name = findings.asked.name if findings.asked else ""
    return capital(texts.get(f"reply.{findings.verdict}", name=name, speaker=speaker))


def _named(cited: Citation, texts: Texts) -> str:
    """Return a speaker as running text has them: "probablement le syndicat des conducteurs"; empty: nobody is named."""
    speaker = told(cited, texts.lang)
    return named(replace(cited.quotation, speaker=speaker), texts) if cited.quotation and speaker else ""


def _doubt(said: Quotation | None) -> str:
    """Return which sentence tells of a check: a likely speaker, or words that anybody may have said, get their own."""
    told = ("likely" if said.hedge else certainty(said)) if said else "sure"
    if told == "unnamed":  # without an alternative, nobody whom the article names may have said them
        return "_open" if said and said.alternative else ""
    return "_likely" if told == "likely" else ""


def _refusal(findings: Findings, question: Question, name: str, mentions: Sequence[Coverage], texts: Texts) -> str:
    held = mentions[0] if mentions else Coverage(name, findings.articles, 0)
    counted = findings.total or (held.quotations if findings.verdict == "not_about" else held.articles)
    return texts.get(f"reply.{findings.verdict}", name=name, count=counted, scope=told_scope(question.scope, texts))


def _runs(finds: Iterable[Find]) -> Iterable[list[Find]]:
    """Put the quotations that a cue alone parts into one run, in the order of the text."""
    runs: list[list[Find]] = []
    for find in finds:
        run = next((run for run in runs if any(_are_near(find, other) for other in run)), None)
        if run is None:
            runs.append([find])
        else:
            run.append(find)
    return (sorted(run, key=lambda find: find.start) for run in runs)


def _by_article(runs: Iterable[Sequence[Find]], in_order: bool) -> list[Sequence[Find]]:
    """Put runs of one article beside each other, the articles as they come; ``in_order``: as its text has them."""
    listed = list(runs)
    articles = list(dict.fromkeys(run[0].cached.article.id for run in listed))
    return sorted(listed, key=lambda run: (articles.index(run[0].cached.article.id), run[0].start if in_order else 0))


def _are_near(one: Find, other: Find) -> bool:
    """Tell whether a cue alone parts words of one speaker; which of them a list holds first makes no difference."""
    if not (one.in_marks and other.in_marks) or one.cached.article.id != other.cached.article.id:
        return False
    between = one.cached.article.text[min(one.end, other.end) : max(one.start, other.start)]
    return one.speaker == other.speaker and is_cue(between)


def _paragraphs(runs: Sequence[Sequence[Find]]) -> Iterable[Paragraph]:
    number = 0
    for run in runs:
        parts = []
        for find in run:
            number += 1
            bold = (find.strong[0] - find.start, find.strong[1] - find.start) if find.strong else None
            parts.append(Quoted(number, bold))
        yield tuple(parts)


def _citation(number: int, find: Find) -> Citation:
    article = find.cached.article
    return Citation(
        number=number,
        article=article.card,
        start=find.start,
        end=find.end,
        quote=article.text[find.start : find.end],
        quotation=find.quotation,
        page=page_at(article, find.start),
        time=time_at(article, find.start),
        also=find.also,
        context=context_of(article, find.start, find.end, find.quotation),
    )
