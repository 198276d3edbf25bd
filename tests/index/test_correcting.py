"""Corrections in: real loaders, extraction, catalog and Chroma; the deterministic embedder."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.catalog import ArticleFilter, Catalog, StatementFilter, open_catalog
from index.correcting import Correcting
from index.errors import ArticleNotFound, CorrectionRefused
from index.ingestion import Ingestion
from index.settings import IndexSettings
from index.upkeep.backup import back_up, restore
from index.vectors import VectorIndex
from tests.embedder import HashingEmbedder

Write = Callable[[str, str], Path]
STORY = (
    "Le marché rouvre\n\n« Nous rouvrirons lundi », a déclaré Claire Besson. "
    "Le maire, Paul Adam, a répondu : « Il faudra attendre encore. »"
)
FIRST, SECOND = "Nous rouvrirons lundi", "Il faudra attendre encore"
EMBEDDER = HashingEmbedder()


@pytest.fixture
def ingestion(catalog: Catalog, vectors: VectorIndex) -> Ingestion:
    return Ingestion(catalog, vectors, EMBEDDER, IndexSettings())


@pytest.fixture
def correcting(catalog: Catalog, vectors: VectorIndex, ingestion: Ingestion) -> Correcting:
    return Correcting(catalog, vectors, EMBEDDER, ingestion)


@pytest.fixture
def story(ingestion: Ingestion, write: Write) -> str:
    (result,) = ingestion.add([write("story.txt", STORY)])
    assert result.article_id
    return result.article_id


def speakers(catalog: Catalog, article_id: str | None = None) -> list[str | None]:
    return [said.speaker for said in catalog.quotations(article_id)]


def findings(catalog: Catalog) -> list[object]:
    return list(catalog.findings(EMBEDDER.name, EMBEDDER.dimensions))


def test_a_corrected_speaker_is_the_one_that_is_listed_searched_and_counted(
    catalog: Catalog, vectors: VectorIndex, correcting: Correcting, story: str
) -> None:
    correcting.set_speaker(correcting.find(story, FIRST), "Odile Mercier")
    assert speakers(catalog) == ["Odile Mercier", "Paul Adam"]
    (told,) = catalog.said(StatementFilter(speaker="Odile Mercier"))
    assert (told.quote, told.quotation.corrected, told.quotation.read_as) == (FIRST, True, "Claire Besson")
    assert [each.quote for each in catalog.said(StatementFilter(search="odile"))] == [FIRST]
    assert {tally.name: tally.quotations for tally in catalog.quoted()} == {"Odile Mercier": 1, "Paul Adam": 1}
    people = {person.name: (person.id, person.quotations) for person in catalog.people()}
    assert people["Odile Mercier"] == (told.quotation.speaker_id, 1) and people["Claire Besson"][1] == 0
    (hit,) = vectors.search(EMBEDDER.embed_query("Odile Mercier: Nous rouvrirons lundi"), "quotation", 1)
    assert (hit.start, hit.end) == (told.quotation.start, told.quotation.end)
    assert findings(catalog) == []


def test_every_correction_is_undone_in_any_order(catalog: Catalog, correcting: Correcting, story: str) -> None:
    before, people = catalog.quotations(), [person.name for person in catalog.people()]
    correcting.set_speaker(correcting.find(story, FIRST), "Paul Adam")
    correcting.rename("Paul Adam", "Pauline Adam")
    correcting.drop(correcting.find(story, SECOND))
    correcting.set_span(correcting.find(story, FIRST), *correcting.find_words(story, "lundi"))
    assert [said.speaker for said in catalog.quotations()] == ["Pauline Adam"]
    for number in (2, 1, 4, 3):
        correcting.undo(number)
        assert findings(catalog) == []
    assert [(q.start, q.end, q.speaker, q.corrected) for q in catalog.quotations()] == [
        (q.start, q.end, q.speaker, None) for q in before
    ]
    assert [person.name for person in catalog.people()] == people
    assert catalog.corrections() == []


def test_corrections_hold_when_an_article_is_read_again(
    catalog: Catalog, ingestion: Ingestion, correcting: Correcting, story: str, write: Write
) -> None:
    correcting.set_speaker(correcting.find(story, FIRST), None)
    correcting.drop(correcting.find(story, SECOND))
    held = catalog.quotations()
    assert [said.speaker for said in held] == [None]
    list(ingestion.reindex())
    ingestion.read_again(story)
    assert [result.outcome for result in ingestion.add([write("story.txt", STORY)])] == ["unchanged"]
    assert catalog.quotations() == held
    for made in reversed(catalog.corrections()):
        correcting.undo(made.id)
    assert speakers(catalog) == ["Claire Besson", "Paul Adam"]


MISSED = (
    "Le marché ouvre\n\nLe marché « couvert » ouvrira tard. Il faut, répète la cantonade, des bancs. Le marché plaît."
)


@pytest.mark.parametrize(
    ("given", "words", "kind"),
    [
        ("« couvert »", "couvert", "direct"),
        ("couvert", "couvert", "direct"),
        ("Le marché « couvert » ouvrira tard", "Le marché « couvert » ouvrira tard", "mixed"),
        ("Il faut, répète la cantonade, des bancs", "Il faut, répète la cantonade, des bancs", "indirect"),
    ],
)
def test_words_that_were_not_read_as_a_quotation_are_made_one_and_no_longer_are(
    catalog: Catalog, ingestion: Ingestion, correcting: Correcting, write: Write, given: str, words: str, kind: str
) -> None:
    (result,) = ingestion.add([write("missed.txt", MISSED)])
    article_id = str(result.article_id)
    for said in catalog.quotations(article_id):
        correcting.drop((article_id, said.start, said.end))
    before = len(catalog.corrections())
    made = correcting.add((article_id, *correcting.find_words(article_id, given)), "Odile Mercier")
    for again in (False, True):
        if again:
            ingestion.read_again(article_id)
        (said,) = catalog.quotations(article_id)
        assert (MISSED[said.start : said.end], said.speaker, said.kind) == (words, "Odile Mercier", kind)
        assert (said.corrected, said.read_as, said.sure) == (True, None, True)
        assert findings(catalog) == []
    assert [each.quote for each in catalog.said(StatementFilter(speaker="Odile Mercier"))] == [words]
    correcting.set_speaker((article_id, said.start, said.end), "Luc Ferrand")
    assert speakers(catalog, article_id) == ["Luc Ferrand"]
    correcting.undo(made.id + 1)
    correcting.undo(made.id)
    assert (catalog.quotations(article_id), len(catalog.corrections())) == ([], before)


def test_words_in_several_places_are_meant_where_they_were_picked(
    catalog: Catalog, ingestion: Ingestion, correcting: Correcting, write: Write
) -> None:
    (result,) = ingestion.add([write("missed.txt", MISSED)])
    article_id = str(result.article_id)
    with pytest.raises(CorrectionRefused, match="3 times"):
        correcting.find_words(article_id, "Le marché")
    last = MISSED.rindex("Le marché")
    assert correcting.find_words(article_id, "Le marché", last - 2) == (last, last + len("Le marché"))
    correcting.add((article_id, last, len(MISSED)), None)
    assert catalog.quotations(article_id)[-1].speaker is None


def test_corrections_go_with_their_words_into_a_new_version(
    catalog: Catalog, ingestion: Ingestion, correcting: Correcting, story: str, write: Write
) -> None:
    correcting.set_speaker(correcting.find(story, FIRST), "Odile Mercier")
    correcting.drop(correcting.find(story, SECOND))
    text = STORY.replace("Le marché rouvre\n\n", "Le marché rouvre\n\nMis à jour à midi. ")
    (result,) = ingestion.add([write("story.txt", text)])
    assert result.outcome == "updated" and result.article_id != story
    (said,) = catalog.quotations()
    assert (text[said.start : said.end], said.speaker) == (FIRST, "Odile Mercier")
    assert {made.article_id for made in catalog.corrections()} == {result.article_id}
    assert findings(catalog) == []


def test_a_merged_name_is_one_in_articles_that_come_later(
    catalog: Catalog, ingestion: Ingestion, correcting: Correcting, story: str, write: Write
) -> None:
    correcting.rename("Claire Besson", "Claire Besson-Roy")
    list(ingestion.add([write("later.txt", "Fin\n\n« Tout est prêt », a déclaré Claire Besson.")]))
    assert sorted(filter(None, speakers(catalog))) == ["Claire Besson-Roy", "Claire Besson-Roy", "Paul Adam"]
    assert [person.quotations for person in catalog.people_called("Claire Besson-Roy")] == [2]
    correcting.undo(1)
    assert [person.quotations for person in catalog.people_called("Claire Besson")] == [2]


def test_one_name_is_two_people_s_when_it_is_split(
    catalog: Catalog, ingestion: Ingestion, correcting: Correcting, story: str, write: Write
) -> None:
    (other,) = ingestion.add([write("other.txt", "Fin\n\n« Tout est prêt », a déclaré Claire Besson.")])
    correcting.rename("Claire Besson", "Claire Besson (Hask)", other.article_id)
    assert speakers(catalog, story)[0] == "Claire Besson"
    assert speakers(catalog, other.article_id) == ["Claire Besson (Hask)"]
    ids = {said.speaker_id for said in catalog.quotations() if said.speaker != "Paul Adam"}
    assert len(ids) == 2 and None not in ids


def test_what_a_reader_knows_better_of_an_article_holds_when_it_comes_in_again(
    catalog: Catalog, ingestion: Ingestion, correcting: Correcting, write: Write, tmp_path: Path
) -> None:
    row = '{"id": "a", "title": "Marche", "text": "Le port ferme lundi.", "source": "X", "published": "2026-01-02"}\n'
    (result,) = ingestion.add([write("in.jsonl", row)])
    article_id = str(result.article_id)
    for field, value in {"title": "Le marché", "source": "Le Fanal", "author": "Ana Roux"}.items():
        correcting.edit(article_id, field, value)
    correcting.edit(article_id, "published", "2026-01-03")
    correcting.edit(article_id, "published", None)
    assert [r.outcome for r in ingestion.add([tmp_path / "in.jsonl"])] == ["unchanged"]
    (told,) = catalog.listings(ArticleFilter())
    card = told.article
    assert (card.title, card.source, card.author, card.published) == ("Le marché", "Le Fanal", "Ana Roux", None)
    assert findings(catalog) == []
    for made in catalog.corrections():
        correcting.undo(made.id)
    article = catalog.article(article_id)
    assert (article.title, article.source, article.author, str(article.published)) == (
        "Marche", "X", None, "2026-01-02",
    )  # fmt: skip


def test_corrections_are_in_backups(catalog: Catalog, correcting: Correcting, story: str, tmp_path: Path) -> None:
    correcting.set_speaker(correcting.find(story, FIRST), "Odile Mercier")
    back_up(tmp_path / "data", tmp_path / "kept.zip")
    restore(tmp_path / "kept.zip", tmp_path / "other")
    other = open_catalog(tmp_path / "other")
    assert (other.corrections(), other.quotations()) == (catalog.corrections(), catalog.quotations())
    other.close()


def test_an_article_that_is_put_back_has_its_corrections(
    catalog: Catalog, ingestion: Ingestion, correcting: Correcting, story: str
) -> None:
    correcting.set_speaker(correcting.find(story, FIRST), "Odile Mercier")
    article, made = catalog.article(story), catalog.corrections(story)
    ingestion.remove(story)
    assert catalog.corrections() == []
    ingestion.add_article(article, made)
    assert speakers(catalog) == ["Odile Mercier", "Paul Adam"]
    assert [each.value for each in catalog.corrections()] == ["Odile Mercier"]


def test_quotations_that_are_not_as_their_corrections_say_are_found(
    catalog: Catalog, ingestion: Ingestion, correcting: Correcting, story: str
) -> None:
    reading = ingestion.read(catalog.article(story))
    correcting.set_speaker(correcting.find(story, FIRST), "Odile Mercier")
    catalog.replace(reading)  # of another process, which began before
    assert [(f.part, f.about) for f in catalog.findings(EMBEDDER.name, EMBEDDER.dimensions)] == [("corrections", story)]
    ingestion.read_again(story)
    assert findings(catalog) == [] and speakers(catalog)[0] == "Odile Mercier"


def test_corrections_made_at_once_all_hold(catalog: Catalog, correcting: Correcting, story: str) -> None:
    first, second = correcting.find(story, FIRST), correcting.find(story, SECOND)
    with ThreadPoolExecutor(2) as both:
        list(both.map(correcting.set_speaker, [first, second], ["Odile Mercier", "Luc Ferrand"]))
    assert speakers(catalog) == ["Odile Mercier", "Luc Ferrand"]
    assert findings(catalog) == []


def test_what_cannot_be_corrected_is_refused_and_nothing_is_kept(
    catalog: Catalog, ingestion: Ingestion, correcting: Correcting, story: str
) -> None:
    first = correcting.find(story, FIRST)
    for wrong in (
        lambda: correcting.find(story, "aucun de ces mots"),
        lambda: correcting.find(story, "0-5"),
        lambda: correcting.set_speaker((story, 0, 5), "X"),
        lambda: correcting.add(first, "X"),
        lambda: correcting.add((story, 0, first[1] + 3), "X"),
        lambda: correcting.add((story, len(STORY), len(STORY) + 9), "X"),
        lambda: correcting.find_words(story, " "),
        lambda: correcting.set_speaker(first, "Claire Besson"[:0]),
        lambda: correcting.set_speaker(first, "x" * 301),
        lambda: correcting.set_span(first, 0, 5),
        lambda: correcting.set_span(first, first[1], len(STORY) + 1),
        lambda: correcting.set_span(first, first[1], len(STORY) - 3),
        lambda: correcting.rename("Nobody Atall", "X"),
        lambda: correcting.edit(story, "published", "hier"),
        lambda: correcting.edit(story, "title", ""),
        lambda: correcting.undo(99),
    ):
        with pytest.raises(CorrectionRefused):
            wrong()
    assert catalog.corrections() == []
    assert speakers(catalog) == ["Claire Besson", "Paul Adam"]


def test_the_same_text_from_another_place_keeps_what_that_place_tells(
    catalog: Catalog, ingestion: Ingestion, correcting: Correcting, write: Write
) -> None:
    row = '{"id": "a", "title": "Le port", "text": "Le port ferme lundi.", "source": "%s"}\n'
    (result,) = ingestion.add([write("one.jsonl", row % "X")])
    correcting.edit(str(result.article_id), "source", "Le Fanal")
    list(ingestion.add([write("two.jsonl", row % "Y")]))
    assert catalog.article(str(result.article_id)).source == "Le Fanal"
    assert [copy.source for copy in catalog.copies(str(result.article_id))] == ["Y"]


def test_what_is_set_right_in_a_file_is_not_of_another_file_of_its_name(
    catalog: Catalog, correcting: Correcting, ingestion: Ingestion, story: str, write: Write
) -> None:
    correcting.edit(story, "title", "Le marché de Valmont")
    other = write(
        "story.txt", "Le musée ferme\n\n« Les salles seront vides », a dit Maud Esterlin hier soir à Lussange."
    )
    added = next(iter(ingestion.add([other])))
    assert added.article_id and added.article_id != story
    assert catalog.article(added.article_id).title == "Le musée ferme"
    correcting.edit(added.article_id, "title", "Adieu au musée")
    list(ingestion.add([other]))
    assert [article.title for article in catalog.articles()] == ["Adieu au musée", "Le marché de Valmont"]


def test_what_a_speaker_is_said_to_be_goes_before_what_was_read(
    catalog: Catalog, correcting: Correcting, story: str
) -> None:
    correcting.set_speaker(correcting.find(story, FIRST), "Paul Adam", kind="body")
    assert catalog.quotations(story)[0].speaker_kind == "body"


def test_a_name_is_not_changed_in_an_article_that_is_not_there(correcting: Correcting, story: str) -> None:
    with pytest.raises(ArticleNotFound):
        correcting.rename("Claire Besson", "Claire Aubry", "nothing")
