"""Whose the words are where the person's name stands in a genitive, as an agent, as another's object: one row a kind.

A journalist may add rows; the sentences are invented.
"""

from __future__ import annotations

import pytest

from index.models import Article, content_id
from tests.rules import quotations_by_rule

ENGLISH = [
    # what somebody says, and who
    ("Tom Reed’s advice is simple: “Wait and see.”", ["Tom Reed"]),
    ("The warning from the council was stark: “We are late.”", ["council"]),
    ("Her verdict: “It was a mess.” Ann Moore saw it on Tuesday.", ["Ann Moore"]),
    ("Ann Moore saw it on Tuesday. Her verdict was damning: “It was a mess.”", ["Ann Moore"]),
    ("Ann Moore came. Her boss’s verdict was damning: “It was a mess.”", ["Ann Moore's boss"]),
    ("“We were robbed,” is the view of Tom Reed.", ["Tom Reed"]),
    ("“We were robbed,” goes Tom Reed’s refrain.", ["Tom Reed"]),
    ("“We were robbed” was how Tom Reed described it.", ["Tom Reed"]),
    ("“Ask my lawyer” was all Tom Reed would say.", ["Tom Reed"]),
    # what one passes on of another
    ("“We were robbed,” Ann Moore heard Tom Reed say.", ["Tom Reed"]),
    ("Ann Moore recalled Tom Reed telling her: “We were robbed.”", ["Tom Reed"]),
    ("“It works,” Reuters quoted Tom Reed as saying.", ["Tom Reed"]),
    ("Tom Reed was quoted as saying “we were robbed again”.", ["Tom Reed"]),
    ("“You lied,” Tom Reed was told by Judge Ann Moore.", ["Ann Moore"]),
    ("Sentencing Tom Reed, Judge Ann Moore said: “You lied.”", ["Ann Moore"]),
    ("Tom Reed has been described by friends as “quiet and kind”.", ["friends"]),
    ("Tributes have been paid to Tom Reed, described as “quiet and kind”.", [None]),
    ("The charity Clear Water, through its chairman Karim Saleh, denounced “chronic neglect”.", ["Karim Saleh"]),
    ("Tom Reed, through his lawyer, denied “any wrongdoing at all”.", ["Tom Reed"]),
    ("Beth Carr said her boss, Neil Frey, had told her: “Keep quiet.”", ["Beth Carr", "Neil Frey"]),
    # nothing is told by a participle that opens a sentence, nor behind marks without "that"
    ("Told of the verdict, Tom Reed said: “We were robbed.”", ["Tom Reed"]),
    ("“We stay,” its head, Tom Reed, assured workers gathered in the yard.", ["Tom Reed"]),
    # names
    ("Tom Reed MP: “We were robbed.”", ["Tom Reed"]),
    ("Green MP Tom Reed slammed “a budget of surrender”.", ["Tom Reed"]),
    ("Lawyer Helen Vance was furious. “We appeal,” she vowed.", ["Helen Vance"]),
    ("For director Tom Reed, the film is “a love letter to Leeds”.", ["Tom Reed"]),
    ("A statement from the family read: “We mourn.”", ["family"]),
    ("Steve met Anna at the gate. “Get lost,” she said.", ["Anna"]),
    # a lawyer is no client; what a friend says in remembering is the friend's; wanting is no telling
    ("Tom Reed’s defence argued: “He was at home that night.”", ["Tom Reed's defence"]),
    ("Mayor Ada Pike remembered Tom Reed as a friend, saying: “He was the best of us.”", ["Ada Pike"]),
    ("“It was dark out there,” recalled Ada Pike, adding that nobody came.", ["Ada Pike", "Ada Pike"]),
    ("“Freedom” was what Tom Reed wanted for his children.", []),
]

