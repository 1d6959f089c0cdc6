"""What a policy sentence obliges, forbids and allows, what a question asks, and what follows.

    read_norms("Never share a password.")          FORBIDDEN, because of “never”
    read_question("is it banned to share mine")    WHETHER_FORBIDDEN
    settle(question, norms)                        yes, because the handbook says “never”

A reader by rules of English: it learns nothing, needs nothing but `re`, and can say why.
The rules are the tables of `qa.policy_words` and `qa.question_words`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from ingest.sentences import is_fragment
from qa import policy_words as policy
from qa import question_words as words
from qa.amounts import Amount, amounts, beside
from qa.people import names_group
from qa.spelling import plain, stem, stems, straight

Verdict = Literal["yes", "no", "conditional", "info"]


class Force(StrEnum):
    """What a clause does to an act: forbids it, demands it, allows it, excuses from it, or only states."""

    FORBIDDEN = "forbidden"
    OBLIGED = "obliged"
    ALLOWED = "allowed"
    NOT_OBLIGED = "not_obliged"
    STATED = "stated"


class Asks(StrEnum):
    """What a question wants to know; OPEN is anything that yes or no would not answer."""

    WHETHER_ALLOWED = "whether_allowed"
    WHETHER_FORBIDDEN = "whether_forbidden"
    WHETHER_OBLIGED = "whether_obliged"
    WHETHER_EXCUSED = "whether_excused"
    WHETHER_TRUE = "whether_true"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Norm:
    """One clause of a sentence, read: `sentence[start:end] == cue`, or an empty cue where none says so.

    The force holds under `condition` and turns round under `exception`. `gate` is the agreement that
    the act takes, as in "must be approved": a condition or an exception beside it says when it is needed.
    `denied` marks a STATED clause that says something is not so. `lead` is the cue of the list stem or
    heading whose force the clause has; `says` the whole clause; `stems` are the stems of the words of the clause.
    """

    force: Force
    cue: str
    start: int
    end: int
    condition: str | None = None
    exception: str | None = None
    gate: str = ""
    denied: bool = False
    lead: str = ""
    says: str = ""
    stems: frozenset[str] = frozenset()
    amounts: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What a question asks, by which words, and what its asker says of conditions.

    `confident` is false where no words of asking were found and the frame is a guess.
    `avoids` says that the asker means to leave something be, so that WHETHER_FORBIDDEN is of what is left.
    `parts` are the clauses of the question, in plain spelling.
    """

    asks: Asks
    cue: str
    states_condition: bool
    lacks_condition: bool
    confident: bool = True
    avoids: bool = False
    parts: tuple[str, ...] = ()
    stems: frozenset[str] = frozenset()
    amounts: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The verdict that follows from the words, why, and whether to rely on it; None cannot say."""

    verdict: Verdict | None
    because: str
    certain: bool

    def contradicts(self, verdict: str) -> bool:
        """True only where it is to be relied on and says yes to this no or no to this yes."""
        return self.certain and {verdict, self.verdict} == {"yes", "no"}


# --- sentences ----------------------------------------------------------------------------


#: Characters read of a sentence (its first) and of a question (its last): nobody asks a longer one in earnest.
_LONGEST = 2000


def read_norms(sentence: str, lead_in: str = "") -> tuple[Norm, ...]:
    """One norm for each clause of the sentence, in order; at least one.

    `lead_in` is the stem of the list ("You must not:") or the heading above. A stem lends its
    force to every item; a heading only to a clause that has none ("Prohibited items").
    """
    sentence = sentence[:_LONGEST]
    text = _AND_AT_THE_END.sub("", straight(sentence))
    if policy.ROW.fullmatch(text):
        return tuple(_read_pair(text, sentence, *pair.span("name"), *pair.span("value")) for pair in _pairs(text))
    stem_norm = _lead(lead_in)
    is_stem = is_open(lead_in)
    norms: list[Norm] = []
    answer = _bare_answer(text, lead_in)
    for start, end in _clauses(text):
        norm = _read_clause(text, start, end)
        if answer and not norms and (norm.force is Force.STATED or answer["no"]):
            norm = _answered(norm, answer, lead_in)
        if not norms and is_stem and stem_norm:
            norm = _under_stem(norm, stem_norm)
        elif norms:
            norm = _after(norm, norms[-1], text[:start].rstrip().endswith((".", "!")))
        elif norm.force is Force.STATED and stem_norm:
            norm = replace(norm, force=stem_norm.force, lead=stem_norm.cue, denied=False)
        norms.append(replace(norm, cue=sentence[norm.start : norm.end]))
    return tuple(norms) or (Norm(Force.STATED, "", 0, 0),)


def _pairs(row: str) -> Iterator[re.Match[str]]:
    """The cells of a row, each with the name of its column: groups `name` and `value`."""
    return policy.PAIR.finditer(row)


def _read_pair(row: str, sentence: str, start: int, middle: int, at: int, end: int) -> Norm:
    """The norm of a cell under the name of its column; a name rules nothing, nor does a cell without a verb that
    `policy.CELL` does not know.
    """
    name, value = row[start:middle], row[at:end]
    norm = _read_clause(row, at, end)
    if len(value.split()) <= 2 and not policy.CUES.fullmatch(norm.cue):
        norm = replace(norm, force=Force.STATED, cue="", start=0, end=0)  # "Area: Press" is no order
    cell = policy.CELL.match(value.strip())
    if cell and norm.force in (Force.STATED, Force.OBLIGED):
        end = at + len(cell[0]) - len(cell["rest"])
        norm = replace(norm, force=_of_cell(cell, name), denied=bool(cell["no"]), start=at, end=end)
        norm = replace(norm, condition=norm.condition or cell["rest"].strip(" ,.;") or None)
    norm = replace(norm, says=f"{name}: {value}", stems=stems(f"{name} {value}"))
    return replace(norm, cue=sentence[norm.start : norm.end])


def _of_cell(cell: re.Match[str], name: str) -> Force:
    """The force of a cell; a bare yes or no is to what the name of the column asks."""
    said = cell.lastgroup if cell.lastgroup != "rest" else next(g for g, words in cell.groupdict().items() if words)
    if said not in ("yes", "no"):
        return Force[said or "STATED"]
    if policy.ASKS_DUTY.search(name):
        return Force.OBLIGED if said == "yes" else Force.NOT_OBLIGED
    if policy.ASKS_FACT.search(name):
        return Force.STATED
    return Force.ALLOWED if said == "yes" else Force.FORBIDDEN


_AND_AT_THE_END = re.compile(r";\s+(?:and|or)\W*$", re.IGNORECASE)  # the item of a list before the last


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Where each clause of a sentence begins and ends."""
    start = 0
    for found in policy.CLAUSE_BREAK.finditer(text):
        if text[start : found.start()].strip():
            yield start, found.start()
            start = found.end()
    if text[start:].strip():
        yield start, len(text)


