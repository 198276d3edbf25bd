"""Interviews, debates and minutes: one row a layout. A journalist may add rows; the sentences are invented."""

from __future__ import annotations

import pytest

from index.models import Article, content_id
from index.quotations.extractor import extract_quotations

Said = list[tuple[str | None, str]]


def turns(text: str, lang: str) -> Said:
    article = Article(content_id(text), "test", text.strip().split("\n")[0], lang, text=text)
    return [(q.speaker, text[q.start : q.end]) for q in extract_quotations(article) if q.turn]


FRENCH: list[tuple[str, Said]] = [
    # testimony of a witness whom the text does not name: said, and by nobody known
    (
        "Déposition d'un témoin, salle 3\n\nQ. Où étiez-vous ?\nR. Sur le quai.\nQ. Seul ?\nR. Avec mon frère.",
        [(None, "Sur le quai."), (None, "Avec mon frère.")],
    ),
    # answers of nobody that are no testimony: a form
    ("Vos questions sur le bac\n\nQ. Quand part-il ?\nR. À midi.\nQ. Est-il gratuit ?\nR. Oui, le lundi.", []),
    (
        "Le conseil\n\nM. l'adjoint. — La rue fermera lundi.\n\nMme Roxane Ferlet. — C'est trop tôt.\n\n"
        "M. l'adjoint. — C'est voté.",
        [
            ("M. l'adjoint", "La rue fermera lundi."),
            ("Roxane Ferlet", "C'est trop tôt."),
            ("M. l'adjoint", "C'est voté."),
        ],
    ),
    (
        "Le quai\n\nLucas : On a dit «\u202fle quai fermera-t-il\u202f?\u202f»\n\nAnne Coudray : Non, jamais.\n\n"
        "Lucas : Et vous avez dit «\u202fqui paiera\u202f?\u202f»\n\nAnne Coudray : La ville paiera.",
        [("Anne Coudray", "Non, jamais."), ("Anne Coudray", "La ville paiera.")],
    ),
    # names before a colon, the outlet asks
    (
        "Entretien : la digue\n\nLe Courrier de l'Anse : Pourquoi rehausser la digue ?\n\n"
        "Solène Kerbrat : La mer monte. Nous le savons.\n\nLe Courrier de l'Anse : Et qui paiera ?\n\n"
        "Solène Kerbrat : La région.",
        [("Solène Kerbrat", "La mer monte. Nous le savons."), ("Solène Kerbrat", "La région.")],
    ),
    # an answer of several paragraphs, a question without a question mark
    (
        "La digue, vue par sa directrice\n\nL'Anse Matin : Parlez-nous de la digue.\n"
        "Solène Kerbrat : Elle a cent ans.\nElle en tiendra cent autres.\n\nL'Anse Matin : Vraiment ?\n"
        "Solène Kerbrat : Vraiment.",
        [
            ("Solène Kerbrat", "Elle a cent ans."),
            ("Solène Kerbrat", "Elle en tiendra cent autres."),
            ("Solène Kerbrat", "Vraiment."),
        ],
    ),
    # Q and R; the one who answers is named above
    (
        "Entretien avec Ophélie Vasseur, géologue\n\nQ. La falaise recule-t-elle ?\n\nR. D'un mètre par an.\n\n"
        "Q. Faut-il partir ?\n\nR. Pas encore. Mais bientôt.",
        [("Ophélie Vasseur", "D'un mètre par an."), ("Ophélie Vasseur", "Pas encore. Mais bientôt.")],
    ),
    (
        "Ophélie Vasseur étudie les falaises depuis vingt ans.\n\nQuestion : La falaise recule-t-elle ?\n"
        "Réponse : D'un mètre par an.\nQuestion : Faut-il partir ?\nRéponse : Pas encore.",
        [("Ophélie Vasseur", "D'un mètre par an."), ("Ophélie Vasseur", "Pas encore.")],
    ),
    (
        "Interview d'Ophélie Vasseur\n\nQ - La falaise recule-t-elle ?\nR - D'un mètre par an.\nQ - Et après ?\n"
        "R - On verra.",
        [("Ophélie Vasseur", "D'un mètre par an."), ("Ophélie Vasseur", "On verra.")],
    ),
    # initials
    (
        "Ophélie Vasseur, géologue, répond à nos questions.\n\nLM : La falaise recule-t-elle ?\n\n"
        "OV : D'un mètre par an.\n\nLM : Et qui s'en soucie ?\n\nOV : Peu de monde.",
        [("Ophélie Vasseur", "D'un mètre par an."), ("Ophélie Vasseur", "Peu de monde.")],
    ),
    (
        "Rencontre avec Jean-Marc Toussaint, luthier\n\nL. G. : D'où vient ce bois ?\n\n"
        "J.-M. T. : Du Jura, toujours.\n\nL. G. : Et la colle ?\n\nJ.-M. T. : C'est un secret.\n\n"
        "Propos recueillis par Lise Garnier",
        [("Jean-Marc Toussaint", "Du Jura, toujours."), ("Jean-Marc Toussaint", "C'est un secret.")],
    ),
    # questions in bold
    (
        "# Entretien avec Ophélie Vasseur\n\n**La falaise recule-t-elle ?**\n\nD'un mètre par an. C'est beaucoup.\n\n"
        "Et cela s'accélère.\n\n**Parlez-nous des maisons.**\n\nElles tomberont.\n\n**Quand ?**\n\nBientôt.",
        [
            ("Ophélie Vasseur", "D'un mètre par an. C'est beaucoup."),
            ("Ophélie Vasseur", "Et cela s'accélère."),
            ("Ophélie Vasseur", "Elles tomberont."),
            ("Ophélie Vasseur", "Bientôt."),
        ],
    ),
    # questions on lines of their own
    (
        "« La falaise recule »\n\nOphélie Vasseur est géologue à Port-Abri.\n\nLa falaise recule-t-elle vraiment ?\n\n"
        "D'un mètre par an. C'est beaucoup.\n\nQue faire des maisons ?\n\nLes quitter, sans attendre.\n\n"
        "Propos recueillis par Lise Garnier",
        [("Ophélie Vasseur", "D'un mètre par an. C'est beaucoup."), ("Ophélie Vasseur", "Les quitter, sans attendre.")],
    ),
    # dashes
    (
        "Entretien avec Ophélie Vasseur\n\n– La falaise recule-t-elle ?\n– D'un mètre par an.\n– Et les maisons ?\n"
        "– Elles tomberont.",
        [("Ophélie Vasseur", "D'un mètre par an."), ("Ophélie Vasseur", "Elles tomberont.")],
    ),
    # a parliament: full stop, dash, stage directions, a later surname and office
    (
        "Compte rendu\n\nMme la présidente. La parole est à M. Octave Lherbier.\n\n"
        "M. Octave Lherbier, rapporteur. Ce texte est prêt. (Sourires.) Votons-le !\n\n"
        "Mme Clarisse Anquetil, ministre de la mer. Je m'en réjouis. (Applaudissements sur plusieurs bancs.)\n\n"
        "M. Lherbier. Merci.\n\nMme la ministre. Je vous en prie.\n\n(La séance est levée à 18 heures.)",
        [
            ("Mme la présidente", "La parole est à M. Octave Lherbier."),
            ("Octave Lherbier", "Ce texte est prêt."),
            ("Octave Lherbier", "Votons-le !"),
            ("Clarisse Anquetil", "Je m'en réjouis."),
            ("Octave Lherbier", "Merci."),
            ("Clarisse Anquetil", "Je vous en prie."),
        ],
    ),
    (
        "Séance publique\n\nM. Octave Lherbier, rapporteur. — Ce texte est prêt.\n\n"
        "Mme Clarisse Anquetil, ministre. — Il ne l'est pas.\n\nM. Octave Lherbier. — Il le sera demain.",
        [
            ("Octave Lherbier", "Ce texte est prêt."),
            ("Clarisse Anquetil", "Il ne l'est pas."),
            ("Octave Lherbier", "Il le sera demain."),
        ],
    ),
    # minutes: the list of those present tells who has an office
    (
        "Conseil municipal du 3 mai\n\nPrésents : Mme Anaïs Corbel, maire ; M. Tristan Jolivet, adjoint.\n\n"
        "LA MAIRE : Je propose de fermer la rue.\n\nM. JOLIVET : Je voterai contre.\n\n"
        "LA MAIRE : Alors nous voterons.\n\nLa séance est levée à 21 heures.",
        [
            ("Anaïs Corbel", "Je propose de fermer la rue."),
            ("Tristan Jolivet", "Je voterai contre."),
            ("Anaïs Corbel", "Alors nous voterons."),
        ],
    ),
    # capitals alone, times, numbers
    (
        "Table ronde\n\n[00:00:04] ANAÏS CORBEL : La rue est à tous.\n[00:00:09] TRISTAN JOLIVET : Non, aux piétons.\n"
        "[00:00:15] ANAÏS CORBEL : Aux piétons d'abord.",
        [
            ("Anaïs Corbel", "La rue est à tous."),
            ("Tristan Jolivet", "Non, aux piétons."),
            ("Anaïs Corbel", "Aux piétons d'abord."),
        ],
    ),
    (
        "Procès-verbal\n\n1. Mme Corbel : La rue est à tous.\n2. M. Jolivet : Aux piétons.\n3. Mme Corbel : Soit.",
        [("Corbel", "La rue est à tous."), ("Jolivet", "Aux piétons."), ("Corbel", "Soit.")],
    ),
    # a label of its own line
    (
        "Podcast, épisode 4\n\nAnaïs Corbel\nLa rue est à tous.\n\nTristan Jolivet\nAux piétons, plutôt.\n\n"
        "Anaïs Corbel\nD'accord.",
        [
            ("Anaïs Corbel", "La rue est à tous."),
            ("Tristan Jolivet", "Aux piétons, plutôt."),
            ("Anaïs Corbel", "D'accord."),
        ],
    ),
    # names in full once, initials afterwards
    (
        "Trois questions à Ophélie Vasseur\n\nOphélie Vasseur a reçu Lise Garnier.\n\nLe Courrier de l'Anse – Pourquoi "
        "partir ?\n\nOphélie Vasseur – La falaise recule.\n\nL. C. A. – Et demain ?\n\nO. V. – Pareil. (Rires.)\n\n"
        "L. C. A. – Merci.",
        [("Ophélie Vasseur", "La falaise recule."), ("Ophélie Vasseur", "Pareil.")],
    ),
    # a press conference: the office of the one who answers is told before
    (
        "Étienne Garcin, préfet de la Loue, a répondu mardi.\n\nJOURNALISTE 1 : Combien de personnes ?\n\n"
        "LE PRÉFET : Deux cents.\n\nJOURNALISTE 2 : Et jeudi ?\n\nLE PRÉFET : Aucune.",
        [("Étienne Garcin", "Deux cents."), ("Étienne Garcin", "Aucune.")],
    ),
    # labels of their own lines, with titles
    (
        "Assemblée\n\nM. Guy Tessier\nQuand agirez-vous ?\n\nM. le Premier ministre\nDès demain.\n\n"
        "M. Guy Tessier\nEnfin.",
        [
            ("Guy Tessier", "Quand agirez-vous ?"),
            ("M. le Premier ministre", "Dès demain."),
            ("Guy Tessier", "Enfin."),
        ],
    ),
    # first names, nobody asks for an outlet
    (
        "> Sarah : On commence ?\n> Karim : Oui, le budget.\n> Sarah : Il manque mille euros.\n> Karim : Non.",
        [
            ("Sarah", "On commence ?"),
            ("Karim", "Oui, le budget."),
            ("Sarah", "Il manque mille euros."),
            ("Karim", "Non."),
        ],
    ),
    # what is told of the book below is nobody's answer
    (
        "Le grand entretien\n\nSonia Mabille, climatologue\n\nDe quoi parle ce livre ?\n\nDe la pluie.\n\n"
        "Est-ce un livre triste ?\n\nAu contraire !\n\n« La pluie », de Sonia Mabille, 200 pages, 18 euros.",
        [("Sonia Mabille", "De la pluie."), ("Sonia Mabille", "Au contraire !")],
    ),
    # words quoted within a turn are its speaker's
    (
        "Débat\n\nAnaïs Corbel : Mon père disait : « La rue est à tous. » Je le crois.\n\n"
        "Tristan Jolivet : Pas moi.\n\n"
        ""
        "Anaïs Corbel : Tant pis.",
        [
            ("Anaïs Corbel", "Mon père disait : « La rue est à tous. » Je le crois."),
            ("Tristan Jolivet", "Pas moi."),
            ("Anaïs Corbel", "Tant pis."),
        ],
    ),
    # a speaker whom nobody names
    (
        "Réunion publique\n\nMme Corbel : La rue ferme lundi.\n\nUn habitant : Et mon garage ?\n\nMme Corbel : Ouvert.",
        [("Corbel", "La rue ferme lundi."), ("Un habitant", "Et mon garage ?"), ("Corbel", "Ouvert.")],
    ),
]

