"""Is a statement the sentence it rests on with whole list items or whole clauses left out, and nothing turned by it?

Three things may go, everything else stays word for word and in its order:

    items of a list      "texts, numbers or photos with pupils" → "texts with pupils", "photos with pupils"
    a clause in front    "Protect your phone with a PIN and never have it visible." → "Never have it visible."
    a clause at the end  "Report it to the office; they keep a list." → "Report it to the office."

Never a number, a word that guards what is said, or a part of a condition or an exception: "if the head agrees
and a second adult comes" is not "if the head agrees". What is not surely an item is taken for a clause and
stays; then the quote is shown instead of the statement, and nothing is lost.
"""

# A list of words reads better unquoted.
# ruff: noqa: SIM905

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

#: Words that change what is said wherever they stand: those of the handbook stay, others are not added.
GUARDS = frozenset(
    """no not never none nobody nothing neither nor only unless except without until till if provided providing
    before after while whilst during always must may might can could should shall will would ought need needs
    required allowed permitted optional all any every each both either""".split()
)
#: Words that carry a condition or an exception.
CONDITIONS = frozenset(
    """unless except without until till if when whenever where wherever provided providing only before after while
    whilst during than save once even subject apart besides as whether but though although however otherwise assuming
    depending pending excluding""".split()
)
#: Small words that may be added; and those that may be left out.
ADDED = frozenset("a an the you please is are be do".split())
LEFT_OUT = ADDED | frozenset("your yours yourself it its they their them that does".split())

STOPS = frozenset(".!?")
MARKS = STOPS | frozenset(", ; : – — ( ) -".split())
_JOINS = frozenset("and or".split())
_BREAKS = _JOINS | frozenset(", ; : – — but then".split())
_CLAUSE_ENDS = frozenset("; : – —".split()) | STOPS
_PAIRED = frozenset("both either neither nor between".split())
#: Words of a clause, which an item of a list has not: subjects, and verbs by their small forms.
_OF_A_CLAUSE = GUARDS | frozenset(
    """i you he she it we they who which that there please is are was were be been being am has have had do does did
    says means including included""".split()
)
_VERBS = frozenset("is are was were has have".split())
_MODALS = frozenset("must may can should shall will".split())
#: What makes a number a bound: "21 or over".
_BOUNDS = frozenset("more less fewer over above older younger below longer shorter earlier later".split())
_PREPOSITIONS = frozenset(
    """of to in on at by for from with within into onto over under about against between through across near per via
    towards upon among around behind outside beyond""".split()
)
LONGEST_ITEM = 5  # words


def thinned(said: Sequence[str], stood: Sequence[str]) -> str:
    """Why the statement is not the sentence with list items or clauses left out, or ""."""
    words = [token for token in said if token not in MARKS]
    if not words:
        return "it has no words of its own"
    if not _in_order([token for token in said[:-1] if token in MARKS], stood):
        return "its marks stand otherwise"
    starts = [i for i, token in enumerate(stood) if token == words[0]]
    found = [_gaps_left(words, stood, start) for start in starts or [0]]
    return min(found, key=len)


def _in_order(marks: Sequence[str], stood: Sequence[str]) -> bool:
    """Whether the sentence has these marks in this order; “pupils, who are late,” is not “pupils who are late”."""
    rest = iter(stood)
    return all(mark in rest for mark in marks)


def _gaps_left(words: Sequence[str], stood: Sequence[str], start: int) -> str:
    """What speaks against reading the statement as standing from this place on, or ""."""
    places = _aligned(words, stood, start)
    if not places:
        return "its words stand in another order"
    gaps = ((-1, places[0]), *pairwise(places), (places[-1], len(stood)))
    return next((why for left, right in gaps if (why := _bad_gap(stood, left, right))), "")


def _aligned(words: Sequence[str], stood: Sequence[str], at: int) -> list[int] | None:
    """Where each word stands, each place after the last one's, or None if one has no such place."""
    places: list[int] = []
    for number, word in enumerate(words):
        found = next((i for i in range(at, len(stood)) if stood[i] == word), None)
        if word in ADDED and (found is None or _overtakes(words[number + 1 :], stood[at:found])):
            continue
        if found is None:
            return None
        places.append(found)
        at = found + 1
    return places


