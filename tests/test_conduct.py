"""A rule for its reader or for staff does not answer what others may do; one that speaks of those, or of all, does."""

from __future__ import annotations

import pytest

from qa.conduct import asks_of_others

PRIVATE = "Do not exchange private texts with pupils or parents."


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("can pupils share their passwords with each other", "Never share your password with staff or pupils."),
        ("do pupils mobiles have to have a pin", "Ensure that your mobile has a PIN."),
        ("do parents have to be polite when they email me", "You must always be polite online."),
        ("should pupils use formal channels to reach me", "Parents should be encouraged to ask you formally."),
        ("can the head look up pupils", "Staff must not look up pupils."),
        ("ok and does an inspector sign in", "All staff must sign in."),
        ("im a pupil, is my teacher allowed to ask for it", "Never share your password with staff."),
        ("im a parent not a teacher, am i allowed to message my sons tutor", PRIVATE),
    ],
)
def test_a_rule_for_its_reader_says_nothing_of_what_others_may_do(question: str, rule: str) -> None:
    assert asks_of_others(question, rule)


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("can i text pupils", PRIVATE),
        ("im a teacher not a parent, can i text pupils", PRIVATE),
        ("can pupils use phones", "Nobody may use a phone."),
        ("can pupils use phones", "Pupils must not use phones."),
        ("can pupils use phones", "Staff may use phones and pupils may not."),
        ("can pupils use phones", "They may use them at break if you are there."),
        ("could the kids be looking me up", "Be aware that pupils may look you up."),
        ("are dogs allowed", "Dogs are not allowed."),
        ("do visitors pay", "Parking is £2 a day."),
        ("can another supply teacher use my login", "Never share your password."),
        ("my mate also works for you, can he swap", "You may swap a shift."),
        ("can the boss make me tidy up", "You may be asked to tidy up."),
        ("does the head office pay for it", "You must pay for it."),
    ],
)
def test_a_rule_for_all_or_for_those_asked_of_and_a_question_about_the_asker_are_no_others_conduct(
    question: str, rule: str
) -> None:
    assert not asks_of_others(question, rule)


def test_what_a_rule_stands_under_may_name_those_asked_of() -> None:
    assert not asks_of_others("can visitors park here", "Do not park on the grass.", "Visitors")
    assert asks_of_others("can visitors park here", "Do not park on the grass.", "Parking")
