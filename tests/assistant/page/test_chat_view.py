from __future__ import annotations

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.models import Answer, Citation, Prose, Quoted
from assistant.page.chat_view import chat_message, chat_sentence, messages, questions
from assistant.page.exchange import Exchange
from assistant.rendering.escaping import visible
from index.models import Article, Context, Kind, Quotation
from index.text.context import context_of
from index.text.marks import DOUBLE
from tests.invented import HOSTILE, answer, citation, elsewhere

markdown_it = pytest.importorskip("markdown_it", reason="markdown-it-py, which reads Markdown, is missing")


def seen(message: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markdown_it.MarkdownIt("commonmark").render(message)))


@pytest.mark.parametrize("text", HOSTILE)
def test_the_chat_shows_foreign_text_as_text(text: str) -> None:
    also = (elsewhere(source=text + "!"), elsewhere(source=None, title=text))
    said = {"speaker": text, "cue": text, "via": text, "confidence": 0.7, "alternative": text}
    cited = citation(text, title=text, source=text, origin=text, also=also, **said)
    message = chat_message(answer(cited, understood=text))
    assert "\n" not in message
    assert seen(message).count(visible(text)) >= 11
    tags = set(re.findall(r"<(\w+)", message))
    assert tags <= {
        "p",
        "div",
        "section",
        "bdi",
        "i",
        "span",
        "blockquote",
        "a",
        "strong",
        "abbr",
        "details",
        "summary",
        "button",
    }


@given(st.text())
@example("0,\x1f")
def test_the_words_in_the_chat_are_the_words_of_the_article(quote: str) -> None:
    message = chat_message(answer(citation(quote)))
    found = re.search(r'<bdi class="words">(.*?)</bdi>', message, re.DOTALL)
    assert found
    assert re.fullmatch(r"(?:[\w ]|&#\d+;)*", found[1])
    shown = re.sub(r"&#(\d+);", lambda code: chr(int(code[1])), found[1])
    # A mark without a partner is left out, and so is the comma before the closing mark, which leads on to nothing.
    there, here = (re.sub(f"[{DOUBLE}]", "", each) for each in (visible(quote), shown))
    assert re.sub(r",\s*$", "", there) in (here, "")


@given(st.text())
@example("\ufffe\ufdd0\U0001ffff")
def test_a_question_is_shown_as_it_was_asked(question: str) -> None:
    assert html.unescape(chat_sentence(question)) == f"<p>{visible(question)}</p>"


def test_all_that_one_person_said_is_one_click_away_while_there_is_more() -> None:
    message = chat_message(answer(citation("Oui"), speaker="Ana Ruiz", total=52))
    (button,) = re.findall(r'<button[^>]* class="all".*?</button>', message)
    assert html.unescape(re.search(r'value="([^"]*)"', button)[1]) == "Ana Ruiz"  # type: ignore[index]
    assert seen(button).strip() == "Les 52 citations d’Ana Ruiz"
    for whole in (answer(citation("Oui"), speaker="Ana Ruiz", total=1), answer(citation("Oui"), total=52)):
        assert 'class="all"' not in chat_message(whole)


def test_the_question_as_understood_is_told() -> None:
    assert "Que dit Yolande ?" in seen(chat_message(answer(citation("Oui"), understood="Que dit Yolande ?")))


def test_a_question_of_the_conversation_may_be_asked_as_it_stands() -> None:
    told = answer(citation("Oui"), understood="Que dit Yolande ?")
    assert 'class="deed alone" value="3"' in chat_message(told, 3)
    assert "alone" not in chat_message(told)
    assert "alone" not in chat_message(answer(citation("Oui")), 3)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("fr", "[1, p. 3]OuiLe Fanal, 1er mars 2025 · p. 3 · budget.pdf · Le port rouvreaussi dans L’Écho et La halle"),
        ("en", "[1, p. 3]OuiLe Fanal, 1 March 2025 · p. 3 · budget.pdf · Le port rouvrealso in L’Écho and La halle"),
    ],
)
def test_the_page_the_file_and_the_other_outlets_are_told(lang: str, told: str) -> None:
    places = (elsewhere(source="L’Écho"), elsewhere(source=None, title="La halle", start=20, end=23))
    message = chat_message(answer(citation("Oui", page=3, origin="/x/budget.pdf", also=places), lang=lang))
    assert told in seen(message).replace("\u00a0", " ")
    assert seen(message).count("budget.pdf") == 2  # above the words, and in the card of the number
    assert f'href="#dixit-{"1f" * 8}-20-23"' in message


