"""The YAML between two lines of `---` at the top of a Markdown or text file."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from ingest.errors import UnreadableFile

LONGEST = 20_000
"""Characters; more between the two lines is a page, not its front matter."""

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
        UnreadableFile: it is meant to be YAML and is not.
    """
    match = _FENCED.match(text)
    if not match or len(match[1]) > LONGEST:
        return FrontMatter(), text
    if _DEEP.search(match[1]):
        raise UnreadableFile("its front matter is nested too deep: give each value in one line")
    import yaml  # here: a question reads no front matter

    try:
        found = yaml.safe_load(match[1])
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if not re.search(r"^\w[\w -]*:(?:\s|$)", match[1], re.MULTILINE):
            return FrontMatter(), text
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise UnreadableFile(f"its front matter is not YAML ({reason}): put the value in quotes") from error
    if not isinstance(found, dict):
        return FrontMatter(), text if found is not None else text[match.end() :]
    values = {name: _as_text(found.get(name)) for name in ("title", "section", "source", "effective", "audience")}
    odd = [name for name, value in values.items() if value is None]
    remarks = tuple(f"{name} in its front matter is not one line of text: left out" for name in odd)
    return FrontMatter(**{name: value or "" for name, value in values.items()}, remarks=remarks), text[match.end() :]


def _as_text(value: object) -> str | None:
    """A value as one line, dates in ISO form; None if it is a list, a mapping or something else."""
    if value is None:
        return ""
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, (str, int, float)):
        return " ".join(str(value).split())[:500]
    return None
