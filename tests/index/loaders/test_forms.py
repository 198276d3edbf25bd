"""One table a form: a document as it comes, and what is taken from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from index.loaders import Refusal, load, load_document
from index.loaders.forms import MEDIA_TYPES, SUFFIXES
from index.models import Article
from tests.documents import archive, block, book, mail, open_document, pdf, word, workbook

WORDS = "La maire a promis de rouvrir la piscine."
PAGE = """<html lang="fr"><head><title>La piscine rouvre | Le Fanal</title>
<meta property="og:site_name" content="Le Fanal"><meta name="author" content="Ana Roux">
<meta property="article:modified_time" content="2025-05-04T10:00:00+01:00">{marks}</head>
<body><nav><a href="/">Accueil</a> <a href="/sports">Sports</a></nav><article><h1>La piscine rouvre</h1>
<p>La maire a promis de rouvrir la piscine municipale avant le début de l’été prochain, le 2 avril 2031.</p>
<p>« Elle ouvrira en mai »,<br> a déclaré <b>Mme Roux</b> devant le conseil.</p></article>
<footer>© 2024 Le Fanal</footer><script>var piscine = 1</script></body></html>"""
FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Le Fanal</title>
<item><title>Un &amp; deux</title><link>https://fanal.example/1</link><guid>n-1</guid><author>Ana Roux</author>
<pubDate>Tue, 04 Mar 2025 23:30:00 -0500</pubDate><description>Court.</description>
<content:encoded>&lt;p&gt;La maire parle.&lt;/p&gt;&lt;p&gt;Elle rit.&lt;/p&gt;</content:encoded></item>
<item><link>https://fanal.example/2</link><description>Sans titre ni date.</description></item>
<item><title>Vide</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Beacon</title>
<entry><title type="html">One &amp;amp; two</title>
<id>tag:1</id><link href="https://beacon.example/1"/><updated>2025-04-01T00:00:00Z</updated>
<content type="html">&lt;p&gt;The mayor spoke.&lt;/p&gt;</content></entry></feed>"""


def read(data: bytes, name: str, kind: str | None = None, limit: int = 100_000) -> list[Article | Refusal]:
    return list(load_document(data, name, kind, origin=f"/in/{name}", limit=limit))


def article(data: bytes, name: str, kind: str | None = None) -> Article:
    (found,) = read(data, name, kind)
    assert isinstance(found, Article), found
    return found


def refusal(data: bytes, name: str, kind: str | None = None, limit: int = 100_000) -> str:
    (found,) = read(data, name, kind, limit)
    assert isinstance(found, Refusal), found
    assert "\n" not in str(found)
    return str(found.reason)


DOCUMENTS = {
    "a.txt": WORDS.encode(),
    "a.text": WORDS.encode(),
    "a.md": WORDS.encode(),
    "a.markdown": WORDS.encode(),
    "a.html": f"<html><body><p>{WORDS}</p></body></html>".encode(),
    "a.htm": f"<p>{WORDS}</p>".encode(),
    "a.xhtml": f'<?xml version="1.0" encoding="utf-8"?><html><body><p>{WORDS}</p></body></html>'.encode(),
    "a.mhtml": b"Content-Type: text/html; charset=utf-8\nMIME-Version: 1.0\n\n" + f"<p>{WORDS}</p>".encode(),
    "a.mht": b"Content-Type: text/html; charset=utf-8\nMIME-Version: 1.0\n\n" + f"<p>{WORDS}</p>".encode(),
    "a.pdf": pdf([block(50, 100, [WORDS])]),
    "a.docx": word([WORDS]),
    "a.odt": open_document([WORDS]),
    "a.rtf": rb"{\rtf1\ansi " + WORDS.encode() + b"}",
    "a.epub": book([f"<html><body><p>{WORDS}</p></body></html>"]),
    "a.eml": mail(WORDS, Subject="Piscine"),
    "a.srt": f"1\n00:00:01,000 --> 00:00:02,000\n{WORDS}\n".encode(),
    "a.vtt": f"WEBVTT\n\n00:01.000 --> 00:02.000\n{WORDS}\n".encode(),
    "a.rss": f'<rss version="2.0"><channel><item><description>{WORDS}</description></item></channel></rss>'.encode(),
    "a.atom": f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><summary>{WORDS}</summary></entry></feed>'.encode(),
    "a.xml": f'<rss version="2.0"><channel><item><description>{WORDS}</description></item></channel></rss>'.encode(),
    "a.csv": f"text\n{WORDS}\n".encode(),
    "a.xlsx": workbook([["texte"], [WORDS]]),
    "a.json": f'[{{"text": "{WORDS}"}}]'.encode(),
    "a.mbox": b"From a@b.c Mon Mar 04 09:00:00 2024\n" + mail(WORDS, Subject="Piscine"),
    "a.tsv": f"id\ttext\n1\t{WORDS}\n".encode(),
    "a.jsonl": f'{{"text": "{WORDS}"}}\n'.encode(),
    "a.zip": archive({"folder/a.txt": WORDS.encode()}),
}


