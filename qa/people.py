"""Of whom a sentence and a question speak: a rule on dealing with pupils says nothing of a husband.

Kinds of people are told by words that name them outright; where none does, nothing is said.
"""

from __future__ import annotations

import re

from qa.amounts import Kind, amounts
from qa.policy_words import IMPERATIVE
from qa.spelling import stems

#: People of the asker's own life, whatever they are to a school: "my mum" is no parent of a pupil, "her mum" may be.
_OWN = re.compile(
    r"\b(?:my|our|(?:his|her)(?! (?:mum|dad|mother|father)\b)) "
    r"(?:(?:own|ex|best|old|late|other|elder|little|big) )?(?:husband|hubby|wife|partner|boyfriend"
    r"|girlfriend|fella|missus|mates?|friends?|mum|dad|mother|father|sister|brother|sons?|daughters?|kids?|children"
    r"|cousins?|nan|gran|grandad|aunt|uncle|family|flatmates?|neighbours?)\b",
    re.IGNORECASE,
)
_KINDS = {
    "pupils": r"pupils?|students?|(?:under|post)grad(?:uate)?s?"
    r"|kids?|child(?:ren)?|learners?|year \d+s?|y\d+s?|young people|lads?|girls?|boys?",
    "parents": r"parents?|carers?|mums?|dads?|mothers?|fathers?|guardians?|famil(?:y|ies)",
    "staff": r"colleagues?|co-?workers?|staff|teachers?|tas?|teaching assistants?|heads?|head ?teachers?|deputy"
    r"|deputies|senco|caretaker|receptionist|managers?|boss(?:es)?|supervisors?|mentors?|sir"
    r"|miss(?= (?:says?|said|told|asked|wants|is|was|has)\b)",
    "officials": r"governors?|trustees?|inspectors?|ofsted",
}
_SERVED = {"pupils", "parents"}
#: Whom no rule means that names others.
_APART = {"own", "officials"}
_KIND = re.compile(
    r"\b(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items()) + r")\b", re.IGNORECASE
)
#: "He's neither a pupil nor a parent": who is meant is none of these.
_NONE_OF = re.compile(rf"\b(?:not|neither|nor|(?:is|are|ai)n['’]?t) an? {_KIND.pattern}", re.IGNORECASE)
#: "I'm a TA", "as a supply teacher": the asker, not somebody else.
_ASKER = re.compile(
    r"\b(?:i['’]?m|i am|as|being|we['’]?re|we are)(?: just| only)? (?:an? )?(?:[\w-]+ ){0,2}?"
    r"(?:teachers?|tas?|teaching assistants?|supervisors?|staff)\b",
    re.IGNORECASE,
)
#: A rule that speaks of the people in somebody's own life as well.
_RELATED = re.compile(
    r"\b(?:(?:your|own|whose) (?:\w+ )?(?:child(?:ren)?|sons?|daughters?|famil(?:y|ies)|friends?|parents?)"
    r"|relati(?:ve|on|onship)s?|friends|related|spouses?|partners?|husbands?|wives|wife|brothers?|sisters?)\b",
    re.IGNORECASE,
)
#: Those whom a rule is about stand behind these: "with pupils or parents".
_BEHIND = re.compile(r"\b(?:with|to|from|between|about)\b((?: [\w'’/,-]+){1,8})", re.IGNORECASE)


#: What askers call themselves: "im a cleaner, …", "as a volunteer do i …"; "said it as a joke" is none.
_SELF = re.compile(
    r"(?:\b(?:i['’]?m|i am|we['’]?re|we are|me as)|(?:^|[,.;:?!])\s*(?:as|being)) (?:only |just )?"
    r"(?:(?:an?|one of the) (?P<name>(?:(?!bit|little|lot|while)[\w-]+ ){0,2}?[\w-]+)"
    r"|(?P<kind>(?:agency|permanent|temp(?:orary)?|casual|part-time|seasonal|junior|senior|staff)))"
    r"(?=\s*(?:[,.;:?!]|$)|\s+(?:and|so|but|can|could|do|does|am|may|must|is|are|should|shall|will|need|have|what|who"
    r"|when|where|how|which)\b)",
    re.IGNORECASE,
)
#: Groups that rules are made for, in the plural; those that hold everybody ("staff") are not here.
_GROUPS = re.compile(
    r"\b(?:members of (?:the )?\w+|(?:board |committee |council |crew )?members|under-\d+s|\w*(?:volunteers|juniors"
    r"|seniors|visitors|guests|contractors|interns|trainees|apprentices|managers|supervisors|leaders|drivers|cleaners"
    r"|porters|cooks|chefs|nurses|doctors|carers|tutors|teachers|assistants|lecturers|students|pupils|parents|governors"
    r"|trustees|councillors|directors|officers|stewards|ushers|wardens|lifeguards|coaches|instructors|captains|pickers"
    r"|packers|freelancers|temps|starters|leavers|part-timers|tenants|residents|players|spectators"
    r"|customers|clients|receptionists|technicians|mentors|prefects|monitors|invigilators|candidates))\b",
    re.IGNORECASE,
)
_CREW = re.compile(r"\b(?:\w+ (?:crew|staff|team)|(?:year|grade) \d+)$", re.IGNORECASE)
_GROUP_ALONE = re.compile(
    rf"(?:(?:for|all|to|rules for) )*(?:[\w-]+ ){{0,2}}?{_GROUPS.pattern}(?: \([^)]*\))?", re.IGNORECASE
)
#: Where a rule names those whom it is for: before what rules it, or behind "for" and "by".
_FOR_WHOM = re.compile(
    r"^(?:(?!\b(?:must|may|can|shall|should|need|are|do|have)\b).)*|\b(?:for|by) [^,;.]*", re.IGNORECASE
)


