"""What a page was made of: where that is the same, the page and its clauses are the same.

A page and its clauses depend on the file's bytes, its place in the folder, the limits, and the program
that reads and cuts: some modules of this package and the libraries that parse for them. One checksum over
all of these is kept with the page in its edition. The next ingest takes pages over whose checksum is still
the same, and reads and cuts only the others; after an upgrade of what reads and cuts, all of them.
"""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

READERS = (
    "admission", "clauses", "conversion", "documents", "errors", "footnotes", "formats", "front_matter", "hidden",
    "invisible", "markdown", "numbering", "origin", "pdf", "pdf_letters", "pdf_lines", "plain", "raised", "sentences",
    "sheets", "signs", "tables", "unclosed", "validity", "weblists", "webnotes", "webpage", "wordfile", "wordlists",
    "wordpackage", "wordtables",
)  # fmt: skip
"""The modules of this package that make pages and clauses of files."""

PARSERS = (
    "beautifulsoup4", "lxml", "mammoth", "markdown-it-py", "markitdown", "pdfminer-six", "pdfplumber", "pyyaml",
    "soupsieve",
)  # fmt: skip
"""The distributions whose version may change what is read of a file."""


def origin(name: str, content: bytes, limits: object) -> str:
    """SHA-256, in hex, over a file's place below its folder, its bytes, the limits and the program."""
    known = f"{program()}\0{limits!r}\0{name}\0".encode("utf-8", "surrogateescape")
    return hashlib.sha256(known + content).hexdigest()


@cache
def program() -> str:
    """SHA-256, in hex, over the modules that read and cut, Python's version and those of the parsers."""
    parts = [platform.python_version(), *(f"{name} {version(name)}" for name in PARSERS)]
    parts += [hashlib.sha256(Path(__file__).with_name(f"{name}.py").read_bytes()).hexdigest() for name in READERS]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