def _lead(lead_in: str) -> Norm | None:
    """The norm of a list stem, or of a heading that rules; a question rules nothing."""
    if not lead_in.strip() or lead_in.rstrip().endswith("?"):
        return None
    if not is_open(lead_in) and (_WHO_OR_HOW.match(lead_in) or not policy.RULING_HEADING.search(lead_in)):
        return None
    text = straight(lead_in[:_LONGEST])
    norm = _read_clause(text, 0, len(text))
    if policy.BANNED_LIST.match(text):
        norm = replace(norm, force=Force.FORBIDDEN, cue=norm.cue or text.strip())
    return norm if norm.force is not Force.STATED and norm.cue else None


def _bare_answer(text: str, heading: str) -> re.Match[str] | None:
    """The "no", "it is" or "you can't" that answers the question in the heading, groups `no` and `yes`."""
    asked = heading.rstrip().endswith("?")
    return policy.BARE_ANSWER.match(text) or (policy.SHORT_ANSWER.match(text) if asked else None)


def _answered(norm: Norm, answer: re.Match[str], heading: str) -> Norm:
    """A bare "no" or "yes", which means what the question in the heading asks."""
    force = _SAID_YES.get(read_question(heading).asks, Force.ALLOWED)
    if answer["no"]:
        force = _TURNED[force]
    start, end = answer.span("no" if answer["no"] else "yes")
    return replace(norm, force=force, start=start, end=end, denied=False)


_SAID_YES = {Asks.WHETHER_OBLIGED: Force.OBLIGED, Asks.WHETHER_FORBIDDEN: Force.FORBIDDEN,
             Asks.WHETHER_EXCUSED: Force.NOT_OBLIGED}  # fmt: skip
_WHO_OR_HOW = re.compile(
    r"\W*(?:who|when|how|where|why|can|may|must|do|what (?!(?:\w+ ){1,2}(?:must|may|can)))\b", re.IGNORECASE
)


def is_open(words: str) -> bool:
    """Whether a stem or heading is finished by what stands below it: "You must not", "Pupils may:"."""
    words = straight(words)
    return bool(policy.OPEN_STEM.search(words) or policy.BANNED_LIST.match(words))


def leans_on_heading(sentence: str, heading: str) -> bool:
    """Whether a sentence is not understood without its heading: it goes on from "You must not", answers a question, is
    for those whom the heading names, or has the force that the heading gives it.

    >>> leans_on_heading("shout at a pupil;", "Staff must not"), leans_on_heading("No, it is not.", "Is it banned?")
    (True, True)
    >>> leans_on_heading("Laser pens.", "Not permitted in class"), leans_on_heading("Lock your screen.", "Screens")
    (True, False)
    """
    if heading.rstrip().endswith("?") or is_open(heading):
        return True
    if names_group(heading) and not stems(heading) & stems(sentence):
        return True
    return any(norm.lead for norm in read_norms(sentence, heading))


def _under_stem(norm: Norm, lead: Norm) -> Norm:
    """An item of a list has the force of the stem, turned round by a "not" of its own at its start.

    One that is a whole sentence with a force of its own keeps it: "At home: sessions in a bedroom are not allowed".
    """
    norm = replace(norm, denied=False)
    if norm.cue and policy.CUES.fullmatch(norm.cue) and re.search(r"\w", norm.says[: norm.says.find(norm.cue)]):
        return norm
    says_not = re.match(r"\W*(?:not|never|no)\b", norm.says, re.IGNORECASE)
    if says_not and lead.force is Force.OBLIGED:
        return replace(norm, force=Force.FORBIDDEN)
    if says_not and lead.force is Force.ALLOWED:
        return replace(norm, force=Force.NOT_OBLIGED)
    opened = _CONDITIONS.search(lead.says)
    # Below "You may borrow one if:" stands no act, but what it hangs on; below "Tell us if:", when there is a duty.
    if lead.force in (Force.ALLOWED, Force.FORBIDDEN) and opened:
        hangs_on = f"{opened['how']} {norm.says.strip(' ,.;')}"
        norm = replace(norm, force=lead.force, lead=lead.cue, start=0, end=0)
        return replace(norm, exception=hangs_on) if opened["except"] else replace(norm, condition=hangs_on)
    condition = lead.condition if lead.condition and lead.condition.lower().startswith("only") else None
    # Below "… with anyone other than:" stands what is excepted.
    excepted = policy.EXCEPT.fullmatch((lead.exception or "").rstrip(": "))
    force = _TURNED[lead.force] if excepted else lead.force
    return replace(norm, force=force, condition=norm.condition or condition, lead=lead.cue, start=0, end=0)