ENGLISH: list[tuple[str, Said]] = [
    (
        "Testimony, day two\n\nThe witness was sworn.\n\nQ. Where were you standing?\nA. On the quay.\n"
        "Q. Alone?\nA. With my brother.",
        [(None, "On the quay."), (None, "With my brother.")],
    ),
    ("Ferry facts\n\nQ. When does it leave?\nA. At noon.\nQ. Is it free?\nA. Yes, on Mondays.", []),
    (
        "Interview with Maud Tresco, pilot\n\nQ: Is the channel safe?\n\nA: At high water, yes.\n\n"
        "It is not at low water.\n\n"
        ""
        "Q: Who decides?\n\nA: I do.",
        [("Maud Tresco", "At high water, yes."), ("Maud Tresco", "It is not at low water."), ("Maud Tresco", "I do.")],
    ),
    (
        "The channel\n\nMaud Tresco has piloted ships here since 1999.\n\n"
        "Q. Is the channel safe?\nA. At high water, yes.\n"
        "Q. Who decides?\nA. I do. [Laughs.]",
        [("Maud Tresco", "At high water, yes."), ("Maud Tresco", "I do.")],
    ),
    (
        "The channel\n\nThe Harbour Post: Is the channel safe?\n\nMaud Tresco: At high water, yes.\n\n"
        "The Harbour Post: Who decides?\n\nTresco: I do.",
        [("Maud Tresco", "At high water, yes."), ("Maud Tresco", "I do.")],
    ),
    (
        "**HP: Is the channel safe?**\n\n**MT:** At high water, yes.\n\n**HP: Who decides?**\n\n**MT:** I do.\n\n"
        "Maud Tresco spoke to the Harbour Post.",
        [("Maud Tresco", "At high water, yes."), ("Maud Tresco", "I do.")],
    ),
    # a press conference: officers in capitals, questions as Q
    (
        "Press briefing\n\nTHE MAYOR: Good morning. The bridge opens on Monday.\n\nQ Will it stay open?\n\n"
        "THE MAYOR: It will.\n\nMS. DANE: I can add that the paint is dry. (Laughter.)\n\nQ When was it painted?\n\n"
        "MS. DANE: In May.",
        [
            ("THE MAYOR", "Good morning. The bridge opens on Monday."),
            ("THE MAYOR", "It will."),
            ("Dane", "I can add that the paint is dry."),
            ("Dane", "In May."),
        ],
    ),
    # a parliament
    (
        "Debate on the levy\n\nThe CHAIR. The member for Stowe.\n\nMs. HALE (Stowe). The levy hurts the poor. "
        "[Applause.]\n\nMr. BRANT. It pays for the roads.\n\nMs. HALE. Whose roads?",
        [
            ("The CHAIR", "The member for Stowe."),
            ("Hale", "The levy hurts the poor."),
            ("Brant", "It pays for the roads."),
            ("Hale", "Whose roads?"),
        ],
    ),
    # minutes, hearing
    (
        "Minutes\n\nPresent: Ruth Aldane (Chair), Colm Fahy.\n\nRuth Aldane: We begin with the boiler.\n\n"
        "Colm Fahy: It is beyond repair.\n\nRuth Aldane: Then we buy one.\n\nThe meeting closed at nine.",
        [
            ("Ruth Aldane", "We begin with the boiler."),
            ("Colm Fahy", "It is beyond repair."),
            ("Ruth Aldane", "Then we buy one."),
        ],
    ),
    # machines that write down what is said
    (
        "Board call\n\nRuth Aldane  0:04\nWe begin with the boiler.\n\nColm Fahy  0:09\nIt is beyond repair.\n\n"
        "Ruth Aldane  0:15\nThen we buy one.",
        [
            ("Ruth Aldane", "We begin with the boiler."),
            ("Colm Fahy", "It is beyond repair."),
            ("Ruth Aldane", "Then we buy one."),
        ],
    ),
    (
        "Board call\n\n"
        "Speaker 1: We begin with the boiler.\nSpeaker 2: It is beyond repair.\nSpeaker 1: Then we buy one.",
        [
            ("Speaker 1", "We begin with the boiler."),
            ("Speaker 2", "It is beyond repair."),
            ("Speaker 1", "Then we buy one."),
        ],
    ),
    # a voice's number with its name, a surname before its first name, names in brackets, surnames behind offices
    (
        "Board call\n\n[00:00:04] Speaker 1 (Ruth Aldane): We begin with the boiler.\n"
        "[00:00:09] Speaker 2 (Colm Fahy): It is beyond repair.\n[00:00:15] Speaker 1 (Ruth Aldane): Then we buy one.",
        [
            ("Ruth Aldane", "We begin with the boiler."),
            ("Colm Fahy", "It is beyond repair."),
            ("Ruth Aldane", "Then we buy one."),
        ],
    ),
    (
        "Réunion publique\n\nCorbel, Anaïs : La rue est à tous.\nJolivet, Tristan : Non, aux piétons.\n"
        "Corbel, Anaïs : Aux piétons d'abord.",
        [
            ("Anaïs Corbel", "La rue est à tous."),
            ("Tristan Jolivet", "Non, aux piétons."),
            ("Anaïs Corbel", "Aux piétons d'abord."),
        ],
    ),
    (
        "Board call\n\n<Ruth Aldane> We begin with the boiler.\n<Colm Fahy> It is beyond repair.\n"
        "[Applause] Nobody spoke.\n<Ruth Aldane> Then we buy one.",
        [
            ("Ruth Aldane", "We begin with the boiler."),
            ("Colm Fahy", "It is beyond repair."),
            ("Colm Fahy", "Nobody spoke."),
            ("Ruth Aldane", "Then we buy one."),
        ],
    ),
    (
        "Conseil municipal\n\nMme COUDRAY – La digue tiendra.\n\nM. le maire adjoint SANCEY – Le marché est signé.\n\n"
        "M. le PRÉSIDENT – La séance continue.\n\nMme COUDRAY – Merci.",
        [
            ("Coudray", "La digue tiendra."),
            ("Sancey", "Le marché est signé."),
            ("M. le PRÉSIDENT", "La séance continue."),
            ("Coudray", "Merci."),
        ],
    ),
    (
        "THE COURT: Call your witness.\n\nMR. DAWLISH: The defence calls Peter Lunn.\n\nTHE COURT: Which boat?\n\n"
        "THE WITNESS: The ferry.",
        [
            ("THE COURT", "Call your witness."),
            ("Dawlish", "The defence calls Peter Lunn."),
            ("THE COURT", "Which boat?"),
            ("THE WITNESS", "The ferry."),
        ],
    ),
    (
        "Senate\n\nSenator LODE. I yield two minutes.\n\nThe PRESIDING OFFICER. Without objection.\n\n"
        "Mr. PELL. The river is dying.\n\nI saw it myself.\n\n(Mr. KANE assumed the Chair.)\n\nSenator LODE. Thanks.",
        [
            ("Lode", "I yield two minutes."),
            ("The PRESIDING OFFICER", "Without objection."),
            ("Pell", "The river is dying."),
            ("Pell", "I saw it myself."),
            ("Lode", "Thanks."),
        ],
    ),
    # questions on lines of their own
    (
        "“We will rebuild”: a conversation with Ida Marsh\n\nBy Tom Reed\n\nIda Marsh runs the lifeboat.\n\n"
        "What happened?\n\nThe sea came over the wall.\n\nWere you afraid?\n\nOf course.\n\n"
        "This interview has been edited.",
        [("Ida Marsh", "The sea came over the wall."), ("Ida Marsh", "Of course.")],
    ),
    # labels in double brackets
    (
        "Maud Tresco spoke on Monday.\n\n((HP)) Is the channel safe?\n\n((Maud Tresco)) At high water, yes.\n\n"
        "((HP)) Who decides?\n\n((Maud Tresco)) I do.",
        [("Maud Tresco", "At high water, yes."), ("Maud Tresco", "I do.")],
    ),
    # lines broken at a width
    (
        "Board call\n\nRuth Aldane: We begin with the boiler, which has not been looked at\nSince Easter by anybody "
        "who knows boilers.\n\nColm Fahy: It is beyond repair.\n\nRuth Aldane: Then we buy one.",
        [
            (
                "Ruth Aldane",
                "We begin with the boiler, which has not been looked at\nSince Easter by anybody who knows boilers.",
            ),
            ("Colm Fahy", "It is beyond repair."),
            ("Ruth Aldane", "Then we buy one."),
        ],
    ),
]

