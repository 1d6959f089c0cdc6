"""policy-ask as the outside sees it: JSON, batches, exit codes.

What depends on the process – its outputs, its exit code, its environment – is asked of one of its own.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TextIO

import pytest
from typer.testing import CliRunner, Result

from ingest.editions import open_edition
from qa.__main__ import answer_lines, app
from qa.answer import Answer
from qa.assistant import Assistant
from qa.citations import QuoteAltered
from qa.reader import CHECK_FIRST

ROOT = Path(__file__).parent.parent
QUESTION = "can I text a parent back?"
FIELDS = {
    "id", "question", "verdict", "text", "citations", "closest", "confidence", "edition", "answered_by", "elapsed_ms",
}  # fmt: skip
PLACE = {"label", "document", "title", "clause", "number", "heading_path", "quote", "start", "end"}


def run(
    *words: str, given: str = "", cwd: Path = ROOT, stdout: TextIO | int = subprocess.PIPE
) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "qa", *words],
        cwd=cwd,
        input=given,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        timeout=120,
    )


def policy_ask(*words: str, given: str = "", code: int = 0) -> Result:
    """What the command says in this process, which it ends with a code and without an error."""
    result = CliRunner().invoke(app, words, input=given)
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert result.exit_code == code, result.stderr
    return result


def batch(home: Path, *lines: str) -> list[dict[str, Any]]:
    said = policy_ask("--batch", "-", "--home", str(home), "--evidence", "3", given="\n".join(lines))
    return [json.loads(line) for line in said.stdout.splitlines()]


def test_an_answer_as_json_has_the_shape_of_the_contract(home: Path) -> None:
    answer = json.loads(policy_ask(QUESTION, "--json", "--home", str(home)).stdout)
    assert answer.keys() >= FIELDS
    assert answer["verdict"] == "no"
    assert all(citation.keys() >= PLACE for citation in answer["citations"])
    text = open_edition(home).documents["it-and-social-media"].text
    assert [text[c["start"] : c["end"]] for c in answer["citations"]] == [c["quote"] for c in answer["citations"]]


def test_a_refusal_cites_nothing_and_names_the_consultant(home: Path) -> None:
    answer = json.loads(policy_ask("how much holiday do I get?", "--json", "--home", str(home)).stdout)
    assert (answer["verdict"], answer["citations"]) == ("not_covered", [])
    assert "consultant" in answer["text"]
    assert answer["closest"]


def test_a_batch_answers_in_order_and_goes_on_after_a_bad_line(home: Path) -> None:
    lines = [
        json.dumps({"id": "a", "question": QUESTION}),
        "{not json",
        json.dumps({"id": "b", "question": ""}),
        json.dumps(
            {"id": "c", "question": "and parents?", "history": [{"question": "can I text pupils?", "answer": "No."}]}
        ),
    ]
    done = run("--batch", "-", "--home", str(home), "--evidence", "3", given="\n".join(lines))
    assert done.returncode == 0, done.stderr
    first, bad, other, last = map(json.loads, done.stdout.splitlines())
    assert (first["id"], last["id"]) == ("a", "c")
    assert bad.keys() == other.keys() == {"id", "error"}
    assert other["id"] == "b"
    assert [set(e) for e in first["evidence"]] == [{"document", "clause", "text", "score"}] * 3
    assert last["understood"].startswith("can I text pupils?")


def test_a_batch_goes_on_after_a_question_whose_quote_does_not_stand_on_its_page(assistant: Assistant) -> None:
    def ask(question: str, history: Any) -> Answer:
        if question == "bad":
            raise QuoteAltered("it/1 does not stand at 0–5 of it")
        return assistant.ask(question, history)

    lines = [json.dumps({"id": name, "question": name}) for name in ("can I text a parent?", "bad", "holiday pay?")]
    first, bad, last = answer_lines(SimpleNamespace(ask=ask), lines, 0)
    assert (first["id"], last["id"]) == ("can I text a parent?", "holiday pay?")
    assert bad == {"id": "bad", "error": "line 2: it/1 does not stand at 0–5 of it"}


def test_a_mark_of_byte_order_is_read_over_and_a_line_that_is_not_utf8_is_an_error(home: Path, tmp_path: Path) -> None:
    lines = [
        b"\xef\xbb\xbf" + json.dumps({"id": "a", "question": QUESTION}).encode(),
        b'{"id": "b", "question": "pupil\x92s"}',
    ]
    lines.append(json.dumps({"id": "c", "question": QUESTION}).encode())
    file = tmp_path / "questions.jsonl"
    file.write_bytes(b"\n".join(lines))
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(file.read_bytes(),))
    writer.start()
    for given in (file, pipe):
        done = policy_ask("--batch", str(given), "--home", str(home))
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        assert ["error" in row for row in rows] == [False, True, False]
        assert (rows[0]["id"], rows[2]["id"]) == ("a", "c")
    writer.join()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"can I text a parent?", 'is no JSON that can be read: a line is {"id": …, "question": "…", "history": […]}'),
        (b"[" * 100_000, 'is no JSON that can be read: a line is {"id": …, "question": "…", "history": […]}'),
        (b'{"id": ' + b"9" * 5000 + b"}", "is no JSON that can be read: a line is"),
        (b'{"question": "caf\xe9"}', "is not UTF-8 text (byte 17): save the questions as UTF-8"),
        (b"\xff\xfe", "is not UTF-8 text (byte 0): save the questions as UTF-8"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_in_plain_words(line: bytes, says: str, assistant: Assistant) -> None:
    (told,) = answer_lines(assistant, [line], 0)
    assert told["error"].startswith(f"line 1: {says}")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_batch_in_utf_16_as_windows_saves_it_is_refused_before_any_line(
    encoding: str, home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_bytes(("\ufeff" + f"{json.dumps({'question': QUESTION})}\r\n" * 2).encode(encoding))
    done = policy_ask("--batch", str(file), "--home", str(home), code=2)
    assert (done.stdout, done.stderr) == ("", "error: the questions are UTF-16 text: save them as UTF-8\n")


def test_half_a_surrogate_pair_ends_no_batch(home: Path) -> None:
    followed, named, last = batch(
        home,
        r'{"id": "a", "question": "and parents?", "history": [{"question": "can I text \ud800 pupils?"}]}',
        r'{"id": "\ud800", "question": "can I text a parent back?"}',
        json.dumps({"id": "c", "question": QUESTION}),
    )
    assert followed["understood"] == "can I text pupils? and parents?"
    assert named == {"id": None, "error": r"line 2: id '\ud800' is nothing that JSON can hold: give a text or a number"}
    assert (last["id"], last["verdict"]) == ("c", "no")


@pytest.mark.parametrize("given", ["NaN", "-Infinity", "1e999", '{"a": NaN}'])
def test_an_id_that_no_json_can_hold_is_refused(given: str, assistant: Assistant) -> None:
    (line,) = answer_lines(assistant, [f'{{"id": {given}, "question": "{QUESTION}"}}'], 0)
    assert (line["id"], "is nothing that JSON can hold" in line["error"]) == (None, True)


@pytest.mark.parametrize("bad", ["{not json", "[]", '{"question": ""}', '{"id": NaN, "question": "can I smoke?"}'])
def test_a_bad_line_never_has_the_id_of_another(bad: str, assistant: Assistant) -> None:
    """An error without an id has none, not the line's number; an answer without one has its number."""
    lines = [json.dumps({"question": QUESTION}), bad, json.dumps({"id": 2, "question": QUESTION})]
    assert [line["id"] for line in answer_lines(assistant, lines, 0)] == [1, None, 2]


