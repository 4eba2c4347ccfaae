"""The web page: sound, whole by itself, accessible, closed to what a person wrote."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from lxml import etree, html

from clausegen.text.slots import Slots
from clausegen.text.tree import Champ, Texte
from clausegen.writers.interface import OptionsEcriture
from clausegen.writers.registry import writer_for


def page(texte: Texte, **options: bool) -> etree._Element:
    data = writer_for("html").write(texte, OptionsEcriture(**options))
    assert data.startswith(b"<!DOCTYPE html>\n")
    return html.document_fromstring(data.decode())


def test_it_says_its_language_and_title(suite: Texte) -> None:
    root = page(suite)
    assert root.get("lang") == "fr"
    assert root.findtext(".//title") == "Clause d’insertion – 2026-014"
    assert root.xpath("//meta[@charset]") and root.xpath("//main") and root.xpath("//meta[@name='Empreinte']")


def test_it_needs_nothing_else(suite: Texte) -> None:
    root = page(suite)
    assert not root.xpath("//script|//img|//link|//iframe|//form|//object")
    assert not [a for a in root.xpath("//@href|//@src") if not a.startswith("#")]
    [policy] = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    assert not re.search(r"url\(|@import", root.findtext(".//style") or "")
    assert "@media print" in (root.findtext(".//style") or "")


def test_headings_are_in_order_and_numbered(suite: Texte) -> None:
    levels = [int(tag.tag[1]) for tag in page(suite).xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert "12. Objet" in [h.text_content() for h in page(suite).xpath("//h2")]


def test_every_link_has_its_target_and_every_name_is_single(suite: Texte) -> None:
    root = page(suite)
    names = root.xpath("//@id")
    assert len(names) == len(set(names))
    assert {link[1:] for link in root.xpath("//a/@href")} <= set(names)
    [reference] = root.xpath("//p[contains(., 'action')]/a")
    assert (reference.get("href"), reference.text) == ("#art-penalites", "13")
    assert root.xpath("//nav//a")[0].text.startswith("12.")


def test_tables_name_their_columns_and_rows(suite: Texte) -> None:
    root = page(suite)
    assert {th.get("scope") for th in root.xpath("//th")} == {"col", "row"}
    assert [th.text_content() for th in root.xpath("//div[@class='cartouche']//th[@scope='row']")] == [
        "Acheteur",
        "SIRET",
    ]
    assert [td.text_content() for td in root.xpath("//td[@class='right']")] == ["1\u202f200", "300"]


def test_fields_and_comments_are_notes_with_a_way_back(suite: Texte) -> None:
    root = page(suite)
    fields = root.xpath("//section[@aria-labelledby='titre-champs']//li")
    assert [li.find("code").text for li in fields] == ["acheteur.siret", "date_note"]
    notes = root.xpath("//section[@aria-labelledby='titre-notes']//li")
    assert [li.text_content()[:8] for li in notes] == ["Fait man", "Choix de"]
    assert root.xpath("//a[@role='doc-noteref']/@aria-label") == ["Note 1", "Note 2"]
    assert len(root.xpath("//a[@role='doc-backlink']")) == 4


def test_the_version_to_publish_has_no_notes(suite: Texte) -> None:
    root = page(suite, publiable=True)
    assert not root.xpath("//section") and not root.xpath("//mark")
    assert root.xpath("//span[@class='blanc']")


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;b&gt;", "' onload='x", "]]>", "</title>"],
)
def test_what_a_person_wrote_stays_text_everywhere(text: str, compose: Callable[..., Texte]) -> None:
    slots = Slots()
    field = slots.field(Champ(text, text))
    opening, closing = slots.comment("À vérifier", text)
    mark = slots.fact(text)
    markdown = f"# {mark}\n\n## {mark}\n\n{opening}{mark}{closing} {field}\n\n| {mark} |\n|---|\n| {mark} |\n"
    texte = compose(markdown, slots, entete=text, table=True, personnalisees={text: text})
    root = page(texte)
    assert not root.xpath("//script|//img|//b") and not root.xpath("//@onload|//@onerror")
    assert root.text_content().count(text.replace("'", "’")) + root.text_content().count(text) >= 7


def test_lists_keep_their_order_and_start(suite: Texte) -> None:
    root = page(suite)
    assert root.xpath("//ol[@start='3']/li[1]/text()") == ["trois"]
    assert "dedans" in root.xpath("//ul/li/ul/li")[0].text
