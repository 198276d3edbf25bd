"""Tables and objects under the names that people and programs give: what is taken from each row."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from index.errors import SourceRefused
from index.loaders import Note, Refusal, load_document
from index.loaders.document import Document
from index.loaders.workbook import read_workbook
from index.models import Article
from tests.documents import archive, workbook

DATA = Path(__file__).parents[2] / "data" / "seeds"
FIRST = "« Le moteur a lâché », a dit le pilote Marc Évrard."
SECOND = "« Tout est réparé », a annoncé Ève Cazelles."
ENGLISH = "The ferry is back after a week at the quay, and the pilot said that it runs better than it ever did."


def read(data: bytes, name: str) -> list[Article | Refusal | Note]:
    return list(load_document(data, name, None, origin=f"/in/{name}", limit=100_000))


def days(found: list[Article | Refusal | Note]) -> list[date | None]:
    return [item.published for item in found if isinstance(item, Article)]


def notes(found: list[Article | Refusal | Note]) -> list[str]:
    return [item.reason.kind for item in found if isinstance(item, Note)]


HEADINGS = [
    "titre;texte;date;média",
    "Titre de l'article;Corps du texte;Date de parution;Nom du média",
    "TITRE;TEXTE INTÉGRAL;Paru le;Support",
    "title;text;published;source",
    "Headline;Full text;Publication date;Outlet",
    "headline;articleBody;datePublished;publisher",
    "article_title;body_text;pub_date;site-name",
    "Intitulé;Contenu;Jour;Journal",
    "Intitulé de l'article;Contenu de l'article;Date de mise en ligne;Nom du support",
    "titre_article;texte_complet;date_article;nom_source",
    "Article headline;Full Article Text;Date of publication;Outlet name",
    "Web title;Article content;Article date;Name of the publication",
]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("headings", HEADINGS)
def test_columns_under_other_names(headings: str, encoding: str) -> None:
    rows = [headings, f'"Le bac à l\'arrêt";"{FIRST}";04/03/2024;La Voix du Fleuve']
    (found, *_) = read("\r\n".join(rows).encode(encoding), "clips.csv")
    assert isinstance(found, Article)
    assert (found.title, found.text, found.published) == ("Le bac à l'arrêt", FIRST, date(2024, 3, 4))
    assert found.source == "La Voix du Fleuve"


DATES = [
    ("settled by another date of the file", "text,date", ["04/03/2024", "25/03/2024"], ENGLISH, [4, 25], []),
    ("the month first", "text,date", ["03/04/2024", "03/25/2024"], ENGLISH, [4, 25], []),
    ("settled by nothing", "text,date", ["04/03/2024"], ENGLISH, [None], ["dates_left_out"]),
    (
        "both orders",
        "text,date",
        ["25/03/2024", "03/26/2024", "04/03/2024"],
        ENGLISH,
        [25, 26, None],
        ["dates_left_out"],
    ),
    ("semicolons", "text;date", ["04/03/2024"], ENGLISH, [4], ["dates_day_first"]),
    ("a French heading", "texte,date", ["04/03/2024"], ENGLISH, [4], ["dates_day_first"]),
    ("a French text", "text,date", ["04/03/2024"], FIRST, [4], ["dates_day_first"]),
    ("one day whatever comes first", "text,date", ["03/03/2024"], ENGLISH, [3], []),
    ("a month's name", "text,date", ["4 mars 2024", "March 5 2024"], ENGLISH, [4, 5], []),
    ("with the time", "text;date", ["04/03/2024 09:30"], ENGLISH, [4], ["dates_day_first"]),
    ("with dots", "text,date", ["04.03.2024", "25.03.2024"], ENGLISH, [4, 25], []),
    ("the year first", "text,date", ["2024/03/04", "2024.03.05", "2024-03-06"], ENGLISH, [4, 5, 6], []),
    ("no days", "text,date", ["13/14/2024", "00/03/2024"], FIRST, [None, None], []),
]


@pytest.mark.parametrize(("why", "head", "written", "text", "day", "told"), DATES, ids=[row[0] for row in DATES])
def test_dates_in_numbers(
    why: str, head: str, written: list[str], text: str, day: list[int | None], told: list[str]
) -> None:
    separator = ";" if ";" in head else ","
    found = read("\n".join([head, *(f'"{text}"{separator}{d}' for d in written)]).encode(), "clips.csv")
    assert days(found) == [d and date(2024, 3, d) for d in day], why
    assert notes(found) == told


def test_a_heading_may_stand_below_a_title_and_separators_may_be_declared() -> None:
    data = f"sep=;\nRevue du 12 mars;;\n;;\ntitre;texte;date\nLe bac;{FIRST};2024-03-04\n".encode("cp1252")
    (found,) = read(data, "clips.csv")
    assert isinstance(found, Article)
    assert (found.title, found.text, found.published, found.origin) == (
        "Le bac",
        FIRST,
        date(2024, 3, 4),
        "/in/clips.csv#5",
    )


def test_a_text_under_its_own_name_is_kept_as_it_is_and_html_under_another_is_read() -> None:
    (own,) = read(b'{"text": "<p>Un mot.</p>"}', "a.jsonl")
    (other,) = read(b'{"content": "<p>Un mot.</p><p>Deux.</p>"}', "a.jsonl")
    assert isinstance(own, Article) and isinstance(other, Article)
    assert (own.text, other.text) == ("<p>Un mot.</p>", "Un mot.\n\nDeux.")


OBJECTS = [
    [{"title": "Le quai", "text": FIRST, "date": "2024-01-05"}],
    {"title": "Le quai", "text": FIRST, "date": "2024-01-05"},
    {
        "status": "ok",
        "totalResults": 1,
        "articles": [{"title": "Le quai", "content": FIRST, "publishedAt": "2024-01-05"}],
    },
    {"response": {"docs": [{"headline": {"name": "Le quai"}, "body": FIRST, "pub_date": "2024-01-05T10:00:00Z"}]}},
    {"response": {"docs": [{"headline": {"main": "Le quai"}, "body": FIRST, "pub_date": "2024-01-05T10:00:00+0000"}]}},
    {
        "response": {
            "results": [{"webTitle": "Le quai", "webPublicationDate": "2024-01-05", "fields": {"bodyText": FIRST}}]
        }
    },
    {"n1": {"titre": "Le quai", "texte": FIRST, "date": "5 janvier 2024"}},
    [{"title": {"rendered": "Le quai"}, "content": {"rendered": f"<p>{FIRST}</p>"}, "date": "2024-01-05T08:00:00"}],
    {"@type": "NewsArticle", "headline": "Le quai", "articleBody": FIRST, "datePublished": "2024-01-05"},
    [
        {"title": "Le quai", "paragraphs": None, "text": FIRST, "date": "05/01/2024"},
        {"text": SECOND, "date": "25/01/2024"},
    ],
]


@pytest.mark.parametrize("value", OBJECTS, ids=range(len(OBJECTS)))
def test_json(value: object) -> None:
    found, *rest = read(json.dumps(value, ensure_ascii=False).encode(), "a.json")
    assert isinstance(found, Article)
    assert (found.title, found.text, found.published) == ("Le quai", FIRST, date(2024, 1, 5))
    assert all(isinstance(item, Article) for item in rest)


def test_authors_of_an_object_within_and_of_a_list_of_objects() -> None:
    within = {"fields": {"bodyText": FIRST, "byline": "Ève Martin"}, "webTitle": "Le quai"}
    listed = {"contenu": FIRST, "auteurs": [{"nom": "Ève Martin"}, {"nom": "Luc Ferrand"}]}
    found = read(json.dumps([within, listed]).encode(), "a.json")
    assert [item.author for item in found if isinstance(item, Article)] == ["Ève Martin", "Ève Martin, Luc Ferrand"]


def test_a_heading_beside_those_of_the_fields_is_none_of_them() -> None:
    (found,) = read(f"nom;texte;type d'article;nom du fichier\nAna;{FIRST};brève;a.doc".encode(), "a.csv")
    assert isinstance(found, Article)
    assert (found.text, found.author, found.source) == (FIRST, None, None)


REFUSED = [
    (b"[]", "no object in it"),
    (b"3", "no object in it"),
    (b'[{"title": "x"}]', "no object in it"),
    (b"[1", "not JSON"),
    (b"[" * 100_000, "nested too deep"),
]


@pytest.mark.parametrize(("data", "told"), REFUSED, ids=range(len(REFUSED)))
def test_json_without_articles(data: bytes, told: str) -> None:
    (found,) = read(data, "a.json")
    assert isinstance(found, Refusal) and told in str(found.reason)


def test_json_lines_in_a_json_file_and_objects_without_text() -> None:
    lines = read(f'{{"text": "{FIRST}"}}\n{{"text": "{SECOND}"}}\n'.encode(), "a.json")
    assert [item.text for item in lines if isinstance(item, Article)] == [FIRST, SECOND]
    found, bad = read(json.dumps([{"text": FIRST}, {"title": "Vide"}]).encode(), "a.json")
    assert isinstance(found, Article) and isinstance(bad, Refusal) and bad.source == "a.json:2"


def test_workbook() -> None:
    rows = [
        ["Revue de presse"],
        [],
        ["N°", "Titre", "Texte", "Date de parution", "Média"],
        [1, "Le bac", FIRST, datetime(2024, 3, 4, 9, 30), "La Voix du Fleuve"],
        [],
        [2, "Le bac repart", SECOND, "06/03/2024", "La Voix du Fleuve"],
        [3, "Vide", None, None, None],
    ]
    first, second, bad, note = read(workbook(rows), "clips.xlsx")
    assert isinstance(first, Article) and isinstance(second, Article) and isinstance(bad, Refusal)
    assert (first.title, first.text, first.published, first.source) == (
        "Le bac", FIRST, date(2024, 3, 4), "La Voix du Fleuve",
    )  # fmt: skip
    assert second.published == date(2024, 3, 6) and isinstance(note, Note)
    assert bad.source == "clips.xlsx:Feuil1:7"


def test_rows_of_two_sheets_of_a_workbook_are_articles_of_their_own() -> None:
    head = ["Titre", "Texte"]
    found = read(workbook([head, ["Le bac", FIRST]], [["Titre", "Date"]], [head, ["Le bac", SECOND]]), "clips.xlsx")
    told = [(item.text, item.origin) for item in found if isinstance(item, Article)]
    assert told == [(FIRST, "/in/clips.xlsx#Feuil1:2"), (SECOND, "/in/clips.xlsx#Feuil3:2")]


def test_what_a_sheet_holds_beyond_what_is_read_is_told() -> None:
    rows = [["texte"], [FIRST], *([None] for _ in range(100_000)), [SECOND]]
    found, note = read(workbook(rows), "clips.xlsx")
    assert isinstance(found, Article) and found.text == FIRST
    assert isinstance(note, Note) and (note.source, note.reason.kind) == ("clips.xlsx:Feuil1:100001", "rows_left_out")


@pytest.mark.parametrize("name", ["clips.jsonl", "clips.json"])
def test_a_french_name_of_a_field_tells_the_day_first(name: str) -> None:
    row = json.dumps({"text": ENGLISH, "date de parution": "04/03/2024"})
    found = read(row.encode(), name)
    assert days(found) == [date(2024, 3, 4)] and notes(found) == ["dates_day_first"]


def broken(part: str, whole: bytes, half: bytes) -> bytes:
    """A workbook with a part of it damaged."""
    packed = zipfile.ZipFile(io.BytesIO(workbook([["texte"], [FIRST]])))
    parts = {name: packed.read(name) for name in packed.namelist()}
    assert whole in parts[part]
    return archive(parts | {part: parts[part].replace(whole, half)})


WORKBOOKS = [
    (workbook([["Titre", "Date"], ["Un", "2024-01-05"]]), "no column of texts"),
    (b"PK\x03\x04", "no ZIP"),
    (broken("xl/workbook.xml", b"firstSheet", b"irstSheet"), "no workbook"),
    (broken("xl/workbook.xml", b"<sheets>", b"<sheets"), "no workbook"),
    (broken("xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData"), "no workbook"),
    (broken("[Content_Types].xml", b"sheet.main", b"sheet.mai"), "no workbook"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "old workbook"),
]


@pytest.mark.parametrize(("data", "told"), WORKBOOKS, ids=range(len(WORKBOOKS)))
def test_workbooks_without_articles(data: bytes, told: str) -> None:
    with pytest.raises(SourceRefused, match=told):
        list(read_workbook(Document(io.BytesIO(data), "clips.xlsx", "/in/clips.xlsx"), 100_000))


FIELD = [
    ("clips-fr.csv", [("Le bac à l'arrêt", date(2024, 3, 4)), ("Le bac repart", date(2024, 3, 6))]),
    ("clips.csv", [("Le bac à l'arrêt", date(2024, 3, 4)), ("Le bac repart", date(2024, 3, 6))]),
    ("articles.json", [("Le quai", date(2024, 1, 5))]),
    ("articles.jsonl", [("Le quai", date(2024, 1, 5))]),
    (
        "causse.WordPress.xml",
        [("Le moulin sera vendu", date(2024, 5, 14)), ("La foire est annulée", date(2024, 5, 16))],
    ),
    ("alertes.mbox", [("Alerte : le tunnel", date(2024, 3, 4)), ("Alerte : le pont", date(2024, 3, 5))]),
]


@pytest.mark.parametrize(("name", "told"), FIELD, ids=[row[0] for row in FIELD])
def test_files_as_they_come(name: str, told: list[tuple[str, date]]) -> None:
    found = read(next(DATA.rglob(name)).read_bytes(), name)
    assert [(item.title, item.published) for item in found if isinstance(item, Article)] == told
    assert not [item for item in found if isinstance(item, Refusal)]