def test_a_chip_leads_to_the_place_and_has_a_card() -> None:
    message = chat_message(answer(citation("Oui", cue="a promis")))
    chip = re.search(r'<a class="cite" href="([^"]*)">(.*?)</a></span><span class="card">(.*)</blockquote>', message)
    assert chip
    assert chip[1] == f"#dixit-{'0f' * 8}-40-43"
    assert html.unescape(chip[2]) == "[1]"
    card = html.unescape(re.sub(r"<[^>]*>", "", chip[3])).replace("\u00a0", " ")
    assert card == "OuiLe Fanal, 1er mars 2025 · Le port rouvre"


def said(**changes: object) -> str:
    """What a reader sees of words in an article, by the page in French."""
    message = chat_message(answer(citation("Oui", **changes), lang="fr"))
    figure = message.partition('<p class="byline">')[2].partition('<a class="open"')[0]
    return seen(re.sub(r'<span class="card">.*?</span></span>', "", figure)).replace("\u00a0", " ").strip()


def test_only_what_stands_in_marks_in_the_article_has_marks() -> None:
    assert said(lang="fr", cue="a promis") == "Yolande Perchat a promis :« Oui » [1]"
    assert said(lang="fr", cue="a promis", kind="indirect") == "Yolande Perchat a promis :Oui. [1]"
    assert said(lang="fr", kind="passage") == "Extrait de l’article :Oui [1]"


def test_words_of_another_language_are_marked_as_such() -> None:
    message = chat_message(answer(citation("Yes", lang="en", cue="denied"), lang="fr"))
    assert '<blockquote lang="en">' in message
    assert '<abbr class="tongue" title="anglais">EN</abbr>' in message
    assert said(lang="en", cue="denied") == "Yolande Perchat a démenti : EN« Oui » [1]"
    assert "tongue" not in chat_message(answer(citation("Oui", lang="fr"), lang="fr"))


def deeds(content: str) -> list[str]:
    return re.findall(r'class="deed (\w+)', content)


def test_one_whom_the_article_names_as_a_source_is_named_as_one() -> None:
    message = chat_message(answer(citation("Oui", cue="De l’avis de", lang="fr")))
    assert (
        html.unescape(message).count('<span class="cue">Selon </span><bdi class="speaker">Yolande Perchat</bdi>') == 1
    )
    assert "avis" not in message


@pytest.mark.parametrize(
    ("lang", "confidence", "alternative", "doubt", "title"),
    [
        ("fr", 0.7, "Luc Mas", " (attribution probable)", "ou peut-être Luc Mas"),
        ("en", 0.7, "Luc Mas", " (attribution likely)", "or perhaps Luc Mas"),
        ("en", 0.7, None, " (attribution likely)", ""),
        ("en", 0.99, "Luc Mas", "", ""),
        ("en", None, None, "", ""),
    ],
)
def test_a_likely_speaker_is_told_as_likely(
    lang: str, confidence: float | None, alternative: str | None, doubt: str, title: str
) -> None:
    message = html.unescape(
        chat_message(answer(citation("Oui", confidence=confidence, alternative=alternative), lang=lang))
    )
    spoken = f'<span class="unseen"> (<bdi>{title}</bdi>)</span>' if title else ""
    attribute = f' title="{title}"' if title else ""
    told = f' <span class="doubt">{doubt.strip()}</span>' if doubt else ""
    likely = " likely" if doubt else ""
    assert f'"byline"><bdi class="speaker{likely}"{attribute}>Yolande Perchat</bdi>{spoken}{told} <i' in message


def test_what_can_be_done_follows_each_answer_that_is_whole() -> None:
    one, two = Exchange("Qui ?", answer(citation("Oui")), vote=1), Exchange("Et ?", answer(citation("Non")))
    shown = messages([one, two], "fr")
    assert [message["role"] for message in shown] == ["user", "assistant"] * 2
    assert deeds(shown[1]["content"]) == ["copy", "up", "down"]
    assert deeds(shown[3]["content"]) == ["copy", "retry", "up", "down"]
    assert 'class="deed up pressed"' in shown[1]["content"]
    assert deeds(messages([one, two], "fr", growing=True)[3]["content"]) == []