def test_no_history_is_absent_null_or_empty_and_nothing_else(home: Path) -> None:
    given = ["null", "[]", "0", "false", "{}", '""', '"text"']
    lines = batch(home, *(f'{{"question": "{QUESTION}", "history": {history}}}' for history in given))
    assert [line.get("error", "")[8:].startswith("history is a list") for line in lines] == [False] * 2 + [True] * 5


def test_without_an_edition_it_says_what_to_run(tmp_path: Path) -> None:
    done = run(QUESTION, "--home", str(tmp_path))
    assert done.returncode == 1
    assert "policy-ingest" in done.stderr


@pytest.mark.parametrize("words", [(), ("  ",), (QUESTION, "--batch", "-"), ("--batch", "nowhere.jsonl"), ("--wrong",)])
def test_misuse_ends_with_2_and_no_traceback(words: tuple[str, ...], home: Path) -> None:
    assert "Traceback" not in policy_ask(*words, "--home", str(home), code=2).stderr


@pytest.mark.parametrize("words", [(QUESTION, "--json"), ("--batch", "-")])
def test_what_only_people_read_is_not_left_out_without_a_word(words: tuple[str, ...], home: Path) -> None:
    done = policy_ask(*words, "--explain", "--home", str(home), code=2)
    assert done.stdout == ""
    assert "--evidence N" in done.stderr


@pytest.mark.parametrize("words", [(QUESTION,), (QUESTION, "--json"), ("--batch", "-")])
def test_an_output_that_is_full_ends_in_a_line(words: tuple[str, ...], home: Path) -> None:
    given = json.dumps({"question": QUESTION}) if "--batch" in words else ""
    with Path("/dev/full").open("w") as full:
        done = run(*words, "--home", str(home), given=given, stdout=full)
    assert (done.returncode, done.stderr) == (
        2,
        "error: No space left on device: look at the path, who may use it, and the room on its disk\n",
    )


