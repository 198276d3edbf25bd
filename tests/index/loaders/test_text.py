from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import SourceRefused
from index.loaders import Refusal, load, load_text
from index.loaders.letters import composed
from index.loaders.text import LONGEST_TITLE
from index.models import Article, content_id


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("La piscine rouvre\n\nElle rouvrira en mai.", "La piscine rouvre"),
        ("\n \n  La   piscine rouvre  \nSuite", "La piscine rouvre"),
        ("# La piscine rouvre\n\nSuite", "La piscine rouvre"),
        ("---\n\nLa piscine rouvre", "La piscine rouvre"),
        ("#Piscine", "#Piscine"),
        ("mot " * 100, ("mot " * 50).strip() + "…"),
        ("x" * 300, "x" * LONGEST_TITLE + "…"),
    ],
)
def test_title_is_the_first_line_and_stays_in_the_text(text: str, title: str) -> None:
    article = load_text(text, key="a")
    assert (article.title, article.text) == (title, text)


def test_what_is_told_is_kept() -> None:
    article = load_text("Un texte.", key="a", title=" Un\ntitre ", lang="EN-gb", source="Le Fanal", url="u", origin="o")
    assert (article.title, article.lang, article.source, article.url, article.origin) == (
        "Un titre",
        "en",
        "Le Fanal",
        "u",
        "o",
    )
    assert (article.published, article.author) == (None, None)


@pytest.mark.parametrize("lang", [None, "xx", "?"])
def test_language_is_detected_when_it_is_not_told(lang: str | None) -> None:
    assert load_text("La maire a promis de rouvrir la piscine.", key="a", lang=lang).lang == "fr"


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=())))
def test_any_text_is_an_article_or_refused(text: str) -> None:
    try:
        article = load_text(text, key="a")
    except SourceRefused:
        return
    assert article.text == composed(text.replace("\r\n", "\n").replace("\r", "\n"))[0]
    assert article.id == content_id(article.text)
    assert article.text.encode() and article.title.encode() and article.title == article.title.strip()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\t\u00a0\n", "empty"),
        ("… – !", "no words"),
        ("Un\0deux", "binary"),
        ("\x01\x02\x03 deux", "binary"),
        ("Un \ud800 deux", "character 3 is not valid Unicode"),
        ("mot " * 30, "longer than 100 characters"),
    ],
)
def test_refused_texts(text: str, reason: str) -> None:
    with pytest.raises(SourceRefused, match=reason):
        load_text(text, key="a", limit=100)


def test_file_is_read_as_it_is_but_for_mark_and_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "piscine.txt"
    path.write_bytes("\ufeffLa piscine\r\n\r\n\r\n« Elle rouvre\u00a0»\rFin \n".encode())
    (article,) = load(path, 1_000)
    assert isinstance(article, Article)
    assert article.text == "La piscine\n\n\n« Elle rouvre\u00a0»\nFin \n"
    assert (article.key, article.origin) == ("piscine", str(path.resolve()))


@pytest.mark.parametrize(("length", "allowed"), [(100, True), (101, False), (5_000, False)])
def test_limit_counts_characters_of_any_width(tmp_path: Path, length: int, allowed: bool) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\ufeff" + "a" + "𝄞" * (length - 1), encoding="utf-8")
    (found,) = load(path, 100)
    assert isinstance(found, Article if allowed else Refusal)
    assert allowed or "longer than 100" in str(found)


@pytest.mark.parametrize(
    ("encoding", "form"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", "text in UTF-16"),
        ("utf-16-be", "text in UTF-16"),
        ("cp1252", "text in Windows-1252"),
        ("latin-1", "text in Latin-1"),
    ],
)
def test_encoding_is_stated(tmp_path: Path, encoding: str, form: str | None) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Élue, elle rouvrira la piscine" + (" – dit-elle." if encoding != "latin-1" else "."), encoding)
    (article,) = load(path, 1_000)
    assert isinstance(article, Article)
    assert article.form == form
