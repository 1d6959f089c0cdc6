"""DOCX → Markdown: what Word shows of a document without what nobody has accepted, its numbers written out.

Before mammoth reads the file, its text is put right in the XML itself:

- what a tracked change put in or deleted goes, and a paragraph of which it leaves half a sentence;
- runs that are hidden, white on white or tiny, comments and pictures go; so does a paragraph with a formula in it
  that is more than a line of signs;
- a line goes that only asks for words to be filled in;
- what mammoth would pass over stays: fields, phonetic guides, how a style or a doubled line marks a run;
- the numbers that Word makes of its lists ("4.2", "(a)") are written in front of their paragraphs.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter

from lxml import etree  # type: ignore[import-untyped]

from ingest.formats import Part, named, shortened
from ingest.hidden import NEAR_WHITE
from ingest.markdown import looks_like_rule
from ingest.signs import show_signs
from ingest.webpage import html_part
from ingest.wordlists import W, WordLists, value_of
from ingest.wordpackage import repacked, tree_of, trees_of
from ingest.wordtables import set_columns

_TEXT_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_PICTURES = ("drawing", "pict", "commentRangeStart", "commentRangeEnd", "commentReference")
_STYLES = (
    "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh\n"
    "p[style-name='List Continue'] => ul|ol > li > p:fresh"
)
_DIAGRAMS = re.compile(r"word/(?:diagrams/data|charts/chart)\d*\.xml")
_EDGES = re.compile(r"word/(?:header|footer)\d*\.xml")
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WHITE = re.compile(NEAR_WHITE, re.IGNORECASE)
_TINY = 5
"""Half-points; what is set smaller is not meant to be read."""
_RISEN = 4
"""Half-points above the line; what is set higher than that stands above its line, as a footnote mark does."""

_Styles = dict[str, etree._Element]
"""The styles of a document, by their ids."""


def docx_part(content: bytes) -> Part:
    """A Word document as Markdown.

    Raises:
        UnreadableFile: its XML defines entities, which Word never does and bombs do, or it is damaged.
    """
    archive = zipfile.ZipFile(io.BytesIO(content))
    trees = trees_of(archive)
    styles = trees.get("word/styles.xml")
    lists = WordLists(trees.get("word/numbering.xml"), styles)
    by_id = _by_id(styles)
    looks = _looks(by_id)
    found: Counter[str] = Counter()
    for name in _TEXT_PARTS:
        if name in trees:
            found += _unwrap(trees[name])
            found["unknown"] += show_signs(trees[name])
            set_columns(trees[name])
            found += _take_out_changes(trees[name])
            found += _take_out_unfilled(trees[name])
            found += _take_out(trees[name], looks)
            _mark(trees[name], looks)
            _write_numbers(trees[name], lists)
            _name_headings(trees[name], by_id)
    if styles is not None:
        _keep_names(styles)
    return _converted(repacked(archive, trees), (*_remarks(found), *_diagrams(archive), *_edges(archive)))


def _unwrap(tree: etree._Element) -> Counter[str]:
    """Puts the runs of fields, phonetic guides, formulas and initials where they are read; how many cannot be."""
    found: Counter[str] = Counter()
    for either in [*tree.iter(_MC + "AlternateContent")]:
        chosen = either.find(_MC + "Fallback")
        _replace(either, list(chosen if chosen is not None else either.find(_MC + "Choice")))
    for box in [*tree.iter(W + "drawing")]:
        if any(box.iter(W + "txbxContent")):  # words in it are looked for in pictures of the older kind
            words = [one for one in box.iter(W + "txbxContent") if not any(one.iterancestors(W + "txbxContent"))]
            box[:] = words
            box.tag = W + "pict"
    for guide in [*tree.iter(W + "ruby")]:
        _replace(guide.getparent(), guide.findall(f"{W}rubyBase/*"))
    for formula in [*tree.iter(_M + "oMath")]:
        if any(part.tag not in (_M + "r", _M + "t") for part in formula.iterdescendants() if not _is_property(part)):
            found["formula"] += 1
            _remove(next(formula.iterancestors(W + "p"), formula))
        else:
            _replace(formula, [_run("".join(formula.itertext(_M + "t")))])
    for field in [*tree.iter(W + "fldSimple", W + "dir", W + "bdo", _M + "oMathPara")]:
        _replace(field, list(field))
    for tab in tree.iter(W + "ptab"):
        tab.tag = W + "tab"
    for ended in tree.iter(W + "br", W + "cr"):  # of a line, a column or a page: words stand apart there
        ended.tag = W + "br"
        ended.attrib.clear()
    for initial in [*tree.iterfind(f".//{W}p/{W}pPr/{W}framePr[@{W}dropCap]")]:
        _join_to_next(initial.getparent().getparent())
    return found


def _is_property(part: etree._Element) -> bool:
    """Whether a part of a formula says how it looks, and nothing more."""
    return any(element.tag.endswith("Pr") for element in (part, *part.iterancestors(_M + "rPr", W + "rPr")))


def _run(words: str) -> etree._Element:
    run = etree.Element(W + "r")
    etree.SubElement(run, W + "t").text = words
    return run


def _replace(element: etree._Element, others: Sequence[etree._Element]) -> None:
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        parent[place : place + 1] = others


def _take_out_changes(tree: etree._Element) -> Counter[str]:
    """Takes out what nobody has accepted, put in or deleted; how many changes have words, by kind.

    A sentence that is left without words in its middle was never written: its paragraph goes with them.
    """
    found: Counter[str] = Counter()
    for paragraph in [*tree.iter(W + "p")]:
        if _is_cut(paragraph):
            found["cut"] += 1
            _remove(paragraph)
    for change in [*tree.iter(W + "ins", W + "moveTo", W + "del")]:
        kind = "deleted" if change.tag == W + "del" else "inserted"
        found[kind] += bool("".join(change.itertext()).strip())
        around = [*change.iterancestors()]
        places = [element.tag.removeprefix(W) for element in around]
        if places[:3] == ["rPr", "pPr", "p"]:
            _join_to_next(around[2])
        _remove(around[1] if places[:2] == ["trPr", "tr"] else change)
    for moved in [*tree.iter(W + "moveFrom")]:  # until that is accepted it stands where it stood
        _replace(moved, list(moved))
    for text in tree.iter(W + "delText"):
        text.tag = W + "t"
    return found


def _is_cut(paragraph: etree._Element) -> bool:
    """Whether words that go stand in a sentence with words that stay."""
    words = [(_goes(text), text.text or "") for text in paragraph.iter(W + "t", W + "delText")]
    pieces = [(goes, "".join(text for _, text in some).strip()) for goes, some in groupby(words, key=itemgetter(0))]
    pieces = [piece for piece in pieces if piece[1]]
    return any(one[0] != next_one[0] and not one[1].endswith((".", "!", "?")) for one, next_one in pairwise(pieces))


def _goes(text: etree._Element) -> bool:
    return any(around.tag in (W + "ins", W + "moveTo", W + "del") for around in text.iterancestors())


def _join_to_next(paragraph: etree._Element) -> None:
    """Gives the words of a paragraph to the next one, which they are part of."""
    after = paragraph.getnext()
    if after is not None and after.tag == W + "p":
        start = len(after.findall(W + "pPr"))
        after[start:start] = [child for child in paragraph if child.tag != W + "pPr"]
        _remove(paragraph)


def _take_out_unfilled(tree: etree._Element) -> Counter[str]:
    """Takes out the lines that only prompt for words ("Name: Click or tap here to enter text."); how many prompts, by
    whether they went or stand in a sentence.
    """
    found: Counter[str] = Counter()
    for paragraph in [*tree.iter(W + "p")]:
        words = [(_is_prompt(text), text.text or "") for text in paragraph.iter(W + "t")]
        prompts = [text for prompt, text in words if prompt and text.strip()]
        if prompts:
            alone = re.fullmatch(r"\s*(?:[^.!?:]+:\s*)*", "".join(text for prompt, text in words if not prompt))
            found["unfilled" if alone else "prompt"] += 1
            if alone:
                _remove(paragraph)
    return found


def _is_prompt(text: etree._Element) -> bool:
    return any(_is_on(control.find(W + "sdtPr"), "showingPlcHdr") for control in text.iterancestors(W + "sdt"))


def _take_out(tree: etree._Element, looks: _Looks) -> Counter[str]:
    """Takes out what a reader does not see; how many runs and rows with words went."""
    gone: Counter[str] = Counter()
    for row in [*tree.iter(W + "tr")]:
        if _is_on(row.find(W + "trPr"), "hidden"):
            gone["hidden"] += bool("".join(row.itertext(W + "t")).strip())
            _remove(row)
    for run in [*tree.iter(W + "r")]:
        if _is_unseen(run, looks):
            gone["hidden"] += bool("".join(run.itertext(W + "t")).strip())
            _remove(run)
    for chunk in [*tree.iter(W + "altChunk", W + "object", W + "subDoc")]:
        gone["embedded"] += 1
        _remove(chunk)
    for name in _PICTURES:
        for picture in [*tree.iter(W + name)]:
            if not any(picture.iter(W + "txbxContent")):
                _remove(picture)
    for part in [*tree.iter(W + "sdt")]:
        if value_of(part, "sdtPr/docPartObj/docPartGallery") == "Table of Contents":
            _remove(part)
    for paragraph in [*tree.iter(W + "p")]:
        if _is_contents(paragraph):
            _remove(paragraph)
    return gone


def _is_contents(paragraph: etree._Element) -> bool:
    """Whether a paragraph is a line of a table of contents: by its style, or all of it leads to a heading."""
    if re.match(r"TOC\d|TOCHeading|TableofFigures", value_of(paragraph, "pPr/pStyle"), re.IGNORECASE):
        return True
    links = [link for link in paragraph.iter(W + "hyperlink") if link.get(W + "anchor", "").startswith("_Toc")]
    led = "".join("".join(link.itertext(W + "t")) for link in links)
    return bool(led) and led == "".join(paragraph.itertext(W + "t"))


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


@dataclass(frozen=True, slots=True)
class _Looks:
    """The styles, by id, that hide what is set in them, make it white, shade it, strike it out, and raise it."""

    hidden: frozenset[str]
    white: frozenset[str]
    shaded: frozenset[str]
    struck: frozenset[str]
    raised: frozenset[str]


def _by_id(styles: etree._Element | None) -> _Styles:
    """The styles that a document defines, by their ids."""
    return {style.get(W + "styleId", ""): style for style in styles.iter(W + "style")} if styles is not None else {}


def _line_of(name: str, styles: _Styles) -> Iterator[etree._Element]:
    """A style and those that it is based on, the nearest first; one that is based on itself ends there."""
    passed = set[str]()
    while name in styles and name not in passed:
        passed.add(name)
        yield styles[name]
        name = value_of(styles[name], "basedOn")


def _looks(found: _Styles) -> _Looks:
    properties = {name: _inherited(name, found) for name in found}
    return _Looks(
        frozenset(name for name in found if _hides(properties[name])),
        frozenset(name for name in found if _is_white(properties[name])),
        frozenset(name for name, style in found.items() if any(map(_is_shade, style.iter(W + "shd")))),
        frozenset(name for name in found if _is_struck(properties[name])),
        frozenset(name for name in found if _is_raised(properties[name])),
    )


def _inherited(name: str, styles: _Styles) -> etree._Element:
    """The run properties of a style, with those of the styles that it is based on."""
    found = etree.Element(W + "rPr")
    for style in _line_of(name, styles):
        found.extend(copy(one) for one in style.findall(f"{W}rPr/*") if found.find(one.tag) is None)
    return found


def _mark(tree: etree._Element, looks: _Looks) -> None:
    """Says of each run itself that it is struck out or above its line, where a style or its place says so."""
    for run in tree.iter(W + "r"):
        style, names = value_of(run, "rPr/rStyle"), _styles_of(run)
        if run.find(W + "rPr") is None:
            run.insert(0, etree.Element(W + "rPr"))
        properties = run.find(W + "rPr")
        if _is_struck(properties) or (names & looks.struck and properties.find(W + "strike") is None):
            etree.SubElement(properties, W + "strike")
        if _is_raised(properties) or style in looks.raised:
            etree.SubElement(properties, W + "vertAlign").set(W + "val", "superscript")


def _is_struck(properties: etree._Element | None) -> bool:
    return _is_on(properties, "strike") or _is_on(properties, "dstrike")


def _is_raised(properties: etree._Element | None) -> bool:
    if properties is None:
        return False
    risen = re.fullmatch(r"\d+", value_of(properties, "position"))  # half-points; below the line it is negative
    return value_of(properties, "vertAlign") == "superscript" or bool(risen and int(risen[0]) >= _RISEN)


def _is_on(properties: etree._Element | None, name: str) -> bool:
    found = properties.find(W + name) if properties is not None else None
    return found is not None and found.get(W + "val", "1") not in ("0", "false", "off")


def _is_unseen(run: etree._Element, looks: _Looks) -> bool:
    properties, named = run.find(W + "rPr"), _styles_of(run)
    if _hides(properties) or (named & looks.hidden and run.find(f"{W}rPr/{W}vanish") is None):
        return True
    return bool(named & looks.white or _is_white(properties)) and not _is_on_colour(run, looks)


def _styles_of(run: etree._Element) -> set[str]:
    """The style of a run and that of its paragraph."""
    paragraph = next(run.iterancestors(W + "p"), None)
    return {value_of(run, "rPr/rStyle"), value_of(paragraph, "pPr/pStyle") if paragraph is not None else ""}


def _hides(properties: etree._Element | None) -> bool:
    """Whether run properties leave nothing to see: hidden or tiny."""
    if properties is None:
        return False
    if any(_is_on(properties, name) for name in ("vanish", "webHidden", "specVanish")):
        return True
    size = value_of(properties, "sz")
    return size.isdigit() and int(size) < _TINY


def _is_white(properties: etree._Element | None) -> bool:
    return properties is not None and _WHITE.fullmatch(value_of(properties, "color")) is not None


def _is_on_colour(run: etree._Element, looks: _Looks) -> bool:
    """Whether a colour is behind a run: its own, its paragraph's, its cell's, its table's, or that of their styles."""
    if run.find(f"{W}rPr/{W}highlight") is not None:
        return True
    for element in (run, *run.iterancestors()):
        properties = element.find(f"{element.tag}Pr")
        if properties is not None:
            styles = {value_of(properties, name) for name in ("rStyle", "pStyle", "tblStyle")}
            if styles & looks.shaded or any(map(_is_shade, properties.iterfind(W + "shd"))):
                return True
    return False


