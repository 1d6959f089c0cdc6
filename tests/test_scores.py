"""The scorer, held against answerers built to be wrong in known ways and against figures worked out by hand."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from eval.confidence import Bin, area, calibration_error, reliability, risk_coverage
from eval.figures import Summary, clusters, rows_of, summarise
from eval.gold import GoldQuestion, Quote
from eval.intervals import bootstrap, quotient, ratio, share, wilson
from eval.measure import measured_answers
from eval.overlap import overlaps, plain
from eval.run import Answered, Cited, Found, is_exact, misquoted, without_secrets
from eval.scores import rank_measures, score_all
from eval.support import statement_support
from ingest.clauses import Clause
from ingest.editions import Edition
from qa.answer import Answer
from qa.assistant import Assistant
from qa.citations import cite
from qa.evidence import Candidate, Evidence

PIN = (
    "Protect your mobile phone, laptop, and computer with a PIN whilst in school to protect access to its content and"
    " potential misuse and never have your mobile phone visible during a lesson."
)
SHARE = "Never share your password with other members of staff or pupils."
LOCK = "Always lock your computer if you are walking around the classroom and always log off after each lesson."
BLUETOOTH = "Turn off your bluetooth setting on your mobile phone while at the school."
PROMPT = "If you ever need to send emails on behalf of the school you should use appropriate language"


def gold(name: str, verdict: Any, *required: str, supporting: Sequence[str] = (), **more: Any) -> GoldQuestion:
    quotes = [Quote(text, "required", "it-and-social-media") for text in required]
    quotes += [Quote(text, "supporting", "it-and-social-media") for text in supporting]
    return GoldQuestion(name, f"{name}?", (), verdict, tuple(quotes), answerable=verdict != "not_covered", **more)


QUESTIONS = (
    gold("pin", "yes", PIN, tags=("devices",)),
    gold("share", "no", SHARE, supporting=[LOCK], tags=("login",)),
    gold("email", "conditional", PROMPT),
    gold("login", "info", SHARE, LOCK, tags=("login",)),
    gold("pay", "not_covered"),
)


@dataclass
class Planted:
    """An answerer that says what a function says: (verdict, quotes, what was found)."""

    edition: Edition
    says: Callable[[GoldQuestion], tuple[str, Sequence[str], Sequence[str]]]
    confidence: float = 0.9
    gold: dict[str, GoldQuestion] = field(default_factory=lambda: {q.question: q for q in QUESTIONS})

    def ask(self, question: str, history: Sequence[dict[str, str]] = ()) -> Answer:
        verdict, quotes, found = self.says(self.gold[question])
        citations = tuple(self.cited(n, quote) for n, quote in enumerate(quotes, 1))
        evidence = Evidence(question, tuple(self.candidate(quote) for quote in found))
        return Answer(
            question=question,
            verdict=verdict,  # type: ignore[arg-type]
            text=" ".join(quotes),
            citations=citations,
            closest=(),
            confidence=self.confidence,
            edition=self.edition.id,
            answered_by="reader",
            elapsed_ms=1.0,
            evidence=evidence,
        )

    def clause(self, quote: str) -> Clause:
        return next(c for c in self.edition.clauses if quote in c.text)

    def cited(self, label: int, quote: str) -> Any:
        clause = self.clause(quote)
        return cite(label, clause, self.edition.documents, clause.text.index(quote), len(quote))

    def candidate(self, quote: str) -> Candidate:
        clause = self.clause(quote)
        return Candidate(clause, clause.sentences[0], 1.0, {}, True, "planted")


def summary_of(assistant: Assistant, says: Callable[..., Any]) -> Summary:
    answerer = Planted(assistant.edition, says)
    return measured_answers(answerer, QUESTIONS, lambda what, done, total: None).summary


def perfect(question: GoldQuestion) -> tuple[str, Sequence[str], Sequence[str]]:
    quotes = [quote.text for quote in question.required]
    return str(question.verdict), quotes, quotes


def always_no(question: GoldQuestion) -> tuple[str, Sequence[str], Sequence[str]]:
    return "no", [SHARE], [SHARE, PIN]


def always_refuse(question: GoldQuestion) -> tuple[str, Sequence[str], Sequence[str]]:
    return "not_covered", [], []


def right_verdict_wrong_quote(question: GoldQuestion) -> tuple[str, Sequence[str], Sequence[str]]:
    return str(question.verdict), [] if question.verdict == "not_covered" else [BLUETOOTH], [BLUETOOTH]


#: Worked out by hand from the five questions above; None is "not scored".
BY_HAND: dict[Callable[..., Any], dict[str, float | None]] = {
    perfect: {
        "right": 1,
        "verdict_accuracy": 1,
        "verdict_macro_f1": 1,
        "dangerous_flips": 0,
        "citation_recall": 1,
        "citation_precision": 1,
        "cited_words_per_required_word": 1,
        "abstention_f1": 1,
        "found_recall@1": 1,
        "found_ndcg@10": 1,
        "found_reciprocal_rank": 1,
        "risk_coverage_area": 0,
        "calibration_error": 0.1,
        "exact_slices": 1,
        "statement_support": None,
    },
    always_no: {
        "right": 1 / 5,
        "verdict_accuracy": 1 / 5,
        "verdict_macro_f1": (2 / 6) / 5,
        "dangerous_flips": 1 / 2,
        "citation_recall": (0 + 1 + 0 + 1 / 2) / 4,
        "citation_precision": 2 / 5,
        "citation_precision_answerable": 2 / 4,
        "citation_precision_mean": 2 / 5,
        "abstention_precision": None,
        "abstention_recall": 0,
        "abstention_f1": 0,
        "found_recall@1": (0 + 1 + 0 + 1) / 4,
        "found_recall@5": (1 + 1 + 0 + 1) / 4,
        "found_ndcg@10": (1 / math.log2(3) + 1 + 0 + 1) / 4,
        "found_reciprocal_rank": (1 / 2 + 1 + 0 + 1) / 4,
        "risk_coverage_area": (1 + 1 + 1 + 1 + 4 / 5) / 5,
        "calibration_error": 0.9 - 0.2,
        "exact_slices": 1,
    },
    always_refuse: {
        "right": 1 / 5,
        "verdict_accuracy": 1 / 5,
        "verdict_macro_f1": (2 / 6) / 5,
        "dangerous_flips": 0,
        "citation_recall": 0,
        "citation_precision": None,
        "cited_words_per_required_word": None,
        "abstention_precision": 1 / 5,
        "abstention_recall": 1,
        "abstention_f1": 2 / (5 + 1),
        "found_recall@10": 0,
        "found_recall@600w": 0,
        "found_ndcg@10": 0,
        "found_reciprocal_rank": 0,
        "exact_slices": None,
    },
    right_verdict_wrong_quote: {
        "right": 1 / 5,
        "verdict_accuracy": 1,
        "dangerous_flips": 0,
        "citation_recall": 0,
        "citation_precision": 0,
        "found_recall@10": 0,
        "exact_slices": 1,
    },
}


@pytest.mark.parametrize("says", BY_HAND, ids=lambda says: says.__name__)
def test_planted_answerers_score_what_was_worked_out_by_hand(assistant: Assistant, says: Callable[..., Any]) -> None:
    summary = summary_of(assistant, says)
    found = {name: summary.figure(name).value for name in BY_HAND[says]}
    assert found == pytest.approx(BY_HAND[says])


def test_a_summary_holds_confusion_curve_reliability_and_slices(assistant: Assistant) -> None:
    summary = summary_of(assistant, always_no)
    assert summary.confusion == {(v, "no"): 1 for v in ("yes", "no", "conditional", "info", "not_covered")}
    assert summary.curve == ((0.2, 1), (0.4, 1), (0.6, 1), (0.8, 1), (1, 0.8))
    assert [(found.low, found.count, found.right) for found in summary.reliability] == [(0.9, 5, 0.2)]
    login = {figure.name: (figure.value, figure.count) for figure in summary.slices["tag"]["login"]}
    assert login == {
        "right": (0.5, 2),
        "verdict_accuracy": (0.5, 2),
        "citation_recall": (0.75, 2),
        "found_recall@5": (1.0, 2),
    }
    assert list(summary.slices["document"]) == ["it-and-social-media"]
    assert set(summary.slices["verdict"]) == {"yes", "no", "conditional", "info", "not_covered"}
    counts = {f.name: (f.hits, f.count) for f in summary.figures}
    assert counts["abstention_f1"] == counts["verdict_macro_f1"] == (None, 5)
    assert counts["dangerous_flips"] == (1, 2)
    assert counts["refused_answerable"] == (0, 4)
    assert counts["exact_slices"] == (5, 5)


def test_quoting_whole_clauses_costs_words_not_recall(assistant: Assistant) -> None:
    def says(question: GoldQuestion) -> tuple[str, Sequence[str], Sequence[str]]:
        everything = [c.text for c in assistant.edition.clauses]
        return str(question.verdict), everything, everything

    summary = summary_of(assistant, says)
    page = sum(len(clause.text.split()) for clause in assistant.edition.clauses)
    needed = [len(" ".join(quote.text for quote in q.required).split()) for q in QUESTIONS if q.required]
    ratio_by_hand = sum(page / words for words in needed) / 4
    assert summary.figure("citation_recall").value == 1
    assert summary.figure("cited_words_per_required_word").value == pytest.approx(ratio_by_hand)
    # of 21 clauses one is right for pin, one for share (its required and supporting sentence), email and login
    assert summary.figure("citation_precision").value == pytest.approx(4 / (5 * len(assistant.edition.clauses)))


def test_a_quote_moved_by_one_character_is_no_slice(assistant: Assistant) -> None:
    class Moved(Planted):
        def cited(self, label: int, quote: str) -> Any:
            honest = super().cited(label, quote)
            return replace(honest, start=honest.start + 1, end=honest.end + 1)

    rows = measured_answers(Moved(assistant.edition, perfect), QUESTIONS, lambda *told: None)
    assert rows.summary.figure("exact_slices").value == 0
    assert rows.summary.figure("exact_slices").count == 5


@pytest.mark.parametrize(
    "changed",
    [
        {"items": ("Always lock your computer", "always unlock your computer")},
        {"items": ("",)},
        {"lead": "IT and Social Media … You may:"},
        {"document": "elsewhere"},
        {"quote": "", "start": 0, "end": 0},
    ],
)
def test_what_is_shown_beside_a_quote_is_a_slice_too(changed: dict[str, Any], assistant: Assistant) -> None:
    documents = assistant.edition.documents
    honest = Planted(assistant.edition, perfect).cited(1, SHARE)
    beside = replace(honest, items=("Always lock your computer",), lead="IT and Social Media … Never share")
    assert (is_exact(beside, documents), is_exact(replace(beside, **changed), documents)) == (True, False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"No. The handbook says, under “Login …”: “{SHARE}” “Log off.” [1]", ["Login …"]),
        (f"No. The handbook says, under “Login”: “{SHARE}” “Log off.” [1]", []),
        (f"No. The handbook says: “{SHARE.replace('Never', 'Ever')}” [1]", [SHARE.replace("Never", "Ever")]),
        (f"No. The handbook says: “{SHARE}” “Log on.” [1]", ["Log on."]),
        ("No. What is “your password” stays yours [1].", []),
        ("No. The handbook says: “never closed", ["never closed"]),
    ],
)
def test_a_quote_in_the_words_that_no_citation_holds_is_no_slice(
    text: str, found: list[str], assistant: Assistant
) -> None:
    planted = Planted(assistant.edition, perfect)
    cited = replace(planted.cited(1, SHARE), lead="Login", items=("Log off.",))
    said = replace(planted.ask("share?"), text=text, citations=(cited,))
    assert list(misquoted(said)) == found
    (score,) = score_all([QUESTIONS[1]], [replace(answer("no", [SHARE]), misquoted=tuple(found))])
    assert score.quotes - score.quotes_exact == len(found)


@pytest.mark.parametrize("words", ["The “golden rule”: ask.", "“Ask” means ask.", "Ask for “help”"])
def test_marks_within_a_quote_are_the_pages_own(words: str, assistant: Assistant) -> None:
    planted = Planted(assistant.edition, perfect)
    cited = replace(planted.cited(1, SHARE), quote=words)
    said = replace(planted.ask("share?"), text=cited.told, citations=(cited,))
    assert list(misquoted(said)) == []


def test_an_answer_that_breaks_is_wrong_and_named(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test-LEAKME")

    def says(question: GoldQuestion) -> Any:
        raise ConnectionError("refused for sk-test-LEAKME")

    rows = measured_answers(Planted(assistant.edition, says), QUESTIONS, lambda *told: None)
    assert {row.answer.error for row in rows.rows} == {"ConnectionError: refused for [OPENAI_API_KEY]"}
    assert rows.summary.figure("verdict_accuracy").value == 0
    assert rows.summary.confusion["not_covered", "error"] == 1


def test_jobs_do_not_change_the_order_or_the_figures(assistant: Assistant) -> None:
    one, four = (
        measured_answers(Planted(assistant.edition, always_no), QUESTIONS, lambda *told: None, jobs) for jobs in (1, 4)
    )
    assert one.rows == four.rows
    assert one.summary == four.summary


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Never share it!", "never   SHARE it", True),
        ("Ask before. Never share your password, ever.", "Never share your password", True),
        ("Never share your password", "Never share your PIN code", False),
        ("No photos", "No photos", False),  # nine characters: a crumb
        ("No photos now", "No photos now", True),
        ("No photos no", "No photos no", True),  # twelve
        ("", "Never share your password", False),
    ],
)
def test_quotes_overlap_when_one_holds_the_other(one: str, other: str, same: bool) -> None:
    assert overlaps(plain(one), plain(other)) is same


def answer(verdict: str = "yes", cited: Sequence[str] = (), found: Sequence[str] = (), **more: Any) -> Answered:
    quotes = tuple(Cited("d", "c", quote, 0, len(quote), True) for quote in cited)
    clauses = tuple(Found("d", f"c{n}", text) for n, text in enumerate(found))
    return Answered(
        **{"id": "q", "text": "", "closest": (), "confidence": 0.5, "answered_by": "reader"}
        | {"verdict": verdict, "cited": quotes, "found": clauses}
        | more
    )


def test_recall_within_words_reads_whole_clauses_and_always_the_first() -> None:
    first, second, third = (" ".join([word] * 100) for word in ("alpha", "beta", "gamma"))
    question = gold("q", "yes", "alpha alpha alpha", "beta beta beta", "gamma gamma gamma")
    (score,) = score_all([question], [answer(found=[first, second, third])])
    assert score.recall_within == (1 / 3, 1, 1)
    just = [" ".join(["alpha"] * 100), " ".join(["beta"] * 50)]
    (exactly,), (over,) = (score_all([question], [answer(found=f)]) for f in (just, [just[0], f"{just[1]} beta"]))
    assert (exactly.recall_within, over.recall_within) == ((2 / 3,) * 3, (1 / 3, 2 / 3, 2 / 3))
    (long,) = score_all([question], [answer(found=[" ".join(["alpha"] * 700), second])])
    assert long.recall_within == (1 / 3, 1 / 3, 1 / 3)


def test_recall_at_a_depth_counts_quotes_and_ranks_follow_trec_eval() -> None:
    question = gold("q", "yes", "alpha alpha alpha", "beta beta beta", "gamma gamma gamma")
    nothing = [f"filler number {n}" for n in range(20)]
    (score,) = score_all([question], [answer(found=[nothing[0], "alpha alpha alpha", *nothing[2:5], "beta beta beta"])])
    assert score.recall_at == (0, 1 / 3, 2 / 3)
    gained = 1 / math.log2(3) + 1 / math.log2(7)
    ideal = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert score.ndcg == pytest.approx(gained / ideal)
    assert score.reciprocal_rank == pytest.approx(1 / 2)


def test_two_quotes_in_one_clause_are_one_relevant_clause() -> None:
    assert rank_measures([[2, 2], [None], [], [11]]) == [
        (pytest.approx(1 / math.log2(3)), 0.5),
        (0.0, 0.0),
        (None, None),
        (0.0, pytest.approx(1 / 11)),
    ]


def test_a_question_without_a_verdict_or_evidence_is_not_scored_for_them() -> None:
    (score,) = score_all([gold("q", None)], [answer()])
    assert (score.verdict, score.flip, score.recall, score.ndcg, score.credit, score.right) == (None,) * 6


def test_precision_of_all_citations_and_of_each_question_that_cites() -> None:
    """One of three and one of one are two of four citations, and two thirds of the questions that cite."""
    questions = [gold("a", "yes", SHARE), gold("b", "yes", SHARE), gold("c", "yes", SHARE)]
    said = [answer("yes", [SHARE, PIN, BLUETOOTH]), answer("yes", [SHARE]), answer("yes")]
    scores = score_all(questions, said)
    figures = summarise(rows_of(questions, said, scores))
    assert [score.precision for score in scores] == [1 / 3, 1, None]
    assert (figures.figure("citation_precision").value, figures.figure("citation_precision").count) == (0.5, 4)
    mean = figures.figure("citation_precision_mean")
    assert (mean.value, mean.count) == (pytest.approx(2 / 3), 2)


def test_what_was_not_scored_counts_nothing() -> None:
    summary = summarise(())
    assert {(figure.value, figure.count) for figure in summary.figures} == {(None, 0)}
    assert share("none", 0, 0).hits == 0
    silent = [gold("q", "not_covered")], [answer("yes")]
    assert summarise(rows_of(*silent, score_all(*silent))).figure("abstention_f1").count == 1


def test_a_slice_holds_recall_among_the_best_five() -> None:
    question, said = (
        gold("q", "yes", SHARE, tags=("t",)),
        answer(found=[*(f"filler number {n}" for n in range(6)), SHARE]),
    )
    summary = summarise(rows_of([question], [said], score_all([question], [said])))
    assert (summary.figure("found_recall@5").value, summary.figure("found_recall@10").value) == (0, 1)
    assert {f.name: f.value for f in summary.slices["tag"]["t"]}["found_recall@5"] == 0


def test_credit_is_recall_for_the_right_verdict_and_nothing_for_a_wrong_one() -> None:
    question = gold("q", "yes", SHARE, LOCK)
    said = [answer("yes", [SHARE]), answer("yes", [SHARE, LOCK]), answer("no", [SHARE, LOCK])]
    credits = [score_all([question], [a])[0].credit for a in said]
    assert credits == [0.5, 1.0, 0.0]


@pytest.mark.parametrize(
    ("gold_verdict", "answered", "flip"),
    [("yes", "no", True), ("no", "yes", True), ("yes", "conditional", False), ("conditional", "yes", None),
     ("no", "not_covered", False), ("not_covered", "yes", None), ("info", "no", None)],
)  # fmt: skip
def test_only_yes_for_no_and_no_for_yes_are_dangerous(gold_verdict: str, answered: str, flip: bool | None) -> None:
    (score,) = score_all([gold("q", gold_verdict)], [answer(answered)])
    assert score.flip is flip


def test_wilson_gives_the_published_intervals() -> None:
    """Newcombe 1998, table I: 81/263, 15/148, 0/20 and 1/29, method 3."""
    for hits, count, low, high in [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611),
                                   (1, 29, 0.0061, 0.1718)]:  # fmt: skip
        assert wilson(hits, count) == pytest.approx((low, high), abs=5e-5)
    assert share("none", 0, 0).value is None


def test_the_bootstrap_draws_clusters_not_questions() -> None:
    values, ones = [1.0] * 50 + [0.0] * 50, [1.0] * 100
    alone = ratio("m", values, ones, [str(n) for n in range(100)])
    paired = ratio("m", values, ones, ["a"] * 50 + ["b"] * 50)
    assert alone.value == paired.value == 0.5
    assert (alone.low, alone.high) == pytest.approx((0.40, 0.61))  # the binomial's own points are .40 and .60
    assert (paired.low, paired.high) == (0.0, 1.0)  # two clusters: all of one is drawn in a quarter of the draws
    assert ratio("m", values, ones, [str(n) for n in range(100)]) == alone


def test_a_ratio_is_resampled_as_a_ratio() -> None:
    import numpy as np

    rows = np.array([[1.0, 2.0], [3.0, 6.0], [2.0, 4.0]])
    assert bootstrap(rows, ["a", "b", "c"], quotient) == (0.5, 0.5)


def test_the_area_under_risk_and_coverage_counts_equally_sure_wrong_answers_first() -> None:
    pairs = [(0.9, True), (0.5, True), (0.5, False), (0.1, False)]
    assert risk_coverage(pairs) == ((0.25, 0), (0.5, 0.5), (0.75, 1 / 3), (1, 0.5))
    by_hand = (0 + 1 / 2 + 1 / 3 + 1 / 2) / 4
    assert area("a", pairs, ["a", "b", "c", "d"]).value == pytest.approx(by_hand)


def test_intervals_of_confidence_measures_stay_what_they_are() -> None:
    """Not worked out by hand but pinned: the seed is fixed, so a change of these is a change of the code."""
    pairs = [(n / 100, n % 3 > 0) for n in range(100)]
    names = [str(n) for n in range(100)]
    figures = [area("a", pairs, names), calibration_error("c", pairs, names)]
    by_hand = sum(abs(sum(s - r for s, r in pairs[at : at + 10])) for at in range(0, 100, 10)) / 100
    assert figures[1].value == pytest.approx(by_hand)
    assert [(round(f.low or 0, 4), round(f.high or 0, 4)) for f in figures] == [(0.2183, 0.4895), (0.2183, 0.3973)]


def test_reliability_sets_confidence_against_what_was_right() -> None:
    table = reliability([(0.95, True), (1.0, False), (0.31, False)])
    assert table[0] == Bin(0.3, 1, 0.31, 0.0, *wilson(0, 1))
    assert table[1] == Bin(0.9, 2, pytest.approx(0.975), 0.5, *wilson(1, 2))


def test_questions_cluster_by_sentence_in_a_small_handbook_and_by_document_in_a_large_one() -> None:
    assert clusters(QUESTIONS) == (PIN, SHARE, PROMPT, SHARE, "pay")
    many = [replace(QUESTIONS[0], evidence=(Quote(PIN, "required", f"d{n % 10}"),)) for n in range(20)]
    assert clusters(many) == tuple(f"d{n % 10}" for n in range(20))


@pytest.mark.parametrize(
    ("text", "support"),
    [
        ("No. You must never share your password with staff or pupils [1].", 1),
        ("No. You must never share your password [1]. You get 28 days of paid holiday [1].", 0.5),
        (f"No. Never share your password with staff. [1] Also: “{SHARE}” [1]", 1),  # a quote is no statement
        ("Share your password and lend your laptop [1].", 1),  # half of its words
        ("Share holidays, travel and lunch [1].", 0),  # a quarter
        ("Never share your password [1] [2].", 0),  # one label of two never given
        ("Never share your password with other staff.", 0),  # no label
        ("Never share your password with other staff [2].", 0),  # a label never given
        ("Never share your password with 3 other staff [1].", 0),  # a number of its own
    ],
)
def test_a_statement_of_a_model_rests_on_its_quote_or_is_unsupported(text: str, support: float) -> None:
    assert statement_support(answer("no", [SHARE], text=text, answered_by="openai:x")) == support
    assert statement_support(answer("no", [SHARE], text=text)) is None


def test_a_statement_rests_on_the_quote_of_its_own_label() -> None:
    said = [
        answer("no", [PIN, SHARE], text=f"Never share your password [{n}].", answered_by="openai:x") for n in (1, 2)
    ]
    assert [statement_support(each) for each in said] == [0, 1]


def test_an_answer_of_quotes_alone_has_no_statement_to_support() -> None:
    text = f"No. The handbook says: “{SHARE}” [1]"
    assert statement_support(answer("no", [SHARE], text=text, answered_by="openai:x")) is None


def test_secrets_of_the_environment_stay_out_of_what_is_written() -> None:
    said = without_secrets("key sk-test-LEAKME, home /root", {"OPENAI_API_KEY": "sk-test-LEAKME", "HOME": "/root"})
    assert said == "key [OPENAI_API_KEY], home /root"
