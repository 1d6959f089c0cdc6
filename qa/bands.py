"""For which amounts a row of a table or an item of a list is: “Under £50”, “16 to 25 kg”, “above £5,000 …”.

    Spend: Under £50; Approval: None needed          not for £700
    Spend: Over £500; Approval: Director             for £700

An amount alone may be a limit (“Up to £20 for a taxi”); rows whose amounts follow one another are each for their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.clauses import Clause
from qa.amounts import NUMBER, Amount, Kind, alike, amounts
from qa.spelling import stems

_ONE = rf"(?:£(?:{NUMBER})(?:k\b)?|(?:{NUMBER})(?:[ -]?(?!(?:to|and|or)\b)[a-z%]+)?)"
_BAND = re.compile(
    r"(?P<name>[^:;]{1,40}: )?(?:(?:for|of|after|within|with|aged?|ages|between|anyone|items?|loads?) )*"
    rf"(?:(?:from )?(?P<low>{_ONE}) ?(?:to|and|–|—|-) ?(?P<high>{_ONE})(?![\w%])"
    r"|(?:(?P<under>under|below|less than|fewer than)|(?P<most>up to(?: and including)?|at most|(?:no|not) more than)"
    r"|(?P<over>over|above|more than|exceeding)|(?P<least>at least|(?:no|not) less than|from(?: the age of)?))"
    rf" (?P<limit>{_ONE})(?![\w%])"
    rf"|(?P<end>{_ONE})(?: (?:or|and) (?:(?P<more>over|more|above|older|upwards)|under|less|fewer|below|younger)\b"
    r"|(?P<plus>\+)))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Band:
    """The amounts between two of one kind; `without_ends` says that the ends are not among them.

    `name` is that of the column, or empty; `rest` is what the row says beside both.
    """

    name: str
    low: Amount | None
    high: Amount | None
    rest: str
    without_ends: bool = False

    @property
    def end(self) -> Amount:
        """One of the ends; it tells what is measured. One that is not nothing, if there is one, tells the unit too."""
        ends = [end for end in (self.low, self.high) if end]
        return next((end for end in ends if end.said), ends[0])

    def goes_on_in(self, other: Band) -> bool:
        """Whether another is of the same, and begins where this ends or the other way round."""
        mine, its = ((one.name, one.end.kind, one.end.of) for one in (self, other))
        return mine == its and any(
            lower.high is not None and upper.low is not None and lower.high.value <= upper.low.value
            for lower, upper in ((self, other), (other, self))
        )

    def may_be_asked_of(self, question: str) -> bool:
        """Whether an amount of its kind in a question is one of these, and not of what else the row names.

        “8 weeks of sick pay” has nothing to do with “Service: Under 6 months; Full pay: 2 weeks”.
        """
        others = any(amount.kind is self.end.kind for amount in amounts(self.rest))
        return not others or bool(stems(self.name) & stems(question))

    def leaves_out(self, asked: Sequence[Amount]) -> bool:
        """Whether the one amount of its kind that was asked of is none of these; of several none is known to count."""
        same = [amount for amount in asked if (amount.kind, amount.of) == (self.end.kind, self.end.of)]
        if len(same) == 1:
            value = same[0].value
        elif len(asked) == 1 and alike(asked[0], self.end):
            value = asked[0].said * _unit(self.end)
        else:
            return False
        below = self.low is not None and (value <= self.low.value if self.without_ends else value < self.low.value)
        return below or (
            self.high is not None and (value >= self.high.value if self.without_ends else value > self.high.value)
        )


@lru_cache(maxsize=4096)
def band(text: str) -> Band | None:
    """The amounts that a text begins with, if they are a band.

    >>> band("Load: 16 to 25 kg; One person: No").high.value
    25.0
    """
    match = _BAND.match(text)
    if match is None:
        return None
    name, rest = match["name"] or "", text[match.end() :]
    if match["high"]:
        low, high = _amount(match["low"]), _amount(match["high"])
        if low and high and low.kind is not high.kind:  # “16 to 25 kg”, “£50–500”
            low, high = _like(low, high), _like(high, low)
        return (
            Band(name, low, high, rest) if low and high and low.kind is high.kind and low.value < high.value else None
        )
    end = _amount(match["limit"] or match["end"])
    if end is None:
        return None
    upwards = any(match[group] for group in ("over", "least", "more", "plus"))
    without = bool(match["under"] or match["over"])
    return Band(name, end, None, rest, without) if upwards else Band(name, None, end, rest, without)


def _amount(words: str) -> Amount | None:
    found = amounts(re.sub(r"(?<=\d)s$", "", words))  # “over 16s”
    return found[0] if len(found) == 1 else None


def _like(one: Amount, other: Amount) -> Amount:
    """An amount without a unit in that of another; one with a unit as it is."""
    if one.kind not in (Kind.BARE, Kind.COUNT):
        return one
    return Amount(one.said * _unit(other), other.kind, one.said, other.of)


def _unit(amount: Amount) -> float:
    """What one of its unit is in that of its kind; of nothing that is not known, and it does not matter."""
    return amount.value / amount.said if amount.said else 1.0


def for_other_amounts(clauses: Sequence[Clause], index: int, question: str) -> bool:
    """Whether a clause is one of a run of rows or items for different amounts, and not for the one asked of."""
    own = band(clauses[index].text)
    if own is None or not (own.leaves_out(amounts(question)) and own.may_be_asked_of(question)):
        return False
    return any(_goes_on(clauses, index, beside) for beside in (index - 1, index + 1))


def _goes_on(clauses: Sequence[Clause], index: int, beside: int) -> bool:
    """Whether the clause before or after is for other amounts of the same."""
    if not 0 <= beside < len(clauses):
        return False
    one, other = clauses[index], clauses[beside]
    own, its = band(one.text), band(other.text)
    of_list = (one.document, one.heading_path, one.lead) == (other.document, other.heading_path, other.lead)
    return of_list and own is not None and its is not None and own.goes_on_in(its)
