"""Many people at once, each in a session of their own over the real websocket: how long they wait, what they see.

    python -m benchmarks.sessions --sessions 50 --rounds 3 --think 10

The app is started on loopback and stopped by its process id. Each person loads the page for its cookie, connects as
a browser does, asks questions that nobody else asks, reads for `--think` seconds after each answer, and comes back at
the end as after a reload. What a session shows must be the person's own questions and no other, each with the answer
that the same handbook gives to the same conversation in this process, character by character.

The figures on standard output, what was wrong on standard error; exit status 1 if anything was.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from websockets.exceptions import WebSocketException

from benchmarks.cold import ROOT
from benchmarks.served import Served, Session, served
from desk.reception import Reception, Visit, open_reception
from desk.register import Exchange
from desk.transcript import answer_text
from desk.transport import VISIT
from eval.files import GOLD
from eval.gold import read_gold
from ingest.settings import Settings, read_settings
from qa.alert import CurrentAlert
from qa.assistant import Assistant, open_assistant

LOGGED = 6_000  # characters of the server's log that are shown where something was wrong
NO_LIMIT = 100_000  # questions a minute: everybody here has the same address


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: questions that nobody else asks, and the answer that each must get, as it is copied from the page."""

    questions: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of one visit: seconds to the page, seconds to each answer, and what was wrong."""

    page: float
    answers: tuple[float, ...]
    problems: tuple[str, ...]


def people(home: Path, count: int, rounds: int) -> tuple[Person, ...]:
    """So many people with so many questions each, taken from the gold questions and marked with who asks."""
    asked = [gold.question for gold in read_gold([ROOT / GOLD]) if not gold.history]
    with tempfile.TemporaryDirectory(prefix="policy-qa-sessions-") as folder:
        settings = Settings(
            home=home,
            records=f"sqlite:///{folder}/records.sqlite3",
            per_minute=NO_LIMIT,
            per_minute_address=NO_LIMIT,
        )
        assistant = open_assistant(home, settings=settings)
        reception = open_reception(settings, CurrentAlert(lambda: assistant))
        with closing(reception.records):
            return tuple(_person(n, asked, rounds, assistant, reception) for n in range(count))


def _person(number: int, asked: Sequence[str], rounds: int, assistant: Assistant, reception: Reception) -> Person:
    exchanges: list[Exchange] = []
    for at in range(len(asked)):
        if len(exchanges) == rounds:
            break
        base = asked[(number * rounds + at) % len(asked)].rstrip("?. ")
        question = f"{base} (person {number + 1}, question {len(exchanges) + 1})?"
        exchange = reception.receive(Visit(str(number)), question, exchanges, assistant)
        if exchange.answer and exchange.question == question:  # it tells of no harm, and nothing was taken out
            exchanges.append(exchange)
    return Person(
        tuple(e.question for e in exchanges),
        tuple(answer_text(e.answer) for e in exchanges if e.answer),
    )


def attend(app: Served, person: Person, everybody: frozenset[str], think: float, late: float = 0.0) -> Seen:
    """One visit from the first page to a reload at the end; `everybody` holds the questions of all."""
    time.sleep(late)
    started, page = time.perf_counter(), math.nan
    waited: list[float] = []
    problems: list[str] = []
    try:
        cookie = _cookie(app)
        with closing(Session(app, cookie=cookie)) as session:
            page = time.perf_counter() - started
            for number, question in enumerate(person.questions, 1):
                time.sleep(think if number > 1 else 0.0)
                asked = time.perf_counter()
                session.run(question)
                waited.append(time.perf_counter() - asked)
                problems += wrong(session, person, number, everybody)
        with closing(Session(app, cookie=cookie)) as again:
            problems += (f"after a reload: {problem}" for problem in wrong(again, person, number, everybody))
    except (OSError, WebSocketException) as error:
        problems.append(f"{type(error).__name__}: {error}")
    return Seen(page, tuple(waited), tuple(problems))


def wrong(session: Session, person: Person, asked: int, everybody: frozenset[str]) -> Iterator[str]:
    """What is wrong with what a session shows once a person has asked so many of their questions."""
    yield from (words for words in session.words if words.startswith("EXCEPTION"))
    questions = [words for words in session.words if words in everybody]
    if questions != list(person.questions[:asked]):
        yield f"the questions {questions} instead of {person.questions[:asked]}"
    if session.copied != list(person.answers[:asked]):
        yield f"the answers {session.copied} instead of {person.answers[:asked]}"


def _cookie(app: Served) -> str:
    """The cookie that a browser gets with the first page."""
    request = urllib.request.Request(app.url, headers={"Accept": "text/html"})
    with urllib.request.urlopen(request, timeout=60) as response:
        return str(response.headers["Set-Cookie"]).split(";")[0].removeprefix(f"{VISIT}=")


def meet(app: Served, everyone: Sequence[Person], think: float) -> tuple[Seen, ...]:
    """All visits at once, their beginnings spread over one pause for reading."""
    everybody = frozenset(question for person in everyone for question in person.questions)
    with ThreadPoolExecutor(len(everyone)) as pool:
        visits = [
            pool.submit(attend, app, person, everybody, think, think * n / len(everyone))
            for n, person in enumerate(everyone)
        ]
        return tuple(visit.result() for visit in visits)


def report(everyone: Sequence[Person], seen: Sequence[Seen], seconds: float, memory: int) -> Iterator[str]:
    """The figures, line by line; `memory` is the server's at the end, in kB."""
    questions = [question for person in everyone for question in person.questions]
    different = len({answer for person in everyone for answer in person.answers})
    answered = [second for visit in seen for second in visit.answers]
    problems = sum(len(visit.problems) for visit in seen)
    yield f"{len(seen)} sessions, {len(questions)} questions, {different} different answers, {seconds:.0f} s"
    yield f"answered {len(answered)}, wrong {problems}"
    yield f"until the whole answer is shown: {_spread(answered)}"
    yield f"until the first page is shown: {_spread([visit.page for visit in seen])}"
    yield f"memory of the server: {memory / 1024:.0f} MB"