#: The end of a stem below which conditions stand, whole clauses: group `how`.
_CONDITIONS = re.compile(
    r"(?<=\w )(?P<how>(?:but |and )?(?:only )?(?:if|when|where|once|after)|(?P<except>unless|until"
    r"|except(?:ing)? (?:if|when|where|that))|provid(?:ed|ing)(?: that)?|(?:as|so) long as|on condition that)\s*:?\s*$",
    re.IGNORECASE,
)


def opens_conditions(stem: str) -> bool:
    """Whether all that stands below a stem must be so: "You may borrow one if:"; a duty's occasions are not that.

    >>> opens_conditions("You may borrow a laptop if:"), opens_conditions("Stay at your desk unless:")
    (True, False)
    >>> opens_conditions("Tell us within a week if:"), opens_conditions("Who may work at home, and when")
    (False, False)
    """
    text = straight(stem[-_LONGEST:])
    found = _CONDITIONS.search(text) if is_open(text) and not _WHO_OR_HOW.match(text) else None
    return bool(found and not found["except"]) and _read_clause(text, 0, len(text)).force is not Force.OBLIGED


_TURNED = {Force.FORBIDDEN: Force.ALLOWED, Force.ALLOWED: Force.FORBIDDEN, Force.OBLIGED: Force.NOT_OBLIGED,
           Force.NOT_OBLIGED: Force.OBLIGED, Force.STATED: Force.STATED}  # fmt: skip


def _after(norm: Norm, before: Norm, stopped: bool) -> Norm:
    """ "phones do not" takes its meaning from the clause before, and so does a fragment, "Never alone"."""
    ellipsis = policy.ELLIPSIS.search(norm.says[-40:])
    if ellipsis:
        turned = bool(ellipsis["no"]) != (before.force is Force.FORBIDDEN or before.denied)
        force = _TURNED[before.force] if turned else before.force
        return replace(norm, force=force, denied=bool(ellipsis["no"]), condition=None, exception=None)
    if not is_fragment(norm.says.strip()):
        return norm
    if stopped:  # "… the iron. Never alone." is as near to a question as what it limits
        norm = replace(norm, stems=norm.stems | before.stems)
    if norm.force is not Force.STATED or before.force is Force.STATED:
        return norm
    if _TAKES_BACK.match(norm.says):
        return replace(norm, force=before.force if before.force is Force.FORBIDDEN else _TURNED[before.force])
    return replace(norm, force=before.force, condition=norm.says.strip(" ."), denied=False)