def test_a_failure_is_told_and_can_be_tried_again() -> None:
    failed = messages([Exchange("Qui ?", failed=True)], "fr")[1]["content"]
    assert "n’a pas pu recevoir de réponse" in html.unescape(failed)
    assert deeds(failed) == ["retry"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_question_to_click_is_text(text: str) -> None:
    shown = questions([text], "page.try", "fr")
    found = re.search(r'data-question="([^"]*)">(.*)</button>', shown, re.DOTALL)
    assert found
    assert html.unescape(found[1]) == html.unescape(found[2]) == visible(text)


def test_what_comes_nearest_stands_apart_under_a_heading_of_its_own() -> None:
    refused = answer(abstained=True, paragraphs=((Prose("Non."),),), nearest=(citation("Oui"),), refusal="elsewhere")
    before, apart = chat_message(refused).split('<section class="nearest">')
    assert "Non" in before
    assert "Le plus proche dans vos articles" in apart
    assert "Oui" in apart


def bylines(message: str) -> list[str]:
    return [seen(each).replace("\u00a0", " ") for each in re.findall(r'<p class="byline">.*?</p>', message)]


def test_an_article_is_told_once_and_a_speaker_is_named_once_in_it() -> None:
    one, two = citation("Oui", cue="a promis", lang="fr"), citation("Non", number=2, lang="fr")
    message = chat_message(answer(one, two, citation("Si", number=3, speaker="Luc Mas", lang="fr")))
    assert re.findall(r'<section class="article"><p class="where"><a href="([^"]*)"', message) == [f"#dixit-{'0f' * 8}"]
    assert bylines(message) == ["Yolande Perchat a promis :", "a dit :", "Luc Mas a dit :"]


def test_what_stands_around_the_words_can_be_unfolded() -> None:
    around = Context(10, "Il pleut. « Oui », dit-elle. Il neige.", (20, 38), ((40 - 18, 43 - 18),), ((20, 27),))
    message = chat_message(answer(citation("Oui", start=22, end=25, context=around, lang="fr")))
    assert "Il pleut. « Oui », dit-elle. Il neige." in seen(re.findall(r'<p class="around".*?</p>', message)[0])
    halves = [
        citation("Oui", start=22, end=25, context=around),
        citation("dit", number=2, start=29, end=32, context=around),
    ]
    told = chat_message(answer(*halves, paragraphs=((Quoted(1), Quoted(2)),)))
    (shown,) = re.findall(r'<p class="around".*?<strong>(.*?)</strong>', told)
    assert html.unescape(shown) == "Oui », dit"


def test_an_answer_that_grows_has_nothing_to_copy_yet() -> None:
    asked = [Exchange("Qui ?", answer(citation("Oui")))]
    assert 'class="copying"' in messages(asked, "fr")[1]["content"]
    assert 'class="copying"' not in messages(asked, "fr", growing=True)[1]["content"]


def test_what_one_sentence_reports_is_told_once_with_each_number_right_behind_its_words() -> None:
    text = "Maud Roy a dit que « le pont » rouvrira, comme les « autres » du canal."
    article = Article("0f" * 8, "a", "Titre", "fr", text=text)

    def cited(number: int, words: str, kind: Kind) -> Citation:
        start, end = text.index(words), text.index(words) + len(words)
        said = Quotation(article.id, start, end, kind, "Maud Roy", cue="a dit")
        context = context_of(article, start, end, said)
        return Citation(number, article.card, start, end, words, said, context=context)

    citations = cited(1, "le pont", "mixed"), cited(2, "rouvrira, comme les", "indirect")
    one = Answer("?", "fr", False, tuple((Quoted(each.number),) for each in citations), citations)
    told = seen(re.sub(r'<span class="card">.*?</span></span>|<details.*?</details>', "", chat_message(one)))
    assert "que « le pont » [1] rouvrira, comme les [2] « autres » du canal." in told.replace("\u00a0", " ")
    assert told.count("rouvrira") == 1
