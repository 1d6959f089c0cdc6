"""policy-eval as it is typed: what it prints, writes, refuses, and with which exit code it ends."""

from __future__ import annotations

import json
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from homes import republish
from scripted_endpoint import Script, serve
from typer.testing import CliRunner, Result

from desk.records import RecordsError, key_of, open_records
from desk.register import Exchange, write_exchange
from desk.taught import FILES
from eval.__main__ import app
from eval.asking import open_embedder
from eval.bench import BenchmarkError, read_benchmark
from eval.compare import NO_RUN, NOTHING
from eval.coverage import asked_groups, coverage, told
from eval.figures import MEANINGS
from eval.files import floors_file
from eval.gate import read_bar
from eval.gold import GoldError, read_gold
from eval.label import Label, add, gold_line
from eval.leaks import check_leaks, twins, twins_within
from eval.places import placed
from qa.assistant import Assistant

ROOT = Path(__file__).parent.parent
TEXTS = (
    "Do not exchange private texts, phone numbers, personal email addresses or photos of a personal nature with pupils"
    " or parents and carers."
)
TOWER = "how tall is the eiffel tower in feet"
BLUETOOTH = "Turn off your bluetooth setting on your mobile phone while at the school."
ROWS: list[dict[str, Any]] = [
    {
        "id": "g1",
        "question": "would it be fine for me to swap numbers with a mother so she can message me privately",
        "verdict": "no",
        "evidence": [{"quote": TEXTS, "role": "required"}],
        "tags": ["contact"],
    },
    {
        "id": "g2",
        "question": "how tall is the eiffel tower in feet",
        "verdict": "not_covered",
        "evidence": [],
        "tags": [],
    },
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as of a checkout: gold, floors, and the current directory in it."""
    (tmp_path / "eval/gold").mkdir(parents=True)
    (tmp_path / "eval/floors.toml").write_text("[floors]\nexact_slices = 1.0\n")
    write_gold(tmp_path / "eval/gold/dev.jsonl", *ROWS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    return tmp_path


def write_gold(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def policy_eval(*arguments: object, typed: str = "") -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=typed)


def held(folder: Path, **changed: object) -> None:
    """Changes how g1 is held in the accepted run."""
    path = folder / "eval/accepted.json"
    found = json.loads(path.read_text())
    found["questions"]["g1"] |= changed
    path.write_text(json.dumps(found))


def test_without_a_command_the_gold_of_the_checkout_is_asked_and_reported(folder: Path, home: Path) -> None:
    result = policy_eval("--home", home)
    assert result.exit_code in (0, 1)
    assert "2 questions, edition" in result.stdout
    assert NO_RUN in result.stdout
    assert NO_RUN.capitalize() in (folder / "eval/reports/report.md").read_text("utf-8")
    names = {path.name for path in (folder / "eval/reports").iterdir()}
    assert names == {"report.json", "report.md", "report.html", "junit.xml", "timings.json"}


def test_a_file_and_options_without_a_command_are_the_same_run(folder: Path, home: Path) -> None:
    other = write_gold(folder / "other.jsonl", ROWS[1] | {"id": "x1"})
    for arguments in (["run", other], [other]):
        result = policy_eval(*arguments, "--home", home, "--reports", folder / "out", "--jobs", 2)
        assert "1 questions, edition" in result.stdout
    report = json.loads((folder / "out/report.json").read_text())
    assert [row["id"] for row in report["answers"]] == ["x1"]


def test_outside_a_checkout_the_bar_is_the_one_that_comes_with_the_program(folder: Path, home: Path) -> None:
    (folder / "eval/floors.toml").unlink()
    result = policy_eval("eval/gold/dev.jsonl", "--home", home)
    assert (result.exit_code, read_bar(floors_file(None))) == (0, read_bar(ROOT / "eval/floors.toml"))


def test_the_same_run_twice_is_the_same_bytes(folder: Path, home: Path) -> None:
    for name in ("a", "b"):
        policy_eval("--home", home, "--reports", folder / name)
    for name in ("report.json", "report.md", "report.html", "junit.xml"):
        assert (folder / "a" / name).read_bytes() == (folder / "b" / name).read_bytes()


def test_what_was_accepted_passes_and_what_got_worse_fails_and_is_named(folder: Path, home: Path) -> None:
    policy_eval("--home", home)
    assert policy_eval("accept", "--reason", "the first").exit_code == 0
    assert policy_eval("--home", home).exit_code == 0
    report = json.loads((folder / "eval/reports/report.json").read_text())
    right = report["answers"][0]["right"]
    held(folder, credit=0.0 if right else 1.0, confidence=0.95)
    result = policy_eval("--home", home)
    assert result.exit_code == (0 if right else 1)
    assert ("g1 lost credit" in result.stdout) is not right


def test_an_accepted_run_of_other_gold_is_told_and_fails_where_it_should_be_of_this(folder: Path, home: Path) -> None:
    other = write_gold(folder / "other.jsonl", ROWS[1] | {"id": "x1"})
    policy_eval(other, "--home", home)
    policy_eval("accept", "--reason", "of other gold")
    for arguments, fails in (([], True), (["eval/gold/dev.jsonl"], True), ([other], False)):
        result = policy_eval(*arguments, "--home", home)
        assert (result.exit_code, NOTHING in result.stdout) == (int(fails), fails)
    third = write_gold(folder / "third.jsonl", ROWS[1] | {"id": "y1"})
    result = policy_eval(third, "--home", home)
    assert (result.exit_code, NOTHING in result.stdout) == (0, True)
    assert NOTHING.capitalize() in (folder / "eval/reports/report.md").read_text("utf-8")
    assert NOTHING.capitalize() in (folder / "eval/reports/report.html").read_text("utf-8")
    named = policy_eval(third, "--home", home, "--accepted", "eval/accepted.json")
    assert (named.exit_code, f"below the bar: {NOTHING}" in named.stdout) == (1, True)


def test_without_a_reason_nothing_is_accepted(folder: Path, home: Path) -> None:
    assert policy_eval("accept").exit_code == 2
    assert "--reason is empty" in policy_eval("accept", "--reason", " ").stderr
    assert "run policy-eval first" in policy_eval("accept", "--reason", "why").stderr
    assert not (folder / "eval/accepted.json").exists()


def test_only_a_tag_and_only_what_failed_are_asked(folder: Path, home: Path) -> None:
    result = policy_eval("--home", home, "--only", "contact")
    assert "1 questions (--only contact), edition" in result.stdout
    nothing = policy_eval("--home", home, "--only", "pay")
    assert (nothing.exit_code, "tags there are: contact" in nothing.stderr) == (2, True)
    assert "run policy-eval on all the gold, then accept" in policy_eval("accept", "--reason", "part").stderr
    report = json.loads((folder / "eval/reports/report.json").read_text())
    report["answers"] = [row | {"right": False} for row in report["answers"]]
    (folder / "eval/reports/report.json").write_text(json.dumps(report))
    assert "1 questions (--failed), edition" in policy_eval("--home", home, "--failed").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["none.jsonl"], 2, "no gold file none.jsonl"),
        (["--home", "nowhere"], 1, "run policy-ingest first"),
        (["check", "--home", "nowhere"], 1, "run policy-ingest first"),
        (["--floors", "none.toml"], 2, "no floors none.toml"),
        (["--accepted", "typo.json"], 2, "no accepted run typo.json: look at the name"),
        (["--jobs", "0"], 2, "Invalid value for '--jobs'"),
        (["--loud"], 2, "No such option"),
        (["bench", "squad", "--data", "."], 2, "no benchmark 'squad'"),
        (["bench", "sharc", "--data", "."], 2, "give --data the folder that holds the benchmarks"),
    ],
)
def test_a_mistake_ends_in_a_line_that_helps(
    folder: Path, home: Path, arguments: list[str], code: int, said: str
) -> None:
    found = arguments if "--home" in arguments or "bench" in arguments else [*arguments, "--home", str(home)]
    result = policy_eval(*found)
    assert (result.exit_code, said in result.stderr) == (code, True), result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--reports", "file"], "error: file: File exists: look at the path"),
        (["--accepted", "eval"], "error: eval: Is a directory: look at the path"),
        (["accept", "--reason", "why", "--accepted", "none/accepted.json"], "error: none/accepted.json: No such file"),
        (["label", TOWER + " and a half", "--verdict", "not_covered", "--to", "none/g.jsonl"], "No such file"),
    ],
)
def test_a_path_that_cannot_be_used_ends_in_a_line_and_not_as_if_below_the_bar(
    folder: Path, home: Path, arguments: list[str], said: str
) -> None:
    (folder / "file").touch()
    (folder / "eval/reports").mkdir()
    report = {"answers": [], "edition": "e", "partial": ""}
    (folder / "eval/reports/report.json").write_text(json.dumps(report))
    result = policy_eval(*arguments, *(() if "accept" in arguments else ("--home", home)))
    assert (result.exit_code, said in result.stderr) == (2, True), result.output


def test_a_report_that_is_none_is_refused(folder: Path) -> None:
    (folder / "eval/reports").mkdir()
    (folder / "eval/reports/report.json").write_text("3")
    result = policy_eval("accept", "--reason", "why")
    assert (result.exit_code, "is no report of this version" in result.stderr) == (2, True)


def test_a_flip_is_accepted_by_name_and_a_question_that_broke_is_not(folder: Path) -> None:
    held = {"gold": "d", "verdict": "yes", "credit": 0.0, "flip": True, "confidence": 0.5}
    shown = {"quotes": 1, "quotes_exact": 1}
    (folder / "eval/reports").mkdir()
    for error, code, said in (
        ("boom", 2, "questions that could not be asked cannot be accepted: g1"),
        ("", 0, "dangerous flips accepted with it: g1"),
    ):
        row = {"id": "g1", "right": False, "held": held, "score": shown, "answer": {"error": error}}
        report = {"answers": [row], "edition": "e", "partial": ""}
        (folder / "eval/reports/report.json").write_text(json.dumps(report))
        result = policy_eval("accept", "--reason", "known")
        assert (result.exit_code, said in result.stderr) == (code, True)


def test_check_asks_nothing_and_refuses_planted_faults(folder: Path, home: Path) -> None:
    result = policy_eval("check", "--home", home)
    assert (result.exit_code, result.stdout.split(" fit edition")[0]) == (0, "2 gold questions")
    assert not (folder / "eval/reports").exists()
    edited = [{"quote": TEXTS.replace("private", "any"), "role": "required"}]
    bad = write_gold(folder / "bad.jsonl", ROWS[0] | {"evidence": edited}, ROWS[1])
    for arguments in (["check", bad], [bad]):
        result = policy_eval(*arguments, "--home", home)
        assert result.exit_code == 2
        assert f"Nearest: '{TEXTS}'" in result.stderr


def test_gold_approved_at_the_desk_is_asked_too_if_there_is_any(
    folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICY_QA_DOCS", str(folder / "pages"))
    (folder / "pages").mkdir()
    assert policy_eval("check", "--home", home).stdout.startswith("2 gold questions")
    desk = folder / "pages" / FILES["gold"]
    write_gold(desk, ROWS[1] | {"id": "desk-1", "question": "how deep is lake windermere", "tags": ["desk"]})
    assert policy_eval("check", "--home", home).stdout.startswith("3 gold questions")
    assert "1 questions (--only desk)" in policy_eval("--home", home, "--only", "desk").stdout
    assert policy_eval("check", "eval/gold/dev.jsonl", "--home", home).stdout.startswith("2 gold questions")
    write_gold(desk, ROWS[0])
    assert "id 'g1' is taken by" in policy_eval("check", "--home", home).stderr
    desk.write_text("")  # all of it undone
    assert policy_eval("check", "--home", home).stdout.startswith("2 gold questions")


def test_gold_that_does_not_fit_is_named_in_the_reports_and_nothing_older_is_accepted(
    folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy_eval("--home", home)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "summary.md"))
    edited = [{"quote": TEXTS.replace("private", "any"), "role": "required"}]
    bad = write_gold(folder / "bad.jsonl", ROWS[0] | {"evidence": edited}, ROWS[1])
    result = policy_eval(bad, "--home", home)
    assert (result.exit_code, result.stdout) == (2, "")
    for name in ("report.json", "report.md", "report.html", "junit.xml"):
        told = (folder / "eval/reports" / name).read_text("utf-8")
        assert ("is nowhere in the handbook. Nearest: " in told, NO_RUN.capitalize() in told) == (True, False)
    assert "**Below the bar:**" in (folder / "summary.md").read_text("utf-8")
    accepted = policy_eval("accept", "--reason", "stale")
    assert (accepted.exit_code, "no question asked" in accepted.stderr) == (2, True)
    policy_eval("none.jsonl", "--home", home)  # a file that is not there is a slip of the hand, and no run
    assert json.loads((folder / "eval/reports/report.json").read_text())["failures"]


def test_a_handbook_made_worse_falls_below_the_bar_and_what_is_wrong_is_named(folder: Path, home: Path) -> None:
    """For real: what is taught of two sentences is taken away, then one of them is edited."""
    rows = map(json.loads, (ROOT / "eval/gold/dev.jsonl").read_text("utf-8").splitlines())
    asked = [row for row in rows if row["id"] in ("d011", "d036")]  # right because of what is taught of their sentences
    quotes = [row["evidence"][0]["quote"] for row in asked]
    write_gold(folder / "eval/gold/dev.jsonl", *asked, *ROWS)
    docs, place = shutil.copytree(ROOT / "policy_docs", folder / "docs"), folder / "home"
    shutil.copytree(home, place)
    policy_eval("--home", place)
    policy_eval("accept", "--reason", "before")
    before = json.loads((folder / "eval/accepted.json").read_text())["questions"]
    lines = (docs / "taught.jsonl").read_text("utf-8").splitlines()
    taught = [line for line in lines if not any(quote in line for quote in quotes)]
    (docs / "taught.jsonl").write_text("\n".join(taught) + "\n", "utf-8")
    republish(docs, place)
    result = policy_eval("--home", place)
    assert ([before[row["id"]]["credit"] for row in asked], result.exit_code) == ([1, 1], 1)
    said = (folder / "eval/reports/report.md").read_text("utf-8")
    assert any(f"{row['id']} lost credit" in said for row in asked)
    page = docs / "it-and-social-media.md"
    page.write_text(page.read_text("utf-8").replace("should not be visited", "must not be seen"), "utf-8")
    republish(docs, place)
    result = policy_eval("--home", place)
    assert result.exit_code == 2
    assert f"d011: {quotes[0]!r} is nowhere in the handbook. Nearest: 'Social networking" in result.stderr


def test_gold_that_is_taught_or_nearly_so_is_refused(folder: Path, home: Path, assistant: Assistant) -> None:
    taught = next(t for t in assistant.edition.taught if t.verdict == "not_covered" and not t.history)
    path = write_gold(folder / "leak.jsonl", ROWS[1] | {"question": taught.question.upper() + "?!"})
    for arguments in (["check", path], [path]):
        result = policy_eval(*arguments, "--home", home)
        assert result.exit_code == 2
        assert f"is taught as {taught.id}" in result.stderr
    embedder = open_embedder(assistant.edition)
    for question in (taught.question, " ".join(reversed(taught.question.split())), taught.question + " please"):
        gold = read_gold([write_gold(path, ROWS[1] | {"question": question})])
        with pytest.raises(GoldError, match=f"is taught as {taught.id}"):
            check_leaks(gold, assistant.edition, embedder)


@pytest.mark.parametrize(
    ("question", "history"),
    [("{taught}", ["where do i hang my coat"]), ("{taught} And {other}", []), ("{other} And {taught}", [])],
)
def test_a_taught_question_leaks_as_a_part_and_after_a_question_that_it_does_not_lean_on(
    question: str, history: list[str], folder: Path, assistant: Assistant
) -> None:
    whole = "is it ok for me to share my password with another member of staff?"
    taught = replace(assistant.edition.taught[0], id="t0", question=whole, history=())
    vectors = open_embedder(assistant.edition)([whole])
    edition = replace(assistant.edition, taught=(taught,), taught_vectors=vectors)
    asked = question.format(taught=whole, other="how much do i get paid for a day?")
    turns = [{"question": before, "answer": ""} for before in history]
    gold = read_gold([write_gold(folder / "leak.jsonl", ROWS[1] | {"question": asked, "history": turns})])
    with pytest.raises(GoldError, match="is taught as t0 "):
        check_leaks(gold, edition, open_embedder(assistant.edition))


def test_a_follow_up_to_a_follow_up_leaks_as_the_assistant_looks_it_up(folder: Path, assistant: Assistant) -> None:
    turns = ["do i have to lock the cupboard in the science lab", "and my laptop?"]
    asked = ROWS[1] | {"question": "even at break?", "history": [{"question": turn, "answer": ""} for turn in turns]}
    whole = " ".join((*turns, "even at break?"))
    taught = replace(assistant.edition.taught[0], id="t0", question=whole, history=())
    embedder = open_embedder(assistant.edition)
    edition = replace(assistant.edition, taught=(taught,), taught_vectors=embedder([whole]))
    with pytest.raises(GoldError, match="is taught as t0 "):
        check_leaks(read_gold([write_gold(folder / "leak.jsonl", asked)]), edition, embedder)


def test_a_leak_is_found_by_words_alone_or_by_vectors_with_most_of_the_words() -> None:
    unit = np.eye(4, dtype=np.float32)
    near = np.array([[0.97, 0.2431, 0, 0]], np.float32)
    close, closer = (np.array([[cosine, 0, 0.36, 0]], np.float32) for cosine in (0.931, 0.929))
    taught = ["can i text a parent back", "may i photograph pupils"]
    found = {
        "by words": list(twins(["can i text a parnet back"], unit[3:], taught, unit[:2])),
        "by letters": list(twins(["can i text aparent back s"], unit[3:], taught, unit[:2])),
        "by a word that says the same": list(twins(["can i text a carer back"], close, taught, unit[:2])),
        "by no such word": list(twins(["can i text a carer back"], closer, taught, unit[:2])),
        "by both": list(twins(["can i text a parent back please"], near, taught, unit[:2])),
        "by vectors alone": list(twins(["is messaging mums allowed"], near, taught, unit[:2])),
        "by neither": list(twins(["can i text a parent back please"], unit[3:], taught, unit[:2])),
    }
    assert {how: [t.other for t in pairs] for how, pairs in found.items()} == {
        "by words": [0],
        "by letters": [0],
        "by a word that says the same": [0],
        "by no such word": [],
        "by both": [0],
        "by vectors alone": [],
        "by neither": [],
    }
    pairs = twins_within([*taught, "can i text a parent back?"], unit[:3])
    assert [(t.one, t.other) for t in pairs] == [(0, 2)]


def test_a_question_like_no_taught_one_is_no_leak(folder: Path, assistant: Assistant) -> None:
    gold = read_gold([folder / "eval/gold/dev.jsonl"])
    check_leaks(gold, assistant.edition, open_embedder(assistant.edition))


def test_an_edition_is_set_against_another(folder: Path, home: Path) -> None:
    from ingest.editions import current_id

    name = current_id(home)
    result = policy_eval("--home", home, "--editions", "current", name)
    report = json.loads((folder / "eval/reports/report.json").read_text())
    assert report["comparison"]["compared"] == 2
    assert report["comparison"]["reason"] == f"edition {name}"
    assert result.exit_code in (0, 1)
    assert policy_eval("--home", home, "--editions", name, "stranger").exit_code in (1, 2)


def test_with_a_model_the_report_sets_it_beside_the_answers_without(
    folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = [{"label": 1, "quote": TEXTS, "text": ""}, {"label": 1, "quote": TEXTS, "text": "HACKED"}]
    with serve(Script(content=json.dumps({"verdict": "no", "statements": statements}))) as endpoint:
        monkeypatch.setenv("POLICY_QA_MODEL_BASE_URL", endpoint.url)
        monkeypatch.setenv("POLICY_QA_MODEL_DEADLINE", "60")
        result = policy_eval("--home", home, "--model", "openai:scripted")
        asked = len(endpoint.requests)
    found = json.loads((folder / "eval/reports/report.json").read_text())["beside"]
    counts = {name: found[name] for name in ("model", "asked", "input_tokens", "output_tokens")}
    assert counts == {
        "model": "openai:scripted",
        "asked": asked,
        "input_tokens": 700 * asked,
        "output_tokens": 60 * asked,
    }
    assert found["drafted"] + sum(found["fallbacks"].values()) == asked > 0
    assert (found["comparison"]["compared"], set(found["without"])) == (2, set(MEANINGS))
    for name in ("report.md", "report.html"):
        assert "With the model and without" in (folder / "eval/reports" / name).read_text("utf-8")
    assert "openai:scripted and without" in result.stdout
    policy_eval("--home", home)
    assert json.loads((folder / "eval/reports/report.json").read_text())["beside"] is None


def test_a_label_becomes_a_line_of_gold_that_is_checked_first(folder: Path, home: Path) -> None:
    path = folder / "eval/gold/dev.jsonl"
    before = path.read_text()
    asked = "must my bluetooth be off the whole time i am on site"
    result = policy_eval("label", asked, "--home", home, typed="yes\n1\n")
    assert result.exit_code == 0
    added = json.loads(path.read_text().splitlines()[-1])
    assert (added["id"], added["question"], added["verdict"]) == ("g3", asked, "yes")
    assert added["evidence"][0]["role"] == "required"
    again = policy_eval("label", asked, "--home", home, "--verdict", "yes", "--required", "1")
    assert (again.exit_code, "asks what" in again.stderr) == (2, True)
    wrong = [("perhaps", "1"), ("yes", "99"), ("yes", "one"), ("not_covered", "1")]
    for verdict, numbers in wrong:
        bad = ["--verdict", verdict, "--required", numbers]
        assert policy_eval("label", "is this another one", "--home", home, *bad).exit_code == 2
    assert path.read_text().startswith(before)
    assert len(path.read_text().splitlines()) == 3
    assert [found.name for found in path.parent.iterdir()] == ["dev.jsonl"]


def test_a_taught_question_is_not_labelled(folder: Path, home: Path, assistant: Assistant) -> None:
    before = (folder / "eval/gold/dev.jsonl").read_bytes()
    taught = next(t for t in assistant.edition.taught if t.verdict == "not_covered" and not t.history)
    result = policy_eval("label", taught.question, "--home", home, "--verdict", "not_covered")
    assert (result.exit_code, f"is taught as {taught.id}" in result.stderr) == (2, True)
    assert (folder / "eval/gold/dev.jsonl").read_bytes() == before


def test_of_several_who_add_at_once_each_finds_its_line_in_the_file(folder: Path, assistant: Assistant) -> None:
    path, embedder = folder / "eval/gold/dev.jsonl", open_embedder(assistant.edition)

    def added(number: int) -> str:
        label = Label(f"how tall is tower number {number} in feet", "not_covered", ())
        return add(path, partial(gold_line, label, ()), assistant.edition, embedder)

    with ThreadPoolExecutor(4) as pool:
        lines = sorted(pool.map(added, range(4)))
    assert path.read_text().splitlines()[2:] == lines
    assert [json.loads(line)["id"] for line in lines] == ["g3", "g4", "g5", "g6"]


def test_coverage_names_unrequired_sentences_twins_and_what_to_label_next(
    folder: Path, tmp_path: Path, assistant: Assistant
) -> None:
    from desk.insights import Group

    edition = assistant.edition
    twin = ROWS[1] | {"id": "g3", "question": TOWER + "?"}
    both = [{"quote": BLUETOOTH, "role": "supporting"}, {"quote": TEXTS, "role": "required"}]
    rows = [*ROWS, twin, ROWS[0] | {"id": "g4", "question": "bluetooth on?", "evidence": both}]
    gold = placed(read_gold([write_gold(folder / "g.jsonl", *rows)]), edition)
    groups = [Group("how do i get my dbs renewed", 9, 5), Group("how high is the eiffel tower in feet", 4, 3)]
    found = coverage(gold, edition, open_embedder(edition), groups)
    assert len(found.unrequired) == found.sentences - 1
    assert [(one.id, other.id) for one, other, _ in found.twins] == [("g2", "g3")]
    assert [(q.question, q.askers) for q in found.next] == [("how do i get my dbs renewed", 5)]
    lines = list(told(found))
    assert f"  it-and-social-media 9: {BLUETOOTH}" in lines
    assert asked_groups("", tmp_path, open_embedder(edition)) == ()


def test_the_coverage_command_prints_what_is_left(folder: Path, home: Path) -> None:
    result = policy_eval("coverage", "--home", home)
    assert result.exit_code == 0
    assert "sentences that no gold question requires:" in result.stdout


def test_coverage_reads_records_as_they_are(folder: Path, assistant: Assistant) -> None:
    embedder, file = open_embedder(assistant.edition), folder / "records.sqlite3"
    url = f"sqlite:///{file}"
    opened = open_records(url)
    with opened.writing() as connection:
        for number in range(3):
            exchange, day = Exchange(TOWER, assistant.ask(TOWER)), datetime(2026, 3, number + 1, tzinfo=UTC)
            write_exchange(connection, key_of(f"v{number}"), exchange, day)
    opened.close()
    assert [(group.question, group.askers) for group in asked_groups(url, folder, embedder)] == [(TOWER, 3)]
    (folder / "older.sqlite3").touch()
    with pytest.raises(RecordsError, match="no such table"):
        asked_groups(f"sqlite:///{folder}/older.sqlite3", folder, embedder)
    assert (folder / "older.sqlite3").stat().st_size == 0


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite:///typo/records.sqlite3", "error: no records typo/records.sqlite3: give sqlite:///FILE"),
        ("sqlite://", "error: no records"),
        ("postgres://me:secret@localhost/x", "error: the URL of the records cannot be used: give sqlite:///FILE"),
        ("postgresql://me:x:secret@localhost/x", "error: "),
        ("records.sqlite3", "error: the URL of the records cannot be used"),
    ],
)
def test_coverage_makes_no_records_where_there_are_none(folder: Path, home: Path, url: str, said: str) -> None:
    result = policy_eval("coverage", "--home", home, "--records", url)
    assert (result.exit_code, said in result.stderr, "secret" in result.output) == (2, True, False)
    assert not (folder / "typo").exists()


RATE = "A day of teaching is paid at the day rate. Half days count half."
TRAVEL = "Travel to the school is not paid for."
KEYS = "Hand the keys back at the office."
DOCUMENTS: list[dict[str, Any]] = [
    {
        "doc_id": "b/rates",
        "title": "Rates",
        "clauses": [
            {"id": "r1", "text": RATE, "heading_path": ["Rates"]},
            {"id": "r2", "text": TRAVEL, "heading_path": ["Rates", "Travel"]},
        ],
    },
    {"doc_id": "b/keys", "title": "Keys", "clauses": [{"id": "k1", "text": KEYS, "heading_path": []}]},
]
ASKED: list[dict[str, Any]] = [
    {"qid": "1", "question": "Is my travel to the school paid for?", "context": "I drive.", "gold_clause_ids": ["r2"],
     "verdict": "no", "answerable": True, "history": [{"q": "Is a day paid?", "a": "Yes"}]},
    {"qid": "2", "question": "Where do the keys go?", "context": "", "gold_clause_ids": ["k1", "r1"], "verdict": None,
     "answerable": True, "history": []},
    {"qid": "3", "question": "Who won the cup in 1966?", "context": "", "gold_clause_ids": [], "verdict": None,
     "answerable": False, "history": []},
]  # fmt: skip


def write_benchmark(folder: Path) -> Path:
    (folder / "sharc").mkdir()
    write_gold(folder / "sharc/docs.jsonl", *DOCUMENTS)
    write_gold(folder / "sharc/questions.dev.jsonl", *ASKED)
    return folder


def test_a_benchmark_becomes_pages_and_questions(folder: Path) -> None:
    found = read_benchmark(write_benchmark(folder), "sharc")
    assert list(found.pages) == ["b-rates.md", "b-keys.md"]
    assert found.pages["b-rates.md"].splitlines()[::2] == ["# Rates", f"- {RATE}", "## Travel", f"- {TRAVEL}"]
    first, second, third = found.questions
    assert first.question == "I drive. Is my travel to the school paid for?"
    assert first.turns == [{"question": "Is a day paid?", "answer": "Yes"}]
    assert [quote.text for quote in second.required] == [KEYS, RATE]
    assert (third.required, third.answerable, third.verdict) == ((), False, None)
    assert len(read_benchmark(folder, "sharc", limit=2).questions) == 2


@pytest.mark.parametrize(
    "document",
    [DOCUMENTS[1] | {"clauses": ["k1"]}, DOCUMENTS[1] | {"doc_id": 7}, DOCUMENTS[1] | {"clauses": [{"id": "k1"}]}, 3],
)
def test_a_benchmark_of_another_shape_is_refused(folder: Path, document: Any) -> None:
    write_benchmark(folder)
    write_gold(folder / "sharc/docs.jsonl", document)
    with pytest.raises(BenchmarkError, match="is no benchmark of this shape"):
        read_benchmark(folder, "sharc")


def test_a_benchmark_nested_without_end_is_refused(folder: Path) -> None:
    write_benchmark(folder)
    (folder / "sharc/docs.jsonl").write_text("[" * 100_000)
    with pytest.raises(BenchmarkError, match="is not JSON Lines"):
        read_benchmark(folder, "sharc")


def test_a_benchmark_is_published_asked_and_tabled(folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Recall counts required clauses found, words budgets included: three short clauses are all found."""
    place = folder / "bench-home"
    shutil.copytree(home / "models", place / "models")
    data, table = write_benchmark(folder), folder / "table.md"
    result = policy_eval("bench", "sharc", "--data", data, "--home", place, "--table", table)
    assert result.exit_code == 0, result.output
    figures = json.loads((folder / "eval/reports/bench-sharc.json").read_text())["figures"]["policy-qa"]
    assert (figures["found_recall@5"]["value"], figures["found_recall@5"]["count"]) == (1.0, 2)
    assert figures["found_recall@150w"]["value"] == 1.0
    assert figures["verdict_accuracy"]["count"] == 1
    assert (figures["abstention_recall"]["count"], figures["refused_answerable"]["count"]) == (1, 2)
    lines = [json.loads(line) for line in (folder / "eval/reports/bench-sharc.answers.jsonl").read_text().splitlines()]
    assert [(line["id"], len(line["evidence"])) for line in lines] == [("1", 3), ("2", 3), ("3", 3)]
    assert result.stdout == table.read_text()
    assert result.stdout.splitlines()[2].startswith("| sharc (dev) | 3 | policy-qa | ")
    for name in ("langchain_chroma", "langchain_text_splitters"):
        monkeypatch.setitem(sys.modules, name, None)
    missing = policy_eval("bench", "sharc", "--data", folder, "--home", place, "--langchain")
    assert (missing.exit_code, "pip install 'policy-qa[bench]'" in missing.stderr) == (2, True)
