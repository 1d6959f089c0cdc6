"""A folder of pages → a published edition: the one way in for the command line, the app and the tests."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ingest.clauses import cut
from ingest.documents import Document, HandbookError, UnreadableFile, read_folder
from ingest.editions import Built, Progress, Sources, build
from ingest.embedding import Encoder
from ingest.export import DEFAULT, judge_folder, model_folder
from ingest.taught import TaughtError, TaughtQuestion, read_lexicon, read_taught

SETTINGS_FILE = Path(__file__).parent / "weights" / "settings.json"


class EmptyHandbook(HandbookError):
    """A folder without a single page."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a run of ingest did, and what it left out."""

    built: Built
    documents: int
    clauses: int
    taught: int
    refused: tuple[str, ...]


def publish(docs: Path, home: Path, *, embedding: str = DEFAULT, precision: str = "int8", progress: Progress) -> Report:
    """Builds an edition from a folder and makes it current.

    Raises:
        EmptyHandbook: no page in the folder could be read.
        HandbookError: anything else that stops it, with what to do.
    """
    sources, refused = read_sources(docs)
    progress("preparing the models", 0, 1)
    models = {"finder": model_folder(embedding, home, precision)}
    judge = judge_folder(home, precision)
    if judge:
        models["judge"] = judge
    built = build(home, sources, Encoder(models["finder"]), models, progress)
    clauses = sum(len(cut(document)) for document in sources.documents)
    return Report(built, len(sources.documents), clauses, len(sources.taught), tuple(refused))


def read_sources(docs: Path) -> tuple[Sources, list[str]]:
    """Everything in a handbook's folder, and why something was left out."""
    if not docs.is_dir():
        raise EmptyHandbook(f"no folder {docs}: give the folder of the handbook's pages")
    found = list(read_folder(docs))
    documents = tuple(d for d in found if isinstance(d, Document))
    refused = [str(error) for error in found if isinstance(error, UnreadableFile)]
    if not documents:
        raise EmptyHandbook("; ".join([f"no page could be read in {docs}", *refused]))
    clauses = [clause for document in documents for clause in cut(document)]
    taught = list(read_taught(docs / "taught.jsonl", clauses))
    refused += [str(t) for t in taught if isinstance(t, TaughtError)]
    sources = Sources(
        documents=documents,
        taught=tuple(t for t in taught if isinstance(t, TaughtQuestion)),
        lexicon=read_lexicon(docs / "lexicon.yaml"),
        settings=json.loads(SETTINGS_FILE.read_text("utf-8")),
    )
    return sources, refused
