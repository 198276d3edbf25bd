"""What stands around words, and how running text names who says them."""

from __future__ import annotations

import pytest

from index.models import Article, Quotation
from index.text.context import context_of, named

FRENCH = (
    "Le syndicat des conducteurs a appelé à la grève. « Nous attendons », a dit son délégué, « depuis mars ». "
    "Les manifestants sont partis. L’entourage de la maire ne dit rien, la préfecture non plus.\n\n"
    "Le Fanal a interrogé la sous-préfète. Son avocat se tait."
)
ENGLISH = "The county refused. A senior official said the Ellery Transit Authority was late. The Weekly Quill wrote it."


def article(text: str, lang: str) -> Article:
    return Article("0f" * 8, "a", "Titre", lang, text=text)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("syndicat des conducteurs", "le syndicat des conducteurs"),
        ("Les manifestants", "les manifestants"),
        ("entourage de la maire", "l'entourage de la maire"),
        ("préfecture", "la préfecture"),
        ("sous-préfète", "la sous-préfète"),
        ("avocat de Maud Roy", "l'avocat de Maud Roy"),
        ("Le Fanal", "Le Fanal"),
        ("un diplomate", "un diplomate"),
        ("Une équipe de chercheurs", "une équipe de chercheurs"),
        ("Maud Roy", "Maud Roy"),
        ("bateau", "bateau"),
    ],
)
def test_a_name_has_the_article_that_the_text_gives_it(name: str, told: str) -> None:
    assert named(article(FRENCH, "fr"), name) == told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("county", "the county"),
        ("A senior official", "a senior official"),
        ("Ellery Transit Authority", "the Ellery Transit Authority"),
        ("The Weekly Quill", "The Weekly Quill"),
        ("Weekly Quill", "the Weekly Quill"),
    ],
)
def test_an_english_name_has_its_article(name: str, told: str) -> None:
    assert named(article(ENGLISH, "en"), name) == told


def test_the_sentences_around_words_and_what_is_in_marks() -> None:
    read = article(FRENCH, "fr")
    start = FRENCH.index("depuis")
    said = Quotation(read.id, start, start + 11, "direct", "délégué du syndicat")
    context = context_of(read, said.start, said.end, said)
    assert context.between(*context.sentence) == "« Nous attendons », a dit son délégué, « depuis mars »."
    assert context.text.startswith("Le syndicat")
    assert context.text.rstrip().endswith("sont partis.")
    assert [context.between(*span) for span in context.marked] == ["Nous attendons", "depuis mars"]
    assert [context.between(*span) for span in context.marks] == ["« Nous attendons »", "« depuis mars »"]
    assert context.speaker == "le délégué du syndicat"


def test_who_else_may_have_spoken_has_its_article_too() -> None:
    read = article(FRENCH, "fr")
    said = Quotation(read.id, 0, 5, "direct", "Maud Roy", confidence=0.6, alternative="syndicat des conducteurs")
    assert context_of(read, 0, 5, said).alternative == "le syndicat des conducteurs"


@pytest.mark.parametrize("text", ["", " ", "«", "Un mot."])
def test_any_stretch_of_any_text_has_surroundings(text: str) -> None:
    context = context_of(article(text, "fr"), 0, len(text))
    assert context.between(0, len(text)) == text


def test_a_person_is_told_by_name() -> None:
    read = article("The Ana Ruiz Foundation met. Ana Ruiz left.", "en")
    said = Quotation(read.id, 29, 37, "direct", "Ana Ruiz", speaker_kind="person")
    assert context_of(read, 29, 37, said).speaker == "Ana Ruiz"
