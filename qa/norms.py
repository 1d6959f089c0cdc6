"""What each clause of a policy sentence obliges, forbids and allows, under which stem and on what condition.

    read_norms("Never share a password.")          FORBIDDEN, because of “never”

The rules are the table of `qa.policy_words`.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from ingest.sentences import is_fragment
from qa import cues
from qa import policy_words as policy
from qa.amounts import Amount, Kind, amounts
from qa.clause_parts import Parts, clauses, imperative, take_apart
from qa.frames import Asks, read_question
from qa.people import names_group
from qa.spelling import LONGEST, stems, straight

READ = 8192  # sentences whose norms are kept: a handbook's are read again with each question


class Force(StrEnum):
    """What a clause does to an act: forbids it, demands it, allows it, excuses from it, or only states."""

    FORBIDDEN = "forbidden"
    OBLIGED = "obliged"
    ALLOWED = "allowed"
    NOT_OBLIGED = "not_obliged"
    STATED = "stated"


@dataclass(frozen=True, slots=True)
class Norm:
    """One clause of a sentence, read: `sentence[start:end] == cue`, or an empty cue where none says so.

    The force holds under `condition` and turns round under `exception`. `gate` is the agreement that
    the act takes, as in "must be approved": a condition or an exception beside it says when it is needed.
    `denied` marks a STATED clause that says something is not so. `lead` is the cue of the list stem or
    heading whose force the clause has; `column` the name over a cell that says "yes" or "not allowed";
    `says` the whole clause; `stems` are the stems of the words of the clause.
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
    column: str = ""
    says: str = ""
    stems: frozenset[str] = frozenset()
    amounts: tuple[Amount, ...] = ()


@lru_cache(maxsize=READ)
def read_norms(sentence: str, lead_in: str = "") -> tuple[Norm, ...]:
    """One norm for each clause of the sentence, in order; at least one. A question before its answer rules nothing.

    `lead_in` is the stem of the list ("You must not:") or the heading above. A stem lends its
    force to every item; a heading only to a clause that has none ("Prohibited items").
    """
    sentence = sentence[:LONGEST]
    text = _AND_AT_THE_END.sub("", straight(sentence))
    if lead_in.rstrip().endswith("?") and (label := policy.ANSWER_LABEL.match(text)):
        text = " " * label.end() + text[label.end() :]
    if policy.ROW.fullmatch(text):
        pairs = tuple(policy.PAIR.finditer(text))
        cells = [_read_pair(text, sentence, *pair.span("name"), *pair.span("value")) for pair in pairs]
        return tuple(_beside_yes_or_no(cell, pair["value"], cells) for cell, pair in zip(cells, pairs, strict=True))
    stem_norm = _lead(lead_in)
    is_stem = is_open(lead_in)
    norms: list[Norm] = []
    asked, told = _asked_first(text)
    answer = _bare_answer(text, told[0][0] if told else 0, asked or lead_in)
    for start, end in told:
        norm = _read_clause(text, start, end)
        if norms and norm.exception and policy.THE_EXCEPTION.match(norm.says) and not norms[-1].exception:
            norms[-1] = replace(norms[-1], exception=norm.exception, stems=norms[-1].stems | norm.stems)
            continue
        if answer and not norms and (norm.force is Force.STATED or answer["no"]):
            norm = _answered(norm, answer, asked or lead_in)
        if not norms and is_stem and stem_norm:
            norm = _under_stem(norm, stem_norm)
        elif norms and norms[-1].denied and policy.DENIED_STEM.search(text[:start].rstrip()):
            norm = _under_stem(norm, norms[-1])
        elif norms:
            norm = _after(norm, norms[-1], text[:start].rstrip().endswith((".", "!")))
        elif norm.force is Force.STATED and stem_norm:
            left_out = cues.ELLIPSIS.search(norm.says) if stem_norm.force is Force.ALLOWED else None
            refused = left_out is not None and left_out["no"]  # "Newspapers are not." of what one may bring
            force = Force.FORBIDDEN if refused else stem_norm.force
            norm = replace(norm, force=force, lead=stem_norm.cue, denied=False)
        norms.append(replace(norm, cue=sentence[norm.start : norm.end]))
    return tuple(norms) or (Norm(Force.STATED, "", 0, 0),)