def _is_shade(shading: etree._Element) -> bool:
    plain = shading.get(W + "val", "clear") in ("clear", "nil")
    fill = shading.get(W + "fill", "auto")
    return not plain or not (fill.lower() == "auto" or _WHITE.fullmatch(fill))


def _write_numbers(tree: etree._Element, lists: WordLists) -> None:
    """Writes each numbered paragraph's number in front of its words, where it is text like any other."""
    for paragraph in tree.iter(W + "p"):
        label = lists.label(paragraph)
        if label:
            properties = paragraph.find(W + "pPr")
            paragraph.insert(0 if properties is None else 1, _run(label + " "))


def _name_headings(tree: etree._Element, found: _Styles) -> None:
    """Gives each paragraph that has a level in Word's outline, itself or by its style, the style of such a heading;
    what says a rule stays a paragraph, to be quoted.
    """
    headings = {value_of(style, "name").lower(): name for name, style in found.items()}
    for paragraph in tree.iter(W + "p"):
        style = value_of(paragraph, "pPr/pStyle")
        level = value_of(paragraph, "pPr/outlineLvl") or _outline_level(style, found)
        heading = headings.get(f"heading {int(level) + 1}" if level.isdigit() else "")
        own = value_of(found[style], "name").lower() if style in found else ""
        if heading and not own.startswith(("heading", "title")) and not looks_like_rule(_words(paragraph)):
            properties = paragraph.find(W + "pPr")
            for chosen in properties.findall(W + "pStyle"):
                properties.remove(chosen)
            properties.insert(0, etree.Element(W + "pStyle", {W + "val": heading}))


