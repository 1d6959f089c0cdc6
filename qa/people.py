"""Of whom a sentence and a question speak: a rule on dealing with pupils says nothing of a husband.

Kinds of people are told by words that name them outright; where none does, nothing is said.
"""

from __future__ import annotations

import re

#: People of the asker's own life, whatever they are to a school: "my mum" is no parent of a pupil.
_OWN = re.compile(
    r"\b(?:my|our|his|her) (?:(?:own|ex|best|old|late|other|elder|little|big) )?(?:husband|hubby|wife|partner|boyfriend"
    r"|girlfriend|fella|missus|mates?|friends?|mum|dad|mother|father|sister|brother|sons?|daughters?|kids?|children"
    r"|cousins?|nan|gran|grandad|aunt|uncle|family|flatmates?|neighbours?)\b",
    re.IGNORECASE,
)
_KINDS = {
    "pupils": r"pupils?|students?|kids?|child(?:ren)?|learners?|year \d+s?|y\d+s?|young people|lads?|girls?|boys?",
    "parents": r"parents?|carers?|mums?|dads?|mothers?|fathers?|guardians?|famil(?:y|ies)",
    "staff": r"colleagues?|co-?workers?|staff|teachers?|tas?|teaching assistants?|heads?|head ?teachers?|deputy"
    r"|deputies|senco|caretaker|receptionist|managers?|supervisors?|mentors?",
}
_KIND = re.compile(
    r"\b(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items()) + r")\b", re.IGNORECASE
)
#: "I'm a TA", "as a supply teacher": the asker, not somebody else.
_ASKER = re.compile(
    r"\b(?:i['’]?m|i am|as|being|we['’]?re|we are)(?: just| only)? (?:an? )?(?:[\w-]+ ){0,2}?"
    r"(?:teachers?|tas?|teaching assistants?|supervisors?|staff)\b",
    re.IGNORECASE,
)
#: Those whom a rule is about stand behind these: "with pupils or parents".
_BEHIND = re.compile(r"\b(?:with|to|from|between)\b((?: [\w'’/,-]+){1,8})", re.IGNORECASE)


def speaks_of_others(question: str, sentence: str) -> bool:
    """Whether a question names only people of other kinds than those with whom the sentence rules dealings.

    >>> rule = "Do not exchange phone numbers with pupils or parents."
    >>> speaks_of_others("can i give my husband my number", rule), speaks_of_others("can i text a mum", rule)
    (True, False)
    >>> speaks_of_others("can i swap numbers", rule)
    False
    """
    ruled = {kind for found in _BEHIND.finditer(sentence) for kind in _kinds(found[1])}
    asked = _kinds(_OWN.sub(" ", _ASKER.sub(" ", question))) | ({"own"} if _OWN.search(question) else set())
    return bool(ruled and asked) and not ruled & asked


def _kinds(text: str) -> set[str]:
    return {found.lastgroup or "" for found in _KIND.finditer(text)}
