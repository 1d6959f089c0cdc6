"""What candidates send in bulk: lists come back whole, and of a long message nothing is left out without a word."""

from __future__ import annotations

import csv
import io

import pytest

from desk.lists import answer_csv
from desk.queries import MOST_QUESTIONS, read_message
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


def test_a_list_without_a_header_has_its_questions_in_front(assistant: Assistant) -> None:
    (row,) = _answered("can I text a parent back?,Sam\n", assistant)
    assert (row["question"], row[""]) == ("can I text a parent back?", "Sam")


def test_a_formula_in_the_header_is_text_and_spaces_of_any_kind_stay(assistant: Assistant) -> None:
    (row,) = _answered('question,"=1+1"\ncan I text a parent back?,10\u00a0am\u2009sharp\n', assistant)
    assert row["'=1+1"] == "10\u00a0am\u2009sharp"


@pytest.mark.parametrize(("asked", "more"), [(MOST_QUESTIONS, 0), (MOST_QUESTIONS + 5, 5)])
def test_questions_of_a_message_that_are_too_many_are_counted(asked: int, more: int) -> None:
    message = read_message("\n".join(f"Can I bring thing {number}?" for number in range(asked)))
    assert (len(message.queries), message.more) == (MOST_QUESTIONS, more)
