"""The handbook asked with a chat model: the real langchain-openai client, talking to the scripted endpoint."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from scripted_endpoint import Endpoint, Script, serve

from benchmarks.served import Served, served
from ingest.settings import Settings
from qa.answer import Answer
from qa.assistant import Assistant
from qa.endpoint import open_chat_model
from qa.model import Drafter

NAME = "openai:scripted"
QUESTION = "can I text a parent back?"
TRUE = (
    "Do not exchange private texts, phone numbers, personal email addresses or photos of a personal nature"
    " with pupils or parents and carers."
)
SHORT = "Do not exchange private texts with parents and carers."
STATED, QUOTED = f"No. {SHORT} [1]", f"No. The handbook says: “{TRUE}” [1]"

Ask = Callable[..., Answer]
Models = dict[bool, Any]


def settings(**given: Any) -> Settings:
    """Settings of nobody's environment, with a deadline that no slow machine misses."""
    return Settings(_env_file=None, **{"model_deadline": 60.0, **given})


def with_model(assistant: Assistant, drafter: Drafter) -> Assistant:
    """The assistant with a model, and with no answers kept."""
    return Assistant(assistant.edition, assistant.finder, assistant.judge, drafter)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    """A running endpoint, to be given its scripts."""
    with serve() as running:
        yield running


@pytest.fixture(scope="module")
def models(endpoint: Endpoint) -> Models:
    """The client on the endpoint: asking for a stream where somebody listens, and always."""

    def opened(streaming: bool) -> Any:
        options = {"streaming": True} if streaming else {}
        return open_chat_model(NAME, settings(model_base_url=endpoint.url, model_options=options))

    return {False: opened(False), True: opened(True)}


@pytest.fixture
def ask(assistant: Assistant, endpoint: Endpoint, models: Models) -> Ask:
    """Asks the handbook with a model whose endpoint answers by these scripts, with a breaker of its own."""

    def asked(*scripts: Script, question: str = QUESTION, stream: bool = False, deadline: float = 60.0) -> Answer:
        endpoint.scripts, endpoint.requests[:] = list(scripts), []
        drafter = Drafter(models[stream], NAME, settings(model_deadline=deadline))
        return with_model(assistant, drafter).ask(question)

    return asked


@pytest.fixture(scope="module")
def drafted(endpoint: Endpoint, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app, with a chat model that drafts."""
    chosen = {
        "POLICY_QA_MODEL": NAME,
        "POLICY_QA_MODEL_BASE_URL": endpoint.url,
        "POLICY_QA_MODEL_DEADLINE": "100",
        "OPENAI_API_KEY": "none",
    }
    with served(home, tmp_path_factory.mktemp("drafted"), settings=chosen) as found:
        yield found
