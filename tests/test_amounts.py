"""Amounts are found, brought to one unit of their kind and held against a limit."""

import pytest

from qa.amounts import Kind, amounts, beside
from qa.conditions import met
from qa.frames import read_question
from qa.modality import features
from qa.norms import read_norms

DAY = 24 * 60


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("a quarter of an hour", 15, Kind.TIME),
        ("half an hour", 30, Kind.TIME),
        ("two and a half hours", 150, Kind.TIME),
        ("an hour and a half", 90, Kind.TIME),
        ("six weeks", 42 * DAY, Kind.TIME),
        ("a fortnight", 14 * DAY, Kind.TIME),
        ("48 working days", 48 * DAY, Kind.TIME),
        ("£1,250.50", 1250.5, Kind.MONEY),
        ("twenty-five quid", 25, Kind.MONEY),
        ("£3k", 3000, Kind.MONEY),
        ("80p", 0.8, Kind.MONEY),
        ("a 16 year old", 16, Kind.AGE),
        ("im 17", 17, Kind.AGE),
        ("just turned 18", 18, Kind.AGE),
        ("8pm", 20 * 60, Kind.CLOCK),
        ("9.15 a.m", 9 * 60 + 15, Kind.CLOCK),
        ("12am", 0, Kind.CLOCK),
        ("14:30", 14 * 60 + 30, Kind.CLOCK),
        ("noon", 12 * 60, Kind.CLOCK),
        ("its half nine at night", 21 * 60 + 30, Kind.CLOCK),
        ("quarter to six in the morning", 5 * 60 + 45, Kind.CLOCK),
        ("ten to seven on sunday evening", 18 * 60 + 50, Kind.CLOCK),
        ("8.30 tonight", 20 * 60 + 30, Kind.CLOCK),
        ("half 6 pm", 18 * 60 + 30, Kind.CLOCK),
        ("3 o'clock this afternoon", 15 * 60, Kind.CLOCK),
        ("just a tenner", 10, Kind.MONEY),
        ("from a fiver", 5, Kind.MONEY),
        ("40%", 40, Kind.PERCENT),
        ("150 cm", 1.5, Kind.LENGTH),
        ("15mph", 15, Kind.SPEED),
        ("25 miles an hour", 25, Kind.SPEED),
        ("12 kilos", 12, Kind.WEIGHT),
        ("25kg", 25, Kind.WEIGHT),
        ("50ml", 0.05, Kind.VOLUME),
        ("a dozen", 12, Kind.BARE),
        ("9 pupils", 9, Kind.COUNT),
    ],
)
def test_an_amount_is_read(text: str, value: float, kind: Kind) -> None:
    (found,) = amounts(text)
    assert (found.value, found.kind) == (pytest.approx(value), kind)


@pytest.mark.parametrize("text", ["the 3rd of May", "b4 class", "room A12", "someone alone", "often", "£48 a week"])
def test_what_is_no_amount_is_not_read(text: str) -> None:
    assert [a for a in amounts(text) if a.kind is not Kind.MONEY] == []


@pytest.mark.parametrize(
    ("question", "sentence", "sign"),
    [
        ("its 6 weeks away", "Where the Hirer cancels 28 days or more before the event", 1),
        ("hotel is 112, ok?", "Up to £130 a night.", -1),
        ("takes 45 mins", "half an hour", 1),
        ("it lasts half an hour", "no longer than 30 minutes", 0),
        ("shes 15", "aged 16 or over", -1),
        ("8pm", "after 22:00", -1),
        ("half ten at night", "no later than 10 pm", 1),
        ("a fiver spends", "apart from up to £3", 1),
    ],
)
def test_an_amount_is_held_against_a_limit(question: str, sentence: str, sign: int) -> None:
    distances = beside(amounts(question), amounts(sentence))
    assert distances
    assert all((distance > 0.001) - (distance < -0.001) == sign for distance in distances)


def test_amounts_of_different_kinds_are_not_compared() -> None:
    assert beside(amounts("£20"), amounts("within 30 minutes")) == ()
    assert beside(amounts("from 2pm to 4pm"), amounts("after 3pm")) == ()


@pytest.mark.parametrize(("weeks", "kept"), [("six weeks", True), ("three weeks", False), ("four weeks", True)])
def test_a_limit_in_another_unit_is_kept_or_not(weeks: str, kept: bool) -> None:
    (norm,) = read_norms("You may cancel if you tell us at least 28 days before.")
    assert met(read_question(f"can i cancel, its {weeks} away"), norm) is kept


@pytest.mark.parametrize(
    ("asked", "name"),
    [("8 mins", "amount_below"), ("quarter of an hour", "amount_above"), ("10 minutes", "amount_same")],
)
def test_the_judge_reads_how_amounts_compare(asked: str, name: str) -> None:
    found = features(read_question(f"can i go out for {asked}"), read_norms("You may leave for up to 10 minutes."))
    assert {n for n in found if n.startswith("amount_") and found[n]} == {"amount_asked", "amount_said", name}
    assert found["at_most"] == 1.0


@pytest.mark.parametrize(
    "text",
    ["£1m", "1,5 hours", "5 million pounds", "two hundred pounds", "one hundred and twenty days", "1 1/2 hours",
     "01/02/2024", "half past nine", "half nine", "a year 9 pupil", "one of the pupils", "at 3.30", "9.30-3.30",
     "25:99", "99pm", "1½ hours", "no later than 9.30"],
)  # fmt: skip
def test_what_is_not_surely_understood_is_left_unread(text: str) -> None:
    assert amounts(text) == ()


@pytest.mark.parametrize(
    ("question", "rule", "kept"),
    [
        ("can i drive the minibus at 17 years old", "only if you are at least 21 years", False),
        ("can i join if im 18", "if you are at least 18 years", True),
        ("can i be off for 40 days", "if it is no more than 28 days", False),
        ("is 2 days notice ok", "if you give no less than 28 days notice", False),
        ("can i stay until 11pm", "if you leave no later than midnight", True),
        ("can i be alone with 2 pupils", "only if at least one other adult is present", None),
        ("can i take 9 pupils", "if it is no more than 8 pupils", False),
        ("can i leave at 12.30", "if you have worked at least 4 hours", None),
        ("can i stop for 4 months", "for up to three months a year", False),
        ("im 15, can i host", "from the age of 16", False),
        ("my lad turned 14, can he join", "from age 14", True),
        ("ok to play at 3pm", "between 10 am and 8 pm", True),
        ("ok to play at half nine at night", "between 10 am and 8 pm", False),
        ("ok to play at 11pm", "between 10 pm and 6 am", True),
        ("ok to play at 10 in the morning", "between 10 pm and 6 am", False),
    ],
)
def test_a_limit_is_kept_broken_or_not_spoken_of(question: str, rule: str, kept: bool | None) -> None:
    (norm,) = read_norms(f"You may do so {rule}.")
    assert met(read_question(question), norm) is kept