def _spread(seconds: Sequence[float]) -> str:
    ordered = sorted(second for second in seconds if not math.isnan(second))
    if not ordered:
        return "never"
    at = {share: ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)] for share in (0.5, 0.95, 1.0)}
    return f"p50 {at[0.5]:.2f} s, p95 {at[0.95]:.2f} s, slowest {at[1.0]:.2f} s"


def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, default=read_settings().home, help="a home with a published edition")
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3, help="questions of each session")
    parser.add_argument("--think", type=float, default=10.0, help="seconds between an answer and the next question")
    args = parser.parse_args()
    everyone = people(args.home, args.sessions, args.rounds)
    limits = {"POLICY_QA_PER_MINUTE": str(NO_LIMIT), "POLICY_QA_PER_MINUTE_ADDRESS": str(NO_LIMIT)}
    with (
        tempfile.TemporaryDirectory(prefix="policy-qa-sessions-") as folder,
        served(args.home.absolute(), Path(folder), settings=limits) as app,
    ):
        Session(app).close()  # the first visit opens the handbook
        started = time.perf_counter()
        seen = meet(app, everyone, args.think)
        print("\n".join(report(everyone, seen, time.perf_counter() - started, app.figure("VmRSS"))))
        log = app.log
    problems = [f"session {n}: {problem}" for n, visit in enumerate(seen, 1) for problem in visit.problems]
    if problems:
        print(*problems, "the server's log ended:", log[-LOGGED:], sep="\n", file=sys.stderr)
    return 1 if problems or any(len(person.questions) < args.rounds for person in everyone) else 0


if __name__ == "__main__":
    sys.exit(_main())
