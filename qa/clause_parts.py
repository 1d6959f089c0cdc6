"""The clauses of a policy sentence, and one taken apart: what it rules, on what condition, with what exception.

    take_apart("Do not enter unless you hold a pass")    main "Do not enter", exception "unless you hold a pass"

The rules are the table of `qa.policy_words`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa import cues
from qa import policy_words as policy


@dataclass(frozen=True, slots=True)
class Parts:
    """A clause taken apart; `main` has spaces where the rest was, so that places in it hold."""

    main: str
    condition: str | None
    exception: str | None


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """Where each clause of a sentence begins and ends."""
    start = 0
    for found in policy.CLAUSE_BREAK.finditer(text):
        before = text[start : found.start()]
        if before.strip() and _breaks(found, before):
            yield start, found.start()
            start = found.end()
    if text[start:].strip():
        yield start, len(text)


#: A condition that an "and" goes on with: "provided that you pay and do not ask for it back".
_STILL_HANGS = re.compile(
    r"\b(?:if|unless|until|provid(?:ed|ing)|as long as|so long as|on condition|whether|who|which|that)\b[^,]*$",
    re.IGNORECASE,
)

#: What has to be done before what an "and" goes on with: "tell your consultant first and you may wear them".
_FIRST = re.compile(r"\b(?:first|before ?hand)$", re.IGNORECASE)


#: Those or that of which alone the first half is said: "required for guests and recommended to members".
_FOR_SOME = re.compile(r"\b(?:for|to|by|in|on|at) \w", re.IGNORECASE)


def _breaks(found: re.Match[str], before: str) -> bool:
    """Whether what stands after a break has a rule of its own beside the one before."""
    if found["limit"]:
        return bool(policy.LIMIT.search(before))
    if not any(found[kind] for kind in ("again", "half", "ban", "duty", "yours", "then")):
        return True
    if found["then"]:  # not of "If you lose it, then you must say so"
        return bool(cues.CUES.search(before)) and not policy.ONLY_IF.match(before)
    if not found["again"] and (_STILL_HANGS.search(before) or _FIRST.search(before)):
        return False
    *_, cue = (None, *cues.CUES.finditer(before))
    if found["half"]:
        return bool(cue and _FOR_SOME.search(before, cue.end()))
    bans = cue is not None and cue.lastgroup == "FORBIDDEN"
    if found["duty"]:
        return bans
    return bool(cue or (imperative(before) and not found["again"])) and not (found["ban"] and bans)


def take_apart(clause: str, excepts: re.Pattern[str] = policy.EXCEPT) -> Parts:
    """Main clause, condition and exception; words that only widen a rule ("even if") are dropped."""
    main = clause
    found: dict[str, list[str]] = {"condition": [], "exception": []}
    for even in policy.EVEN_SO.finditer(clause):
        end = _tail(clause, even.start(), even.end())
        again = policy.DEPENDS_AFTER_ALL.search(clause, even.end(), end)
        main = _blank(main, even.start(), again.start() if again else end)
    for kind, pattern in (("exception", excepts), ("condition", policy.ONLY_IF)):
        while match := pattern.search(main):
            end = _tail(main, match.start(), match.end())
            found[kind].append(main[match.start() : end].strip(" ,.;"))
            main = _blank(main, match.start(), end)
    for relative in policy.RELATIVE.finditer(main):
        if limit := policy.LIMIT.search(relative[0]):
            found["condition"].append(relative[0][limit.start() :].strip(" ,.;"))
        main = _blank(main, relative.start(), relative.end())
    for limit in policy.LIMIT.finditer(main):
        rest = policy.LIMIT_ENDS.split(main[limit.start() :])[0]
        found["condition"].append(rest.strip(" ,.;"))
        main = _blank(main, limit.start(), limit.end())
    return Parts(main, _weightiest(found["condition"], clause), next(iter(found["exception"]), None) or None)


def _weightiest(conditions: list[str], clause: str) -> str | None:
    """The condition that a rule hangs on: the first, or the next where the first is the occasion that opens the clause,
    "Should you fall ill, … if you send a note", or only counts, "once, by an hour, if nobody has booked".
    """
    first, *others = [*conditions, ""]
    passed_over = clause.lstrip().startswith(first) or first.lower() == "once"
    return next((one for one in others if passed_over and _PROVIDED.match(one)), first) or None


_PROVIDED = re.compile(r"(?:but |and )?(?:only )?(?:if|provid(?:ed|ing)|as long|so long|on condition)\b", re.IGNORECASE)


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


_SUBJECT = re.compile(r"\b(?:you|we|they|please|do|never)\b (?=\w)")


def _tail(clause: str, start: int, end: int) -> int:
    """Where the words that begin at `start` stop: at a comma if the rest after it has a rule of its own, where the
    brackets close in which they stand, after a date before another word, at the verb of the subject they stand in.
    """
    if time := policy.TIME_ALONE.match(clause, start):
        return time.end()
    if (closes := clause.find(")", end)) != -1 and "(" not in clause[end:closes]:
        return closes
    if policy.EXCEPT_A_THING.match(clause, start) and _is_subject(clause[:start]):
        verb = policy.VERB.search(clause, end)
        return verb.start() if verb else len(clause)
    if _WHILE_DOING.match(clause, start) and _is_subject(clause[:start]):
        verb = policy.VERB.search(clause, end)
        return verb.start() if verb else len(clause)
    opens = not clause[:start].strip()
    comma = clause.find(",", end)
    if opens and (ruled := policy.RULED.match(clause, end)) and ruled.start("who") < comma:
        return ruled.start("who")
    while comma != -1:
        rest = clause[comma + 1 :]
        if cues.CUES.search(rest) or imperative(rest):
            return comma
        if opens:
            return comma
        comma = clause.find(",", comma + 1)
    if opens:
        subject = policy.RULED.match(clause, end) or _SUBJECT.search(clause, end + 1)
        return subject.start(subject.lastgroup or 0) if subject else len(clause)
    return len(clause)


#: An occasion within a subject: "eating while driving is not allowed".
_WHILE_DOING = re.compile(r"(?:while|when|after|before|once) \w+ing\b", re.IGNORECASE)


def _is_subject(before: str) -> bool:
    """Whether a clause has begun and not yet come to its verb."""
    return bool(before.strip()) and not policy.VERB.search(before) and not imperative(before)


_FIRST_WORD = re.compile(
    r"\W*(?:(?:please|always|then|and|so|just|also|instead|first|or|otherwise|simply|carefully),? )*"
    r"(?P<verb>[A-Za-z]+)(?![A-Za-z-])"
)


def imperative(main: str, after: str = "") -> re.Match[str] | None:
    """The instruction that begins a clause, group `verb`; a noun of the same form is none, nor a label ("Limit:")."""
    first = _FIRST_WORD.match(main)
    if first and after == ":" and not main[first.end() :].strip():
        return None
    if first is None or first["verb"].lower() not in policy.IMPERATIVE:
        return None
    return None if policy.NOUN_AFTER_ALL.match(main, first.end("verb")) else first
