"""A question asked the other way round has the other answer, for the rules of language too."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from homes import ROOT

from eval.gold import read_gold
from qa.assistant import Assistant
from qa.frames import Asks, read_question
from training.asking import all_turned, turned


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


def test_an_answer_turns_round_with_its_question(assistant: Assistant) -> None:
    """Or a consultant is to be asked; hardly one of 189 stays as it was, which would be a yes for a no."""
    ends: Counter[str] = Counter()
    for gold in read_gold([ROOT / "eval" / "gold" / "dev.jsonl"]):
        if gold.history or gold.verdict not in ("yes", "no"):
            continue
        ways = all_turned(gold.question, gold.verdict)
        plain = assistant.ask(gold.question).verdict if ways else ""
        for question, _ in ways:
            verdicts = {plain, assistant.ask(question).verdict}
            ends["turns" if verdicts == {"yes", "no"} else "stays" if verdicts < {"yes", "no"} else "held back"] += 1
    asked = sum(ends.values())
    assert asked > 150
    assert ends["stays"] <= 0.02 * asked
    assert ends["turns"] >= 0.75 * asked
