"""Citation -> the words before it: when, where, who and how it was said, as a sentence in the answer's language."""

from __future__ import annotations

import re
from functools import cache

from assistant.certainty import certainty
from assistant.models import Citation
from assistant.texts.catalogue import Texts
from index.languages.lexicon import lexicon
from index.languages.speech_acts import speech_act
from index.typography import fold

_CLITIC = re.compile(r"-(?:t-)?(?:ils?|elles?|on|je)\b", re.IGNORECASE)
_FURTHER = ("pour", "for")
"""Words that name a source where a quotation has them for its cue, and much else elsewhere."""


def reporting(cited: Citation, texts: Texts) -> str:
    """How the words were said, after the speaker's name: the article's own verb when it is of the answer's language.

    "affirme-t-elle" becomes "affirme". Of a verb of another language only the act is given ("denied": "a démenti"), and
    where there is none, or no verb, a plain "said".
    """
    cue = _CLITIC.sub("", cited.cue or "").strip()
    if not cue or according(cited):
        return texts.get("byline.said")
    return cue if cited.article.lang == texts.lang else _act(cue, texts)


def _act(cue: str, texts: Texts) -> str:
    told: str = texts.entry("byline.acts").get(speech_act(cue), texts.get("byline.said"))
    return told


def according(cited: Citation) -> bool:
    """Tell whether the article names the speaker as a source ("selon", "according to") instead of with a verb."""
    return bool(_sources(cited.article.lang).match(fold(cited.cue or "")))


def naming(cited: Citation) -> str | None:
    """Return the key of the words around a speaker's name: "according to", "probably"; None: the name stands alone."""
    likely = cited.quotation is not None and certainty(cited.quotation) == "likely"
    if according(cited):
        return "byline.according_likely" if likely else "byline.according"
    return "speaker.likely" if likely else None


@cache
def _sources(lang: str) -> re.Pattern[str]:
    named = (re.escape(fold(source)) for source in (*lexicon(lang).before, *_FURTHER))
    return re.compile(rf"(?:{'|'.join(named)})(?!\w)")


def place_and_time(cited: Citation, texts: Texts) -> str:
    """When and where, as far as both are known: "Le 3 mars 2025, dans Le Courrier"."""
    published, source = cited.article.published, cited.article.source
    day = texts.get("byline.day", day=texts.day(published)) if published else ""
    outlet = texts.get("byline.outlet", outlet=source) if source else ""
    told = ", ".join(part for part in (day, outlet) if part)
    return told[:1].upper() + told[1:]