DETERMINED = r"(?:(?:the|an?|any|some|all|each|every|no|only|other|our|their|your|these|those) )*"
#: "Junior members", where a rule or a heading begins.
_SORT = re.compile(rf"{DETERMINED}(?P<sort>(?!(?:most|many|both|new)\b)[\w-]+) (?P<head>[\w-]+)", re.IGNORECASE)


def speaks_of_others(question: str, sentence: str, stands_under: str = "") -> bool:
    """Whether a sentence rules dealings with pupils or parents only, and a question names only others; or its asker is
    of another group than the sentence, or the words it stands under, are for.

    >>> rule = "Do not exchange phone numbers with pupils or parents."
    >>> speaks_of_others("can i give my husband my number", rule), speaks_of_others("can i text a mum", rule)
    (True, False)
    >>> speaks_of_others("can i swap numbers", rule)
    False
    >>> speaks_of_others("im a contractor, do i need a badge", "Volunteers must wear a badge.")
    True
    >>> speaks_of_others("im a contractor, do i need a badge", "All staff must wear a badge.")
    False
    """
    none_of = {kind for found in _NONE_OF.finditer(question) for kind in _kinds(found[0])}
    ruled = {kind for found in _BEHIND.finditer(sentence) for kind in _kinds(found[1])}
    asked = _kinds(_OWN.sub(" ", _ASKER.sub(" ", without_denied(question)))) | (
        {"own"} if _OWN.search(question) else set()
    )
    of_some = bool(ruled) and not _RELATED.search(sentence)
    of_served = of_some and ruled <= _SERVED and not asked & _SERVED and (bool(asked) or ruled <= none_of)
    of_neither = bool(asked) and asked <= _APART - ruled
    apart = of_served or (of_some and of_neither and bool(ruled & _SERVED))
    return apart or _of_another_age(question, sentence) or _of_another_group(question, sentence, stands_under)


#: Those under 18 and those of 18 or over, where a rule, or its answer to a question, begins with them.
_OF_AGE = re.compile(
    rf"(?:[^?]*\?\W*)?(?:for )?{DETERMINED}(?:(?P<young>juniors?|minors?|child(?:ren)?|young people|under-18s)"
    r"|(?P<grown>adults?|grown-ups|over-18s))(?! (?:who|aged|under|over|and|or|with)\b|['’]s)\b",
    re.IGNORECASE,
)
_OF_AGE_FROM = 18


def _of_another_age(question: str, sentence: str) -> bool:
    """Whether a rule begins with adults, or with those who are none, and a question names the age of one who is not
    meant.
    """
    ages = {amount.value for amount in amounts(question) if amount.kind is Kind.AGE}
    found = _OF_AGE.match(sentence)
    if found is None or not ages:
        return False
    return all((age >= _OF_AGE_FROM) is bool(found["young"]) for age in ages)


def without_denied(question: str) -> str:
    """A question without those who it says are not meant: "not a teacher", "neither a pupil nor a parent"."""
    return _NONE_OF.sub(" ", question)


def called(question: str) -> str:
    """What the asker of a question calls themselves ("supply teacher"), or ""."""
    found = _SELF.search(question)
    return (found["name"] or found["kind"]) if found else ""


def names_group(heading: str) -> bool:
    """Whether a heading is the name of those whom the rules below it are for.

    >>> names_group("Juniors (14 to 17)"), names_group("For night porters"), names_group("Keys for visitors' cars")
    (True, True, False)
    """
    return bool(_GROUP_ALONE.fullmatch(heading.strip()))


def names_people(words: str) -> bool:
    """Whether words name a group of people, or one of it: "bar crew", "Year 12", "a driver"."""
    return any(map(_GROUPS.search, (words, f"{words}s"))) or bool(_CREW.search(words))


def names_kind(words: str) -> bool:
    """Whether words name pupils, parents, staff or officials."""
    return bool(_KIND.search(words))


def _of_another_group(question: str, sentence: str, stands_under: str) -> bool:
    """Whether the asker says who they are, and a rule is for groups of which the question says nothing."""
    name = called(question)
    if not name:
        return False
    if stems(name) & stems(f"{stands_under} {sentence}"):
        return _of_another_sort(name, question, (stands_under, sentence))
    places = [stands_under, *(found[0] for found in _FOR_WHOM.finditer(sentence))]
    groups = [stems(found[0]) for place in places for found in _GROUPS.finditer(place)]
    return bool(groups) and not any(group & stems(question) for group in groups)


def _of_another_sort(name: str, question: str, places: tuple[str, str]) -> bool:
    """Whether an asker is of a sort of people, "senior member", and a rule begins with another sort of the same.

    A rule that names theirs too is for both.
    """
    *sort, head = name.split()
    if not sort or not stems(head) or stems(name) <= stems(" ".join(places)):
        return False
    others = [m["sort"] for m in map(_SORT.match, places) if m and stems(m["head"]) == stems(head)]
    return any(other.lower() not in IMPERATIVE and not stems(other) & stems(question) for other in others)


def _kinds(text: str) -> set[str]:
    return {found.lastgroup or "" for found in _KIND.finditer(text)}
