"""The amounts in a text, brought to one unit of their kind, so that a question can be held against a limit.

    amounts("half an hour before 9.15am")   30 minutes of time; 555 minutes past midnight

"Six weeks" and "28 days" are both time, "140 quid" and "£130" both money, "16yo" and "aged 18" both age;
a bare number is of whatever is spoken of. What is not surely understood is left unread.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from qa.dates import DAY

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
         "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
#: The numbers that are one word.
NAMED_NUMBERS = {word: float(value) for value, word in enumerate(_ONES, 1)} | {
    word: 10.0 * value for value, word in enumerate(_TENS, 2)
}
_NAMED = (
    NAMED_NUMBERS
    | {"a couple of": 2.0, "couple of": 2.0, "a dozen": 12.0, "a hundred": 100.0, "half a": 0.5, "half an": 0.5}
    | {"a quarter of an": 0.25, "quarter of an": 0.25, "three quarters of an": 0.75, "half": 0.5}
)


class Kind(StrEnum):
    """What an amount measures; its value is in the unit named here."""

    TIME = "minutes"
    CLOCK = "minutes past midnight"
    MONEY = "pounds"
    AGE = "years of age"
    LENGTH = "metres"
    WEIGHT = "kilograms"
    VOLUME = "litres"
    SPEED = "miles an hour"
    PERCENT = "per cent"
    HEAT = "degrees"
    COUNT = "of what is named beside it"
    BARE = "of whatever is spoken of"


@dataclass(frozen=True, slots=True)
class Amount:
    """`value` in the unit of its kind; `said` is the number as it stands there; `of` names what is counted."""

    value: float
    kind: Kind
    said: float
    of: str = ""


_DAY = 24 * 60.0
_UNITS: tuple[tuple[str, Kind, float], ...] = (
    (r"min(?:ute)?s?", Kind.TIME, 1),
    (r"h(?:ou)?rs?", Kind.TIME, 60),
    (r"(?:working |school |calendar |clear )?days?|nights?", Kind.TIME, _DAY),
    (r"w(?:ee)?ks?", Kind.TIME, 7 * _DAY),
    (r"fortnights?", Kind.TIME, 14 * _DAY),
    (r"months?", Kind.TIME, 30.4 * _DAY),
    (r"(?:year|yr)s?[ -](?:olds?|of age|and (?:over|under|above))|yo", Kind.AGE, 1),
    (r"(?:years?|yrs?)(?! ?\d)", Kind.TIME, 365 * _DAY),
    (r"quid|pounds?", Kind.MONEY, 1),
    (r"pence|p", Kind.MONEY, 0.01),
    (r"per ?cent|percent|%", Kind.PERCENT, 1),
    (r"°(?: ?c)?|degrees?(?: c(?:elsius)?)?", Kind.HEAT, 1),
    (r"mph|miles? (?:an|per) hour", Kind.SPEED, 1),
    (r"miles?", Kind.LENGTH, 1609),
    (r"km|kilomet(?:re|er)s?", Kind.LENGTH, 1000),
    (r"m|met(?:re|er)s?", Kind.LENGTH, 1),
    (r"cm|centimet(?:re|er)s?", Kind.LENGTH, 0.01),
    (r"mm", Kind.LENGTH, 0.001),
    (r"(?:foot|feet|ft)", Kind.LENGTH, 0.305),
    (r"inch(?:es)?", Kind.LENGTH, 0.0254),
    (r"kgs?|kilos?|kilograms?", Kind.WEIGHT, 1),
    (r"grams?", Kind.WEIGHT, 0.001),
    (r"tonnes?", Kind.WEIGHT, 1000),
    (r"lit(?:re|er)s?", Kind.VOLUME, 1),
    (r"ml|millilit(?:re|er)s?", Kind.VOLUME, 0.001),
)
_UNIT = "|".join(f"(?P<u{place}>{pattern})" for place, (pattern, _, _) in enumerate(_UNITS))
_WORDS = "|".join(sorted((*_NAMED, *(f"{ten}[- ]{one}" for ten in _TENS for one in _ONES[:9])), key=len, reverse=True))
NUMBER = rf"\d{{1,3}}(?:,\d{{3}}){{1,3}}(?:\.\d{{1,4}})?|\d{{1,9}}(?:\.\d{{1,4}})?|{_WORDS}"
_CLOCK = (
    r"(?P<hour>0?\d|1[0-2])(?:[.:](?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m\b"
    r"|(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)\b|\b(?P<noon>noon|midday|midnight)\b"
)
_HALF = " and a half"
_AMOUNT = re.compile(
    rf"(?<![\w.:])(?:{_CLOCK}"
    rf"|(?P<pounds>£)?(?P<value>{NUMBER})(?P<k>k\b| grand\b)?(?P<more>{_HALF}\b)?(?!(?:st|nd|rd|th)\b|[:,/]\d)"
    rf"(?:[ -]?(?:{_UNIT})(?!\w)|(?![\w%]))(?P<after>{_HALF}\b)?"
    rf"|(?<!\d )(?P<single>an? )(?P<one>hour|day|week|fortnight|month|year)\b(?P<onemore>{_HALF}\b)?)",
    re.IGNORECASE,
)
_LARGE = "hundred|thousand|million|billion"
_MEASURED = "(?![ -]?(?:" + "|".join(pattern for pattern, _, _ in _UNITS) + r")(?!\w))"
#: Numbers that are no amounts or that are not understood: large and broken ones, names, times without am or pm.
_UNREAD = re.compile(
    rf"£\d[\d.,]* ?(?:m|bn|million|billion)\b|£?(?:{NUMBER}) (?:{_LARGE})\b(?: and (?:{NUMBER}))?"
    rf"|\ba hundred and (?:{NUMBER})|(?:\d+ )?\d+/\d+(?:/\d+)?|\d*[½¼¾]|£?\d+,\d{{1,2}}(?!\d)|,,+\d*"
    rf"|\bhalf past (?:{NUMBER})|\bhalf (?:{'|'.join(_ONES[:12])})\b"
    r"|\b(?:a )?(?:years?|yrs?|section|rule|page|room|class|ks|key stage|step|part|form|chapter|clause|number) ?\d+\b"
    r"|\b(?:no|the|this|that|any|which|another) one\b|\bone(?: of|'s| another)\b"
    rf"|\b(?:at|by|until|till|before|after|from|past) \d{{1,2}}(?:\.[0-5]\d)?(?![\d:.,]?\d| ?[ap]\.?m\b){_MEASURED}"
    rf"|\bthan \d{{1,2}}\.[0-5]\d(?!\d| ?[ap]\.?m\b){_MEASURED}"
    r"|\b\d{1,2}\.[0-5]\d ?(?:-|to|until) ?\d{1,2}\.[0-5]\d(?! ?[ap]\.?m)"
    rf"|\b{DAY}",
    re.IGNORECASE,
)
#: Minutes from the hour; “five to seven” is not among them, which may be a range.
_PAST = {"half": 30, "half past": 30, "quarter past": 15, "quarter to": -15, "five past": 5, "ten past": 10,
         "ten to": -10, "twenty past": 20, "twenty to": -20}  # fmt: skip
_DAY_NAMED = r"(?:last|tomorrow|yesterday|this|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
#: A time as it is said: “half nine at night”, “quarter to 6 in the morning”, “8 o'clock tonight”, “half 6 pm”.
_SPOKEN = re.compile(
    r"(?<![\w.:£])(?<!\d to )(?<!five to )(?<!\d past )"
    rf"(?:(?:an? )?(?P<past>{'|'.join(sorted(_PAST, key=len, reverse=True))}) )?"
    rf"(?P<hour>1[0-2]|[1-9]|{'|'.join(_ONES[:12])})(?:[.:](?P<minute>[0-5]\d))? ?(?:o ?'?clock )?(?:"
    r"(?P<half>[ap])\.?m\b"
    rf"|(?P<morning>(?:in the|{_DAY_NAMED}) mornings?\b)"
    rf"|(?P<later>(?:in the|{_DAY_NAMED}) (?:afternoon|evening)s?\b"
    rf"|(?:at|{_DAY_NAMED}) ni(?:ght|te)\b|to(?:night|nite)\b))",
    re.IGNORECASE,
)
_NOTE = re.compile(r"(?<![\w-])(?:(?:an?|one) )?(?P<note>fiver|tenner)\b", re.IGNORECASE)
_NOTES = {"fiver": "£5", "tenner": "£10"}
_AGE_BEFORE = re.compile(
    r"\b(?:aged?|age of|turned|turns|whos|who's|who is|im|i'm|i am|he is|she is|hes|shes|he's|she's) $", re.IGNORECASE
)
_UNDER = re.compile(r"\b(?:under|over) $", re.IGNORECASE)
_ALONE = re.compile(
    r"s?\s*(?:$|[?.,;:!)]"
    r"|(?:s|ok|okay|or|and|a|an|per|is|are|for|if|so|was|to|can|may|must|need|allowed|fine|too|in|on|out|at)\b)",
    re.IGNORECASE,
)
_PER = re.compile(
    r"(?:\d|once|twice|times|pounds?|quid|p|£|h(?:ou)?rs?|min(?:ute)?s?|days?|w(?:ee)?ks?|months?|miles?|km|%"
    r"|per ?cent) $"
    r"|\b(?:each|per|every) $",
    re.IGNORECASE,
)
_BEGIN = re.compile(r"\b(?:from|after) $", re.IGNORECASE)
_ONE = {
    unit: next(size for pattern, _, size in _UNITS if re.fullmatch(pattern, unit))
    for unit in ("hour", "day", "week", "fortnight", "month", "year")
}
#: Where none of these stands there is no amount: most sentences and questions have none, and this is soon seen.
_ANY = re.compile(
    rf"\d|noon|midday|midnight|couple|dozen|hundred|half|quarter|{'|'.join(_ONES + _TENS)}|\ban? (?:{'|'.join(_ONE)})",
    re.IGNORECASE,
)
_NEAR = 12  # characters before a number that are looked at
#: What those who are taught are called, one word for all: "4 kids" are held against "two pupils".
_TAUGHT = dict.fromkeys(("pupil", "kid", "child", "children", "student", "learner", "tutee"), "pupil")


@lru_cache(maxsize=8192)
def amounts(text: str) -> tuple[Amount, ...]:
    """Every amount in the text, in order."""
    return tuple(_read(text)) if _ANY.search(text) else ()


def _read(text: str) -> Iterator[Amount]:
    text = _NOTE.sub(lambda found: _NOTES[found["note"].lower()], _SPOKEN.sub(_on_the_clock, text))
    text = re.sub(r"(\b(?:under|over))[ -](\d+)s\b", r"\1 \2", _UNREAD.sub(" ; ", text), flags=re.IGNORECASE)
    for found in _AMOUNT.finditer(text):
        before = text[max(0, found.start() - _NEAR) : found.start()]
        if found["noon"] or found["hour"] or found["hour24"]:
            yield _clock(found, before)
        elif not found["single"]:
            yield _amount(found, before, text[found.end() : found.end() + _NEAR])
        elif not _PER.search(before):
            size = 1.5 if found["onemore"] else 1.0
            yield Amount(size * _ONE[found["one"].lower()], Kind.TIME, size)


def _on_the_clock(found: re.Match[str]) -> str:
    """A spoken time as hours and minutes; small hours “at night” and “12 in the morning” are left as they stand."""
    hour = int(NAMED_NUMBERS.get(found["hour"].lower()) or found["hour"]) % 12
    small = hour < 5 and "ni" in (found["later"] or "").lower()
    if small or (hour == 0 and found["morning"]) or (found["past"] and found["minute"]):
        return found[0]
    late = found["later"] or (found["half"] or "").lower() == "p"
    past = _PAST[found["past"].lower()] if found["past"] else int(found["minute"] or 0)
    minutes = 60 * (hour + (12 if late else 0)) + past
    return f"{minutes // 60:02}:{minutes % 60:02}" if minutes >= 0 else found[0]


def _clock(found: re.Match[str], before: str) -> Amount:
    if found["noon"]:
        midnight = 0.0 if _BEGIN.search(before) else _DAY
        minutes = midnight if found["noon"].lower() == "midnight" else _DAY / 2
    elif found["hour24"]:
        minutes = 60.0 * int(found["hour24"]) + int(found["minute24"])
    else:
        afternoon = 12 if found["half"].lower() == "p" else 0
        minutes = 60.0 * (int(found["hour"]) % 12 + afternoon) + int(found["minute"] or 0)
    return Amount(minutes, Kind.CLOCK, minutes)


def _amount(found: re.Match[str], before: str, after: str) -> Amount:
    name = re.sub(r"[-\s]+", " ", found["value"].lower().replace(",", ""))
    if name in _NAMED:
        said = _NAMED[name]
    else:
        said = sum(_NAMED[word] for word in name.split()) if name[0].isalpha() else float(name)
    said = (said + (0.5 if found["more"] or found["after"] else 0)) * (1000 if found["k"] else 1)
    if found["pounds"]:
        return Amount(said, Kind.MONEY, said)
    for place, (_, kind, size) in enumerate(_UNITS):
        if found[f"u{place}"]:
            return Amount(said * size, kind, said)
    alone = bool(_ALONE.match(after))
    aged = _AGE_BEFORE.search(before) or (alone and _UNDER.search(before))
    if aged or alone:
        return Amount(said, Kind.AGE if aged else Kind.BARE, said)
    counted = re.sub(r"\W.*", "", after.strip().lower()).rstrip("s")
    return Amount(said, Kind.COUNT, said, _TAUGHT.get(counted, counted))


def names(amount: Amount) -> tuple[str, ...]:
    """What is counted by every word it may be called, none where nothing is: of "4 kids" also pupil and child."""
    return tuple(called for called, of in _TAUGHT.items() if of == amount.of) or ((amount.of,) if amount.of else ())


def beside(asked: Sequence[Amount], said: Sequence[Amount]) -> tuple[float, ...]:
    """How far the asker's amount lies from each amount of the text it can be held against.

    Shares of the text's amount, each from -1 (nothing) upwards; 0 is the same. Empty where the two have no kind in
    common, or the question has several amounts of that kind. A bare number is held against whatever the text names.
    Of "5 chairs in one bay" the bay that the text names too is not what is measured.
    """
    if not asked or not said:
        return ()
    for kind in Kind:
        mine = [a for a in asked if a.kind is kind]
        if kind is Kind.COUNT:
            mine = [a for a in mine if a not in said] or mine
        theirs = [a for a in said if a.kind is kind and mine and a.of == mine[0].of]
        if len(mine) == 1 and theirs:
            return tuple((mine[0].value - a.value) / max(a.value, 1e-9) for a in theirs)
    if len(asked) == 1 and len({a.kind for a in said}) == 1 and all(alike(asked[0], a) for a in said):
        return tuple((asked[0].said - a.said) / max(a.said, 1e-9) for a in said)
    return ()


def alike(asked: Amount, said: Amount) -> bool:
    """Whether two amounts of different kinds may be of the same thing: a bare number, or an age said in years."""
    if Kind.AGE in (asked.kind, said.kind):
        other = said if asked.kind is Kind.AGE else asked
        years = other.kind is Kind.TIME and abs(other.value - other.said * 365 * _DAY) < 1
        return years or other.kind is Kind.BARE
    return asked.kind is Kind.BARE and said.kind is not Kind.CLOCK
