"""A taught question counts for what the asker asks, not for the words it shares."""

from __future__ import annotations

import pytest

from ingest.clauses import Clause, Sentence
from ingest.taught import TaughtQuestion
from qa.assistant import Assistant
from qa.evidence import Candidate, Recalled
from qa.frames import read_question
from qa.recall import ALIKE, DOUBT, taught_silent, taught_strength, votes

TEXT = "Never share your password."
SENTENCE = Sentence(TEXT, 0, len(TEXT))
CLAUSE = Clause("page/a", "page", "1", ("Page",), "", TEXT, 0, len(TEXT), (SENTENCE,))
CANDIDATE = Candidate(CLAUSE, SENTENCE, 0.9, {}, True, "kept")


def recalled(question: str, verdict: str, clause: str = "page/a", score: float = 1.0) -> Recalled:
    return Recalled(TaughtQuestion("t", question, (), verdict, ((clause, 0),), 1), score)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("can i tell a colleague my login", "no"),
        ("is it banned to tell a colleague my login", "yes"),
        ("do i have to keep my login to myself", "yes"),
        ("do i have to change my login", None),
        ("the head has agreed, can i tell a colleague my login", None),
    ],
)
def test_a_taught_verdict_is_turned_with_the_question(question: str, verdict: str | None) -> None:
    found = votes([recalled("can i give a mate my password", "no")], read_question(question), CANDIDATE)
    assert found == ({} if verdict is None else {verdict: pytest.approx(1 / (1 + DOUBT))})


def test_conditions_stay_conditions_when_turned() -> None:
    taught = recalled("can i give a mate my password", "conditional")
    assert set(votes([taught], read_question("is it banned to give it away"), CANDIDATE)) == {"conditional"}


def test_only_the_same_sentence_and_only_what_is_alike_counts() -> None:
    frame = read_question("can i share it")
    elsewhere = recalled("can i share it", "no", clause="page/b")
    unlike = recalled("can i park here", "no", score=0.3)
    assert sum(votes([elsewhere, unlike], frame, CANDIDATE).values()) == 0


def test_two_that_disagree_share_the_vote_by_likeness() -> None:
    near, far = recalled("can i share it", "no", score=0.9), recalled("can i share it at home", "yes", score=0.7)
    found = votes([near, far], read_question("can i share this"), CANDIDATE)
    assert found["no"] > found["yes"] > 0


@pytest.mark.parametrize(
    ("verdicts", "scores", "silent"),
    [
        (("not_covered", "not_covered", "no"), (0.8, 0.75, 0.74), True),
        (("no", "not_covered", "not_covered"), (0.7, 0.75, 0.8), True),
        (("not_covered", "no", "not_covered"), (0.8, 0.75, 0.74), False),
        (("not_covered", "not_covered", "no"), (ALIKE - 0.01, 0.65, 0.6), False),
        (("not_covered",), (0.9,), False),
    ],
)
def test_where_the_two_most_alike_are_not_covered_this_is_not(
    verdicts: tuple[str, ...], scores: tuple[float, ...], silent: bool
) -> None:
    taught = [recalled("can i", verdict, score=score) for verdict, score in zip(verdicts, scores, strict=True)]
    assert taught_silent(taught) is silent


def test_likeness_to_a_taught_question_counts_from_half() -> None:
    assert [taught_strength(x) for x in (0.2, 0.5, 0.75, 1.0)] == [0, 0, 0.5, 1]


def test_a_taught_follow_up_says_nothing_of_the_question_before_it(assistant: Assistant) -> None:
    question = "do i need a pin on my mobile in school"
    follow_ups = [r for r in assistant.finder.find(question).recalled if r.taught.history]
    assert follow_ups == []
    assert [
        r for r in assistant.finder.find(f"{question} how long has it got to be", True).recalled if r.taught.history
    ]
