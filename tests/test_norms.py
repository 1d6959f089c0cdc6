"""Sentences as policies write them, and the norms that are read in them."""

import pytest

from qa.frames import read_question
from qa.modality import settle
from qa.norms import Force, read_norms


def verdict(question: str, sentence: str, above: str = "") -> str | None:
    """What follows by the rules alone."""
    return settle(read_question(question), read_norms(sentence, above)).verdict


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("When somebody dies you may have five days for a parent, partner or child.", "When somebody dies"),
        ("If the bell rings the guide must stop, wait and count.", "If the bell rings"),
        ("If you are at home, ill or well, ring us.", "If you are at home"),
        ("Should you fall ill, you can have the days back if you send a note.", "if you send a note"),
        ("While you are away a friend may stay, so long as no rent is paid.", "so long as no rent is paid"),
        ("If you are new you may leave when the bell rings.", "If you are new"),
        ("Eating while driving is not allowed.", "while driving"),
        ("You may do it yourself if you are trained.", "if you are trained"),
        ("Ask yourself if you would be glad to see it.", None),
        ("Check if the door is shut.", None),
        ("You can extend it once, by an hour, if nobody else has booked.", "if nobody else has booked"),
    ],
)
def test_a_condition_ends_where_the_rule_begins_and_the_weightier_of_two_counts(
    sentence: str, condition: str | None
) -> None:
    assert read_norms(sentence)[0].condition == condition


@pytest.mark.parametrize(
    ("question", "ruling"),
    [("i was out 3 hours, can i claim lunch", "no"), ("i was out 8 hours, can i claim lunch", "yes")],
)
def test_longer_than_is_a_limit(question: str, ruling: str) -> None:
    assert verdict(question, "If you are away for longer than five hours you can claim lunch.") == ruling


@pytest.mark.parametrize(
    ("sentence", "forces"),
    [
        ("The last person shall set the alarm and need not ring anyone.", [Force.OBLIGED, Force.NOT_OBLIGED]),
        ("You must book a slot and may not change it.", [Force.OBLIGED, Force.FORBIDDEN]),
        ("What you may and may not do is said below.", [Force.ALLOWED]),
        ("Bags may come in, prams may not.", [Force.ALLOWED, Force.FORBIDDEN]),
        ("Be polite, even when they are not.", [Force.OBLIGED]),
        ("Supervise the bath and never leave the child in it.", [Force.OBLIGED, Force.FORBIDDEN]),
        ("You must not smoke and must wear a badge.", [Force.FORBIDDEN, Force.OBLIGED]),
        ("Do not touch the boiler and call the caretaker instead.", [Force.FORBIDDEN, Force.OBLIGED]),
        ("Keep your receipts and you can claim the fare.", [Force.OBLIGED, Force.ALLOWED]),
        ("You must be 21 and must hold a licence.", [Force.OBLIGED]),
        ("Do not take photos and post them.", [Force.FORBIDDEN]),
        ("You may buy it if you pay for it and do not sell it on.", [Force.ALLOWED]),
        ("Take it home in its case and never in a bag.", [Force.OBLIGED]),
        ("Dogs must be on a lead on paths, and on your own plot they need not be.", [Force.OBLIGED, Force.NOT_OBLIGED]),
        ("You may charge your car for four hours, then you must move it.", [Force.ALLOWED, Force.OBLIGED]),
        ("If you may not park there, then you must move it.", [Force.OBLIGED]),
    ],
)
def test_a_second_verb_that_rules_otherwise_is_a_clause_of_its_own(sentence: str, forces: list[Force]) -> None:
    assert [norm.force for norm in read_norms(sentence)] == forces


@pytest.mark.parametrize(
    ("question", "verdict", "cue"),
    [
        ("do i have to lock the van", "yes", "Lock the van at every stop"),
        ("i needn't lock the van, right?", "no", "Lock the van at every stop"),
        ("can i leave the keys in the van", "no", "never"),
        ("is it banned to leave the keys in", "yes", "never"),
    ],
)
def test_of_a_duty_and_a_ban_in_one_sentence_the_one_asked_of_settles_it(question: str, verdict: str, cue: str) -> None:
    read = settle(read_question(question), read_norms("Lock the van at every stop and never leave the keys in it."))
    assert (read.verdict, read.because, read.certain) == (verdict, f"the handbook says “{cue}”", True)


@pytest.mark.parametrize(
    ("question", "ruling"),
    [
        ("do i have to keep my dog on a lead on my own plot", "no"),
        ("do i have to keep my dog on a lead on the paths", "yes"),
    ],
)
def test_of_two_places_the_one_that_is_asked_of_counts(question: str, ruling: str) -> None:
    assert (
        verdict(question, "Dogs must be kept on a lead on the paths, and on your own plot they need not be.") == ruling
    )


