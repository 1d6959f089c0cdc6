"""For whom a handbook is, is said by what names them or all; a rule for somebody does not say it."""

from __future__ import annotations

import pytest

from qa.scope import has_rules_elsewhere, is_off_scope

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
        ("are visitors covered by this policy", "All volunteers must wear a badge."),
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


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "does this go for lorry drivers on the road",
            "All staff keep to these; drivers on the road follow the Fleet Code.",
        ),
        ("does this apply to forklift drivers", "This is for all. Forklift drivers have rules of their own."),
        (
            "do these rules cover agency chefs",
            "For all staff, but agency chefs are covered by their agency's own rules.",
        ),
        (
            "are night porters bound by this",
            "It is for all who work here. Night porters follow the hotel's guidance instead.",
        ),
        (
            "is it all for volunteers under 18",
            "It is for all volunteers. Volunteers under 18 follow the Young Helpers Guide.",
        ),
        (
            "does the policy apply to contractors",
            "It applies to everyone on site. Contractors are subject to separate terms.",
        ),
        ("is this for apprentices", "It is for all staff, except that apprentices have a separate policy."),
        (
            "are contractors covered by this policy",
            "It is for all. Contractors must follow their employer's procedures.",
        ),
    ],
)
def test_who_follows_another_book_gets_no_yes_from_what_is_for_all(question: str, said: str) -> None:
    assert has_rules_elsewhere(question, said)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("does this go for cooks", "These rules are for everyone; lorry drivers follow the Fleet Handbook."),
        ("do these rules apply to me", "These rules are for everyone; lorry drivers follow the Fleet Handbook."),
        ("does this apply to volunteers", "It is for all staff. Volunteers must follow these rules."),
        ("does this apply to volunteers", "It is for all staff. Volunteers follow the handbook too."),
        ("do tutors have to follow the school's policy", "Tutors must follow the school's policy."),
        ("do lorry drivers need a badge", "All wear badges; lorry drivers follow the Fleet Handbook."),
        (
            "do these rules apply to staff",
            "They are for all who work here. All staff must follow the school's IT policy.",
        ),
    ],
)
def test_everybody_else_and_other_questions_are_answered(question: str, said: str) -> None:
    assert not has_rules_elsewhere(question, said)
