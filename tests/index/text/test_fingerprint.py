"""Near-duplicates: one row a case, as a journalist would judge it."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.fingerprint import FEWEST_WORDS, PLACES, ROWS, bands, fingerprint, may_be_versions, near_duplicates

WIRE = """Le ferry de nuit entre Port-Lanvel et Whitmouth reprendra la mer le 12 avril, après deux ans d’arrêt. La
compagnie Armor Traversées l’a annoncé vendredi devant le conseil du port. « Le bateau est prêt, l’équipage
aussi », a déclaré sa directrice, Clémence Arzel. Le navire, révisé à Brest pendant l’hiver, fera trois
rotations par semaine jusqu’en octobre.

Le prix du billet n’augmentera pas avant septembre, selon la compagnie. Les chauffeurs routiers auront leur
propre pont, ce que demandait leur syndicat depuis 2019. La ville avait mis de côté quatre millions d’euros
pour refaire le quai, fermé depuis la tempête de janvier. Les travaux sont terminés depuis lundi et la
commission de sécurité a donné son accord.

Sur le port, les commerçants attendent ce retour avec impatience. « Sans le ferry, nous perdions la moitié de
nos clients l’été », explique Hugo Vasselin, qui tient la librairie du quai. L’office du tourisme compte sur
vingt mille passagers."""

HEADLINE = "Port-Lanvel retrouve son ferry de nuit\n\n"
ADDED = """\n\nLe président de la région, interrogé samedi, s’est félicité de cette reprise, qu’il attribue à l’effort
de tous. Il a rappelé que la ligne fait vivre près de trois cents personnes des deux côtés de la Manche."""

REWRITE = """À partir d’avril, on pourra de nouveau traverser la Manche de nuit depuis Port-Lanvel. Deux ans après la
suspension de la ligne, Armor Traversées a convaincu les élus : son bateau, remis à neuf dans un chantier
brestois, partira trois soirs par semaine. Clémence Arzel, qui dirige la compagnie, assure que tout est en
ordre, à bord comme à terre. Les tarifs seront gelés tout l’été et les poids lourds voyageront à part, une
vieille revendication des routiers.

Le quai, abîmé par les vagues en janvier, a coûté quatre millions d’euros à la ville. Les inspecteurs sont
passés cette semaine. Dans sa librairie, Hugo Vasselin se réjouit : la moitié de sa clientèle d’été arrivait
par la mer. On espère vingt mille voyageurs d’ici l’automne."""

FOOTER = """\n\nAbonnez-vous à la lettre du matin pour recevoir chaque jour l’essentiel de l’actualité de votre commune.
Toute reproduction, même partielle, est interdite sans l’accord écrit de la rédaction du Courrier de Lanvel."""
MARKET = """La halle du marché fermera ses portes lundi pour trois semaines de travaux. Les étals seront installés place
de l’Église, a indiqué la mairie, qui promet un retour avant les fêtes. Les poissonniers garderont leur eau
courante."""
WOLVES = """Deux loups ont été aperçus mercredi par un berger sur le plateau de Valdorle. La préfecture a confirmé leur
passage après analyse des traces relevées dans la neige. Aucun troupeau n’a été attaqué, mais les éleveurs
demandent des filets."""


def plain(text: str) -> str:
    """The text as another outlet's system would print it."""
    return re.sub(r"\s+", " ", text).replace("’", "'").replace("« ", '"').replace(" »", '"').upper()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(WIRE, WIRE, True, id="the same text"),
        pytest.param(WIRE, plain(WIRE), True, id="other quotation marks, line breaks and capitals"),
        pytest.param(WIRE, HEADLINE + WIRE + ADDED, True, id="another headline and an added paragraph"),
        pytest.param(WIRE, WIRE.rpartition("\n\n")[0], True, id="the last paragraph cut"),
        pytest.param(WIRE + FOOTER, HEADLINE + WIRE, True, id="the outlet's own lines below"),
        pytest.param(WIRE, WIRE.replace("12 avril", "15 avril").replace("trois", "quatre"), True, id="a correction"),
        pytest.param(WIRE, REWRITE, False, id="a rewrite"),
        pytest.param(WIRE, WIRE.partition("\n\n")[0], False, id="a summary of its first paragraph"),
        pytest.param(MARKET + FOOTER, WOLVES + FOOTER, False, id="two short stories with the same boilerplate"),
        pytest.param(MARKET, WOLVES, False, id="two stories"),
        pytest.param(WIRE, WIRE + "\n\n" + REWRITE + "\n\n" + MARKET + WOLVES, False, id="a digest that holds it"),
        pytest.param("Le marché rouvre lundi.", "Le marché rouvre lundi !", False, id="too short to tell"),
    ],
)
def test_near_duplicates(one: str, other: str, same: bool) -> None:
    prints = [fingerprint(one), fingerprint(other)]
    if prints[0] is None or prints[1] is None:
        assert not same
        return
    assert bool(near_duplicates(prints[0], prints[1][None, :])[0]) is same
    assert bool(near_duplicates(prints[1], prints[0][None, :])[0]) is same
    if same:  # an index would have found it
        assert set(bands(prints[0])) & set(bands(prints[1]))


@pytest.mark.parametrize(("words", "told"), [(FEWEST_WORDS - 1, False), (FEWEST_WORDS, True)])
def test_a_very_short_text_has_no_fingerprint(words: int, told: bool) -> None:
    assert (fingerprint(" ".join(f"mot{n}" for n in range(words))) is not None) is told


def test_a_fingerprint_is_the_same_in_every_catalog() -> None:
    """It is stored: another value would part the articles of today from those of yesterday."""
    found = fingerprint(WIRE)
    assert found is not None
    assert (found.dtype, found.shape) == (np.dtype(np.uint32), (PLACES,))
    assert found[:4].tolist() == [58215096, 44020025, 31914151, 2832857]
    assert bands(found)[:2] == [-4152801345612285891, 3189538509289345041]


def test_each_band_is_a_number_that_the_catalog_can_hold() -> None:
    found = fingerprint(WIRE)
    assert found is not None
    numbers = bands(found)
    assert len(numbers) == PLACES // ROWS
    assert all(-(2**63) <= number < 2**63 for number in numbers)


@given(st.lists(st.sampled_from(["mer", "port", "quai", "ferry", "nuit", "loup", "berger", "halle"]), max_size=80))
def test_a_text_is_always_a_near_duplicate_of_itself(words: list[str]) -> None:
    found = fingerprint(" ".join(words))
    assert (found is None) is (len(words) < FEWEST_WORDS)
    if found is not None:
        assert near_duplicates(found, found[None, :]).tolist() == [True]


@pytest.mark.parametrize(
    ("one", "other", "versions"),
    [
        (WIRE, WIRE + ADDED, True),
        (WIRE, HEADLINE + WIRE[:400], True),
        (WIRE, WIRE.upper().replace("AVRIL", "MAI"), True),
        (WIRE, REWRITE, False),
        ("Le maire a dit oui à la piscine de la ville.", "Le préfet a dit non à la digue du port.", False),
        ("Le maire a dit oui à la piscine de la ville.", "Le maire a dit non à la piscine de la ville.", True),
        ("Ancien texte", "Autre chose", True),
    ],
)
def test_versions_of_one_article(one: str, other: str, versions: bool) -> None:
    assert may_be_versions(one, other) is may_be_versions(other, one) is versions
