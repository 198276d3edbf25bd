"""Relatives: "la mère du suspect" is "la mère de Paul Morel", when the article has one of each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from index.models import Quotation

_KIN = (
    "mère|père|veuve|veuf|épouse|époux|mari|compagne|compagnon|fiancée?|"
    "mother|father|widow|widower|wife|husband|partner|fiancée?"
)
_NAMED = re.compile(rf"(?:[Ll]a |[Ll]e |[Ll]['’]|[Tt]he )?({_KIN}) (?:de |d['’]|of )[A-ZÀ-Þ]")
_UNNAMED = re.compile(rf"(?:[Ll]a |[Ll]e |[Ll]['’]|[Tt]he )?({_KIN}) (?:du |de la |de l['’]|of the )[a-zà-ÿ]")


def name_relatives(quotations: Sequence[Quotation]) -> list[Quotation]:
    """Give relatives of somebody called by a common noun the name under which the article quotes them elsewhere.

    Nothing changes where the article quotes two of one relation: each may be another's.
    """
    named, unnamed = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for quotation in quotations:
        for pattern, kept in ((_NAMED, named), (_UNNAMED, unnamed)):
            if match := pattern.match(quotation.speaker or ""):
                kept[match[1]].add(quotation.speaker or "")
    same = {
        name: next(iter(named[kin]))
        for kin, names in unnamed.items()
        for name in names
        if len(names) == len(named[kin]) == 1
    }
    return [replace(q, speaker=same[q.speaker]) if q.speaker in same else q for q in quotations]
