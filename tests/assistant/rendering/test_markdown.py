from __future__ import annotations

import html
import re

import pytest

from assistant.models import Citation, Quoted
from assistant.rendering.escaping import visible
from assistant.rendering.markdown import markdown
from index.models import Article
from index.text.context import context_of
from tests.invented import HOSTILE, answer, citation, elsewhere, quotation

markdown_it = pytest.importorskip("markdown_it", reason="markdown-it-py, which reads Markdown, is missing")


def shown(source: str) -> str:
    """The text that a reader of this Markdown sees, tags gone, entities read."""
    return html.unescape(
        re.sub(
            r"<[^>]*>",
            "",
            markdown_it.MarkdownIt("commonmark").enable(["strikethrough", "table"]).render(source),
        )
    )


def one_line(text: str) -> str:
    return re.sub(r"\s*[\n\r]\s*", " ", visible(text))


@pytest.mark.parametrize(
    ("lang", "changes", "expected"),
    [
        ("fr", {}, "**Yolande Perchat** a dit : « Oui » [1]"),
        ("en", {}, '**Yolande Perchat** said: “Oui” [1]'),
        ("fr", {"published": None, "source": None}, "**Yolande Perchat** a dit : « Oui » [1]"),
        ("fr", {"published": None, "source": None, "kind": "mixed", "cue": "a promis", "lang": "fr"},
         "**Yolande Perchat** a promis : « Oui » [1]"),
        ("en", {"published": None, "source": None, "kind": "indirect", "via": "Axios", "lang": "en"},
         "**Yolande Perchat** (according to Axios) said: Oui. [1]"),
        ("en", {"published": None, "source": None, "kind": "indirect", "lang": "fr"},
         "**Yolande Perchat** said: *Oui.* [1]"),
        ("fr", {"published": None, "source": None, "cue": "De l’avis du", "lang": "fr"},
         "Selon **Yolande Perchat** : « Oui » [1]"),
        ("fr", {"published": None, "source": None, "cue": "denied", "lang": "en"},
         "**Yolande Perchat** a démenti : « Oui » [1]"),
        ("en", {"published": None, "source": None, "cue": "a promis", "lang": "fr"},
         '**Yolande Perchat** promised: “Oui” [1]'),
        ("fr", {"published": None, "source": None, "cue": "insisted", "lang": "en"},
         "**Yolande Perchat** a dit : « Oui » [1]"),
        ("fr", {"confidence": 0.7},
         "**Yolande Perchat** (attribution probable) a dit : « Oui » [1]"),
        ("fr", {"confidence": 0.99, "alternative": "Luc Mas"},
         "**Yolande Perchat** a dit : « Oui » [1]"),
        ("fr", {"published": None, "source": None, "confidence": 0.7, "alternative": "Luc Mas", "kind": "mixed"},
         "**Yolande Perchat** (attribution probable, ou peut-être Luc Mas) a dit : « Oui » [1]"),
        ("en", {"published": None, "source": None, "confidence": 0.7, "alternative": "Luc Mas"},
         '**Yolande Perchat** (attribution likely, or perhaps Luc Mas) said: “Oui” [1]'),
        ("fr", {"published": None, "source": None, "confidence": 0.7, "cue": "De l’avis du", "lang": "fr"},
         "Selon **Yolande Perchat** (attribution probable) : « Oui » [1]"),
        ("fr", {"published": None, "source": None, "speaker": None, "alternative": "Luc Mas"},
         "**Locuteur non nommé** a dit : « Oui » [1]"),
        ("fr", {"published": None, "source": None, "speaker": "un diplomate", "lang": "fr"},
         "**Un diplomate** a dit : « Oui » [1]"),
        ("fr", {"published": None, "source": None, "speaker": "Les élus", "cue": "ajoutant", "lang": "fr"},
         "**Les élus** ont dit : « Oui » [1]"),
        ("fr", {"published": None, "source": None, "speaker": "un diplomate", "cue": "D’après", "lang": "fr"},
         "Selon **un diplomate** : « Oui » [1]"),
    ],
)  # fmt: skip
def test_the_speaker_and_the_kind_stand_before_the_words(lang: str, changes: dict[str, object], expected: str) -> None:
    told = markdown(answer(citation("Oui", **changes), lang=lang))
    assert told.split("\n\n")[1].replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("lang", "changes", "expected"),
    [
        ("fr", {"lang": "fr"}, "Extrait de l’article :"),
        ("en", {"published": None, "source": None, "lang": "en"}, "Extract from the article:"),
    ],
)
def test_prose_of_an_article_is_an_extract_that_nobody_says(
    lang: str, changes: dict[str, object], expected: str
) -> None:
    told = markdown(answer(citation("Le port rouvre.", kind="passage", **changes), lang=lang))
    _, heading, extract = told.replace("\u00a0", " ").split("\n\n")
    assert heading == expected
    assert extract == "> Le port rouvre. [1]"


