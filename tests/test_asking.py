"""A question asked the other way round has the other answer, for the rules of language too."""

from __future__ import annotations

import random

import pytest

from qa.modality import Asks, read_question
from training.asking import turned


@pytest.mark.parametrize(
    ("question", "verdict", "other", "asks"),
    [
        ("can i text a parent back", "no", "yes", Asks.WHETHER_FORBIDDEN),
        ("do i have to sign in", "yes", "no", Asks.WHETHER_EXCUSED),
        ("can i film the class", "conditional", "conditional", Asks.WHETHER_FORBIDDEN),
    ],
)
def test_yes_and_no_change_places(question: str, verdict: str, other: str, asks: Asks) -> None:
    read = []
    for seed in range(20):
        found = turned(question, verdict, random.Random(seed))
        assert found is not None
        assert found[1] == other
        read.append(read_question(found[0]).asks)
    assert read.count(asks) > len(read) / 2


@pytest.mark.parametrize("question", ["who do i tell", "is there parking", "what if i cant come in"])
def test_what_has_no_other_way_round_stays(question: str) -> None:
    assert turned(question, "info", random.Random(1)) is None
    assert turned(question, "not_covered", random.Random(1)) is None
