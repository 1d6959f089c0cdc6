"""A condition of the handbook as the asker would say it: that it is so, and that it is not.

    “only if you have asked the head”     → “I have asked the head”, “I have not asked the head”
    “unless the school asks you to”       → “the school asks me to”, “the school does not ask me to”
    “without the school's permission”     → “with the school's permission”, “without the school's permission”

Grammar only, no word of any one page; what does not read well this way is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.policy_words import AGREEMENT, IMPERATIVE

LONGEST = 70  # characters that still read well on a button

_OPENS = re.compile(
    r"(?:(?:and|but|then|though|or) )*(?P<only>only )?"
    r"(?:(?P<joins>if|when|where|once|provided that|provided|providing that|providing|as long as|so long as"
    r"|on condition that|unless|(?:except|save) (?:that|when|where|if))"
    r"|(?P<outside>except|save|other than|apart from|but not)(?= (?:in|on|at|during|with)\b)"
    r"|(?=(?:with|without|in|on|at|during)\b)) ?",
    re.IGNORECASE,
)
_PLACE = re.compile(r"(?:in|on|at|during) ", re.IGNORECASE)
_GIVEN = re.compile(r"(?:with|without) (?!\w+ing\b)(?P<what>.+)", re.IGNORECASE)
_FIRST = (
    r"(?:you|he|she|it|they|there|the|a|an|his|her|their|your|another|this|that|these|those"
    r"|\w+s(?= are| have| were| do))"
)
_AUX = r"has|have|had|is|are|was|were|will|can|could|may|must|should|would|does|do|did"
_SAYS = re.compile(rf"(?P<subject>{_FIRST}\b(?: [\w'-]+){{0,6}}?) (?P<verb>{_AUX})\b(?P<rest>.*)", re.IGNORECASE)
_SHORT = re.compile(r"(?P<subject>you|it|they|there)'(?P<verb>s|ve|re|ll)\b(?P<rest>.+)", re.IGNORECASE)
_LONG = {"ve": "have", "re": "are", "ll": "will", "s": "is"}
_DO = {"have": "do", "has": "does", "had": "did"}
_ARTICLE = re.compile(r"^(?:a|an|any|some) ", re.IGNORECASE)
_BEEN = re.compile(r" (?:been|got)\b")
_OWNS = re.compile(
    r" (?:(?:a|an|the|your|its|their|that|this|any|some|at least|\d+)\b"
    r"|(?:(?:written|prior) )?(?:permission|consent|approval|agreement|notice)\b)",
    re.IGNORECASE,
)
_DONE = re.compile(
    r" (?:\w+ly |already |just |all )?(?:\w+e[dn]|done|gone|come|been|got|had|told|made|left|said|paid|met|put|set"
    r"|lost|kept|bought|sent|found|begun|read|held|run|shut|let|won|stood|heard|worn|known|shown|grown|drawn|torn|thought"
    r"|brought|taught|sold|felt|cut|hit|built|become|led|fled|cost|slept|spent)\b"
)
_PAST = re.compile(rf"{_OWNS.pattern}| (?:been|\w+e[dn])\b", re.IGNORECASE)
_SEVERAL = re.compile(rf"\band\b|\bor (?:the|a|an|you|it|they|your|am|{_AUX})\b", re.IGNORECASE)
#: “in the hall and the yard”: each of them will do. What else an “and” adds is needed as well.
_PLACES = re.compile(
    r"(?:in|on|at|during) the(?: (?!and\b)[\w'-]+){1,2}(?: and the(?: \w+)? \w+(?<!ing)(?<!ed)(?<!present))+"
)
_ADDS = re.compile(r"\band (?:in|on|at|during|with|without|by|after|before|for|under|when|where|if)\b", re.IGNORECASE)
_SEVERAL_PEOPLE = re.compile(rf"\byou (?:(?:{_AUX}) )?(?:all|both|each|two|three)\b", re.IGNORECASE)
_NESTED = re.compile(r"\b(?:that|which|who|whom|whose|where|when|if)\b", re.IGNORECASE)
_TWISTED = re.compile(
    r"[,;:()–—“”\"]|\b(?:we|us|our|ours|i|me|my|not|never|no|nobody|nothing|none|neither|seldom|rarely|hardly"
    r"|scarcely|barely|only|without|unless|he or she"
    r"|\w+n't)\b",
    re.IGNORECASE,
)
_TO_ME = re.compile(
    r"(?:to|with|for|from|by|at|on|of|about|asks?|tells?|told|lets?|gives?|gave|given|needs?|wants?|pays?|\w+ed)"
)
_MANY_PEOPLE = re.compile(
    r"\W*(?:all |any )?(?:candidates|staff|colleagues|employees|workers|members|teachers|tutors|volunteers|residents"
    r"|students|drivers|visitors|carers|parents|learners|applicants|people|those)\b",
    re.IGNORECASE,
)


#: After “you” any word may be the verb of a fact, but not one of these, nor one that tells of the past.
_NO_VERB = frozenset(
    """also already always and are both can cannot did do does ever first had have is just may must never now once
    only or shall should still then too was were will would yourself came went took gave told said saw got made left
    lost paid bought sent met knew began found felt kept wrote drove ate held heard thought taught brought""".split()  # noqa: SIM905 - a list of words reads better unquoted
)


@dataclass(frozen=True, slots=True)
class Fact:
    """What a rule turns on, said by the asker: that it is so, that it is not."""

    so: str
    not_so: str


def read_fact(condition: str, sentence: str = "") -> Fact | None:
    """The fact that a condition or an exception of a sentence names, or None where it does not read well.

    >>> read_fact("only when the school has agreed")
    Fact(so='the school has agreed', not_so='the school has not agreed')
    >>> read_fact("unless you carry a permit").not_so
    'I do not carry a permit'
    """
    plain = condition.replace("’", "'").strip(" .,;")
    opens = _OPENS.match(plain)
    if not opens:
        return None
    said = plain[opens.end() :]
    if opens["outside"] and _PLACES.fullmatch(said):
        said = said.replace(" and ", " or ")
    elif opens["outside"] and " and " in said:
        return None
    found = (
        _clause(said, sentence, opens["joins"])
        if opens["joins"]
        else _phrase(said, bool(opens["only"] or opens["outside"]))
    )
    return found if found and max(len(found.so), len(found.not_so)) <= LONGEST else None


def _phrase(said: str, bound: bool) -> Fact | None:
    """“with permission”, “only in the staff room”; a place or a time without an “only” bounds nothing."""
    if _ADDS.search(said):
        return None
    given = _GIVEN.match(said)
    words = _as_asker(given["what"] if given else said)
    if words is None or _TWISTED.search(said.removeprefix("without ")) or re.search(rf"\b(?:{_AUX})\b", words):
        return None
    if given:
        return Fact(f"with {words}", f"without {words}") if bound or AGREEMENT.search(words) else None
    return Fact(words, f"not {words}") if bound and _PLACE.match(said) else None


def _clause(said: str, sentence: str, joins: str) -> Fact | None:
    """“the head has agreed”, “you carry a permit”; “when the day ends” tells when, and bounds nothing."""
    if _TWISTED.search(said) or _SEVERAL_PEOPLE.search(said):
        return None
    if said.startswith("they ") and _MANY_PEOPLE.match(sentence):
        said = re.sub(r"\btheir\b", "your", f"you {said.removeprefix('they ')}")
    verbs = () if joins.lower() == "when" else _with_verb(said)
    for so, not_so in (*_with_auxiliary(said), *verbs):
        told, denied = _as_asker(so), _as_asker(not_so)
        return Fact(told, denied) if told and denied and told.count(" ") > 1 else None
    return None


def _with_auxiliary(said: str) -> Iterator[tuple[str, str]]:
    """“the head has agreed”, “it's cheaper”: the “not” goes behind the auxiliary."""
    found = _SHORT.fullmatch(said) or _SAYS.fullmatch(said)
    if not found or _NESTED.search(found["subject"].split(" ", 1)[-1] if " " in found["subject"] else ""):
        return
    subject, verb, rest = found["subject"], found["verb"].lower(), found["rest"]
    alone = verb in ("has", "is", "was", "does", "s")
    if _SEVERAL.search(rest) or (alone and _SEVERAL.search(subject)) or (verb == "had" and not _PAST.match(rest)):
        return  # of two facts only one would be denied
    verb = "has" if verb == "s" and _BEEN.match(rest) else _LONG.get(verb, verb)
    denied = f"{verb} not{rest}"
    if verb in ("have", "has", "had") and (_OWNS.match(rest) or not _DONE.match(rest)):
        denied = f"{_DO[verb]} not have{rest}"
    if subject.lower() == "there" and verb in ("is", "are", "was", "were"):
        denied = f"{verb} no {_ARTICLE.sub('', rest.strip())}"
    yield f"{subject} {verb}{rest}", f"{subject} {denied}"


