"""Kin called by the relation to somebody, once with a name and once without."""

from __future__ import annotations

import pytest

from index.models import Quotation
from index.quotations.people.kinship import name_relatives


@pytest.mark.parametrize(
    ("speakers", "named"),
    [
        (["mère de Paul Morel", "mère du prévenu"], ["mère de Paul Morel", "mère de Paul Morel"]),
        (["la veuve du marin", "la veuve d’Yvon Le Goff"], ["la veuve d’Yvon Le Goff", "la veuve d’Yvon Le Goff"]),
        (["the father of the driver", "father of Ada Lorne"], ["father of Ada Lorne", "father of Ada Lorne"]),
        # two mothers: each may be another's
        (["mère de Paul Morel", "mère de Luc Pic", "mère du prévenu"], None),
        (["mère de Paul Morel", "mère de la victime", "mère du prévenu"], None),
        # somebody may have several lawyers, and these are others
        (["avocat de Paul Morel", "avocat du prévenu"], None),
        (["mère du prévenu", None, "Paul Morel"], None),
    ],
)
def test_one_relation_is_one_person(speakers: list[str | None], named: list[str] | None) -> None:
    quotations = [Quotation("id", n * 10, n * 10 + 5, "direct", speaker) for n, speaker in enumerate(speakers)]
    assert [q.speaker for q in name_relatives(quotations)] == (speakers if named is None else named)