def test_an_output_that_takes_no_quotation_marks_says_what_to_set(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    done = run(QUESTION, "--json", "--home", str(home))
    assert (done.returncode, done.stderr) == (
        2,
        "error: '\\u201c' cannot be written as ascii: set PYTHONIOENCODING=utf-8:backslashreplace\n",
    )


def test_a_reader_who_has_read_enough_is_told_nothing(home: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as nobody:
        done = run(QUESTION, "--json", "--home", str(home), stdout=nobody)
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize("command", ["qa 'can I text a parent back?'", "eval check", "eval run --only contact"])
@pytest.mark.parametrize("closed", [1, 2])
def test_an_output_that_is_closed_is_nobodys_fault(command: str, closed: int, home: Path, tmp_path: Path) -> None:
    reports = f"--reports {tmp_path}" if "run" in command else ""
    words = f"{sys.executable} -m {command} {reports} --home {home} {closed}>&-"
    done = subprocess.run(["bash", "-c", words], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert bool(done.stdout) is (closed == 2)
    assert " s in all" not in done.stdout


def test_settings_that_are_not_utf_8_end_in_a_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"POLICY_QA_MODEL=caf\xe9")
    done = run(QUESTION, cwd=tmp_path)
    assert (done.returncode, "save what was given, and .env, as UTF-8 text" in done.stderr) == (2, True)


def test_an_unknown_edition_is_named(home: Path) -> None:
    assert "nothing" in policy_ask(QUESTION, "--home", str(home), "--edition", "nothing", code=1).stderr


def test_a_person_reads_verdict_quote_and_place(home: Path) -> None:
    done = policy_ask(QUESTION, "--home", str(home), "--explain")
    assert done.stdout.startswith("No.")
    assert "IT and Social Media, 9" in done.stdout
    assert "kept: rank 1" in done.stdout


def test_a_quote_is_not_broken_where_a_line_would_be_full(home: Path) -> None:
    (quote, *_) = json.loads(policy_ask(QUESTION, "--json", "--home", str(home)).stdout)["citations"]
    assert f"“{quote['quote']}” [1]\n" in policy_ask(QUESTION, "--home", str(home)).stdout


def test_the_words_a_person_wrote_stand_above_the_answer_to_what_tells_of_harm(home: Path) -> None:
    said = policy_ask("I want to kill myself", "--home", str(home)).stdout
    assert said.startswith("You do not have to carry this alone\nIf you are in danger now")
    assert said.index("Samaritans on 116 123") < said.index("IT and Social Media")
    alarm = "having a seizure right now can I use my mobile to call 999?"
    notice = json.loads(policy_ask(alarm, "--json", "--home", str(home)).stdout)["notice"]
    assert (notice["harm"], notice["title"]) == ("emergency", "Call 999 now")
    assert "No rule about phones stands in the way of an emergency call." in notice["paragraphs"][0]
    at_length = policy_ask(
        "It was a usual day. " * 120 + "I want to kill myself", "--json", "--home", str(home), code=2
    )
    told = json.loads(at_length.stdout)
    assert (told["notice"]["harm"], "too many" in told["error"]) == ("self", True)


def test_of_a_batch_what_tells_of_harm_has_its_notice_and_nothing_else_has(home: Path, tmp_path: Path) -> None:
    questions = ["he sad he wnts to kil himslf", QUESTION, "a pupil told me her dad hits her"]
    lines = batch(home, *(json.dumps({"question": question}) for question in questions))
    assert [line["notice"]["harm"] if "notice" in line else "" for line in lines] == ["child", "", "child"]
    assert all(line["verdict"] and line["id"] == number for number, line in enumerate(lines, 1))
    (at_length,) = batch(home, json.dumps({"question": "It was a usual day. " * 120 + "I want to kill myself"}))
    assert (at_length["notice"]["harm"], "too many" in at_length["error"]) == ("self", True)
    elsewhere = run("I have chest pains", "--home", str(home), cwd=tmp_path)
    assert elsewhere.stdout.startswith("Call 999 now\n"), elsewhere.stderr


BOTH = "Can I text a parent back? And who do I report a lost password to?"


def test_of_several_questions_each_has_its_evidence_and_the_best_of_all_stand_above(home: Path) -> None:
    answer = json.loads(policy_ask(BOTH, "--json", "--evidence", "3", "--home", str(home)).stdout)
    parts = [part["evidence"] for part in answer["parts"]]
    assert [len(found) for found in (answer["evidence"], *parts)] == [3, 3, 3]
    best: dict[str, float] = {}
    for found in (found for part in parts for found in part):
        best[found["clause"]] = max(found["score"], best.get(found["clause"], 0.0))
    assert [found["score"] for found in answer["evidence"]] == sorted(best.values(), reverse=True)[:3]


def test_where_no_yes_or_no_is_dared_it_says_to_check_first(home: Path) -> None:
    told = policy_ask("is it illegal to text a pupil?", "--home", str(home)).stdout
    assert told.startswith(f"{CHECK_FIRST}\n“Do not exchange private texts")


def test_several_answers_stand_each_under_its_question_with_the_labels_of_the_json(home: Path) -> None:
    done = policy_ask(BOTH, "--explain", "--evidence", "2", "--home", str(home))
    answer = json.loads(policy_ask(BOTH, "--json", "--home", str(home)).stdout)
    questions = [f"{number}. {part['question']}" for number, part in enumerate(answer["parts"], 1)]
    told, _, why = done.stdout.partition("Best clauses")
    headings = [line for line in told.splitlines() if line[:3] in ("1. ", "2. ")]
    assert headings == [line for line in why.splitlines() if line in questions] == questions
    assert re.findall(r"” \[(\d)\]$", told, re.MULTILINE) == [str(c["label"]) for c in answer["citations"]]
    assert why.count("kept: rank 1") == 2
