"""The pages and labelled questions that the local models are trained on.

A corpus is a folder with `pages/*.md` and either `questions.jsonl` or `questions/*.jsonl`, labelled as
in the gold rules; a benchmark is a folder with `docs.jsonl` and `questions.<split>.jsonl`. Both become
the same thing here: pages of units, and questions that name the units which settle them.
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.clauses import Clause, Sentence, cut
from ingest.documents import Document, read_document, read_folder
from ingest.embedding import brief, passage
from qa.judge import above

HELD_OUT_EVERY = 7  # each seventh page, by name, is never trained on: it measures


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence as the finder sees it, with its context in front; `text` is the bare sentence.

    `above` is the stem of its list or its heading, as the rules of language want it; `brief` is what the judge reads.
    """

    passage: str
    text: str
    brief: str
    above: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A labelled question: `required` and `supporting` are indices into the units of its page."""

    id: str
    page: str
    question: str
    verdict: str
    required: tuple[int, ...]
    supporting: tuple[int, ...] = ()
    before: str = ""

    @property
    def searched(self) -> str:
        """The question as it is searched: a follow-up with the question before it in front."""
        return f"{self.before} {self.question}" if self.before else self.question


@dataclass(frozen=True, slots=True)
class Corpus:
    """Pages (name → units) and the questions asked about them."""

    pages: dict[str, tuple[Unit, ...]]
    questions: tuple[Asked, ...]

    def split(self) -> tuple[Corpus, Corpus]:
        """The pages to train on and the pages held out, whole pages each."""
        held = set(held_out(self.pages))
        return self.only(set(self.pages) - held), self.only(held)

    def only(self, names: set[str]) -> Corpus:
        """The pages of these names, with what is asked of them."""
        pages = {name: units for name, units in self.pages.items() if name in names}
        return Corpus(pages, tuple(asked for asked in self.questions if asked.page in names))

    def __add__(self, other: Corpus) -> Corpus:
        return Corpus(self.pages | other.pages, self.questions + other.questions)


def held_out(pages: Iterable[str]) -> list[str]:
    """The names of the pages, of all of a corpus, that are never trained on."""
    return sorted(pages)[3::HELD_OUT_EVERY]


def read_corpus(folder: Path, also: Path | None = None) -> Corpus:
    """The practice pages and questions of a folder, and those of a file that are asked of the same pages."""
    clauses = {path.stem: cut(read_document(path, path.parent)) for path in sorted(folder.glob("pages/*.md"))}
    files = [folder / "questions.jsonl", *sorted(folder.glob("questions/*.jsonl")), *([also] if also else ())]
    rows = (row for file in files if file.exists() for row in json_lines(file))
    sentences = {name: [(clause, s) for clause in page for s in clause.sentences] for name, page in clauses.items()}
    pages = {name: tuple(unit(clause, s) for clause, s in pairs) for name, pairs in sentences.items()}
    asked = (_asked(row, sentences[row["page"]]) for row in rows)
    return Corpus(pages, tuple(a for a in asked if a.required or a.verdict == "not_covered"))


def read_handbook(folder: Path) -> Corpus:
    """A published handbook's folder and its taught questions as a corpus, page by page."""
    pages, questions = {}, []
    documents = [d for d in read_folder(folder) if isinstance(d, Document)]
    rows = [{"history": [], **row} for row in json_lines(folder / "taught.jsonl")]
    for document in documents:
        sentences = [(clause, s) for clause in cut(document) for s in clause.sentences]
        pages[document.id] = tuple(unit(clause, s) for clause, s in sentences)
        for row in rows:
            asked = _asked(row | {"page": document.id}, sentences)
            if asked.required or (asked.verdict == "not_covered" and document is documents[0]):
                questions.append(asked)
    return Corpus(pages, tuple(questions))


def unit(clause: Clause, sentence: Sentence) -> Unit:
    """A sentence of a clause as a unit."""
    return Unit(passage(clause, sentence), sentence.text, brief(clause, sentence), above(clause, sentence))


def _asked(row: dict[str, Any], sentences: Sequence[tuple[Clause, Sentence]]) -> Asked:
    return Asked(
        id=row["id"],
        page=row["page"],
        question=row["question"],
        verdict=row["verdict"],
        required=tuple(_places(row, "required", sentences)),
        supporting=tuple(_places(row, "supporting", sentences)),
        before=row["history"][-1]["question"] if row.get("history") else "",
    )


def _places(row: dict[str, Any], role: str, sentences: Sequence[tuple[Clause, Sentence]]) -> Iterator[int]:
    quotes = [_quote(e["quote"]) for e in row["evidence"] if e["role"] == role]
    for index, (clause, sentence) in enumerate(sentences):
        if any(q in sentence.text or (sentence.text in q and q in clause.text) for q in quotes):
            yield index


