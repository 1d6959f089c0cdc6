"""DOCX → Markdown: what Word shows of a document with all changes rejected, its numbers written out.

Before markitdown reads the file, its text is put right in the XML itself:

- runs that are hidden, white or tiny, deleted or inserted and not yet accepted, comments and pictures go;
- the numbers that Word makes of its lists ("4.2", "(a)") are written in front of their paragraphs.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]

from ingest.errors import UnreadableFile
from ingest.formats import Part
from ingest.webpage import html_part
from ingest.wordlists import W, WordLists, value_of

_PARTS = re.compile(r"word/(?:document|styles|numbering|footnotes|endnotes)\.xml")
_TEXT_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_PICTURES = ("drawing", "pict", "object", "commentRangeStart", "commentRangeEnd", "commentReference")
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"
_TINY = 5
"""Half-points; what is set smaller is not meant to be read."""


def docx_part(content: bytes) -> Part:
    """A Word document as Markdown.

    Raises:
        UnreadableFile: its XML defines entities, which Word never does and bombs do, or it is damaged.
    """
    archive = zipfile.ZipFile(io.BytesIO(content))
    trees = {name: _tree(name, archive.read(name)) for name in archive.namelist() if _PARTS.fullmatch(name)}
    styles = trees.get("word/styles.xml")
    lists = WordLists(trees.get("word/numbering.xml"), styles)
    hiding = set(_hiding_styles(styles))
    gone: Counter[str] = Counter()
    for name in _TEXT_PARTS:
        if name in trees:
            gone += _take_out(trees[name], hiding)
            _write_numbers(trees[name], lists)
    return _converted(_repacked(archive, trees), tuple(_remarks(gone)))


def _tree(name: str, content: bytes) -> etree._Element:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise UnreadableFile(f"{name} in it defines entities, as bombs do and Word never does: save it again as .docx")
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _take_out(tree: etree._Element, hiding: set[str]) -> Counter[str]:
    """Takes out what a reader does not see; how many runs with words went, by reason."""
    gone: Counter[str] = Counter()
    for name, reason in (("del", "deleted"), ("moveFrom", "deleted"), ("ins", "inserted"), ("moveTo", "inserted")):
        for change in [*tree.iter(W + name)]:
            if change.getparent().tag != W + "rPr":
                gone[reason] += bool("".join(change.itertext()).strip())
                _remove(change)
    for run in [*tree.iter(W + "r")]:
        if _is_unseen(run, hiding):
            gone["hidden"] += bool("".join(run.itertext(W + "t")).strip())
            _remove(run)
    for name in _PICTURES:
        for picture in [*tree.iter(W + name)]:
            if not any(picture.iter(W + "txbxContent")):
                _remove(picture)
    for paragraph in [*tree.iter(W + "p")]:
        if re.match(r"TOC\d|TableofFigures", value_of(paragraph, "pPr/pStyle"), re.IGNORECASE):
            _remove(paragraph)
    return gone


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _is_unseen(run: etree._Element, hiding: set[str]) -> bool:
    properties = run.find(W + "rPr")
    paragraph = next(run.iterancestors(W + "p"), None)
    named = {value_of(run, "rPr/rStyle"), value_of(paragraph, "pPr/pStyle") if paragraph is not None else ""}
    return bool(named & hiding) or (properties is not None and _hides(properties))


def _hides(properties: etree._Element) -> bool:
    """Whether run properties leave nothing to see: hidden, white on nothing, or tiny."""
    for name in ("vanish", "webHidden", "specVanish"):
        found = properties.find(W + name)
        if found is not None and found.get(W + "val", "1") not in ("0", "false", "off"):
            return True
    shaded = properties.find(W + "shd") is not None or properties.find(W + "highlight") is not None
    colour = value_of(properties, "color").upper()
    size = value_of(properties, "sz")
    return (colour == "FFFFFF" and not shaded) or (size.isdigit() and int(size) < _TINY)


def _hiding_styles(styles: etree._Element | None) -> Iterator[str]:
    for style in styles.iter(W + "style") if styles is not None else ():
        properties = style.find(W + "rPr")
        if properties is not None and _hides(properties):
            yield style.get(W + "styleId", "")


def _write_numbers(tree: etree._Element, lists: WordLists) -> None:
    """Writes each numbered paragraph's number in front of its words, where it is text like any other."""
    for paragraph in tree.iter(W + "p"):
        label = lists.label(paragraph)
        if label:
            properties = paragraph.find(W + "pPr")
            run = etree.Element(W + "r")
            etree.SubElement(run, W + "t").text = label + " "
            paragraph.insert(0 if properties is None else 1, run)


def _repacked(archive: zipfile.ZipFile, trees: dict[str, etree._Element]) -> io.BytesIO:
    """The document with the changed parts, and without pictures, macros and properties."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in archive.namelist():
            if name in trees:
                packed.writestr(
                    name, etree.tostring(trees[name], xml_declaration=True, encoding="UTF-8", standalone=True)
                )
            elif re.fullmatch(r"\[Content_Types\]\.xml|_rels/\.rels|word/_rels/document\.xml\.rels", name):
                packed.writestr(name, archive.read(name))
    out.seek(0)
    return out


def _converted(docx: io.BytesIO, remarks: tuple[str, ...]) -> Part:
    import mammoth  # type: ignore[import-untyped]

    html = mammoth.convert_to_html(docx, style_map=_STYLES, include_embedded_style_map=False).value
    part = html_part(re.sub(r'<a href="#(?:foot|end)note-ref-\d+">↑</a>', "", html), whole_page=False)
    return Part(part.markdown, remarks=(*remarks, *part.remarks))


def _remarks(gone: Counter[str]) -> Iterator[str]:
    """What was left out, with its count and what to do."""
    advice = {
        "hidden": "hidden, white or tiny text",
        "deleted": "tracked deletions",
        "inserted": "tracked insertions that nobody has accepted: accept them in Word to publish them",
    }
    yield from (f"{gone[reason]} × left out: {what}" for reason, what in advice.items() if gone[reason])