def _overtakes(rest: Sequence[str], passed: Sequence[str]) -> bool:
    """Whether a small word, if placed there, would pass over the place of the next word of weight."""
    following = next((word for word in rest if word not in ADDED), None)
    return following is not None and following in passed


def _bad_gap(stood: Sequence[str], left: int, right: int) -> str:
    """Why the words between two places may not be left out, or ""."""
    gap = stood[left + 1 : right]
    inner = [token for token in gap if token not in LEFT_OUT and token not in MARKS]
    if not inner:
        return ""
    if left < 0:
        allowed = _is_clause_in_front(gap, inner, stood[right : right + 1]) or _are_items(gap, (), stood[right])
    elif right == len(stood):
        allowed = _is_end(gap, inner, stood[: left + 1])
    else:
        allowed = _are_items(gap, stood[: left + 1], stood[right])
    return "" if allowed else f"it leaves out “{' '.join(inner[:6])}”"


def _is_clause_in_front(gap: Sequence[str], inner: Sequence[str], after: Sequence[str]) -> bool:
    """Whether what follows is a rule of its own; the conditions of the clause before go with it."""
    own_rule = bool(after) and after[0] in GUARDS and after[0] not in CONDITIONS and gap[-1] not in (",", ":")
    return own_rule and gap[-1] in (_BREAKS | STOPS) - {"or"} and inner[0] not in CONDITIONS | _PREPOSITIONS


def _is_end(gap: Sequence[str], inner: Sequence[str], kept: Sequence[str]) -> bool:
    """Whether a clause of its own is left out at the end, or an item where no condition holds the list together.

    An item with a preposition may be a limit (", on Fridays"), or hold words of the items that stay ("with pupils").
    """
    if CONDITIONS & set(inner) or gap[0] not in _BREAKS | STOPS or gap[0] == "then":
        return False
    if gap[0] in _CLAUSE_ENDS:
        return inner[0] != "not"
    head = gap[2:4] if gap[1:2] and gap[1] in _JOINS else gap[1:3]
    own_rule = (_VERBS | _MODALS | {"never", "do"}) & set(head[:1]) and not _PREPOSITIONS & set(head)
    limited = (_PREPOSITIONS | _BOUNDS) & set(inner) and not own_rule
    return not limited and not (CONDITIONS | _PAIRED) & set(kept)


def _are_items(gap: Sequence[str], kept: Sequence[str], following: str) -> bool:
    """Whether items of a list are left out between two words that stay.

    Either those before an item that stays ("texts, numbers or | photos"), or those after one, with the end
    of the list ("texts |, numbers or photos | with pupils").
    """
    if (CONDITIONS | _PAIRED) & {*kept, *gap} or _BOUNDS & {*gap, following} or not _items(gap):
        return False
    if _is_clause_behind(gap, kept):
        return False
    if gap[-1] in _JOINS:
        return not (following in _OF_A_CLAUSE | _PREPOSITIONS or gap[0] in _PREPOSITIONS)
    if gap[0] != "," and gap[0] not in _JOINS:
        return False
    verb = following in (GUARDS | _VERBS) - CONDITIONS
    if verb and (_MODALS | _VERBS) & set(kept):
        return False  # "the one may attend five and | the other | may attend two"
    return following in _JOINS or ((following in _PREPOSITIONS or verb) and bool(_JOINS & set(gap)))


def _is_clause_behind(gap: Sequence[str], kept: Sequence[str]) -> bool:
    """Whether the one comma of all stands before “and” or “or”, which joins clauses then and not items."""
    commas = [at for at, token in enumerate(gap[:-1]) if token == ","]
    return len(commas) == 1 and gap[commas[0] + 1] in _JOINS and "," not in kept


def _items(gap: Sequence[str]) -> bool:
    """Whether a gap is made of short items, commas, “and” and “or” alone."""
    items: list[list[str]] = [[]]
    for token in gap:
        if token == "," or token in _JOINS:
            items.append([])
        else:
            items[-1].append(token)
    words = [word for item in items for word in item]
    plain = all(word.isalpha() and word not in _OF_A_CLAUSE for word in words)
    headed = any(item and item[0] in _PREPOSITIONS for item in items[1:])
    return bool(words) and plain and not headed and all(len(item) <= LONGEST_ITEM for item in items)
