"""For whom a handbook is, is said by what names them or all; a rule for somebody does not say it."""

from __future__ import annotations

import pytest

from qa.scope import is_off_scope

SCOPE = "The aim of this policy is to provide clear guidance to all candidates."


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("is this policy for volunteers as well?", "All volunteers must wear a badge."),
        ("are the rules for everyone", "All volunteers must wear a badge."),
        ("do your rules apply to me as a permanent teacher?", SCOPE),
        ("do the rules apply to headteachers as well", SCOPE),
        ("does the handbook apply to students on placement", SCOPE),
        ("do undergrads have to follow this", "This procedure applies to staff and postgraduate students."),
        ("are visitors bound by these rules", "All volunteers must wear a badge."),
    ],
)
def test_a_sentence_that_names_neither_those_asked_of_nor_all_does_not_say_for_whom_it_is(
    question: str, sentence: str
) -> None:
    assert is_off_scope(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("is this policy for teaching assistants as well", SCOPE),
        ("do these rules apply to me", SCOPE),
        ("do these rules apply to visitors", "This page is for staff and for visitors."),
        ("do these rules apply to visitors", "These rules apply to everyone on site."),
        ("does this policy cover tattoos", "Tattoos need not be covered."),
        ("does the badge rule apply to volunteers", "All volunteers must wear a badge."),
        ("do i need a badge as a volunteer", "All volunteers must wear a badge."),
        ("does the policy cover me making the first move", "Do not befriend pupils."),
    ],
)
def test_what_says_for_whom_it_is_and_other_questions_are_on_the_point(question: str, sentence: str) -> None:
    assert not is_off_scope(question, sentence)
