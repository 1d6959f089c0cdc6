"""Evidence keeps every score and says why each candidate was kept or rejected."""

from __future__ import annotations

from ingest.words import terms
from qa.assistant import Assistant
from qa.words import WordIndex


def test_every_candidate_keeps_its_scores_and_a_reason(assistant: Assistant) -> None:
    evidence = assistant._finder.find("can I text a parent back?")
    assert {frozenset(c.scores) for c in evidence.candidates} == {
        frozenset({"sentence", "clause", "words", "covered", "taught", "fused"})
    }
    assert all(c.why.startswith("kept" if c.kept else "rejected") for c in evidence.candidates)
    assert 0 < len(evidence.kept) < len(evidence.candidates)


def test_candidates_come_best_first_and_clauses_once(assistant: Assistant) -> None:
    evidence = assistant._finder.find("who can see my instagram")
    scores = [c.score for c in evidence.candidates]
    assert scores == sorted(scores, reverse=True)
    clauses = [clause.id for clause, _ in evidence.clauses()]
    assert len(clauses) == len(set(clauses))


def test_school_slang_finds_the_words_of_the_handbook(assistant: Assistant) -> None:
    lexicon = assistant.edition.lexicon
    assert set(terms("parents", lexicon)) <= set(terms("mum", lexicon))


def test_a_misspelt_word_finds_its_clause(assistant: Assistant) -> None:
    index: WordIndex = assistant._finder._words
    right, wrong = (index.best(index.read(q), 5) for q in ("bluetooth", "bluetoth"))
    assert right
    assert right == wrong


def test_words_the_handbook_never_uses_are_counted(assistant: Assistant) -> None:
    index: WordIndex = assistant._finder._words
    assert index.read("zebra xylophone").unknown == 1
    assert index.read("password").unknown == 0
    covered = index.covered(index.read("password"), range(21))
    assert sorted({round(share, 6) for share in covered.values()}) == [0.0, 1.0]
