"""Harm first: a question that tells of a child at risk, of self-harm, of an allegation or of an emergency that is
happening gets words a person wrote.

    reports_harm("a pupil told me her dad hits her")   "child"
    reports_harm("a kid is choking")                    "emergency"
    reports_harm("can I use my phone in class?")        None

Read before any search and before redaction. To miss one is worse than to show the notice once too often, but the
questions of everyday work must not set it off: `eval/gold/safeguarding.jsonl` holds both kinds, and a test holds the
recall and the false alarms to their bars.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from qa import harm_words

Harm = Literal["child", "self", "allegation", "emergency"]
FILE = "_safeguarding.md"  # files that begin with "_" are not pages of the handbook
SLOT = "[AGENCY:"

_COMPILED: Mapping[Harm, tuple[re.Pattern[str], ...]] = {
    "self": tuple(map(re.compile, harm_words.SELF + harm_words.SELF_ABROAD)),
    "emergency": tuple(map(re.compile, harm_words.EMERGENCY)),
    "allegation": tuple(map(re.compile, harm_words.ALLEGATION)),
    "child": tuple(map(re.compile, harm_words.CHILD + harm_words.CHILD_ABROAD)),
}

_STUDIED = re.compile(harm_words.STUDIED)
_DONE_TO_WRITER = re.compile(harm_words.DONE_TO_WRITER)
_ASKS_WHAT_TO_DO = re.compile(harm_words.ASKS_WHAT_TO_DO)
_OWN_DOING = re.compile(harm_words.OWN_DOING)


def reports_harm(text: str) -> Harm | None:
    """What a question tells of, or None: self-harm of the asker, an emergency that is happening, an allegation about an
    adult, a child at risk.
    """
    read = _STUDIED.sub(" ", _plain(text))
    told = {"child": without_done_to_writer(read)}
    return next((h for h, forms in _COMPILED.items() if any(form.search(told.get(h, read)) for form in forms)), None)


def is_done_to_writer(text: str) -> bool:
    """Whether a text tells what a pupil did to its writer, "a kid swore at me", and of nothing that the writer did."""
    read = _plain(text)
    return bool(_DONE_TO_WRITER.search(read)) and not _OWN_DOING.search(_ASKS_WHAT_TO_DO.sub(" ", read))


def without_done_to_writer(text: str) -> str:
    """The text without what a pupil did to its writer, where it tells of nothing that the writer did.

    >>> without_done_to_writer("a kid hit me, his arm is bruised")
    'a kid  , his arm is bruised'
    """
    return _DONE_TO_WRITER.sub(r"\g<who> ", _plain(text)) if is_done_to_writer(text) else text


def _plain(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return re.sub(r"\s+", " ", plain.replace("’", "'").replace("‘", "'"))


@dataclass(frozen=True, slots=True)
class Notice:
    """The fixed words for one kind of harm."""

    harm: Harm
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guidance:
    """All notices, and whether the agency has put its own names and numbers in."""

    notices: Mapping[Harm, Notice]
    filled_in: bool


#: Shown where the file is missing or lacks a notice, so that nobody is left with nothing.
LAST_RESORT = (
    "If anyone is in danger right now, call 999.",
    "Tell the designated safeguarding lead of the school you are in, or its headteacher, today and face to face. Then "
    "call your consultant.",
    "At any hour: NSPCC helpline 0808 800 5000 about a child, Samaritans 116 123 about yourself.",
)
#: The same for what does not wait for anybody.
LAST_RESORT_NOW = (
    "Call 999 now, from any phone, your own too: no rule about phones stands in the way of an emergency call.",
    "Send someone for the school’s first aider and to the office. In a fire sound the alarm and get everyone out.",
)


def read_guidance(docs: Path) -> Guidance:
    """The notices in `_safeguarding.md` of the handbook's folder; a paragraph with a slot still open is left out."""
    try:
        text = (docs / FILE).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        text = ""
    found = {notice.harm: notice for notice in map(_notice, re.split(r"^## ", text, flags=re.MULTILINE)[1:]) if notice}
    notices = {harm: found.get(harm) or _last_resort(harm) for harm in _COMPILED}
    return Guidance(notices, SLOT not in text and bool(re.search(r"^filled_in: *yes\b", text, re.MULTILINE)))


def _last_resort(harm: Harm) -> Notice:
    if harm == "emergency":
        return Notice(harm, "Call 999 now", LAST_RESORT_NOW)
    return Notice(harm, "Please talk to someone now", LAST_RESORT)


def _notice(section: str) -> Notice | None:
    heading, _, body = section.partition("\n")
    word, _, title = heading.partition(" – ")
    if word.strip() not in _COMPILED or not title:
        return None
    paragraphs = (
        re.sub(r"\s+", " ", p).strip() for p in re.sub(r"<!--.*?-->", "", body, flags=re.DOTALL).split("\n\n")
    )
    return Notice(cast(Harm, word.strip()), title.strip(), tuple(p for p in paragraphs if p and SLOT not in p))
