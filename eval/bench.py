"""Questions and policies of others, asked and measured with the same measures (ConditionalQA, ObliQA, ShARC, MTRAG).

A benchmark's folder holds `docs.jsonl` and `questions.SPLIT.jsonl`; nothing of it is kept in the repository.
Its pages are written as Markdown, published as an edition of their own, and asked `context + " " + question`.
The figures are those of the gold; where nothing is labelled, nothing is scored.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eval.gold import GoldQuestion, Quote
from ingest.documents import HandbookError
from ingest.publish import publish
from ingest.rows import Progress
from ingest.settings import Settings
from qa.assistant import Assistant, open_assistant

NAMES = ("conditionalqa", "obliqa", "sharc", "mtrag")


class BenchmarkError(HandbookError):
    """A benchmark that is not there or not of that shape."""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A benchmark: its pages as Markdown by file name, and its questions with the clauses that answer them."""

    name: str
    pages: Mapping[str, str]
    questions: tuple[GoldQuestion, ...]


def read_benchmark(data: Path, name: str, split: str = "dev", limit: int = 0) -> Benchmark:
    """A benchmark from a folder, the first `limit` questions of a split if one is given.

    Raises:
        BenchmarkError: a file is missing, or not of that shape.
    """
    folder = data / name if (data / name).is_dir() else data
    documents = _rows(folder / "docs.jsonl")
    asked = _rows(folder / f"questions.{split}.jsonl")
    try:
        pages = {f"{slug(document['doc_id'])}.md": page(document) for document in documents}
        clauses = {c["id"]: (c["text"], slug(d["doc_id"])) for d in documents for c in d["clauses"]}
        questions = tuple(_question(row, clauses) for row in asked[: limit or None])
    except (KeyError, TypeError, AttributeError) as error:
        raise BenchmarkError(f"{folder} is no benchmark of this shape ({error!r}): see eval/bench.py") from error
    return Benchmark(name, pages, questions)


@contextmanager
def opened(benchmark: Benchmark, home: Path | None, settings: Settings, progress: Progress) -> Iterator[Assistant]:
    """An assistant on the benchmark's pages, published in `home` or in a temporary one that goes away again."""
    with TemporaryDirectory(prefix="policy-bench-") as aside:
        place = home or Path(aside) / "home"
        if not (place / "models").exists() and (settings.home / "models").is_dir():
            shutil.copytree(settings.home / "models", place / "models")  # exporting them again takes a minute
        docs = Path(aside) / "pages"
        docs.mkdir()
        for name, text in benchmark.pages.items():
            (docs / name).write_text(text, "utf-8")
        publish(docs, place, embedding=settings.embedding, precision=settings.precision, progress=progress)
        yield open_assistant(place, settings=settings)


def page(document: Mapping[str, Any]) -> str:
    """A document of a benchmark as a Markdown page: a bullet for each clause, headings above."""
    lines, before = [f"# {document['title']}", ""], None
    for clause in document["clauses"]:
        path = [heading for heading in clause.get("heading_path", []) if heading != document["title"]]
        if path and path != before:
            lines += [f"## {' > '.join(path)}", ""]
        before = path
        lines += ["- " + " ".join(clause["text"].split()), ""]
    return "\n".join(lines)


def slug(name: str) -> str:
    """A name as the id of a page has it: small letters and digits, parted by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _question(row: Mapping[str, Any], clauses: Mapping[str, tuple[str, str]]) -> GoldQuestion:
    evidence = tuple(Quote(clauses[name][0], "required", clauses[name][1]) for name in row["gold_clause_ids"])
    return GoldQuestion(
        id=row["qid"],
        question=f"{row['context']} {row['question']}".strip(),
        history=tuple((turn["q"], turn["a"]) for turn in row["history"]),
        verdict=row["verdict"],
        evidence=evidence,
        answerable=bool(row["answerable"]),
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    except OSError as error:
        raise BenchmarkError(f"no {path}: give --data the folder that holds the benchmarks") from error
    except (ValueError, RecursionError) as error:
        raise BenchmarkError(f"{path} is not JSON Lines ({error})") from error