def _outline_level(name: str, styles: _Styles) -> str:
    """The level in the outline that a style gives, or one that it is based on; empty if none does."""
    levels = (value_of(style, "pPr/outlineLvl") for style in _line_of(name, styles))
    return next(filter(None, levels), "")


def _words(paragraph: etree._Element) -> str:
    return " ".join("".join(paragraph.itertext(W + "t")).split())


def _keep_names(styles: etree._Element) -> None:
    """Leaves of each style its name, and of a list's what it is: all that mammoth looks for, at a tenth of the time."""
    for style in [*styles]:
        if style.tag != W + "style":
            styles.remove(style)
        elif style.get(W + "type") != "numbering":
            style[:] = style.findall(W + "name")


def _converted(docx: io.BytesIO, remarks: tuple[str, ...]) -> Part:
    import mammoth  # type: ignore[import-untyped]

    html = mammoth.convert_to_html(docx, style_map=_STYLES, include_embedded_style_map=False).value
    part = html_part(html, whole_page=False)
    return Part(part.markdown, remarks=(*remarks, *part.remarks))


def _diagrams(archive: zipfile.ZipFile) -> Iterator[str]:
    """What SmartArt and charts say, which is not read."""
    trees = (tree_of(name, archive.read(name)) for name in archive.namelist() if _DIAGRAMS.fullmatch(name))
    words = (" ".join(" ".join(tree.itertext(_A + "t")).split()) for tree in trees)
    if read := [shortened(text, 60) for text in words if text]:
        yield f"{len(read)} × left out: diagram with words: write them into the text to publish them: {named(read)}"