_TAKES_BACK = re.compile(r"\W*(?:never|not|except|exception)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Parts:
    """A clause taken apart; `main` has spaces where the rest was, so that places in it hold."""

    main: str
    condition: str | None
    exception: str | None


def _take_apart(clause: str, excepts: re.Pattern[str] = policy.EXCEPT) -> _Parts:
    """Main clause, condition and exception; words that only widen a rule ("even if") are dropped."""
    main, found = clause, {"condition": "", "exception": ""}
    for even in policy.EVEN_SO.finditer(clause):
        end = _tail(clause, even.start(), even.end())
        again = policy.DEPENDS_AFTER_ALL.search(clause, even.end(), end)
        main = _blank(main, even.start(), again.start() if again else end)
    for kind, pattern in (("exception", excepts), ("condition", policy.ONLY_IF)):
        while match := pattern.search(main):
            end = _tail(main, match.start(), match.end())
            found[kind] = found[kind] or main[match.start() : end].strip(" ,.;")
            main = _blank(main, match.start(), end)
    for relative in policy.RELATIVE.finditer(main):
        main = _blank(main, relative.start(), relative.end())
    for limit in policy.LIMIT.finditer(main):
        rest = policy.LIMIT_ENDS.split(main[limit.start() :])[0]
        found["condition"] = found["condition"] or rest.strip(" ,.;")
        main = _blank(main, limit.start(), limit.end())
    return _Parts(main, found["condition"] or None, found["exception"] or None)


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
    comma = clause.find(",", end)
    while comma != -1:
        rest = clause[comma + 1 :]
        if policy.CUES.search(rest) or _imperative(rest):
            return comma
        if not clause[:start].strip():
            return comma
        comma = clause.find(",", comma + 1)
    if not clause[:start].strip():
        subject = _SUBJECT.search(clause, end + 1)
        return subject.start() if subject else len(clause)
    return len(clause)


def _is_subject(before: str) -> bool:
    """Whether a clause has begun and not yet come to its verb."""
    return bool(before.strip()) and not policy.VERB.search(before) and not _imperative(before)


_FIRST_WORD = re.compile(
    r"\W*(?:(?:please|always|then|and|so|just|also|instead|first|or|otherwise|simply|carefully),? )*(?P<verb>[A-Za-z]+)"
)


def _imperative(main: str, after: str = "") -> re.Match[str] | None:
    """The instruction that begins a clause, group `verb`; a noun of the same form is none, nor a label ("Limit:")."""
    first = _FIRST_WORD.match(main)
    if first and after == ":" and not main[first.end() :].strip():
        return None
    if first is None or first["verb"].lower() not in policy.IMPERATIVE:
        return None
    return None if policy.NOUN_AFTER_ALL.match(main, first.end("verb")) else first


def _read_clause(text: str, start: int, end: int) -> Norm:
    """The norm of one clause, by its own words alone."""
    clause = text[start:end]
    parts = _take_apart(clause)
    force, found = _force(parts.main, text[end : end + 1])
    if force is Force.ALLOWED and policy.UNASKED.match(parts.exception or ""):
        parts = _granted(clause)
    condition, exception = parts.condition, parts.exception
    only = policy.ONLY.search(parts.main)
    gate, needed = policy.GATE.search(clause.replace(exception or "\0", "")), ""
    if gate and force in (Force.OBLIGED, Force.STATED, Force.ALLOWED) and policy.AGREEMENT.search(gate[0]):
        needed = gate[0] if force is Force.OBLIGED and gate[0] in parts.main and not gate["no"] else ""
        force, condition = Force.ALLOWED, condition or gate[0]
    elif only and force is not Force.FORBIDDEN:
        condition = condition or clause.strip(" ,.;")
    if (only or (condition or "").lower().startswith(("only", "but only"))) and force in (Force.OBLIGED, Force.STATED):
        force = Force.ALLOWED
    if found[1] and not condition and (whom := _OF_WHOM.search(parts.main, found[0])):
        condition = whom["whom"].strip(" ,.;")
    if (force is Force.OBLIGED and (wish := policy.WISH.search(clause))) or (
        force in (Force.OBLIGED, Force.STATED) and (wish := _advice(clause))
    ):
        force = Force.ALLOWED
        condition = None if wish[0].lower() == (condition or "").lower() else condition
    denied = force is Force.STATED and bool(policy.DENIES.search(parts.main))
    if (force is Force.FORBIDDEN or denied) and not exception and (without := policy.WITHOUT.search(parts.main)):
        exception = without[0].strip(" ,.;")
    at = (start + found[0], start + found[1])
    return Norm(
        force=force,
        cue=text[at[0] : at[1]],
        start=at[0],
        end=at[1],
        condition=condition,
        exception=exception,
        gate=needed,
        denied=denied,
        says=clause,
        stems=stems(clause),
        amounts=amounts(clause),
    )


#: A duty or its absence of some: "optional for volunteers", "need not be worn by members".
_OF_WHOM = re.compile(
    r"\b(?:optional|voluntary|compulsory|mandatory|exempt|required|recommended|(?:need not|needn't) be \w+)"
    r" (?P<whom>(?:for|by|in|on) (?!(?:you|us|all|every\w*|any\w*|writing|advance|time)\b)[^,;]+)",
    re.IGNORECASE,
)


def _advice(clause: str) -> re.Match[str] | None:
    """The words that make advice of a duty; "must" is none, however softly it is said."""
    return None if _STERN.search(clause) else policy.ADVICE.search(clause)


_STERN = re.compile(r"\b(?:must|shall|required|compulsory|mandatory|have to|has to)\b", re.IGNORECASE)


def _granted(clause: str) -> _Parts:
    """The parts of "you may … without asking": going without is what is allowed, when or where is a condition."""
    parts = _take_apart(clause, policy.EXCEPT_WHERE_ALLOWED)
    occasion = policy.OCCASION.search(parts.main)
    return replace(parts, condition=parts.condition or (occasion and occasion["when"].strip(" ,.;")))


def _force(main: str, after: str) -> tuple[Force, tuple[int, int]]:
    """The force of the first cue of a clause; an imperative before it obliges, or refuses."""
    cue = _cue(main)
    imperative = _imperative(main, after)
    if imperative and (cue is None or _apart(main, imperative.end("verb"), cue)):
        refuses = imperative["verb"].lower() in policy.REFUSALS
        return (Force.FORBIDDEN if refuses else Force.OBLIGED), imperative.span("verb")
    if cue is None:
        return Force.STATED, (0, 0)
    if cue.lastgroup == "OBLIGED" and (later := _NOT.match(main, cue.end())):
        return Force.FORBIDDEN, (cue.start(), later.end())
    if cue.lastgroup == "OBLIGED" and (refusal := _REFUSAL.match(main, cue.end())):
        return Force.FORBIDDEN, (cue.start(), refusal.end())
    return Force[cue.lastgroup or "STATED"], cue.span()


def _cue(main: str) -> re.Match[str] | None:
    """The first cue, passing over a "no" that only counts ("at no cost")."""
    cue = policy.CUES.search(main)
    while cue and cue[0].lower().startswith(("no ", "none", "nothing")) and cue.lastgroup == "FORBIDDEN":
        before = main[: cue.start()].strip(" \"'(,")
        if not before or before.endswith(("there is", "there are")) or policy.RULES.search(main, cue.end()):
            return cue
        cue = policy.CUES.search(main, cue.end())
    return cue


_NOT = re.compile(r"\s+(?:not|never|avoid|refrain)\b")
_REFUSAL = re.compile(r"\s+(?:refuse|decline|reject)\b")


def _apart(main: str, end: int, cue: re.Match[str]) -> bool:
    """Whether something between an imperative and a cue keeps the cue from ruling the same verb."""
    return cue.start() >= end and bool(policy.ANOTHER_VERB.search(main[end : cue.start()]))


# --- questions ----------------------------------------------------------------------------

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+|\n+")
_PART = re.compile(r"[,.;:?!()\n]+|\s+-+\s+|\b(?:and|but|so|cos|because|though)\b")


def read_question(question: str, before: str = "") -> Frame:
    """What the question asks; `before` is the question it follows, whose frame "what if…" inherits."""
    text = plain(question[-_LONGEST:])
    asking = _asking_sentence(text)
    asks, cue, confident = _asks(asking)
    if before and asks is not Asks.OPEN and (not confident or words.ELLIPTICAL.match(asking)):
        earlier = read_question(before)
        asks, cue, confident = earlier.asks, earlier.cue, False
    lacks = bool(words.CONDITION_UNMET.search(text))
    return Frame(
        asks=asks,
        cue=cue,
        states_condition=not lacks and bool(words.CONDITION_MET.search(text)),
        lacks_condition=lacks,
        confident=confident,
        avoids=confident and asks is Asks.WHETHER_FORBIDDEN and _avoids(asking),
        parts=tuple(p.strip() for p in _PART.split(text) if p.strip()),
        stems=stems(text + " " + before[-_LONGEST:].lower()),
        amounts=amounts(text),
    )


def _avoids(asking: str) -> bool:
    declined = words.RIGHT_TO.search(asking) and words.DECLINED.search(asking)
    return bool(declined or words.AVOIDS_ASKED.search(asking))


#: "Would it?" asks what the sentence before said.
_POINTS_BACK = re.compile(
    r"(?:can|could|would|will|does|do|is|are|may|should|must|has|have) (?:i|we|you|he|she|it|they)\W*$"
    r"|what(?:s| is) the answer\W*$"
    r"|(?:is|was) (?:that|this|it) (?:right|true|correct|so)\W*$"
)


def _asking_sentence(text: str) -> str:
    """The last sentence with a question mark, else the last with words of asking, else the last."""
    sentences = [s for s in _SENTENCE_END.split(text) if s.strip()] or [text]
    if len(sentences) > 1 and _POINTS_BACK.match(sentences[-1]) and _asks(sentences[-2])[2]:
        return sentences[-2]
    if words.THEIRS.search(sentences[-1]):
        return sentences[-1]
    marked = [s for s in sentences if s.rstrip().endswith("?")]
    if marked:
        at = sentences.index(marked[-1])
        return " ".join(sentences[at - 1 : at + 1]) if at and words.RIGHT_TO.search(marked[-1]) else marked[-1]
    return next((s for s in reversed(sentences) if _asks(s)[2]), sentences[-1])


def _asks(asking: str) -> tuple[Asks, str, bool]:
    """What one sentence asks, by which words, and whether they are sure words of asking."""
    asking = words.TAG.sub(r"\g<said>", words.CONFIRMING.sub("", asking))
    whether = _asks_whether(asking)
    if outright := words.OPEN_OUTRIGHT.search(asking):
        return Asks.OPEN, outright["cue"], True
    openly = words.OPEN.search(asking)
    if openly and not (whether and (openly["start"] or openly["mid"]) and whether[1].start() < openly.start()):
        cue = next(c for c in (*openly.group("start", "mid", "asked", "tail", "bare"),) if c)
        return Asks.OPEN, cue.strip(" ?"), True
    if theirs := words.THEIRS.search(asking):
        return Asks.WHETHER_TRUE, theirs[0], False
    if whether:
        return whether[0], whether[1][0].strip(" ,.;:-"), True
    if avoiding := words.AVOIDING.search(asking):
        return Asks.WHETHER_FORBIDDEN, avoiding["cue"], True
    if perhaps := words.TRUE_PERHAPS.search(asking):
        return Asks.WHETHER_TRUE, perhaps["cue"], False
    if confirmation := words.CONFIRMS.search(asking):
        return Asks.WHETHER_ALLOWED, confirmation[0].strip(), False
    return Asks.WHETHER_ALLOWED, "", False


def _asks_whether(asking: str) -> tuple[Asks, re.Match[str]] | None:
    """The yes/no frame; to be forbidden not to is to be obliged, to be obliged to avoid is to be forbidden."""
    if found := words.NOTHING_AGAINST.search(asking):
        return Asks.WHETHER_ALLOWED, found
    if found := words.FORBIDDEN_ASKED.search(asking):
        omits = words.OMITS.search(asking, found.end())
        return (Asks.WHETHER_OBLIGED if omits else Asks.WHETHER_FORBIDDEN), found
    if found := words.NO_DUTY_ASKED.search(asking):
        return Asks.WHETHER_EXCUSED, found
    if found := words.RIGHT_TO.search(asking):
        return (Asks.WHETHER_FORBIDDEN if words.DECLINED.search(asking) else Asks.WHETHER_TRUE), found
    if found := words.OBLIGED_ASKED.search(asking):
        avoids = words.AVOIDS.match(asking, found.end() + 1)
        return (Asks.WHETHER_FORBIDDEN if avoids else Asks.WHETHER_OBLIGED), found
    if found := words.MEANING_ASKED.search(asking):
        return Asks.WHETHER_TRUE, found
    if found := words.DIRECT_ASKED.search(asking):
        avoids = words.AVOIDS_ASKED.match(asking, found.start())
        return (Asks.WHETHER_FORBIDDEN if avoids else Asks.WHETHER_TRUE), found
    if found := words.WHAT_POLICY_GIVES.search(asking):
        return Asks.WHETHER_TRUE, found
    if found := words.ALLOWED_ASKED.search(asking):
        if words.ALLOWED_TOLD.match(found[0]) and (told := words.FORBIDDEN_TOLD.search(asking)):
            return Asks.WHETHER_FORBIDDEN, told
        skips = words.OMITS.search(asking) and not words.AN_ACT_IF_NOT.search(asking)
        return (Asks.WHETHER_EXCUSED if skips else Asks.WHETHER_ALLOWED), found
    if found := words.FORBIDDEN_TOLD.search(asking):
        return Asks.WHETHER_FORBIDDEN, found
    if found := words.OBLIGED_TOLD.search(asking):
        return Asks.WHETHER_OBLIGED, found
    if found := words.TRUE_ASKED.search(asking):
        return Asks.WHETHER_TRUE, found
    return None


# --- what follows -------------------------------------------------------------------------

#: How many words a question may have beside those of the rule for an answer to be relied on. A permission
#: reaches no further than its words; a duty, and what is never done, shut out a case told in detail.
_ALWAYS, _NEVER, _BRIEF, _DETAILED = range(10_000), range(0), range(6), range(4, 10_000)

#: For each thing asked and each force, the plain answer and when it may be relied on.
_PLAIN: dict[tuple[Asks, Force], tuple[Verdict, range]] = {
    (Asks.WHETHER_ALLOWED, Force.FORBIDDEN): ("no", _ALWAYS),
    (Asks.WHETHER_ALLOWED, Force.ALLOWED): ("yes", _BRIEF),
    (Asks.WHETHER_ALLOWED, Force.OBLIGED): ("no", _DETAILED),
    (Asks.WHETHER_ALLOWED, Force.NOT_OBLIGED): ("yes", _ALWAYS),
    (Asks.WHETHER_FORBIDDEN, Force.FORBIDDEN): ("yes", _ALWAYS),
    (Asks.WHETHER_FORBIDDEN, Force.ALLOWED): ("no", _BRIEF),
    (Asks.WHETHER_FORBIDDEN, Force.OBLIGED): ("yes", _ALWAYS),
    (Asks.WHETHER_FORBIDDEN, Force.NOT_OBLIGED): ("no", _NEVER),
    (Asks.WHETHER_OBLIGED, Force.OBLIGED): ("yes", _ALWAYS),
    (Asks.WHETHER_OBLIGED, Force.FORBIDDEN): ("yes", _NEVER),
    (Asks.WHETHER_OBLIGED, Force.ALLOWED): ("no", _BRIEF),
    (Asks.WHETHER_OBLIGED, Force.NOT_OBLIGED): ("no", _ALWAYS),
    (Asks.WHETHER_EXCUSED, Force.OBLIGED): ("no", _ALWAYS),
    (Asks.WHETHER_EXCUSED, Force.FORBIDDEN): ("no", _NEVER),
    (Asks.WHETHER_EXCUSED, Force.ALLOWED): ("yes", _NEVER),
    (Asks.WHETHER_EXCUSED, Force.NOT_OBLIGED): ("yes", _ALWAYS),
    (Asks.WHETHER_TRUE, Force.OBLIGED): ("yes", _NEVER),
    (Asks.WHETHER_TRUE, Force.FORBIDDEN): ("no", _NEVER),
    (Asks.WHETHER_TRUE, Force.ALLOWED): ("yes", _NEVER),
    (Asks.WHETHER_TRUE, Force.NOT_OBLIGED): ("no", _NEVER),
}


def known(norm: Norm, words: str, holds: bool) -> Norm:
    """The norm once it is known whether its condition or exception, `words`, is so: it hangs on that no more."""
    excepts = words == norm.exception
    told = replace(norm, exception=None) if excepts else replace(norm, condition=None)
    if norm.gate and words != norm.gate:
        lifted = holds == excepts
        return replace(told, condition=None if lifted else norm.gate, gate="" if lifted else norm.gate)
    if holds != excepts:
        return told
    return replace(told, force=_TURNED[told.force], denied=told.denied != (told.force is Force.STATED))


def nearest(frame: Frame, norms: Sequence[Norm]) -> Norm:
    """The norm that shares most words with the question; the first with a force where that is even."""
    return max(norms, key=lambda norm: (_shared(frame, norm, norms), norm.force is not Force.STATED))


def _shared(frame: Frame, norm: Norm, norms: Sequence[Norm]) -> float:
    """How many words norm and question share; words that only this norm has count double."""
    elsewhere = frozenset[str]().union(*(other.stems for other in norms if other is not norm))
    shared = norm.stems & frame.stems
    return len(shared) + len(shared - elsewhere)


def met(frame: Frame, norm: Norm) -> bool | None:
    """Whether the asker says that what the norm depends on is so; None where the question is silent."""
    text = norm.exception or norm.condition or ""
    if policy.AGREEMENT.search(text) and (frame.states_condition or frame.lacks_condition):
        return frame.states_condition
    if (within := _within(frame, text)) is not None or policy.LIMIT.match(text):
        return within
    wanted = stems(text)
    if len(wanted & frame.stems) < max(1.0, len(wanted) / 3):
        return None
    sharing = [part for part in frame.parts if stems(part) & wanted]
    return not any(words.NEGATION.search(part) for part in sharing)


def reaches(frame: Frame, norm: Norm) -> bool:
    """Whether the exception belongs to the act asked of: of "not explain, nor read aloud, except …" to the last."""
    exception = norm.exception or ""
    before = norm.says.partition(exception)[0] if exception else ""
    acts = policy.LAST_NOR.match(before)
    if not acts and policy.EXCEPT_A_THING.match(exception):
        acts = policy.LAST_OR.match(before)
    if not acts:
        return True
    earlier, last = stems(acts["earlier"]), stems(acts["last"])
    reached = (last - earlier) | stems(exception)
    return len((earlier - last) & frame.stems) <= len(reached & frame.stems)


#: Amounts this near are the same: a month has no fixed length.
_SAME = 0.001


def _within(frame: Frame, text: str) -> bool | None:
    """Whether the one amount of the question keeps a limit in the text; None where they cannot be compared."""
    least, most = policy.AT_LEAST.search(text), policy.AT_MOST.search(text)
    distances = beside(frame.amounts, amounts(text))
    if len(distances) != 1 or bool(least) == bool(most):
        return None
    if abs(distances[0]) < _SAME:
        return not policy.STRICT.search(text)
    return (distances[0] > 0) == bool(least)


def settle(frame: Frame, norms: Sequence[Norm]) -> Reading:
    """The verdict that follows from the norms for what is asked."""
    if frame.asks is Asks.OPEN:
        return Reading("info", f"the question asks “{frame.cue}”", frame.confident)
    if not norms:
        return Reading(None, "the handbook says nothing that settles it", False)
    norm = nearest(frame, norms)
    reading = _follow(frame, norm)
    if not frame.confident:
        return Reading(None, "the question has no words that say what it asks", False)
    if reading.verdict in ("yes", "no") and _disputed(frame, norm, norms, by=2):
        return Reading(None, "the handbook says one thing of this and another of that", False)
    if reading.verdict in ("yes", "no") and _disputed(frame, norm, norms, by=4):
        return replace(reading, certain=False)
    if frame.asks is Asks.WHETHER_TRUE and reading.verdict == "yes" and not reading.certain:
        return Reading(None, "the question is about a fact, not about what may or must be done", False)
    return reading


def _disputed(frame: Frame, norm: Norm, norms: Sequence[Norm], by: int) -> bool:
    """Whether another clause would give another verdict and the question is not nearer to this one by so many words."""
    return any(
        _follow(frame, other).verdict != _follow(frame, norm).verdict
        and _shared(frame, other, norms) + by > _shared(frame, norm, norms)
        for other in norms
        if other is not norm
    )


def _follow(frame: Frame, norm: Norm) -> Reading:
    """The verdict that follows from one norm."""
    if norm.force is Force.FORBIDDEN and norm.exception and frame.asks in (Asks.WHETHER_OBLIGED, Asks.WHETHER_EXCUSED):
        return _plainly(frame, norm, Force.OBLIGED, False)  # "not until you have signed": is signing needed?
    depends = norm.exception or norm.condition
    if norm.gate and norm.gate == depends and _asks_of_gate(frame, norm):
        return _plainly(frame, norm, Force.OBLIGED, False)
    asks_freely = frame.asks in (Asks.WHETHER_ALLOWED, Asks.WHETHER_FORBIDDEN)
    if norm.force is Force.FORBIDDEN and asks_freely and _off_duty(frame, norm):
        return replace(_plainly(frame, norm, Force.ALLOWED, False), certain=frame.confident)
    if not hangs(norm):
        within = _within(frame, norm.condition or "")
        if within is not None and norm.force is Force.OBLIGED and asks_freely and _limits_act(norm):
            return _plainly(frame, norm, Force.ALLOWED if within else Force.FORBIDDEN, False)
        if within is False and norm.force is not Force.STATED:
            return _plainly(frame, norm, _TURNED[norm.force], False)
        holds = not norm.condition or (frame.asks, norm.force) in _HOLDS_ON_OCCASION
        return _plainly(frame, norm, norm.force, frame.confident and holds)
    if not reaches(frame, norm):
        return replace(_follow(frame, replace(norm, exception=None)), certain=False)
    so = met(frame, norm)
    if so is None:
        beside = _beside(frame, norm)
        if norm.exception and norm.force is Force.FORBIDDEN and beside not in _BRIEF:
            return _plainly(frame, norm, norm.force, False)
        return Reading("conditional", f"it depends: “{depends}”", frame.confident and beside not in _DETAILED)
    if norm.gate and depends != norm.gate:
        holds = so if norm.exception else _within(frame, depends or "") is not False
        return replace(_follow(frame, known(norm, depends or "", holds)), certain=False)
    turned = so if norm.exception else not so
    plainly_not = norm.force is Force.FORBIDDEN and not turned
    return _plainly(frame, norm, _TURNED[norm.force] if turned else norm.force, plainly_not and frame.confident)


def _limits_act(norm: Norm) -> bool:
    """Whether the condition is a limit within which a duty is done: "must be returned within 30 days"."""
    limit = policy.LIMIT.match(norm.condition or "")
    return bool(limit) and norm.says.find(norm.condition or "") > norm.says.find(norm.cue)


def _asks_of_gate(frame: Frame, norm: Norm) -> bool:
    """Whether the agreement that the norm demands is itself asked for: "do I need approval"."""
    asked = ". ".join(frame.parts)
    speaks_of_it = policy.LEAVE.search(asked) or stems(norm.gate) & frame.stems
    return frame.asks in (Asks.WHETHER_OBLIGED, Asks.WHETHER_EXCUSED) and bool(speaks_of_it)


def _off_duty(frame: Frame, norm: Norm) -> bool:
    """Whether a rule is for a part of the day and the asker speaks of another."""
    asked = ". ".join(frame.parts)
    off = words.OFF_DUTY.search(asked) and not words.ON_DUTY.search(asked)
    return bool(off and words.BY_DAY.search(norm.says))


def _beside(frame: Frame, norm: Norm) -> int:
    """How many words the question has beside those of the rule."""
    return len(frame.stems - norm.stems)


_RESTRICTS = re.compile(
    r"(?:only|if|provided|providing|as long|so long|once|on condition|subject|with)\b", re.IGNORECASE
)


def hangs(norm: Norm) -> bool:
    """Whether the norm turns on something an asker may or may not have met; a duty's occasion is not that."""
    if norm.exception or not norm.condition:
        return bool(norm.exception)
    return norm.force is Force.ALLOWED or (norm.force is Force.STATED and bool(_RESTRICTS.match(norm.condition)))


#: A duty on a certain occasion, and a ban on one, still answer these.
_HOLDS_ON_OCCASION = {(Asks.WHETHER_FORBIDDEN, Force.FORBIDDEN), (Asks.WHETHER_EXCUSED, Force.OBLIGED)}


def _plainly(frame: Frame, norm: Norm, force: Force, certain: bool) -> Reading:
    """The answer of the table, for a force that holds without more ado."""
    if frame.avoids and words.LEAVES.search(norm.says.replace(norm.cue or "\0", " ")):
        is_done = force is Force.OBLIGED or (force is Force.STATED and not norm.denied)
        asks = Asks.WHETHER_OBLIGED if is_done else Asks.WHETHER_ALLOWED
        return _plainly(replace(frame, asks=asks, avoids=False), norm, force, False)
    if force is Force.STATED:
        return _as_stated(frame, norm, certain)
    sanction = words.SANCTION.search(frame.cue)
    asks = Asks.WHETHER_TRUE if sanction and stem(sanction[0]) in norm.stems else frame.asks
    verdict, reliable = _PLAIN[asks, force]
    if asks is Asks.WHETHER_OBLIGED and force is Force.FORBIDDEN and norm.lead and not _beside(frame, norm):
        verdict, reliable = "no", _ALWAYS  # what stands under "You must not" is no duty
    certain = certain and _beside(frame, norm) in reliable and not policy.ORGANISATION.match(norm.says)
    return Reading(verdict, f"the handbook says “{norm.cue or norm.lead or norm.says.strip()}”", certain)


def _as_stated(frame: Frame, norm: Norm, certain: bool) -> Reading:
    """What is so or is not so; for one who asks what may be done, what is always or never done is a rule."""
    verdict: Verdict = "no" if norm.denied else "yes"
    if frame.asks is not Asks.WHETHER_TRUE:
        verdict, _ = _PLAIN[frame.asks, Force.FORBIDDEN if norm.denied else Force.OBLIGED]
    asked = frame.asks in (Asks.WHETHER_TRUE, Asks.WHETHER_ALLOWED)
    certain = certain and norm.denied and asked and _beside(frame, norm) in _DETAILED
    return Reading(verdict, f"the handbook says {'this is not so' if norm.denied else 'this is so'}", certain)


def contradicts(verdict: str, frame: Frame, norms: Sequence[Norm]) -> bool:
    """Whether what follows from the norms contradicts a verdict."""
    return settle(frame, norms).contradicts(verdict)


def features(frame: Frame, norms: Sequence[Norm]) -> dict[str, float]:
    """Fixed keys, in a fixed order, each from 0 to 1, for a learned judge."""
    reading = settle(frame, norms)
    norm = nearest(frame, norms) if norms else Norm(Force.STATED, "", 0, 0)
    leaning = _follow(frame, norm) if norms and frame.asks is not Asks.OPEN else reading
    so = met(frame, norm) if norm.exception or norm.condition else None
    distances = beside(frame.amounts, [amount for n in norms for amount in n.amounts])
    return (
        {f"asks_{asks}": float(frame.asks is asks) for asks in Asks}
        | {f"force_{force}": float(norm.force is force) for force in Force}
        | {f"any_{force}": float(any(n.force is force for n in norms)) for force in Force}
        | {f"reads_{verdict}": float(reading.verdict == verdict) for verdict in ("yes", "no", "conditional", "info")}
        | {f"leans_{verdict}": float(leaning.verdict == verdict) for verdict in ("yes", "no", "conditional")}
        | {
            "certain": float(reading.certain),
            "confident_frame": float(frame.confident),
            "states_condition": float(frame.states_condition),
            "lacks_condition": float(frame.lacks_condition),
            "condition": float(norm.condition is not None),
            "exception": float(norm.exception is not None),
            "denied": float(norm.denied),
            "met": float(so is True),
            "unmet": float(so is False),
            "shared": len(norm.stems & frame.stems) / max(1, len(norm.stems)),
            "beside": min(1.0, len(frame.stems - norm.stems) / 12),
            "amount_asked": float(bool(frame.amounts)),
            "amount_said": float(any(n.amounts for n in norms)),
            "amount_above": float(bool(distances) and min(distances) >= _SAME),
            "amount_below": float(bool(distances) and max(distances) <= -_SAME),
            "amount_same": float(any(abs(distance) < _SAME for distance in distances)),
            "amount_between": float(bool(distances) and min(distances) < -_SAME and max(distances) > _SAME),
            "at_least": float(any(policy.AT_LEAST.search(n.says) for n in norms)),
            "at_most": float(any(policy.AT_MOST.search(n.says) for n in norms)),
            "strictly": float(any(policy.STRICT.search(n.says) for n in norms)),
            "disputed": float(bool(norms) and frame.asks is not Asks.OPEN and _disputed(frame, norm, norms, by=4)),
        }
    )
