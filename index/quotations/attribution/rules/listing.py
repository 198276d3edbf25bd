"""The rules that name a speaker, each with a sentence that shows it: ``dixit quotes --rules`` prints them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, in the order in which rules are asked.

    Attributes:
        name: as ``AttributedSpan.rule`` gives it.
        what: what it goes by.
        lang: of the example.
        example: a short article in which the rule names the speaker of the last words said.
        speaker: whom it names there, None for nobody.
    """

    name: str
    what: str
    lang: str
    example: str
    speaker: str | None


RULES = (
    Rule(
        "joined",
        "only a comma, a bracket or a conjunction parts the words from others: the same speaker",
        "fr",
        "Jeanne Morel dénonce une « décision absurde » et « une faute lourde ».",
        "Jeanne Morel",
    ),
    Rule(
        "agent",
        "by whom somebody is called what the marks hold",
        "fr",
        "Le projet est qualifié de « fiasco annoncé » par Jeanne Morel.",
        "Jeanne Morel",
    ),
    Rule(
        "cue",
        "whoever is the subject of the verb of speech, or named as the source",
        "en",
        "“The bridge will hold through the winter,” said Ada Pike.",
        "Ada Pike",
    ),
    Rule(
        "colon",
        "the phrase before a colon, when no verb stands there",
        "fr",
        "Jeanne Morel : « Le pont tiendra tout l'hiver. »",
        "Jeanne Morel",
    ),
    Rule(
        "predicate",
        "the subject whose verb the marks hold",
        "fr",
        "Jeanne Morel « ne commente pas les rumeurs de couloir ».",
        "Jeanne Morel",
    ),
    Rule(
        "answer",
        "whose reply or verdict the words are said to be",
        "en",
        "Ada Pike runs the ferry. “We stand by every word of it” was Ada Pike's reply.",
        "Ada Pike",
    ),
    Rule(
        "introduced",
        "the subject of the sentence that leads to a colon, without a verb of speech",
        "fr",
        "Hier, Jeanne Morel a tenu à calmer les esprits : « Le pont tiendra tout l'hiver. »",
        "Jeanne Morel",
    ),
    Rule(
        "subject",
        "a long fragment without a cue: the subject of its sentence, when that can speak",
        "fr",
        "« Le pont tiendra », a dit Paul Ruiz. "
        "Jeanne Morel, elle, veut en finir avec « ces réunions sans fin où rien n'avance ».",
        "Jeanne Morel",
    ),
    Rule(
        "uncued",
        "no cue in the sentence: the sentence before or after, a question above, the turns of a dialogue",
        "fr",
        "Jeanne Morel ne décolère pas. « Le pont tiendra tout l'hiver. »",
        "Jeanne Morel",
    ),
    Rule(
        "weighed",
        "marks that no rule above takes for speech, and that more probably are: the source before them, or the subject",
        "fr",
        "Jeanne Morel a qualifié ce budget de « gabegie » ; Paul Ruiz, lui, appelle à la « désobéissance civile ».",
        "Paul Ruiz",
    ),
    Rule(
        "clause",
        "words without marks: the subject of the verb that reports them, or the source named",
        "en",
        "Ada Pike said the bridge would hold through the winter.",
        "Ada Pike",
    ),
)
