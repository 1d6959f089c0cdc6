"""Personal data out of what people type, before anything is written, shown to a consultant or sent to a model.

    redact("ring me on 07700 900123").text      "ring me on [telephone number]"
    redact("pupil Tom Smith hit me").text       "pupil [name] hit me"

What has a form of its own (addresses, telephone, National Insurance, pupil, card and account numbers, postcodes,
number plates of today, @names with a digit, stop or underscore) is found wherever it stands. Names, dates of birth,
teacher reference numbers, passwords, PINs, other plates and other names on social media are found where they are given
as such ("my name is", "pupil", "Mrs", "born on", "my TRN is", "my insta is"); a name without such a cue stays.
"""

# ruff: noqa: E501  (one form a line is read more easily than a form over three)

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers

from qa.question import in_plain_letters

SHORTEST_NUMBER = 9  # digits; without a cue a shorter run may be a year, a room or a sum of money

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*"
_DATE = (
    r"\d{1,2}[/.\- ]\d{1,2}[/.\- ]\d{2,4}|\d{4}-\d\d-\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},?(?: \d{{2,4}})?|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{2,4}}"
)
_PEOPLE = (
    r"pupils?|students?|child|boys?|girls?|kids?|learners?|son|daughter|brother|sister|teacher|ta|colleague|headteacher"
    r"|parent|mum|mother|dad|father|carer|candidate|consultant|year \d+ ?\w?"
)
_TITLE = r"\b(?:(?i:mr|mrs|ms|mx|dr|prof|sir|rev)|M(?i:iss))\b(?:\.? |\.)"
_LETTERS = [chr(code) for code in (*range(0x41, 0x530), *range(0x1E00, 0x2000))]  # Latin, Greek, Cyrillic
_UPPER = f"[{''.join(c for c in _LETTERS if c.isupper())}]"
_LOWER = f"{''.join(c for c in _LETTERS if c.islower())}\u0300-\u036f"  # in a class; accents may stand by themselves
_NAME = rf"(?:{_UPPER}[’'])?{_UPPER}[{_LOWER}]+(?:[-’']?{_UPPER}[{_LOWER}]+)*"
_PARTICLES = r"(?:(?:van|von|der|den|de|da|dos|del|della|di|du|la|le|bin|bint|ibn|al|el|ap)[ -])*"
_NAMES = rf"{_PARTICLES}{_NAME}(?: {_PARTICLES}{_NAME}){{0,2}}"
#: Words that follow a cue and are no names, however they are written.
_NO_NAME = (
    r"(?!(?:a|an|the|at|by|in|on|to|of|off|out|not|no|me|my|him|her|his|them|us|it|so|very|also|and|or|but|if|is|was|as"
    r"|year|maths|english|science|history|art|music|french|spanish|german|instagram|insta|facebook|snapchat|whatsapp"
    r"|tiktok|twitter|youtube|google|teams|zoom|i|step|what|can|do|does|should|supply|cover|head|deputy|british|muslim"
    r"|christian|jewish|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june"
    r"|july|august|september|october|november|december|names?|behind|over|sir|miss|nursery|school)\b)"
)
_SMALL = rf"{_NO_NAME}[{_LOWER}’'-]{{2,}}"
_TIMES = r"days?|weeks?|months?|years?|hours?|hrs?|mins?|minutes?|miles?|people|cars?|schools?|classes"
_STREETS = r"road|rd|street|avenue|ave|lane|crescent|terrace|mews"
_PLOTS = r"St|Close|Drive|Court|Way|Gardens|Grove|Place|Square|Hill|Row|Walk"  # with capitals: each is a word too
_NETWORKS = r"insta(?:gram)?|ig|snap(?:chat)?|tik ?tok|twitter|facebook|fb|discord"
#: Three letters behind "KS12" that are a word in a line of capitals, not the end of a plate.
_NO_WORD = r"(?!THE|AND|FOR|ARE|CAN|YOU|DAY|NOT|BUT|WHO|HOW|WHY|ALL|ANY|HAS|HAD|HER|OUR|OUT|MAY|GET|NOW|WAS|SET)"
_VERBS = (
    r"hit|hits|is|was|has|had|and|who|that|said|says|told|keeps?|kept|came|asked|asks|wants?|with|from|in|at|to|on|for"
    r"|because|when|but|or|he|she|they|we|i|my|just|does|did|will|would|can|might|about|sent|messaged|texted|added"
)

