"""The YAML between two lines of `---` at the top of a Markdown or text file."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.errors import UnreadableFile
from ingest.invisible import HALF, seen
from ingest.validity import as_date

UNMADE = (ValueError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What a YAML value that is none raises, by its kind ("!!bool maybe", "!!int ''", a sum too large)."""

LONGEST = 20_000
"""Characters; more between the two lines is a page, not its front matter."""

NAMES = ("title", "section", "source", "effective", "audience")
"""What is read of it; an owner may keep anything else there."""

_ENDING = re.compile(
    r"expir\w*(?:[ _-]\w+)?|valid[ _-]?(?:until|till|to|from)|until|end[ _-]?date|draft", re.IGNORECASE
)
"""Names by which an owner may mean that a page holds at other times than it will."""

_DEEP = re.compile(r"(?:[\[{]\s*){20}")  # each level costs the parser the time of all before it
_FENCED = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a file says of itself; `effective` is an ISO date where it was given as a date."""

    title: str = ""
    section: str = ""
    source: str = ""
    effective: str = ""
    audience: str = ""
    remarks: tuple[str, ...] = ()


def front_matter(text: str) -> tuple[FrontMatter, str]:
    """The front matter of a text, and the rest of it; words between two rules that are no mapping stay text.

    Raises:
        UnreadableFile: it is meant to be YAML and is not, holds half a character, or does not say plainly for whom.
    """
    match = _FENCED.match(text)
    if not match or len(match[1]) > LONGEST:
        return FrontMatter(), text
    if _DEEP.search(match[1]):
        raise UnreadableFile("its front matter is nested too deep: give each value in one line")
    import yaml  # here: a question reads no front matter

    try:
        found = yaml.safe_load(match[1])
        if isinstance(found, dict):
            return _read(found), text[match.end() :]
    except (yaml.YAMLError, *UNMADE) as error:
        if not re.search(r"^\w[\w -]*:(?:\s|$)", match[1], re.MULTILINE):
            return FrontMatter(), text
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise UnreadableFile(f"its front matter is not YAML ({reason}): put the value in quotes") from error
    return FrontMatter(), text if found is not None else text[match.end() :]


def _read(found: Mapping[object, object]) -> FrontMatter:
    values = {name: _as_text(found.get(name)) for name in NAMES} | {"audience": _audience(found)}
    remarks = [*_odd(values), *_misspelt(found), *_unheeded(found)]
    shown = {}
    for name, value in values.items():
        if HALF.search(value or ""):
            raise UnreadableFile(
                f"{name} in its front matter is {value!r:.60}, with half a character in it: write it anew"
            )
        plain, more = seen(value or "")
        shown[name] = " ".join(plain.split())
        remarks += more
    return FrontMatter(**shown, remarks=tuple(remarks))


def _odd(values: Mapping[str, str | None]) -> Iterator[str]:
    """Values that are not what their name calls for."""
    yield from (
        f"{name} in its front matter is not one line of text: left out" for name in values if values[name] is None
    )
    effective = values["effective"]
    if effective and not as_date(effective):
        yield (
            f"effective in its front matter is {effective!r:.60}, no date, so it counts at once: write it as 2027-09-01"
        )


def _misspelt(found: Mapping[object, object]) -> Iterator[str]:
    """Names that are not read and look like one that is: an edit or two away, or that with more behind it."""
    from rapidfuzz.distance import DamerauLevenshtein

    for other in map(str, found):
        for name in NAMES:
            edits = DamerauLevenshtein.distance(other.casefold(), name)
            if other not in NAMES and (edits <= len(name) // 4 or other.casefold().startswith(name)):
                said = f"{other!r:.60} in its front matter is not read: if {name!r} is meant, write that"
                if name == "audience":  # all would read what may be for some
                    raise UnreadableFile(f"{said}, else give it another name")
                yield said


def _unheeded(found: Mapping[object, object]) -> Iterator[str]:
    """Names that would limit when a page holds, and do not."""
    for name in map(str, found):
        if _ENDING.fullmatch(name):
            yield (
                f"{name!r:.60} in its front matter is not read, so the page counts now and without end: say when it"
                " holds in its text (“Until 31 July 2027, …”), or keep it elsewhere"
            )


def _audience(found: Mapping[object, object]) -> str:
    """For whom a page is, as one line; of a list all that it names."""
    value = found.get("audience")
    named = [_as_text(one) for one in value] if isinstance(value, list) else [_as_text(value)]
    if None in named:
        raise UnreadableFile("audience in its front matter is neither words nor a list of them: write it as candidates")
    return ", ".join(filter(None, named))


def _as_text(value: object) -> str | None:
    """A value as one line, dates in ISO form; None if it is a list, a mapping or something else."""
    if value is None:
        return ""
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, (str, int, float)):
        return " ".join(str(value).split())[:500]
    return None