def _edges(archive: zipfile.ZipFile) -> Iterator[str]:
    """What stands in headers and footers, which are not read; bare page numbers aside."""
    trees = (tree_of(name, archive.read(name)) for name in archive.namelist() if _EDGES.fullmatch(name))
    lines = (_words(line) for tree in trees for line in tree.iter(W + "p"))
    read = [line for line in dict.fromkeys(lines) if re.search(r"[^\W\d_]{2}", re.sub(r"\b(?:[Pp]age|of)\b", "", line))]
    if read:
        yield f"{len(read)} × left out: line of a header or footer: {named([*map(shortened, read)])}"


def _remarks(found: Counter[str]) -> Iterator[str]:
    """What was left out or undone, with its count and what to do."""
    advice = {
        "hidden": "left out: hidden, white or tiny text",
        "cut": "left out: paragraph with tracked changes within a sentence: accept or reject them in Word",
        "unfilled": "left out: line for words that nobody has filled in: fill it in to publish it",
        "prompt": "sentence with words still to be filled in, published as it stands: fill them in",
        "unknown": "left out: sign of a symbol font that is not known: write it in words",
        "embedded": "left out: sheet or document embedded in this one: write its words into the text to publish them",
        "formula": "left out: paragraph with a formula, which is not read: write it in words",
        "deleted": "left out: tracked deletions",
        "inserted": "left out: tracked insertions that nobody has accepted: accept them in Word to publish them",
    }
    yield from (f"{found[kind]} × {what}" for kind, what in advice.items() if found[kind])
