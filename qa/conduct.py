"""Whose conduct a question is about: “can pupils share passwords” is not answered by “Never share your password.”

A rule for its reader or for staff says nothing of what pupils, parents, visitors or the head may do themselves. One
that has them as a subject, or that is for everybody, does.
"""

from __future__ import annotations

import re
from functools import cache

from qa.people import DETERMINED, called, without_denied
from qa.policy_words import IMPERATIVE
from qa.spelling import straight

#: How a question calls those it is about, and what else a rule may call them.
_KINDS = {
    "pupils": (
        r"pupils?|students?|kids|children|learners?|year \d+s?|y\d+s?|young people|lads|girls|boys",
        r"child|kid|lad|girl|boy|sixth.formers?|class(?:es)?",
    ),
    "parents": (r"parents?|carers?|families|guardians?|mums|dads", r"family|mothers?|fathers?|relatives?|mum|dad"),
    "public": (
        r"visitors?|customers?|clients?|guests?|contractors?|inspectors?|ofsted|governors?|trustees?",
        r"public|members?|shoppers?|callers?",
    ),
    "heads": (
        r"the (?:head(?: ?teacher)?|boss|manager)|head ?teachers|managers",
        r"heads?|head ?teacher|boss|manager|employers?|supervisors?|agency|schools?|we|us",
    ),
}
_ASKED_OF = re.compile(
    r"(?:^|[,.;:?!] ?|\b(?:and|so|but|ok|then) )(?:can|could|may|must|should|shall|do|does|are|is|will|would|have|has)"
    rf"(?:n['’]?t|['’]t)? {DETERMINED}(?:{'|'.join(f'(?P<{kind}>{asked})' for kind, (asked, _) in _KINDS.items())})"
    r"(?=['’]?s? \w)(?! (?:office|trip|of|card|helpers?)\b)",
    re.IGNORECASE,
)
#: What askers who are no staff call themselves.
_SERVED = re.compile(
    r"(?:[\w-]+ )*(?:(?P<pupils>pupil|student|kid)|(?P<parents>parent|mum|dad|guardian))", re.IGNORECASE
)
_ME = re.compile(r"\bme\b", re.IGNORECASE)
_BEFORE = r"(?:^|[,;:.–] |\b(?:but|if|when|where|that|unless|while|as|by|for|of|whether|because|until|once|from) )"
_VERB_AFTER = r"(?= (?:may|must|can|cannot|should|shall|will|are|is|do|does|have|has|need)\b)"
_STAFF = (
    r"(?:supply |agency )?(?:staff|candidates?|teachers?|workers?|employees?|tutors?|members? of staff|volunteers?"
    r"|colleagues?|mentors?|consultants?)\b"
)
#: A rule for all, or for those who were named before it.
_FOR_ALL = re.compile(
    r"(?:[\w-]+ ){0,3}?(?:nobody|no[ -]one|everyone|everybody|anyone|anybody|somebody|someone|people)\b"
    rf"|(?:each|every|all|any|no|others|they|their|it)\b(?! {_STAFF})",
    re.IGNORECASE,
)
_FOR_ITS_READER = re.compile(
    rf"(?:.*\byou\b|(?:please|always|never|do not|don't)\b|(?:[^,]*, )?{DETERMINED}{_STAFF})", re.IGNORECASE
)
_FIRST = re.compile(r"[\w-]+")


def asks_of_others(question: str, sentence: str, stands_under: str = "") -> bool:
    """Whether a question asks what others may or must do, and a sentence under its heading rules its reader alone.

    >>> asks_of_others("can pupils share passwords", "Never share your password.")
    True
    >>> asks_of_others("can pupils share passwords", "Nobody may share a password.")
    False
    >>> asks_of_others("are dogs allowed", "You must not bring a dog.")
    False
    """
    kind, places = _asked_of(question), (straight(sentence), straight(stands_under))
    if not kind or any(_FOR_ALL.match(place) for place in places):
        return False
    return not any(map(_subject(kind).search, places)) and any(map(_for_its_reader, places))


@cache
def _subject(kind: str) -> re.Pattern[str]:
    """A kind of people as the subject of a rule: "Pupils may", "and pupils may", "by pupils"; not "with pupils"."""
    named = rf"{DETERMINED}(?:(?!(?:and|or)\b)[\w-]+ ){{0,2}}?(?:{'|'.join(_KINDS[kind])})\b"
    return re.compile(rf"{_BEFORE}{named}|\b(?:and|or) {named}{_VERB_AFTER}", re.IGNORECASE)


def _asked_of(question: str) -> str:
    """The kind of people that a question is about, the asker's own first; or ""."""
    question = without_denied(question)
    if asker := _SERVED.fullmatch(called(question)):
        return asker.lastgroup or ""
    found = _ASKED_OF.search(question)
    kind = (found.lastgroup or "") if found else ""
    return "" if kind == "heads" and _ME.search(question) else kind  # "can the boss make me" asks of the asker


def _for_its_reader(rule: str) -> bool:
    first = _FIRST.match(rule)
    return bool(_FOR_ITS_READER.match(rule)) or (first is not None and first[0].lower() in IMPERATIVE)