def _with_verb(said: str) -> Iterator[tuple[str, str]]:
    """“you carry a permit”, “the school asks you to”: the “not” needs a “do”."""
    subject, _, rest = said.partition(" ")
    if _SEVERAL.search(said):
        return
    verb = rest.split(" ")[0]
    you_do = subject.lower() == "you" and verb.isalpha() and not verb.endswith(("ed", "ly")) and verb not in _NO_VERB
    if you_do or (subject.lower() == "they" and verb in IMPERATIVE):
        yield said, f"{subject} do not {rest}"
        return
    words = said.split(" ")
    for at, word in enumerate(words[:5]):
        if at and re.match(_FIRST + r"\b", said) and word.endswith("s") and word[:-1] in IMPERATIVE:
            yield said, " ".join([*words[:at], "does not", word[:-1], *words[at + 1 :]])
            return


def _as_asker(words: str) -> str | None:
    """The words with “you” turned to “I” or “me”; None where it cannot be told which."""
    out: list[str] = []
    listed = words.split(" ")
    for at, word in enumerate(listed):
        turned = {"your": "my", "yours": "mine", "yourself": "myself"}.get(word.lower(), word)
        if word.lower() == "you":
            if at and not _TO_ME.fullmatch(out[-1]):
                return None
            turned = "me" if at else "I"
        if at == 1 and listed[0].lower() == "you":
            turned = {"are": "am", "were": "was"}.get(word, turned)
        out.append(turned)
    return " ".join(out)