#: (kind, form): the group `it` is what is taken out; what stands round it is the cue and stays.
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(form))
    for kind, form in (
        ("e-mail address", r"(?<![\w.+%'-])(?P<it>[\w.+%'-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63})+)"),
        (
            "e-mail address",
            r"(?i)(?<![\w+-])(?P<it>[\w+-]{1,64}(?:(?: dot |\.)[\w+-]{1,64}){0,3} ?(?:\bat\b|[\[(]at[\])]) ?[\w-]+"
            r"(?: ?(?:\bdot\b|[\[(]dot[\])]|\.) ?(?:com|org|net|co|uk|ac|sch|gov|me))+)\b",
        ),
        ("National Insurance number", r"(?i)\b(?P<it>[A-CEGHJ-PQR-TW-Z]{2}[ -]?(?:\d\d[ -]?){3}[A-D])\b"),
        ("pupil number", r"(?i)\b(?P<it>[A-Z]\d{11}[A-Z0-9])\b"),
        (
            "teacher reference number",
            r"(?i)\b(?:trn|teacher ref(?:erence)?)\b\W{0,3}(?:(?:number|no|num|is)\b\W{0,3}){0,3}(?P<it>(?:RP ?)?\d\d ?/? ?\d{5})\b",
        ),
        (
            "password",
            r"(?i)\bpass(?:word|code|phrase)\b(?:[’']?s| is|:)? ?(?::|is)? ?(?P<it>(?=\S*\d)[^\s?]{3,40}[^\s?.,!])",
        ),
        ("PIN", r"(?i)\bpin\b(?: (?:code|number))?(?:[’']?s|,? (?:is|was)|:| (?:code|number)) ?(?P<it>\d{4,8})\b"),
        ("card number", r"(?<![\w+])(?P<it>[2-6]\d{3}(?:[ -]?\d{4}){3})(?!\w)"),
        ("sort code", r"\b(?P<it>\d\d-\d\d-\d\d)\b"),
        ("sort code", r"(?i)\bsort ?code\W{0,3}(?:is )?(?P<it>\d\d ?\d\d ?\d\d)\b"),
        (
            "account number",
            r"(?i)\b(?:account|acc|a/c)\b\W{0,3}(?:(?:number|no|num|is)\b\W{0,3}){0,3}(?P<it>\d{4} ?\d{4}|\d{7,8})\b",
        ),
        (
            "date of birth",
            rf"(?i)\b(?:dob|d\.o\.b\.?|born|birth|birthday)\b\W{{0,3}}(?:(?:on|is|was|the|in)\b\W{{0,2}}){{0,2}}(?P<it>{_DATE})",
        ),
        ("date of birth", rf"(?i)\b(?P<it>{_DATE}) ?\(?(?:is (?:his|her|their|my) )?(?:dob|birthday|date of birth)\b"),
        (
            "street address",
            rf"(?<!Year )(?<!year )(?<![\w.:/])(?P<it>(?i:flat \d+\w?,? )?\d{{1,4}}[A-Da-d]?,? (?:{_NAME} ){{1,3}}(?:{_STREETS}|{_PLOTS})\b)",
        ),
        (
            "street address",
            rf"(?i)(?<!year )(?<![\w.:/])(?P<it>\d{{1,4}}[a-d]?,? (?:(?!(?:{_PEOPLE}|{_TIMES})\b){_SMALL} ){{1,2}}(?:{_STREETS}))\b",
        ),
        (
            "account number",
            r"(?i)\b(?P<it>(?=(?:[A-Z ]*\d){8})[A-Z]{2}\d\d(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?)\b",
        ),
        ("number plate", rf"\b(?P<it>[A-HJ-PR-Y]{{2}}\d\d ?{_NO_WORD}[A-HJ-PR-Z]{{3}})\b"),
        ("number plate", r"\b(?P<it>[a-hj-pr-y]{2}\d\d[a-hj-pr-z]{3})\b"),
        (
            "number plate",
            r"(?i)\b(?:reg|registration|(?:number|licen[cs]e) ?plate)\b\W{0,3}(?:(?:number|no|is)\b\W{0,3}){0,3}(?P<it>[A-Z]{1,2}\d{1,3} ?[A-Z]{3}|[A-Z]{3}\d{1,3}[A-Z])\b",
        ),
        (
            "social media name",
            rf"(?i)\b(?:{_NETWORKS}|handle|user ?name)\b(?: (?:name|handle|user ?name|account|id))?(?:[’']?s| is|:)? ?(?P<it>@?(?=[\w.]*[a-z])(?=[\w.]*[\d_]|\w+\.\w)[\w.]{{3,30}}\w)",
        ),
        (
            "social media name",
            rf"(?i)\b(?:my|his|her|their) (?:(?:{_NETWORKS}) )?(?:handle|user ?name)(?:[’']?s| is|:) ?(?P<it>@?{_NO_NAME}(?!just\b|still\b|the\b|visible|public|private)[\w.]{{3,30}}\w)",
        ),
        (
            "social media name",
            r"(?<![\w.@/])(?P<it>@(?=[\w.]*[A-Za-z])(?=[\w.]*[\d_]|[A-Za-z]+\.[A-Za-z])[\w.]{2,29}\w)",
        ),
        (
            "social media name",
            rf"(?i)\b(?:{_NETWORKS}|follow(?:s|ed|ing)?|add(?:s|ed|ing)?|tag(?:s|ged|ging)?|dm|message[ds]?|called|am|i[’']?m|find)\b(?: (?:is|me|on|at|as|them|him|her)\b){{0,3}}\W{{0,2}}(?P<it>@[a-z][\w.]{{2,29}})",
        ),
        ("postcode", r"(?i)\b(?P<it>(?:GIR ?0AA|[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}))\b"),
        ("telephone number", r"(?<![\w£.])(?P<it>(?:\+|00)?\(?\d(?:[ .\-/()]{0,2}\d){9,14})(?!\w)"),
        (
            "telephone number",
            r"(?i)\b(?:number|mobile|mob|phone|tel|telephone|call|text|ring|whatsapp|reach)\b(?:\s(?:me|is|on|at|no))*\W{0,3}"
            r"(?P<it>\+?\d[\d ]{3,}\d)\b",
        ),
        ("number", r"^\W*(?P<it>\d[\d \-]{2,}\d)\W*$"),
        ("name", rf"{_TITLE}(?P<it>(?:{_UPPER}\.? ?){{0,3}}{_NAMES})"),
        ("name", rf"\bmiss (?P<it>(?i:{_NO_NAME}){_NAMES})"),
        ("name", rf"(?i:\b(?:mr|mrs|ms|mx|dr|prof)\b\.?) (?P<it>{_UPPER}{{2,}})\b"),
        ("name", rf"(?i:\bmy (?:full )?name(?:[’']s| is)) (?P<it>(?i:{_SMALL}(?: (?!(?:{_VERBS})\b){_SMALL})?))"),
        (
            "name",
            rf"(?i:\b(?:i am|i[’']m|im|this is|signed|regards,?|thanks,?|cheers,?|from)) (?P<it>(?i:{_NO_NAME})(?:{_NAME}) (?:{_NAME}))",
        ),
        (
            "name",
            rf"(?i:\b(?:i am|i[’']m|this is|regards,?|thanks,?|cheers,?)) (?P<it>(?i:{_NO_NAME})(?:{_NAME}))(?=\s*(?:$|[,.!]|from\b|and i\b|here\b))",
        ),
        ("name", rf"(?i:\b(?:called|named)) (?P<it>(?i:{_SMALL}(?: (?!(?:{_VERBS})\b){_SMALL})?))(?=\s|\W|$)"),
    )
)
#: A name by its capital alone: where every word has one it tells nothing.
_BESIDE_PEOPLE = re.compile(rf"(?i:\b(?:{_PEOPLE})),? (?P<it>(?i:{_NO_NAME})(?:{_NAMES}))")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
#: Words that are part of no name, and those that open a question.
_NO_NAMES = re.compile(
    r"^\W*(?:Can|Could|May|Should|Must|Do|Does|Am|Is|Are|Will|Would|What|When|Where|Who|How|Why)\b"
    r"|(?<=\s)(?:A|An|The|Me|My|To|Of|In|On|At|Is|Are|If|And|Or|For|With|Can|Do|Does)\b"
)


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without the personal data that was found in it, and of what kinds that was."""

    text: str
    kinds: tuple[str, ...]


def redact(text: str) -> Redacted:
    """The text in plain letters, with each piece of personal data replaced by its kind in square brackets."""
    text = in_plain_letters(text)
    out, at, kinds = [], 0, []
    for start, end, kind in _apart(sorted(_found(text), key=lambda f: (f[0], -f[1]))):
        out += [text[at:start], f"[{kind}]"]
        at = end
        kinds.append(kind)
    return Redacted("".join([*out, text[at:]]), tuple(dict.fromkeys(kinds)))


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    cued = [(m.start("it"), m.end("it"), kind) for kind, form in _FORMS for m in form.finditer(text)]
    yield from cued
    yield from _beside_people(text, {text[start:end] for start, end, kind in cued if kind == "name"})
    for number in phonenumbers.PhoneNumberMatcher(text, "GB", leniency=phonenumbers.Leniency.POSSIBLE):
        if sum(c.isdigit() for c in number.raw_string) >= SHORTEST_NUMBER:
            yield number.start, number.end, "telephone number"


def _beside_people(text: str, names: set[str]) -> Iterator[tuple[int, int, str]]:
    """Names by their capitals; in a line that is in title case throughout only those that stand elsewhere too."""
    titled, telling = list[re.Match[str]](), list[re.Match[str]]()
    for line in re.finditer(r"[^\n]+", text):
        (titled if _is_title_case(line[0]) else telling).append(line)
    found = [match for line in telling for match in _BESIDE_PEOPLE.finditer(text, line.start(), line.end())]
    known = "|".join(map(re.escape, sorted(names | {match["it"] for match in found}, key=len, reverse=True)))
    for line in titled if known else ():
        found += re.compile(rf"\b(?P<it>{known})\b", re.IGNORECASE).finditer(text, line.start(), line.end())
    yield from ((match.start("it"), match.end("it"), "name") for match in found)


def _is_title_case(line: str) -> bool:
    """Whether every word of a line has a capital, and not all of them can be names.

    >>> [_is_title_case(line) for line in ("Can A Pupil Follow Me?", "Can a pupil follow me?", "Pupil Tom Smith")]
    [True, False, False]
    """
    typed = re.sub(r"\[[^\]]*\]", "", line)  # what was taken out before is no word of the line
    return all(word[0].isupper() for word in _WORD.findall(typed)) and bool(_NO_NAMES.search(typed))


def _apart(found: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Spans that overlap as one, under the kind of the first."""
    current: tuple[int, int, str] | None = None
    for start, end, kind in found:
        if current and start < current[1]:
            current = (current[0], max(end, current[1]), current[2])
            continue
        if current:
            yield current
        current = (start, end, kind)
    if current:
        yield current
