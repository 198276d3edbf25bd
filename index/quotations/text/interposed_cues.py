"""A cue printed within the marks: the quotation is cut into two stretches around it.

« Je pars, a dit le maire. Je ne reviendrai pas. » -> « Je pars » and « Je ne reviendrai pas. ».

French newspapers leave the marks open around "a dit le maire"; the words of the reporter are not
the speaker's. A quotation that never closes is cut in the same position, in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from index.languages.data_files import table
from index.languages.lexicon import Lexicon
from index.text.marks import Marked
from index.typography import shadow


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What a language says of cues within marks.

    Attributes:
        cue: a comma, a verb and the small words around it.
        source: what follows the verb, when the cue holds no source yet.
        resumes: a comma and a word with which the speaker goes on.
        stop: a full stop that ends a sentence.
        within_closed: whether a cue may stand within marks that are closed.
    """

    cue: re.Pattern[str]
    source: re.Pattern[str]
    resumes: re.Pattern[str]
    stop: re.Pattern[str]
    within_closed: bool


@lru_cache(maxsize=4)
def _patterns(lang: str) -> _Patterns:
    data = table(lang, "interposed_cues")
    words = {name: "|".join(entries) for name, entries in data["words"].items()}
    cue, source, resumes = (re.compile(data["patterns"][name].format(**words)) for name in ("cue", "source", "resumes"))
    titles = "".join(rf"(?<!\b{title})" for title in data["words"]["titles"])
    return _Patterns(cue, source, resumes, re.compile(rf"{titles}[.!?…](?= |$)"), data["within_closed"])


def split_at_cues(text: str, marked: list[Marked], lex: Lexicon) -> list[Marked]:
    """Return the stretches with every cue that stands within their marks cut out."""
    plain = shadow(text).replace("\n", " ")
    found: list[Marked] = []
    for stretch in marked:
        found += _pieces(plain, stretch, lex)
    return found


def _pieces(plain: str, stretch: Marked, lex: Lexicon) -> list[Marked]:
    patterns = _patterns(lex.lang)
    if stretch.closed and not patterns.within_closed:
        return [stretch]
    cue = next(_cues(plain, stretch, lex), None)
    if cue is None:
        return [stretch]
    comma = cue.start("comma") + (plain[cue.start("comma")] in "!?…")
    first = replace(stretch, end=comma, close_at=comma, closed=True)
    resume = _resume(plain, cue.end(), stretch, patterns)
    if resume is None or not any(c.isalnum() for c in plain[resume : stretch.end]):
        return [first]
    start = resume + len(plain[resume : stretch.end]) - len(plain[resume : stretch.end].lstrip())
    rest = replace(stretch, start=start, open_at=start, continues=False)
    return [first, *_pieces(plain, rest, lex)]


def _cues(plain: str, stretch: Marked, lex: Lexicon) -> Iterator[re.Match[str]]:
    """Yield the cues within marks."""
    pattern = _patterns(lex.lang).cue
    position = stretch.start + 2
    while (m := pattern.search(plain, position, stretch.end)) is not None:
        position = m.start() + 1
        if _is_cue(plain, m, lex):
            yield m


def _is_cue(plain: str, m: re.Match[str], lex: Lexicon) -> bool:
    """Tell whether what looks like a cue has a verb of saying, or a clitic subject before a stop, and a source."""
    groups = m.groupdict(default="")
    form = groups["verb"] or groups.get("inverted", "")
    clitic = groups.get("clitic") or groups.get("after", "").strip()
    verb = lex.verbs.get(form.lower())
    says = verb is not None and not verb.groups.isdisjoint(("say", "manner"))
    spoken = says or (clitic and plain[m.end() : m.end() + 1] in (",", "."))
    sourced = clitic or _patterns(lex.lang).source.match(plain, m.end())
    return bool(form.islower() and spoken and sourced)


def _resume(plain: str, position: int, stretch: Marked, patterns: _Patterns) -> int | None:
    """Return where the speaker's words go on after a cue, or None when they do not."""
    stop = patterns.stop.search(plain, position, stretch.end)
    end = stop.end() if stop else stretch.end
    resumed = patterns.resumes.search(plain, position, end)
    if resumed:
        return resumed.end()
    if end < stretch.end - 1:
        return end
    comma = plain.find(", ", position, end)
    return comma + 2 if comma >= 0 and stretch.closed else None
