"""What follows from the norms of a sentence for what a question asks.

    settle(read_question("is it banned to share mine"), read_norms("Never share a password."))
                                                   yes, because the handbook says “never”

A reader by rules of English: it learns nothing, needs nothing but `re`, and can say why. `qa.norms` reads sentences,
`qa.frames` questions.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qa import cues
from qa import policy_words as policy
from qa import question_words as words
from qa.amounts import beside
from qa.cells import asked_of
from qa.company import is_alone
from qa.conditions import (
    SAME,
    at_another_time,
    is_off_duty,
    keeps_limit,
    met,
    more_than_given,
    past_what_is_given,
    reaches,
    seldom_enough,
    spares_another,
    too_often,
)
from qa.dates import keeps_date
from qa.frames import Asks, Frame
from qa.norms import TURNED, Force, Norm
from qa.spelling import stem, stems, straight

Verdict = Literal["yes", "no", "conditional", "info"]


@dataclass(frozen=True, slots=True)
class Reading:
    """The verdict that follows from the words, why, and whether to rely on it; None cannot say."""

    verdict: Verdict | None
    because: str
    certain: bool

    def contradicts(self, verdict: str) -> bool:
        """True only where it is to be relied on and says yes to this no or no to this yes."""
        return self.certain and {verdict, self.verdict} == {"yes", "no"}


#: How many words a question may have beside those of the rule for an answer to be relied on. A permission
#: reaches no further than its words (`_told_of`); a duty, and what is never done, shut out a case told in detail.
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
#: The verdict by which a ban holds, for whoever asks for leave or of a ban.
BAN_HOLDS: dict[Asks, Verdict] = {
    asks: _PLAIN[asks, Force.FORBIDDEN][0] for asks in (Asks.WHETHER_ALLOWED, Asks.WHETHER_FORBIDDEN)
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
    return replace(told, force=TURNED[told.force], denied=told.denied != (told.force is Force.STATED))


def nearest(frame: Frame, norms: Sequence[Norm]) -> Norm:
    """The norm that shares most words with the question; the first with a force where that is even."""
    return max(norms, key=lambda norm: (_shared(frame, norm, norms), norm.force is not Force.STATED))


def _shared(frame: Frame, norm: Norm, norms: Sequence[Norm]) -> float:
    """How many words norm and question share; words that only this norm has count double."""
    elsewhere = frozenset[str]().union(*(other.stems for other in norms if other is not norm))
    shared = norm.stems & frame.stems
    return len(shared) + len(shared - elsewhere)


def settle(frame: Frame, norms: Sequence[Norm]) -> Reading:
    """The verdict that follows from the norms for what is asked."""
    if frame.asks is Asks.OPEN:
        return Reading("info", f"the question asks “{frame.cue}”", frame.confident)
    if not norms:
        return Reading(None, "the handbook says nothing that settles it", False)
    if any(map(words.ONLY_ASKED.search, frame.parts)):
        return _whether_only(norms)
    norms = asked_of(frame, norms)
    norm = nearest(frame, norms)
    if frame.asks is Asks.WHETHER_ALLOWED and _instead(norm, norms):
        offered = replace(norm, force=Force.ALLOWED)
        norms = [offered if one is norm else one for one in norms]
        norm = offered
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


def _whether_only(norms: Sequence[Norm]) -> Reading:
    """Whether a rule is confined to what the question names: it is where it says "only" or "nobody else"."""
    only = next(filter(None, (policy.CONFINES.search(norm.says) for norm in norms)), None)
    if only:
        return Reading("yes", f"the handbook says “{only[0]}”", False)
    return Reading("no", "the question asks whether that is all, and the handbook does not say so", True)


def _instead(norm: Norm, norms: Sequence[Norm]) -> bool:
    """Whether a clause tells its reader what to do instead of what the one before it bans: "… ; take the bus"."""
    at = norms.index(norm)
    told = norm.force is Force.OBLIGED and not cues.CUES.fullmatch(norm.cue) and not hangs(norm)
    return told and not norm.condition and at > 0 and norms[at - 1].force is Force.FORBIDDEN


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
    asks_of_duty = frame.asks in (Asks.WHETHER_OBLIGED, Asks.WHETHER_EXCUSED)
    asks_of_it = (norm.force is Force.FORBIDDEN and asks_freely) or (norm.force is Force.OBLIGED and asks_of_duty)
    if asks_freely and cues.ANOTHERS_JOB.fullmatch(norm.cue):
        return Reading(None, f"the handbook says whose job it is: “{norm.cue}”", False)
    if asks_of_it and is_off_duty(frame, norm.says):
        return replace(_plainly(frame, norm, TURNED[norm.force], False), certain=frame.confident)
    if asks_freely and norm.force in (Force.FORBIDDEN, Force.OBLIGED) and _in_company(frame, norm):
        return _plainly(frame, norm, Force.ALLOWED, False)
    if not hangs(norm) and at_another_time(frame, norm) and norm.force is not Force.STATED:
        return _plainly(frame, norm, TURNED[norm.force], False)
    if not hangs(norm) and norm.force is Force.ALLOWED and asks_freely and past_what_is_given(frame, norm):
        return _plainly(frame, norm, Force.FORBIDDEN, False)
    if norm.force is Force.FORBIDDEN and asks_freely and seldom_enough(frame, norm):
        return _plainly(frame, norm, Force.ALLOWED, False)
    if not hangs(norm):
        within = keeps_limit(frame, norm.condition or "", norm)
        if within is not None and norm.force is Force.OBLIGED and asks_freely and _limits_act(norm):
            return _plainly(frame, norm, Force.ALLOWED if within else Force.FORBIDDEN, _dated(frame, norm))
        late = within is False and norm.force is Force.OBLIGED and frame.asks is Asks.WHETHER_EXCUSED
        if within is False and norm.force is not Force.STATED and not (late and _limits_act(norm)):
            return _plainly(frame, norm, TURNED[norm.force], False)
        holds = not norm.condition or (frame.asks, norm.force) in _HOLDS_ON_OCCASION or _dated(frame, norm)
        return _plainly(frame, norm, norm.force, frame.confident and holds)
    besides = norm.says.replace(depends or "", " ")
    given = policy.EXCEPT.split(besides)[0]
    if norm.force is Force.ALLOWED and asks_freely and not policy.MORE_IF.search(given) and _beyond(frame, given):
        return _plainly(frame, norm, Force.FORBIDDEN, False)
    if not reaches(frame, norm):
        return replace(_follow(frame, replace(norm, exception=None)), certain=False)
    so = met(frame, norm)
    if so is None and spares_another(frame, norm):
        return replace(_follow(frame, replace(norm, exception=None)), certain=False)
    if so is None:
        beside = _beside(frame, norm)
        if (
            norm.exception
            and norm.force is Force.FORBIDDEN
            and (beside not in _BRIEF or _BUT_ONE.match(norm.exception))
        ):
            return _plainly(frame, norm, norm.force, False)
        if policy.CARVES_OUT.match(norm.exception or ""):
            return replace(_follow(frame, replace(norm, exception=None)), certain=False)
        return Reading("conditional", f"it depends: “{depends}”", frame.confident and beside not in _DETAILED)
    if norm.gate and depends != norm.gate:
        holds = so if norm.exception else keeps_limit(frame, depends or "", norm) is not False
        return replace(_follow(frame, known(norm, depends or "", holds)), certain=False)
    turned = so if norm.exception else not so
    plainly_not = norm.force is Force.FORBIDDEN and not turned
    if norm.force is Force.STATED and turned and not policy.WITHOUT.match(norm.exception or "without"):
        norm = _otherwise_stated(frame, norm)
    return _plainly(frame, norm, TURNED[norm.force] if turned else norm.force, plainly_not and frame.confident)


#: Who may after all, "nobody but the cook": an asker who does not say that they are that one is not.
_BUT_ONE = re.compile(r"but (?!not\b)", re.IGNORECASE)


def _otherwise_stated(frame: Frame, norm: Norm) -> Norm:
    """What is so, where its exception is met: not so; for one who asks what may be done, a rule that is lifted."""
    if frame.asks is Asks.WHETHER_TRUE:
        return replace(norm, denied=not norm.denied)
    return replace(norm, force=Force.FORBIDDEN if norm.denied else Force.OBLIGED)


def _dated(frame: Frame, norm: Norm) -> bool:
    """Whether the asker names a day that can be held against the period or the deadline of the norm."""
    return keeps_date(frame.said, norm.condition or "") is not None


def _limits_act(norm: Norm) -> bool:
    """Whether the condition is a limit within which a duty is done: "must be returned within 30 days", "are deleted
    within a year".
    """
    limit = norm.condition or ""
    before = norm.says.partition(limit)[0] if policy.LIMIT.match(limit) else ""
    if norm.force is Force.STATED:
        return bool(not norm.denied and policy.VERB.search(before) and _CAPS.match(limit))
    return norm.force is Force.OBLIGED and bool(before) and norm.cue in before


_CAPS = re.compile(r"(?:for )?(?:within|up to|at most|not? (?:more|later|longer) than)\b", re.IGNORECASE)


def _asks_of_gate(frame: Frame, norm: Norm) -> bool:
    """Whether the agreement that the norm demands is itself asked for: "do I need approval"."""
    asked = frame.said
    speaks_of_it = policy.LEAVE.search(asked) or stems(norm.gate) & frame.stems
    return frame.asks in (Asks.WHETHER_OBLIGED, Asks.WHETHER_EXCUSED) and bool(speaks_of_it)


def _in_company(frame: Frame, norm: Norm) -> bool:
    """Whether the asker is not alone, and a ban is on being alone, or a duty is to have company."""
    ruled = is_alone(norm.says.replace(norm.cue or "\0", " "))
    return is_alone(frame.said) is False and ruled is (norm.force is Force.FORBIDDEN)


#: Where a limit ends and what is ruled goes on: "under 18 may not".
_GOES_ON = re.compile(r"(?<!\bup) (?:after|before|until|on|in|at|for|with|to(?! \d| [A-Z])|may|must|can)\b")


def outside(frame: Frame, norms: Sequence[Norm], stands_under: str = "") -> frozenset[Verdict]:
    """The plain verdict of a rule that is made for amounts of which the asker's is none, "staff under 18 may not", for
    those who are alone, for other days or hours, or for who does a thing less often.

    The amounts may be those of the heading that it stands under.
    """
    if not norms or frame.asks is Asks.OPEN:
        return frozenset()
    norm = nearest(frame, norms)
    at = norms.index(norm)
    before = [clause.says for clause in norms[max(0, at - 1) : at] if not clause.cue]
    own = [] if norm.force is Force.ALLOWED or _limits_act(norm) else [norm.says, *before]
    in_company = norm.force is Force.FORBIDDEN and _in_company(frame, norm)
    how_often = too_often(frame, norm) or (norm.force is Force.FORBIDDEN and seldom_enough(frame, norm))
    other_case = how_often or (not hangs(norm) and (in_company or at_another_time(frame, norm)))
    if not other_case and not any(_leaves_out(frame, words) for words in (*own, stands_under)):
        return frozenset()
    stated = norm.force is Force.STATED
    plain = _as_stated(frame, norm, False).verdict if stated else _PLAIN[frame.asks, norm.force][0]
    return frozenset({plain} if plain else ())


def _leaves_out(frame: Frame, words: str) -> bool:
    """Whether the asker's amount is beyond a limit in some words."""
    return False in _kept(frame, words)


