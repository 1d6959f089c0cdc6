"""Footnotes of Markdown: a note is read where its mark stands, so that the exception in it is quoted with its rule.

    Leave from 3.45 pm[^1]. Sign out first.

    [^1]: Not on **parents' evenings**.

becomes "Leave from 3.45 pm. Not on parents' evenings. Sign out first."
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ingest.sentences import sentences

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

NOTE = "footnote"
"""The type of a note's token."""

MOST_CALLS = 20
"""Times that a note may be called to be read at each; more would make a page many times as long as its file."""

_MARK = re.compile(r" ?\[\^([^\]\s]+)\]")
_NOTE = re.compile(r"\[\^([^\]\s]+)\]:[ \t]*(.*)")


def reads_footnotes(parser: MarkdownIt) -> MarkdownIt:
    """A parser that reads notes, too: CommonMark takes them for links or paragraphs."""
    parser.block.ruler.before("reference", NOTE, _read_note, {"alt": ["paragraph", "reference"]})
    return parser


def _read_note(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule of markdown-it: a note, and the indented or next lines that go on with it."""
    found = _NOTE.match(_line(state, start)) if not state.is_code_block(start) else None
    if not found or silent:
        return bool(found)
    after, blank = start + 1, False
    while after < end and (state.isEmpty(after) or _goes_on(state, after, blank)):
        blank = state.isEmpty(after)
        after += 1
    token = state.push(NOTE, "", 0)
    token.meta = {"mark": found[1]}
    token.content = "\n".join([found[2], *(_line(state, line).lstrip() for line in range(start + 1, after))]).strip()
    token.map = [start, after]
    state.line = after
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.getLines(line, line + 1, state.blkIndent, False)


def _goes_on(state: StateBlock, line: int, blank: bool) -> bool:
    """Whether a line belongs to the note above it: after a blank one it must be indented."""
    if state.sCount[line] - state.blkIndent >= 2:
        return True
    return not blank and not re.match(r"\[\^|#{1,6} |[-*+>|] ?|\d+[.)] ", _line(state, line))


def notes_of(tokens: Sequence[Token]) -> dict[str, str]:
    """The notes, as Markdown, by their marks; those that no mark in the text calls, or too many do, stay where they
    are.
    """
    return _called(tokens, Counter(mark for t in tokens if t.type == "inline" for mark in _MARK.findall(t.content)))


def notes_in(tokens: Sequence[Token], markdown: str) -> dict[str, str]:
    """The notes as `notes_of` gives them, called also in the HTML of a page, by its whole Markdown."""
    own = Counter(token.meta["mark"] for token in tokens if token.type == NOTE)
    return _called(tokens, Counter(_MARK.findall(markdown)) - own)


def _called(tokens: Sequence[Token], calls: Counter[str]) -> dict[str, str]:
    notes = {token.meta["mark"]: token.content for token in tokens if token.type == NOTE}
    return {mark: words for mark, words in notes.items() if 0 < calls[mark] <= MOST_CALLS}


def with_notes(text: str, notes: Mapping[str, str]) -> str:
    """The text of a block with each note behind the sentence that calls it, in brackets where no stop ends that.

    >>> with_notes("Leave at 4[^1]. Sign out.", {"1": "Not on Mondays."})
    'Leave at 4. Not on Mondays. Sign out.'
    >>> with_notes("red[^a]", {"a": "visitors"})
    'red (visitors)'
    """
    bare, called = without_marks(text, notes)
    ends = [sentence.end for sentence in sentences(bare)] if called else []
    pieces: list[str] = []
    last = 0
    for place, mark in called:
        end = ends[min(bisect_left(ends, place), len(ends) - 1)] if ends else len(bare)
        stopped = re.search(r"[.!?][\"'”’)]*$", bare[max(last, end - 5) : end] or "".join(pieces[-1:]))
        pieces += [bare[last:end], f" {notes[mark]}" if stopped else f" ({notes[mark]})"]
        last = end
    return "".join([*pieces, bare[last:]])


def without_marks(text: str, notes: Mapping[str, str]) -> tuple[str, list[tuple[int, str]]]:
    """A text without the marks of its notes, and where each stood; what calls no note stays."""
    pieces, called, last, length = [], [], 0, 0
    for found in _MARK.finditer(text):
        if found[1] in notes:
            pieces.append(text[last : found.start()])
            length += len(pieces[-1])
            called.append((length, found[1]))
            last = found.end()
    return "".join([*pieces, text[last:]]), called