def test_there_is_a_document_of_every_form() -> None:
    assert {Path(name).suffix for name in DOCUMENTS} == set(SUFFIXES)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_form_gives_the_words_as_file_and_as_bytes(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(DOCUMENTS[name])
    for found in (*load(tmp_path / name, 1_000), *read(DOCUMENTS[name], name)):
        assert isinstance(found, Article), found
        assert (found.text, found.lang, found.published) == (WORDS, "fr", None)


@pytest.mark.parametrize(
    ("name", "kind", "form"),
    [
        ("a.html", "text/html; charset=utf-8", "HTML"),
        ("a.html", None, "HTML"),
        ("a.html", "text/plain", "HTML"),
        ("a.pdf", "application/octet-stream", "PDF"),
        ("a.rss", "application/rss+xml", "feed"),
        ("a.txt", "text/plain; charset=utf-8", None),
    ],
)
def test_form_of_fetched_bytes(name: str, kind: str | None, form: str | None) -> None:
    assert article(DOCUMENTS[name], name, kind).form == form
    if kind != "text/plain":
        assert article(DOCUMENTS[name], "2025/piscine", kind).form == form


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "application/javascript"])
def test_fetched_bytes_of_another_kind_are_refused(kind: str) -> None:
    assert f"{kind} is not read. Use .txt, " in refusal(b"x", "piscine", kind)


@pytest.mark.parametrize(
    ("kind", "data", "form"),
    [
        (
            "text/plain; charset=iso-8859-15",
            "5 € pour l’été".replace("’", "'").encode("iso-8859-15"),
            "text in ISO8859-15",
        ),
        ("text/plain; charset=utf-8", "Été à Évreux, elle a été élue.".encode("cp1252"), "text in Latin-1"),  # it lies
        ("text/plain; charset=klingon", "Été".encode(), None),
        ("text/plain; charset=base64", b"abcd", None),
    ],
)
def test_declared_encoding_counts_when_the_bytes_bear_it_out(kind: str, data: bytes, form: str | None) -> None:
    assert article(data, "a", kind).form == form


@pytest.mark.parametrize(
    ("marks", "published"),
    [
        ('<meta property="article:published_time" content="2025-03-04T10:00:00+01:00">', date(2025, 3, 4)),
        ('<script type="application/ld+json">{"datePublished": "2025-03-04"}</script>', date(2025, 3, 4)),
        ('<time itemprop="datePublished" datetime="2025-03-04">mardi</time>', date(2025, 3, 4)),
        ('<link rel="canonical" href="https://fanal.example/2025/03/04/piscine">', date(2025, 3, 4)),
        ('<script type="application/ld+json">{"dateModified": "2025-06-01"}</script>', None),
        ('<time datetime="2025-03-04">mardi</time>', None),  # of what?
        ("", None),  # neither the day in the text, nor the one of the last change, nor the copyright's year
    ],
)
def test_page_tells_its_day_or_does_not(marks: str, published: date | None) -> None:
    assert article(PAGE.format(marks=marks).encode(), "a.html").published == published


def test_page_gives_its_article_alone() -> None:
    found = article(PAGE.format(marks='<link rel="canonical" href="https://fanal.example/p">').encode(), "a.html")
    assert found.text == (
        "La piscine rouvre\n\nLa maire a promis de rouvrir la piscine municipale avant le début de l’été prochain, "
        "le 2 avril 2031.\n\n« Elle ouvrira en mai »,\na déclaré Mme Roux devant le conseil."
    )
    assert (found.title, found.author, found.source) == ("La piscine rouvre", "Ana Roux", "Le Fanal")
    assert (found.url, found.form, found.key) == ("https://fanal.example/p", "HTML", "a")


def test_address_that_a_page_was_fetched_from_goes_first() -> None:
    page = PAGE.format(marks='<link rel="canonical" href="https://fanal.example/p">').encode()
    (found,) = load_document(page, "p", "text/html", origin="o", url="https://fanal.example/x", limit=10_000)
    assert isinstance(found, Article)
    assert (found.url, found.origin) == ("https://fanal.example/x", "o")