@pytest.mark.parametrize(("question", "ruling"), [("for 12 hours", "no"), ("for 3 hours", "yes")])
def test_what_is_done_then_is_no_part_of_a_limit(question: str, ruling: str) -> None:
    sentence = "You may charge for up to four hours, then you must move your car."
    assert verdict(f"can i leave my car on charge {question}", sentence) == ruling


@pytest.mark.parametrize(
    ("question", "ruling"),
    [("is a full time student counted as an adult", "no"), ("is a lodger counted as an adult", "yes")],
)
def test_is_not_shares_the_verb_of_the_clause_before(question: str, ruling: str) -> None:
    assert verdict(question, "A lodger is counted as an adult; a full-time student is not.") == ruling


@pytest.mark.parametrize(
    ("question", "ruling"),
    [
        ("first class was cheaper than standard, can i have it", "yes"),
        ("the ticket is not cheaper, can i go first class", "no"),
    ],
)
def test_the_only_exception_is_of_the_rule_before_it(question: str, ruling: str) -> None:
    rule = "No. The only exception is when a first class ticket is cheaper than a standard one."
    assert verdict(question, rule, "Can I travel first class?") == ruling


@pytest.mark.parametrize(
    ("question", "ruling"),
    [("i was off sick, will my late claim be paid", "yes"), ("i was not off sick, will my late claim be paid", "no")],
)
def test_what_is_not_done_is_done_where_the_exception_is_met(question: str, ruling: str) -> None:
    turned_round = {"yes": "no", "no": "yes"}[ruling]
    assert verdict(question, "Late claims are not paid unless you were off sick.") != turned_round


@pytest.mark.parametrize(
    ("question", "ruling"),
    [
        ("do i have to clean the inside", "no"),
        ("do i not have to clean the inside", "yes"),
        ("can i clean the inside", None),
    ],
)
def test_what_is_another_persons_job_is_no_duty_and_no_leave(question: str, ruling: str | None) -> None:
    assert verdict(question, "Cleaning the inside is the valeter's job.") == ruling


def test_what_is_always_granted_is_no_duty() -> None:
    assert read_norms("Jury service is always granted.")[0].force is Force.ALLOWED
    assert read_norms("A first dose is always given by a nurse.")[0].force is Force.OBLIGED


def test_a_duty_with_a_deadline_is_not_excused_past_it() -> None:
    assert verdict("is it ok not to report it for a week", "It shall be reported within 24 hours.") == "no"


@pytest.mark.parametrize(
    ("question", "ruling"),
    [
        ("groundsman has closed the pitch, do i have to come to training", "no"),
        ("can i hand in my sketchbook on paper", "yes"),
        ("is it banned to hand in my sketchbook on paper", "no"),
    ],
)
def test_a_statement_whose_exception_is_met_neither_binds_nor_bans(question: str, ruling: str) -> None:
    stated = {
        "groundsman": "Players come to training in snow unless the groundsman has closed the pitch.",
        "sketchbook": "Paper copies are not taken, except for sketchbooks.",
    }
    assert verdict(question, next(rule for word, rule in stated.items() if word in question)) == ruling


@pytest.mark.parametrize(
    ("question", "ruling"),
    [
        ("im 23, can i drive the car", "yes"),
        ("im 23, can i drive the minibus", "no"),
        ("can i drive the van", "conditional"),
    ],
)
def test_of_a_row_only_the_column_that_is_named_is_read(question: str, ruling: str) -> None:
    assert verdict(question, "Driver: 21 to 24; Car: Yes; Minibus: No; Van: Yes, with a second person") == ruling


@pytest.mark.parametrize(
    ("sentence", "force"),
    [
        ("Paper claims are accepted.", Force.ALLOWED),
        ("Paper claims are not accepted.", Force.FORBIDDEN),
        ("You will not be allowed in late.", Force.FORBIDDEN),
        ("Late claims won't be accepted.", Force.FORBIDDEN),
    ],
)
def test_what_is_or_will_not_be_accepted(sentence: str, force: Force) -> None:
    assert read_norms(sentence)[0].force is force


def test_an_exception_is_met_in_one_word_or_in_two() -> None:
    rule = "A pass shall be worn at all times, other than in the staff room."
    assert verdict("do i have to wear my pass in the staffroom", rule) == "no"


