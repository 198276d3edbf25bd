"""Claims beside somebody's words: which say the same, and in what the others differ; all of it is invented."""

from __future__ import annotations

import pytest

from assistant.answers.claims import Likeness, Said, claim_of, likeness
from index.typography import fold

SAME = [
    # where the article breaks its lines
    ("fr", "nous ne voulons prendre aucun risque", "nous ne voulons prendre\naucun risque"),
    ("en", "no one will be left behind", "no\none will be left  behind"),
    # the sequence of tenses
    ("fr", "la gratuité coûterait deux millions", "La gratuité coûtera deux millions d’euros."),
    ("fr", "la gratuité coûterait 2 millions d'euros", "La gratuité coûtera deux millions d’euros."),
    ("fr", "la ligne perdait de l'argent", "Nous perdons de l’argent, la ligne aussi perd de l’argent"),
    ("fr", "les digues tenaient bon", "les digues tiennent bon"),
    ("fr", "les halles ne valaient pas le prix de leurs tuiles", "les halles ne valent pas le prix de leurs tuiles"),
    ("fr", "les trains circuleraient jusqu'en décembre", "les trains circuleront jusqu’en décembre"),
    ("fr", "les chiens ne suffisaient plus", "les chiens ne suffisent plus"),
    ("fr", "le bac reviendrait au printemps", "Le bac reviendra au printemps, je m’y engage."),
    ("fr", "la mairie avait prévenu le préfet", "La mairie a prévenu le préfet dès lundi."),
    ("en", "the ferry would cost nine million", "The ferry will cost nine million crowns."),
    ("en", "the ferry would cost 9 million", "The ferry will cost nine million crowns."),
    ("en", "the sea wall would hold", "The sea wall will hold."),
    ("en", "the council took the money", "The council has taken the money."),
    ("en", "the baths were losing money", "the baths lose money every winter"),
    ("en", "the pilots had taken the boat", "By then the pilots took the boat."),
    ("en", "lorries were ruining the quay", "Every lorry ruins the quay."),
    # who speaks says "I", "we"
    ("fr", "il quitterait le port", "Je quitterai le port."),
    ("fr", "elle pensait vendre la criée", "Je pense vendre la criée."),
    ("en", "he would leave the harbour", "I will leave the harbour."),
    ("en", "she had never read the letter", "I never read the letter."),
    # an infinitive, a participle
    ("fr", "il renoncerait au stade", "être prêt à renoncer au stade"),
    ("fr", "elle avait prévenu le préfet", "avoir prévenu le préfet"),
    ("en", "he had warned the board", "having warned the board"),
    ("en", "they would number every stone", "to number every stone"),
    # less than all of it, in a clause of its own
    ("fr", "le pont fermera", "Nous ne sommes pas pressés, mais le pont fermera, et tant mieux."),
    ("fr", "les écluses sont à l'arrêt", "Rien ne bouge. Les écluses sont à l’arrêt. Personne ne répond."),
    ("en", "the mill closed", "We did not want it, but the mill closed."),
    ("en", "the tide gauge is broken", "Nobody listens. The tide gauge is broken. It is not new."),
    # both deny
    ("fr", "le pont ne fermera pas", "Non, le pont ne fermera pas."),
    ("fr", "personne n'avait relu la note", "Personne n’a relu la note."),
    ("en", "nobody opened the survey", "Nobody opened the survey before signing."),
    ("en", "the gate was not locked", "The gate wasn't locked."),
    # « ne ... que » denies nothing; a slip; numbers in words
    ("fr", "il reste deux bateaux", "Il ne reste que deux bateaux."),
    ("fr", "la gratuitée coûterait deux millions", "La gratuité coûtera deux millions"),
    ("fr", "trois cents arbres seraient abattus", "300 arbres seront abattus."),
    ("en", "two hundred trees would be felled", "200 trees will be felled."),
    # open on both sides
    ("fr", "le bac pourrait revenir", "Le bac peut revenir."),
    ("en", "the ferry might return", "The ferry could return in spring."),
]

