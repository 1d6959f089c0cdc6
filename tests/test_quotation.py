"""Whether a question is of words that are not the handbook's."""

from __future__ import annotations

import pytest

from qa.quotation import misquotes

SAID = "Keep your own key to yourself at all times."


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("“Keep your key to yourself at all times.” Right?", True),
        ('does the handbook say "keep your key to yourself at all times"', True),
        ("“Keep your own key to yourself at all times.” Right?", False),
        ("“KEEP your own key – to yourself…” is that the rule", False),
        ("may I have a “key”?", False),
        ("the office wrote “please leave your key with the cleaner tonight”. can I?", False),
        ("the note says “give your key to the next supply teacher please”. do I have to?", False),
    ],
)
def test_a_quotation_that_the_handbook_does_not_have_is_no_ground_for_a_yes(question: str, wrong: bool) -> None:
    assert misquotes(question, SAID) is wrong