def _read_pair(row: str, sentence: str, start: int, middle: int, at: int, end: int) -> Norm:
    """The norm of a cell under the name of its column; a name rules nothing, nor does a cell without a verb that
    `policy.CELL` does not know.
    """
    name, value = row[start:middle], row[at:end]
    norm = _read_clause(row, at, end)
    ordered = not cues.CUES.fullmatch(norm.cue)
    if ordered and (len(value.split()) <= 2 or names_group(value.partition(",")[0])):
        norm = replace(norm, force=Force.STATED, cue="", start=0, end=0)  # "Area: Press" is no order
    cell = None if policy.NO_LIMIT.match(value) else policy.CELL.match(value.strip())
    if not cell and norm.force is Force.STATED and (limit := _limit_of_cell(name, value)):
        norm = replace(norm, force=Force.ALLOWED, condition=limit, column=name)
    if cell and (norm.force in (Force.STATED, Force.OBLIGED) or cell["no"]):
        end = at + len(cell[0]) - len(cell["rest"])
        condition = norm.condition or cell["rest"].strip(" ,.;") or None
        norm = replace(
            norm, force=_of_cell(cell, name), condition=condition, denied=bool(cell["no"]), start=at, end=end
        )
    cue = sentence[norm.start : norm.end]
    return replace(
        norm, cue=cue, column=name if cell else norm.column, says=f"{name}: {value}", stems=stems(f"{name} {value}")
    )


def _beside_yes_or_no(cell: Norm, value: str, row: list[Norm]) -> Norm:
    """A cell; one that only says when or how, in a row whose others say yes or no, is a yes on that condition."""
    says_whether = any(one.column and one.force in (Force.ALLOWED, Force.FORBIDDEN) for one in row)
    if cell.force is not Force.STATED or not says_whether or not policy.CELL_WHEN.match(value):
        return cell
    return replace(cell, force=Force.ALLOWED, condition=value.strip(" ,.;"), column=cell.says.partition(":")[0])


def _limit_of_cell(name: str, value: str) -> str:
    """The limit that an amount is below the name of its column, "at most £250"; "" where it is none."""
    measured, value = amounts(value), value.strip()
    most, least = policy.AT_MOST_COLUMN.search(name), policy.AT_LEAST_COLUMN.search(name)
    if len(measured) != 1 or bool(most) == bool(least) or len(value.split()) > _LONGEST_LIMIT:
        return ""
    if policy.LIMIT.match(value):
        return value
    if measured[0].kind is Kind.CLOCK:
        return f"by {value}" if most else f"from {value}"
    return f"at most {value}" if most else f"at least {value}"


_LONGEST_LIMIT = 5  # words: "At least 75 °C", "£90 a night"


def _of_cell(cell: re.Match[str], name: str) -> Force:
    """The force of a cell; a bare yes or no is to what the name of the column asks."""
    said = next(group for group, words in cell.groupdict().items() if words)
    if said not in ("yes", "no"):
        return Force[said]
    if policy.ASKS_DUTY.search(name):
        return Force.OBLIGED if said == "yes" else Force.NOT_OBLIGED
    if policy.ASKS_FACT.search(name):
        return Force.STATED
    return Force.ALLOWED if said == "yes" else Force.FORBIDDEN


_AND_AT_THE_END = re.compile(r";\s+(?:and|or)\W*$", re.IGNORECASE)  # the item of a list before the last


def _lead(lead_in: str) -> Norm | None:
    """The norm of a list stem, or of a heading that rules; a question rules nothing."""
    if not lead_in.strip() or lead_in.rstrip().endswith("?"):
        return None
    if not is_open(lead_in) and (_WHO_OR_HOW.match(lead_in) or not policy.RULING_HEADING.search(lead_in)):
        return None
    text = straight(lead_in[:LONGEST])
    norm = _read_clause(text, 0, len(text))
    if policy.BANNED_LIST.match(text):
        norm = replace(norm, force=Force.FORBIDDEN, cue=norm.cue or text.strip())
    if norm.denied and policy.DENIED_STEM.search(text):
        return norm
    return norm if norm.force is not Force.STATED and norm.cue else None