def _quote(text: str) -> str:
    """A quote as the page's normal form has it: white space collapsed, a clause number in front left out."""
    return re.sub(r"^(?:\d+(?:\.\d+)*\.?|[A-Z]\d+|\(?[a-z]\)) ", "", re.sub(r"\s+", " ", text)).strip()


def read_conditionalqa(folder: Path, split: str) -> Corpus:
    """ConditionalQA as a corpus: its pages' clauses are the units, scenario and question the question."""
    pages, places = {}, {}
    for doc in json_lines(folder / "docs.jsonl"):
        units = [_guidance(doc["title"], c["heading_path"], c["text"]) for c in doc["clauses"]]
        pages[doc["doc_id"]] = tuple(units)
        places |= {c["id"]: index for index, c in enumerate(doc["clauses"])}
    rows = json_lines(folder / f"questions.{split}.jsonl")
    questions = tuple(
        Asked(
            id=row["qid"],
            page=row["doc_id"],
            question=f"{row['context']} {row['question']}".strip(),
            verdict=(row["verdict"] or "info") if row["answerable"] else "not_covered",
            required=tuple(places[c] for c in row["gold_clause_ids"]) if row["answerable"] else (),
        )
        for row in rows
    )
    return Corpus(pages, tuple(asked for asked in questions if asked.required or asked.verdict == "not_covered"))


def _guidance(title: str, headings: Sequence[str], text: str) -> Unit:
    return Unit(f"{' – '.join(headings or [title])}: {text}", text, f"{headings[-1]}: {text}" if headings else text)


def read_sharc(folder: Path, split: str) -> Corpus:
    """ShARC as a corpus: the rule that was shown is the one unit; scenario, answers so far and question the question.

    Only what has a verdict; “ask more” is conditional.
    """
    texts = {c["id"]: c["text"] for doc in json_lines(folder / "docs.jsonl") for c in doc["clauses"]}
    rows = [row for row in json_lines(folder / f"questions.{split}.jsonl") if row["verdict"]]
    pages = {row["qid"]: (Unit(*[texts[row["presented_clause_id"]]] * 3),) for row in rows}
    questions = tuple(
        Asked(
            id=row["qid"],
            page=row["qid"],
            question=" ".join(
                [row["context"], *(f"{turn['q']} {turn['a']}." for turn in row["history"]), row["question"]]
            ).strip(),
            verdict=row["verdict"],
            required=(0,),
        )
        for row in rows
    )
    return Corpus(pages, questions)


def add_corpus_options(parser: argparse.ArgumentParser) -> None:
    """The options that name what is trained on and what is held out."""
    parser.add_argument("--corpus", type=Path, action="append", required=True, help="the first is split by page")
    parser.add_argument("--also", type=Path, help="more questions, asked of the pages of the first corpus")
    parser.add_argument("--hold-out", default="e-*", help="pages of the other corpora that are held out too")
    parser.add_argument("--handbook", type=Path, help="a handbook's folder, its taught questions trained on")
    parser.add_argument("--conditionalqa", type=Path)
    parser.add_argument("--limit-conditionalqa", type=int, help="so many of its questions, all if not given")
    parser.add_argument("--sharc", type=Path)


def read_corpora(options: argparse.Namespace) -> tuple[list[Corpus], dict[str, Corpus]]:
    """The corpora to train on, practice pages first, and the held-out ones by name."""
    first, held = read_corpus(options.corpus[0], options.also).split()
    others = Corpus({}, ())
    for folder in options.corpus[1:]:
        others = others + read_corpus(folder)
    left_out = set(fnmatch.filter(others.pages, options.hold_out))
    first = first + others.only(set(others.pages) - left_out)
    if options.handbook:
        first = first + read_handbook(options.handbook)
    corpora, measured = [first], {"pages": held, "ours": others.only(left_out)}
    if options.conditionalqa:
        guidance = read_conditionalqa(options.conditionalqa, "train")
        some = shuffled(guidance.questions, 3)[: options.limit_conditionalqa]
        corpora.append(Corpus(guidance.pages, tuple(some)).only({asked.page for asked in some}))
        measured["conditionalqa"] = read_conditionalqa(options.conditionalqa, "dev")
    if options.sharc:
        corpora.append(read_sharc(options.sharc, "dev"))
    return corpora, {name: corpus for name, corpus in measured.items() if corpus.questions}


def shuffled(questions: Iterable[Asked], seed: int) -> list[Asked]:
    """The questions in a random order that depends on the seed alone."""
    order = sorted(questions, key=lambda asked: asked.id)
    random.Random(seed).shuffle(order)
    return order


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file, in order."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())
