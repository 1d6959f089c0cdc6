"""A yes or a no in words that fit the question, where “Yes” alone could be read as leave to do it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk.transcript import answer_text
from qa.answer import OPENINGS, Answer, Citation
from qa.fitting import fitted, fitting

NEVER = "Never share your password with staff or pupils."
LOCK = "You must lock your computer."


def answered(question: str, verdict: str, quote: str) -> Answer:
    citation = Citation(1, "it", "IT", "it/1", "1", ("IT",), quote, 0, len(quote))
    return Answer(question, verdict, "", (citation,), (), 0.9, "e", "reader", 1.0)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "verdict", "quote", "words", "shown"),
    [
        ("is it against the rules to share my password", "yes", NEVER, "Yes, that is against the handbook", "no"),
        ("do i have to lock my computer", "yes", LOCK, "Yes, that is required", "yes"),
        ("so i dont have to lock my computer", "no", LOCK, "No, that is required", "no"),
        ("can i get away without locking my computer", "no", LOCK, "No, that is required", "no"),
    ],
)
def test_a_question_asked_the_other_way_round_is_answered_in_its_own_words(
    question: str, verdict: str, quote: str, words: str, shown: str
) -> None:
    assert fitting(answered(question, verdict, quote)) == (words, shown)


@pytest.mark.parametrize(
    ("question", "verdict", "quote"),
    [
        ("can i share my password", "no", NEVER),  # “No” says it
        ("is it against the rules to share my password", "no", NEVER),  # the rules of language say otherwise
        ("is it against the rules to share my password", "conditional", NEVER),
        ("do i have to lock my computer", "yes", "Lock your computer if you walk around."),  # hangs on something
        ("should i steer clear of sharing my password", "yes", NEVER),  # asks of what is left
        ("my password, share it, banned from it or what", "no", NEVER),
    ],
)
def test_where_the_words_are_not_certain_yes_and_no_stay_bare(question: str, verdict: str, quote: str) -> None:
    assert fitting(answered(question, verdict, quote)) is None


@pytest.mark.parametrize("question", ["is it daft to share my password", "my password is out of it then, yeah"])
def test_a_yes_over_a_ban_that_no_words_fit_is_left_to_the_quote(question: str) -> None:
    answer = answered(question, "yes", NEVER)
    assert fitting(answer) == ("The handbook says", "info")
    assert answer_text(answer).startswith(f"The handbook says:\n“{NEVER}”")
    assert fitting(answered(question, "no", NEVER)) is None
    assert fitting(answered(question, "yes", "Never share your password, except with Sue.")) is None


def test_a_follow_up_is_not_reworded_by_half_of_what_was_asked() -> None:
    answer = answered("is it against the rules to share my password", "yes", NEVER)
    together = replace(answer, understood="can i share my badge is it against the rules")
    assert fitting(together) == ("The handbook says", "info")
    assert fitting(replace(together, verdict="no")) is None


def test_a_transcript_says_the_verdict_in_the_words_that_the_chat_said_it_in() -> None:
    answer = answered("is it against the rules to share my password", "yes", NEVER)
    assert answer_text(answer).startswith("Yes, that is against the handbook.\n")
    assert answer_text(answered("can i share my password", "no", NEVER)).startswith(OPENINGS["no"])


@pytest.mark.parametrize(
    ("question", "verdict", "opens"),
    [
        ("is it against the rules to share my password", "yes", "Yes, that is against the handbook. The handbook says"),
        ("can i share my password", "no", "No. The handbook says"),
        ("is it daft to share my password", "yes", "The handbook says"),
    ],
)
def test_the_text_alone_opens_as_the_page_does(question: str, verdict: str, opens: str) -> None:
    answer = answered(question, verdict, NEVER)
    told = replace(answer, text=f"{OPENINGS[verdict]} {answer.citations[0].told}")
    assert fitted(told).text == f"{opens}: “{NEVER}” [1]"
    assert fitted(told).verdict == verdict
