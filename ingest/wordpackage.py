"""The parts of a DOCX file as XML, under the names that Word on a desktop gives them.

Office on the web names them otherwise ("document2.xml"), and "Strict Open XML" names their elements otherwise: what is
not known by its name would be read, and what is hidden in it not be taken out.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree  # type: ignore[import-untyped]

from ingest.errors import UnreadableFile

_KINDS = ("styles", "numbering", "footnotes", "endnotes")
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
"""The names of "Strict Open XML" (ISO/IEC 29500-1), which say the same as the usual ones."""


def trees_of(archive: zipfile.ZipFile) -> dict[str, etree._Element]:
    """The text of a document with its notes, styles and lists, by the names that these parts usually have."""
    return {
        usual: tree_of(name, archive.read(name))
        for name, usual in _usual_names(archive).items()
        if name in archive.namelist() and not usual.endswith(".rels")
    }


def tree_of(name: str, content: bytes) -> etree._Element:
    """A part as XML.

    Raises:
        UnreadableFile: it defines entities, which Word never does and bombs do.
    """
    content = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", content)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise UnreadableFile(f"{name} in it defines entities, as bombs do and Word never does: save it again as .docx")
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def repacked(archive: zipfile.ZipFile, trees: Mapping[str, etree._Element]) -> io.BytesIO:
    """A document with the changed parts, and without pictures, macros and properties."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, tree in trees.items():
            packed.writestr(name, etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))
        for name, usual in {"[Content_Types].xml": "[Content_Types].xml", **_usual_names(archive)}.items():
            if usual not in trees and name in archive.namelist():
                packed.writestr(usual, archive.read(name))
    out.seek(0)
    return out


def _usual_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """What the parts of a document are usually named, by their names in it."""
    main = next((name for kind, name in _related(archive, "") if kind == "officeDocument"), "word/document.xml")
    parts = [(name, kind) for kind, name in _related(archive, main) if kind in _KINDS]
    names = {f"word/{kind}.xml": f"word/{kind}.xml" for kind in _KINDS if kind not in {kind for _, kind in parts}}
    names |= {name: f"word/{kind}.xml" for name, kind in parts}
    return names | {main: "word/document.xml", _relationships(main): "word/_rels/document.xml.rels"}


def _related(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, str]]:
    """The kind and the name of each part that a part, or the package (""), is related to."""
    if _relationships(name) in archive.namelist():
        for one in tree_of(name, archive.read(_relationships(name))).iter(_RELATIONSHIP):
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(name), one.get("Target", "")))
            yield one.get("Type", "").rpartition("/")[2], target.lstrip("/")


def _relationships(name: str) -> str:
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")