def _beyond(frame: Frame, words: str) -> bool:
    """Whether the asker's amount is beyond all limits in some words: of "£300, or £900 if agreed" both."""
    return set(_kept(frame, words)) == {False}


def _kept(frame: Frame, words: str) -> list[bool | None]:
    """For each limit in some words, whether the asker's amount keeps it."""
    limits = (policy.LIMIT_ENDS.split(words[limit.start() :])[0] for limit in policy.LIMIT.finditer(words))
    return [keeps_limit(frame, _GOES_ON.split(limit)[0]) for limit in limits]


def _beside(frame: Frame, norm: Norm) -> int:
    """How many words the question has beside those of the rule."""
    return len(frame.stems - norm.stems)


def _told_of(frame: Frame, norm: Norm) -> bool:
    """Whether the question speaks of nearly all that a permission does: "may be worn from May" hangs on the month."""
    return len(norm.stems - frame.stems) < 2


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
    tells = force is Force.OBLIGED and policy.TELLS.search(norm.says)
    if frame.avoids and tells and words.KEEPS_QUIET.search(frame.said):
        return _plainly(replace(frame, asks=Asks.WHETHER_EXCUSED, avoids=False), norm, force, certain)
    asks = Asks.WHETHER_TRUE if _asks_of_sanction(frame, norm) else frame.asks
    if asks in (Asks.WHETHER_TRUE, Asks.WHETHER_FORBIDDEN) and (none := policy.NO_LIMIT.match(norm.says)):
        denies = replace(norm, denied=force is Force.NOT_OBLIGED)
        asked_of = "there" in frame.cue or stem(none["none"].split()[-1].lower()) in frame.stems
        return _as_stated(replace(frame, asks=Asks.WHETHER_TRUE), denies, certain and asked_of)
    if force is Force.STATED:
        return _as_stated(replace(frame, asks=asks), norm, certain)
    verdict, reliable = _PLAIN[asks, force]
    if asks is Asks.WHETHER_OBLIGED and force is Force.FORBIDDEN and norm.lead and not _beside(frame, norm):
        verdict, reliable = "no", _ALWAYS  # what stands under "You must not" is no duty
    if asks is Asks.WHETHER_TRUE and force is Force.FORBIDDEN and words.SHOULD_ASKED.match(frame.cue):
        reliable = _BRIEF
    certain = certain and _beside(frame, norm) in reliable and not policy.ORGANISATION.match(norm.says)
    if force is Force.ALLOWED and verdict == "yes":
        certain = certain and _told_of(frame, norm) and not more_than_given(frame, norm)
    return Reading(verdict, f"the handbook says “{_deciding(frame, norm, force)}”", certain)


