"""The same question with other numbers on both sides: what was above a limit stays above it, so the verdict stays.

    “£12.50 taxi, do i get the lot back” of “Fares are refunded up to £9 a day.”
    “£25 taxi, do i get the lot back” of “Fares are refunded up to £18 a day.”

Whoever sees a limit once can learn it by heart; where the numbers change, they have to be compared.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qa.amounts import NAMED_NUMBERS
from training.data import Asked, Unit

TRIES = 10
_NAMED = {word: value for word, value in NAMED_NUMBERS.items() if value > 1}  # “one” is mostly no number
_NAMES = {value: word for word, value in _NAMED.items()}
_NUMBER = re.compile(
    r"(?<![\w.,:/-])(?P<pounds>£?)(?P<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?P<pence>\.\d+)?"
    rf"|(?P<word>{'|'.join(sorted(_NAMED, key=len, reverse=True))})\b)(?![\w:/]|[.,]\d)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d[\d.,:]*")
_PERCENT = re.compile(r"\s*(?:%|per ?cent\b)", re.IGNORECASE)
#: Names and times of day, whose numbers stay.
_NAMED_BEFORE = re.compile(
    r"\b(?:section|paragraph|para|part|rule|clause|appendix|schedule|years?|form|page|stage|key stage|ks|grade|room|bus"
    r"|route|point|step|level|no|number|tel|phone|call|dial|ring|band|tier|category|class)\s*$",
    re.IGNORECASE,
)
_WHEN_BEFORE = re.compile(r"\b(?:at|by|before|after|from|till|until|past)\s*$", re.IGNORECASE)
_NAMED_AFTER = re.compile(
    r"\s*(?:[ap]\.?m\b|o'?clock|(?:st|nd|rd|th)\b|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\b"
    r"|may\b(?=\s+\d|\s*[.,?!]|$)|-\d)",
    re.IGNORECASE,
)
_CALLED = {"999", "101", "111", "112"}
_YEARS = range(1900, 2101)
_HALVES = re.compile(
    r"\b(?:half|couple|fortnight|dozen|double|twice|quarter|grand|hundred|thousand|million|third|one|once|few)\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\b(?:aged?|years? old|yo|yr old|older|younger|birthday)\b|\bi ?'?a?m \d\d\b|\b(?:under|over)[ -]1[3-9]",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"[ -]*(?:working |school |clear |full |calendar )*(min|h(?:ou)?r|day|night|w(?:ee)?k|month|y(?:ea)?r|term|mile|km"
    r"|met|kg|litre|people|person|pupil|child|kid|guest|visitor)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Number:
    """A number that may change, where it stands and what it is of: “£”, “%” or “” for anything else."""

    start: int
    end: int
    kind: str
    value: float
    found: re.Match[str]

    def said(self, value: float) -> str:
        """Another value as this one is written."""
        if self.found["word"] and value in _NAMES:
            return _NAMES[int(value)]
        if self.found["pence"] and self.kind == "£":
            return f"{value:.2f}"
        if value != int(value):
            return f"{value:.2f}".rstrip("0").rstrip(".")
        return f"{int(value):,}" if "," in self.found["number"] else str(int(value))


def renumbered(asked: Asked, unit: Unit, rng: random.Random) -> tuple[Asked, Unit] | None:
    """Question and sentence with other numbers in the same order; None where no kind of number is in both."""
    question, sentence = tuple(_numbers(asked.question)), tuple(_numbers(unit.text))
    heading = unit.brief.removesuffix(unit.text)
    if heading == unit.brief or _DIGITS.search(heading):
        return None
    for kind in ("£", "%", ""):
        of_question = [number for number in question if number.kind == kind]
        of_sentence = [number for number in sentence if number.kind == kind]
        if not of_question or not of_sentence:
            continue
        if not kind and not (_all_read(asked.question, question) and _all_read(unit.text, sentence)):
            continue
        units = {_unit(asked.question, number) for number in of_question}
        units |= {_unit(unit.text, number) for number in of_sentence}
        ages = not kind and any(_AGE.search(text) for text in (asked.question, unit.text))
        values = sorted({number.value for number in of_question + of_sentence})
        others = _others(values, kind, ages, len(units - {""}) > 1, rng)
        if others:
            text = _with(unit.text, of_sentence, others)
            changed = replace(unit, text=text, brief=heading + text, passage=unit.passage.replace(unit.text, text))
            return replace(asked, question=_with(asked.question, of_question, others)), changed
    return None


def _numbers(text: str) -> Iterator[_Number]:
    for found in _NUMBER.finditer(text):
        number = found["number"]
        value = float(_NAMED[number.lower()] if found["word"] else number.replace(",", ""))
        kind = "£" if found["pounds"] else "%" if _PERCENT.match(text, found.end()) else ""
        before = text[: found.start()]
        named = _NAMED_BEFORE.search(before) or _NAMED_AFTER.match(text, found.end())
        named = named or (_WHEN_BEFORE.search(before) and not _UNIT.match(text, found.end()))
        if number in _CALLED or (not kind and (named or value in _YEARS)):
            continue
        yield _Number(*found.span("number"), kind, value, found)


def _all_read(text: str, numbers: Sequence[_Number]) -> bool:
    """Whether no number of the text was left out and none is said in other words."""
    read = sum(not number.found["word"] for number in numbers)
    return len(_DIGITS.findall(text)) == read and not _HALVES.search(text)


def _unit(text: str, number: _Number) -> str:
    found = _UNIT.match(text, number.end)
    return found[1].lower() if found else ""


def _others(values: list[float], kind: str, ages: bool, units: bool, rng: random.Random) -> dict[float, float]:
    """For each value, in rising order, another in the same order; empty where none was found."""
    for _ in range(TRIES):
        if ages or kind == "%" or (not kind and not units and max(values) <= 12):
            step = 5 if kind == "%" else 1
            added = step * rng.choice([-4, -3, -2, -1, 1, 2, 3, 4, 5])
            others = [value + added for value in values]
        else:
            factor = rng.choice([0.5, 2, 3] if units else [0.4, 0.5, 0.6, 0.75, 1.25, 1.5, 1.8, 2, 2.5, 3, 4])
            others = [value * factor for value in values]
            if not units:
                others = [round(other, 1 if value % 1 else None) for other, value in zip(others, values, strict=True)]
        whole = all(other % 1 == 0 for other, value in zip(others, values, strict=True) if value % 1 == 0)
        rising = all(one < more for one, more in pairwise(others))
        if whole and rising and min(others) >= 1 and others != values and not (kind == "%" and max(others) > 100):
            return dict(zip(values, others, strict=True))
    return {}


def _with(text: str, numbers: Sequence[_Number], others: dict[float, float]) -> str:
    for number in reversed(numbers):
        text = text[: number.start] + number.said(others[number.value]) + text[number.end :]
    return text
