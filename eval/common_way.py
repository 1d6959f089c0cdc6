"""The common way, for comparison: LangChain's default chunks in Chroma, with the same embedding model.

1,000 characters a chunk, 200 of overlap, nearest chunks first. Needs the extra `bench`; nothing else does.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.bench import Benchmark
from eval.extra import library
from eval.figures import rows_of, summarise
from eval.measure import Measured
from eval.run import Answered, Found, Run
from eval.scores import score_all
from ingest.embedding import Embedder
from ingest.rows import Progress

CHUNK, OVERLAP, CHUNKS = 1_000, 200, 30
AT_ONCE = 5_000  # Chroma takes at most 5,461 rows


def run_common_way(benchmark: Benchmark, embedder: Embedder, folder: Path, progress: Progress) -> Measured:
    """What LangChain's defaults find for every question of a benchmark.

    Raises:
        NotInstalled: LangChain's Chroma package or text splitters are not installed.
    """
    store = _store(benchmark, embedder, folder)
    answers = []
    for done, question in enumerate(benchmark.questions, 1):
        found = store.similarity_search(question.question, k=CHUNKS)
        chunks = tuple(Found(str(f.metadata["page"]), f"{n}", f.page_content) for n, f in enumerate(found))
        answers.append(Answered(question.id, "", "", (), (), chunks, 0.0, "langchain"))
        progress("asking LangChain", done, len(benchmark.questions))
    rows = rows_of(benchmark.questions, answers, score_all(benchmark.questions, answers))
    return Measured(Run("langchain", benchmark.questions, tuple(answers), (0.0,) * len(answers)), rows, summarise(rows))


def _store(benchmark: Benchmark, embedder: Embedder, folder: Path) -> Any:
    chroma, splitters = (library(name, "bench") for name in ("langchain_chroma", "langchain_text_splitters"))
    from langchain_core.embeddings import Embeddings

    class SameModel(Embeddings):
        """Our embedding model behind LangChain's interface."""

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [list(map(float, vector)) for vector in embedder(texts)]

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    splitter = splitters.RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
    chunks = [(name, chunk) for name, text in benchmark.pages.items() for chunk in splitter.split_text(text)]
    store = chroma.Chroma(embedding_function=SameModel(), persist_directory=str(folder))
    for at in range(0, len(chunks), AT_ONCE):
        some: Sequence[tuple[str, str]] = chunks[at : at + AT_ONCE]
        store.add_texts([chunk for _, chunk in some], [{"page": name} for name, _ in some])
    return store
