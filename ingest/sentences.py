"""Text → sentences, for English as policies write it: abbreviations, times, decimals, numbers, quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

LONGEST = 1200
"""Characters; a longer sentence is cut at white space, so that no step after this one meets an endless text."""

_END = re.compile(
    r"(?:[.!?…]+[\"'”’)\]]*)(?:\s*\[\d{1,3}\]|[⁰¹²³⁴-⁹]+)?\s+(?=[\"'“‘(\[]*(?:[A-Z0-9£$€•]|[a-z]{1,2}[A-Z]|[\u00c0-\u00de]))"
)
_NEVER = re.compile(
    r"(?:\b(?:e\.g|i\.e|approx|Mr|Mrs|Ms|Mx|Dr|Prof|Rev|Revd|Sr|Jr|St|Cllr|Capt|Sgt|Hon|cf|vs|viz|incl|max|min|dept|govt))\.$"
)
_DATED = (
    r"Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"  # as in "Sat. 5 Sept. 2026"
)
_BEFORE_NUMBER = re.compile(
    r"\b(?:[Nn]os?|[Pp]aras?|pp?|[Pp]ts?|[Rr]ef|[Tt]el|[Ee]xt|[Ff]igs?|Arts?|[Rr]egs?|[Cc]h|[Vv]ols?|[Ss]ch|[Cc]l|Ann|App"
    r"|[Rr]m|[Vv]|[Vv]ers?|ca"
    rf"|(?<!['’])ss?|(?<!\d\s)(?:[Ss]ecs?|[Yy]rs?|[Ww]ks?)|{_DATED})\.$"  # "s. 47", "yr. 7", but not "for 2 yrs. 5 …"
)
_NUMBER = re.compile(r"[\d(]|[Nn]os?\.\s*(?:[\d(]|[A-Z]+\d)")  # "5", "No. 5", "No. SC5"
_DOTTED = re.compile(rf"(?:\b[A-Za-z]\.[A-Za-z]|\betc|\b(?:{_DATED}))\.$")
_HOUR = re.compile(r"\b[ap]\.m\.$")
_INITIAL = re.compile(r"\b[A-Z](?:\.[A-Z])*\.$")
_NAMED_BY_LETTER = re.compile(  # "except zone B. Masks …"; of "ask J. Lee" the letter is a person's
    r"(?<=[a-z,] )(?:annexe?|appendix|area|band|bay|block|building|category|class|column|division|door|floor|form"
    r"|gate|grade|group|hall|hepatitis|house|hut|lane|level|list|lot|option|part|phase|plan|platform|room|route|row"
    r"|schedule|section|shift|site|stage|step|table|team|tier|type|unit|vitamin|ward|wing|zone)s? [A-Z]\.$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:(?:^|[.:;!?]\s+)\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})|^(?:[A-Z]{1,3}|[Rr]ule )\d{1,3})\.$")
_ANSWER = re.compile(  # says nothing alone: it goes with the sentence after it
    r"(?:^|[.:;!?][\"'”’)]*\s+)(?:Yes|No|Never|Always|Of course|Certainly|Not at all|Sometimes|It depends|Usually)[.!]$"
)
_DAY = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December|GMT|BST)\b"
)
_OPENER = re.compile(
    r"[\"'“‘(]*(?:The|This|That|These|Those|If|You|Your|We|Our|They|Their|It|Its|He|She|A|An|All|Any|No|Not|Do|Don[’']t"
    r"|Never|Always|Please|When|Where|What|Who|How|Why|Staff|In|On|For|At|To|As|There|Once|Only|Each|Every|Use|Ask)\b"
)
_NO_VERB = (
    r"(?!.*\b(?:is|are|was|were|be|must|may|can|cannot|will|shall|should|has|have|had|do|does|did|needs?|apply"
    r"|applies)\b)"
)
_WHEN = r"(?:at|in|on|after|before|during|between|from|until|under|with|without|by|for|if|when|where|once)"
_COUNT = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty)"
_FRAGMENT = re.compile(  # no sentence of its own: it limits the one before
    rf"{_NO_VERB}(?:(?:But|And) )?(?:"
    rf"Not\b|Never (?:alone|overnight|unsupervised|outside|inside|{_WHEN})\b|Only {_WHEN}\b|With(?:out)?\b"
    rf"|Except\b|(?:The )?(?:only |sole )?Exceptions?:|No exceptions\b"
    rf"|No (?:more|longer|later|earlier|fewer|less) than\b"
    rf"|Max(?:imum)?\b|Minimum\b|At (?:most|least)\b|Up to\b|{_WHEN} (?:(?!it['’]s)[\w'’-]+ ){{1,4}}only\b"
    rf"|{_COUNT} [\w'’-]+ (?:at most|at least|max(?:imum)?|minimum|only|each|per \w+)\b"
    rf")(?: [\w'’£%.:-]+){{0,7}}[.!]?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a clause: `page_text[start:end] == text`."""

    text: str
    start: int
    end: int


