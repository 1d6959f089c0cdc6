"""A follow-up that turns a condition round does not get the answer of the question before it."""

from __future__ import annotations

import pytest

from qa.conversation import Understood
from qa.norms import read_norms
from qa.turning import turned_round


@pytest.mark.parametrize(
    ("sentence", "before", "question"),
    [
        (
            "Do not watch videos.",
            "can I watch a video that's nothing to do with the lesson",
            "and if its for the lesson?",
        ),
        ("Do not use your phone during lessons.", "can I use my phone during lessons", "and after lessons?"),
        (
            "Do not use your phone during lessons.",
            "can I use my phone during lessons",
            "what if it's not during lessons",
        ),
        ("Do not lend books without a card.", "can I lend books without a card", "and with a card?"),
        ("Do not eat before the store is locked.", "can I eat before the store is locked", "and after its locked?"),
        ("Do not eat before the store is locked.", "can I eat before the store is locked", "and once it is?"),
        (
            "Do not park in the yard during deliveries.",
            "can I park there during deliveries",
            "and if there's no delivery?",
        ),
        ("Do not drink on duty.", "can I drink on duty", "and off duty?"),
    ],
)
def test_what_is_turned_round_gets_no_no_again(sentence: str, before: str, question: str) -> None:
    assert turned_round(Understood(question, before), read_norms(sentence)) == {"no"}


def test_where_the_sentence_gives_neither_both_are_withheld() -> None:
    asked = Understood("and after lunch?", "can I go home before lunch")
    assert turned_round(asked, ()) == {"yes", "no"}


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("can I use my phone in lessons", "and in lessons with year 8?"),
        ("can I post photos of pupils without faces", "and of pupils in costume?"),
        ("I can't park in the yard, right?", "and in the yard at night?"),
        ("can I not wear a lanyard", "and a lanyard on fridays?"),
        ("can I go home early if it's quiet", "and if it's quiet on a friday?"),
        ("do I have to sign in on time", "and if I don't?"),
        ("can I text a parent", "and a parent I know?"),
        ("can I go off site at lunch", "and at lunch with a pupil?"),
        ("no phones in class, right?", "and phones at break?"),
        ("", "can I park outside the school"),
    ],
)
def test_what_only_says_more_is_not_turned_round(before: str, question: str) -> None:
    assert turned_round(Understood(question, before), read_norms("Do not do that.")) == frozenset()


def test_a_follow_up_that_asks_otherwise_is_read_for_itself() -> None:
    asked = Understood("do I need to sign in with a card then", "can I sign in without a card")
    assert turned_round(asked, read_norms("Do not sign in without a card.")) == frozenset()
