"""Whether a text gives an office to a name, or merely names it nearby; all of it is invented."""

from __future__ import annotations

import pytest

from assistant.search.offices import holds_office, office_of, tokens_of


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Le maire, Marc Delorme, a ouvert la séance.", "delorme", "le maire"),
        ("Le maire de Morvillac, Marc Delorme, a ouvert la séance.", "delorme", "le maire de Morvillac"),
        ("Le maire de Morvillac Marc Delorme a ouvert la séance.", "delorme", "le maire"),
        ("Jeanne Pic, la bouchère, lui a répondu.", "pic", "la bouchère"),
        ("Jeanne Pic, 52 ans, bouchère à Lornec, lui a répondu.", "pic", "la bouchère"),
        ("Jeanne Pic, qui est bouchère, lui a répondu.", "pic", "la bouchère"),
        ("Jeanne Pic est la bouchère du port.", "pic", "la bouchère"),
        ("Le directeur de la verrerie Paul Aubin a ri.", "aubin", "le directeur de la verrerie"),
        ("The contractor, Bram Oster, was late.", "oster", "the contractor"),
        ("Ida Cole, the town's baker, said no.", "cole", "the baker"),
        ("Ida Cole was the harbour master.", "cole", "the harbour master"),
        ("Contractor Bram Oster was late.", "oster", "the contractor"),
    ],
)
def test_an_office_stands_beside_its_bearer(text: str, name: str, role: str) -> None:
    assert holds_office(tokens_of(text), name, office_of(role)[0])


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("La maire, Claire Besson, a mis en cause l'entrepreneur.", "besson", "l'entrepreneur"),
        ("Claire Besson, qui a remplacé l'entrepreneur, a ri.", "besson", "l'entrepreneur"),
        ("Claire Besson et l'entrepreneur ont signé.", "besson", "l'entrepreneur"),
        ("The mayor, Ada Finch, blamed the contractor.", "finch", "the contractor"),
        ("Ada Finch, blaming the contractor, left.", "finch", "the contractor"),
        ("The contractor blamed Ada Finch.", "finch", "the contractor"),
        ("The contractor of the quay told Ada Finch to wait.", "finch", "the contractor"),
        ("The contractor's lawyer, Ada Finch, was late.", "finch", "the contractor"),
        ("“No,” said Ada Finch. The contractor left.", "finch", "the contractor"),
        ("The contractor left. Ada Finch stayed.", "finch", "the contractor"),
    ],
)
def test_an_office_near_a_name_is_not_its(text: str, name: str, role: str) -> None:
    assert not holds_office(tokens_of(text), name, office_of(role)[0])
