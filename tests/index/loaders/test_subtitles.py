"""Subtitles -> a text of turns, and when each is said; the sentences are invented."""

from __future__ import annotations

import io

import pytest

from index.errors import SourceRefused
from index.loaders.dispatch import read
from index.loaders.document import Document
from index.loaders.forms import form_of
from index.loaders.subtitles import read_srt, read_vtt
from index.models import Article
from index.text.location import time_at


def article(text: str | bytes, name: str) -> Article:
    data = text if isinstance(text, bytes) else text.encode()
    (found,) = (read_vtt if name.endswith(".vtt") else read_srt)(
        Document(io.BytesIO(data), name, f"/in/{name}"), 10_000
    )
    return found


SRT = """1
00:00:01,000 --> 00:00:04,200
JOURNALISTE : Le quai
est-il sûr ?

2
00:00:04,400 --> 00:00:08,000
LHERBIER : Il le sera dès que

3
00:01:08,000 --> 00:01:10,500
la <i>région</i> paiera.

4
01:00:11,000 --> 01:00:13,000
<i>- Et sinon ?</i>
- Nous attendrons.
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_cues_of_subrip_are_joined_to_turns(encoding: str, end: str) -> None:
    found = article(SRT.replace("\n", end).encode(encoding), "a.srt")
    assert found.text == (
        "JOURNALISTE : Le quai est-il sûr ?\n\nLHERBIER : Il le sera dès que la région paiera.\n\n"
        "– Et sinon ?\n\n– Nous attendrons."
    )
    told = [time_at(found, found.text.index(words)) for words in ("est-il", "LHERBIER", "la région", "Nous")]
    assert told == ["00:00:01", "00:00:04", "00:01:08", "01:00:11"]


VTT = [
    # voices, classes, a note, a style, an identifier
    (
        "WEBVTT - Le quai\nLanguage: fr\n\nSTYLE\n::cue { color: red }\n\nNOTE vide\n\nun\n00:01.000 --> 00:02.000\n"
        "<v.haut Rose Lherbier>Il tient</v>\n\nNOTE encore\n\n00:02.000 --> 00:03.000 align:start\n"
        "<v Rose Lherbier>depuis <b>cent</b> ans.\n\n00:03.000 --> 00:04.000\n<v Ana Corbel>Voire&nbsp;plus.\n",
        "Rose Lherbier: Il tient depuis cent ans.\n\nAna Corbel: Voire\u00a0plus.",
    ),
    # two voices in one cue
    (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Rose>Il tient.</v>\n<v Ana>Oui.</v>\n",
        "Rose: Il tient.\n\nAna: Oui.",
    ),
    # rolling captions
    (
        "WEBVTT\n\n00:00.000 --> 00:02.000\n \nthe<00:00.500><c> quay</c>\n\n00:02.000 --> 00:02.010\nthe quay\n \n\n"
        "00:02.010 --> 00:04.000\nthe quay\nheld<00:02.500><c> out</c>\n\n00:04.000 --> 00:04.010\nheld out\n \n\n"
        "00:04.010 --> 00:06.000\nheld out\nin spring\n",
        "the quay held out in spring",
    ),
    # another speaks, nobody says who
    ("WEBVTT\n\n00:01.000 --> 00:02.000\n>> The quay held.\n>> ANA: Did it?\n", "– The quay held.\n\nANA: Did it?"),
    # a pause after a sentence
    (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nOne.\n\n00:02.100 --> 00:03.000\nTwo.\n\n00:09.000 --> 00:10.000\nThree.\n",
        "One. Two.\n\nThree.",
    ),
    # one speaker's label before each cue, as meetings are written down
    (
        "WEBVTT\n\n1\n00:01.000 --> 00:02.000\nRose Lherbier: Il tient\n\n2\n00:02.000 --> 00:03.000\n"
        "Rose Lherbier: depuis cent ans.\n\n3\n00:03.000 --> 00:04.000\nAna Corbel: Voire plus.\n",
        "Rose Lherbier: Il tient depuis cent ans.\n\nAna Corbel: Voire plus.",
    ),
    # whoever speaks between without a label is another
    (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nRose Lherbier: Il tient.\n\n00:02.000 --> 00:03.000\n>> Vraiment ?\n\n"
        "00:03.000 --> 00:04.000\nRose Lherbier: Oui.\n",
        "Rose Lherbier: Il tient.\n\n– Vraiment ?\n\nRose Lherbier: Oui.",
    ),
    # names in brackets
    (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n[LHERBIER] Il tient.\n\n00:02.000 --> 00:03.000\n[CORBEL] Encore\n"
        "[RIRES] cent ans.\n",
        "[LHERBIER] Il tient.\n\n[CORBEL] Encore [RIRES] cent ans.",
    ),
    # what is said twice is kept where captions do not roll
    ("WEBVTT\n\n00:01.000 --> 00:02.000\nNo.\n\n00:02.000 --> 00:03.000\nNo.\n", "No. No."),
]


@pytest.mark.parametrize(("data", "text"), VTT)
def test_cues_of_webvtt_are_joined_to_turns(data: str, text: str) -> None:
    assert article(data, "a.vtt").text == text


def test_the_head_of_webvtt_tells_title_and_language() -> None:
    found = article(VTT[0][0], "a.vtt")
    assert (found.title, found.lang, found.form) == ("Le quai", "fr", "WebVTT")


@pytest.mark.parametrize(("text", "form"), [(SRT, "SubRip"), (VTT[0][0], "WebVTT")])
def test_a_text_that_is_subtitles_is_read_as_such(text: str, form: str) -> None:
    (found,) = read("text", Document(io.BytesIO(text.encode()), "a.txt", "/in/a.txt"), 10_000)
    assert isinstance(found, Article)
    assert (found.form, "-->" in found.text) == (form, False)


@pytest.mark.parametrize("name", ["a.srt", "a.vtt"])
@pytest.mark.parametrize("text", ["Un texte sans temps.", "WEBVTT\n", "1\n00:00:01,000 --> 00:00:02,000\n\n"])
def test_what_is_no_subtitles_is_refused(name: str, text: str) -> None:
    with pytest.raises(SourceRefused, match="no (SubRip|WebVTT) subtitles"):
        article(text, name)
    assert form_of(name) in ("SubRip", "WebVTT")


CAPTIONS = """0:00
[Musique]
0:03
bonjour à tous on est ici sur le quai
0:07
avec la maire du port
>> merci de venir
1:02
la digue sera relevée
"""


def captions(text: str) -> Article:
    (found,) = (one for one in read("text", Document(io.BytesIO(text.encode()), "a.txt", "/in/a.txt"), 10_000))
    assert isinstance(found, Article)
    return found


def test_captions_copied_from_a_page_are_what_is_said_and_their_times_its_places() -> None:
    found = captions(CAPTIONS)
    assert found.form == "captions"
    assert found.text == (
        "[Musique] bonjour à tous on est ici sur le quai avec la maire du port\n\n"
        "– merci de venir la digue sera relevée"
    )
    assert [time_at(found, found.text.index(words)) for words in ("[Mus", "bonjour", "la digue")] == [
        "00:00:00", "00:00:03", "00:01:02",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "8:30\nLe journal\n9:00\nLa météo\n9:05\nLe feuilleton\n10:00\nLe film\n",  # a programme
        "Résultats\n0:12\nDuval\n0:14\nMorel\n0:15\nArzel\n0:18\nLeroy\n",  # begins with words
        "0:12\nDuval\n0:14\nMorel\n0:15\nArzel\n",  # few
        "0:18\nDuval\n0:14\nMorel\n0:15\nArzel\n0:12\nLeroy\n",  # in no order
        "0:00\n0:01\n0:02\n0:03\nfin\n8:00\nsoir\n",  # a gap
    ],
)
def test_other_lines_of_times_are_left_as_they_are(text: str) -> None:
    found = captions(text)
    assert (found.text, found.form) == (text, None)
