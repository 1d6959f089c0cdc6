"""What the asker says of the condition or exception a norm hangs on: that it is so, that it is not, or nothing.

    met(read_question("can i if the head agrees"), norm)    True where the norm hangs on the head's leave

`qa.modality` says what follows from it.
"""

import re
from dataclasses import replace
from itertools import pairwise

from qa import policy_words as policy
from qa import question_words as words
from qa.amounts import NUMBER, Kind, amounts, beside, names
from qa.company import is_alone
from qa.dates import keeps_date, keeps_day
from qa.frames import Asks, Frame
from qa.frequency import keeps_frequency
from qa.hours import keeps_hours
from qa.norms import Force, Norm
from qa.ordinals import keeps_ordinal
from qa.spelling import stem, stems, straight

_DAY_ALONE = 4  # words up to which a condition that names a day asks for no more: "except on Sundays"


def is_off_duty(frame: Frame, rule: str) -> bool:
    """Whether a rule is for a part of the day, or for the place of work, and the asker, not it, speaks of another."""
    asked = frame.said
    off = words.OFF_DUTY.search(asked) and not words.ON_DUTY.search(asked)
    return bool(off and words.BY_DAY.search(rule) and not words.OFF_DUTY.search(straight(rule)))


def met(frame: Frame, norm: Norm) -> bool | None:
    """Whether the asker says that what the norm depends on is so; None where the question is silent."""
    text = norm.exception or norm.condition or ""
    if norm.exception and (inner := _taken_back(text)):
        return _met_both(frame, norm, text[: inner.start()], text[inner.start() :])
    if policy.AGREEMENT.search(text) and (frame.states_condition or frame.lacks_condition):
        return frame.states_condition
    within = keeps_limit(frame, text, norm)
    if policy.LIMIT.match(text) or (within is not None and _settles(frame, text, norm, within)):
        if within is None or (within and policy.ONLY.search(text) and text == norm.says.strip(" ,.;")):
            return None  # who is within "under-16s, on Saturdays only" has not said that it is Saturday
        return within != _runs_until_a_day(frame, norm)
    if _fails_one(frame, text, norm):
        return False
    that_day = keeps_day(frame.said, text)
    if that_day is False or (that_day and len(text.split()) <= _DAY_ALONE):
        return that_day
    if (named := _named_otherwise(frame, text)) is not None:
        return named
    if (asked := is_alone(frame.said)) is not None and (ruled := is_alone(text)) is not None is not is_alone(norm.says):
        return asked == ruled
    wanted = _wanted(frame, norm, text)
    told = wanted & (frame.stems | _parted(frame.stems, text))
    if len(told) < max(1.0, len(wanted) / 3) or told <= stems(norm.says.replace(text, " ")):
        return None
    sharing = [part for part in frame.parts if stems(part) & wanted]
    negated = any(words.NEGATION.search(part) for part in sharing)
    return negated is bool(_DENIED.search(_EXCEPTS.sub("", straight(text))))


def _runs_until_a_day(frame: Frame, norm: Norm) -> bool:
    """Whether a rule runs until a date that the asker's is held against: one before it is under the rule, not yet under
    the exception.
    """
    exception = norm.exception or ""
    return bool(_UNTIL.match(exception)) and keeps_date(frame.said, exception) is not None


_UNTIL = re.compile(r"(?:until|till)\b", re.IGNORECASE)


def _settles(frame: Frame, text: str, norm: Norm, within: bool) -> bool:
    """Whether a limit in a text, which the asker's amount is within or not, is all that is to be known: of "18 or over
    and a member" also that one is a member is told; of "18 or over or a member" nothing is left to make up for it.
    """
    if policy.BETWEEN.search(text):
        return True
    if within:
        return all(keeps_limit(frame, one, norm) or stems(one) & frame.stems for one in _AND.split(text))
    return all(keeps_limit(frame, one, norm) is False for one in _ELSE.split(text))


def _fails_one(frame: Frame, text: str, norm: Norm) -> bool:
    """Whether the asker's amount fails one of several things that must all be so: "18 or over and under 30"."""
    every = [] if _ELSE.search(text) or policy.BETWEEN.search(text) else _AND.split(text)
    return any(keeps_limit(frame, one, norm) is False for one in every)


_AND = re.compile(
    rf"\band\b(?! (?:less|fewer|under|below|more|over|older|above)\b(?! £?(?:{NUMBER})\b))", re.IGNORECASE
)
_ELSE = re.compile(r"\bor\b(?! (?:less|fewer|under|below|more|over|older|above)\b)", re.IGNORECASE)
_TAKEN_BACK = re.compile(
    r"(?<!\band)(?<!\bor),? (?:unless|except|but not)\b|, (?:not(?! even\b)|other than|apart from)\b", re.IGNORECASE
)
_NO_OUTER = re.compile(r"(?:until|till|without)\b", re.IGNORECASE)
#: Both may be exceptions of the rule: "not abroad, except to France, unless the head agrees".
_BESIDE_IT = re.compile(r"\W*unless\b", re.IGNORECASE)