@pytest.mark.parametrize(
    ("question", "sentence", "ruling"),
    [
        ("can a steward hand out sweets", "Sweets may be given by the chaperone only.", "conditional"),
        ("im not the lead, can i let him in at 2am", "Between 10 pm and 6 am only the lead may let him in.", "no"),
        ("im not the cook, can i tell a parent", "Only the cook may tell a parent.", "no"),
        ("can i tell a parent its safe", "Nobody but the cook may tell a parent that it is safe.", "no"),
        ("im the cook, can i tell a parent its safe", "Nobody but the cook may tell a parent that it is safe.", "yes"),
    ],
)
def test_what_one_alone_may_do_hangs_on_who_asks(question: str, sentence: str, ruling: str) -> None:
    assert verdict(question, sentence) == ruling


@pytest.mark.parametrize(
    ("sentence", "forces"),
    [
        ("Make-up is put on by the wardrobe staff.", [Force.STATED]),
        ("Hand luggage-tags back.", [Force.OBLIGED]),
        ("The first duty is to the child.", [Force.STATED]),
        ("There's no lower limit on cards.", [Force.NOT_OBLIGED]),
    ],
)
def test_a_word_with_a_hyphen_a_duty_to_somebody_and_no_limit_are_no_orders(sentence: str, forces: list[Force]) -> None:
    assert [norm.force for norm in read_norms(sentence)] == forces


@pytest.mark.parametrize(
    ("sentence", "hangs_on"),
    [
        ("A parent may look after a friend’s child.", (None, None)),
        ("A marker is paid for work done, save work that has to be marked again.", (None, "save work that has")),
    ],
)
def test_looking_after_is_no_time_and_saving_is_an_exception(
    sentence: str, hangs_on: tuple[str | None, str | None]
) -> None:
    (norm,) = read_norms(sentence)
    assert (norm.condition, norm.exception and norm.exception[:18]) == hangs_on


@pytest.mark.parametrize(
    ("question", "sentence", "ruling"),
    [
        ("can i smoke in the yard", "Can I smoke? Not indoors.", "no"),
        ("do i have to book a visit", "Do I have to book a visit? No.", "no"),
        ("can my partner ring", "Can my partner ring? Sorry, no, unless you have named them on a form.", "conditional"),
        ("can i film my lesson", "May I film? You can't, unless the head has agreed.", "conditional"),
        ("can i hand over a repeat", "Reception can hand over a repeat that a vet has approved.", "yes"),
    ],
)
def test_a_question_before_its_answer_rules_nothing_and_handing_over_is_no_limit(
    question: str, sentence: str, ruling: str
) -> None:
    assert verdict(question, sentence) == ruling


@pytest.mark.parametrize(
    ("question", "sentence", "ruling"),
    [
        (
            "i owe a fine, can i renew",
            "Loans are not renewed except for members, other than those who owe a fine.",
            "no",
        ),
        (
            "im a member, can i renew a loan",
            "No loan is renewed except for members, but not a second time.",
            "conditional",
        ),
        (
            "im a member, do i have to book",
            "You must book unless you are a member, except on match days.",
            "conditional",
        ),
        (
            "im a member, its match day, must i book",
            "You must book unless you are a member, except on match days.",
            "yes",
        ),
        (
            "im off at midnight, can i claim a taxi",
            "You can claim buses, but not taxis, unless you are off late.",
            "conditional",
        ),
        (
            "can i take it to france if the head agrees",
            "No laptop leaves, except to France, unless the head agrees.",
            "conditional",
        ),
        (
            "im on a trip, can i have my phone",
            "Phones are locked away except on trips, or where the head agrees.",
            "yes",
        ),
        ("can i help before my check is back", "Nobody helps until their check is back, not even for an hour.", "no"),
    ],
)
def test_an_exception_of_an_exception_takes_it_back(question: str, sentence: str, ruling: str) -> None:
    assert verdict(question, sentence) == ruling


@pytest.mark.parametrize(
    ("question", "above", "answer", "ruling"),
    [
        ("can i bring my own children", "May I bring my own children?", "No. Our insurance does not cover them.", "no"),
        ("is it fine if i dont come every week", "Do I have to come every week?", "Not at all.", "yes"),
        ("am i allowed to tell others my pay", "May I tell others my pay?", "A: Of course. It is yours.", "yes"),
        ("do i have to use the app", "Q: Do I have to use the app?", "A: No, a signed sheet will do as well.", "no"),
        ("must i have a bank account", "Must I have a bank account?", "A: You must, and in your own name.", "yes"),
        ("may we use candles", "May we use candles?", "Sorry, no: battery lights are fine.", "no"),
        ("may we use battery lights", "May we use candles?", "Sorry, no: battery lights are fine.", "yes"),
    ],
)
def test_a_bare_answer_is_of_what_the_question_above_it_asks(
    question: str, above: str, answer: str, ruling: str
) -> None:
    assert verdict(question, answer, above) == ruling