def sentences(text: str, offset: int = 0) -> tuple[Sentence, ...]:
    """The sentences of a text, with spans moved by `offset`; white space between them belongs to none.

    >>> [s.text for s in sentences("Ask Mr. Lee by 3.30 p.m. If not, see No. 5.")]
    ['Ask Mr. Lee by 3.30 p.m.', 'If not, see No. 5.']
    >>> [s.text for s in sentences("Seniors may use the iron. Never alone. Keep it dry.")]
    ['Seniors may use the iron. Never alone.', 'Keep it dry.']
    """
    ends = [*(match.end() for match in _END.finditer(text) if _ends(text, match)), len(text)]
    whole = [end for end, after in pairwise(ends) if not is_fragment(text[end:after].strip())]
    cuts = [0, *whole, len(text)]
    return tuple(found for start, end in pairwise(cuts) for found in _bounded(text, start, end, offset))


def is_fragment(text: str) -> bool:
    """Whether words between two stops are no sentence, but limit the one before.

    >>> is_fragment("Not overnight."), is_fragment("Not all doors are locked.")
    (True, False)
    """
    return bool(_FRAGMENT.fullmatch(text))


def abbreviated(text: str) -> bool:
    """Whether the stop at the end of a text is its last word's own.

    >>> abbreviated("after 9 p.m."), abbreviated("after nine.")
    (True, False)
    """
    return bool(_NEVER.search(text) or _DOTTED.search(text))


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether a stop ends a sentence, by the word before it and the word after it."""
    before = text[max(match.start() - 24, 0) : match.start() + 1]
    after = text[match.end() : match.end() + 16]
    if match.start() > 24:
        before = "x" + before[1:]  # cut in the middle: what begins here is not the beginning of the text
    if _ANSWER.search(before):
        return False
    if text[match.start()] != ".":
        return True
    label = _LABEL.search(before)
    if _NEVER.search(before) or (label and not _BEFORE_NUMBER.search(before[: label.start() + 1])):
        return False
    if _BEFORE_NUMBER.search(before):
        return not _NUMBER.match(after)
    if _HOUR.search(before):
        return not _DAY.match(after)
    if _INITIAL.search(before):
        return bool(_NAMED_BY_LETTER.search(before) or _OPENER.match(after))
    return True


def _bounded(text: str, start: int, end: int, offset: int) -> Iterator[Sentence]:
    while start < end:
        stop = end if end - start <= LONGEST else _break(text, start)
        words = text[start:stop].strip()
        if words:
            at = text.index(words[0], start) + offset
            yield Sentence(words, at, at + len(words))
        start = stop


def _break(text: str, start: int) -> int:
    """Where an endless sentence is cut: after a semicolon, a comma, a word, or hard."""
    for mark in ("; ", ", ", " "):
        found = text.rfind(mark, start + LONGEST // 2, start + LONGEST)
        if found > 0:
            return found + len(mark)
    return start + LONGEST
