"""Which finds are of the outlet, the language and the time that a question names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from assistant.question import Scope
from assistant.question.plain_text import plain
from assistant.search.relevance import Find
from index.languages.times import NamedTime, Period, named_times

_OPENING = 300
"""Characters of a text's beginning in which the day of an article without a date may be printed."""
_NEAR = 40
"""Characters between a reporting verb and the day that it tells."""
_MONTH = 31
_MARKED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"\n]*\"")


def in_scope(scope: Scope, finds: Iterable[Find]) -> list[Find]:
    """Return the finds of a scope, in order; where no day fits, those of which no day is known."""
    kept = [find for find in finds if _of_place(scope, find)]
    return _in_time(scope, kept) if scope.periods else kept


def _in_time(scope: Scope, kept: Sequence[Find]) -> list[Find]:
    if scope.loosely:
        return [find for find in kept if _names(scope, find.cached.article.text)]
    fitting = [(find, _of_time(scope, find)) for find in kept]
    return [find for find, fits in fitting if fits] or [find for find, fits in fitting if fits is None]


def is_dated(find: Find) -> bool:
    """Tell whether the day on which words were said is known: by their article's date, or by its text."""
    return written_on(find) is not None or said_on(find) is not None


def written_on(find: Find) -> Period | None:
    """Return the day of the article that holds a find: its date, else the first day that its beginning names."""
    published = find.cached.article.published
    if published:
        return Period(published, published)
    opening = plain(find.cached.article.text[:_OPENING])
    days = (time.period for time in named_times(opening, None) if not time.attached)
    return next((day for day in days if day.day or (day.after and day.after == day.before)), None)


def day_of(find: Find) -> date | None:
    """Return the day from which an article counts what is relative ("Tuesday"), None when it is not known."""
    written = written_on(find)
    return written.after if written else None


def said_on(find: Find) -> Period | None:
    """Return the day that an article gives for words: at the head of their sentence, or right behind the verb.

    "Mardi, X a dit « … »", "a déclaré X le 28 janvier"; None: it gives none.
    """
    first, last = _sentence(find)
    sentence = _without_quotations(find, first, last)
    for time in named_times(sentence, day_of(find)):
        leads = not re.search(r"\w", sentence[: time.start]) and sentence[time.end :].lstrip()[:1] == ","
        if (leads or _follows_cue(sentence, time, find)) and _is_exact(time.period):
            return time.period
    return None


def _of_place(scope: Scope, find: Find) -> bool:
    article = find.cached.article
    shown = not scope.articles or article.id in scope.articles
    return shown and scope.outlet in (None, article.source) and scope.lang in (None, article.lang)


def _of_time(scope: Scope, find: Find) -> bool | None:
    """Whether words are of one of the times of a scope; None: nothing tells.

    The day that their article gives them counts, and its own unless it recalls older words. Where a time may belong
    to the topic, so does their paragraph that names it, and where the article has no day, the days around them.
    """
    told, written = said_on(find), written_on(find)
    if scope.behind_topic and _names(scope, _paragraph(find)):
        return True
    if told:
        recent = written is not None and _meet_one(scope.periods, [written]) and not _is_old(told, written.after)
        return recent or _meet_one(scope.periods, [told])
    if written:
        return _meet_one(scope.periods, [written])
    return _meet_one(scope.periods, _named_around(find)) or None


def _names(scope: Scope, text: str) -> bool:
    """Tell whether a text names one of the times of a scope in the words of the question."""
    folded = plain(text)
    return any(re.search(rf"\b{re.escape(words)}\b", folded) for words in scope.times)


def _meet_one(asked: Sequence[Period], told: Sequence[Period]) -> bool:
    return any(_meet(period, time) for period in asked for time in told)


def _meet(asked: Period, told: Period) -> bool:
    """Tell whether a time that a text tells lies in the one that is asked for; a year that it leaves out is any."""
    if told.month:
        return told.month in _months(asked) and told.day in (None, _only_day(asked) or told.day)
    return bool(told.after and told.before and asked.holds(told.after) and asked.holds(told.before))


def _months(asked: Period) -> set[int | None]:
    return {asked.month} | {day.month for day in (asked.after, asked.before) if day}


def _only_day(asked: Period) -> int | None:
    """The day of the month that is asked for, if it is one."""
    return asked.after.day if asked.after and asked.after == asked.before else asked.day


def _is_old(told: Period | None, published: date | None) -> bool:
    """Tell whether words are of another time than the article that recalls them: by more than a month."""
    return bool(published and told and told.before and published - told.before > timedelta(days=_MONTH))


def _is_exact(period: Period) -> bool:
    """Tell whether a time is a day or a month."""
    if period.month:
        return True
    return bool(period.after and period.before and (period.before - period.after).days <= _MONTH)


def _named_around(find: Find) -> list[Period]:
    """The days and months that the paragraph of a find names outside quotations."""
    text = _MARKED.sub(" ", _paragraph(find))
    return [time.period for time in named_times(plain(text), None) if _is_exact(time.period)]


def _paragraph(find: Find) -> str:
    text = find.cached.article.text
    start, end = text.rfind("\n", 0, find.start) + 1, text.find("\n", find.end)
    return text[start : len(text) if end < 0 else end]


def _sentence(find: Find) -> tuple[int, int]:
    """The sentences that hold a find, from the first one's beginning to the last one's end."""
    cached = find.cached
    first = cached.sentence_at(find.start)
    last = cached.sentence_at(max(find.end - 1, find.start))
    return cached.sentences[first][0], cached.sentences[last][1]


def _without_quotations(find: Find, first: int, last: int) -> str:
    """The plain text of some sentences, with the find's words and all that stands in marks blanked out."""
    text = find.cached.article.text[first:last]
    words = slice(max(find.start - first, 0), find.end - first)
    blank = text[: words.start] + "\0" * len(text[words]) + text[words.stop :]
    return plain(_MARKED.sub(lambda marked: "\0" * len(marked[0]), blank))


def _follows_cue(sentence: str, time: NamedTime, find: Find) -> bool:
    cue = plain(find.quotation.cue) if find.quotation and find.quotation.cue else ""
    at = sentence.rfind(cue, 0, time.start) if cue else -1
    between = sentence[at + len(cue) : time.start] if at >= 0 else ""
    return at >= 0 and len(between) <= _NEAR and not re.search(r"[,;:\0]", between)
