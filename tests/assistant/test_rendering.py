from __future__ import annotations

import html
import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.escaping import visible
from assistant.models import Answer, Citation, Mention, Prose, Quoted
from assistant.rendering import chat_message, chat_sentence, chat_words, markdown, to_json

markdown_it = pytest.importorskip("markdown_it", reason="markdown-it-py, which reads Markdown, is missing")

WHO, OWN = "**Yolande Perchat**", '**The article** (the article’s words): "Oui" [1]'
HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[lien](javascript:alert(1))",
    "![image](http://example.com/x.png)",
    "[ref][1] and [1]: http://example.com",
    "${1+1} `${1+1}` {{7*7}} {{#each x}}",
    "&amp; &lt;b&gt; &#60; &eacute;",
    "**gras** _souligné_ __x__ ~~barré~~ `code`",
    "$$x^2$$ \\(a\\) \\[b\\]",
    "# titre", "1. un", "- un", "> cité", "| a | b |", "---", "+ un", "2) deux",
    "première\n\nseconde\nligne\r\n  fin",
    "a \\* b \\_ c \\\\ d",
    "\x00\x07\x1b[31m\x7f\x85",
    "moitié \ud83d de caractère",
    "\u202eà l’envers",
    "<https://example.com> <a@b.example>",
    "*",
    "_",
    "a_b_c d_ _e",
]  # fmt: skip


def citation(quote: str, **changes: object) -> Citation:
    values: dict[str, object] = {
        "number": 1, "article_id": "0f" * 8, "article": "fanal-3", "title": "Le port rouvre",
        "published": date(2025, 3, 1), "source": "Le Fanal", "start": 40, "end": 40 + len(quote),
        "quote": quote, "kind": "direct", "speaker": "Yolande Perchat",
    }  # fmt: skip
    return Citation(**(values | changes))  # type: ignore[arg-type]


def answer(*cited: Citation, lang: str = "fr", **changes: object) -> Answer:
    values: dict[str, object] = {
        "question": "Qui ?", "lang": lang, "abstained": False, "citations": cited,
        "paragraphs": tuple((Quoted(c.number),) for c in cited),
    }  # fmt: skip
    return Answer(**(values | changes))  # type: ignore[arg-type]


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
        ("fr", {}, "**Yolande Perchat** (cité) : « Oui » [1]"),
        ("en", {}, '**Yolande Perchat** (quoted): "Oui" [1]'),
        ("fr", {"kind": "mixed", "cue": "a promis"}, f"{WHO} (*a promis*, cité en partie) : « Oui » [1]"),
        ("en", {"kind": "indirect", "via": "Axios"}, f'{WHO} (reported, according to Axios): "Oui" [1]'),
        ("fr", {"speaker": None}, "**Locuteur non nommé** (cité) : « Oui » [1]"),
        ("fr", {"speaker": None, "kind": "passage"}, "**Le Fanal** (texte de l’article) : « Oui » [1]"),
        ("en", {"kind": "passage", "speaker": None, "source": None}, OWN),
    ],
)  # fmt: skip
def test_the_speaker_and_the_kind_stand_before_the_words(lang: str, changes: dict[str, object], expected: str) -> None:
    told = markdown(answer(citation("Oui", **changes), lang=lang))
    assert told.split("\n\n")[0].replace("\u00a0", " ") == expected


def test_a_source_list_follows() -> None:
    cited = citation("Oui"), citation("Non", number=2, published=None, source=None)
    assert (
        markdown(answer(*cited))
        .replace("\u00a0", " ")
        .endswith("\n\nSources :\n\n- [1] Le port rouvre, Le Fanal, 1er mars 2025\n- [2] Le port rouvre")
    )


def test_prose_introduces_a_quotation_without_a_second_name() -> None:
    paragraph = (Prose("Yolande Perchat a dit "), Quoted(1, strong=(0, 3)), Prose("(en mars)."))
    told = markdown(answer(citation("Oui, vite"), paragraphs=(paragraph,)))
    assert told.startswith("Yolande Perchat a dit «\u00a0**Oui**, vite\u00a0» [1]\\(en mars).")
    assert "<a" not in markdown_it.MarkdownIt("commonmark").render(told)


def test_the_question_as_understood_is_told() -> None:
    whole = answer(citation("Oui"), understood="Que dit Yolande Perchat du <b>port</b> ?")
    assert "Que dit Yolande Perchat du <b>port</b> ?" in shown(markdown(whole))
    assert "Que dit Yolande Perchat" in chat_message(whole)


def test_json_is_the_line_of_the_contract() -> None:
    refused = answer(abstained=True, paragraphs=((Prose("Non."),),), mentions=(Mention("Yair Lapid", 1, 0),))
    assert to_json(refused, "q1", 0.12345) == {
        "id": "q1", "question": "Qui ?", "lang": "fr", "abstained": True, "text": "Non.", "citations": [],
        "mentions": [{"name": "Yair Lapid", "articles": 1, "quotations": 0}], "seconds": 0.123,
    }  # fmt: skip
    told = to_json(answer(citation("Oui")), "q2", 0.0)
    assert json.loads(json.dumps(told))["citations"] == [
        {
            "article": "fanal-3", "title": "Le port rouvre", "published": "2025-03-01", "start": 40,
            "end": 43, "quote": "Oui", "speaker": "Yolande Perchat", "kind": "direct",
        }
    ]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_foreign_text_as_text(text: str) -> None:
    cited = citation(text, speaker=text, title=text, source=text, cue=text, via=text)
    source = markdown(answer(cited, understood=text))
    seen = shown(source)
    assert seen.count(one_line(text).strip()) >= 6
    rendered = markdown_it.MarkdownIt("commonmark").render(source)
    assert set(re.findall(r"<(\w+)", rendered)) <= {"p", "strong", "em", "ul", "li"}


@pytest.mark.parametrize("text", HOSTILE)
def test_the_chat_shows_foreign_text_as_text(text: str) -> None:
    cited = citation(text, speaker=text, title=text, source=text, cue=text, via=text)
    message = chat_message(answer(cited, understood=text))
    assert "\n" not in message
    seen = html.unescape(re.sub(r"<[^>]*>", "", markdown_it.MarkdownIt("commonmark").render(message)))
    assert seen.count(visible(text)) >= 6
    tags = set(re.findall(r"<(\w+)", message))
    assert tags <= {"p", "div", "bdi", "i", "span", "blockquote", "a"}


@given(st.text())
def test_the_words_in_the_chat_are_the_words_of_the_article(quote: str) -> None:
    message = chat_message(answer(citation(quote)))
    found = re.search(r'<bdi class="words">(.*?)</bdi>', message, re.DOTALL)
    assert found
    assert re.fullmatch(r"(?:[\w ]|&#\d+;)*", found[1])
    assert re.sub(r"&#(\d+);", lambda code: chr(int(code[1])), found[1]) == visible(quote)


@given(st.text())
def test_a_question_comes_back_from_the_chat_as_it_went(question: str) -> None:
    assert chat_words(chat_sentence(question)) == visible(question).replace("\r", "\r")


def test_a_chip_leads_to_the_place_and_tells_what_it_is() -> None:
    chip = re.search(r'<a class="cite" href="([^"]*)" title="([^"]*)">(.*?)</a>', chat_message(answer(citation("Oui"))))
    assert chip
    assert chip[1] == f"#dixit-{'0f' * 8}-40-43"
    assert html.unescape(chip[2]) == "Yolande Perchat · cité · Le port rouvre · Le Fanal, 1er mars 2025"
    assert html.unescape(chip[3]) == "[1]"