DIFFERENT = [
    # denied, or turned round by a verb
    ("fr", "le pont fermera en juin", "Le pont ne fermera pas en juin.", "negation"),
    ("fr", "le droit n'a pas parlé", "Le droit a parlé", "negation"),
    ("fr", "l'hôpital fermera", "L’hôpital ne fermera jamais.", "negation"),
    ("fr", "elle ne sera pas gratuite", "Elle sera gratuite", "negation"),
    ("fr", "la région paiera les travaux", "La région refuse de payer les travaux.", "negation"),
    ("fr", "personne n'a vu la note", "Tout le monde a vu la note.", "negation"),
    ("en", "we can sail on promises", "We cannot sail on promises", "negation"),
    ("en", "prison is for the poor", "Prison is not for the poor.", "negation"),
    ("en", "the state will pay", "The state refused to pay.", "negation"),
    ("en", "the wall will hold", "The wall won't hold.", "negation"),
    # another number, day or name
    ("fr", "le canal coûterait 200 milliards", "Le canal coûtera 60 milliards.", "numbers"),
    ("fr", "deux écoles fermeraient", "Trois écoles fermeront.", "numbers"),
    ("fr", "le pont fermera en mai", "Le pont fermera en juin.", "dates"),
    ("fr", "Barnabé Lutz a menti", "Anselme Corvin a menti.", "names"),
    ("fr", "Ruvigny paiera la digue", "Morvan paiera la digue.", "names"),
    ("en", "the dam would cost 200 billion", "The dam will cost 60 billion.", "numbers"),
    ("en", "eleven boats sank", "Twelve boats sank.", "numbers"),
    ("en", "the quay opens on Friday", "The quay opens on Monday.", "dates"),
    ("en", "Otis Brandt lied", "Then Ramona Fisk lied.", "names"),
    # left open, conditional, asked
    ("fr", "la ligne fermera", "La ligne pourrait fermer.", "possible"),
    ("fr", "la ligne fermera", "Peut-être la ligne fermera-t-elle.", "possible"),
    ("fr", "la ligne fermera", "Si le budget est voté, la ligne fermera.", "condition"),
    ("fr", "la ligne fermera", "La ligne fermera-t-elle ?", "asked"),
    ("en", "the line will close", "The line may close.", "possible"),
    ("en", "the line will close", "If the vote is lost, the line will close.", "condition"),
    ("en", "the line will close", "Will the line close?", "asked"),
    # turned round, or a word for another
    ("fr", "le préfet a menti au maire", "Le maire a menti au préfet.", None),
    ("fr", "le pont de Ruvigny ouvrira en juin", "Le pont de Ruvigny fermera en juin.", None),
    ("fr", "les pêcheurs ont trahi les dockers", "Les dockers ont trahi les pêcheurs.", None),
    ("fr", "la piscine serait vendue à un promoteur", "La piscine sera rénovée par un promoteur.", None),
    ("en", "the mayor fears the harbour master", "The harbour master fears the mayor.", None),
    ("en", "the old bridge would open in June", "The old bridge will close in June.", None),
    ("en", "the drivers sued the company", "The company sued the drivers.", None),
    ("en", "the pool is a scandal", "The pool is a success.", None),
    # of something else
    ("fr", "la pêche est en danger", "Nos vitrines sont vides.", None),
    ("en", "the fishing is in danger", "Our shop windows are empty.", None),
    # nearly all of a long claim is not enough when what is left says more
    ("fr", "la maire avait vu la note avant le vote", "J’ai vu la note.", None),
    ("en", "the minister knew of the leak before the vote", "I knew of the leak.", None),
]


def compared(lang: str, claim: str, words: str, **said: object) -> Likeness:
    around = f"{words} {said.pop('around', '')}"
    names = frozenset(fold(around).split())
    return likeness(claim_of(claim, lang, {}), Said(words, lang, around, names))


@pytest.mark.parametrize(("lang", "claim", "words"), SAME)
def test_words_that_claim_the_same_are_known(lang: str, claim: str, words: str) -> None:
    assert compared(lang, claim, words).same


@pytest.mark.parametrize(("lang", "claim", "words", "difference"), DIFFERENT)
def test_words_that_claim_something_else_are_not_taken_for_it(
    lang: str, claim: str, words: str, difference: str | None
) -> None:
    found = compared(lang, claim, words)
    assert not found.same
    if difference:
        assert difference in found.differences


@pytest.mark.parametrize(
    ("lang", "claim", "words", "title"),
    [
        ("fr", "les alarmes de l'entrepôt fonctionnaient", "les alarmes fonctionnaient", "L’entrepôt a brûlé"),
        ("fr", "la qualité n'avait pas baissé à Ruvigny", "la qualité n’a pas baissé", "La cantine de Ruvigny"),
        ("en", "the closure of the sugar mill was decided", "the closure was decided", "The sugar mill is gone"),
    ],
)
def test_a_circumstance_that_the_title_tells_need_not_be_said_again(
    lang: str, claim: str, words: str, title: str
) -> None:
    assert compared(lang, claim, words, around=title).same
    assert not compared(lang, claim, f"{words} hier" if lang == "fr" else f"{words} yesterday").same


@pytest.mark.parametrize(
    ("claim", "words", "exact", "same"),
    [
        ("money", "The money for retraining has arrived.", False, False),
        ("fiasco", "It is a fiasco.", True, True),
        ("We sang for him", "We sang for him.", False, True),
        ("We sang for him", "They sang of the sea.", False, False),
    ],
)
def test_a_claim_of_one_telling_word_must_stand_in_the_words(claim: str, words: str, exact: bool, same: bool) -> None:
    assert likeness(claim_of(claim, "en", {}, exact=exact), Said(words, "en")).same is same


@pytest.mark.parametrize(
    ("lang", "claim", "words", "same"),
    [
        ("en", "he would cancel the regatta", "Abel Thorne wants to cancel the regatta.", False),
        ("en", "he would cancel the regatta", "The owner of the regatta Abel Thorne will cancel the regatta.", False),
        ("en", "he would cancel the regatta", "We will cancel the regatta.", True),
        ("en", "he would cancel the regatta", "Colin Ferris will cancel the regatta.", True),
        ("fr", "il annulerait la régate", "Abel Thorne annulera la régate.", False),
        ("fr", "il annulerait la régate", "J'annulerai la régate.", True),
    ],
)
def test_what_is_told_of_somebody_else_is_not_claimed_of_oneself(lang: str, claim: str, words: str, same: bool) -> None:
    assert likeness(claim_of(claim, lang, {}, "Colin Ferris"), Said(words, lang)).same is same
