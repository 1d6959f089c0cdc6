"""Which files of a folder are let in: kind, size, place, and whether they are what their ending says.

Nothing is unpacked or parsed here; a file is refused before anything that could be attacked opens it.
"""

from __future__ import annotations

import codecs
import io
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import HandbookError, UnreadableFile

KINDS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".pdf": "pdf",
}
"""What is read, by ending."""

BESIDE = re.compile(r"\.(?:jsonl?|ya?ml|toml|png|jpe?g|gif|webp|ico|css)")
"""Endings of files that may lie beside the pages: settings, pictures. They are passed over in silence."""

_SAVE_AS = {
    ".doc": "an old Word file: save it as .docx",
    ".docm": "a Word file with macros: save it as .docx",
    ".dotm": "a Word file with macros: save it as .docx",
    ".odt": "save it as .docx",
    ".rtf": "save it as .docx",
    ".pages": "save it as .docx",
    **dict.fromkeys(
        (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".numbers"),
        "a spreadsheet: copy its table into Word and save that as .docx",
    ),
    **dict.fromkeys((".pptx", ".ppt", ".odp", ".key"), "slides: save them as .pdf"),
    **dict.fromkeys((".eml", ".msg"), "an e-mail: save its words as .txt"),
}
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or Office file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or encrypted Office file"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a compressed file"),
    (b"<?xml", "an XML file"),
)
_WEB_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)[\s>]", re.IGNORECASE)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_IN_WINDOWS_LETTERS = "is not UTF-8 and was read as Windows-1252: are its quotation marks, dashes and £ right?"
_OTHER_LETTERS = re.compile(r"[a-z.,!?][À-ÖØ-Þ]|[œ‚ƒ]\s?\d|[\x01-\x08\x0e-\x1f]")
"""What Windows-1252 text does not hold, and text in another encoding does once it is read as that."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of anything is taken; what goes beyond is refused by name. Sizes in bytes."""

    files: int = 20_000
    text: int = 4_000_000  # Markdown, plain text
    webpage: int = 20_000_000
    file: int = 60_000_000  # DOCX, PDF
    unpacked: int = 300_000_000  # all of a DOCX
    ratio: int = 200  # unpacked to packed, of a DOCX
    entries: int = 5_000  # files in a DOCX
    pages: int = 1_000
    seconds: int = 120  # for one conversion
    memory: int = 4_000_000_000  # address space of the converting process

    def size_of(self, kind: str) -> int:
        """The most bytes that a file of a kind may have."""
        return {"markdown": self.text, "text": self.text, "html": self.webpage}.get(kind, self.file)


LIMITS = Limits()


def files_of(folder: Path, limits: Limits = LIMITS) -> Iterator[Path | UnreadableFile]:
    """The files below a folder that are meant to be pages, in the order of their paths, after the error of each
    folder that cannot be read. A link to a folder comes as a file, for `admitted` to refuse: it is not followed.
    Names that begin with `.` or `_`, and settings and pictures beside the pages, are passed over.

    Raises:
        HandbookError: there are more than a handbook has.
    """
    found: list[Path] = []
    unread: list[OSError] = []
    for at, folders, names in os.walk(folder, onerror=unread.append):
        folders[:] = [name for name in folders if not name.startswith((".", "_"))]
        links = [name for name in folders if os.path.islink(os.path.join(at, name))]
        meant = [name for name in names if not name.startswith((".", "_")) and _is_page(name)]
        found += [Path(at, name) for name in [*meant, *links]]
        if len(found) > limits.files:
            raise HandbookError(f"more than {limits.files:,} files in {folder}: give the folder of the handbook alone")
    yield from (_unopened(error, folder) for error in unread)
    yield from sorted(found)


def _unopened(error: OSError, folder: Path) -> UnreadableFile:
    place = shown(Path(error.filename).relative_to(folder))
    return UnreadableFile(f"{place}: is a folder that cannot be opened ({error.strerror}): make it readable")


def _is_page(name: str) -> bool:
    suffix = Path(name).suffix.lower()
    return bool(suffix) and not BESIDE.fullmatch(suffix)


def kind_of(path: Path) -> str:
    """What a file is read as, by its ending: markdown, text, html, docx or pdf.

    Raises:
        UnreadableFile: its ending is of no kind that is read.
    """
    suffix = path.suffix.lower()
    if suffix not in KINDS:
        advice = _SAVE_AS.get(suffix, f"save it as one of {', '.join(KINDS)}")
        raise UnreadableFile(f"{shown(Path(suffix))} is not read: {advice}")
    return KINDS[suffix]