def told_of(*cited: Citation, lang: str = "fr") -> list[str]:
    return markdown(answer(*cited, lang=lang)).replace("\u00a0", " ").split("\n\n")


def test_what_an_article_says_stands_below_its_outlet_date_and_title() -> None:
    other = {"id": "1f" * 8, "title": "La halle ferme", "source": None, "published": None}
    cited = (
        citation("Oui", cue="a promis", lang="fr"),
        citation("Non", number=2, speaker="Luc Mas"),
        citation("Si", number=3, **other),
        citation("Encore", number=4),
    )
    assert told_of(*cited) == [
        "*Le Fanal, 1er mars 2025 · Le port rouvre*",
        "**Yolande Perchat** a promis : « Oui » [1]",
        "**Luc Mas** a dit : « Non » [2]",
        "**Yolande Perchat** a dit : « Encore » [4]",
        "*La halle ferme*",
        "**Yolande Perchat** a dit : « Si » [3]",
    ]


def test_a_speaker_of_several_statements_of_an_article_is_named_once() -> None:
    french = {"lang": "fr"}
    cited = (
        citation("Oui", cue="a promis", **french),
        citation("Non", number=2, cue="selon", **french),
        citation("Si", number=3, confidence=0.7, **french),
    )
    assert told_of(*cited)[1:] == [
        "**Yolande Perchat**",
        "- a promis : « Oui » [1]\n- « Non » [2]\n- (attribution probable) a dit : « Si » [3]",
    ]
    assert told_of(*cited[::-1])[1:] == [
        "**Yolande Perchat** (attribution probable) a dit : « Si » [3]",
        "**Yolande Perchat**",
        "- « Non » [2]\n- a promis : « Oui » [1]",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("« Le pont, dit Ana, rouvrira lundi. »", "« Le pont » [1], « rouvrira lundi. » [2]"),
        ("« Le pont », dit Ana, « rouvrira lundi. »", "« Le pont » [1], « rouvrira lundi. » [2]"),
    ],
)
def test_each_half_of_an_utterance_stands_in_marks_of_its_own(text: str, told: str) -> None:
    article = Article("0f" * 8, "a", "Titre", "fr", text=text)
    cited = []
    for number, words in enumerate(("Le pont", "rouvrira lundi."), start=1):
        at = text.index(words)
        said = quotation(words, start=at, end=at + len(words), speaker="Ana")
        context = context_of(article, at, at + len(words), said)
        cited.append(
            citation(words, number=number, start=at, end=at + len(words), speaker="Ana", context=context, lang="fr")
        )
    shown = answer(*cited, paragraphs=((Quoted(1), Quoted(2)),))
    assert markdown(shown).replace("\u00a0", " ").split("\n\n")[1] == f"**Ana** a dit : {told}"


def test_extracts_of_an_article_stand_below_one_heading() -> None:
    prose = {"kind": "passage", "lang": "fr"}
    cited = citation("Le port rouvre.", **prose), citation("La halle ferme.", number=2, **prose)
    assert told_of(*cited)[1:] == ["Extrait de l’article :", "> Le port rouvre. [1]", "> La halle ferme. [2]"]


def test_the_question_as_understood_is_told() -> None:
    whole = answer(citation("Oui"), understood="Que dit Yolande Perchat du <b>port</b> ?")
    assert "Que dit Yolande Perchat du <b>port</b> ?" in shown(markdown(whole))


def test_the_file_the_page_and_the_other_outlets_are_told() -> None:
    places = (elsewhere(source="L’Écho"), elsewhere(source=None, title="La halle"), elsewhere(title="Encore"))
    cited = citation("Oui", page=3, origin="/x/budget.pdf", also=places)
    for lang, day, also in (
        ("fr", "1er mars 2025", "aussi dans L’Écho, La halle et Encore"),
        ("en", "1 March 2025", "also in L’Écho, La halle and Encore"),
    ):
        above, told = told_of(cited, lang=lang)
        assert above == f"*Le Fanal, {day} · Le port rouvre · budget.pdf*"
        assert told.endswith(f" [1, p. 3] ({also})")


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_foreign_text_as_text(text: str) -> None:
    also = (elsewhere(source=text + "!"), elsewhere(source=None, title=text))
    said = {"speaker": text, "cue": text, "via": text, "confidence": 0.7, "alternative": text}
    cited = citation(text, title=text, source=text, origin=text, also=also, **said)
    source = markdown(answer(cited, understood=text))
    seen = shown(source)
    assert seen.count(one_line(text).strip()) >= 7
    rendered = markdown_it.MarkdownIt("commonmark").render(source)
    assert set(re.findall(r"<(\w+)", rendered)) <= {"p", "strong", "em"}
