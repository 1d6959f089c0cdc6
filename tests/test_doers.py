"""A yes or a no to “do I …” is not given by a clause that says another does it."""

from __future__ import annotations

import pytest

from qa.frames import read_question
from qa.norms import read_norms
from qa.reach import unreached

FINES = "Parking fines incurred on a job are paid by the operative."
TOLLS = "Congestion charges are paid by us."
POSTAGE = "Postage is paid by the Board and broadband by you."
WATER = "The water is tested every two hours by the duty manager."


@pytest.mark.parametrize(
    ("question", "sentence", "held"),
    [
        ("do i have to pay my own parking fines", FINES, {"no"}),
        ("do i pay the congestion charge", TOLLS, {"yes"}),
        ("do you pay the congestion charge", TOLLS, {"no"}),
        ("do i pay for postage", POSTAGE, {"yes"}),
        ("do i pay for broadband", POSTAGE, {"no"}),
        ("do you pay for my broadband", POSTAGE, {"yes"}),
        ("do i have to test the water", WATER, {"yes"}),
        ("im the duty manager, do i have to test the water", WATER, {"no"}),
        ("do i carry the inhalers", "Inhalers are carried by the captain.", set()),
        ("do i carry the inhalers", "Inhalers are carried by the child.", {"yes"}),
        ("do i have to tell the parents", "Parents are told by you, if the worry is not about home.", set()),
        ("do i have to get the water tested", WATER, set()),
        ("do i have to pay the fee", "Fees are paid by the end of term.", set()),
        ("can i test the water", WATER, set()),
    ],
)
def test_who_does_it_says_whether_the_asker_does(question: str, sentence: str, held: set[str]) -> None:
    assert set(unreached(question, read_question(question), read_norms(sentence))) == held