FRENCH = [
    ("La consigne d’Odile Ménard est simple : « On attend. »", ["Odile Ménard"]),
    ("« On est prêts. » Le ton d’Odile Ménard, la capitaine, est ferme.", ["Odile Ménard"]),
    ("« Une honte » : le mot est d’Alain Perret, le président.", ["Alain Perret"]),
    ("« Sans commentaire », a été la seule réponse d’Alain Perret.", ["Alain Perret"]),
    ("Ann Moreau a entendu Tom Roche dire : « On nous a volés. »", ["Tom Roche"]),
    ("Tom Roche s’est entendu dire par la juge Anne Moreau : « Vous mentez. »", ["Anne Moreau"]),
    ("Condamnant Tom Roche, la juge Anne Moreau a dit : « Vous mentez. »", ["Anne Moreau"]),
    ("Des hommages ont été rendus à Tom Roche, décrit comme « discret et généreux ».", [None]),
    ("L’artiste est décrit par ses amis comme « un éternel enfant ».", ["ses amis"]),
    ("Eaux Vives dénonce, par la voix de son président Karim Sahli, « une pollution ».", ["Karim Sahli"]),
    # any verb speaks right behind marks and a comma, its subject behind it, whatever parts them
    ("« Je l’aime bien », s’étrangle Odile Ménard.", ["Odile Ménard"]),
    ("« Je l’aime bien », zozote Odile Ménard.", ["Odile Ménard"]),
    ("« Je l’aime bien », évacue d’un revers de main Odile Ménard.", ["Odile Ménard"]),
    ("« Je l’aime bien », confie au téléphone Odile.", ["Odile"]),
    (
        "« L’usine restera », a assuré devant les salariés réunis sur le parking, mardi matin, son directeur, "
        "Thierry Lopez.",
        ["Thierry Lopez"],
    ),
    ("« Ce projet est mort-né », avait prévenu dès 2014 l’urbaniste Anne Siret.", ["Anne Siret"]),
    ("« Je reste », a déclaré lundi à l’AFP M. Faure.", ["Faure"]),
    ("« Un plan social déguisé », pour la CGT.", ["CGT"]),
    # those for whom "on" speaks
    ("« Je l’aime bien », relativise-t-on à la mairie de Vichy.", ["mairie de Vichy"]),
    ("Du côté de la préfecture, on évoque « un incident isolé ».", ["préfecture"]),
    # whom brackets name; what somebody does before a colon, and to whom, does not speak
    ("« Je l’aime bien » (Odile Ménard).", ["Odile Ménard"]),
    ("Le député Éric Fabre n’a pas mâché ses mots à l’encontre d’Élodie Renard : « Elle ment. »", ["Éric Fabre"]),
    ("L’accusé, Kevin Marchand, n’a pas baissé les yeux : « J’assume. »", ["Kevin Marchand"]),
    ("Le mot de la fin revient à Jeanne Morel : « On se reverra. »", ["Jeanne Morel"]),
    ("« Il faut partir », a crié Paul à Marie. « Jamais », a-t-elle répondu.", ["Paul", "Marie"]),
    # titles and trades behind marks are no verbs
    ("« Marée basse », un film de Tom Roche, sort mercredi.", []),
    # bodies whose name begins as an utterance's; whoever sees somebody and speaks
    ("Le Conseil d’État a dénoncé « une loi mal faite ».", ["Conseil d'État"]),
    ("L’Ordre des avocats de Paris dénonce « une atteinte aux droits ».", ["Ordre des avocats de Paris"]),
    ("Odile Ménard a vu Tom Roche, disant : « Il était pâle hier soir. »", ["Odile Ménard"]),
    ("« Sans commentaire » fut la réponse d’Alain Perret.", ["Alain Perret"]),
]


def speakers(text: str, lang: str) -> list[str | None]:
    article = Article(content_id(text), "test", text.split("\n")[0], lang, text=text)
    return [q.speaker for q in quotations_by_rule(article)]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english_words_are_whose_they_are(text: str, expected: list[str | None]) -> None:
    assert speakers(text, "en") == expected


@pytest.mark.parametrize(("text", "expected"), FRENCH)
def test_french_words_are_whose_they_are(text: str, expected: list[str | None]) -> None:
    assert speakers(text, "fr") == expected
