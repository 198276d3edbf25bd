"""What the chat and the Markdown of an answer tell of its citations, in the same words; nothing here is escaped."""

from __future__ import annotations

from assistant.models import Answer, Citation, Elsewhere, Excerpt, Quoted
from assistant.rendering.byline import Said, other_told
from assistant.rendering.locations import file_name
from assistant.texts.catalogue import Texts
from index.models import ArticleCard, Quotation
from index.quotations.certainty import certainty
from index.text.context import is_description, is_thing_of
from index.typography import fold


def where(article: ArticleCard, texts: Texts) -> str:
    """Return "outlet, date", as far as they are known."""
    day = texts.day(article.published) if article.published else None
    return ", ".join(part for part in (article.source, day) if part)


def nearest_heading(answer: Answer, texts: Texts) -> str:
    """Return what stands above the places that a refusal shows: words that come near, or where a thing is mentioned."""
    return texts.get("answer.mentioned" if answer.refusal == "unquoted" else "answer.nearest")


def cited_by(part: Quoted, answer: Answer) -> Citation:
    """Return the citation whose words a part of an answer shows."""
    return next(citation for citation in (*answer.citations, *answer.nearest) if citation.number == part.number)


def named(said: Quotation, texts: Texts) -> str:
    """Return who said words as a reader is told, as far as the article tells: "probably Ana Ruiz"."""
    name = said.speaker or said.speaker_as_written or texts.get("answer.unnamed")
    return texts.get("speaker.likely", speaker=name) if certainty(said) == "likely" else name


def perhaps(said: Quotation | None, texts: Texts, told: str | None = None) -> str:
    """Return who else may have said words, "or perhaps Luc Mas"; nothing where the speaker is sure or not named.

    Only somebody with a name, or told as one is ("un médecin"): "half of the valley's insects" is nobody. ``told``: the
    name as running text has it ("la préfecture").
    """
    other = said.alternative if said and certainty(said) == "likely" else None
    if said is None or not other or fold(other) == fold(said.speaker or "") or not _is_somebody(other):
        return ""
    return texts.get("speaker.perhaps", speaker=told or other)


def _is_somebody(name: str) -> bool:
    return (name[0].isupper() or is_description(name)) and not is_thing_of(name)


def around(key: str, hole: str, texts: Texts) -> list[str]:
    """Return what a sentence says before and after a hole, which markup fills."""
    return texts.get(key, **{hole: "\0"}).split("\0")


def looked_up(cited: Said, texts: Texts) -> list[str]:
    """Return the page or time and the file in which the words are found, as far as there are such."""
    file = file_name(cited.article.origin)
    return [*found_at(cited, texts), *([file] if file else [])]


def found_at(cited: Said | Excerpt, texts: Texts) -> list[str]:
    """Return the page or the time at which the words are found, as far as they are known."""
    page = texts.get("answer.page", page=str(cited.page)) if cited.page else None
    return [part for part in (page, cited.time) if part]


def outlet_of(place: Elsewhere, cited: Citation) -> str:
    """Return what to call a place that has the words of a citation too: its outlet, or its title if that tells more."""
    outlet = place.article.source
    return outlet if outlet and outlet != cited.article.source else place.article.title


def how_said(said: Quotation | None) -> str:
    """Return the key of the words that tell how something was said: its kind, "turn", or "passage" for nobody's."""
    return "passage" if said is None else "turn" if said.turn else said.kind


def nobody(said: Said, texts: Texts) -> str:
    """Return what stands for the speaker of words that are nobody's, or that somebody is said not to have said."""
    denied = said.quotation.disclaimed if said.quotation else None
    return texts.get("byline.disclaimed", speaker=denied) if denied else texts.get("answer.unnamed")


def doubts(said: Said, texts: Texts, other: bool = True) -> list[str]:
    """Return what stands in brackets behind a speaker's name: how sure it is, who else may be meant, who reports it.

    ``other``: whoever else may be meant is among them.
    """
    quotation = said.quotation
    if quotation is None:
        return []
    likely = texts.get("byline.likely") if certainty(quotation) == "likely" else ""
    via = texts.get("kind.via", via=quotation.via) if quotation.via else ""
    hedged = texts.get("byline.hedged") if quotation.hedge else ""
    return [part for part in (likely, perhaps_told(said, texts) if other else "", via, hedged) if part]


def perhaps_told(said: Said, texts: Texts) -> str:
    """Return who else may have said words, as running text has the name."""
    return perhaps(said.quotation, texts, other_told(said, texts.lang))


def tongue(lang: str, texts: Texts) -> tuple[str, str] | None:
    """Return the tag and the name of a language ("EN", "anglais"); None: it is the reader's, or not known."""
    return None if lang in ("", texts.lang) else (lang.upper(), texts.entry("languages").get(lang, lang))
