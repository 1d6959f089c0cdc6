"""What candidates send in bulk: lists come back whole, and of a long message nothing is left out without a word."""

from __future__ import annotations

import csv
import io

import pytest

from desk.lists import LARGEST, answer_csv
from desk.queries import LONGEST_MAIL, MOST_QUESTIONS, Query, QueryError, read_message
from qa.assistant import Assistant


def _answered(content: str, assistant: Assistant) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer_csv(content.encode(), assistant).decode("utf-8-sig"))))


def test_a_list_comes_back_with_its_other_columns_and_its_short_rows(assistant: Assistant) -> None:
    rows = _answered("name,question,day\nSam,can I text a parent back?,Monday\nLee\n", assistant)
    assert [(r["name"], r["question"], r["day"]) for r in rows] == [
        ("Sam", "can I text a parent back?", "Monday"),
        ("Lee", "", ""),
    ]
    assert rows[0]["quote"].startswith("Do not exchange private texts")
    assert rows[1]["answer"].startswith("not asked: ")


def test_a_list_of_questions_may_say_so_in_the_plural(assistant: Assistant) -> None:
    (row,) = _answered("id,Questions\n1,can I text a parent back?\n", assistant)
    assert (row["Questions"], row["verdict"]) == ("can I text a parent back?", "no")


def test_a_list_without_a_header_has_its_questions_in_front(assistant: Assistant) -> None:
    (row,) = _answered("can I text a parent back?,Sam\n", assistant)
    assert (row["question"], row[""]) == ("can I text a parent back?", "Sam")


def test_a_formula_in_the_header_is_text_and_spaces_of_any_kind_stay(assistant: Assistant) -> None:
    (row,) = _answered('question,"=1+1"\ncan I text a parent back?,10\u00a0am\u2009sharp\n', assistant)
    assert row["'=1+1"] == "10\u00a0am\u2009sharp"


def test_a_list_that_is_too_large_is_refused(assistant: Assistant) -> None:
    with pytest.raises(QueryError, match="2,000,001 bytes are too many, 2,000,000 at most: split the file"):
        answer_csv(b"question\n".ljust(LARGEST + 1), assistant)


@pytest.mark.parametrize(
    ("pasted", "says"),
    [(" \n", "nothing was pasted"), ("a" * (LONGEST_MAIL + 1), "20,001 characters are too many, 20,000 at most")],
)
def test_a_message_that_is_none_or_a_book_is_refused(pasted: str, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        read_message(pasted)


FOOTER = "\nSam\nAcme Ltd. Do you need to print this email? Have you visited our website?"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (f"Can I text a parent?\nThanks{FOOTER}", ["Can I text a parent?"]),
        (f"Hi, is my laptop ok?\n\nMany thanks in advance,{FOOTER}", ["is my laptop ok?"]),
        ("Is my laptop ok?\n--\nAcme Ltd. Have you visited our website?", ["Is my laptop ok?"]),
        ("Thanks in advance,\nSam here. Can I text a parent?", ["Can I text a parent?"]),
        ("Hi, thanks for the booking.\nCan I text a parent?", ["Can I text a parent?"]),
        (
            "Could you help?\nThanks for the booking on Monday\nCan I park there?",
            ["Could you help?", "Can I park there?"],
        ),
        (f"Can I text a parent?\nThanks\nSam\nP.S. can I park?\n{FOOTER}", ["Can I text a parent?", "can I park?"]),
        ("Can I text a parent?\nThanks\n01/02/2026, 10:05 - Sam: Can I park?", ["Can I text a parent?", "Can I park?"]),
    ],
)
def test_after_the_signature_nothing_is_asked_but_an_afterthought(text: str, asked: list[str]) -> None:
    assert [query.text for query in read_message(text).queries] == asked


@pytest.mark.parametrize(
    "said",
    [
        "hi hope ur well, just wondering can i text a mum back",
        "hope ur ok just checking do i need a pin on my phone thx",
        "a mum texted me and i dont know can i reply",
        "I have a laptop, can we use it in class",
        "quick one is it ok to add a pupil on insta",
        "and whats the overtime rate",
        "have we got a key for the gate",
    ],
)
def test_a_question_in_the_middle_of_a_sentence_is_found_with_the_sentence_whole(said: str) -> None:
    assert [query.text for query in read_message(f"Morning Jo.\n{said}").queries] == [
        said.removeprefix("hi hope ur well, ")
    ]


@pytest.mark.parametrize(
    "said",
    [
        "The head told me that I can text parents.",
        "I will come in as soon as I can I promise.",
        "I did not see it nor can I find it.",
        "She leaves early and so can I.",
        "That is what I must do I think.",
        "Will check. Have a lovely weekend.",
    ],
)
def test_a_statement_is_no_question_for_the_words_in_it(said: str) -> None:
    assert read_message(said).queries == ()


@pytest.mark.parametrize(("asked", "more"), [(MOST_QUESTIONS, 0), (MOST_QUESTIONS + 5, 5)])
def test_questions_of_a_message_that_are_too_many_are_counted(asked: int, more: int) -> None:
    message = read_message("\n".join(f"Can I bring thing {number}?" for number in range(asked)))
    assert (len(message.queries), message.more) == (MOST_QUESTIONS, more)


@pytest.mark.parametrize("told", ["her d\u200bad hits her", "𝐡𝐞𝐫 𝐝𝐚𝐝 𝐡𝐢𝐭𝐬 𝐡𝐞𝐫", "hеr dаd hits hеr"])
def test_harm_is_seen_in_letters_that_only_look_like_plain_ones(told: str, assistant: Assistant) -> None:
    assert read_message(f"Hi Jo, {told}. Can I text her mum?").harm == "child"
    assert _answered(f"question\n{told}\n", assistant)[0]["verdict"] == "harm: child"


def test_personal_data_of_a_message_is_taken_out_and_harm_anywhere_in_it_is_seen() -> None:
    told = "Pupil Tom Smith texted me on 07700 900123."
    message = read_message(f"{told} Can I text him back?\n\nThanks,\nSam\n\nPS his dad hits him")
    asked = Query("Can I text him back?", "Pupil [name] texted me on [telephone number].")
    assert (message.queries, message.harm) == ((asked,), "child")
