"""Drafting with a chat model: what is asked of it, when it is heard, and when the reader answers instead."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from langchain_core.messages import AIMessage
from scripted_endpoint import Endpoint, Script
from scripted_model import NAME, QUESTION, SHORT, TRUE, Models, settings, with_model

from ingest.settings import SettingsError
from qa.assistant import Assistant
from qa.breaker import Breaker
from qa.call import Deadline, follow, read_reply
from qa.conversation import Understood
from qa.draft import Usage
from qa.endpoint import install_hint, open_chat_model
from qa.faults import Incomplete, OutOfTime
from qa.model import AT_ONCE, Drafter, open_drafter
from qa.prompt import DRAFT_SCHEMA, VERSION
from qa.proposal import SURE
from qa.reply import restated_wrongly
from qa.retriever import HandbookRetriever, as_runnable
from qa.steps import Step

DRAFTED = json.dumps({"verdict": "no", "statements": [{"label": 1, "quote": TRUE, "text": SHORT}]})
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def chat(models: Models) -> BaseChatModel:
    return models[False]  # type: ignore[no-any-return]


def speaking(assistant: Assistant, chat: BaseChatModel, breaker: Breaker | None = None, **given: Any) -> Assistant:
    """The assistant with a model."""
    return with_model(assistant, Drafter(chat, NAME, settings(**given), breaker))


def script(endpoint: Endpoint, *scripts: Script) -> None:
    endpoint.scripts, endpoint.requests[:] = list(scripts), []


# --- an honest model ----------------------------------------------------------------------


def test_an_answer_says_who_drafted_it_by_which_prompt_for_how_many_tokens(
    assistant: Assistant, endpoint: Endpoint, chat: BaseChatModel
) -> None:
    script(endpoint, Script(content=DRAFTED))
    answer = speaking(assistant, chat).ask(QUESTION)
    assert (answer.verdict, answer.text) == ("no", f"No. {SHORT} [1]")
    assert [citation.quote for citation in answer.citations] == [TRUE]
    said = answer.to_dict()
    assert (said["answered_by"], said["prompt"], said["usage"]) == (
        "openai:scripted", VERSION, {"input_tokens": 700, "output_tokens": 60},
    )  # fmt: skip
    assert "fallback_reason" not in said


def test_what_a_model_drafted_is_given_again_for_no_tokens_and_with_a_history_it_is_asked_anew(
    assistant: Assistant, endpoint: Endpoint, chat: BaseChatModel
) -> None:
    script(endpoint, Script(content=DRAFTED))
    answering = speaking(assistant, chat)
    first, again = answering.ask(QUESTION), answering.ask(QUESTION)
    assert (again.text, again.usage, len(endpoint.requests)) == (first.text, None, 1)
    for _ in range(2):
        answering.ask(QUESTION, [{"question": "do I lock my computer?"}])
    assert len(endpoint.requests) == 3


def test_a_model_is_asked_for_plain_bytes_which_count_as_they_are_read(
    assistant: Assistant, endpoint: Endpoint, chat: BaseChatModel
) -> None:
    script(endpoint, Script(content=DRAFTED))
    speaking(assistant, chat).ask(QUESTION)
    assert [asked.headers["accept-encoding"] for asked in endpoint.requests] == ["identity"]


def test_a_model_is_shown_labels_and_never_names(assistant: Assistant, endpoint: Endpoint, chat: BaseChatModel) -> None:
    script(endpoint, Script(content=DRAFTED))
    speaking(assistant, chat).ask(QUESTION)
    (asked,) = endpoint.requests
    assert f"{TRUE} Turn off" in asked.prompt
    assert not [c.id for c in assistant.edition.clauses if c.id in asked.prompt]
    assert asked.body["response_format"]["json_schema"]["schema"]["required"] == DRAFT_SCHEMA["required"]
    assert asked.body.get("max_tokens", asked.body.get("max_completion_tokens")) == 1000


@pytest.mark.parametrize(
    "content",
    [
        f"```json\n{DRAFTED}\n```",
        DRAFTED.replace(SHORT, f"No. {SHORT}"),
        DRAFTED.replace("Do not exchange private texts, phone", "Do not exchange private  texts,\\nphone"),
        DRAFTED.replace(f'"{TRUE}"', '"exchange private texts, phone numbers"'),
    ],
    ids=["fenced", "the verdict said again", "white space", "a piece of the sentence"],
)
def test_harmless_differences_do_not_matter(
    content: str, assistant: Assistant, endpoint: Endpoint, chat: BaseChatModel
) -> None:
    script(endpoint, Script(content=content))
    answer = speaking(assistant, chat).ask(QUESTION)
    assert (answer.text, answer.citations[0].quote) == (f"No. {SHORT} [1]", TRUE)


def test_a_streaming_client_is_heard_as_well(assistant: Assistant, endpoint: Endpoint) -> None:
    script(endpoint, Script(content=DRAFTED))
    options = {"streaming": True}
    chat = open_chat_model("openai:scripted", settings(model_base_url=endpoint.url, model_options=options))
    assert speaking(assistant, chat).ask(QUESTION).text == f"No. {SHORT} [1]"
    assert endpoint.requests[0].body["stream"] is True


def test_a_server_without_structured_output_is_asked_in_words_and_remembered(
    assistant: Assistant, endpoint: Endpoint, chat: BaseChatModel
) -> None:
    script(endpoint, Script(status=400, raw=b"{}"), Script(content=DRAFTED))
    drafter = Drafter(chat, "openai:scripted", settings())
    for requests in (2, 3):
        fresh = with_model(assistant, drafter)  # has no answers kept
        assert fresh.ask(QUESTION).answered_by == "openai:scripted"
        assert len(endpoint.requests) == requests
    assert ["response_format" in asked.body for asked in endpoint.requests] == [True, False, False]


def test_a_passing_fault_is_tried_again(assistant: Assistant, endpoint: Endpoint, chat: BaseChatModel) -> None:
    script(endpoint, Script(status=503), Script(status=429, headers={"retry-after": "0.1"}), Script(content=DRAFTED))
    assert speaking(assistant, chat).ask(QUESTION).answered_by == "openai:scripted"


class Called(BaseChatModel):
    """A chat model that answers by a call of a tool and reports nothing of itself, as some local ones do."""

    def _generate(self, messages: Any, stop: Any = None, run_manager: Any = None, **kwargs: Any) -> Any:
        from langchain_core.outputs import ChatGeneration, ChatResult

        call = {"name": "draft", "args": json.loads(DRAFTED), "id": "1", "type": "tool_call"}
        return ChatResult(generations=[ChatGeneration(message=AIMessage(content="", tool_calls=[call]))])

    @property
    def _llm_type(self) -> str:
        return "called"


@pytest.mark.parametrize("model", [FakeListChatModel(responses=[DRAFTED]), Called()], ids=["plain", "tool call"])
def test_any_langchain_chat_model_of_the_callers_own_will_do(model: BaseChatModel, assistant: Assistant) -> None:
    drafter = open_drafter(model, settings())
    answer = with_model(assistant, drafter).ask(QUESTION)
    assert answer.text == f"No. {SHORT} [1]"


def test_a_model_that_finds_nothing_is_not_believed_where_the_judge_is_sure(
    assistant: Assistant, endpoint: Endpoint, chat: BaseChatModel
) -> None:
    script(endpoint, Script(content='{"verdict": "not_covered", "statements": []}'))
    question = "is it ok to share my password with another teacher"
    ruled = assistant.judge(Understood(question), assistant.find(question))
    sure = ruled.answerable >= SURE or ruled.taught is not None
    answer = speaking(assistant, chat).ask(question)
    assert answer.verdict == (assistant.ask(question).verdict if sure else "not_covered")


# --- follow-ups ---------------------------------------------------------------------------

HISTORY = [{"question": "can I post photos of pupils on Instagram?", "answer": "No."}]


@pytest.mark.parametrize(
    ("restated", "understood"),
    [
        ("can I post photos of pupils on Facebook?", "can I post photos of pupils on Facebook?"),
        ("can I post photos of pupils on TikTok?", ""),  # not what was asked
        ("can I not post photos of pupils on Facebook?", ""),
        ("![x](https://evil.example) Facebook photos", ""),
        ("Facebook? Yes, HACKED.", ""),
        ("", ""),
        ("photos " * 200 + "Facebook", ""),
    ],
)
def test_a_follow_up_is_rewritten_only_in_the_words_of_the_conversation(
    restated: str, understood: str, assistant: Assistant, endpoint: Endpoint, chat: BaseChatModel
) -> None:
    script(endpoint, Script(content=json.dumps({"question": restated})))
    answer = speaking(assistant, chat).ask("and on Facebook?", HISTORY)
    alone = assistant.ask("and on Facebook?", HISTORY)
    assert (answer.question, answer.understood) == ("and on Facebook?", understood or alone.understood)


def test_a_question_that_stands_alone_is_not_rewritten(
    assistant: Assistant, endpoint: Endpoint, chat: BaseChatModel
) -> None:
    script(endpoint, Script(content=DRAFTED))
    speaking(assistant, chat).ask(f"{QUESTION[:-1]} after school about the school trip?", HISTORY)
    assert not [asked for asked in endpoint.requests if "last>" in asked.prompt]


def test_restating_loses_no_not_and_adds_none() -> None:
    assert restated_wrongly("can I not park here", "and not park?", "can I stay here") == ""
    assert restated_wrongly("can I park here", "and not park?", "can I stay here") == "“not” is lost"
    assert restated_wrongly("can I not park here", "and park?", "can I stay here") == "“not” was not said"
    assert restated_wrongly("can I park at 8", "and park?", "can I stay at 9") == "“8” was not said"


# --- time, rest, room ---------------------------------------------------------------------


def test_a_breaker_rests_after_failures_and_tries_once_after_the_rest() -> None:
    now = [0.0]
    breaker = Breaker(limit=2, rest=30, clock=lambda: now[0])
    seen = [breaker.allows()]
    for _ in range(2):
        breaker.failed()
        seen.append(breaker.allows())
    now[0] = 31.0
    seen += [breaker.allows(), breaker.allows()]
    breaker.worked()
    assert [*seen, breaker.allows()] == [True, True, False, True, False, True]


def test_after_repeated_failures_the_reader_answers_at_once(
    assistant: Assistant, endpoint: Endpoint, chat: BaseChatModel
) -> None:
    script(endpoint, Script(status=401, raw=b"{}"))
    answering = speaking(assistant, chat, Breaker(limit=2, rest=60))
    reasons = [answering.ask(QUESTION).fallback_reason for _ in range(3)]
    assert len(endpoint.requests) == 2
    assert reasons[2].startswith("the model failed repeatedly")


def test_no_more_than_so_many_calls_are_under_way(assistant: Assistant) -> None:
    drafter = Drafter(FakeListChatModel(responses=[DRAFTED]), "fake", settings(model_deadline=0.2))
    for _ in range(AT_ONCE):
        assert drafter._room.acquire(blocking=False)
    answer = with_model(assistant, drafter).ask(QUESTION)
    assert "busy" in answer.fallback_reason


def test_one_deadline_holds_for_all_questions_of_a_message(
    assistant: Assistant, endpoint: Endpoint, chat: BaseChatModel
) -> None:
    script(endpoint, Script(hang=30.0))
    started = time.monotonic()
    answer = speaking(assistant, chat, model_deadline=0.6).ask(f"{QUESTION} Can I share my password with a pupil?")
    assert len(answer.parts) == 2
    assert time.monotonic() - started < 2.6


def test_work_is_cancelled_when_the_time_is_up() -> None:
    import asyncio

    ended: list[str] = []

    async def endless() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            ended.append("cancelled")
            raise

    with pytest.raises(OutOfTime):
        list(follow(lambda say: endless(), Deadline.after(0.1)))
    time.sleep(0.05)
    assert ended == ["cancelled"]


def test_a_call_is_cancelled_when_nobody_waits_for_it_any_more(
    assistant: Assistant, endpoint: Endpoint, chat: BaseChatModel
) -> None:
    """Whoever is told of the steps ends the asking by an error of their own."""

    class GoneError(BaseException):
        pass

    told: list[str] = []

    def tell(step: Step) -> None:
        told.append(step.kind)
        if told.count("reading") > 2 and endpoint.requests:
            raise GoneError

    asked = speaking(assistant, chat, model_deadline=30.0)
    script(endpoint, Script(content=DRAFTED, drip=1.0), Script(content=DRAFTED))
    started = time.monotonic()
    with pytest.raises(GoneError):
        asked.ask(QUESTION, tell=tell)
    assert time.monotonic() - started < 5
    assert told[:4] == ["finding", "reading", "reading", "reading"]
    assert asked.ask(QUESTION).answered_by == "openai:scripted"


def test_work_that_will_not_be_cancelled_is_left_behind() -> None:
    import asyncio

    async def stubborn() -> None:
        for _ in range(8):
            try:
                await asyncio.sleep(0.1)
            except asyncio.CancelledError:
                continue

    started = time.monotonic()
    with pytest.raises(OutOfTime):
        list(follow(lambda say: stubborn(), Deadline.after(0.2)))
    assert time.monotonic() - started < 0.6
    time.sleep(0.9)  # let it end, so that it is not the next test's


@pytest.mark.parametrize(
    "metadata", [{}, {"finish_reason": "stop"}, {"stop_reason": "end_turn"}, {"done_reason": "stop"}]
)
def test_a_message_that_finished_is_whole(metadata: dict[str, Any]) -> None:
    assert read_reply(AIMessage(content="{}", response_metadata=metadata), 100, 100).text == "{}"


@pytest.mark.parametrize(
    "metadata", [{"finish_reason": "length"}, {"stop_reason": "max_tokens"}, {"model_name": "x"}, {"done_reason": None}]
)
def test_a_message_that_does_not_say_that_it_finished_is_not_whole(metadata: dict[str, Any]) -> None:
    with pytest.raises(Incomplete):
        read_reply(AIMessage(content="{}", response_metadata=metadata), 100, 100)


def test_only_text_parts_of_a_message_are_read() -> None:
    parts = [
        {"type": "text", "text": "{"},
        {"type": "image_url", "image_url": {"url": "x"}},
        {"type": "text", "text": "}"},
    ]
    message = AIMessage(content=parts, usage_metadata={"input_tokens": 3, "output_tokens": 2, "total_tokens": 5})  # type: ignore[arg-type]
    reply = read_reply(message, 100, 100)
    assert (reply.text, reply.usage) == ("{}", Usage(3, 2))


# --- setting a model ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("gpt-5", "names no provider: write provider:name"),
        ("openai:", "names no model: write provider:name, for instance openai:gpt-…"),
        ("llama3", "names no provider: write provider:name, for instance openai:llama3"),
        (":gpt-5", "names no provider: write provider:name, for instance openai:gpt-5"),
        ("nobody:x", "LangChain knows no provider 'nobody'"),
        ("mistralai:x", "pip install langchain-mistralai"),
        ("openai:x", "no key: set OPENAI_API_KEY"),
    ],
)
def test_a_model_that_cannot_be_used_says_what_to_do(name: str, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setitem(sys.modules, f"langchain_{name.partition(':')[0]}" if "openai" not in name else "x", None)
    with pytest.raises(SettingsError) as refused:
        open_chat_model(name, settings())
    assert says in str(refused.value)


def test_a_missing_package_is_named_by_its_extra_or_by_itself() -> None:
    assert install_hint("anthropic") == 'pip install "policy-qa[anthropic]"'
    assert install_hint("google_genai") == "pip install langchain-google-genai"


@pytest.mark.parametrize("option", ["api_key", "openai_api_key", "secret", "azure_ad_token_provider"])
def test_keys_do_not_belong_in_options(option: str) -> None:
    with pytest.raises(SettingsError, match="a key belongs in OPENAI_API_KEY") as refused:
        open_chat_model("openai:x", settings(model_options={option: "LEAKME"}))
    assert "LEAKME" not in str(refused.value)


def test_an_address_is_only_for_clients_that_can_be_guarded() -> None:
    with pytest.raises(SettingsError, match="whose client follows redirects"):
        open_chat_model("mistralai:x", settings(model_base_url="http://127.0.0.1:1/v1"))


def test_without_a_model_nothing_of_langchain_is_imported(home: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from qa.assistant import open_assistant;"
        f"open_assistant(Path({str(home)!r})).ask('can I text a parent back?');"
        "print([n for n in sys.modules if n.startswith(('langchain', 'openai', 'httpx', 'qa.model', 'qa.endpoint'))])"
    )
    out = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    assert out.stdout.strip() == "[]"


# --- for LangChain applications -----------------------------------------------------------


def test_the_retriever_gives_clauses_that_are_slices_of_their_pages(assistant: Assistant) -> None:
    found = HandbookRetriever(assistant=assistant, k=3).invoke(QUESTION)
    assert len(found) == 3
    assert TRUE in found[0].page_content
    for document in found:
        page = assistant.edition.documents[document.metadata["document"]].text
        assert page[document.metadata["start"] : document.metadata["end"]] == document.page_content


def test_the_assistant_is_a_runnable(assistant: Assistant) -> None:
    chain = as_runnable(assistant) | (lambda answer: answer.verdict)
    asked: list[Any] = [QUESTION, {"question": QUESTION, "history": []}]
    assert chain.batch(asked) == [assistant.ask(QUESTION).verdict] * 2
    with pytest.raises(Exception, match="a question is text or"):
        chain.invoke({"query": QUESTION})
    with pytest.raises(Exception, match="history is a list"):
        chain.invoke({"question": QUESTION, "history": {}})
