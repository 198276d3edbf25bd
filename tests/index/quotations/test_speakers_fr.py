"""Who speaks in French sentences as newspapers build them: invented, with what says nothing beside it."""

from __future__ import annotations

import pytest

from index.models import Article, content_id
from tests.rules import quotations_by_rule


def said(text: str) -> list[tuple[str | None, str]]:
    article = Article(content_id(text), "test", text.split("\n")[0], "fr", text=text)
    return [(q.speaker, text[q.start : q.end]) for q in quotations_by_rule(article)]


ROWS = [
    # who goes on is who spoke, not the body named since
    (
        "Paul Morel a parlé. « La digue tiendra », a-t-il dit.\n\nLe conseil doit se prononcer en mai.\n\n"
        "« Nous avons trop attendu », a-t-il ajouté.",
        [("Paul Morel", "La digue tiendra"), ("Paul Morel", "Nous avons trop attendu")],
    ),
    # a body named some paragraphs ago is no « elle »
    (
        "« L’eau monte », prévient-on à la préfecture.\n\nLe bac reste à quai.\n\nLes agents du port font grève.\n\n"
        "Les trains sont arrêtés. « On tiendra », a-t-elle prévenu.",
        [("préfecture", "L’eau monte"), (None, "On tiendra")],
    ),
    # what speaks for nobody is no source, unless it is somebody's
    ("Selon toute vraisemblance, le pont fermera lundi.", []),
    ("D'après nos informations, le pont fermera lundi.", []),
    ("Selon la saison, le bac passe trois fois.", []),
    (
        "Selon le calendrier de la mairie, le pont fermera lundi.",
        [("calendrier de la mairie", "le pont fermera lundi")],
    ),
    # a sentence that turns to others before a colon is not of whoever spoke before
    (
        "« Une honte », a dit Paul Morel.\n\nMême colère chez Jean Duval : « On nous a trahis. »",
        [("Paul Morel", "Une honte"), ("Jean Duval", "On nous a trahis.")],
    ),
    (
        "« Une honte », a dit Paul Morel.\n\nCôté patronal, on se tait ou presque : « Rien à dire. »",
        [("Paul Morel", "Une honte"), (None, "Rien à dire.")],
    ),
    (
        "« Une honte », a dit Paul Morel.\n\n@laguetteuse : « On ferme demain »",
        [("Paul Morel", "Une honte"), (None, "On ferme demain")],
    ),
    # the bullet of a list
    ("• Farida Lemaître (Rivages) : « Une honte. »", [("Farida Lemaître", "Une honte.")]),
    # a form of the lexicon behind marks and a comma is a verb, whatever the parser says
    (
        "« Il faudra bien choisir », avertit la députée Farida Lemaître.",
        [("Farida Lemaître", "Il faudra bien choisir")],
    ),
    ("« Nous restons tous ici », résume Mme Lemaître.", [("Lemaître", "Nous restons tous ici")]),
    ("« Qui paiera donc la note ? », questionne la maire, Ana Ruiz.", [("Ana Ruiz", "Qui paiera donc la note ?")]),
    # behind a title stands the name, all of it
    ("« Moi pour », a dit Mme Trần Thị Mai.", [("Trần Thị Mai", "Moi pour")]),
    # a woman's noun beats the first name; a name of both is of whoever it is
    (
        "La candidate Maxime Duval a vu Paul Morel. « Je reste », a-t-elle dit.",
        [("Maxime Duval", "Je reste")],
    ),
    (
        "Ana Ruiz est venue. Camille Duval, l'animateur, l'a saluée. « Restons calmes », a-t-il demandé.",
        [("Camille Duval", "Restons calmes")],
    ),
    # namesakes whom titles part: the bare name is neither's
    (
        "Le maire, Paul Morel, a vu la députée Ana Morel. « Oui », a dit M. Morel. « Non », a dit Mme Morel.\n\n"
        "« C'est clair », a conclu Morel.",
        [("Paul Morel", "Oui"), ("Ana Morel", "Non"), ("Morel", "C'est clair")],
    ),
    # a headline's topic does not speak, its person and its body do
    ("Grève à l'hôpital : « Nous n'irons pas plus loin »", [(None, "Nous n'irons pas plus loin")]),
    ("Farida Lemaître : « Nous n'irons pas plus loin »", [("Farida Lemaître", "Nous n'irons pas plus loin")]),
    ("Préfecture de la Valsonne : « Nous irons plus loin »", [("Préfecture de la Valsonne", "Nous irons plus loin")]),
    # nor does a participle that opens a sentence
    (
        "Assis sur un banc, Marcel Dubosc ne décolère pas. « Il ne reste qu'à vendre la mer », dit-il.",
        [("Marcel Dubosc", "Il ne reste qu'à vendre la mer")],
    ),
    (
        "Contacté, le ministère se tait. Assise, Ana Ruiz attend. « Rien ne vient », dit-elle.",
        [("Ana Ruiz", "Rien ne vient")],
    ),
    # a foreign name keeps its last s, and the sentence its end
    (
        "La note du pays a baissé. « Le pays ne réduit pas sa dette », écrit Moody's. Sotheby's a répondu : "
        "« Nous vendrons. »",
        [("Moody's", "Le pays ne réduit pas sa dette"), ("Sotheby's", "Nous vendrons.")],
    ),
    # the parser takes the verb for an adjective of the name
    (
        "Vers 22 heures, le docker Éric Vallon critique Martin Serre : « On ne le voit nulle part. »",
        [("Éric Vallon", "On ne le voit nulle part.")],
    ),
    # two roles of one person, whose name stands behind the second
    (
        "« Les mouches s'écartent », a dit le maire et sénateur Martin Hault. « Nous l'avons vu », a expliqué la "
        "chercheuse et coauteure de l'étude Léna Croix. « C'est faux », a dit le préfet et les pêcheurs.",
        [
            ("Martin Hault", "Les mouches s'écartent"),
            ("Léna Croix", "Nous l'avons vu"),
            ("préfet", "C'est faux"),
        ],
    ),
    # a text that ends with such a verb
    ("Le maire a parlé. « Rien ne presse », répète", [("maire", "Rien ne presse")]),
    # two presidents, told apart by what they preside over
    (
        "Le président de la Banque de Sargune, Théo Lannes, a reçu le président de la région, Luc Arnaud. "
        "« Nous prêterons », a promis le président de la banque.",
        [("Théo Lannes", "Nous prêterons")],
    ),
    # dates and adverbs between a verb and its subject
    (
        "Paul Morel est mort, a annoncé mardi sa famille à l'agence.",
        [("famille de Paul Morel", "Paul Morel est mort")],
    ),
    ("Le pont sera fermé, ont annoncé le 26 mars les riverains.", [("les riverains", "Le pont sera fermé")]),
    (
        "Hugo Duval est venu. « Le pont tient depuis longtemps, confiait d'ailleurs Duval en 2010. Il tiendra. »",
        [("Hugo Duval", "Le pont tient depuis longtemps"), ("Hugo Duval", "Il tiendra.")],
    ),
    # no date, adjective or participle speaks
    (
        "Le lendemain, l'Ordre des ponts avait jugé la décision hâtive, estimant que le choix était « une faute ».",
        [("Ordre des ponts", "une faute")],
    ),
    (
        "Si la dérive du pont est plutôt anodine, un porte-parole de la régie (service public), a expliqué au Littoral "
        "que « cela dure ».",
        [("un porte-parole de la régie", "cela dure")],
    ),
    ("En fin d'après midi, le pont a été fermé.", []),
    # a participle takes the subject of the main clause, not the nearest noun
    (
        "Ému, Hugo Duval a salué le pont, après une visite avec le maire, Jean Morel, confiant qu'il était « triste ».",
        [("Hugo Duval", "triste")],
    ),
    (
        "Le préfet, Colin Morel, n'a pas signé, considérant que le moment est mauvais, tout en expliquant être "
        "favorable au pont.",
        [("Colin Morel", "le moment est mauvais"), ("Colin Morel", "être favorable au pont")],
    ),
    (
        "Se disant « confiant » en l'avis du juge, le maire de Metz est reparti.",
        [("maire de Metz", "confiant")],
    ),
    (
        "Estimant que le pont tiendra, le maire de Metz est reparti.",
        [("maire de Metz", "le pont tiendra")],
    ),
    ("Craignant le pire, les riverains sont partis.", []),
    # the subject of a second clause, and verbs that report nothing in the reflexive
    (
        "Le maire Paul Morel a écourté sa visite et Jean Duval a confié, depuis Metz où il se trouvait, "
        "que « tout va ».",
        [("Jean Duval", "tout va")],
    ),
    ("Paul Morel se trouvait à Metz.", []),
    # an infinitive behind the marks
    (
        "« Les travaux avancent », a cependant tenu à tempérer Paul Morel, adjoint au maire.",
        [("Paul Morel", "Les travaux avancent")],
    ),
    (
        "« Le pont tiendra », s'est empressée de préciser la maire Jeanne Duval.",
        [("Jeanne Duval", "Le pont tiendra")],
    ),
    ("Le « pont noir » va rappeler aux passants la crue de 1910.", []),
    # "qui" behind brackets
    (
        "Des élus, dont Paul Morel ( PRL ) et Luc Duval ( UDN ), qui craint que le pont ne soit une « ruine », "
        "protestent.",
        [("Luc Duval", "ruine")],
    ),
    # by whom somebody is called something
    (
        "Les Morel sont décrits comme « des gens réservés » par une voisine.",
        [("une voisine", "des gens réservés")],
    ),
    ("Accusé par la maire de « mentir à tous », Paul Morel se tait.", [("maire", "mentir à tous")]),
    ("Le pont est décrit comme « une ruine » par endroits.", []),
    # whose the information is
    (
        "Selon les informations que la procureure a confiées au Littoral, « le pont tiendra ».",
        [("procureure", "le pont tiendra")],
    ),
    (
        "Selon les renseignements confiés par une source au Littoral, « le pont tiendra ».",
        [("une source", "le pont tiendra")],
    ),
    (
        "« Le pont a cédé hier », selon ce qu'a confié Rodrigue Petit, ami de Paul Morel.",
        [("Rodrigue Petit", "Le pont a cédé hier")],
    ),
    ("Selon ce que la préfète a confié, le pont tiendra.", [("préfète", "le pont tiendra")]),
    # the pronoun of a relative clause is not what the clause is about
    (
        "Jean Morel, pour sa part, rejette l'avis de ce Tribunal, qu'il qualifie de « juge et partie ».",
        [("Jean Morel", "juge et partie")],
    ),
    # feelings that are somebody's own words; what is announced is a name
    ("Jean Morel a confié sa « stupeur » et son « effroi ».", [("Jean Morel", "stupeur"), ("Jean Morel", "effroi")]),
    ("Le maire annonce son « pacte du câble ».", []),
    # what somebody alone can say of himself; what others say of a thing is nobody's
    ("La maire est « très heureuse » de ce choix.", [("maire", "très heureuse")]),
    ("Le pont est « fermé à tous » depuis lundi.", []),
    # a verb in a relative clause does not reach over the main clause
    (
        "Suite à la pétition qui attaque l'État, Paul Morel, ministre, est « agréablement surpris » du succès.",
        [("Paul Morel", "agréablement surpris")],
    ),
    # a noun without article is no subject
    (
        "« Les riverains bloquent tout » mardi, mettant ainsi fin à la grève, a déclaré Paul Morel.",
        [("Paul Morel", "Les riverains bloquent tout")],
    ),
    # for what somebody is arrested
    (
        "À Limoges, un homme a été interpellé à la sortie de son domicile pour avoir appelé à « tuer la République ».",
        [("un homme", "tuer la République")],
    ),
    # "pour" behind a conjunction
    (
        "Mais, pour M. Goudet, « la ministre fait comme si rien n'était ».",
        [("Goudet", "la ministre fait comme si rien n'était")],
    ),
    # names that look like dates
    (
        "La ministre Theresa May est venue. « Le pont tiendra », a-t-elle déclaré.",
        [("Theresa May", "Le pont tiendra")],
    ),
    (
        "Le journal de TF1 est passé hier. Le Journal du dimanche affirme que « le maire a reçu sept chèques ».",
        [("Journal du dimanche", "le maire a reçu sept chèques")],
    ),
    # a name behind a role and its office is its holder's, behind "de" it is not
    ("La maire de Metz Jeanne Morel a condamné « un acte lâche ».", [("Jeanne Morel", "un acte lâche")]),
    (
        "L'avocat de Paul Morel a réagi sur Twitter : « On se voit au tribunal ».",
        [("avocat de Paul Morel", "On se voit au tribunal")],
    ),
    # letters are a party, not a person
    (
        "Le président LR de la région Paul Morel a lancé un appel. L'individu a appelé à « tout casser ».",
        [("Paul Morel", "tout casser")],
    ),
    (
        "Le ministre est venu. « Joyeuse fête à tous ! », a tweeté le ministre de la Santé Simon Morel.",
        [("Simon Morel", "Joyeuse fête à tous !")],
    ),
    (
        "« Le pont tiendra », s'est défendu Bruno Le Goff concernant la crue de mars.",
        [("Bruno Le Goff", "Le pont tiendra")],
    ),
    (
        "« Le pont tiendra », se défend le cabinet de M. Le Goff.",
        [("cabinet de M. Le Goff", "Le pont tiendra")],
    ),
    # a spokesman is never the person spoken for
    (
        "Le président Vladimir Morel est venu. Le porte-parole du palais indique que « le pont tiendra ».",
        [("porte-parole du palais", "le pont tiendra")],
    ),
    # "quant à elle" repeats the subject
    (
        "La ministre de l'Économie est venue. Ardax France a quant à elle reconnu que « le pont tiendra ».",
        [("Ardax France", "le pont tiendra")],
    ),
    # charges and sentences
    ("Nolan Morel a été placé en garde à vue pour « violences sur une personne chargée d'une mission ».", []),
    ("Nolan Morel est condamné à « trois mois de prison ».", []),
    # things say nothing, whatever their verb
    ("Le podium confirme que « le pont tiendra bon ».", [(None, "le pont tiendra bon")]),
    ("Le podium confirme que le pont tiendra bon.", []),
    ("Des émeutes ont éclaté, demandant le départ du maire.", []),
    ("Les secours précisent que le pont tiendra bon.", [("Les secours", "le pont tiendra bon")]),
    (
        "Une source proche du dossier ajoute à Presse Ardoise que « le pont a cédé ».",
        [("Une source proche du dossier", "le pont a cédé")],
    ),
    # crowds do
    ("D'autres estiment que le pont tiendra.", [("D'autres", "le pont tiendra")]),
    ("La droite dénonce « une honte ».", [("droite", "une honte")]),
    ("La foule scande « partez tous ».", [("foule", "partez tous")]),
    ("De nombreux journaux rappellent que le pont a tenu.", [("De nombreux journaux", "le pont a tenu")]),
    # shows and laws
    ("« Tous les contrats sont connus », a précisé l'émission.", [("émission", "Tous les contrats sont connus")]),
    ("La loi précise que le maire doit partir.", [("loi", "le maire doit partir")]),
    # what is done to somebody is told in the words of others; what he does may be told in his own
    (
        "Paul Morel a été écarté de la régie « pour des raisons que chacun ici connaît bien ».",
        [(None, "pour des raisons que chacun ici connaît bien")],
    ),
    (
        "Paul Morel quitte la régie « pour des raisons que chacun ici connaît bien ».",
        [("Paul Morel", "pour des raisons que chacun ici connaît bien")],
    ),
    # two quotations in a row by whoever the second names
    (
        "« On courait partout dans la rue. » « C'était la panique totale », ont confié des témoins.",
        [("des témoins", "On courait partout dans la rue."), ("des témoins", "C'était la panique totale")],
    ),
    # a body by the noun that its name begins with
    (
        "Un procès citoyen (le Tribunal international Ardax) s'est tenu à Metz. "
        "Le Tribunal a jugé le pont « dangereux ».",
        [("Tribunal international Ardax", "dangereux")],
    ),
    # a role that articles leave without a name is not the person named last; another role is
    (
        "Vincent Morel va mieux. Dans cette affaire, le rapporteur public estime que le jugement « doit être annulé ».",
        [("rapporteur public", "doit être annulé")],
    ),
    (
        "Vincent Morel est sorti du tribunal. « Le pont tiendra », a dit le trentenaire.",
        [("Vincent Morel", "Le pont tiendra")],
    ),
    # "l'intéressé" is whom the article is about, when nobody has spoken
    (
        "Roger Morel a couru vingt ans (après la mort de Gino Duval). Il allait fêter ses 90 ans.\n\n"
        "« Un tour animé, voilà tout », préférait rectifier l'intéressé.",
        [("Roger Morel", "Un tour animé, voilà tout")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_french_speakers(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert said(text) == expected
