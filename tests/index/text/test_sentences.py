import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.text.sentences import Spans, paragraphs, quoted, sentences

pieces = st.sampled_from(
    [
        "M. ",
        "Mme. ",
        "U.S. ",
        "Elle part. ",
        "Oui. Oui. ",
        "…",
        "?! ",
        "12. ",
        "3.5",
        "語。",
        "a",
        " ",
        "\u00a0",
    ]
    + ["« ", " »", "“", "”", '"', "'", "‘", "’", "\n", "\r\n", "\n\n \n", "e\u0301", "\u0301", "👩\u200d🚀"]
)
any_text = st.text(st.characters(exclude_categories=())) | st.lists(pieces).map("".join)


def slices(text: str, spans: Spans) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    "text",
    [
        # One sentence a part, parts divided by "|".
        "Elle a promis un vote.| Il aura lieu en mai.",
        "Mme. Ruiz est venue avec M. Le Goff et le Dr. Blanc.| Me. Roux les attendait.",
        "Le budget atteint 3.5 millions.| Il double.",
        "Rendez-vous à 10 h. 30 devant la mairie.| La foule attend.",
        "À 10\u00a0h.| La foule attend.",
        "Voir p. 12, art. 5 et cf. Blanc.| Le reste suit.",
        "C'est de l'art.| Le public hésite.",
        "J. K. Rowling a lu A. Le Pen et J.-P. Roux.| Rien de plus.",
        "George W. Bush met U.S. Steel.| He left the U.S.| The plane was late.",
        "Smith Inc. sold it.| Jones Ltd.| The rest followed.",
        "He said no.| Then he left for No. 10.",
        "Les pommes, les poires, etc. sont mûres.| Les prunes, etc.| Il faut attendre.",
        "Rome tombe vers 50 av. J.-C. et renaît.",
        "Il hésite… puis part.| Elle hésite...| Rien.",
        "Vraiment ?!| Oui !| Non.",
        "« Que faire ? » demande-t-elle.| « Partir. »| Il part.",
        "“Why? Tell me. Now.” Smith asked.| “Go.”| He went.",
        '"Why?" the old mayor asked.| "Because."| The end.',
        "Il a dit : « Nous irons. Nous verrons. »| Puis, plus bas : « Ou pas ».| La salle rit.",
        "« On lui a dit : “Partez. Vite.” Il est resté. »| Elle rit.",
        "‘They’re late. It’s a habit,’ he said.| The workers’ rights won’t wait.",
        "'They're late. It's a habit,' he said.| It's over.",
        "Il est tard (voir plus haut.)| La nuit tombe.[2]| Les rues se vident.",
        "[…] Il se tait.| […] Elle reprend.",
        "1. Ouvrir la porte.| 2. La fermer.",
        "Visitez www.exemple.fr ou écrivez à a.b@exemple.fr.| Merci.",
        "– Vous venez ?| – Oui.",
        "大統領は言った。|彼は去った。",
        "彼は言った。'語'",
        "Titre sans point\n\n \n|Premier paragraphe.| Suite.\r\n|Fin",
        " \n Elle part.| Il reste.",
        "Elle a promis,\nlundi, un\r\nvote.| Il aura lieu\n|En mai\n\n|ou en juin.",
        "Il lance : « Nous savons. Eh bien, ils peuvent essayer.\n|Le lendemain, rien.| Rien.",
        "« Je pars. Demain.\n|« Ou ce soir. Peut-être. »| Il rit.",
        "« Je pars. Demain.\n|Ou ce soir. Peut-être », dit-il.| Il rit.",
    ],
)
def test_where_sentences_end(text: str) -> None:
    marked = text.replace("| ", " |")
    assert slices(marked.replace("|", ""), sentences(marked.replace("|", ""))) == marked.split("|")


@settings(deadline=None)
@given(any_text)
def test_sentences_and_paragraphs_tile_any_text(text: str) -> None:
    for spans in (sentences(text), paragraphs(text)):
        assert "".join(slices(text, spans)) == text
        assert all(start < end for start, end in spans)
    assert {end for _, end in paragraphs(text)} <= {end for _, end in sentences(text)}


@settings(deadline=None)
@given(any_text)
def test_no_sentence_ends_inside_quotation_marks(text: str) -> None:
    ends = {end for _, end in sentences(text)}
    for start, end in quoted(text):
        assert not ends & set(range(start + 1, end))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il dit « oui » et « non ».", ["« oui »", "« non »"]),
        ("« Il a dit “oui”. »", ["« Il a dit “oui”. »"]),
        ("« Un « deux » trois »", ["« Un « deux » trois »"]),
        ('Un "deux" trois "quatre', ['"deux"', '"quatre']),
        ("Un “deux trois\n\nquatre “cinq”", ["“deux trois\n\n", "“cinq”"]),
        ("Un “deux“ trois ”Hej” quatre", ["“deux“", "”Hej”"]),
        ("„Eins.“ Zwei", ["„Eins.“"]),
        ("« Un\n\ndeux » trois", ["« Un\n\n", "deux »"]),
        ("Un » deux", []),
        ("L’un n’a qu’un ‘titre’.", ["‘titre’"]),
        ("5'10\" de haut", []),
        ("", []),
    ],
)
def test_quoted(text: str, expected: list[str]) -> None:
    assert slices(text, quoted(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        '"' * 10_000,
        "«" * 10_000 + "”" * 10_000,
        "'a " * 100_000,
        "mot" * 300_000,
        ". " * 100_000,
        "A. " * 100_000,
        "« A. B » " * 20_000,
        " " * 1_000_000,
        "\n" * 1_000_000,
        "?" * 1_000_000,
    ],
    ids=lambda text: repr(text[:8]),
)
@pytest.mark.timeout(30)  # a quadratic step would take minutes
def test_hostile_texts_are_tiled_too(text: str) -> None:
    assert "".join(slices(text, sentences(text))) == text
