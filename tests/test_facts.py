"""A condition said by the asker: what reads well, word for word, and what is left alone."""

from __future__ import annotations

import pytest

from desk.alternatives import read_alternatives
from desk.facts import Fact, read_fact

READS_WELL = {
    "only when the school has agreed": ("the school has agreed", "the school has not agreed"),
    "unless you've told the office": ("I have told the office", "I have not told the office"),
    "if you are a visitor": ("I am a visitor", "I am not a visitor"),
    "provided that you carry a permit": ("I carry a permit", "I do not carry a permit"),
    "unless the driver asks you to": ("the driver asks me to", "the driver does not ask me to"),
    "if your licence has a photo": ("my licence has a photo", "my licence does not have a photo"),
    "if the guide has room for you": ("the guide has room for me", "the guide does not have room for me"),
    "if there is an empty seat": ("there is an empty seat", "there is no empty seat"),
    "as long as it's silent": ("it is silent", "it is not silent"),
    "once it's been signed": ("it has been signed", "it has not been signed"),
    "without the manager's consent": ("with the manager's consent", "without the manager's consent"),
    "only with a named escort": ("with a named escort", "without a named escort"),
    "if you hear a fight": ("I hear a fight", "I do not hear a fight"),
    "if there are fewer than six swimmers": (
        "there are fewer than six swimmers",
        "there are no fewer than six swimmers",
    ),
    "as long as it's collected by noon": ("it is collected by noon", "it is not collected by noon"),
    "but not in uniform": ("in uniform", "not in uniform"),
    "except in the hall and the yard": ("in the hall or the yard", "not in the hall or the yard"),
    "only in the staff room": ("in the staff room", "not in the staff room"),
    "when the caretaker and the cook have agreed": (
        "the caretaker and the cook have agreed",
        "the caretaker and the cook have not agreed",
    ),
}
LEFT_ALONE = {
    "if we have agreed": "whose “we” it is would be turned round",
    "unless it does not fit": "a no to a not is hard to read",
    "if the door is open and somebody in the next room knows": "of two facts a No denies one",
    "where a court orders otherwise or the owner consents": "of two facts a No denies one",
    "if the person who is visiting has agreed": "the not would go to the wrong verb",
    "with an escort are excepted": "it is no condition",
    "in the hall": "without an only a place bounds nothing",
    "when the season ends": "it tells when, and bounds nothing",
    "only at the gate and only by the steward": "of two facts a No denies one",
    "if you asked first": "a no to what is past needs another verb",
    "until 28 weeks": "a span is no fact",
    "if you do": "it says nothing by itself",
    "if the day you start is a Monday": "I or me cannot be told",
    "if the letter has been signed by the head of the department in which the work was done": "too long for a button",
    "require the permission": "it names no fact",
    "except on a trip and with consent": "it takes both",
    "except with a permit and a guide": "it takes both things",
    "except in the hall and a colleague present": "it takes a colleague too",
    "except at the gate and when the steward agrees": "it takes a place and a clause",
    "only in the hall and with a colleague": "a no would deny one of two",
    "unless you seldom have help": "a no to a seldom is hard to read",
    "if you hardly ever drive": "a no to a hardly is hard to read",
    "if you all agree": "several people are no I",
    "if you are both drivers": "two people are no I",
    "if you have a permit or are a driver": "the second verb would not be turned",
}


@pytest.mark.parametrize("condition", READS_WELL)
def test_a_condition_is_said_as_the_asker_would(condition: str) -> None:
    assert read_fact(condition) == Fact(*READS_WELL[condition])


@pytest.mark.parametrize("condition", LEFT_ALONE, ids=LEFT_ALONE.values())
def test_what_does_not_read_well_is_left_alone(condition: str) -> None:
    assert read_fact(condition) is None


@pytest.mark.parametrize(
    ("condition", "alternatives"),
    [
        ("if you were taken ill or your car had been stolen", ("I was taken ill", "my car had been stolen")),
        ("except a plain band or a medical bracelet", ("a plain band", "a medical bracelet")),
        ("apart from your own timesheet", ("my own timesheet",)),
        ("except a cap, a scarf or a pair of gloves", ()),  # too many buttons
        ("unless you are 18 or a supervisor okays it", ()),  # a half of it does not read well
        ("except for what the office sends", ()),
        ("if the head has agreed", ()),  # one fact is no list
        ("except a day trip and a written consent", ()),  # it takes both
        ("except a cap or a cap", ("a cap",)),  # two buttons of one name are one
        ("if you have a permit or are a driver", ()),
    ],
)
def test_what_will_do_by_itself_is_said_by_itself(condition: str, alternatives: tuple[str, ...]) -> None:
    assert read_alternatives(condition) == alternatives


def test_they_are_the_asker_where_the_rule_is_for_people_like_them() -> None:
    people = "Drivers may park there provided that they have a permit."
    things = "Heaters may be used provided that they have a label."
    assert read_fact("provided that they have a permit", people) == Fact("I have a permit", "I do not have a permit")
    assert read_fact("provided that they have a label", things) == Fact("they have a label", "they do not have a label")
