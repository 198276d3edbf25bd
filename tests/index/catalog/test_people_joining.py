"""Who is one with whom over several articles."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.catalog.people_joining import Identity, Naming, groups, identity, last_word, role_words
from index.models import SpeakerKind


def naming(
    name: str, article: str = "", kind: SpeakerKind = "person", gender: str = "", roles: tuple[str, ...] = ()
) -> Naming:
    return Naming(article or name, name, kind, gender, roles)


def told(namings: Sequence[Naming]) -> set[frozenset[Naming]]:
    return {frozenset(namings[at] for at in group) for group in groups(namings)}


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Étienne Lacombrade", "Etienne LACOMBRADE", "person"),
        ("Marie-Claude Vidal", "Marie Claude Vidal", "person"),
        ("compagnie Manche & Nuit", "Manche & Nuit", "body"),
        ("la compagnie Manche & Nuit", "Manche & Nuit", "body"),
        ("union Uni-École", "Uni-École", "body"),
    ],
)
def test_names_of_one(one: str, other: str, kind: SpeakerKind) -> None:
    assert groups([naming(one, kind=kind), naming(other, kind=kind)]) == [[0, 1]]


def test_a_body_and_a_place_of_one_name_are_one_and_a_person_is_another() -> None:
    kinds: list[SpeakerKind] = ["body", "place", "person"]
    assert groups([naming("Mirelongue Est", kind, kind) for kind in kinds]) == [[0, 1], [2]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (naming("Étienne Lacombrade"), naming("Hervé Lacombrade")),
        (naming("Dominique Vidal", "a", gender="Fem"), naming("Dominique Vidal", "b", gender="Masc")),
        (naming("Club Manche", kind="body"), naming("Manche", kind="body")),
        (naming("officials", "a", "crowd"), naming("officials", "b", "crowd")),
        (naming("Vidal", "a"), naming("Vidal", "b")),
    ],
)
def test_names_of_two(one: Naming, other: Naming) -> None:
    assert groups([one, other]) == [[0], [1]]


def test_one_whose_gender_is_not_told_is_neither_of_two_homonyms() -> None:
    genders = ["Fem", "", "Masc"]
    assert len(groups([naming("Dominique Vidal", gender, gender=gender) for gender in genders])) == 3
    assert len(groups([naming("Dominique Vidal", gender, gender=gender) for gender in genders[:2]])) == 1


MAYOR = naming("Paul Vidal", "whole", gender="Masc", roles=("maire de Morvillac",))


@pytest.mark.parametrize(
    ("short", "one"),
    [
        (naming("Vidal", roles=("maire",)), True),
        (naming("P. Vidal", roles=("ancien maire",)), True),
        (naming("J. Vidal", roles=("maire",)), False),
        (naming("Vidal"), False),
        (naming("Vidal", roles=("boulanger de Morvillac",)), False),
        (naming("Vidal", roles=("maire",), gender="Fem"), False),
        (naming("Vidal", "whole", roles=("maire",)), False),
    ],
)
def test_a_surname_means_the_only_one_who_bears_it_when_a_role_agrees(short: Naming, one: bool) -> None:
    assert (len(groups([MAYOR, short])) == 1) is one


def test_a_surname_that_two_bear_means_neither() -> None:
    short = naming("Vidal", roles=("maire",))
    assert groups([MAYOR, naming("Anne Vidal"), short]) == [[0], [1], [2]]


def test_surnames_of_two_genders_mean_nobody_whose_gender_is_not_told() -> None:
    whole = naming("Dominique Vidal", roles=("maire",))
    short = [naming("Vidal", gender, gender=gender, roles=("maire",)) for gender in ("Fem", "Masc")]
    assert groups([whole, *short]) == [[0], [1], [2]]


NAMINGS = st.builds(
    Naming,
    article_id=st.sampled_from("abcde"),
    name=st.sampled_from(["Paul Vidal", "paul vidal", "Anne Vidal", "Vidal", "P. Vidal", "compagnie Vidal", "Vidal"]),
    kind=st.sampled_from(["person", "person", "body", "place", "crowd"]),
    gender=st.sampled_from(["", "Masc", "Fem"]),
    roles=st.sampled_from([(), ("maire",), ("ancien maire",), ("boulangère",)]),
)


@given(st.lists(NAMINGS, max_size=9, unique=True), st.randoms(use_true_random=False))
def test_the_order_of_articles_makes_no_difference(namings: list[Naming], random: object) -> None:
    shuffled = namings.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert told(shuffled) == told(namings)
    assert sorted(at for group in groups(namings) for at in group) == list(range(len(namings)))


def test_what_is_told_of_one() -> None:
    namings = [MAYOR, naming("Vidal", "a"), naming("Vidal", "b"), naming("paul vidal", "c"), naming("Paul Vidal", "d")]
    assert identity(namings) == Identity("Paul Vidal", "person", "Masc")
    assert identity(namings[1:2]) == Identity("Vidal", "person", "")


def test_the_last_word_of_a_name() -> None:
    assert [last_word(name) for name in ("Manche & Nuit", "Uni-École", "&")] == ["nuit", "ecole", "&"]


@pytest.mark.parametrize("typed", ["la maire de Morvillac", "Maire  de Morvillac", "le maire de morvillac"])
def test_a_role_is_its_words_without_articles(typed: str) -> None:
    assert role_words(typed) == ("maire", "morvillac")
