"""What a page prints beside the words of its article: links to others, and who wrote it with whom."""

from __future__ import annotations

import functools
import re

from lxml import etree

from index.languages.data_files import every

_LINKED = etree.XPath("(//p | //div | //aside | //li | //strong | //h4)[.//a and not(.//p or .//div or .//li)]")
_LONGEST = 500


def leave_out_leads(tree: etree._Element) -> None:
    """Take out of a page the lines that lead to other articles ("Read also: …"), when all behind that is a link."""
    for element in _LINKED(tree):
        words = " ".join("".join(element.itertext()).split())
        lead = _leads().match(words) if len(words) <= _LONGEST else None
        linked = " ".join(" ".join("".join(link.itertext()) for link in element.iter("a")).split())
        parted = lead and (lead["mark"] or not linked.startswith(lead[0].strip()))
        if lead and parted and words[lead.end() :].strip(" .") in linked:
            tail = element.tail
            element.clear()
            element.tail = tail


def byline_told(written: str | None) -> str | None:
    """Return the name in a byline ("Par Léa Morin avec AFP"), None when there is none."""
    return _with_agency().sub("", _before().sub("", " ".join((written or "").split()))).strip(" ,;:") or None


@functools.cache
def _leads() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{_any('leads')})(?:(?P<mark>\W*[:>»–—|→]\W*)|\s+|\Z)", re.I)


@functools.cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"\A(?i:{_any('before_author')})(?:\s*:)?\s+(?=[^\W\d_a-zà-ÿ])")


@functools.cache
def _with_agency() -> re.Pattern[str]:
    return re.compile(rf"[\s,(]+(?i:{_any('with')})\s+(?:l['’])?[A-Z]{{2,5}}\)?\Z")


def _any(name: str) -> str:
    known = [words for data in every("beside") for words in data[name]]
    return "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
