import sys
from subprocess import run

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.languages.detection import (
    FALLBACK,
    detect_language,
    detect_question_language,
    language_code,
)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("La maire a promis de rouvrir la piscine avant l'été.", "fr"),
        ("The mayor promised to reopen the pool before summer.", "en"),
        ("Die Bürgermeisterin versprach, das Schwimmbad wieder zu öffnen.", "de"),
        ("La alcaldesa prometió reabrir la piscina antes del verano.", "es"),
        ("La sindaca ha promesso di riaprire la piscina prima dell'estate.", "it"),
        ("Мэр пообещала открыть бассейн до начала лета.", "ru"),
        ("وعدت رئيسة البلدية بإعادة فتح المسبح قبل الصيف.", "ar"),
        ("市长承诺在夏天之前重新开放游泳池。", "zh"),
        ("Belediye başkanı havuzu yazdan önce yeniden açacağına söz verdi.", "tr"),
        ("", FALLBACK),
        ("12 345 – 67 %", FALLBACK),
        ("\ud800", FALLBACK),
    ],
)
def test_language_of_an_article(text: str, lang: str) -> None:
    assert detect_language(text) == lang


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Le quai\n\n« Le quai fermera », a dit Yann Corbel, docker.", "fr"),
        ("Le quai fermera.", "fr"),
        ("« Le quai tient », a dit Paul Morel.", "fr"),
        ("“Robbed,” said Le Pen.", "en"),
        ("« Oui », dit-il.", "fr"),
        ("Piscine municipale", "fr"),
        ("Un bilan mitigé", "fr"),
        ("Le docker a dit non", "fr"),
        ("Tram : la ligne 2 en panne", "fr"),
        ("Bus gratuits dès lundi", "fr"),
        ("« Non », a tranché Kurt Weber.", "fr"),
        ("The quay\n\n“The quay will close,” said Jan Maarten, a docker.", "en"),
        ("Hello.", "en"),
        ("Bus fares rise", "en"),
        ("Rain in Leeds", "en"),
        ("He won.", "en"),
        ("Winter storm hits", "en"),
        ("Budget passed in Bonn", "en"),
        ("Der Hafen wird bald geschlossen, heißt es.", "de"),
        ("„Der Kai wird schließen“, sagte Jan Müller aus Kiel.", "de"),
        ("«El muelle cerrará», dijo Juan Pérez, estibador.", "es"),
        ("El ayuntamiento aprobó el presupuesto el lunes.", "es"),
        ("«Il molo chiuderà», ha detto Mario Rossi, portuale.", "it"),
        ("Il consiglio comunale ha approvato il bilancio lunedì.", "it"),
        ("De burgemeester beloofde het zwembad voor de zomer te heropenen.", "nl"),
        ("A prefeita prometeu reabrir a piscina antes do verão.", "pt"),
        ("Мэр открыл бассейн.", "ru"),
        ("市长开放游泳池。", "zh"),
        (
            "Kommunestyret vedtok budsjettet mandag. Opposisjonen stemte imot, og ordføreren sa at hun var fornøyd med "
            "resultatet etter lange forhandlinger.",
            "nb",
        ),
    ],
)
def test_short_text_is_french_or_english_unless_it_is_clearly_another(text: str, lang: str) -> None:
    assert detect_language(text) == lang


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("Qui a parlé de la piscine ?", "fr"),
        ("Who spoke about the pool?", "en"),
        ("Et la maire ?", "fr"),
        ("And the mayor?", "en"),
        ("Et Biden ?", "fr"),
        ("Où a parlé Corinne Barjavel ?", "fr"),
        ("a quelle date la decision sur les halles a ete reportee", "fr"),
        ("Who said « Le bassin est vide » in the articles?", "en"),
        ("Qui a dit “we will never close it” ?", "fr"),
        ("« Le bassin est vide »", "fr"),
        ("Bonjour !", "fr"),
        ("Résumé hôpital fermeture", "fr"),  # letters alone tell
        ("Navette gratuite ?", "fr"),
        ("Quay closure hearing", "en"),
        ("Barjavel on Marseille", "en"),  # French "on" has a verb behind it
        ("On ferme la piscine ?", "fr"),
        ("", "en"),
        ("\ud800?", "en"),
    ],
)
def test_language_of_a_question(question: str, lang: str) -> None:
    assert detect_question_language(question) == lang


@pytest.mark.parametrize(
    ("given_code", "code"),
    [
        ("fr", "fr"),
        (" FR ", "fr"),
        ("en-GB", "en"),
        ("pt_BR", "pt"),
        ("français", None),
        ("xx", None),
        ("", None),
        (None, None),
    ],
)
def test_code_that_a_source_gives(given_code: str | None, code: str | None) -> None:
    assert language_code(given_code) == code


@settings(deadline=None)  # the first example loads the models
@given(st.text(st.characters(exclude_categories=())))
def test_any_text_has_a_language(text: str) -> None:
    assert language_code(detect_language(text)) is not None
    assert detect_question_language(text) in ("fr", "en")


def test_importing_loads_no_model() -> None:
    code = "from index.languages import detection; print(detection._article_detector.cache_info().currsize)"
    done = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) == 0
