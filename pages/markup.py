"""Words of the handbook as HTML: every character that came from a file or a person is escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ingest.clauses import Clause
from ingest.documents import Document
from qa.answer import Citation
from qa.norms import is_open

AROUND = 2  # clauses before a cited one, and after it, that are shown with it

_UNSEEN = "position:absolute;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%)"
_BREAKS = dict.fromkeys("@/.", "&#8288;")  # a word joiner, which nobody sees: an escaped address is a link all the same
_WRAPS = "overflow-wrap:anywhere"  # "Facebook/Instagram/YouTube/TikTok" is one word to a browser


def quoted(citation: Citation) -> str:
    """A quote as a block, its words unchanged, below the words it stands under: with the items it opens, or among those
    of its list.
    """
    lead = f"<small>Under “{escape(citation.lead)}”</small><br>" if citation.lead else ""
    words, items = f"“{escape(citation.quote)}”", [f"“{item}”" for item in citation.items]
    if items and is_open(citation.quote):
        words += listed(items)
    elif items:
        words = listed([f"“{citation.quote}”", *items])
    style = f"margin:0;padding-left:0.75rem;border-left:3px solid currentColor;{_WRAPS}"  # room on a telephone
    return f'<blockquote style="{style}">{lead}{words}</blockquote>'


def in_place(document: Document, clauses: Sequence[Clause], citation: Citation) -> str:
    """The cited clause between its neighbours on the page, the quote marked; empty where no clause holds it.

    >>> from ingest.clauses import cut
    >>> page = Document("it", "IT", "# IT\\n\\n- Lock it.\\n\\n- Log <off>.\\n", "it.md")
    >>> at = page.text.index("Log")
    >>> c = Citation(1, "it", "IT", cut(page)[1].id, "2", ("IT",), "Log", at, at + 3)
    >>> "<mark>Log</mark> &lt;off&gt;." in in_place(page, cut(page), c)
    True
    """
    own = [clause for clause in clauses if clause.document == citation.document]
    index = next((i for i, clause in enumerate(own) if clause.start <= citation.start < clause.end), None)
    if index is None:
        return ""
    shown = own[max(0, index - AROUND) : index + AROUND + 1]
    return "".join(clause_line(document, clause, citation if clause is own[index] else None) for clause in shown)


def clause_line(document: Document, clause: Clause, citation: Citation | None = None, *, anchored: bool = False) -> str:
    """One clause with its number, the quote in it marked; `anchored` where an address may point at it."""
    name = f' id="{escape(clause.id, quote=True)}"' if anchored else ""
    words = f"<small>{escape(clause.number)}</small> {_marked(document.text, clause, citation)}"
    return f'<p{name} style="{_WRAPS}">{words}</p>'


def changed(place: str, runs: Sequence[tuple[str, str]]) -> str:
    """A clause whose words came and went, as (`same`, `removed` or `added`, words).

    What went stands apart from what came in its place:

    >>> "call <del>nine</del> <ins>ten</ins>." in changed("IT, 1", [
    ...     ("same", "call "), ("removed", "nine"), ("added", "ten"), ("same", ".")])
    True
    """
    marks = {"same": "{}", "removed": "<del>{}</del>", "added": "<ins>{}</ins>"}
    words = "".join(marks[op].format(escape(words)) for op, words in runs).replace("</del><ins>", "</del> <ins>")
    return f'<p style="{_WRAPS}"><small>{escape(place)}</small> {words}</p>'


def _marked(text: str, clause: Clause, citation: Citation | None) -> str:
    if citation is None:
        return escape(text[clause.start : clause.end])
    before, quote, after = (
        text[clause.start : citation.start],
        text[citation.start : citation.end],
        text[citation.end : clause.end],
    )
    return f"{escape(before)}<mark>{escape(quote)}</mark>{escape(after)}"


def heading(words: str, level: int) -> str:
    """A heading of the page; level 1 is its title."""
    rank = min(level + 1, 6)
    return f'<h{rank} style="{_WRAPS}">{escape(words)}</h{rank}>'


def small(words: str) -> str:
    """A remark in small print."""
    return f'<small style="{_WRAPS}">{escape(words)}</small>'


def announced(words: str) -> str:
    """Words that a screen reader says as soon as they are there, and that nobody sees."""
    return f'<p role="alert" style="{_UNSEEN}">{escape(words)}</p>'


def sentence(error: Exception) -> str:
    """What an error says, as a sentence."""
    said = str(error)
    return f"{said[0].upper()}{said[1:]}."


def escaped(words: str) -> str:
    """Words where Streamlit reads Markdown: every mark of it is escaped, and an address is broken so as to be no link.

    >>> escaped("*Jo*")
    '&#42;Jo&#42;'
    """
    return "".join(c if c.isalnum() or c.isspace() else f"{_BREAKS.get(c, '')}&#{ord(c)};" for c in words)


def notice(title: str, paragraphs: Sequence[str]) -> str:
    """A title with paragraphs."""
    told = f"<h3>{escape(title)}</h3>" + "".join(f"<p>{escape(words)}</p>" for words in paragraphs)
    return f'<div style="{_WRAPS}">{told}</div>'


def listed(items: Sequence[str]) -> str:
    """A list of words."""
    return f'<ul style="{_WRAPS}">{"".join(f"<li>{escape(words)}</li>" for words in items)}</ul>'
