"""A model's draft while it is written: a statement is said as soon as it is closed and checked, never a word sooner.

The endpoint sends a good beginning and waits. Only when its statement has been said does it send the rest, which
may be a lie, a cut, or nothing at all: then what was said is taken back, and the reader's answer is said.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pytest
from scripted_endpoint import Endpoint, Script, serve
from scripted_model import NAME, QUESTION, QUOTED, SHORT, STATED, TRUE, Models, settings, with_model
from test_attacks_endpoint import CUT, DONE, EVENTS, FAULT, GOOD, LATE, LONG, ODD, SAID, SECRET, chunk, http
from test_attacks_model import WORDS
from test_citations import PAGE, PHOTOS, TEXTS, ruling

from qa import call
from qa.assistant import Assistant
from qa.call import Deadline, Reply, Say, follow, persist
from qa.conversation import Understood
from qa.draft import Usage
from qa.faults import OutOfTime, Unreadable
from qa.model import AT_ONCE, Drafter
from qa.norms import read_norms
from qa.proposal import CHANGED, VERDICT_REFUSED, Proposing
from qa.steps import Step
from qa.stream import LONGEST_STATEMENT, Growing

FIRST = json.dumps({"label": 1, "quote": TRUE, "text": SHORT})
HEAD = '{"verdict": "no", "statements": ['
LIE = json.dumps({"label": 1, "quote": TRUE, "text": "You may exchange private texts."})
DECLINED = "the model declined to answer"
SLOW = 2.5  # seconds; a deadline that the beginning meets, and the end does not

Sent = Iterator[bytes | float]


class Stream:
    """A stream that waits after its beginning until it is let go."""

    def __init__(self, beginning: str, *rest: bytes | float, waits: float = 10) -> None:
        self._go = threading.Event()
        self._waits = waits
        self._sent = (chunk({"content": beginning}), *rest)

    def go(self) -> None:
        self._go.set()

    def script(self, **given: Any) -> Script:
        return Script(wire=self._wire(), **given)

    def _wire(self) -> Sent:
        yield EVENTS
        beginning, *rest = self._sent
        yield beginning
        self._go.wait(self._waits)
        yield from rest


Hear = Callable[..., list[Step]]


@pytest.fixture
def hear(assistant: Assistant, endpoint: Endpoint, models: Models) -> Hear:
    """Asks, lets the stream go when a word was said (or it has nothing to say), and gives all steps."""

    def heard(stream: Stream, *scripts: Script, waits: bool = True, deadline: float = 60.0, **given: Any) -> list[Step]:
        endpoint.scripts, endpoint.requests[:] = [stream.script(**given), *scripts], []
        if not waits:
            stream.go()
        drafter = Drafter(models[False], NAME, settings(model_deadline=deadline))
        steps = []
        for step in with_model(assistant, drafter).steps(QUESTION):
            steps.append(step)
            if step.kind == "says":
                stream.go()
        return steps

    return heard


def words(steps: Sequence[Step]) -> list[str]:
    """What is said, and where it is taken back."""
    return [step.words or step.kind for step in steps if step.kind in ("says", "withdrawn")]


def rest(text: str) -> bytes:
    return chunk({"content": text})


def test_a_statement_is_said_before_the_next_one_is_written(hear: Hear) -> None:
    steps = hear(Stream(HEAD + FIRST, rest("]}"), SAID, DONE))
    assert [step.kind for step in steps] == ["finding", "reading", "checking", "says", "answer"]
    assert words(steps) == [STATED]
    first, last = steps[3].answer, steps[-1].answer
    assert first
    assert last
    assert (first.verdict, first.text, first.citations) == (last.verdict, last.text, last.citations)
    assert (last.answered_by, last.fallback_reason) == (NAME, "")


ENDS: dict[str, tuple[tuple[bytes | float, ...], str]] = {
    "cut": ((), CUT),
    "a finish that says it was cut": ((rest("]}"), chunk({}, "length"), DONE), CUT),
    "no finish": ((rest("]}"), DONE), CUT),
    "cut within a lie": ((rest(", " + LIE[:60]),), CUT),
    "filtered": ((rest("]}"), chunk({}, "content_filter"), DONE), DECLINED),
    "another verdict": ((rest('], "verdict": "yes"}'), SAID, DONE), ODD),
    "the same verdict again": ((rest('], "verdict": "no"}'), SAID, DONE), ODD),
    "other statements": ((rest(f'], "statements": [{LIE}]}}'), SAID, DONE), ODD),
    "another key": ((rest('], "note": "EVIL-LEAKME"}'), SAID, DONE), ODD),
    "words after the end": ((rest("]} EVIL-LEAKME"), SAID, DONE), ODD),
    "a statement of another form": ((rest(', {"label": "1"}]}'), SAID, DONE), ODD),
    "a key twice in a statement": ((rest(', {"label": 2, ' + FIRST[1:] + "]}"), SAID, DONE), ODD),
    "too many statements": ((rest((", " + FIRST) * 12 + "]}"), SAID, DONE), ODD),
    "no JSON any more": ((rest("} EVIL-LEAKME"), SAID, DONE), ODD),
    "an error among the data": ((b"data: " + FAULT, SAID, DONE), ODD),
    "data that is none": ((b"data: {nope\n\n", DONE), ODD),
    "too many bytes": ((rest(', {"label": 1, "quote": "' + "x" * 66_000), SAID, DONE), LONG),
    "silence": ((60.0,), LATE),
    "a drip without end": (tuple(part for _ in range(600) for part in (rest(" "), 0.05)), LATE),
    "keep-alives without end": (tuple(part for _ in range(600) for part in (b": x\n\n", 0.05)), LATE),
}  # fmt: skip


@pytest.mark.parametrize("case", ENDS)
def test_what_ends_badly_is_taken_back(case: str, hear: Hear, caplog: pytest.LogCaptureFixture) -> None:
    sent, reason = ENDS[case]
    started, deadline = time.monotonic(), SLOW if reason == LATE else 60.0
    steps = hear(Stream(HEAD + FIRST, *sent), deadline=deadline)
    answer = steps[-1].answer
    assert answer
    assert words(steps) == [STATED, "withdrawn", QUOTED]
    assert (answer.text, answer.answered_by, answer.fallback_reason) == (QUOTED, "reader", reason)
    assert time.monotonic() - started < deadline + 1.5
    assert SECRET not in caplog.text + str([step.answer.to_dict(5) for step in steps if step.answer])


def test_a_lie_that_follows_is_dropped_alone(hear: Hear) -> None:
    steps = hear(Stream(HEAD + FIRST, rest(f", {LIE}]}}"), SAID, DONE))
    answer = steps[-1].answer
    assert answer
    assert words(steps) == [STATED]
    assert (answer.text, answer.answered_by, answer.dropped) == (STATED, NAME, 1)


UNSAID = {
    "a verdict that does not follow": HEAD.replace("no", "yes") + FIRST,
    "a lie": HEAD + LIE,
    "a label not given out": HEAD + FIRST.replace("1", "99"),
    "a key twice": HEAD + FIRST.replace('"text"', '"text": "EVIL-LEAKME", "text"'),
    "another key in the statement": HEAD + FIRST.replace('"text"', '"note": "EVIL-LEAKME", "text"'),
    "another key in front": '{"note": "EVIL-LEAKME", ' + HEAD[1:] + FIRST,
    "a verdict twice": '{"verdict": "yes", ' + HEAD[1:] + FIRST,
    "words in front": "Sure! " + HEAD + FIRST,
    "not closed": HEAD + FIRST[:-1],
    "closed in a string": HEAD + FIRST[:-2] + "}",
    "half a pair": HEAD + FIRST.replace(SHORT, "\\ud800 texts"),
    "not in this order": f'{{"statements": [{FIRST}',
    "an answer that there is none": HEAD.replace("no", "not_covered") + FIRST,
    "nested without end": HEAD + '{"label":' * 5_000,
}  # fmt: skip


@pytest.mark.parametrize("case", UNSAID)
def test_of_what_may_not_stand_no_word_is_said(case: str, hear: Hear) -> None:
    steps = hear(Stream(UNSAID[case], 0.3, rest("]"), chunk({}, "length"), DONE), waits=False)
    assert words(steps) == [QUOTED]
    assert SECRET not in str([step.answer.to_dict(5) for step in steps if step.answer])


def test_a_draft_in_another_order_is_said_when_it_is_whole(hear: Hear) -> None:
    drafted = f'{{"statements": [{FIRST}], "verdict": "no"}}'
    assert words(hear(Stream(drafted, SAID, DONE), waits=False)) == [STATED]


def test_what_breaks_off_is_tried_again_and_what_stays_the_same_is_not_taken_back(
    hear: Hear, endpoint: Endpoint
) -> None:
    steps = hear(Stream(HEAD + FIRST, rest(",")), Script(content=f"{HEAD}{FIRST}]}}"), reset=True)
    assert steps[-1].answer
    assert words(steps) == [STATED]
    assert (steps[-1].answer.answered_by, len(endpoint.requests)) == (NAME, 2)


def test_after_a_broken_stream_another_answer_takes_its_place(hear: Hear) -> None:
    quoted = json.dumps({"verdict": "no", "statements": [{"label": 1, "quote": TRUE, "text": ""}]})
    steps = hear(Stream(HEAD + FIRST, rest(",")), Script(content=quoted), reset=True)
    assert steps[-1].answer
    assert words(steps) == [STATED, "withdrawn", QUOTED]
    assert steps[-1].answer.answered_by == NAME


def test_of_two_questions_only_what_was_said_to_the_second_changes(
    assistant: Assistant, endpoint: Endpoint, models: Models
) -> None:
    stream = Stream(HEAD + FIRST, rest("]}"), chunk({}, "length"), DONE)
    stream.go()
    endpoint.scripts = [Script(content=f"{HEAD}{FIRST}]}}"), stream.script()]
    asked = with_model(assistant, Drafter(models[False], NAME, settings()))
    *steps, last = asked.steps(f"{QUESTION} Can I share my password with a pupil?")
    assert last.answer
    again = max((n for n, step in enumerate(steps) if step.kind == "withdrawn"), default=-1)
    assert "".join(step.words for step in steps[again + 1 :]) == last.answer.text
    assert last.answer.text.startswith(f"1. {STATED}\n2. ")


def test_tokens_of_a_stream_are_counted(assistant: Assistant, endpoint: Endpoint, models: Models) -> None:
    endpoint.scripts, endpoint.requests[:] = [Script(content=f"{HEAD}{FIRST}]}}")], []
    *_, last = with_model(assistant, Drafter(models[False], NAME, settings())).steps(QUESTION)
    assert last.answer
    assert (last.answer.usage, endpoint.requests[0].body["stream"]) == (Usage(700, 60), True)


def test_who_listens_to_no_steps_asks_for_one_body(assistant: Assistant, endpoint: Endpoint, models: Models) -> None:
    endpoint.scripts, endpoint.requests[:] = [Script(content=f"{HEAD}{FIRST}]}}")], []
    assert with_model(assistant, Drafter(models[False], NAME, settings())).ask(QUESTION).text == STATED
    assert not endpoint.requests[0].body.get("stream")


# --- servers that do not stream -----------------------------------------------------------


def asked_twice(assistant: Assistant, endpoint: Endpoint, models: Models, *scripts: Script) -> list[tuple[bool, bool]]:
    """Asks twice, hears the model both times, and gives of each request whether it is streamed and structured."""
    endpoint.scripts, endpoint.requests[:] = list(scripts), []
    drafter = Drafter(models[False], NAME, settings())
    for _ in range(2):
        *_, last = with_model(assistant, drafter).steps(QUESTION)
        assert last.answer
        assert (last.answer.text, last.answer.answered_by) == (STATED, NAME)
    return [(bool(asked.body.get("stream")), "response_format" in asked.body) for asked in endpoint.requests]


def test_a_server_that_knows_no_streams_is_asked_for_one_body_and_remembered(
    assistant: Assistant, endpoint: Endpoint, models: Models
) -> None:
    body = Script(wire=[http(GOOD)])  # whatever it is asked for
    ways = asked_twice(assistant, endpoint, models, body)
    assert ways == [(True, True), (False, True), (False, True)]


def test_a_server_that_refuses_streams_is_asked_for_one_body_and_remembered(
    assistant: Assistant, endpoint: Endpoint, models: Models
) -> None:
    good = Script(content=f"{HEAD}{FIRST}]}}")
    ways = asked_twice(assistant, endpoint, models, Script(status=400, raw=b"{}"), good)
    assert ways == [(True, True), (False, True), (False, True)]


def test_a_server_that_refuses_the_schema_still_streams(
    assistant: Assistant, endpoint: Endpoint, models: Models
) -> None:
    refused, good = Script(status=422, raw=b"{}"), Script(content=f"{HEAD}{FIRST}]}}")
    ways = asked_twice(assistant, endpoint, models, refused, refused, good)
    assert ways == [(True, True), (False, True), (False, False), (True, False)]


@pytest.mark.parametrize("status", [302, 307, 308])
def test_a_stream_is_redirected_nowhere(status: int, assistant: Assistant, endpoint: Endpoint, models: Models) -> None:
    with serve(Script(content=f"{HEAD}{FIRST}]}}")) as elsewhere:
        location = elsewhere.url.replace("127.0.0.1", "localhost") + "/chat/completions"
        endpoint.scripts = [Script(status=status, headers={"location": location}, raw=b"")]
        *_, last = with_model(assistant, Drafter(models[False], NAME, settings())).steps(QUESTION)
        assert last.answer
        assert (last.answer.text, last.answer.answered_by, elsewhere.requests) == (QUOTED, "reader", [])


def test_who_leaves_in_the_middle_leaves_no_call_behind(
    assistant: Assistant, endpoint: Endpoint, models: Models
) -> None:
    drafter = Drafter(models[False], NAME, settings())
    endpoint.scripts = [Stream(HEAD + FIRST, 60.0).script()]
    with closing(with_model(assistant, drafter).steps(QUESTION)) as steps:  # type: ignore[type-var]
        assert next(step for step in steps if step.kind == "says").words == STATED
    assert all(drafter._room.acquire(blocking=False) for _ in range(AT_ONCE))


# --- the parts ----------------------------------------------------------------------------


@pytest.mark.parametrize("case", WORDS)
def test_hostile_words_stand_at_no_moment(case: str, assistant: Assistant) -> None:
    """Letter by letter, beside a true statement: as words, as a quote, and behind it."""
    ruling = assistant.judge(Understood(QUESTION), assistant.find(QUESTION))
    said, quoted = ({"label": 1, "quote": TRUE, "text": WORDS[case]}, {"label": 1, "quote": WORDS[case], "text": ""})
    true = {"label": 1, "quote": TRUE, "text": ""}
    for statements in ([said, true], [quoted, true], [true, said, quoted]):
        proposing = Proposing(NAME, ruling, assistant.edition.documents)
        proposals = map(proposing.take, json.dumps({"verdict": "no", "statements": statements}))
        stood = [proposal for proposal in proposals if proposal]
        assert {tuple((s.text, s.quote) for s, _ in p.checked.statements) for p in stood} <= {(("", TRUE),)}
        assert not any(proposal.whole for proposal in stood)
    assert stood


def test_a_statement_that_overturns_those_before_it_ends_the_reading() -> None:
    """A “no” is taken back at once where the next words cited plainly say yes."""
    held = ruling("can I take photos of displays?", "no", shares=(0.5, 0.4, 0.05, 0.05))
    allowed = read_norms("You may take photos of displays.")
    judgements = tuple(replace(j, norms=allowed) if n == 1 else j for n, j in enumerate(held.judgements))
    proposing = Proposing(NAME, replace(held, judgements=judgements), {"it": PAGE})
    first, second = ({"label": n, "quote": quote, "text": ""} for n, quote in ((1, TEXTS), (2, PHOTOS)))
    stands = proposing.take(HEAD + json.dumps(first))
    overturned = proposing.take("," + json.dumps(second))
    assert stands
    assert overturned
    assert (stands.whole, stands.reason) == (False, "")
    assert (overturned.whole, overturned.reason) == (True, VERDICT_REFUSED)


@pytest.mark.parametrize(
    ("verdict", "statements", "reason"),
    [("no", [TEXTS, PHOTOS], ""), ("no", [PHOTOS, TEXTS], CHANGED), ("no", [], CHANGED), ("info", [TEXTS], CHANGED)],
)
def test_a_reply_that_is_not_what_was_written_is_not_given(verdict: str, statements: list[str], reason: str) -> None:
    """A library may put a message together otherwise than its pieces came."""
    proposing = Proposing(NAME, ruling("can I take photos of displays?", "no"), {"it": PAGE})
    labels = {TEXTS: 1, PHOTOS: 2}
    drafted = {
        "verdict": verdict,
        "statements": [{"label": labels[quote], "quote": quote, "text": ""} for quote in statements],
    }
    assert proposing.take(HEAD + json.dumps({"label": 1, "quote": TEXTS, "text": ""}))
    whole = proposing.take(Reply(json.dumps(drafted), None))
    assert whole
    assert (whole.whole, whole.reason) == (True, reason)


def test_a_draft_grows_by_whole_statements_however_it_is_cut() -> None:
    drafted = f"```json\n{HEAD}\n{FIRST} ,\n{LIE}]}}\n```"
    for size in (1, 7, 50, 1000):
        growing = Growing()
        pieces = [drafted[at : at + size] for at in range(0, len(drafted), size)]
        closed = [growing.take(piece) for piece in pieces]
        assert (growing.verdict, [s.text for s in growing.statements]) == ("no", [SHORT, json.loads(LIE)["text"]])
        assert sum(closed) <= 2


def test_a_draft_that_begins_anew_forgets_what_it_was() -> None:
    growing = Growing()
    assert growing.take(HEAD + FIRST)
    growing.take(None)
    assert (growing.verdict, growing.statements) == (None, ())


@pytest.mark.parametrize("flood", [" ", '{"a":', '"', "\\", "}", "```", '{"verdict": "no", "statements": [{'])
def test_a_flood_of_anything_costs_little(flood: str) -> None:
    growing = Growing()
    started = time.monotonic()
    for beginning in ("", HEAD, HEAD + FIRST, HEAD + FIRST + ", "):
        growing.take(None)
        growing.take(beginning)
        for _ in range(4 * LONGEST_STATEMENT // len(flood)):
            growing.take(flood)
    assert time.monotonic() - started < 20


def test_a_statement_that_is_long_in_coming_ends_the_reading() -> None:
    for wait, taken in ((LONGEST_STATEMENT // 2, True), (LONGEST_STATEMENT + 1, False)):
        growing = Growing()
        growing.take(HEAD + FIRST)
        growing.take("," + " " * wait)
        assert growing.take(LIE) is taken


def test_what_is_told_of_the_way_ends_with_the_result() -> None:
    async def work(say: Callable[[str | None], None]) -> int:
        import asyncio

        say("a")
        await asyncio.sleep(0.3)
        return 3

    assert list(follow(work, Deadline.after(10))) == ["a", 3]


Raised = type[BaseException]


@pytest.mark.parametrize("raised", [SystemExit, KeyboardInterrupt, asyncio.CancelledError, BaseException])
@pytest.mark.parametrize("aside", [False, True], ids=["in the call", "in a task of the client's own"])
def test_whatever_a_client_raises_is_a_fault_and_the_next_call_is_heard(raised: Raised, aside: bool) -> None:
    async def fails() -> str:
        raise raised

    async def ask(say: Say) -> str:
        return await persist(lambda: asyncio.ensure_future(fails()) if aside else fails(), Deadline.after(10))

    async def heard(say: Say) -> str:
        return "heard"

    before = call._started()
    with pytest.raises(Unreadable, match=raised.__name__):
        list(follow(ask, Deadline.after(10)))
    assert list(follow(heard, Deadline.after(10))) == ["heard"]
    assert call._started() is before


def test_a_client_that_blocks_the_loop_holds_up_no_call_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was begun on its loop still ends there, and then the loop does."""
    go = threading.Event()

    async def blocks(say: Say) -> bool:
        return go.wait(30)

    async def heard(say: Say) -> str:
        return "heard"

    monkeypatch.setattr(call, "_started", lru_cache(maxsize=1)(call._started.__wrapped__))
    monkeypatch.setattr(call, "ANSWERS", 0.3)
    blocked = call._started()
    with pytest.raises(OutOfTime):
        list(follow(blocks, Deadline.after(0.2)))
    assert list(follow(heard, Deadline.after(60))) == ["heard"]
    assert call._started() is not blocked
    go.set()
    ends = Deadline.after(30)
    while blocked.is_running() and ends.left():
        time.sleep(0.01)
    assert not blocked.is_running()
    call._started().call_soon_threadsafe(call._started().stop)


def test_calls_that_come_first_at_once_share_one_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    made, new = list[asyncio.AbstractEventLoop](), asyncio.new_event_loop

    def slowly() -> asyncio.AbstractEventLoop:
        time.sleep(0.05)
        made.append(new())
        return made[-1]

    async def where(say: Say) -> asyncio.AbstractEventLoop:
        return asyncio.get_running_loop()

    monkeypatch.setattr(call, "_started", lru_cache(maxsize=1)(call._started.__wrapped__))
    monkeypatch.setattr(asyncio, "new_event_loop", slowly)
    with ThreadPoolExecutor(8) as pool:
        loops = list(pool.map(lambda _: list(follow(where, Deadline.after(10)))[-1], range(8)))
    assert set(loops) == set(made)
    assert len(made) == 1
    made[0].call_soon_threadsafe(made[0].stop)
