"""The other stacks that the product is measured beside: LangChain with its defaults, and the bare model.

LangChain's: `RecursiveCharacterTextSplitter` (1,000 characters, 200 of overlap), `HuggingFaceEmbeddings` with
the same packaged all-MiniLM-L6-v2 that the product's model was made from, `Chroma` on disk.
Needs the extra `bench` (`make bench` installs it into an environment of its own).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.export import packaged_folder

#: As in `eval.common_way`; to import that here would count into what LangChain's first answer costs.
CHUNK, OVERLAP = 1_000, 200
AT_ONCE = 5_000  # Chroma takes at most 5,461 rows


class LangChainStack:
    """A folder of pages in LangChain's Chroma, as its tutorials have it."""

    def __init__(self, folder: Path) -> None:
        from langchain_chroma import Chroma
        from langchain_huggingface import HuggingFaceEmbeddings

        self._embeddings = HuggingFaceEmbeddings(model_name=str(packaged_folder()), model_kwargs={"device": "cpu"})
        self._store = Chroma(embedding_function=self._embeddings, persist_directory=str(folder))

    def build(self, docs: Path) -> LangChainStack:
        """Reads, cuts, embeds and stores a folder of pages."""
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
        chunks = [chunk for text in texts_of(docs) for chunk in splitter.split_text(text)]
        for at in range(0, len(chunks), AT_ONCE):
            self._store.add_texts(chunks[at : at + AT_ONCE])
        return self

    def find(self, question: str) -> Any:
        """The four nearest chunks."""
        return self._store.similarity_search(question)

    def encode(self, question: str) -> Any:
        """The question's vector by the bare `SentenceTransformer`, nothing around it."""
        return self._embeddings._client.encode(question)


def texts_of(docs: Path) -> Iterator[str]:
    """The texts of a folder's pages."""
    return (path.read_text("utf-8") for path in sorted(docs.rglob("*.md")) if not path.name.startswith("_"))


def words_of(docs: Path) -> int:
    """How many words a folder's pages have."""
    return sum(len(text.split()) for text in texts_of(docs))