def _asked_first(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The question that opens a text and is answered there, or "", and where the other clauses stand."""
    found = list(clauses(text))
    asked, *told = found or [(0, 0)]
    return (text[slice(*asked)], told) if told and text[asked[1] - 1] == "?" else ("", found)


def _bare_answer(text: str, start: int, heading: str) -> re.Match[str] | None:
    """The "no", "it is" or "you can't" that answers the question in the heading, groups `no` and `yes`."""
    asked = heading.rstrip().endswith("?")
    return policy.BARE_ANSWER.match(text, start) or (policy.SHORT_ANSWER.match(text, start) if asked else None)


def _answered(norm: Norm, answer: re.Match[str], heading: str) -> Norm:
    """A bare "no" or "yes", which means what the question in the heading asks."""
    force = _SAID_YES.get(read_question(heading).asks, Force.ALLOWED)
    if answer["no"]:
        force = TURNED[force]
    start, end = answer.span("no" if answer["no"] else "yes")
    return replace(norm, force=force, start=start, end=end, denied=False, stems=norm.stems | stems(heading))


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
    for those whom the heading names or for the occasion that it gives, or has the force that the heading gives it.

    >>> leans_on_heading("shout at a pupil;", "Staff must not"), leans_on_heading("No, it is not.", "Is it banned?")
    (True, True)
    >>> leans_on_heading("Laser pens.", "Not permitted in class"), leans_on_heading("Lock your screen.", "Screens")
    (True, False)
    >>> leans_on_heading("Shoes are taken off.", "Nursery rooms only"), leans_on_heading("No talking.", "During exams")
    (True, True)
    """
    if heading.rstrip().endswith("?") or is_open(heading):
        return True
    if (names_group(heading) or _OCCASION.match(heading)) and not stems(heading) & stems(sentence):
        return True
    return _lead(heading) is not None and any(norm.lead for norm in read_norms(sentence, heading))


#: A heading that says when, where or for whom alone the rules below it hold.
_OCCASION = re.compile(
    r"\W*(?:during|without|while|whilst|outside|at (?:the )?weekends?|(?:if|when) you(?:['’]re| are| have)"
    r"|(?:on|for) (?:[\w'’-]+ ){1,3}\w*(?:days?|trips?|visits?)"
    r"|for [\w'’-]+ (?:who|working|with|without|under|over|in|on|at))\b|.*\bonly\W*$",
    re.IGNORECASE,
)


def _under_stem(norm: Norm, lead: Norm) -> Norm:
    """An item of a list has the force of the stem, turned round by a "not" of its own at its start.

    One that is a whole sentence with a force of its own keeps it: "At home: sessions in a bedroom are not allowed".
    """
    norm = replace(norm, denied=False)
    if norm.cue and cues.CUES.fullmatch(norm.cue) and re.search(r"\w", norm.says[: norm.says.find(norm.cue)]):
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
    force = TURNED[lead.force] if excepted else lead.force
    condition = norm.condition or condition
    return replace(norm, force=force, condition=condition, denied=lead.denied, lead=lead.cue, start=0, end=0)


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
    text = straight(stem[-LONGEST:])
    found = _CONDITIONS.search(text) if is_open(text) and not _WHO_OR_HOW.match(text) else None
    return bool(found and not found["except"]) and _read_clause(text, 0, len(text)).force is not Force.OBLIGED


TURNED = {Force.FORBIDDEN: Force.ALLOWED, Force.ALLOWED: Force.FORBIDDEN, Force.OBLIGED: Force.NOT_OBLIGED,
           Force.NOT_OBLIGED: Force.OBLIGED, Force.STATED: Force.STATED}  # fmt: skip


def _after(norm: Norm, before: Norm, stopped: bool) -> Norm:
    """ "phones do not" takes its meaning from the clause before, with what is said there behind the cue ("in class");
    a fragment, "Never alone", takes its meaning from there too.
    """
    ellipsis = cues.ELLIPSIS.search(norm.says[-40:])
    if ellipsis:
        turned = bool(ellipsis["no"]) != (before.force is Force.FORBIDDEN or before.denied)
        force = TURNED[before.force] if turned else before.force
        verb = re.search(re.escape(before.cue), before.says) if before.cue else policy.VERB.search(before.says)
        if policy.ELSEWHERE.match(norm.says) and (place := policy.PLACE_AT_END.search(before.says)):
            shared = stems(before.says[: place.start()])
        else:
            shared = stems(before.says[verb.end() :]) if verb else frozenset()
        return replace(
            norm, force=force, denied=bool(ellipsis["no"]), condition=None, exception=None, stems=norm.stems | shared
        )
    if _OF_THE_SAME.match(norm.says) and before.cue:  # "required for guests and recommended to members"
        return replace(norm, stems=norm.stems | stems(before.says.partition(before.cue)[0]))
    if not is_fragment(norm.says.strip()):
        return norm
    if stopped:  # "… the iron. Never alone." is as near to a question as what it limits
        norm = replace(norm, stems=norm.stems | before.stems)
    if norm.force is not Force.STATED or before.force is Force.STATED:
        return norm
    if _TAKES_BACK.match(norm.says):
        return replace(norm, force=before.force if before.force is Force.FORBIDDEN else TURNED[before.force])
    return replace(norm, force=before.force, condition=norm.says.strip(" ."), denied=False)


_TAKES_BACK = re.compile(r"\W*(?:never|not|except|exception)", re.IGNORECASE)
_OF_THE_SAME = re.compile(r"\W*(?:optional|voluntary|compulsory|mandatory|recommended)\b", re.IGNORECASE)


def _read_clause(text: str, start: int, end: int) -> Norm:
    """The norm of one clause, by its own words alone."""
    clause = text[start:end]
    parts = take_apart(clause)
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
    if only and force is not Force.FORBIDDEN and (alone := _ALONE_MAY.search(clause)):
        condition = alone[0].strip()
    if (only or (condition or "").lower().startswith(("only", "but only"))) and force in (Force.OBLIGED, Force.STATED):
        force = Force.ALLOWED
    if found[1] and not condition and (whom := _OF_WHOM.search(parts.main, found[0])):
        condition = whom["whom"].strip(" ,.;")
    if force is Force.ALLOWED and not (condition or exception) and (whom := _ONE_WHO.search(clause)):
        condition = whom["whom"]
    if (force is Force.OBLIGED and (wish := cues.WISH.search(clause))) or (
        force in (Force.OBLIGED, Force.STATED) and (wish := _advice(clause))
    ):
        force = Force.ALLOWED
        condition = None if wish[0].lower() == (condition or "").lower() else condition
    denied = force is Force.STATED and bool(cues.DENIES.search(parts.main))
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


#: Those who alone may: "only the head", "by the chaperone only".
_ALONE_MAY = re.compile(
    r"\bonly (?!(?:if|when|where|with|after|once|by|for|in|on|to|at|from|between|during|under)\b)(?:[\w'-]+ ){1,6}?"
    r"(?=(?:may|can|must|should|shall|will)\b)"
    r"|\b(?:by|for) (?:[\w'-]+ ){1,5}?only(?=\W*$|[,;.])",
    re.IGNORECASE,
)


#: Those to whom something is left, of whom more is asked than that they wish it: "staff who have done the course may".
_ONE_WHO = re.compile(
    r"\b(?P<whom>who (?:has|have|holds?|passed|completed) [^,;]+?)"
    r"(?= (?:may|can|is|are|must|should|will|need)\b|[.;,]|$)",
    re.IGNORECASE,
)


def _advice(clause: str) -> re.Match[str] | None:
    """The words that make advice of a duty; "must" is none, however softly it is said."""
    return None if _STERN.search(clause) else cues.ADVICE.search(clause)


_STERN = re.compile(r"\b(?:must|shall|required|compulsory|mandatory|have to|has to)\b", re.IGNORECASE)


def _granted(clause: str) -> Parts:
    """The parts of "you may … without asking": going without is what is allowed, when or where is a condition."""
    parts = take_apart(clause, policy.EXCEPT_WHERE_ALLOWED)
    occasion = policy.OCCASION.search(parts.main)
    return replace(parts, condition=parts.condition or (occasion and occasion["when"].strip(" ,.;")))


def _force(main: str, after: str) -> tuple[Force, tuple[int, int]]:
    """The force of the first cue of a clause; an imperative before it obliges, or refuses."""
    if none := policy.NO_LIMIT.match(main):
        return Force.NOT_OBLIGED, none.span("none")
    cue = _cue(main)
    told = imperative(main, after)
    if told and (cue is None or _apart(main, told.end("verb"), cue)):
        refuses, lets = told["verb"].lower() in policy.REFUSALS, policy.LETS.match(main[told.start("verb") :])
        force = Force.FORBIDDEN if refuses else Force.ALLOWED if lets else Force.OBLIGED
        return force, told.span("verb")
    if cue is None:
        return Force.STATED, (0, 0)
    if cue.lastgroup == "OBLIGED" and (later := _NOT.match(main, cue.end())):
        return Force.FORBIDDEN, (cue.start(), later.end())
    if cue.lastgroup == "OBLIGED" and (refusal := _REFUSAL.match(main, cue.end())):
        return Force.FORBIDDEN, (cue.start(), refusal.end())
    return Force[cue.lastgroup or "STATED"], cue.span()


def _cue(main: str) -> re.Match[str] | None:
    """The first cue, passing over a "no" that only counts ("at no cost")."""
    cue = cues.CUES.search(main)
    while cue and cue[0].lower().startswith(("no ", "none", "nothing")) and cue.lastgroup == "FORBIDDEN":
        before = main[: cue.start()].strip(" \"'(,")
        opens = not before or before.endswith(("there is", "there are"))
        if not _AFTER_PREPOSITION.search(before) and (opens or policy.RULES.search(main, cue.end())):
            return cue
        cue = cues.CUES.search(main, cue.end())
    return cue


_AFTER_PREPOSITION = re.compile(r"\b(?:with|of|at|in|for|from|by|on|to|has|have|having|had|there's)$", re.IGNORECASE)
_NOT = re.compile(r"\s*\b(?:(?:be )?no(?= (?!more|less|later|earlier|fewer|longer)\w)|not|never|avoid|refrain)\b")
_REFUSAL = re.compile(r"\s+(?:refuse|decline|reject)\b")


def _apart(main: str, end: int, cue: re.Match[str]) -> bool:
    """Whether something between an imperative and a cue keeps the cue from ruling the same verb."""
    return cue.start() >= end and bool(policy.ANOTHER_VERB.search(main[end : cue.start()]))
