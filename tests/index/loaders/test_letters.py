"""Letters that came apart, with something unseen between them, or wrongly decoded."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.loaders import Note, load_document, load_text
from index.loaders.letters import composed, rightly_decoded
from index.models import Article, content_id
from tests.documents import word

SAID = "« L’été a été très sec à Évry », a déclaré la préfète Zoé Lépine."


def read(data: bytes, name: str) -> list[object]:
    return list(load_document(data, name, None, origin=f"/in/{name}", limit=100_000))


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.txt", str.encode),
        ("a.html", lambda text: f"<p>{text}</p>".encode()),
        ("a.docx", lambda text: word([text])),
        ("a.jsonl", lambda text: f'{{"text": "{text}"}}'.encode()),
        ("a.rtf", lambda text: rb"{\rtf1 " + "".join(f"\\u{ord(char)}?" for char in text).encode() + b"}"),
    ],
)
@pytest.mark.parametrize(
    "broken",
    [
        unicodedata.normalize("NFD", SAID),
        SAID.replace("préfète", "pré\u00adfète").replace("Lépine", "Lé\u200bpi\u00adne"),
        SAID.replace("Lépine", "Lé\u2060pi\ufeffne").replace("Zoé", "Z\u200coé"),
    ],
)
def test_letters_are_whole_in_every_form(name: str, make: type, broken: str) -> None:
    (found,) = read(make(broken), name)
    assert isinstance(found, Article) and found.text == SAID


@pytest.mark.parametrize("text", ["👩\u200d👧 dit oui", "می\u200cخواهم", "Œuvre ﬁnie ², « oui » – “no”…\u00a0!"])
def test_what_has_a_meaning_is_kept(text: str) -> None:
    assert load_text(text, key="a").text == text


def test_pages_and_times_begin_where_they_did() -> None:
    text = unicodedata.normalize("NFD", "Été.\n\nDé\u00adbut.\n\nFin.")
    found = load_text(text, key="a", pages=(0, text.index("D")), times=((0, 1), (text.index("F"), 9)))
    assert found.text[found.pages[1] :].startswith("Début")
    assert found.text[found.times[1][0] :] == "Fin." and found.times[1][1] == 9


@given(st.text(), st.lists(st.integers(0, 50)))
def test_what_is_composed_stays_so_and_places_stay_in_order(text: str, begins: list[int]) -> None:
    places = sorted(min(begin, len(text)) for begin in begins)
    whole, anew = composed(text, places)
    assert anew == sorted(anew) and len(anew) == len(places) and all(0 <= place <= len(whole) for place in anew)
    if not places:
        assert unicodedata.normalize("NFC", whole) == whole


def wrong(text: str, encoding: str = "cp1252") -> str:
    return text.encode().decode(encoding)


@pytest.mark.parametrize(
    "broken",
    [
        SAID.encode().decode("latin-1"),
        "".join(wrong(c) if c not in "àÉ" else c.encode().decode("latin-1") for c in SAID),
        wrong("« L’été a été très sec ") + "à Évry" + wrong(" », a déclaré la préfète Zoé Lépine."),
    ],
)
def test_wrongly_decoded_letters_are_mended_and_it_is_told(broken: str) -> None:
    found, note = read(f"Météo\n\n{broken}".encode(), "a.txt")
    assert isinstance(found, Article) and found.text == f"Météo\n\n{SAID}"
    assert isinstance(note, Note) and "decoded wrongly" in str(note) and note.source == "a.txt"


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.html", lambda text: f"<p>{text}</p>".encode()), ("a.docx", lambda text: word([text]))],
)
def test_wrongly_decoded_letters_of_documents_are_mended(name: str, make: type) -> None:
    text = "L’élue María Ruíz a dit « où ? » près d’Évian."
    found, note = read(make("".join(wrong(c) if c not in "íà" else wrong(c, "latin-1") for c in text)), name)
    assert isinstance(found, Article) and found.text == text and isinstance(note, Note)


def test_pages_and_times_begin_where_they_did_when_letters_are_mended() -> None:
    parts = [wrong(f"L’été no {number} a été sec. ") for number in range(2_000)]
    begins = [sum(map(len, parts[:number])) for number in range(2_000)]
    text = "".join(parts).strip()
    found = rightly_decoded(
        Article(
            "", "a", "", "fr", text=text, pages=tuple(begins[:3]), times=tuple(zip(begins, range(2_000), strict=True))
        )
    )
    assert found is not None
    assert [found.text[begin:].partition(" ")[0] for begin, _ in found.times] == ["L’été"] * 2_000
    assert found.pages == tuple(begin for begin, _ in found.times[:3]) and found.times[-1][1] == 1_999


def test_mended_letters_are_whole() -> None:
    text = unicodedata.normalize("NFD", "L’été à Évry, déclaré là.")
    found, _ = read(wrong(text, "latin-1").encode(), "a.txt")
    assert isinstance(found, Article) and found.text == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("text", [SAID, "SÃO PAULO, dit « Â ».", "L’anneau “Â” est rare.", "Ça coûte 3 € à l’été…"])
def test_right_letters_are_left_alone_and_nothing_is_told(text: str) -> None:
    (found,) = read(text.encode(), "a.txt")
    assert isinstance(found, Article) and found.text == text


@pytest.mark.parametrize(
    ("head", "text"),
    [
        (r"\mac", "Le mac : « l’été »"),
        (r"\mac\ansicpg10000", "Le mac : « l’été »"),
        (r"\ansi\ansicpg10000", "Le mac : « l’été »"),
    ],
)
def test_rich_text_of_a_mac_has_its_letters(head: str, text: str) -> None:
    codes = "".join(char if char.isascii() else f"\\'{char.encode('mac_roman').hex()}" for char in text)
    (found,) = read(rf"{{\rtf1{head}\deff0 {codes}\par \uc1\u8220\'d2Oui\u8221\'d3}}".encode(), "a.rtf")
    assert isinstance(found, Article) and found.text == f"{text}\n\n“Oui”"


@pytest.mark.parametrize(("head", "encoding"), [(r"\pc", "cp437"), (r"\pca", "cp850"), (r"\pca\ansicpg1252", "cp1252")])
def test_rich_text_of_old_programs_has_its_letters(head: str, encoding: str) -> None:
    codes = "".join(char if char.isascii() else f"\\'{char.encode(encoding).hex()}" for char in "Un été à Évry")
    (found,) = read(rf"{{\rtf1{head} {codes}}}".encode(), "a.rtf")
    assert isinstance(found, Article) and found.text == "Un été à Évry"


def test_marks_beside_an_accent_are_not_taken_for_wrongly_decoded_letters() -> None:
    for text in (
        "Il s’est arrêté là à»“, et puis à»“ encore, à»“ toujours.",
        "La foire d’Évry.\nÍ¬À\nElle n’aura pas lieu, dit Zoé Í¬À.",
        "« Oui »à côté, « non »é, « où »ô, «éveil», œ »é.",
    ):
        assert rightly_decoded(Article(content_id(text), "a", "", "fr", text=text)) is None


def test_a_mended_title_is_a_line() -> None:
    found, _ = read(wrong("L’été\u2028à Évry", "latin-1").encode(), "a.txt")
    assert isinstance(found, Article) and found.title == "L’été à Évry"


def test_the_language_is_that_of_the_letters_as_they_are_mended() -> None:
    said = "La crèche ferme\n\n« Nous n’avons pas été prévenus », a déclaré la préfète Hélène Orsel."
    found = load_document(said.encode().decode("cp1252").encode(), "a.txt", None, origin="o", limit=1_000)
    assert [article.lang for article in found if isinstance(article, Article)] == ["fr"]
