"""Evidence keeps every score and says why each candidate was kept or rejected."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from homes import republish
from hypothesis import given
from hypothesis import strategies as st

from ingest.clauses import Sentence
from ingest.disk import copy_folder
from ingest.vectors import highest
from ingest.words import terms
from qa.assistant import Assistant, open_assistant
from qa.evidence import Finder, Scored, Weights, page_scores
from qa.words import RESPELT, WordIndex


def test_every_candidate_keeps_its_scores_and_a_reason(assistant: Assistant) -> None:
    evidence = assistant.finder.find("can I text a parent back?")
    assert {frozenset(c.scores) for c in evidence.candidates} == {
        frozenset({"sentence", "clause", "words", "covered", "taught", "own", "page", "fused"})
    }
    assert all(c.why.startswith("kept" if c.kept else "rejected") for c in evidence.candidates)
    assert 0 < len(evidence.kept) < len(evidence.candidates)


def test_candidates_come_best_first_and_clauses_once(assistant: Assistant) -> None:
    evidence = assistant.finder.find("who can see my instagram")
    scores = [c.score for c in evidence.candidates]
    assert scores == sorted(scores, reverse=True)
    clauses = [clause.id for clause, _ in evidence.clauses()]
    assert len(clauses) == len(set(clauses))


@pytest.fixture
def on_two_pages(assistant: Assistant) -> list[Scored]:
    """Clauses found on two pages, with their own scores: the best three of page one, then two of page two."""
    of = [("one", own) for own in (0.9, 0.7, 0.5, 0.1)] + [("two", own) for own in (0.8, 0.2)]
    clauses = assistant.edition.clauses[: len(of)]
    return [
        (replace(clause, document=page), Sentence("", 0, 0), {"own": own})
        for clause, (page, own) in zip(clauses, of, strict=True)
    ]


def test_a_page_scores_the_mean_of_its_three_best_clauses(on_two_pages: list[Scored]) -> None:
    clause, sentence, _ = on_two_pages[0]
    second = (clause, sentence, {"own": 0.85})  # another sentence of a clause counts nothing
    assert page_scores([*on_two_pages, second]) == pytest.approx({"one": 0.7, "two": (0.8 + 0.2 + 0.1) / 3})


def test_a_sentence_rises_with_its_page_and_never_past_a_better_one_on_it(
    assistant: Assistant, on_two_pages: list[Scored]
) -> None:
    finder = Finder(assistant.edition, assistant.finder.embedder, Weights(page=0.6))
    fused = [scores["fused"] for _, _, scores in finder.on_their_pages(on_two_pages)]
    assert fused[:2] == pytest.approx([0.4 * 0.9 + 0.6 * 0.7, 0.4 * 0.7 + 0.6 * 0.7])
    assert fused[:4] == sorted(fused[:4], reverse=True)
    assert fused[1] > fused[4]  # .7 on page one before .8 on page two


@given(st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0])), st.integers(1, 8))
def test_the_highest_are_those_of_a_stable_sort(values: list[float], count: int) -> None:
    given_ones = np.array(values)
    assert highest(given_ones, count).tolist() == np.argsort(-given_ones, kind="stable")[:count].tolist()


def test_school_slang_finds_the_words_of_the_handbook(assistant: Assistant) -> None:
    lexicon = assistant.edition.lexicon
    assert set(terms("parents", lexicon)) <= set(terms("mum", lexicon))


def test_a_misspelt_word_finds_its_clause(assistant: Assistant) -> None:
    index: WordIndex = assistant.finder.words
    right, wrong = (index.best(index.read(q), 5) for q in ("bluetooth", "bluetoth"))
    assert right
    assert right == wrong


def test_of_many_strange_words_a_few_are_looked_for_in_other_spellings(assistant: Assistant) -> None:
    index: WordIndex = assistant.finder.words
    strange = " ".join(f"qq{chr(97 + i)}zzw" for i in range(RESPELT))
    assert index.read(f"{strange[7:]} bluetoth").known.keys() == index.read("bluetooth").known.keys()
    assert not index.read(f"{strange} bluetoth").known


def test_words_the_handbook_never_uses_are_counted(assistant: Assistant) -> None:
    index: WordIndex = assistant.finder.words
    assert index.read("zebra xylophone").unknown == 1
    assert index.read("password").unknown == 0
    covered = index.covered(index.read("password"), range(21))
    assert sorted({round(share, 6) for share in covered.values()}) == [0.0, 1.0]


def test_a_row_for_other_amounts_is_rejected_with_the_reason(home: Path, tmp_path: Path) -> None:
    (docs := tmp_path / "docs").mkdir()
    rows = ("Spend: Under £50; Approval: None needed", "Spend: Over £500; Approval: Director")
    (docs / "money.md").write_text("# Money\n\n" + "".join(f"- {row}\n\n" for row in rows), "utf-8")
    copy_folder(home / "models", tmp_path / "home" / "models")
    republish(docs, tmp_path / "home")
    found = open_assistant(tmp_path / "home").find("do i need the director's approval for £700")
    assert [(c.clause.text, c.kept) for c in found.candidates] == [(rows[1], True), (rows[0], False)]
    assert found.candidates[1].why == "rejected: for other amounts than the one asked of"