def _taken_back(exception: str) -> re.Match[str] | None:
    """The exception of an exception: "except guide dogs, but not those in training"."""
    return None if _NO_OUTER.match(exception) else _TAKEN_BACK.search(exception, 1)


def _met_both(frame: Frame, norm: Norm, outer: str, inner: str) -> bool | None:
    """Whether an exception holds that an exception of its own takes back; one that is not spoken of leaves it open."""
    taken_back = met(frame, replace(norm, exception=inner.strip(" ,")))
    if taken_back:
        return None if _BESIDE_IT.match(inner) and not outer.lower().startswith("but not") else False
    holds = met(frame, replace(norm, exception=outer.strip(" ,")))
    return None if holds and taken_back is None else holds


#: What is depended on is that something is not so: "if you do not hold a licence", "provided that no name shows".
_DENIED = re.compile(
    r"\b(?:no(?! (?:\w+ )?than\b|[ -]one else|body else|thing else|where else| others?\b)|not(?! \w+ than\b)|never"
    r"|nobody(?! else)|none|nothing(?! else)|\w{2,6}n't)\b",
    re.IGNORECASE,
)
#: A "not" that takes something out and denies nothing that is depended on: "though not on Sundays".
_EXCEPTS = re.compile(r"(?:^\W*|\b(?:but|and|or|though|although|then|if) )not\b", re.IGNORECASE)


def _parted(asked: frozenset[str], text: str) -> frozenset[str]:
    """The words of a text that a question writes as one: "staffroom" for "staff room"."""
    said = straight(text).lower().split()
    together = [pair for pair in pairwise(word.strip(".,;:") for word in said) if stem("".join(pair)) in asked]
    return stems(" ".join(word for pair in together for word in pair))


_LABELLED = re.compile(
    r"\b(?P<kind>[a-z]{3,}) (?P<name>\d{1,3}[a-z]?|[a-z])\b(?! ?[ap]\.?m\b| (?:days?|weeks?|hours?|minutes?|people))",
    re.IGNORECASE,
)


def _named_otherwise(frame: Frame, text: str) -> bool | None:
    """Whether a text's one name ("Ward 7", "zone C") is the question's; None where either names none of a kind."""
    said = {(f["kind"].lower(), f["name"].lower()) for f in _LABELLED.finditer(text) if f["name"] not in "aI"}
    asked = {(f["kind"], f["name"]) for part in frame.parts for f in _LABELLED.finditer(part)}
    kinds = {kind for kind, _ in said} & {kind for kind, _ in asked}
    if len(said) != 1 or len(kinds) != 1:
        return None
    return bool(said & asked)


def _wanted(frame: Frame, norm: Norm, text: str) -> frozenset[str]:
    """The words by which one says that a text is so; of several of which one will do, the one most spoken of.

    Of "no boots, except football boots" one does not say so by boots.
    """
    ways = _OR.split(text) if norm.exception else [text]
    besides = stems(norm.says.replace(text, " "))
    others = [one for one in (stems(way) - besides for way in ways) if one]
    if not others or (len(others) == 1 and not _excepts_a_kind(norm)):
        return stems(text)
    return max(others, key=lambda one: len(one & frame.stems) / len(one))


_OR = re.compile(r"\bor\b", re.IGNORECASE)


def _excepts_a_kind(norm: Norm) -> bool:
    """Whether a ban spares some of those it speaks of: "no boots, except football boots"."""
    return norm.force is Force.FORBIDDEN and bool(policy.EXCEPT_SOME.match(norm.exception or ""))


def reaches(frame: Frame, norm: Norm) -> bool:
    """Whether the exception belongs to the act asked of: of "not explain, nor read aloud, except …" to the last, of "no
    games, music or drones, save that music may be played …" to what it names.
    """
    exception = norm.exception or ""
    before = norm.says.partition(exception)[0] if exception else ""
    if (spared := policy.SAVE_THAT.match(exception)) and stems(spared["thing"]) <= stems(before):
        return not frame.stems & stems(before) - stems(exception) or bool(frame.stems & stems(exception))
    acts = policy.LAST_NOR.match(before)
    if not acts and policy.EXCEPT_A_THING.match(exception):
        acts = policy.LAST_OR.match(before)
    if not acts:
        return True
    earlier, last = stems(acts["earlier"]), stems(acts["last"])
    reached = (last - earlier) | stems(exception)
    return len((earlier - last) & frame.stems) <= len(reached & frame.stems)


def spares_another(frame: Frame, norm: Norm) -> bool:
    """Whether a ban on several things spares one, and another is asked of: of "no bags, cups or tea, except …" cups."""
    exception = norm.exception or ""
    listed = policy.LISTED.match(norm.says.partition(exception)[0]) if _excepts_a_kind(norm) else None
    if not listed:
        return False
    spared, earlier = stems(exception), stems(listed["earlier"]) - stems(listed["last"])
    return bool(earlier & frame.stems - spared) and not (spared | stems(listed["last"]) - earlier) & frame.stems


