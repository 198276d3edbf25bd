"""Pages that are written on as things happen: each post in its place, comments left out."""

from __future__ import annotations

import pytest

from index.loaders import load_document
from index.models import Article

LEAD = "La rivière déborde depuis ce matin dans la vallée, et la préfecture appelle à la prudence tous les riverains."
POSTS = [
    ("La passerelle fermée", "« Nous fermons la passerelle », annonce Ève Castan, la maire de Sault, jusqu'à lundi."),
    ("Les pompiers mobilisés", "« Quarante hommes sont sur place », précise le commandant Marc Aubry au téléphone."),
    ("La pluie ne cesse pas", "Le niveau monte de dix centimètres à l'heure, selon la préfecture de la vallée."),
]
COMMENT = "Quelle honte que rien n'ait été prévu pour cette crue, dit un lecteur qui n'a pas de nom."


def text(marks: str, tag: str = "div") -> str:
    posts = "".join(
        f'<{tag} {marks}><time datetime="2024-03-14T10:0{n}">10h0{n}</time><h2>{title}</h2><p>{words}</p></{tag}>'
        for n, (title, words) in enumerate(POSTS)
    )
    comment = f'<div class="comment"><time>11h00</time><p>{COMMENT}</p></div>'
    page = (
        f'<html lang="fr"><head><title>Crue</title></head><body><main><article><h1>Crue du Loup</h1><p>{LEAD}</p>'
        f'<div class="live">{posts}</div></article><div id="comments">{comment * 2}</div></main>'
    )
    (found,) = load_document(page.encode(), "direct.html", None, origin="/in/direct.html", limit=100_000)
    assert isinstance(found, Article)
    return found.text


@pytest.mark.parametrize(
    "marks", ['class="post"', 'class="live-entry" id="p1"', 'class="timeline-post update"', 'class="entry"']
)
@pytest.mark.parametrize("tag", ["div", "section"])
def test_every_post_stands_in_its_place(marks: str, tag: str) -> None:
    told = text(marks, tag)
    places = [told.index(words) for words in (LEAD, *(words for post in POSTS for words in post))]
    assert places == sorted(places)
    assert COMMENT not in told
