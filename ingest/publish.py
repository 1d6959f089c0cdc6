"""A folder of pages → a published edition: the one way in for the command line, the app and the tests."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.admission import KINDS
from ingest.astray import astray
from ingest.build import Built, LeftOut, Making, Sources, build, current, draft
from ingest.clauses import Clause, cut, stands
from ingest.difference import Difference, came_and_went, compare
from ingest.documents import Document, HandbookError, UnreadableFile, read_folder
from ingest.editions import Edition, NoEdition, open_edition
from ingest.embedding import Encoder, ModelCard, Vectors
from ingest.export import DEFAULT, judge_folder, model_folder
from ingest.lexicon import read_lexicon
from ingest.pointer import building
from ingest.remarks import remarks
from ingest.rows import Progress
from ingest.taught import TaughtQuestion, UnusableLine, gathered, read_taught

SETTINGS_FILE = Path(__file__).parent / "weights" / "settings.json"


class EmptyHandbook(HandbookError):
    """A folder without a single page."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a run of ingest did, what it left out (in `left_out` how much), and what the owner should look at.

    `pages` are those added, removed and changed since the edition before, by id; empty if there was none.
    """

    built: Built
    documents: int
    clauses: int
    taught: int
    refused: tuple[str, ...]
    left_out: int
    remarks: tuple[str, ...] = ()
    pages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done: pages from a folder into a home, with a model.

    `strict` publishes nothing where something must be left out.
    """

    docs: Path
    home: Path
    embedding: str = DEFAULT
    precision: str = "int8"
    strict: bool = False


def publish(
    docs: Path,
    home: Path,
    *,
    embedding: str = DEFAULT,
    precision: str = "int8",
    strict: bool = False,
    progress: Progress = lambda what, done, total: None,
) -> Report:
    """Builds an edition from a folder and makes it current.

    Raises:
        EmptyHandbook: no page in the folder could be read.
        LeftOut: something could not be used, and `strict` was asked for.
        AlreadyBuilding: another build runs in this home.
        DiskRefused: the home is full or cannot be written.
        HandbookError: anything else that stops it, with what to do.
    """
    return _run(Work(docs, home, embedding, precision, strict), build, progress)


def rehearse(work: Work, progress: Progress = lambda what, done, total: None) -> tuple[Report, Difference]:
    """Builds a draft, publishes nothing, and says what publishing it would change.

    The draft can be opened by its id until the next build; publishing the same pages takes it over.

    Raises:
        HandbookError: as `publish`.
    """
    report = _run(work, draft, progress)
    try:
        before = open_edition(work.home)
    except NoEdition:
        before = None
    return report, compare(before, open_edition(work.home, report.built.id))


def _run(work: Work, make: Callable[..., Built], progress: Progress) -> Report:
    if not work.docs.is_dir():
        raise EmptyHandbook(f"no folder {work.docs}: give the folder of the handbook's pages")
    with building(work.home):
        before = current(work.home)
        sources, refused, left_out = read_sources(work.docs, before)
        if refused and work.strict:
            raise LeftOut("\n  ".join(["nothing was published, because something would be left out:", *refused]))
        progress("preparing the models", 0, 1)
        models = {"finder": model_folder(work.embedding, work.home, work.precision)}
        judge = judge_folder(work.home, work.precision)
        if judge:
            models["judge"] = judge
        built = make(work.home, sources, Making(before, _OnDemand(models["finder"]), models, progress))
        noticed = remarks(sources.documents, sources.clauses)
        if sources.taught:
            edition = before if before and before.id == built.id else open_edition(work.home, built.id)
            noticed = (*noticed, *astray(edition))
    counts = len(sources.documents), len(sources.clauses), len(sources.taught)
    pages = came_and_went(before.documents, {page.id: page for page in sources.documents}) if before else {}
    return Report(built, *counts, tuple(refused), left_out, noticed, pages)


class _OnDemand:
    """An encoder that is opened when the first text comes: where nothing is new, none does."""

    def __init__(self, folder: Path) -> None:
        self.card = ModelCard.read(folder)
        self._folder = folder

    def __call__(self, texts: Sequence[str], done: Callable[[int], None] = lambda count: None) -> Vectors:
        return Encoder(self._folder)(texts, done)


def read_sources(docs: Path, before: Edition | None = None) -> tuple[Sources, list[str], int]:
    """Everything in a handbook's folder, why something was left out, and of how many files and questions.

    Pages whose files have not changed are taken over with their clauses from the edition before.

    Raises:
        EmptyHandbook: no page in the folder could be read.
    """
    known = _known(before) if before else {}
    found = list(read_folder(docs, known={page.origin: page for page, _ in known.values()}))
    documents = tuple(d for d in found if isinstance(d, Document))
    refused = [str(error) for error in found if isinstance(error, UnreadableFile)]
    if not documents:
        why = refused or [f"there is none: put pages into it that end in {', '.join(KINDS)}"]
        raise EmptyHandbook("; ".join([f"no page could be read in {docs}", *why]))
    clauses = tuple(clause for document in documents for clause in _clauses(document, known))
    taught = list(read_taught(docs / "taught.jsonl", clauses))
    unusable = [t for t in taught if isinstance(t, UnusableLine)]
    left_out = len(refused) + len(unusable)
    refused += gathered(unusable)
    sources = Sources(
        documents=documents,
        clauses=clauses,
        taught=tuple(t for t in taught if isinstance(t, TaughtQuestion)),
        lexicon=read_lexicon(docs / "lexicon.yaml"),
        settings=json.loads(SETTINGS_FILE.read_text("utf-8")),
    )
    return sources, refused, left_out


_Known = dict[str, tuple[Document, tuple[Clause, ...]]]


def _known(edition: Edition) -> _Known:
    """An edition's pages with their clauses, by id: those that can be taken over, every clause where it says."""
    cut_from: dict[str, list[Clause]] = defaultdict(list)
    for clause in edition.clauses:
        cut_from[clause.document].append(clause)
    pages = ((page, tuple(cut_from[page.id])) for page in edition.documents.values() if page.origin)
    return {page.id: (page, clauses) for page, clauses in pages if all(stands(clause, page) for clause in clauses)}


def _clauses(document: Document, known: _Known) -> tuple[Clause, ...]:
    page, clauses = known.get(document.id, (None, ()))
    return clauses if page is document else cut(document)