@pytest.mark.parametrize(
    ("declared", "encoding"), [("utf-8", "utf-8"), ("iso-8859-1", "cp1252"), ("windows-1252", "cp1252"), ("x", "utf-8")]
)
def test_encoding_of_a_page(declared: str, encoding: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>L’été à Évreux – enfin.</p></body></html>'
    assert article(page.encode(encoding), "a.html").text == "L’été à Évreux – enfin."


CRECHES = "Les crèches ont été fermées à Évreux."
SUBJECT = "=?iso-8859-1?Q?Les_cr=C3=A8ches_ont_=C3=A9t=C3=A9_ferm=C3=A9es_=C3=A0_=C3=89vreux.?="
DECLARED_LATIN: dict[str, bytes] = {
    "a.html": f'<html><head><meta charset="windows-1252"><title>{CRECHES}</title></head><p>{CRECHES}</p>'.encode(),
    "a.xml": (
        f'<?xml version="1.0" encoding="iso-8859-1"?><rss version="2.0"><channel><title>{CRECHES}</title><item>'
        f"<title>{CRECHES}</title><description>{CRECHES}</description></item></channel></rss>"
    ).encode(),
    "a.eml": f"Subject: {SUBJECT}\nContent-Type: text/plain; charset=windows-1252\n\n{CRECHES}".encode(),
    "a.mhtml": f"Content-Type: text/html; charset=iso-8859-1\n\n<p>{CRECHES}</p>".encode(),
    "a.rtf": rb"{\rtf1\ansi\ansicpg1252 " + CRECHES.encode() + b"}",
    "a.csv": f"title,text\n{CRECHES},{CRECHES}\n".encode(),
    "a.txt": CRECHES.encode(),
}


@pytest.mark.parametrize("name", DECLARED_LATIN)
@pytest.mark.parametrize("charset", ["", "; charset=windows-1252", "; charset=iso-8859-1"])
def test_utf8_that_is_declared_to_be_in_latin_letters_is_utf8(name: str, charset: str) -> None:
    kind = {form: kind for kind, form in MEDIA_TYPES.items()}.get(SUFFIXES[Path(name).suffix], "text/plain")
    found = article(DECLARED_LATIN[name], name, kind + charset)
    assert found.text == CRECHES
    assert found.title == CRECHES


RICH = r"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times;}}{\info{\title Un \'e9t\'e9}{\author Ana Roux}}
L\'92\'e9lue dit \u171? oui \u187?.\par Un {\b deuxi\'e8me}.\par
{\field{\*\fldinst{HYPERLINK "https://x.example"}}{\fldrslt un lien}}\par \u-10179?\u-8704?}"""


def test_rich_text_is_read() -> None:
    rtf = RICH.encode()
    found = article(rtf, "a.rtf")
    assert found.text == "L’élue dit « oui ».\n\nUn deuxième.\n\nun lien\n\n😀"
    assert (found.title, found.author, found.form) == ("Un été", "Ana Roux", "RTF")


@pytest.mark.parametrize(("make", "form"), [(word, "DOCX"), (open_document, "ODT")])
def test_office_document_gives_paragraphs_and_tables_in_order(make: type, form: str) -> None:
    found = article(make(["Un.", "", "Deux\tmots."], ["A", "B"], "Le titre", "Ana Roux"), f"a.{form.lower()}")
    assert (found.text, found.form) == ("Un.\n\nDeux mots.\n\nA\n\nB\n\nFin.", form)
    assert (found.title, found.author, found.published) == ("Le titre", "Ana Roux", None)


@pytest.mark.parametrize("title", ["", "Word Document", "Microsoft Word - x.doc", "piscine_v3.docx"])
@pytest.mark.parametrize(("make", "suffix"), [(word, "docx"), (open_document, "odt")])
def test_what_a_program_filled_in_is_not_told(make: type, suffix: str, title: str) -> None:
    found = article(make(["Un texte."], (), title, "Microsoft Office User"), f"a.{suffix}")
    assert (found.title, found.author) == ("Un texte.", None)


def test_book_gives_its_chapters_in_order() -> None:
    package = "<dc:title>Le livre</dc:title><dc:creator>Ana Roux</dc:creator><dc:creator>Luc Bey</dc:creator>"
    package += '<dc:publisher>Le Fanal</dc:publisher><dc:date opf:event="modification">2025-01-01</dc:date>'
    chapters = ["<html><head><title>x</title></head><body><h1>Un</h1><p>L’été.</p></body></html>", "<p>Deux.</p>"]
    found = article(book(chapters, package + "<dc:date>2024-03-02</dc:date>"), "a.epub")
    assert (found.text, found.form) == ("Un\n\nL’été.\n\nDeux.", "EPUB")
    assert (found.title, found.author, found.source) == ("Le livre", "Ana Roux; Luc Bey", "Le Fanal")
    assert found.published == date(2024, 3, 2)


HEADERS = {"Subject": "La piscine été", "From": "Ana Roux <ana@x.example>", "Date": "Tue, 04 Mar 2025 23:30:00 -0500"}


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (mail("Bonjour à tous.\n\nÀ mardi.\n", **HEADERS), "Bonjour à tous.\n\nÀ mardi."),
        (mail("Le texte.\n", "<p>La page.</p>", **HEADERS), "Le texte."),
        (mail("", "<p>La <b>page</b>.</p><p>Fin.</p>", **HEADERS), "La page.\n\nFin."),
    ],
)
def test_mail_is_an_article(data: bytes, text: str) -> None:
    found = article(data, "a.eml")
    assert (found.text, found.form) == (text, "mail")
    assert (found.title, found.author, found.published) == ("La piscine été", "Ana Roux", date(2025, 3, 4))


def test_what_is_attached_to_a_mail_is_read_too() -> None:
    attached = {"note.txt": b"Une note.", "photo.png": b"\x89PNG", "vide.txt": b"", "b.docx": word(["Un mot."])}
    body, note, empty, document = read(mail("Le texte.", attached=attached), "a.eml")
    assert [found.text for found in (body, note, document) if isinstance(found, Article)] == [
        "Le texte.",
        "Une note.",
        "Un mot.",
    ]
    assert isinstance(note, Article) and (note.key, note.origin) == ("note", "/in/a.eml#note.txt")
    assert str(empty) == "a.eml/vide.txt: it is empty. Give a file with an article in it."


def test_mail_without_words_gives_what_is_attached() -> None:
    body, note = read(mail(" ", attached={"note.txt": b"Une note."}), "a.eml")
    assert str(body) == "a.eml: its text: it is empty. Give a file with an article in it."
    assert isinstance(note, Article)


def test_entries_of_a_feed_are_articles() -> None:
    first, second, third = read(FEED.encode(), "a.xml")
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.text, first.title, first.form) == ("La maire parle.\n\nElle rit.", "Un & deux", "feed")
    assert (first.key, first.url, first.origin) == ("n-1", "https://fanal.example/1", "/in/a.xml#n-1")
    assert (first.source, first.author, first.published) == ("Le Fanal", "Ana Roux", date(2025, 3, 4))
    assert (second.title, second.published, second.key) == ("Sans titre ni date.", None, "https://fanal.example/2")
    assert str(third) == "a.xml: entry 3: it is empty. Give a file with an article in it."


def test_day_of_a_change_is_not_that_of_publication() -> None:
    found = article(ATOM.encode(), "a.atom")
    assert (found.title, found.text, found.published) == ("One & two", "The mayor spoke.", None)


@pytest.mark.parametrize(
    ("separator", "encoding"), [(",", "utf-8"), (";", "cp1252"), ("\t", "utf-16"), (",", "utf-8-sig"), ("|", "utf-8")]
)
def test_rows_of_a_table_are_articles(separator: str, encoding: str) -> None:
    rows = [["ID", "Title", "text", "published"], ["n-1", "Été", '"Oui, dit-elle ;\n\nnon | enfin\t."', "2025-03-04"]]
    rows += [["", "", "", ""], ["n-2", "Vide", "", ""]]
    found, bad = read("\r\n".join(map(separator.join, rows)).encode(encoding), "a.csv")
    assert isinstance(found, Article)
    assert (found.text, found.title) == ("Oui, dit-elle ;\n\nnon | enfin\t.", "Été")
    assert (found.key, found.origin, found.published) == ("n-1", "/in/a.csv#n-1", date(2025, 3, 4))
    assert str(bad) == "a.csv:6: it is empty. Give a file with an article in it."


def test_files_of_an_archive_are_articles() -> None:
    members = {"un.txt": WORDS.encode(), "jour/été.docx": word(["Un mot."]), "photo.png": b"", ".cache/a.txt": b"x"}
    first, second = read(archive(members), "a.zip")
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.text, first.key, first.origin) == (WORDS, "un", "/in/a.zip#un.txt")
    assert (second.text, second.key, second.form) == ("Un mot.", "été", "DOCX")
    assert second.origin == "/in/a.zip#jour/été.docx"
