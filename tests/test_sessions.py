"""Sessions at once over the real websocket: a short sample of `benchmarks.sessions`, and that it sees what is wrong."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import sessions
from benchmarks.served import Served, Session
from benchmarks.sessions import attend, people, wrong


def test_sessions_at_once_see_their_own_questions_and_answers_only(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = ["--home", str(home), "--sessions", "5", "--rounds", "2", "--think", "0"]
    monkeypatch.setattr(sys, "argv", ["benchmarks.sessions", *sample])
    status, done = sessions._main(), capsys.readouterr()
    assert status == 0, done.err
    assert done.out.startswith("5 sessions, 10 questions, ")
    assert "answered 10, wrong 0\n" in done.out


def test_an_answer_or_a_question_of_another_session_is_found(home: Path, app: Served) -> None:
    one, other = people(home, 2, 1)
    everybody = frozenset(one.questions + other.questions)
    assert attend(app, one, everybody, think=0).problems == ()
    another_answer = attend(app, replace(one, answers=other.answers), everybody, think=0).problems
    assert [problem.split(" [")[0] for problem in another_answer] == ["the answers", "after a reload: the answers"]
    with closing(Session(app)) as session:
        for question in other.questions + one.questions:
            session.run(question)
        found = list(wrong(session, one, 1, everybody))
    assert [problem.split(" [")[0] for problem in found] == ["the questions", "the answers"]
