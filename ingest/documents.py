"""Files → Document: every format becomes Markdown, every Markdown becomes one normal form.

What happens to a file, in order:

    admission     is it a file of the handbook, of a kind that is read, not too large, what its ending says?
    formats       DOCX, PDF and HTML become Markdown, in a process of their own with limits
    plain         so does a pasted page
    markdown      Markdown becomes normal form, which is what is published, quoted and cited
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from ingest.admission import LIMITS, Limits, admitted, decoded, files_of, kind_of, shown
from ingest.errors import HandbookError, UnreadableFile
from ingest.formats import Converter, Part
from ingest.front_matter import FrontMatter, front_matter
from ingest.invisible import seen
from ingest.markdown import normalised, without_templates
from ingest.origin import origin
from ingest.plain import plain_to_markdown

__all__ = ["Document", "HandbookError", "UnreadableFile", "read_document", "read_folder"]

LONGEST_RUN = 2_000
"""Characters without a space; more is no text that a person reads."""

_EVERYONE = re.compile(r"(?:all|everyone|public|(?:all )?candidates?)?", re.IGNORECASE)
_STRUCTURED = re.compile(r"<(?:table|ul|ol|dl|h[1-6]|details)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """One page of the handbook: its text in normal form and where it came from.

    `pages` are (where it begins in the text, printed label) of a PDF's pages, in order.
    `remarks` say what the owner should know of: hidden text left out, pages without text.
    `origin` is the checksum of what it was made of (`ingest.origin`); empty if that is not known.
    """

    id: str
    title: str
    text: str
    path: str
    section: str = ""
    source: str = ""
    effective: str = ""
    pages: tuple[tuple[int, str], ...] = ()
    remarks: tuple[str, ...] = ()
    origin: str = field(default="", compare=False, repr=False)

    def __post_init__(self) -> None:
        """Makes tuples of what JSON gives back as lists."""
        object.__setattr__(self, "pages", tuple((start, label) for start, label in self.pages))
        object.__setattr__(self, "remarks", tuple(self.remarks))

    @property
    def digest(self) -> str:
        """SHA-256 over everything that is published of the document."""
        parts = [self.id, self.title, self.text, self.path, self.section, self.source, self.effective]
        parts += [f"{start} {label}" for start, label in self.pages]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


Known = Mapping[str, "Document"]
"""Documents that were read before, by their origin."""


def read_folder(
    folder: Path, limits: Limits = LIMITS, known: Known = MappingProxyType({})
) -> Iterator[Document | UnreadableFile]:
    """Every document below a folder in the order of its path; a file or folder that is refused comes as its error.

    A file is admitted anew each time, but not read again if what `known` holds was made of the same.

    Raises:
        HandbookError: there are more files than a handbook has.
    """
    taken: dict[str, Path] = {}
    with Converter(limits) as converter:
        for path in files_of(folder, limits):
            if isinstance(path, UnreadableFile):
                yield path
                continue
            try:
                yield _only(_read(path, folder, converter, known), path.relative_to(folder), taken)
            except UnreadableFile as error:
                yield error


def read_document(path: Path, folder: Path) -> Document:
    """One file as a document.

    Raises:
        UnreadableFile: the file is refused; the message names it and says why.
    """
    with Converter() as converter:
        return _read(path, folder, converter)


def _read(path: Path, folder: Path, converter: Converter, known: Known = MappingProxyType({})) -> Document:
    place = path.relative_to(folder)
    name = shown(place)
    try:
        content = admitted(path, folder, converter.limits)
        made_of = origin(place.as_posix(), content, converter.limits)
        if made_of in known:
            return known[made_of]
        meta, parts = _markdown(path, content, converter)
        if not _EVERYONE.fullmatch(meta.audience):
            raise UnreadableFile(f"is for {meta.audience}, and this handbook is for all candidates: keep it elsewhere")
        text, pages, remarks = _joined(parts)
    except UnreadableFile as error:
        raise UnreadableFile(f"{name}: {error}") from error
    title = meta.title or _first_heading(text) or next((p.title for p in parts if p.title), "") or _name_as_title(path)
    title, more = seen(" ".join(title.split())[:200])
    return Document(
        id=_slug(place.with_suffix("").as_posix()),
        title=title.strip(),
        text=text,
        path=name,
        section=meta.section,
        source=meta.source,
        effective=meta.effective,
        pages=pages,
        remarks=tuple(f"{name}: {remark}" for remark in dict.fromkeys((*meta.remarks, *remarks, *more))),
        origin=made_of,
    )


def _markdown(path: Path, content: bytes, converter: Converter) -> tuple[FrontMatter, tuple[Part, ...]]:
    """The front matter of a file, and its words as Markdown: a part for each page of a PDF, else one."""
    kind = kind_of(path)
    if kind in ("docx", "pdf", "html"):
        return FrontMatter(), converter(kind, content)
    words, remarks = decoded(content)
    meta, body = front_matter(words)
    meta = replace(meta, remarks=(*remarks, *meta.remarks))
    if kind == "text" and not re.match(r"\s*#{1,6} \S", body):
        return meta, (Part(plain_to_markdown(body)),)
    if _STRUCTURED.search(body):
        return meta, converter("markdown", without_templates(body).encode())
    return meta, (Part(body),)


def _joined(parts: tuple[Part, ...]) -> tuple[str, tuple[tuple[int, str], ...], list[str]]:
    """The normal forms of all parts in one text, where each page begins in it, and the remarks."""
    text, pages, remarks = "", [], []
    for part in parts:
        words, more = normalised(part.markdown)
        remarks += [*part.remarks, *more]
        if words:
            text += "\n" * bool(text)
            pages += [(len(text), part.page)] * bool(part.page)
            text += words
    if not re.search(r"^(?!#{1,6} ).", text, re.MULTILINE):
        raise UnreadableFile("; ".join([f"no text in it{' but headings' * bool(text)}", *remarks]))
    if run := re.search(rf"\S{{{LONGEST_RUN}}}", text):
        raise UnreadableFile(f"is no text: {run[0][:20]}… has {LONGEST_RUN} characters and more without a space")
    return text, tuple(pages), remarks


def _only(document: Document, place: Path, taken: dict[str, Path]) -> Document:
    """The document, if no other file has its id: an id must always mean one page."""
    other = taken.setdefault(document.id, place)
    if other != place:
        raise UnreadableFile(f"{document.path}: has the same name as {shown(other)}: keep one of them, or rename it")
    return document


def _first_heading(text: str) -> str:
    match = re.search(r"^# (.+)$", text, re.MULTILINE)
    return match[1] if match else ""


def _name_as_title(path: Path) -> str:
    return shown(Path(path.stem)).replace("-", " ").replace("_", " ").strip().title() or "Untitled"


def _slug(name: str) -> str:
    """A path as an id of small ASCII letters, digits, `-` and `/`; unique also where few of those are in it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = "/".join(re.sub(r"[^a-z0-9]+", "-", part).strip("-") for part in plain.split("/"))
    if len(slug) <= 120 and all(slug.split("/")):
        return slug
    return f"{slug[:100].strip('/-')}-{hashlib.sha256(name.encode(errors='replace')).hexdigest()[:8]}".lstrip("/-")
