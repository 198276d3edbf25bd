"""Who is meant in English: one row a rule. A journalist may add rows; the sentences are invented."""

from __future__ import annotations

import pytest

from index.models import Article, content_id
from tests.rules import quotations_by_rule


def speakers(text: str) -> list[str | None]:
    article = Article(content_id(text), "test", text.split("\n")[0], "en", text=text)
    return [q.speaker for q in quotations_by_rule(article)]


ROWS = [
    # what speaks for nobody is no source, unless it is somebody's
    ("According to plan, the bridge will close on Monday.", []),
    ("According to our information, the bridge will close on Monday.", []),
    ("According to the council’s plan, the bridge will close on Monday.", ["the council's plan"]),
    # a sentence that turns to others before a colon is not of whoever spoke before
    (
        "Nora Pike spoke. “A shame,” she said.\n\nIt was the same story for Tim Oke: “We lost.”",
        ["Nora Pike", "Tim Oke"],
    ),
    ("Nora Pike spoke. “A shame,” she said.\n\nFrom the benches came another note: “A win.”", ["Nora Pike", None]),
    # of two who bear one surname, and are told apart by titles, a surname alone tells neither
    (
        "Nora Pike, the mayor, spoke first. “It rains,” Nora Pike said.\n\nHer brother Tom Pike, who farms, "
        "disagreed. “It shines,” he said.\n\n“It pours,” Ms Pike added.\n\n“It burns,” Mr Pike replied.\n\n"
        "“We shall see,” Pike said later.",
        ["Nora Pike", "Tom Pike", "Nora Pike", "Tom Pike", "Pike"],
    ),
    # a dash between words and a name
    ("“She knows every lock and every sluice.” -Commissioner Nora Pike", ["Nora Pike"]),
    ("‘We were robbed’ – Tim Oke on the cup final\n\nThe captain wept.", ["Tim Oke"]),
    # ranks, particles, and a trade that the parser takes for a verb
    ("“Perhaps,” said Sgt. Dee van der Berg.", ["Dee van der Berg"]),
    ("“No,” said Sir Alwyn ap Rhys.", ["Alwyn ap Rhys"]),
    ("According to engineer Ralph Dunmore, the roof will hold.", ["Ralph Dunmore"]),
    # people told from bodies, whatever their first name
    ("Oluwaseun Thackeray came. “It rains,” Thackeray said.", ["Oluwaseun Thackeray"]),
    ("The Thackeray Cup is back. “It rains,” said the firm.", ["firm"]),
    ("The twins Nora and Vera Pike came. “It rains,” Nora said.", ["Nora Pike"]),
    ("The Mallory sisters won. Vera Mallory wept. “It rains,” Nora said.", ["Nora Mallory"]),
    # a participle behind a main clause is its subject's, not the nearest noun's
    ("The Mayor has defended the work of the crews saying “it rains on all of us”.", ["Mayor"]),
    ("Nora Pike affirmed her willingness to serve, writing, “It rains.”", ["Nora Pike"]),
    ("Police arrested a man saying he was “the king of Hask”.", ["a man"]),
    # whom an outlet quotes
    ("The Ledger quoted Tim Moss, formerly a clerk, as saying “it rains on all of us”.", ["Tim Moss"]),
    ("Strike at the hospital: “We will not go further”", [None]),
    # roles
    ("The harbour’s eel-counter, Nora Pike, wept. “It rains,” said the eel-counter.", ["Nora Pike"]),
    ("‘It rains’, says council leader\n\nNora Pike, the council leader, came.", ["Nora Pike"]),
    ("Nora Pike, 43, fell. The 43-year-old said it rained.", ["Nora Pike"]),
    ("Bishop Paul Oke sang. In the prelate’s opinion, it was raining.", ["Paul Oke"]),
    ("Nora Pike is here. She is the vet. Later Vera Oke came. “It rains,” the vet said.", ["Nora Pike"]),
    ("“It rains”, as our first editor, Nora Pike, told readers.", ["Nora Pike"]),
    ("Curator Nora Pike wept. “It rains,” the mayor said.", ["mayor"]),
    # namesakes
    (
        "Nora Pike, a surgeon, met her cousin Vera Pike, a baker. Dr Pike said it rained.",
        ["Nora Pike"],
    ),
    # a word of time is a surname too
    (
        "Nora Day sang. For years, Day was loved. “It rains,” Day said. In Sound, Day said, “it pours”.",
        ["Nora Day"] * 2,
    ),
    (
        "Prime minister Teresa May spoke. Later, May told reporters, “It rains.” She will be back on Day 3, or in May.",
        ["Teresa May"],
    ),
    # two roles of one person, whose name stands behind the second
    (
        "“It rains,” said co-author and research fellow Paul Oke. “It pours,” said mayor and former judge Nora Pike.",
        ["Paul Oke", "Nora Pike"],
    ),
    # nobody else of a body is its president, and no noun of a name a verb
    (
        "The bank's president, Luke Oke, declined. “It rains,” the bank's former president said. “It pours,” "
        "a rival bank's president said. “It snows,” said another president of the bank.",
        ["the bank's former president", "a rival bank's president", "another president of the bank"],
    ),
    (
        "Nora Pike, a resident of Leeds, left. “It rains,” another resident of Leeds said.",
        ["another resident of Leeds"],
    ),
    ("A Treasury report summary: “It rains on all of us.”", ["A Treasury report summary"]),
    # two of one role, told apart by their offices; one behind a comma that parts clauses
    (
        "The bank's president, Theo Pike, met the region's president, Luke Oke. “It rains,” the bank's president said.",
        ["Theo Pike"],
    ),
    ("In her letter to governor Luke Oke, mayor Nora Pike wrote: “It rains.”", ["Nora Pike"]),
    # nor is a place part of a name, and the verb doubles its letter
    ("West Hask's Paul Oke concurred with Nora Pike: “It rains on all of us.”", ["Paul Oke"]),
    # short words with their cue beside them are speech
    (
        "“Thank you”, wrote Nora Pike. Paul Oke wrote: “Well done”.",
        ["Nora Pike", "Paul Oke"],
    ),
    # answers
    ("Nora Pike met Paul Oke. “Does it rain?” Pike asked. “It does,” came the reply.", ["Nora Pike", "Paul Oke"]),
    # no cue beside the words
    ("“It has rained since May.”\n- Nora Pike, Westport", ["Nora Pike"]),
    ("Nora Pike slept.\n\n“It has rained since May.” Those words belong to Vera Oke.", ["Vera Oke"]),
    ("Nora Pike slept.\n\n“It has rained since May.” That from Vera Oke, 91.", ["Vera Oke"]),
    ("The council’s answer came late. “It rains,” it read.", ["council"]),
    ("‘It rains again, she said.", [None]),
    ("Nora Pike swims, “come rain or shine”, as she puts it.", ["Nora Pike"]),
    ("The bus would come in May, Nora Pike added, but nobody believed it.", ["Nora Pike"]),
    # bodies by the name that they were given in full, and by what they are
    ("The Trust for Wetland Archaeology came. The Trust said it rained.", ["Trust for Wetland Archaeology"]),
    ("Dunholme Grid runs the line. The supplier has pledged to mend it.", ["Dunholme Grid"]),
    ("The Student Union met. The Student Union said it rained.", ["Student Union"]),
    # kin, the lead's trade, the one of two
    ("Nora Pike hugged her brother, Paul. “It rains,” Paul said.", ["Paul Pike"]),
    ("Nora Pike sang. Magnus Pike clapped. “It rains,” said his wife.", ["Nora Pike"]),
    (
        "A former clerk said it rained.\n\nNora Pike, 49, was on the stand.",
        ["Nora Pike"],
    ),
    # clauses before their cue, behind dashes, colons and adjectives
    ("Two ferries were late, the council said on Friday, a week after the storm came.", ["council"]),
    ("Nora Pike explained – few may – that it rained.", ["Nora Pike"]),
    ("Mayor Nora Pike is adamant the ferry sailed at noon.", ["Nora Pike"]),
    ("Not true, countered Nora Pike: nothing had been signed.", ["Nora Pike"]),
    ("“We stand by it” was Nora Pike’s reply.", ["Nora Pike"]),
    ("The last word belongs to chief Nora Pike: “It rains again, as ever.”", ["Nora Pike"]),
    ("The results show that it rained.", []),
    ("Skerrin Ferries launches its “Safe Hands” programme.", []),
    # whoever is asked, and what comes before the cue, do not hide the words
    ("A reporter asked the minister, “Will you resign over the bridge?”", ["A reporter"]),
    ("Nora Pike reminded Paul Oke, “You promised me a boat.”", ["Nora Pike"]),
    ("After the game, Nora Pike said, “We were lucky tonight.”", ["Nora Pike"]),
    ("In a statement on the project, Nora Pike said, “We will end it in May.”", ["Nora Pike"]),
    ("Asked about his new book, Paul Oke said, “It took me nine years.”", ["Paul Oke"]),
    # nothing is said
    ("“The Long Rain”, a documentary, opens on Monday.", []),
    ("“The Long Rain”, the club song, was sung.", []),
    ("Papers wrote of a “ghost bus”.", []),
    ("Locals call it “the Beast”.", []),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_english_speakers(text: str, expected: list[str | None]) -> None:
    assert speakers(text) == expected