def admitted(path: Path, folder: Path, limits: Limits = LIMITS) -> bytes:
    """The content of a file that may come in.

    Raises:
        UnreadableFile: it may not; the message says why.
    """
    try:
        kind = kind_of(path) if not path.is_dir() else ""
        if not path.resolve(strict=True).is_relative_to(folder.resolve()):
            raise UnreadableFile("is a link that leads out of the folder: copy the file itself here")
        if not path.is_file():
            raise UnreadableFile("is a link to a folder, or no file: copy the files themselves here")
        size = path.stat().st_size
        if size > limits.size_of(kind):
            raise UnreadableFile(f"has {size:,} bytes, at most {limits.size_of(kind):,} are read: split it")
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"cannot be opened ({error.strerror or error})") from error
    except RuntimeError as error:  # an OSError from Python 3.13 on
        raise UnreadableFile("cannot be opened (it is a link that leads back to itself)") from error
    if not content.strip():
        raise UnreadableFile("is empty: no text in it")
    _check_content(kind, path.suffix, content, limits)
    return content


def decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a Markdown or plain text file, and a remark where its encoding is guessed: what its byte order mark
    says, else UTF-8, else Windows-1252, in which older Windows programs save.

    Raises:
        UnreadableFile: it is none of them.
    """
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)), "utf-8")
    if encoding == "utf-8" and b"\x00" in content[:4000]:
        raise UnreadableFile("is binary, or UTF-16 without its mark: save it as UTF-8 text")
    remarks: tuple[str, ...] = ()
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8" or not _in_windows_letters(content):
            raise UnreadableFile(f"is not {encoding.upper()} text (byte {error.start}): save it as UTF-8") from error
        text, remarks = content.decode("windows-1252"), (_IN_WINDOWS_LETTERS,)
    return text.replace("\r\n", "\n").replace("\r", "\n"), remarks


def _in_windows_letters(content: bytes) -> bool:
    """Whether bytes that are not UTF-8 are Windows-1252: not damaged UTF-8, and not the letters of an old Mac or of
    DOS, which would come out as others (“donÕt”, “œ30” for £30).
    """
    if not content.decode("utf-8", "ignore").isascii():
        return False
    try:
        return not _OTHER_LETTERS.search(content.decode("windows-1252"))
    except UnicodeDecodeError:
        return False


def shown(path: Path) -> str:
    """A path as it may be shown: no control or undecodable characters, no more than 160 characters."""
    name = path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    plain = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in name)
    return plain if len(plain) <= 160 else f"{plain[:100]}…{plain[-50:]}"


def _check_content(kind: str, suffix: str, content: bytes, limits: Limits) -> None:
    is_a = next((what for mark, what in _SIGNATURES if content.lstrip()[:16].startswith(mark)), "text")
    if kind == "pdf":
        if b"%PDF-" not in content[:1024]:
            raise UnreadableFile(f"its ending says PDF, its content is {is_a}: save it again as PDF")
        if b"%%EOF" not in content[-2048:]:
            raise UnreadableFile("is cut off, the end of the PDF is missing: save it again")
    elif kind == "docx":
        _check_docx(content, is_a, limits)
    elif is_a != "text" and not (kind == "html" and is_a == "an XML file"):
        raise UnreadableFile(f"its ending says {suffix}, its content is {is_a}: give it the right ending")
    elif kind != "html" and _WEB_PAGE.match(content[:1024]):
        raise UnreadableFile(f"its ending says {suffix}, its content is a web page: give it the ending .html")


def _check_docx(content: bytes, is_a: str, limits: Limits) -> None:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableFile("is encrypted, cannot be read: save it without a password")
    if not content.startswith(b"PK\x03\x04"):
        raise UnreadableFile(f"its ending says .docx, its content is {is_a}: save it again as .docx")
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableFile(f"is damaged or cut off ({error}): save it again as .docx") from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile("is encrypted, cannot be read: save it without a password")
    names = [entry.filename for entry in entries]
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnreadableFile("holds macros: save it as .docx without them")
    if not any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
        raise UnreadableFile("its ending says .docx, its content is another kind of archive: save it again as .docx")
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > limits.entries or unpacked > limits.unpacked or unpacked > limits.ratio * len(content):
        most = min(limits.unpacked, limits.ratio * len(content))
        raise UnreadableFile(
            f"unpacks from {len(content):,} to {unpacked:,} bytes in {len(entries):,} files; at most {most:,} bytes in"
            f" {limits.entries:,} files are read: this looks like a bomb"
        )
