"""Whether a question asks for whom the handbook is: “is this policy for volunteers as well” is not answered by “All
volunteers must wear a badge.”, nor for a headteacher by “This policy is for all candidates.”
"""

from __future__ import annotations

import re

from qa.people import names_kind, names_people
from qa.spelling import stems, whole

_BOOK = r"(?:rules|polic(?:y|ies)|handbook|page|guidance|guidelines)"
_ASKED = re.compile(
    r"\b(?:do|does|is|are|will|would) (?:all )?"
    rf"(?:(?:this|these|the|your|our|that) (?:(?!to\b|for\b)[\w-]+ )??{_BOOK}|this|it all)"
    r" (?:(?:just|only|also|even|really|still|all|meant|intended|written|there) )*"
    r"(?:(?:apply|count|hold|go) (?:to|for)|for|cover|include|bind) (?P<whom>[^,.;:?!]+)",
    re.IGNORECASE,
)
#: "Do visitors have to follow this", "are students bound by these rules".
_ASKED_TO_KEEP = re.compile(
    r"\b(?:do|does|must|should|are|is|am|will) (?P<whom>(?!this\b|these\b)[\w'-]+(?: [\w'-]+){0,4}?)"
    r" (?:(?:have|need|expected|supposed|meant) to )?(?:follow|obey|observe|comply with|abide by|keep to|stick to|go by"
    rf"|covered by|bound by|subject to) (?:this|(?:this|these|the|your|our|that) (?:[\w-]+ )??{_BOOK})"
    r"(?=\W*$|,| (?:too|as well)\b)",
    re.IGNORECASE,
)
_ALL = whole(r"me(?! \w+ing\b)|us|every(?:one|body)|any(?:one|body)|all of (?:us|them)|whoever|people")
#: Those who are none of a handbook's own staff, unless it names them.
_OTHERS = whole(
    r"head ?teachers?|heads?|permanent|perm|pupils?|students?"
    r"|(?:under|post)grad(?:uate)?s?|parents?|children|kids|visitors?|guests?|governors?"
    r"|volunteers?|trustees?|contractors?|customers?|members of the public"
)
_ON_WHOM = whole(
    r"appl(?:y|ies)|cover(?:s|ed|ing)?|binds?|binding|bound|extends?|exempt\w*|outside|means?|includ\w+|counts?",
    r"come under",
    rf"(?:{_BOOK}|book|sheet|rule|section|chapter|manual)s?",
    r"(?:procedure|code|memorandum|answers)|(?:every|any)(?:one|body) (?:who|we)",
    r"goes? for|of their own|for (?:all|every\w*|any)",
)
_FOR_WHOM = re.compile(r"\bfor ([^.;:]+)", re.IGNORECASE)
_BY_ANOTHER = rf"(?:{_BOOK}|code|guide|manual|procedures?|terms)"
#: Those who are ruled by another book: "but agency chefs are covered by their agency's own rules".
_RULED_ELSEWHERE = re.compile(
    r"(?!(?:all|every\w*|each|any\w*)\b)(?P<whom>[^,;:.()–]+?),?"
    r" (?:(?:must|should|will|ha(?:s|ve) to) )?(?:(?:is|are|be) )?(?:instead )?"
    r"(?:follows?|obeys?|keeps? to|works? (?:to|under)|(?:comes?|falls?) under|(?:covered|bound|governed|ruled) by"
    r"|subject to|ha(?:s|ve)(?= (?:a )?(?:their|its|other|separate|different|\w+ of their)\b)) (?:the |an? )?"
    r"(?P<book>(?:(?!(?:the|this|these|our|your|all|any|every|each|both|same|following)\b)[\w'’-]+ ){1,5}?"
    rf"{_BY_ANOTHER}\b|{_BY_ANOTHER} of (?:their|its) own)",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r"[.;:,–]\s+(?:(?:but|and|while|whereas|though|although|except(?: that)?)\s+)?"
    r"|\s+(?:but|while|whereas|except(?: that)?)\s+"
)


def is_off_scope(question: str, sentence: str, stands_under: str = "") -> bool:
    """Whether a question asks for whom the handbook is, and a sentence under its heading does not say it of those.

    >>> rule, scope = "All volunteers must wear a badge.", "This policy is for all candidates."
    >>> is_off_scope("is this policy for volunteers as well", rule), is_off_scope("do these rules apply to me", scope)
    (True, False)
    >>> is_off_scope("do the rules apply to headteachers", scope), is_off_scope("do i need a badge", rule)
    (True, False)
    """
    whom = _asked_of(question)
    if not (_ALL.search(whom) or names_people(whom) or names_kind(whom)):
        return False
    said = f"{stands_under} {sentence}"
    on_whom = _ON_WHOM.search(said) or any(map(names_people, _FOR_WHOM.findall(said)))
    others = " ".join(_OTHERS.findall(whom))
    return not on_whom or (bool(others) and not (stems(others) & stems(said) or _ALL.search(said)))


def has_rules_elsewhere(question: str, said: str) -> bool:
    """Whether a question asks if the handbook is for people of whom it is said that another book rules them.

    >>> said = "These rules are for everyone; lorry drivers follow the Fleet Handbook."
    >>> has_rules_elsewhere("does this go for lorry drivers", said), has_rules_elsewhere("does this go for cooks", said)
    (True, False)
    """
    whom = stems(_asked_of(question))
    for part in _TURNS.split(said):
        found = _RULED_ELSEWHERE.match(part)
        others = stems(found["whom"]) if found else frozenset()
        if found and others and others <= whom and not stems(found["book"]) <= stems(question):
            return True
    return False


def _asked_of(question: str) -> str:
    """Those of whom it is asked whether the handbook is for them, or ""."""
    found = _ASKED.search(question) or _ASKED_TO_KEEP.search(question)
    return found["whom"] if found else ""
