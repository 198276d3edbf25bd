"""WordPress exports: posts, as the site shows them."""

from __future__ import annotations

from datetime import date

from index.loaders import Note, load_document
from index.models import Article

EXPORT = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Le Fil du Causse</title><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_login><![CDATA[lea]]></wp:author_login>
<wp:author_display_name><![CDATA[Léa Bonnal]]></wp:author_display_name></wp:author>
{items}</channel></rss>"""
ITEM = """<item><title>{title}</title><link>https://causse.example/{title}</link>
<pubDate>Tue, 14 May 2024 08:00:00 +0000</pubDate><dc:creator><![CDATA[lea]]></dc:creator>
<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type></item>"""
BLOCKS = """<!-- wp:paragraph --><p>Le moulin sera vendu.</p><!-- /wp:paragraph -->

<!-- wp:paragraph --><p>« Le prix sera modeste », a précisé Guy Fontvieille.</p><!-- /wp:paragraph -->
[gallery ids="1,2"]"""
CLASSIC = """La foire n'aura pas lieu,
a dit la mairie.

« C'est un <em>crève-cœur</em> », a réagi Solange Teyssier.
[caption id="a" width="300"]Le champ de foire[/caption]"""


def item(title: str, content: str, status: str = "publish", kind: str = "post") -> str:
    return ITEM.format(title=title, content=content, status=status, kind=kind)


def read(*items: str) -> list[object]:
    data = EXPORT.replace("{items}", "\n".join(items)).encode()
    return list(load_document(data, "causse.WordPress.xml", None, origin="/in/causse.xml", limit=100_000))


def test_posts_of_both_editors() -> None:
    blocks, classic = read(item("moulin", BLOCKS), item("foire", CLASSIC))
    assert isinstance(blocks, Article) and isinstance(classic, Article)
    assert blocks.text == "Le moulin sera vendu.\n\n« Le prix sera modeste », a précisé Guy Fontvieille."
    assert classic.text == (
        "La foire n'aura pas lieu,\na dit la mairie.\n\n"
        "« C'est un crève-cœur », a réagi Solange Teyssier.\nLe champ de foire"
    )
    assert (blocks.author, blocks.source, blocks.published) == ("Léa Bonnal", "Le Fil du Causse", date(2024, 5, 14))


def test_menus_and_pictures_are_passed_over_and_drafts_told() -> None:
    found, note = read(
        item("moulin", BLOCKS),
        item("menu", "", kind="nav_menu_item"),
        item("photo", "", status="inherit", kind="attachment"),
        item("brouillon", "Rien n'est prêt.", status="draft"),
    )
    assert isinstance(found, Article) and isinstance(note, Note)
    assert (note.reason.kind, dict(note.reason.values)) == ("drafts_passed_over", {"count": 1})
