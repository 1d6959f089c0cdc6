"""A run against the accepted one: what changed, whether by more than chance, and when the gate falls."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.accepted import (
    Accepted,
    BaselineError,
    accepted_from_report,
    accepted_of,
    gold_digest,
    read_accepted,
    read_report,
    write_accepted,
)
from eval.compare import NOTHING, Comparison, Lost, compare, permutation_test, sign_test
from eval.figures import rows_of, summarise
from eval.gate import Bar, Change, FloorsError, Outcome, held_to, judge, read_bar
from eval.gold import GoldQuestion, Quote, read_gold
from eval.measure import Measured
from eval.report import to_json
from eval.run import Answered, Cited, Found, Run
from eval.scores import score_all

ROOT = Path(__file__).parent.parent
NO_BAR = Bar({}, {}, Change())
SENTENCE = "Never share your password with other members of staff or pupils."


def question(number: int, verdict: Any = "no", **more: Any) -> GoldQuestion:
    quotes = () if verdict == "not_covered" else (Quote(f"{SENTENCE} {number:03d}", "required", "it"),)
    return GoldQuestion(f"q{number:03d}", f"may i? {number}", (), verdict, quotes, **more)


def said(gold: GoldQuestion, verdict: str, exact: bool, confidence: float) -> Answered:
    cited = tuple(Cited("it", "it/1", q.text, 0, len(q.text), exact) for q in gold.required)
    found = tuple(Found("it", "it/1", quote.text) for quote in gold.required)
    return Answered(gold.id, verdict, f"{verdict}.", cited, (), found, confidence, "reader")


def measured(answers: Mapping[GoldQuestion, str], exact: bool = True, confidence: float = 0.8) -> Measured:
    gold = tuple(answers)
    given = tuple(said(q, verdict, exact, confidence) for q, verdict in answers.items())
    rows = rows_of(gold, given, score_all(gold, given))
    return Measured(Run("e1", gold, given, (1.0,) * len(gold)), rows, summarise(rows))


def baseline(answers: Mapping[GoldQuestion, str]) -> Accepted:
    return accepted_of(measured(answers).rows, "e0", "first")


def all_right(count: int = 40) -> dict[GoldQuestion, str]:
    return {question(n): "no" for n in range(count)}


def compared(now: Mapping[GoldQuestion, str], before: Mapping[GoldQuestion, str]) -> Comparison:
    return compare(measured(now).rows, baseline(before))


def fallen(now: Mapping[GoldQuestion, str], before: Mapping[GoldQuestion, str]) -> tuple[str, ...]:
    return judge(measured(now), NO_BAR, baseline(before)).failures


def test_the_same_answers_pass_and_nothing_has_changed() -> None:
    found = compared(all_right(), all_right())
    assert (found.compared, found.newly_right, found.newly_wrong, found.lost) == (40, (), (), ())
    assert (found.mcnemar, found.mcnemar_worse, found.permutation_worse) == (1, 1, 1)
    assert (found.difference.value, found.difference.low, found.difference.high) == (0, 0, 0)
    assert fallen(all_right(), all_right()) == ()


def test_what_is_newly_right_and_newly_wrong_is_named() -> None:
    before = all_right() | {question(3): "conditional"}
    now = all_right() | {question(7): "conditional"}
    found = compared(now, before)
    assert (found.newly_right, found.newly_wrong, found.lost) == (("q003",), ("q007",), (Lost("q007", 0.8, 0.8),))
    assert found.difference.value == 0


def test_one_question_that_became_wrong_falls_below_the_bar_and_is_named() -> None:
    failures = fallen(all_right() | {question(7): "conditional"}, all_right())
    assert failures == ("may be 7.5% worse than the accepted run (at most 2.0%): q007 lost credit",)


@pytest.mark.parametrize(
    ("wrong", "before", "now", "falls"),
    [(2, 0.5, 0.5, False), (3, 0.5, 0.5, True), (1, 0.7, 0.5, True), (1, 0.5, 0.7, True), (1, 0.6, 0.5, True)],
)
def test_a_few_answers_that_were_and_are_unsure_may_tip_over_where_the_settings_say_so(
    wrong: int, before: float, now: float, falls: bool
) -> None:
    """Another processor rounds differently; a sure answer does not tip over by that. Nothing is forgiven unasked."""
    tipped = all_right() | {question(n): "conditional" for n in range(wrong)}
    accepted = accepted_of(measured(all_right(), confidence=before).rows, "e0", "first")
    lenient = Bar({}, {}, Change(noise_questions=2))
    assert bool(judge(measured(tipped, confidence=now), lenient, accepted).failures) is falls
    assert judge(measured(tipped, confidence=now), NO_BAR, accepted).failures


def test_many_that_became_wrong_are_worse_by_more_than_chance() -> None:
    now = all_right() | {question(n): "conditional" for n in range(6)}
    found = compared(now, all_right())
    assert found.mcnemar_worse == pytest.approx(0.5**6)
    assert found.mcnemar == pytest.approx(2 * 0.5**6)
    assert found.permutation_worse == pytest.approx(0.5**6)
    (p, _) = fallen(now, all_right())
    assert p == (
        "worse than the accepted run, one-sided p = 0.0156 (below 0.05): q000, q001, q002, q003, q004, q005 lost credit"
    )


def test_one_lost_of_hundreds_is_no_failure() -> None:
    now = all_right(400) | {question(7): "conditional"}
    assert compared(now, all_right(400)).newly_wrong == ("q007",)
    assert fallen(now, all_right(400)) == ()


def test_credit_lost_by_answers_that_were_wrong_already_counts_too() -> None:
    """McNemar sees no change; the paired permutation does."""
    wrong = {question(n): "conditional" for n in range(6)}
    before = baseline(all_right() | wrong)
    half = {f"q{n:03d}": replace(before.questions[f"q{n:03d}"], credit=0.5) for n in range(6)}
    accepted = replace(before, questions={**before.questions, **half})
    bar = Bar({}, {}, Change(least_difference=-1.0))
    (failure,) = judge(measured(all_right() | wrong), bar, accepted).failures
    assert failure.startswith("worse than the accepted run, one-sided p = 0.0156")


def test_what_is_just_at_the_bar_passes() -> None:
    now, before = measured(all_right() | {question(n): "conditional" for n in range(6)}), baseline(all_right())
    found = compare(now.rows, before)
    assert found.difference.low is not None
    just = Change(worse_p=found.permutation_worse, least_difference=found.difference.low)
    assert judge(now, Bar({}, {}, just), before).failures == ()


def test_many_that_became_right_are_no_failure() -> None:
    before = all_right() | {question(n): "conditional" for n in range(10)}
    assert fallen(all_right(), before) == ()


def test_one_sure_answer_among_the_unsure_is_no_noise() -> None:
    before = accepted_of(measured(all_right(), confidence=0.5).rows, "e0", "first")
    sure = replace(before.questions["q001"], confidence=0.9)
    accepted = replace(before, questions={**before.questions, "q001": sure})
    tipped = measured(all_right() | {question(n): "conditional" for n in range(2)}, confidence=0.5)
    (failure,) = judge(tipped, Bar({}, {}, Change(noise_questions=2)), accepted).failures
    assert "q000, q001 lost credit" in failure


@pytest.mark.parametrize(
    ("worse", "better", "two_sided", "one_sided"),
    [
        (0, 0, 1, 1),
        (2, 2, 1, 0.6875),
        (1, 0, 1, 0.5),
        (5, 0, 0.0625, 0.03125),
        (0, 5, 0.0625, 1),
        (8, 2, 0.109375, 0.0546875),
    ],
)
def test_mcnemar_is_exact(worse: int, better: int, two_sided: float, one_sided: float) -> None:
    """By hand: 8 of 10 or more extreme is (45 + 10 + 1) / 1024, twice that for both sides."""
    assert sign_test(worse, better, "two-sided") == pytest.approx(two_sided)
    assert sign_test(worse, better, "greater") == pytest.approx(one_sided)


@pytest.mark.parametrize(
    ("changes", "p"),
    [([], 1), ([0, 0], 1), ([-1], 0.5), ([1], 1), ([0.5], 1), ([-1, -1], 0.25), ([-1, 0.5], 0.5), ([-1.0] * 5, 1 / 32)],
)
def test_the_permutation_test_flips_signs_exactly_where_it_can(changes: Sequence[float], p: float) -> None:
    assert permutation_test(changes) == pytest.approx(p)


def test_a_drawn_permutation_is_the_same_every_time() -> None:
    changes = [-1.0] * 12 + [1.0] * 8
    assert permutation_test(changes) == permutation_test(changes)
    assert permutation_test(changes) == pytest.approx(0.2517, abs=0.02)  # binomial: at least 12 of 20


def test_gold_that_changed_is_not_compared_and_is_named() -> None:
    relabelled = {replace(q, verdict="conditional") if q.id == "q007" else q: v for q, v in all_right().items()}
    found = compared(relabelled, all_right())
    assert (found.compared, found.relabelled, found.newly_wrong) == (39, ("q007",), ())
    (quote,) = question(7).evidence
    changed: list[dict[str, Any]] = [
        {"question": "may we? 7"},
        {"history": (("may i text?", ""),)},
        {"verdict": "info"},
        {"evidence": (Quote("x", "required"),)},
        {"evidence": (replace(quote, role="supporting"),)},
    ]
    assert gold_digest(question(7)) not in {gold_digest(replace(question(7), **change)) for change in changed}
    assert gold_digest(question(7)) == gold_digest(replace(question(7), tags=("new",), note="only a note"))


def test_a_changed_label_hides_no_worse_answer_until_that_is_accepted() -> None:
    """A comma in the question is change enough to be another label."""
    before = all_right() | {question(8): "conditional"}
    others = {q: v for q, v in before.items() if q.id not in ("q007", "q008", "q009")}
    seventh, eighth, ninth = (replace(question(n), question=f"may i, {n}?") for n in (7, 8, 9))
    now = others | {seventh: "conditional", eighth: "conditional", ninth: "no"}
    assert fallen(now, before) == ("questions labelled anew that were right and are wrong: q007",)
    assert fallen(now, now) == ()
    assert judge(measured(now), NO_BAR, baseline(before), "--only login").failures == fallen(now, before)


def test_the_accepted_run_of_the_repository_is_of_its_gold_as_it_is_labelled() -> None:
    accepted = read_accepted(ROOT / "eval/accepted.json")
    assert accepted is not None
    gold = {question.id: gold_digest(question) for question in read_gold([ROOT / "eval/gold/dev.jsonl"])}
    assert gold.items() <= {name: held.gold for name, held in accepted.questions.items()}.items()


def test_new_and_gone_questions_are_named_and_not_compared() -> None:
    found = compared(all_right(41), {question(n): "no" for n in range(1, 42)})
    assert (found.compared, found.new, found.gone) == (40, ("q000",), ("q041",))


def test_a_question_that_is_not_asked_any_more_fails_until_that_is_accepted() -> None:
    assert fallen(all_right(39), all_right()) == ("questions of the accepted run that were not asked: q039",)
    assert fallen(all_right(39), all_right(39)) == ()


def test_other_gold_takes_none_away() -> None:
    other = {replace(question(n), id=f"other{n}"): "no" for n in range(3)}
    same_ids = {replace(question(n), question=f"must i? {n}"): "conditional" for n in range(3)}
    assert fallen(other, all_right()) == fallen(same_ids, all_right()) == ()


def test_an_accepted_run_of_other_gold_fails_where_it_should_be_of_this() -> None:
    other = {replace(question(n), id=f"other{n}"): "no" for n in range(3)}
    relabelled = {replace(question(n), verdict="info"): "info" for n in range(3)}
    for before in (other, relabelled, {}):
        (failure,) = held_to(judge(measured(all_right(3)), NO_BAR, baseline(before))).failures
        assert failure == f"{NOTHING}: restore the accepted run, or make this one it with policy-eval accept"
    assert held_to(judge(measured(all_right(3)), NO_BAR, baseline(all_right(2)))).failures == ()
    assert held_to(judge(measured(all_right(3)), NO_BAR, None)).failures == ()
    assert held_to(judge(measured(all_right(3)), NO_BAR, baseline(other), "--only login")).failures == ()


def test_a_part_of_the_questions_takes_none_away() -> None:
    part = {question(n): "no" for n in range(3)}
    outcome = judge(measured(part), NO_BAR, baseline(all_right()), "--only login")
    assert outcome.comparison is not None
    assert (outcome.comparison.compared, outcome.comparison.gone, outcome.failures) == (3, (), ())


def test_a_dangerous_flip_fails_until_it_is_accepted() -> None:
    flipped = all_right() | {question(7): "yes"}
    assert "dangerous flips that nobody accepted: q007" in fallen(flipped, all_right())
    assert fallen(flipped, flipped) == ()
    assert judge(measured(flipped), NO_BAR, None).failures == ("dangerous flips that nobody accepted: q007",)


def test_a_question_that_must_be_right_fails_when_newly_wrong_even_where_noise_is_forgiven() -> None:
    must, wrong = question(7, must=True), "conditional"
    others = {q: v for q, v in all_right().items() if q.id != "q007"}
    named = "questions that must be right and are newly wrong: q007"
    accepted = accepted_of(measured(others | {must: "no"}, confidence=0.5).rows, "e0", "first")
    lenient = Bar({}, {}, Change(noise_questions=1))
    assert judge(measured(others | {must: wrong}, confidence=0.5), lenient, accepted).failures == (named,)
    assert fallen(others | {must: wrong}, others | {must: wrong}) == ()
    assert fallen(others | {must: wrong}, others) == (named,)  # new, and wrong from the start
    first = judge(measured(others | {must: wrong}), NO_BAR, None)
    assert first.failures == ("questions that must be right and are wrong: q007",)


def test_a_quote_that_is_no_slice_or_a_question_that_broke_always_fails() -> None:
    altered = measured(all_right(2), exact=False)
    assert judge(altered, NO_BAR, None).failures == ("quotes that are no slice of the page: q000, q001",)
    broken = replace(altered.rows[0], answer=replace(altered.rows[0].answer, error="boom"))
    found = judge(replace(altered, rows=(broken,)), NO_BAR, None).failures
    assert "questions that could not be asked: q000" in found


def test_floors_and_ceilings_hold_whole_runs_only() -> None:
    half = measured({question(0): "no", question(1): "conditional"})
    bar = Bar({"verdict_accuracy": 0.6, "statement_support": 1.0}, {"calibration_error": 0.1}, Change())
    assert judge(half, bar, None).failures == (
        "verdict right: 0.500 is below the floor of 0.600",
        "calibration error of the confidence (0 is best): 0.300 is above the ceiling of 0.100",
    )
    assert judge(half, bar, None, "--only login").failures == ()
    just = Bar({"verdict_accuracy": 0.5}, {"dangerous_flips": 0.0}, Change())
    assert judge(half, just, None).failures == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[floors]\nverdict_acuracy = 0.5", "verdict_acuracy = 0.5: give a number, for one of abstention_f1"),
        ("[floors]\nverdict_accuracy = true", "verdict_accuracy = True: give a number"),
        ("[floors]\nverdict_accuracy = nan", "verdict_accuracy = nan: give a number"),
        ("[ceilings]\ndangerous_flips = inf", "dangerous_flips = inf: give a number"),
        ("[floor]\nx = 1", "unknown table [floor]: use floors, ceilings, change"),
        ("floors = 3", "unknown table [floors]"),
        ("[change]\nworse = 1", "worse = 1: give a number, for one of least_difference"),
        ("[floors", "is not TOML"),
    ],
)
def test_wrong_settings_of_the_gate_are_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "floors.toml").write_text(text)
    with pytest.raises(FloorsError) as caught:
        read_bar(tmp_path / "floors.toml")
    assert said in str(caught.value)
    with pytest.raises(FloorsError, match="no floors"):
        read_bar(tmp_path / "none.toml")


def test_the_settings_of_the_repository_hold_what_was_promised() -> None:
    bar = read_bar(ROOT / "eval/floors.toml")
    assert bar.floors["exact_slices"] == 1
    assert bar.change == Change(worse_p=0.05, least_difference=-0.02, noise_questions=0)


def test_citing_more_than_is_needed_falls_below_the_bar_of_the_repository() -> None:
    bar = read_bar(ROOT / "eval/floors.toml")
    beside = Cited("it", "it/2", " ".join([SENTENCE.replace("password", "pen")] * 2), 0, 10, True)
    gold = tuple(all_right())
    given = tuple(replace(one, cited=(*one.cited, beside)) for one in measured(all_right()).run.answers)
    rows = rows_of(gold, given, score_all(gold, given))
    padded = Measured(Run("e1", gold, given, (1.0,) * len(gold)), rows, summarise(rows))
    assert judge(measured(all_right()), bar, None).failures == ()
    assert judge(padded, bar, None).failures == (
        "citations that are the gold's: 0.500 is below the floor of 0.880",
        "words cited per word required (1 is to the point): 2.833 is above the ceiling of 1.800",
    )


def test_a_baseline_is_written_a_question_a_line_and_read_back(tmp_path: Path) -> None:
    path, accepted = tmp_path / "accepted.json", baseline(all_right(3))
    write_accepted(path, accepted)
    assert read_accepted(path) == accepted
    assert len(path.read_text().splitlines()) == 1 + 3 + 1
    assert read_accepted(tmp_path / "none.json") is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{}", "(reason: Field required)"),
        ("[" * 1_000, "(Invalid JSON: recursion limit exceeded"),
        (b"\xff", "(Invalid JSON: expected value"),
        ({"credit": None}, "(questions.q000.credit: Input should be a valid number (found None))"),
        ({"credit": "1.0"}, "(questions.q000.credit: Input should be a valid number (found '1.0'))"),
        ({"credit": float("nan")}, "(questions.q000.credit: Input should be less than or equal to 1 (found nan))"),
        ({"flip": "no"}, "(questions.q000.flip: Input should be a valid boolean (found 'no'))"),
        ({"weight": 1}, "(questions.q000.weight: Unexpected keyword argument (found 1))"),
    ],
)
def test_a_baseline_that_nothing_can_be_held_against_is_refused(tmp_path: Path, content: Any, said: str) -> None:
    path = tmp_path / "accepted.json"
    write_accepted(path, baseline(all_right(1)))
    if isinstance(content, dict):
        found = json.loads(path.read_bytes())
        found["questions"]["q000"] |= content
        content = json.dumps(found)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(BaselineError) as caught:
        read_accepted(path)
    assert f"is no accepted run {said}" in str(caught.value)


def outcome(partial: str = "", exact: bool = True) -> Outcome:
    return judge(measured(all_right(3), exact), NO_BAR, None, partial)


def test_only_a_whole_run_with_exact_quotes_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    with pytest.raises(BaselineError, match="run policy-eval first"):
        accepted_from_report(path, "why")
    path.write_text(to_json(outcome()))
    assert accepted_from_report(path, "why") == replace(baseline(all_right(3)), reason="why", edition="e1")
    path.write_text(to_json(outcome("--only login")))
    with pytest.raises(BaselineError, match="--only login"):
        accepted_from_report(path, "why")
    path.write_text(to_json(outcome(exact=False)))
    with pytest.raises(BaselineError, match="q000, q001, q002"):
        accepted_from_report(path, "why")
    path.write_text(json.dumps({"answers": []}))
    with pytest.raises(BaselineError, match="no report of this version"):
        accepted_from_report(path, "why")


@pytest.mark.parametrize("answers", [3, [3], [{"id": "q000"}], [{"id": "q000", "right": "no"}]])
def test_a_report_whose_answers_are_none_is_refused(tmp_path: Path, answers: object) -> None:
    path = tmp_path / "report.json"
    path.write_text(json.dumps({"answers": answers, "edition": "e", "partial": ""}))
    with pytest.raises(BaselineError, match=r"is no report of this version \(answers"):
        read_report(path)