#: Amounts this near are the same: a month has no fixed length.
SAME = 0.001
#: "before 8 pm", "only after 6 pm": a time of day is a limit too.
_BY_CLOCK = re.compile(r"(?:but |and )?(?:only )?(?:(?P<from>after|from|until|till)|before|by)\b", re.IGNORECASE)


def keeps_limit(frame: Frame, text: str, norm: Norm | None = None) -> bool | None:
    """Whether the one amount of the question keeps a limit in the text; None where they cannot be compared.

    "Up to four" is of what the norm speaks of: five hens are more, five guests are something else.
    """
    least, most = policy.AT_LEAST.search(text), policy.AT_MOST.search(text)
    if bool(least) != bool(most) and (seldom := keeps_frequency(frame.said, text)) is not None:
        return seldom is bool(most)
    dated, measured = keeps_date(frame.said, text), _measured(frame, text, norm)
    if keeps_ordinal(frame.said, text) is False:
        return False
    return measured if dated is None else dated and measured is not False


def _measured(frame: Frame, text: str, norm: Norm | None) -> bool | None:
    """The same of amounts alone."""
    least, most = policy.AT_LEAST.search(text), policy.AT_MOST.search(text)
    limits = amounts(text)
    distances = beside(frame.amounts, limits)
    if norm and not distances and all(limit.kind is Kind.BARE for limit in limits):
        spoken_of = [
            replace(one, kind=Kind.BARE, of="")
            for one in frame.amounts
            if norm.stems.intersection(map(stem, names(one)))
        ]
        distances = beside(spoken_of, limits)
    clock = _BY_CLOCK.match(text)
    if clock and distances and [limit.kind for limit in limits] == [Kind.CLOCK]:
        return distances[0] > -SAME if clock["from"] else distances[0] < SAME
    if len(distances) == len(limits) == 2 and policy.BETWEEN.search(text):
        over, under = distances[0] > -SAME, distances[1] < SAME
        return (over and under) if limits[0].value < limits[1].value else (over or under)  # "between 10 pm and 6 am"
    if len(distances) != 1 or bool(least) == bool(most):
        return None
    if abs(distances[0]) < SAME:
        return not policy.STRICT.search(text) or bool(policy.OR_MORE.search(text))
    return (distances[0] > 0) == bool(least)


def at_another_time(frame: Frame, norm: Norm) -> bool:
    """Whether the asker names a day or a time of day for which the norm is not made.

    "Send it between 7 am and 9 pm" leaves nobody free to send it at ten.
    """
    asks_freely = frame.asks in (Asks.WHETHER_ALLOWED, Asks.WHETHER_FORBIDDEN)
    by_hours = keeps_hours(frame.said, norm.says) is False and not (norm.force is Force.OBLIGED and asks_freely)
    return by_hours or any(keeps(frame.said, norm.says) is False for keeps in (keeps_day, keeps_ordinal))


def seldom_enough(frame: Frame, norm: Norm) -> bool:
    """Whether a ban is on doing a thing more than so often, and the asker does it no oftener."""
    return bool(_MORE_OFTEN.search(norm.says)) and keeps_frequency(frame.said, norm.says) is True


def too_often(frame: Frame, norm: Norm) -> bool:
    """Whether the asker does a thing oftener than it is allowed."""
    capped = norm.force is Force.ALLOWED and not policy.AT_LEAST.search(norm.says)
    return capped and keeps_frequency(frame.said, norm.says) is False


_MORE_OFTEN = re.compile(r"\bmore (?:often )?than (?:once|twice|[\w-]+ times|every)\b", re.IGNORECASE)


def more_than_given(frame: Frame, norm: Norm) -> bool:
    """Whether the asker's amount is more than what is given: three of "you may have two"."""
    distances = beside(frame.amounts, norm.amounts)
    return bool(distances) and min(distances) > SAME


def past_what_is_given(frame: Frame, norm: Norm) -> bool:
    """Whether the asker's amount is more than the one that is given, "you may stay for two nights"."""
    given = norm.says.partition(norm.cue)[2] if norm.cue else ""
    if too_often(frame, norm):
        return True
    kinds = {amount.kind for amount in (*amounts(given), *frame.amounts)}
    if kinds & {Kind.AGE, Kind.CLOCK} or _MORE_WILL_DO.search(given):
        return False
    distances = beside(frame.amounts, amounts(given))
    return len(distances) == 1 and distances[0] > SAME


#: An amount of which more is as good: "on two days' notice", "from five weeks", "16 or over".
_MORE_WILL_DO = re.compile(
    r"\w['’]s? |%|\b(?:notice|standing|service|from|beyond|past|over|above|more|longer|larger|older|greater|after|until"
    r"|till|since|later|ahead|enough|least|minimum|before|once|per|off|early|away)\b",
    re.IGNORECASE,
)
