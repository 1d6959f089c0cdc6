"""A question of a ban or an excuse is read the other way round too, and its yes is then a no."""

from __future__ import annotations

import pytest

from qa.frames import read_question
from qa.inversion import inverted


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("is it banned to share mine", "can i share mine"),
        ("is it against the rules for my mum to come", "can my mum come"),
        ("would it be wrong if I ring her?", "can i ring her?"),
        ("am i breaking the rules to lend it", "can i lend it"),
        ("would i get into trouble for vaping", "would i be ok vaping"),
        ("I'm new. Is leaving early off limits?", "I'm new. Is leaving early ok?"),
        ("are we barred from lending it", "are we ok lending it"),
        ("so I can't text her back, right?", "so can I text her back?"),
        ("I don't have to sign in, do I?", "do I have to sign in?"),
        ("is it optional to sign in", "do i have to sign in"),
        ("is signing in optional", "is signing in compulsory"),
        ("is it ok if i dont sign in", "do i have to sign in"),
        ("is it alright not to sign in", "do i have to sign in"),
    ],
)
def test_a_ban_is_put_as_leave_and_an_excuse_as_a_duty(question: str, other: str) -> None:
    assert inverted(question, read_question(question)) == other


@pytest.mark.parametrize(
    "question",
    [
        "can i text her back",
        "do i have to sign in",
        "so that's not banned, right?",
        "is it banned not to sign in",
        "should i steer clear of the lift",
        "could i get the sack for it",
        "can i skip the form",
        "are we barred from the gym",
    ],
)
def test_what_is_not_plainly_asked_of_a_ban_or_an_excuse_stays(question: str) -> None:
    assert inverted(question, read_question(question)) is None
