"""How often, at what hours and from which day a rule holds, against what is asked of."""

import pytest

from qa.frames import read_question
from qa.frequency import keeps_frequency
from qa.hours import keeps_hours
from qa.modality import outside, settle
from qa.norms import read_norms
from qa.ordinals import keeps_ordinal


@pytest.mark.parametrize(
    ("asked", "rule", "keeps"),
    [
        ("three times this term", "once a term", False),
        ("every week", "twice a month", False),
        ("once a month", "no more than once a fortnight", True),
        ("every other week", "once a fortnight", True),
        ("twice this week", "three times a month", None),
        ("twice this year", "once a term", None),
        ("i had one this term, can i have another", "once a term", False),
        ("i came this week and come again next", "every week", None),
        ("every month or twice a term", "once a term", None),
    ],
)
def test_one_frequency_is_held_against_one_and_a_single_stretch_is_no_habit(
    asked: str, rule: str, keeps: bool | None
) -> None:
    assert keeps_frequency(asked, rule) is keeps


@pytest.mark.parametrize(
    ("asked", "rule", "keeps"),
    [
        ("at 7 pm", "between 8 am and 6 pm", False),
        ("at 6 pm", "between 8 am and 6 pm", True),
        ("at 7 pm", "outside the hours of 8 to 6", True),
        ("at 5 am", "from 10 pm to 6 am", True),
        ("at 9 pm", "before 7 am or after 10 pm", False),
        ("at 9 pm", "from 7 to 9", None),
        ("between 8 am and 9 am", "from 7 am to 9 pm", None),
    ],
)
def test_a_time_of_day_is_among_the_hours_of_a_rule_or_not(asked: str, rule: str, keeps: bool | None) -> None:
    assert keeps_hours(asked, rule) is keeps


@pytest.mark.parametrize(
    ("asked", "rule", "keeps"),
    [
        ("on the third day", "from the eighth day", False),
        ("on day 9", "from the eighth day", True),
        ("off for 4 days", "from the 4th day", True),
        ("the fifth night", "after the fifth night", False),
        ("a week and three days", "from the eighth day", None),
        ("the second lesson", "from the eighth day", None),
    ],
)
def test_a_counted_day_lies_before_or_behind_the_one_from_which_a_rule_holds(
    asked: str, rule: str, keeps: bool | None
) -> None:
    assert keeps_ordinal(asked, rule) is keeps


@pytest.mark.parametrize(
    ("question", "sentence", "verdict", "held_back"),
    [
        ("can i borrow the van every week", "You can borrow the van once a term.", "no", {"yes"}),
        ("can i borrow the van every year", "You can borrow the van once a term.", "yes", set()),
        ("can i cancel once a term", "Tutors must not cancel more than twice a term.", "yes", {"no"}),
        ("can i claim lunch every day", "You may claim lunch up to three times a week.", "no", {"yes"}),
        ("do i need a badge if i help once a month", "You need a badge if you help once a week or more.", "no", set()),
        ("she visits twice a week, can she come in", "Who visits at least once a week can come in.", "yes", set()),
        ("can i use the pool at 10 pm", "The pool may be used from 7 am to 9 pm.", "no", {"yes"}),
        ("can i ring a client at 11 am", "Do not ring a client before 9 am or after 6 pm.", "yes", {"no"}),
        ("can i ring a client at 7 pm", "Do not ring a client before 9 am or after 6 pm.", "no", set()),
        ("can i send it at 10 pm", "Send it between 7 am and 9 pm.", "no", set()),
        ("off 3 days, do i need a note", "A note is required from the eighth day.", "no", {"yes"}),
        ("is sick pay paid on the second day", "Sick pay is paid from the fourth day.", None, {"yes"}),
    ],
)
def test_who_is_past_a_limit_of_how_often_or_when_gets_the_opposite_answer(
    question: str, sentence: str, verdict: str | None, held_back: set[str]
) -> None:
    frame, norms = read_question(question), read_norms(sentence)
    assert (settle(frame, norms).verdict, set(outside(frame, norms))) == (verdict, held_back)
