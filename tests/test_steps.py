"""An answer step by step: progress, then statement after statement, each checked; and what all of it took."""

from __future__ import annotations

import json
from typing import Any

import pytest
from scripted_endpoint import Endpoint, Script
from scripted_model import NAME, QUESTION, SHORT, TRUE, Models, settings, with_model

from qa.answer import numbered, pieces
from qa.assistant import Assistant
from qa.draft import Usage
from qa.model import Drafter
from qa.prompt import VERSION
from qa.question import BadQuestion
from qa.steps import Step

SECOND = "Can I share my password with a pupil?"
DRAFTED = json.dumps({"verdict": "no", "statements": [{"label": 1, "quote": TRUE, "text": SHORT}]})
HISTORY = [{"question": QUESTION, "answer": "No."}]


@pytest.fixture
def fresh(assistant: Assistant) -> Assistant:
    """An assistant that has answered nothing yet."""
    return Assistant(assistant.edition, assistant.finder, assistant.judge)


@pytest.fixture
def speaking(assistant: Assistant, models: Models) -> Assistant:
    return with_model(assistant, Drafter(models[False], NAME, settings()))


def script(endpoint: Endpoint, *scripts: Script) -> None:
    endpoint.scripts, endpoint.requests[:] = list(scripts), []


def kinds(steps: list[Step]) -> list[str]:
    return [step.kind for step in steps]


def words(steps: list[Step]) -> str:
    return "".join(step.words for step in steps)


def without_times(answer: Any) -> dict[str, Any]:
    return {key: value for key, value in answer.to_dict().items() if key != "elapsed_ms"}


def test_progress_comes_first_then_the_statements_then_the_answer(fresh: Assistant) -> None:
    steps = list(fresh.steps(QUESTION))
    answer = steps[-1].answer
    assert answer is not None
    assert kinds(steps) == ["finding", "reading", "checking", *["says"] * len(answer.citations), "answer"]
    assert words(steps) == answer.text
    assert without_times(answer) == without_times(fresh.ask(QUESTION))


def test_what_is_known_already_is_said_without_progress(fresh: Assistant) -> None:
    first, again = list(fresh.steps(QUESTION)), list(fresh.steps(QUESTION))
    assert kinds(again) == kinds(first)[3:]
    assert words(again) == words(first)


def test_a_refusal_is_said_in_one_piece(fresh: Assistant) -> None:
    *_, said, last = fresh.steps("how tall is the eiffel tower in feet")
    assert last.answer is not None
    assert (last.answer.verdict, said.words) == ("not_covered", last.answer.text)


def test_of_two_questions_the_first_is_answered_before_the_second_is_looked_for(fresh: Assistant) -> None:
    steps = list(fresh.steps(f"{QUESTION} {SECOND}"))
    answer = steps[-1].answer
    assert answer is not None
    one, two = (["finding", "reading", "checking", *["says"] * len(part.citations)] for part in answer.parts)
    assert kinds(steps) == [*one, *two, "answer"]
    assert words(steps) == answer.text


def test_labels_in_the_words_of_several_answers_are_those_of_their_citations(fresh: Assistant) -> None:
    answer = fresh.ask(f"{QUESTION} {SECOND}")
    assert [c.label for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    for citation in answer.citations:
        assert f"“{citation.quote}” [{citation.label}]" in answer.text
    assert "".join(pieces(answer)) == answer.text
    assert "\n".join(part.text for part in numbered(answer.parts)) == answer.text


def test_a_mistake_is_told_before_the_first_step(fresh: Assistant) -> None:
    with pytest.raises(BadQuestion):
        fresh.steps("   ")


def test_a_models_statement_is_said_once_it_is_checked_and_none_of_what_was_dropped(
    speaking: Assistant, endpoint: Endpoint
) -> None:
    statements = [{"label": 1, "quote": TRUE, "text": SHORT}, {"label": 1, "quote": TRUE, "text": "HACKED"}]
    script(endpoint, Script(content=json.dumps({"verdict": "no", "statements": statements})))
    steps = list(speaking.steps(QUESTION))
    assert kinds(steps) == ["finding", "reading", "checking", "says", "answer"]
    assert words(steps) == f"No. {SHORT} [1]"
    assert not [step for step in steps if "HACKED" in step.words]


# --- what it took -------------------------------------------------------------------------

TOOK = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}


def restated(question: str) -> Script:
    return Script(content=json.dumps({"question": question}), usage=TOOK)


def test_the_tokens_of_putting_a_follow_up_anew_count_too(speaking: Assistant, endpoint: Endpoint) -> None:
    silent = Script(content='{"verdict": "not_covered", "statements": []}')
    script(endpoint, restated("can I text a pupil back?"), silent)
    answer = speaking.ask("and a pupil?", HISTORY)
    assert len(endpoint.requests) == 2
    assert answer.usage == Usage(800, 70)


@pytest.mark.parametrize("question", ["do I get paid holiday?", "is TikTok better?"], ids=["taken", "not taken"])
def test_they_count_where_the_handbook_then_does_not_answer(
    question: str, speaking: Assistant, endpoint: Endpoint
) -> None:
    history = [{"question": "do I get paid sick leave?", "answer": ""}]
    script(endpoint, restated(question))
    answer = speaking.ask("and holiday?", history)
    assert len(endpoint.requests) == 1
    assert (answer.verdict, answer.usage, answer.prompt) == ("not_covered", Usage(100, 10), VERSION)


def test_tokens_of_a_reply_that_could_not_be_read_are_recorded(speaking: Assistant, endpoint: Endpoint) -> None:
    script(endpoint, Script(content="not JSON", usage=TOOK))
    answer = speaking.ask(QUESTION)
    assert (answer.answered_by, answer.usage) == ("reader", Usage(100, 10))


def test_tokens_of_all_questions_of_a_message_are_added_up(speaking: Assistant, endpoint: Endpoint) -> None:
    script(endpoint, Script(content=DRAFTED, usage=TOOK), Script(content="not JSON", usage=TOOK))
    answer = speaking.ask(f"{QUESTION} {SECOND}")
    assert answer.usage == Usage(200, 20)
    assert (answer.answered_by, answer.fallback_reason) == (
        "openai:scripted",
        "the model's answer could not be read",
    )
