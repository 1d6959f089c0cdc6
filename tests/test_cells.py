"""Of a row the cell that a question is about is read: a limit its amount is held against, a duty, a name that rules
nothing.
"""

from __future__ import annotations

import pytest

from qa.frames import read_question
from qa.modality import settle
from qa.norms import Force, read_norms

PLUMBING = "Work: Plumbing; Limit without approval: £250; Who approves above it: Repairs manager"
HISTORY = "Paper: History; Scripts a day, at most: 35; Fee a script: £3.40"
COOKED = "What: Cooked food; Limit: At least 75 °C"
STAGE = "Age: 5 to 8; Earliest: 9 am; Latest: 10 pm; Longest day there: 7.5 hours; Longest spell on stage: 30 minutes"


@pytest.mark.parametrize(
    ("question", "row", "ruling"),
    [
        ("plumbing job is £200, can i just do it", PLUMBING, "yes"),
        ("plumbing job is £300, can i just do it", PLUMBING, "no"),
        ("do i have to get approval for a £300 job", PLUMBING, "yes"),
        ("can i do 50 history scripts in a day", HISTORY, "no"),
        ("can i do 30 history scripts in a day", HISTORY, "yes"),
        ("chicken is 70 degrees in the middle, can i serve it", COOKED, "no"),
        ("chicken is 80 degrees in the middle, can i serve it", COOKED, "yes"),
        ("can a 6 year old be on stage for 50 minutes", STAGE, "no"),
        ("can a 6 year old be on stage for 20 minutes", STAGE, "yes"),
        ("can a 6 year old be here at 8 am", STAGE, "no"),
        ("can a 6 year old be here at 10.30 pm", STAGE, "no"),
        ("can a 6 year old be here at 9.30 am", STAGE, "yes"),
    ],
)
def test_an_amount_is_held_against_the_limit_of_its_column(question: str, row: str, ruling: str) -> None:
    assert settle(read_question(question), read_norms(row)).verdict == ruling


def test_a_cell_that_names_people_is_no_order_and_none_below_what_is_expected_is_no_duty() -> None:
    row = "Booking: Cover supervisors, any length; Marking expected: None; Cleaning: None"
    assert [norm.force for norm in read_norms(row)] == [Force.STATED, Force.NOT_OBLIGED, Force.FORBIDDEN]


MATRIX = "Music out loud; Quiet zone: no; Open studio: Fridays after 4 pm; Phone booths: no"


@pytest.mark.parametrize(
    ("question", "row", "ruling"),
    [
        ("can i play music in the quiet zone", MATRIX, "no"),
        ("can i play music in the open studio on monday", MATRIX, "no"),
        ("can i play music in the open studio", MATRIX, "conditional"),
        (
            "can i take a call in the open studio",
            "Calls; Quiet zone: no; Open studio: yes, with a headset",
            "conditional",
        ),
        ("can i take a call in the quiet zone", "Calls; Quiet zone: no; Open studio: yes, with a headset", "no"),
        (
            "can i take a call in the cafe",
            "Calls; Quiet zone: no; Open studio: no; Cafe: with a headset",
            "conditional",
        ),
    ],
)
def test_of_a_row_with_a_name_the_cell_of_the_column_that_is_asked_of_is_read(
    question: str, row: str, ruling: str
) -> None:
    assert settle(read_question(question), read_norms(row)).verdict == ruling


def test_what_question_and_rule_count_alike_is_not_what_is_measured() -> None:
    rule = read_norms("store more than six full cylinders in one bay", "You must not:")
    assert [settle(read_question(f"can i put {n} full cylinders in one bay"), rule).verdict for n in (5, 8)] == [
        "yes",
        "no",
    ]
