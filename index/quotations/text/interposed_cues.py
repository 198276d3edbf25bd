"""A cue printed within the marks: the quotation is cut into two stretches around it.

« Je pars, a dit le maire. Je ne reviendrai pas. » -> « Je pars » and « Je ne reviendrai pas. ».

French newspapers leave the marks open around "a dit le maire"; the words of the reporter are not
the speaker's. A quotation that never closes is cut in the same position, in both languages.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.languages.lexicon import Lexicon
from index.text.marks import Marked
from index.typography import shadow

_FRENCH = re.compile(
    r"(?P<comma>[,!?…»]) (?:(?:lui|leur|nous|vous|se|y|en|ne) |[mtsn]')*"
    r"(?:(?:a|ont|avait|avaient|aurait|est|était|sont)(?:-t)?(?P<clitic>-(?:il|elle|ils|elles|on))? )?"
    r"(?:(?:\w+ment|aussi|encore|alors|ensuite|ainsi|toutefois|déjà|même|d'abord|lui|aussitôt|enfin) )?"
    r"(?P<verb>\w+)(?P<after>-t-(?:il|elle|on)|-(?:il|elle|ils|elles)| |(?=[.,]))"
)
_FRENCH_SUBJECT = re.compile(
    r"(?:[A-ZÀÉÈÎÔ]|l'|(?:le|la|les|un|une|son|sa|ses|leur|leurs|ce|cet|cette|notre|"
    r"encore|également|aussi|à|de son côté,?|d'ailleurs|notamment|déjà|toutefois|cependant|pourtant|alors|ensuite|"
    r"enfin|hier|récemment|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche) )"
)
_ENGLISH = re.compile(
    r"(?P<comma>[,!?…]) (?P<clitic>)(?:(?:he|she|they|[A-Z]\w+(?: [A-Z]\w+)?) "
    r"(?P<verb>\w+)(?P<after>)(?=[.,] |[.,]?$)|"
    r"(?P<verb2>\w+) (?=[A-Z]|(?:the|a|an|his|her|its|their|one|he|she) ))"
)
_RESUMES = re.compile(
    r", (?=(?:et|mais|que|quand|car|parce|pour|sans|avec|je|nous|on|il|elle|ils|elles|si|comme|puis|donc|"
    r"ou|ni|"
    r"de|dans|à|c'|ça|j'|s'|qu'|d'|and|but|that|because|if|when|I|we|you|it|they)\b)"
)


def split_at_cues(text: str, marked: list[Marked], lex: Lexicon) -> list[Marked]:
    """Return the stretches with every cue that stands within their marks cut out."""
    plain = shadow(text).replace("\n", " ")
    found: list[Marked] = []
    for stretch in marked:
        found += _pieces(plain, stretch, lex)
    return found


def _pieces(plain: str, stretch: Marked, lex: Lexicon) -> list[Marked]:
    if lex.lang == "en" and stretch.closed:
        return [stretch]
    cue = next((m for m in _matches(plain, stretch, lex)), None)
    if cue is None:
        return [stretch]
    comma = cue.start("comma") + (plain[cue.start("comma")] in "!?…")
    first = replace(stretch, end=comma, close_at=comma, closed=True)
    resume = _resume(plain, cue.end(), stretch)
    if resume is None or not any(c.isalnum() for c in plain[resume : stretch.end]):
        return [first]
    start = resume + len(plain[resume : stretch.end]) - len(plain[resume : stretch.end].lstrip())
    rest = replace(stretch, start=start, open_at=start, continues=False)
    return [first, *_pieces(plain, rest, lex)]


def _matches(plain: str, stretch: Marked, lex: Lexicon) -> list[re.Match[str]]:
    pattern = _FRENCH if lex.lang == "fr" else _ENGLISH
    found = []
    position = stretch.start + 2
    while (m := pattern.search(plain, position, stretch.end)) is not None:
        position = m.start() + 1
        form = m["verb"] or m["verb2"] if lex.lang == "en" else m["verb"]
        verb = lex.verbs.get(form.lower())
        clitic = m["clitic"] or (m["after"] or "").strip()
        inverted = bool(clitic) and plain[m.end() : m.end() + 1] in (",", ".")
        if not form.islower() or not (inverted or verb is not None and verb.groups & {"say", "manner"}):
            continue
        if lex.lang == "en" or clitic or _FRENCH_SUBJECT.match(plain, m.end()):
            found.append(m)
    return found


def _resume(plain: str, position: int, stretch: Marked) -> int | None:
    """Return where the speaker's words go on after a cue, or None when they do not."""
    stop = re.compile(r"(?<!\bM)(?<!\bMme)(?<!\bDr)[.!?…](?= |$)").search(plain, position, stretch.end)
    end = stop.end() if stop else stretch.end
    resumed = _RESUMES.search(plain, position, end)
    if resumed:
        return resumed.end()
    if end < stretch.end - 1:
        return end
    comma = plain.find(", ", position, end)
    return comma + 2 if comma >= 0 and stretch.closed else None
