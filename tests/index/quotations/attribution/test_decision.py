"""What is weighed in the end keeps to what the words beside a quotation tell."""

from __future__ import annotations

import pytest

from index.embedding.token_states import TokenStates, open_token_states
from index.models import Article, content_id
from index.quotations.extractor import extract_quotations
from index.settings import IndexSettings


@pytest.fixture(scope="module")
def model() -> TokenStates | None:
    return open_token_states(IndexSettings(), lambda _: None)


ADDED = [
    (
        "La digue sera relevée\n\nLe maire de Port-Lanvel, Denis Arzel, a tranché : « la digue sera relevée d’un "
        "mètre ».\n\nLa réunion s’est tenue jeudi soir dans la salle des fêtes, devant cent habitants.\n\nLe conseil "
        "doit se prononcer avant la fin du mois, selon le calendrier affiché.\n\n« Nous avons trop attendu », "
        "a-t-il {}.",
        "Denis Arzel",
    ),
    (
        "Le bac est vendu\n\n« Le bac est vendu », a annoncé la maire, Solène Kerdreux.\n\nLa compagnie emploie trente "
        "personnes au port depuis dix ans.\n\n« Les marins gardent leur place », a-t-elle {}.",
        "Solène Kerdreux",
    ),
]


@pytest.mark.parametrize("verb", ["ajouté", "poursuivi", "conclu"])
@pytest.mark.parametrize(("text", "speaker"), ADDED)
def test_who_goes_on_is_a_person_who_spoke_and_no_body_named_since(
    model: TokenStates | None, text: str, speaker: str, verb: str
) -> None:
    told = text.format(verb)
    article = Article(content_id(told), "a", told.partition("\n")[0], "fr", text=told)
    last = extract_quotations(article, model)[-1]
    assert (last.speaker, last.confidence is not None and 0 < last.confidence <= 1) == (speaker, True)
