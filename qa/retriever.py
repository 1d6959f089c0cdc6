"""For those with a LangChain application of their own: the handbook as a retriever, the assistant as a runnable.

HandbookRetriever(assistant=open_assistant(), k=5).invoke("can I text a parent back?")     → [Document, …]
as_runnable(open_assistant()).invoke({"question": "and a pupil?", "history": […]})         → Answer
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import Field

from ingest.clauses import Clause
from qa.answer import Answer
from qa.assistant import Assistant
from qa.question import BadQuestion


class HandbookRetriever(BaseRetriever):
    """Finds the best `k` clauses of an assistant's edition.

    `page_content` is the clause word for word; the metadata says where it stands, so that
    `page_text[start:end] == page_content`, and how well it fits (`score`, higher is better).
    """

    assistant: Assistant
    k: int = Field(default=5, ge=1, le=100)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        found = self.assistant.find(query).clauses()[: self.k]
        return [self._document(clause, score) for clause, score in found]

    def _document(self, clause: Clause, score: float) -> Document:
        page = self.assistant.edition.documents[clause.document]
        return Document(
            id=clause.id,
            page_content=clause.text,
            metadata={
                "document": page.id,
                "title": page.title,
                "source": page.source,
                "number": clause.number,
                "heading_path": list(clause.heading_path),
                "start": clause.start,
                "end": clause.end,
                "edition": self.assistant.edition.id,
                "score": score,
            },
        )


def as_runnable(assistant: Assistant) -> Runnable[str | Mapping[str, Any], Answer]:
    """The assistant as a step of a chain: a question, or `{"question", "history"?}`, → its checked Answer.

    Raises:
        BadQuestion: when it is invoked with something else.
    """

    def ask(asked: str | Mapping[str, Any]) -> Answer:
        if isinstance(asked, str):
            return assistant.ask(asked)
        if not isinstance(asked, Mapping) or not isinstance(asked.get("question"), str):
            raise BadQuestion(f'a question is text or {{"question": …, "history": […]}}, not {asked!r:.80}')
        history = asked.get("history")
        return assistant.ask(asked["question"], () if history is None else history)

    return RunnableLambda(ask, name="handbook")
