"""A workspace in memory that finds quotations in marks, to drive the page without models.

Two questions are special: one with "boom" fails half way, one with "slowly" grows until it is stopped.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app import serve
from assistant.models import Answer, Citation, Mention, Paragraph, Prose, Quoted, Turn
from index.errors import ArticleNotFound, SourceRefused
from index.models import Article, Quotation, content_id
from index.typography import fold

QUOTED = re.compile(r"«\s*([^»]+?)\s*»|“([^”]+)”")
NAMED = re.compile(r"\b(?:[A-ZÉ][\w’-]+ ){1,2}[A-ZÉ][\w’-]+")


@dataclass(frozen=True, slots=True)
class Result:
    source: str
    outcome: str
    reason: str | None = None
    article_id: str | None = None


class StandIn:
    def __init__(self, data: Path | None = None) -> None:
        self.held: dict[str, Article] = {}
        if data and data.is_dir():
            list(self.add(sorted(data.glob("*.txt"))))

    def add(self, paths: Iterable[Path], uploaded: bool = False) -> Iterator[Result]:
        for path in paths:
            try:
                yield self._hold(read(path), path.stem, None, str(path))
            except SourceRefused as error:
                yield Result(str(path), "refused", str(error))

    def add_text(self, text: str, title: str | None = None) -> Result:
        return self._hold(text, title or "pasted", title, title or text.splitlines()[0][:60])

    def articles(self) -> list[Article]:
        return sorted(self.held.values(), key=lambda a: a.published or date.min, reverse=True)

    def article(self, article_id: str) -> Article:
        if article_id not in self.held:
            raise ArticleNotFound(f"{article_id}: no such article.")
        return self.held[article_id]

    def quotations(self, article_id: str) -> list[Quotation]:
        article = self.article(article_id)
        found = []
        for marked in QUOTED.finditer(article.text):
            group = 1 if marked[1] else 2
            named = NAMED.search(article.text, marked.end()) or NAMED.search(article.text)
            speaker = named[0] if named else None
            found.append(Quotation(article_id, *marked.span(group), kind="direct", speaker=speaker))
        return found

    def remove(self, article_id: str) -> None:
        del self.held[self.article(article_id).id]

    def reply(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Answer]:
        lang = "fr" if re.search(r"[éèàç]|\b(que|qui|dit)\b", question.lower()) else "en"
        whole = f"{question} ({history[-1].question})" if question.lower().startswith(("et ", "and ")) else None
        hits = self._hits(whole or question)
        if not hits:
            yield refusal(question, lang)
            return
        citations = tuple(self._cite(number, hit) for number, hit in enumerate(hits, 1))
        lead: Paragraph = (Prose("Voici ce qui a été dit." if lang == "fr" else "This is what was said."),)
        paragraphs = (lead, *((Quoted(citation.number),) for citation in citations))
        for shown in range(1, len(paragraphs) + 1):
            yield Answer(question, lang, False, paragraphs[:shown], citations, understood=whole)
            if "boom" in question:
                raise RuntimeError("boom")
            while "slowly" in question:
                time.sleep(0.1)
                yield Answer(question, lang, False, paragraphs[:shown], citations)

    def suggestions(self, lang: str) -> list[str]:
        if not self.held:
            return []
        about = {"fr": "Que dit {} ?", "en": "What does {} say?"}[lang]
        names = [q.speaker for a in self.articles() for q in self.quotations(a.id) if q.speaker]
        return [about.format(name) for name in dict.fromkeys(names)][:4]

    def warm(self) -> None:
        pass

    def close(self) -> None:
        pass

    def _hold(self, text: str, key: str, title: str | None, source: str) -> Result:
        new = content_id(text)
        if new in self.held:
            return Result(source, "unchanged", None, new)
        lang = "fr" if " le " in text else "en"
        first = title or text.splitlines()[0]
        dated = re.search(r"(\d{4})-(\d\d)-(\d\d)", key)
        day = date(*map(int, dated.groups())) if dated else None
        self.held[new] = Article(new, key, first, text, lang, day, "Le Fanal" if lang == "fr" else "The Lantern")
        return Result(source, "added", None, new)

    def _hits(self, question: str) -> list[Quotation]:
        asked = set(re.findall(r"\w{4,}", fold(question))) - {"what", "does", "that", "said"}
        every = [quotation for article in self.articles() for quotation in self.quotations(article.id)]
        return [quotation for quotation in every if asked & set(self._words(quotation))][:6]

    def _words(self, quotation: Quotation) -> list[str]:
        text = self.article(quotation.article_id).text[quotation.start : quotation.end]
        return re.findall(r"\w{4,}", fold(f"{text} {quotation.speaker}"))

    def _cite(self, number: int, hit: Quotation) -> Citation:
        article = self.article(hit.article_id)
        return Citation(
            number, article.id, article.key, article.title, article.published, article.source,
            hit.start, hit.end, article.text[hit.start : hit.end], hit.kind, hit.speaker,
        )  # fmt: skip


def refusal(question: str, lang: str) -> Answer:
    told = {"fr": "Vos articles ne le disent pas.", "en": "Your articles do not say."}[lang]
    return Answer(question, lang, True, ((Prose(told),),), mentions=(Mention(question, 0, 0),))


def read(path: Path) -> str:
    text = path.read_bytes()
    if b"\0" in text or not text.strip():
        raise SourceRefused(f"Cannot read {path.name}: it holds no text. Use .txt or .md.")
    return text.decode("utf-8").replace("\r\n", "\n")


if __name__ == "__main__":
    serve(StandIn(Path(sys.argv[1])), "127.0.0.1", int(sys.argv[2]))  # type: ignore[arg-type]