def _deciding(frame: Frame, norm: Norm, force: Force) -> str:
    """The words that decide: those that rule, a bare instruction with what it is about; where what they say is turned
    round, the condition or the exception that turns it.
    """
    if force is not norm.force:
        return norm.exception or norm.condition or norm.says.strip()
    cue = straight(norm.cue)
    if not cue or cues.CUES.fullmatch(cue):
        return norm.cue or norm.lead or norm.says.strip()
    return _INSTRUCTION_ENDS.split(cue + norm.says.partition(cue)[2])[0].strip()


_INSTRUCTION_ENDS = re.compile(r"[,;:.(](?=\s|$)|\s(?:and|–|-)\s")


def _asks_of_sanction(frame: Frame, norm: Norm) -> bool:
    """Whether the asker fears a sanction, and the norm says who has one to fear or who has not.

    What is allowed "without penalty" is a permission, and what "may be punished" none.
    """
    if not words.SANCTION.search(frame.cue) or not words.SANCTION.search(norm.says):
        return False
    return norm.force is not Force.ALLOWED or bool(words.MAY_BE_PUNISHED.search(norm.says))


def _as_stated(frame: Frame, norm: Norm, certain: bool) -> Reading:
    """What is so or is not so; for one who asks what may be done, what is always or never done is a rule."""
    verdict: Verdict = "no" if norm.denied else "yes"
    if frame.asks is not Asks.WHETHER_TRUE:
        of_duty = frame.asks in (Asks.WHETHER_OBLIGED, Asks.WHETHER_EXCUSED)
        denial = Force.NOT_OBLIGED if of_duty and not cues.NO_EXCUSE.search(norm.says) else Force.FORBIDDEN
        verdict, _ = _PLAIN[frame.asks, denial if norm.denied else Force.OBLIGED]
    asked = frame.asks in (Asks.WHETHER_TRUE, Asks.WHETHER_ALLOWED)
    certain = certain and norm.denied and asked and _beside(frame, norm) in _DETAILED
    return Reading(verdict, f"the handbook says “{norm.says.strip()}”", certain)


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
            "amount_above": float(bool(distances) and min(distances) >= SAME),
            "amount_below": float(bool(distances) and max(distances) <= -SAME),
            "amount_same": float(any(abs(distance) < SAME for distance in distances)),
            "amount_between": float(bool(distances) and min(distances) < -SAME and max(distances) > SAME),
            "at_least": float(any(policy.AT_LEAST.search(n.says) for n in norms)),
            "at_most": float(any(policy.AT_MOST.search(n.says) for n in norms)),
            "strictly": float(any(policy.STRICT.search(n.says) for n in norms)),
            "disputed": float(bool(norms) and frame.asks is not Asks.OPEN and _disputed(frame, norm, norms, by=4)),
        }
    )
