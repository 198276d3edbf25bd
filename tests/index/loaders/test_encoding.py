import random

import pytest

from index.errors import SourceRefused
from index.loaders.encoding import Decoded, decode, mended

FRENCH = "« L’élue a dit : “c’est prévu…” – pour 5 € à Évreux, là où naît l’œuvre. »\r\n"
ENGLISH = "The mayor’s office said – again – that the café would stay."


@pytest.mark.parametrize("text", [FRENCH, FRENCH * 500, ENGLISH, "Été", "Plain."])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_text_is_read_in_any_of_the_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_latin_1_is_read() -> None:
    assert decode("Le député a été réélu à Évreux.".encode("latin-1")).text == "Le député a été réélu à Évreux."


def test_big_endian_mark_is_dropped() -> None:
    assert decode(b"\xfe\xff" + "Été".encode("utf-16-be")).text == "Été"


LATIN = ("Windows-1252", "iso-8859-1", "latin1", "ISO-8859-15")


@pytest.mark.parametrize(
    ("declared", "real", "encoding"),
    [
        *((declared, "utf-8", None) for declared in (None, "utf-8", "us-ascii", *LATIN)),
        *((declared, "cp1252", "Latin-1") for declared in (None, "utf-8", "us-ascii", "klingon", "iso-8859-1")),
        ("Windows-1252", "cp1252", "Windows-1252"),
        ("ISO-8859-15", "iso-8859-15", "ISO8859-15"),
        ("koi8-r", "koi8-r", "KOI8-R"),
        *((declared, "utf-16", "UTF-16") for declared in (None, *LATIN)),
    ],
)
def test_declared_encoding_and_the_real_one(declared: str | None, real: str, encoding: str | None) -> None:
    text = "Мэр открыла бассейн." if real == "koi8-r" else "Les crèches ont été fermées à Évreux."
    decoded = decode(text.encode(real), declared)
    assert (decoded.text, decoded.encoding) == (text, encoding)


@pytest.mark.parametrize(
    ("decoded", "text"),
    [
        ("Les crÃ¨ches", "Les crèches"),
        ("L\xe2\x80\x99\xc3\xa9lue", "L’élue"),
        ("Lâ€™Ã©lue", "L’élue"),
        ("Les crèches", "Les crèches"),
        ("L’œuvre", "L’œuvre"),
        ("Мэр", "Мэр"),
        ("Plain", "Plain"),
    ],
)
def test_text_that_a_library_decoded_otherwise_is_mended(decoded: str, text: str) -> None:
    assert mended(decoded) == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("Мэр пообещала открыть бассейн до начала лета.".encode("cp1251"), "looks like cp1251"),
        ("市長は火曜日に会見を行った。プールは夏に開く。".encode("shift_jis"), "encoding is not read"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (random.Random(1).randbytes(3_000), "binary"),
        (bytes(byte for byte in random.Random(2).randbytes(3_000) if byte), "binary"),
        ("déjà vu, déjà lu".encode() + b"\xff", "damaged bytes, the first at byte 20"),
        ("Été".encode("utf-16")[:-1], "not valid UTF-16-LE"),
    ],
)
def test_anything_else_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(SourceRefused, match=reason):
        decode(data)


@pytest.mark.parametrize(
    "text",
    [
        "Le préfet s’explique\n\n« La décision était nécessaire », a déclaré le préfet Gérard Hénault à Évreux.",
        "La ministre était là, dès l’été, où l’on fêtait Noël.\nElle a reçu les élus « en bonne et due forme ».",
    ],
)
def test_text_of_a_mac_is_read_and_told(text: str) -> None:
    assert decode(text.encode("mac-roman")) == Decoded(text, "Mac Roman")