NONE: list[tuple[str, str]] = [
    ("Le temps\n\nParis : 12 degrés.\n\nLyon : 14 degrés.\n\nParis : 15 degrés demain.", "fr"),
    ("La piscine ferme\n\nLa piscine ferme lundi, a dit la maire.\n\nNote : les horaires changent.", "fr"),
    ("Notes\n\nOscar Prunel (7) : Auteur d'un but.\n\nLoïc Tessandier (4) : Absent.\n\nNoé Garrec (6) : Solide.", "fr"),
    ("À table\n\nPrix : 12 euros.\nAdresse : rue du Port.\n\nPrix : 15 euros.\nAdresse : rue du Bac.", "fr"),
    ("Le programme\n\n– Rénover l'école.\n– Planter des arbres.\n– Fermer la rue.\n– Ouvrir la piscine.", "fr"),
    ("La foire\n\n- Combien d'exposants ?\n\nIl y en a cent.", "fr"),
    ("Réactions\n\nAnaïs Corbel : « La rue est à tous. »\n\nTristan Jolivet : « Aux piétons. »", "fr"),
    (
        "The race\n\n((Ledger)) Whom do you admire?\n\n((LG)) Why do you run?\n\n((LG)) What of the levy?\n\n"
        "((LG)) And the roads?",
        "en",
    ),
    ("Weather\n\nLeeds: Rain all day.\n\nHull: Dry.\n\nLeeds: Rain again.", "en"),
    ("Box score\n\nGoals: Pike, Hart.\nReferee: J. Dunn.\nAttendance: 4,000.", "en"),
    ("Recipe\n\nServes: Four.\nTime: One hour.\n\nStep one: Peel.\nStep two: Boil.", "en"),
    ("Common questions\n\nQ: When does it open?\n\nA: At nine.\n\nQ: Is it free?\n\nA: Yes.", "en"),
    ("Le marché\n\nQ1 : Quand ouvre-t-il ?\n\nR1 : À neuf heures.\n\nQ2 : Est-il gratuit ?\n\nR2 : Oui.", "fr"),
    ("The fair\n\nIs the fair open?\n\nIt is.\n\nIs it free?\n\nIt is not.", "en"),
]


def test_numbered_questions_keep_the_answers_that_stand_in_marks() -> None:
    text = "Q1. À quoi sert le quai ?\n\nAna Roux : « À pêcher. »\n\nQ2. Et le phare ?\n\nAna Roux : « À rien. »"
    found = extract_quotations(Article(content_id(text), "test", "Q1", "fr", text=text))
    assert ("Ana Roux", "À rien.", None) in [(q.speaker, text[q.start : q.end], q.turn) for q in found]


@pytest.mark.parametrize(("text", "expected"), FRENCH)
def test_french_layouts(text: str, expected: Said) -> None:
    assert turns(text, "fr") == expected


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english_layouts(text: str, expected: Said) -> None:
    assert turns(text, "en") == expected


@pytest.mark.parametrize(("text", "lang"), NONE)
def test_lists_and_ordinary_articles_are_no_dialogue(text: str, lang: str) -> None:
    assert turns(text, lang) == []
