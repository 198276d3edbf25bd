"""The nouns by which newspapers call people, bodies and texts: real words, both genders, each once."""

from __future__ import annotations

import pytest

from index.languages.data_files import languages, table
from index.languages.lexicon import lexicon
from index.models import Article, content_id
from index.quotations.extractor import extract_quotations


def lists(lang: str) -> dict[str, list[str]]:
    roles = table(lang, "roles")["roles"]
    found = {f"roles.{key}": text.split() for key, text in roles.items() if isinstance(text, str)}
    found |= {f"kinds of {key}": text.split() for key, text in roles["kinds"].items()}
    return found | {"nouns.documents": table(lang, "nouns")["nouns"]["documents"].split()}


@pytest.mark.parametrize("lang", languages())
def test_no_list_says_a_word_twice(lang: str) -> None:
    twice = {key: sorted({w for w in words if words.count(w) > 1}) for key, words in lists(lang).items()}
    assert not {key: words for key, words in twice.items() if words}


@pytest.mark.parametrize("lang", languages())
def test_no_noun_is_of_both_genders(lang: str) -> None:
    words = lexicon(lang).words
    assert not words["roles.feminine"] & words["roles.masculine"]


@pytest.mark.parametrize("lang", languages())
def test_a_general_word_stands_for_people(lang: str) -> None:
    lex = lexicon(lang)
    known = lex.words["roles.any"] | lex.words["roles.bodies"] | lex.words["names.titles"]
    unknown = {general: sorted(particular - known) for general, particular in lex.kinds.items()}
    assert not {general: words for general, words in unknown.items() if words}
    assert not [general for general, particular in lex.kinds.items() if general in particular]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", "talonneur talonneuse pilier ailière pivot libéro meneuse avant-centre portier basketteuse judoka"),
        ("fr", "soignant soignante aide-soignante brancardier sage-femme kinésithérapeute urgentiste ambulancière"),
        ("fr", "éleveur éleveuse maraîchère ostréiculteur berger marin-pêcheur viticultrice pépiniériste"),
        ("fr", "soudeuse carreleur grutier cariste fleuriste poissonnière brocanteuse caissière livreur"),
        ("fr", "bourgmestre échevine syndic mairesse préfète bâtonnière greffier adjudante brigadier-chef"),
        ("fr", "glaciologue égyptologue doctorante chercheure bibliothécaire collégienne proviseure"),
        ("fr", "metteuse scénariste saxophoniste éditorialiste plasticienne bédéiste abbesse aumônier rabbin"),
        ("fr", "retraité chômeuse gréviste riveraine automobiliste rescapé octogénaire quadragénaire nièce jumelle"),
        ("en", "goaltender netminder outfielder shortstop prop hooker fly-half scrum-half wicket-keeper batter"),
        ("en", "vendor newsagent roofer cutter tiler glazier stallholder greengrocer cobbler fishmonger"),
        ("en", "paediatrician pediatrician carer anaesthetist clinician midwife paramedic"),
        ("en", "alderwoman mla taoiseach undersecretary ombudsman bailiff patrolman coroner lifeboatwoman"),
        ("en", "egyptologist glaciologist lecturer undergraduate sportswriter violist screenwriter churchwarden"),
        ("en", "grandma stepdad widow eyewitness bystander retiree jobseeker pensioner octogenarian hiker"),
    ],
)
def test_newspapers_call_people_so(lang: str, words: str) -> None:
    lex = lexicon(lang)
    assert [word for word in words.split() if not lex.has("roles.any", word)] == []


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", "neveue tenniswomane shérive seigneuse mamane poids-lourd jumeaue prieuse colonne conseile"),
        ("fr", "conseil domestique humanitaire cadre milieu tondeuse veilleuse curée portière distributeur"),
        ("en", "haulage private model conservative republican consumer watchdog local"),
    ],
)
def test_these_are_no_people_or_seldom(lang: str, words: str) -> None:
    lex = lexicon(lang)
    assert [word for word in words.split() if lex.has("roles.any", word)] == []


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "fr",
            "coopérative fédération clinique hôpital musée office régie métropole préfecture parquet rectorat ordre",
        ),
        ("fr", "ligue fondation mutuelle gendarmerie canton intercommunalité start-up état-major plateforme assureur"),
        ("en", "trust charity county borough utility regulator board mill dairy watchdog nonprofit think-tank hospice"),
        ("en", "constabulary council retailer carmaker brewery tribunal consulate legislature startup orchestra"),
    ],
)
def test_bodies_speak(lang: str, words: str) -> None:
    lex = lexicon(lang)
    assert [word for word in words.split() if not lex.has("roles.bodies", word)] == []


def speakers(text: str, lang: str) -> list[str | None]:
    article = Article(content_id(text), "test", text.split("\n")[0], lang, text=text)
    return [q.speaker for q in extract_quotations(article)]


FRENCH = [
    ("infirmière", "la soignante"),
    ("sage-femme", "la praticienne"),
    ("éleveuse", "la paysanne"),
    ("fleuriste", "la commerçante"),
    ("menuisière", "l’artisane"),
    ("colonelle", "la militaire"),
    ("procureure", "la magistrate"),
    ("glaciologue", "la scientifique"),
    ("talonneuse", "la rugbywoman"),
    ("violoniste", "la musicienne"),
    ("bourgmestre", "l’élue"),
    ("sociologue", "l’universitaire"),
]


@pytest.mark.parametrize(("trade", "called"), FRENCH)
def test_a_general_noun_takes_up_a_french_trade(trade: str, called: str) -> None:
    text = (
        f"Jeanne Morel, {trade}, vit à Tours. Paul Lanoy, cariste, attend le car. « Le pont tiendra », assure {called}."
    )
    assert speakers(text, "fr") == ["Jeanne Morel"]


ENGLISH = [
    ("a nurse", "the medic"),
    ("a curate", "the clergywoman"),
    ("a grower", "the farmer"),
    ("a potter", "the artist"),
    ("a geneticist", "the scientist"),
    ("a netminder", "the goaltender"),
    ("a sociologist", "the academic"),
    ("a councilwoman", "the politician"),
    ("a fishmonger", "the shopkeeper"),
    ("a cellist", "the musician"),
]


@pytest.mark.parametrize(("trade", "called"), ENGLISH)
def test_a_general_noun_takes_up_an_english_trade(trade: str, called: str) -> None:
    text = f"Joan Pike, {trade}, lives in Hask. Paul Vane, a roofer, waited. “The bridge will hold,” said {called}."
    assert speakers(text, "en") == ["Joan Pike"]
