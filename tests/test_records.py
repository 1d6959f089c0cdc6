"""Records: what was acknowledged is on the disk, two consultants never overwrite each other, what is old is gone.

Every test runs on SQLite, and on a real PostgreSQL server where its programs are on the PATH.
"""

from __future__ import annotations

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from desk.cases import (
    LONGEST_LINE,
    LONGEST_WORDS,
    CaseChanged,
    CaseError,
    Contact,
    drafted,
    follow,
    hand_over,
    inbox,
    of_conversation,
    save_draft,
    send,
    take,
)
from desk.hinge import Option
from desk.insights import (
    IN_OTHER_WORDS,
    Entry,
    Group,
    Period,
    groups,
    most_cited,
    never_cited,
    read_entries,
    verdicts_by_day,
)
from desk.marked import MOST, marked_wrong
from desk.reception import Reception, Visit
from desk.records import (
    CASES_TURN,
    WAIT,
    Records,
    RecordsError,
    asked,
    counts,
    key_of,
    metadata,
    open_records,
    take_turn,
)
from desk.register import (
    LONGEST_MARK,
    MARKS,
    NOT_KEPT,
    Exchange,
    count,
    mark_exchange,
    read_conversation,
    write_exchange,
)
from desk.retention import IN_LOG, erase, purge
from desk.taught import Lesson, LessonError, Lessons, Quote
from desk.transcript import written
from ingest.clauses import Clause
from ingest.embedding import Vectors
from ingest.settings import Settings
from pages.chat import STEPS
from qa.answer import Answer
from qa.assistant import Assistant
from qa.steps import Step

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 3, 30, 12, 0, tzinfo=UTC)  # the clocks in Britain went forward the day before


@contextmanager
def _as_owner() -> Iterator[dict[str, object]]:
    """PostgreSQL refuses to run as root: then as the user postgres, if there is one."""
    if os.getuid():
        yield {}
        return
    try:
        yield {"user": pwd.getpwnam("postgres").pw_uid, "group": pwd.getpwnam("postgres").pw_gid}
    except KeyError:
        pytest.skip("PostgreSQL does not run as root and there is no user postgres")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server of this test run's own, on a socket in a folder of its own and on loopback."""
    if not shutil.which("initdb") or not shutil.which("pg_ctl"):
        pytest.skip("no PostgreSQL programs on the PATH")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with _as_owner() as owner:
        if owner:
            os.chown(folder, owner["user"], owner["group"])  # type: ignore[arg-type]
        data, quiet = str(folder / "data"), {"check": True, "capture_output": True, "cwd": folder, **owner}
        subprocess.run(["initdb", "-D", data, "-U", "desk", "-A", "trust", "-E", "UTF8", "--no-sync"], **quiet)  # type: ignore[call-overload]
        settings = f"listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c statement_timeout=30s"
        start = ["pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", f"-p {port} -c {settings}", "start"]
        subprocess.run(start, **{**quiet, "capture_output": False, "stdout": subprocess.DEVNULL})  # type: ignore[call-overload]
        try:
            yield f"postgresql+psycopg://desk@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run(["pg_ctl", "-D", data, "-m", "immediate", "stop"], **quiet)  # type: ignore[call-overload]
            shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'records.sqlite3'}"
    place: str = request.getfixturevalue("server")
    engine = sa.create_engine(place, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()
    return place


@pytest.fixture
def records(url: str) -> Iterator[Records]:
    """Open records, empty."""
    found = open_records(url)
    yield found
    found.close()


def _exchange(assistant: Assistant, question: str = "can I text a parent back?") -> Exchange:
    return Exchange(question, assistant.ask(question))


def _case(records: Records, exchange: Exchange, now: datetime = NOW) -> str:
    return hand_over(records, key_of("visit"), exchange, Contact("Sam", "sam@example.org", "ring 07700 900123"), now)


def _wait_for(other: Future[Any], records: Records) -> None:
    """Until another transaction waits for this one or is through; SQLite tells nobody who waits, and all do."""
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    while records.engine.dialect.name == "postgresql" and not other.done():
        with records.reading() as connection:
            if connection.execute(waiting).scalar():
                return
        time.sleep(0.01)


def _once_after(statement: str, records: Records, act: Callable[[], object]) -> None:
    """Acts once, after the first statement that begins so and before the end of its transaction."""
    to_do = [act]

    @sa.event.listens_for(records.engine, "after_cursor_execute")
    def listen(connection: object, cursor: object, words: str, *others: object) -> None:
        if to_do and words.startswith(statement):
            to_do.pop()()


def test_the_migrations_make_the_tables_that_the_code_uses(records: Records) -> None:
    with records.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_opening_again_changes_nothing_and_loses_nothing(url: str, records: Records, assistant: Assistant) -> None:
    _case(records, _exchange(assistant))
    again = open_records(url)
    assert len(inbox(again)) == 1
    again.close()


def test_many_processes_may_open_at_once(url: str) -> None:
    code = "import sys; from desk.records import open_records; open_records(sys.argv[1]).close()"
    started = [subprocess.Popen([sys.executable, "-c", code, url], cwd=ROOT) for _ in range(3)]
    assert [process.wait(timeout=120) for process in started] == [0, 0, 0]


def test_an_exchange_comes_back_as_it_was(records: Records, assistant: Assistant) -> None:
    exchange = _exchange(assistant)
    with records.writing() as connection:
        key = write_exchange(connection, key_of("visit"), exchange, NOW)
    with records.reading() as connection:
        (found,) = read_conversation(connection, key_of("visit"))
    assert (found.id, found.question) == (key, exchange.question)
    assert found.answer is not None
    assert exchange.answer is not None
    assert found.answer.to_dict() == exchange.answer.to_dict()


def test_what_is_written_down_is_redacted_and_a_report_of_harm_is_not_kept(records: Records) -> None:
    with records.writing() as connection:
        write_exchange(connection, key_of("visit"), Exchange("I'm Sarah Jones, 07700 900123"), NOW)
        write_exchange(connection, key_of("visit"), Exchange("I want to hurt myself", harm="self"), NOW + timedelta(1))
    with records.reading() as connection:
        kept = [row.question for row in connection.execute(asked.select().order_by(asked.c.at))]
    assert kept == ["I'm [name], [telephone number]", "[not kept: it told of harm]"]


@pytest.mark.parametrize("asked_then", ["search anyway", "follow-up", "button"])
def test_a_report_of_harm_is_not_kept_either_where_the_handbook_is_searched(
    asked_then: str, records: Records, assistant: Assistant
) -> None:
    reception = Reception(Settings(), records, lambda: NOW)
    notice = reception.receive(Visit("t"), "a pupil told me her dad hits her, can I text her mum?", (), assistant)
    found = reception.search_anyway(Visit("t"), notice, (notice,), assistant)
    assert found.answer is not None
    if asked_then == "follow-up":
        reception.receive(Visit("t"), "and on Sundays?", (notice, found), assistant)
    if asked_then == "button":
        reception.settle(Visit("t"), Option("Yes", "Yes.", replace(found.answer, understood="her dad")), (found,))
    _case(records, found)
    with records.reading() as connection:
        rows = connection.execute(asked.select()).all()
    assert {(row.question, row.verdict, str(row.answer)) for row in rows} == {(NOT_KEPT, "harm_child", "{}")}
    assert "does not say" not in drafted(inbox(records)[0])


def test_nobody_marks_the_answers_of_another(records: Records, assistant: Assistant) -> None:
    with records.writing() as connection:
        key = write_exchange(connection, key_of("visit"), _exchange(assistant), NOW)
        mark_exchange(connection, key_of("another"), key, "wrong", "")
        assert read_conversation(connection, key_of("visit"))[0].mark == ""
        mark_exchange(connection, key_of("visit"), key, "wrong", "ask 07700 900123")
        assert connection.execute(sa.select(asked.c.mark, asked.c.line)).one() == ("wrong", "ask [telephone number]")


def test_a_case_goes_from_candidate_to_consultant_and_back(records: Records, assistant: Assistant) -> None:
    link = _case(records, _exchange(assistant))
    (case,) = inbox(records)
    assert (case.state, case.contact.words) == ("new", "ring [telephone number]")
    assert "“Do not exchange private texts" in drafted(case)
    take(records, case, "jo", NOW)
    (case,) = inbox(records)
    assert (case.state, case.consultant) == ("taken", "jo")
    send(records, case, "jo", "No. Use the school office.", NOW)
    assert follow(records, link).reply == "No. Use the school office."
    assert follow(records, link).state == "answered"


def test_a_case_is_of_what_was_passed_on_and_shows_what_was_asked_before_it(records: Records) -> None:
    with records.writing() as connection:
        asked_in_turn = ("may I smoke?", "can I text a parent back?", "may I vape?")
        first, second, _ = (
            write_exchange(connection, key_of("visit"), Exchange(question), NOW + timedelta(minutes=minute))
            for minute, question in enumerate(asked_in_turn)
        )
    _case(records, Exchange("can I text a parent back?", id=second))
    (case,) = inbox(records)
    assert (case.exchange.id, [exchange.id for exchange in case.history]) == (second, [first])


def test_a_draft_answers_each_question_of_several_below_its_words(records: Records, assistant: Assistant) -> None:
    both = "can I text a parent back? how much am I paid?"
    _case(records, _exchange(assistant, both))
    lines = drafted(inbox(records)[0]).splitlines()
    assert lines[:4] == ["Hello Sam,", "", f"You asked: {both}", ""]
    assert lines[4:] == [
        "can I text a parent back?",
        "The handbook says: “Do not exchange private texts, phone numbers, personal email addresses or photos of a "
        "personal nature with pupils or parents and carers.” (IT and Social Media, 9)",
        "",
        "how much am I paid?",
        "The handbook does not say this, so here is my answer:",
        "",
        "",
        "Best wishes",
    ]


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("sam@example.org", "sam@example.org"),
        ("07700 900123 or sam@example.org.", "sam@example.org"),
        ("Sam <sam.o'neil@example.co.uk>, mum@example.org", "sam.o'neil@example.co.uk"),
        ("07700 900123", ""),
        ("@sam", ""),
    ],
)
def test_an_e_mail_goes_to_the_address_in_what_was_given(contact: str, address: str) -> None:
    assert Contact("Sam", contact).address == address


def test_a_name_and_a_contact_are_one_line_of_what_can_be_seen() -> None:
    """A name with line ends went on in the draft that greets it; one of hidden characters alone was a name."""
    assert Contact(" Jo\u202e\n\nWe pay you back. ", "jo@x.org\r\nBcc: a@b.co") == Contact(
        "Jo We pay you back.", "jo@x.org Bcc: a@b.co"
    )
    assert Contact("\u200b\u2060", "\u200e") == Contact()


def test_of_what_goes_with_a_question_no_more_is_kept_than_a_consultant_reads(records: Records) -> None:
    long = Contact("Sam" * LONGEST_LINE, "0" * 2 * LONGEST_LINE, "w" * 2 * LONGEST_WORDS)
    hand_over(records, key_of("visit"), Exchange("may I smoke?"), long, NOW)
    kept = inbox(records)[0].contact
    assert [len(words) for words in (kept.name, kept.contact, kept.words)] == [
        LONGEST_LINE,
        LONGEST_LINE,
        LONGEST_WORDS,
    ]


def test_of_a_line_to_a_mark_the_beginning_is_kept(records: Records) -> None:
    with records.writing() as connection:
        key = write_exchange(connection, key_of("visit"), Exchange("may I smoke?"), NOW)
        mark_exchange(connection, key_of("visit"), key, "wrong", "w" * 2 * LONGEST_MARK)
        assert connection.execute(sa.select(sa.func.length(asked.c.line))).scalar_one() == LONGEST_MARK


def test_a_long_reply_is_kept_whole(records: Records, assistant: Assistant) -> None:
    link = _case(records, _exchange(assistant))
    save_draft(records, inbox(records)[0], "jo", "a" * 6000, NOW)
    assert inbox(records)[0].draft == "a" * 6000
    send(records, inbox(records)[0], "jo", "b" * 6000, NOW)
    assert follow(records, link).reply == "b" * 6000


def test_the_inbox_shows_what_stood_there_together_whatever_is_deleted_meanwhile(
    records: Records, assistant: Assistant
) -> None:
    _case(records, _exchange(assistant))

    def delete() -> None:
        with records.writing() as connection:
            connection.execute(asked.delete())

    _once_after("SELECT cases", records, delete)
    assert [case.exchange.question for case in inbox(records)] == ["can I text a parent back?"]
    assert inbox(records) == ()


def test_the_inbox_is_read_in_as_many_statements_however_full_it_is(records: Records, assistant: Assistant) -> None:
    def statements() -> int:
        counted = list[str]()
        sa.event.listen(records.engine, "after_cursor_execute", lambda *given: counted.append(given[2]))
        return len(inbox(records)) and len(counted)

    _case(records, _exchange(assistant))
    few = statements()
    for number in range(5):
        hand_over(records, key_of(f"visit {number}"), _exchange(assistant), Contact(), NOW)
    assert (statements(), len(inbox(records))) == (few, 6)


def test_a_question_that_is_passed_on_twice_at_once_is_one_case(records: Records, assistant: Assistant) -> None:
    with records.writing() as connection:
        write_exchange(connection, key_of("visit"), _exchange(assistant), NOW)
    with records.reading() as connection:
        (exchange,) = read_conversation(connection, key_of("visit"))
    others = list[Future[Any]]()
    with ThreadPoolExecutor(1) as pool:

        def pass_on_too() -> None:
            others.append(pool.submit(_case, records, exchange))
            _wait_for(others[0], records)

        _once_after("INSERT INTO cases", records, pass_on_too)
        link = _case(records, exchange)
        with pytest.raises(CaseError, match="sent to a consultant already"):
            others[0].result()
    assert inbox(records) == (follow(records, link),)


def test_a_transcript_holds_the_reply_below_what_was_passed_on(records: Records, assistant: Assistant) -> None:
    passed_on, other = (Exchange(q, assistant.ask(q)) for q in ("how much holiday do I get?", "may I smoke?"))
    link = hand_over(records, "a", passed_on, Contact(), NOW)
    kept = follow(records, link).exchange
    waiting = written((kept, other), {}, of_conversation(records, "a"))
    assert waiting == written((kept, other), {})
    send(records, follow(records, link), "jo", "It is in your contract.", NOW)
    said = written((kept, other), {}, of_conversation(records, "a"))
    assert said.replace("\nA consultant’s reply, 30 March 2026:\nIt is in your contract.", "") == waiting
    assert said.index("holiday") < said.index("It is in your contract.") < said.index("may I smoke?")


def test_a_guessed_link_opens_nothing(records: Records, assistant: Assistant) -> None:
    link = _case(records, _exchange(assistant))
    for guess in ("", key_of(link), link[:-1], "x" * 24):
        with pytest.raises(CaseError, match="ask your question again"):
            follow(records, guess)


def test_of_two_consultants_on_one_case_the_second_is_told(records: Records, assistant: Assistant) -> None:
    _case(records, _exchange(assistant))
    (seen,) = inbox(records)
    save_draft(records, seen, "jo", "No.", NOW)
    with pytest.raises(CaseChanged, match="jo has changed this case"):
        send(records, seen, "lee", "Yes.", NOW)
    (case,) = inbox(records)
    assert (case.consultant, case.draft, case.reply) == ("jo", "No.", "")


def test_a_button_that_is_pushed_twice_is_no_change_by_another(records: Records, assistant: Assistant) -> None:
    link = _case(records, _exchange(assistant))
    (case,) = inbox(records)
    for _ in range(2):
        send(records, case, "jo", "Ask the office.", NOW)
    assert (follow(records, link).reply, follow(records, link).version) == ("Ask the office.", 2)
    with pytest.raises(CaseChanged, match="jo has changed"):
        send(records, case, "jo", "Ask nobody.", NOW)


def test_an_empty_reply_is_not_sent(records: Records, assistant: Assistant) -> None:
    _case(records, _exchange(assistant))
    with pytest.raises(CaseError, match="write one"):
        send(records, inbox(records)[0], "jo", " ", NOW)


def test_the_longest_waiting_case_is_on_top_and_the_answered_are_below(records: Records, assistant: Assistant) -> None:
    for days in (1, 3, 2):
        _case(records, _exchange(assistant, f"can I text a parent back {days}?"), NOW - timedelta(days))
    send(records, inbox(records)[1], "jo", "No.", NOW)
    assert [(c.state, (NOW - c.opened).days) for c in inbox(records)] == [("new", 3), ("new", 1), ("answered", 2)]


def test_many_writers_lose_nothing(records: Records) -> None:
    def write(number: int) -> None:
        with records.writing() as connection:
            count(connection, "yes", NOW)
            write_exchange(connection, key_of(f"visit {number % 5}"), Exchange(f"question {number}"), NOW)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(60)))
    with records.reading() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(asked)).scalar() == 60
        assert connection.execute(sa.select(counts.c.number)).scalar() == 60


def test_two_first_questions_of_a_visit_at_once_are_both_kept(records: Records) -> None:
    def write(connection: sa.Connection, question: str) -> None:
        write_exchange(connection, key_of("visit"), Exchange(question), NOW)

    def write_too() -> None:
        with records.writing() as connection:
            write(connection, "can I wear trainers")

    with ThreadPoolExecutor(1) as pool:
        with records.writing() as connection:
            write(connection, "is my phone ok")
            other = pool.submit(write_too)
            _wait_for(other, records)
        other.result()
    with records.reading() as connection:
        kept = {exchange.question for exchange in read_conversation(connection, key_of("visit"))}
    assert kept == {"is my phone ok", "can I wear trainers"}


def test_what_was_acknowledged_survives_a_kill(url: str, records: Records) -> None:
    code = (
        "import sys; from datetime import UTC, datetime; from desk.records import open_records, key_of\n"
        "from desk.register import Exchange, write_exchange\n"
        "records = open_records(sys.argv[1])\n"
        "for n in range(100_000):\n"
        "    with records.writing() as c: write_exchange(c, key_of('v'), Exchange(f'q {n}'), datetime.now(UTC))\n"
        "    print(n, flush=True)\n"
    )
    writer = subprocess.Popen([sys.executable, "-c", code, url], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    told = [int(writer.stdout.readline()) for _ in range(15)]
    writer.send_signal(signal.SIGKILL)
    told += [int(line) for line in writer.stdout.read().split()]
    writer.wait(timeout=30)
    with records.reading() as connection:
        kept = {row.question for row in connection.execute(sa.select(asked.c.question))}
    assert {f"q {n}" for n in told} <= kept


def test_thirty_days_are_kept_and_what_is_older_goes(records: Records) -> None:
    ages = {"29": timedelta(29), "30": timedelta(30), "31": timedelta(31), "30 and a second": timedelta(30, 1)}
    with records.writing() as connection:
        for name, age in ages.items():
            write_exchange(connection, key_of(name), Exchange(f"asked {name} days ago"), NOW - age)
    gone = purge(records, 30, NOW)
    with records.reading() as connection:
        kept = {row.question for row in connection.execute(sa.select(asked.c.question))}
    assert kept == {"asked 29 days ago", "asked 30 days ago"}
    assert (gone.questions, gone.cases) == (2, 0)


def test_an_old_question_stays_while_its_case_is_young(records: Records, assistant: Assistant) -> None:
    with records.writing() as connection:
        key = write_exchange(connection, key_of("visit"), _exchange(assistant), NOW - timedelta(40))
    with records.reading() as connection:
        (exchange,) = read_conversation(connection, key_of("visit"))
    assert exchange.id == key
    _case(records, exchange)
    purge(records, 30, NOW)
    assert len(inbox(records)) == 1
    purge(records, 30, NOW + timedelta(31))
    assert inbox(records) == ()


@pytest.mark.parametrize("first", ["INSERT INTO cases", "DELETE FROM asked"], ids=["passed on", "purged"])
def test_an_old_question_that_is_passed_on_while_old_things_are_deleted_reaches_the_desk(
    first: str, records: Records, assistant: Assistant
) -> None:
    with records.writing() as connection:
        write_exchange(connection, key_of("visit"), _exchange(assistant), NOW - timedelta(40))
    with records.reading() as connection:
        (exchange,) = read_conversation(connection, key_of("visit"))
    acts = [lambda: _case(records, exchange), lambda: purge(records, 30, NOW)]
    begun, meanwhile = acts if first == "INSERT INTO cases" else reversed(acts)
    others = list[Future[Any]]()
    with ThreadPoolExecutor(1) as pool:

        def start() -> None:
            others.append(pool.submit(meanwhile))
            _wait_for(others[0], records)

        _once_after(first, records, start)
        begun()
        others[0].result()
    assert [case.exchange.question for case in inbox(records)] == ["can I text a parent back?"]


def test_erasing_a_conversation_leaves_others_and_the_counts(records: Records, assistant: Assistant) -> None:
    _case(records, _exchange(assistant, "can I text a parent back?"))
    with records.writing() as connection:
        write_exchange(connection, key_of("another"), Exchange("is my phone ok"), NOW)
        count(connection, "no", NOW)
    assert erase(records, key_of("visit")).line == "Deleted: 1 question, 1 message to a consultant."
    with records.reading() as connection:
        assert [e.question for e in read_conversation(connection, key_of("another"))] == ["is my phone ok"]
        assert connection.execute(sa.select(counts.c.number)).scalar() == 1
    assert inbox(records) == ()


def test_what_is_erased_is_in_no_file(tmp_path: Path) -> None:
    records = open_records(f"sqlite:///{tmp_path / 'records.sqlite3'}")
    with records.writing() as connection:
        write_exchange(connection, key_of("visit"), Exchange("a zebra crossed the playground"), NOW)
    assert any(b"zebra" in path.read_bytes() for path in tmp_path.iterdir())
    assert erase(records, key_of("visit")).everywhere
    assert not any(b"zebra" in path.read_bytes() for path in tmp_path.iterdir())
    records.close()


@pytest.mark.parametrize("later", ["writing", "opening"])
def test_what_is_erased_while_somebody_reads_it_leaves_the_log_at_the_next_occasion(later: str, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'records.sqlite3'}"
    records = open_records(url)
    with records.writing() as connection:
        write_exchange(connection, key_of("visit"), Exchange("a zebra crossed the playground"), NOW)
    with records.reading() as connection:
        connection.execute(asked.select()).all()
        started = time.monotonic()
        assert erase(records, key_of("visit")).line == f"Deleted: 1 question, 0 messages to a consultant. {IN_LOG}"
        assert time.monotonic() - started < 5
    if later == "writing":
        with records.writing() as connection:
            count(connection, "no", NOW)
    else:
        open_records(url).close()
    assert not any(b"zebra" in path.read_bytes() for path in tmp_path.iterdir())
    records.close()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nonsense", "give sqlite:///FILE or postgresql://"),
        ("foo://x", "give sqlite:///FILE or postgresql://"),
        ("sqlite:////proc/nowhere/x", "cannot be opened"),
        ("postgresql://desk:LEAKME@127.0.0.1:1/x", "cannot be opened"),
        ("postgresql://desk@127.0.0.1:1/x?password=LEAKME", "postgresql://desk@127.0.0.1:1/x cannot be opened"),
        ("postgresql://desk:pw@db:LEAKME/x", "no number: give sqlite:///FILE or postgresql://"),
    ],
)
def test_records_that_cannot_be_opened_say_what_to_do(url: str, says: str) -> None:
    with pytest.raises(RecordsError, match=says) as caught:
        open_records(url)
    assert "LEAKME" not in str(caught.value)


def test_fewer_than_three_askers_are_not_shown(records: Records, assistant: Assistant) -> None:
    with records.writing() as connection:
        for visit in ("a", "b", "c", "d"):
            write_exchange(connection, key_of(visit), _exchange(assistant, "can I text a parent back?"), NOW)
            count(connection, "no", NOW)
        for visit in ("a", "a", "b"):
            write_exchange(connection, key_of(visit), _exchange(assistant, "how much holiday do I get?"), NOW)
            count(connection, "not_covered", NOW + timedelta(1))
    period = Period(date(2026, 3, 30), date(2026, 3, 30))
    entries = read_entries(records, period)
    found = groups(entries, assistant.embedder)
    assert [(g.question, g.times, g.askers) for g in found] == [("can I text a parent back?", 4, 4)]
    assert verdicts_by_day(records, period) == ((date(2026, 3, 30), "no", 4),)
    assert len(never_cited(entries, assistant.edition)) < len(assistant.edition.clauses)


def test_what_was_marked_wrong_is_read_the_newest_first_and_goes_with_its_question(
    records: Records, assistant: Assistant
) -> None:
    exchange = _exchange(assistant)
    with records.writing() as connection:
        for number in range(2 * MOST):
            key = write_exchange(connection, key_of("visit"), exchange, NOW - timedelta(minutes=number))
            mark_exchange(connection, key_of("visit"), key, MARKS[number % 3], f"line {number}")
        key = write_exchange(
            connection, key_of("visit"), Exchange("her dad hits her", harm="child"), NOW - timedelta(1)
        )
        mark_exchange(connection, key_of("visit"), key, "wrong", "the day before")
    today, yesterday = NOW.date(), NOW.date() - timedelta(1)
    found = marked_wrong(records, Period(today, today))
    assert [(one.exchange.mark, one.exchange.line) for one in found[:2]] == [
        ("wrong", "line 1"),
        ("not_asked", "line 2"),
    ]
    assert (len(found), found[0].day, found[0].exchange.verdict) == (MOST, today, "no")
    assert found[0].quote.startswith("Do not exchange private texts")
    assert found[0].quote.endswith(" …")
    (before,) = marked_wrong(records, Period(yesterday, yesterday))
    assert (before.exchange.line, before.exchange.question, before.quote) == ("the day before", NOT_KEPT, "")
    erase(records, key_of("visit"))
    assert marked_wrong(records, Period(yesterday, today)) == ()


def test_a_group_goes_by_words_that_three_askers_used_or_else_by_the_handbooks(assistant: Assistant) -> None:
    about = "IT and Social Media, 9: “Do not exchange private texts.”"
    asked_by = {"a": "can i text priyas mum back?", "b": "Can I text a mum back?", "c": "can I text a mum back"}
    entries = [Entry(who, question, "no", "", (), about) for who, question in asked_by.items()]
    assert groups(entries, _alike) == (Group(about, 3, 3),)
    again = Entry("b", "can i text a mum back", "no", "", (), about)
    assert groups([*entries, again], _alike) == (Group(about, 4, 3),)
    shared = [*entries, Entry("d", "can I text a mum, back?", "no", "", (), about)]
    assert groups(shared, _alike) == (Group("Can I text a mum back?", 4, 4),)
    assert groups([replace(e, about="") for e in entries], _alike) == (Group(IN_OTHER_WORDS, 3, 3),)


def test_what_was_asked_differently_goes_by_the_sentence_that_answered_it(
    records: Records, assistant: Assistant
) -> None:
    answer = assistant.ask("can I text a parent back?")
    with records.writing() as connection:
        for visit, question in (("a", "can i text priyas mum?"), ("b", "text a mum?"), ("c", "texting mums ok?")):
            write_exchange(connection, key_of(visit), Exchange(question, replace(answer, question=question)), NOW)
    entries = read_entries(records, Period(date(2026, 3, 30), date(2026, 3, 30)))
    (group,) = groups(entries, _alike)
    assert group.question.startswith("IT and Social Media, ")
    assert f"“{answer.citations[0].quote}”" in group.question


def test_what_is_said_by_a_button_is_no_question_of_its_own(records: Records, assistant: Assistant) -> None:
    reception, question = Reception(Settings(), records, lambda: NOW), "can I text a parent back?"
    said = replace(assistant.ask(question), question="No.", understood=f"{question} No.", because="you said: No.")
    for visit in ("a", "b", "c"):
        asked_first = reception.receive(Visit(visit), question, (), assistant)
        reception.settle(Visit(visit), Option("No", "No.", said), (asked_first,))
    entries = read_entries(records, Period(date(2026, 3, 30), date(2026, 3, 30)))
    assert [entry.question for entry in entries] == [question] * 3


def _alike(texts: Sequence[str], done: Callable[[int], None] = lambda count: None) -> Vectors:
    """An embedder to which all questions are alike."""
    return np.ones((len(texts), 1), np.float32)


def test_a_clause_is_most_cited_by_people_and_not_by_citations(assistant: Assistant) -> None:
    first, second, third = (clause.id for clause in assistant.edition.clauses[:3])
    cited = [("a", (first, first)), ("a", (first,)), ("b", (second, first)), ("c", (third, second)), ("d", (second,))]
    entries = [Entry(who, "q", "no", "", clauses) for who, clauses in cited]
    assert most_cited(entries, assistant.edition) == ((assistant.edition.clauses[1], 3),)


def _lesson(assistant: Assistant, **other: Any) -> Lesson:
    clause = assistant.edition.clauses[3]
    lesson = Lesson("", "jo", "is lunch paid", "no", (_quote(clause),), "taught", "proposed")
    return replace(lesson, **other)


def _quote(clause: Clause) -> Quote:
    return Quote(clause.document, clause.sentences[0].text)


def test_a_lesson_leaves_lines_with_other_line_ends_in_them_as_they_are(
    records: Records, assistant: Assistant, tmp_path: Path
) -> None:
    old = '{"id": "t1", "question": "old\u2028and odd"}\n'
    (tmp_path / "taught.jsonl").write_text(old, "utf-8")
    book = Lessons(records, tmp_path)
    lesson = book.propose(_lesson(assistant), assistant.edition, NOW)
    book.approve(lesson.id, "lee", NOW)
    assert (tmp_path / "taught.jsonl").read_text("utf-8").startswith(old)
    book.undo(lesson.id, "lee", NOW)
    assert (tmp_path / "taught.jsonl").read_text("utf-8") == old


def test_a_lesson_is_a_line_once_approved_and_none_once_undone(
    records: Records, assistant: Assistant, tmp_path: Path
) -> None:
    (tmp_path / "taught.jsonl").write_text('{"id": "t1", "question": "old"}\n', "utf-8")
    book = Lessons(records, tmp_path)
    lesson = book.propose(_lesson(assistant), assistant.edition, NOW)
    assert len((tmp_path / "taught.jsonl").read_text("utf-8").splitlines()) == 1
    book.approve(lesson.id, "lee", NOW)
    old, new = map(json.loads, (tmp_path / "taught.jsonl").read_text("utf-8").splitlines())
    assert (old["id"], new["question"], new["verdict"]) == ("t1", "is lunch paid", "no")
    assert new["evidence"][0]["role"] == "required"
    book.undo(lesson.id, "lee", NOW)
    assert (tmp_path / "taught.jsonl").read_text("utf-8") == '{"id": "t1", "question": "old"}\n'
    with pytest.raises(LessonError, match="reload"):
        book.approve(lesson.id, "lee", NOW)


def test_a_lesson_whose_file_cannot_be_written_stays_proposed(
    records: Records, assistant: Assistant, tmp_path: Path
) -> None:
    book = Lessons(records, tmp_path / "away")
    lesson = book.propose(_lesson(assistant), assistant.edition, NOW)
    with pytest.raises(LessonError, match=r"taught.jsonl cannot be written \(No such file or directory\)"):
        book.approve(lesson.id, "lee", NOW)
    assert book.all()[0].state == "proposed"


def test_a_lesson_is_undone_in_a_file_that_was_written_anew(
    records: Records, assistant: Assistant, tmp_path: Path
) -> None:
    book, path = Lessons(records, tmp_path), tmp_path / "taught.jsonl"
    others = ['{"id":"t1","question":"old"}', "no json", '["id"]']
    lesson = book.propose(_lesson(assistant), assistant.edition, NOW)
    book.approve(lesson.id, "lee", NOW)
    anew = json.dumps(json.loads(path.read_text("utf-8")), separators=(",", ":"))
    path.write_text("\n".join([others[0], anew, *others[1:]]) + "\n", "utf-8")
    book.undo(lesson.id, "lee", NOW)
    assert path.read_text("utf-8").splitlines() == others


def test_a_question_teaches_or_tests_but_never_both(records: Records, assistant: Assistant, tmp_path: Path) -> None:
    book = Lessons(records, tmp_path)
    lesson = book.propose(_lesson(assistant), assistant.edition, NOW)
    with pytest.raises(LessonError, match="never both"):
        book.propose(_lesson(assistant, question="Is lunch paid?", purpose="gold"), assistant.edition, NOW)
    book.undo(lesson.id, "jo", NOW)
    gold = book.propose(_lesson(assistant, purpose="gold"), assistant.edition, NOW)
    book.approve(gold.id, "jo", NOW)
    assert (tmp_path / "gold.jsonl").exists()
    assert not (tmp_path / "taught.jsonl").exists()


def test_a_lesson_proposed_by_two_pushes_of_a_button_is_one(
    records: Records, assistant: Assistant, tmp_path: Path
) -> None:
    book = Lessons(records, tmp_path)
    pushed = [book.propose(_lesson(assistant), assistant.edition, NOW + timedelta(seconds=n)) for n in range(2)]
    assert pushed == [*book.all(), *book.all()]
    with pytest.raises(LessonError, match="taught already"):
        book.propose(_lesson(assistant, author="lee"), assistant.edition, NOW)


def test_of_two_who_propose_a_question_at_once_to_teach_and_to_test_the_second_is_refused(
    records: Records, assistant: Assistant, tmp_path: Path
) -> None:
    book, others = Lessons(records, tmp_path), list[Future[Any]]()
    with ThreadPoolExecutor(1) as pool:

        def propose_too() -> None:
            others.append(pool.submit(book.propose, _lesson(assistant, purpose="gold"), assistant.edition, NOW))
            _wait_for(others[0], records)

        _once_after("INSERT INTO lessons", records, propose_too)
        book.propose(_lesson(assistant), assistant.edition, NOW)
        with pytest.raises(LessonError, match="taught already"):
            others[0].result()


def test_a_question_that_its_file_has_by_now_is_not_approved(
    records: Records, assistant: Assistant, tmp_path: Path
) -> None:
    book = Lessons(records, tmp_path)
    lesson = book.propose(_lesson(assistant), assistant.edition, NOW)
    (tmp_path / "gold.jsonl").write_text(json.dumps({"id": "g1", "question": "Is lunch paid?"}), "utf-8")
    with pytest.raises(LessonError, match="gold already"):
        book.approve(lesson.id, "lee", NOW)
    assert book.all()[0].state == "proposed"
    (tmp_path / "gold.jsonl").unlink()
    book.approve(lesson.id, "lee", NOW)


def test_a_question_with_a_name_in_it_teaches_or_tests_but_never_both(
    records: Records, assistant: Assistant, tmp_path: Path
) -> None:
    book, named = Lessons(records, tmp_path), _lesson(assistant, question="can pupil Tom Smith borrow my phone?")
    lesson = book.propose(named, assistant.edition, NOW)
    with pytest.raises(LessonError, match="taught already"):
        book.propose(replace(named, purpose="gold"), assistant.edition, NOW)
    book.undo(lesson.id, "jo", NOW)
    (tmp_path / "gold.jsonl").write_text(json.dumps({"question": named.question}), "utf-8")
    with pytest.raises(LessonError, match="gold already"):
        book.propose(named, assistant.edition, NOW)


@pytest.mark.parametrize(
    "other",
    [
        {"verdict": "maybe"},
        {"question": " ? "},
        {"verdict": "not_covered"},
        {"quotes": ()},
        {"quotes": (Quote("it-and-social-media", "You may always text parents."),)},
    ],
    ids=["verdict", "question", "silent with a quote", "no quote", "invented quote"],
)
def test_a_lesson_that_is_none_is_refused(other: dict[str, object], assistant: Assistant, tmp_path: Path) -> None:
    records = open_records(f"sqlite:///{tmp_path / 'records.sqlite3'}")
    with pytest.raises(LessonError):
        Lessons(records, tmp_path).propose(_lesson(assistant, **other), assistant.edition, NOW)
    records.close()


@pytest.mark.parametrize(("keeps", "rows", "numbers"), [("questions", 1, 1), ("counts", 0, 1), ("nothing", 0, 0)])
def test_what_is_kept_is_what_the_agency_set(
    keeps: str, rows: int, numbers: int, records: Records, assistant: Assistant
) -> None:
    settings = Settings(record=keeps)
    reception = Reception(settings, records, lambda: NOW)
    exchange = reception.receive(Visit("token"), "can I text a parent back?", (), assistant)
    assert exchange.answer is not None
    assert len(reception.resume(Visit("token"))) == rows
    with records.reading() as connection:
        assert len(connection.execute(counts.select()).all()) == numbers
    _case(records, exchange)
    assert len(inbox(records)) == 1


def test_safeguarding_words_that_are_filled_in_count_at_once(records: Records, tmp_path: Path) -> None:
    reception = Reception(Settings(docs=tmp_path), records)
    assert not reception.guidance.filled_in
    words = "---\nfilled_in: yes\n---\n## child – Tell us\n\nCall Jo on 1.\n"
    (tmp_path / "_safeguarding.md").write_text(words, "utf-8")
    assert reception.guidance.filled_in
    assert reception.guidance.notices["child"].paragraphs == ("Call Jo on 1.",)


def test_an_answer_that_cannot_be_written_down_is_given_soon_and_that_is_logged(
    assistant: Assistant, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    records, other = (open_records(f"sqlite:///{tmp_path / 'records.sqlite3'}") for _ in range(2))
    reception = Reception(Settings(), records, lambda: NOW)
    with other.writing():
        begun = time.monotonic()
        exchange = reception.receive(Visit("t"), "can I text a parent back?", (), assistant)
        assert time.monotonic() - begun < WAIT / 2
    assert exchange.answer is not None
    assert (exchange.answer.verdict, exchange.id, exchange.unwritten) == ("no", "", True)
    assert [record.getMessage() for record in caplog.records] == [
        "a question was answered and could not be written down: the records cannot be used (database is locked): try"
        " again; if that goes on, see to the database"
    ]
    assert reception.resume(Visit("t")) == ()
    marked = reception.mark(Visit("t"), exchange, "wrong")
    assert not marked.unwritten
    assert [(kept.id, kept.mark) for kept in reception.resume(Visit("t"))] == [(marked.id, "wrong")]
    records.close()
    other.close()


def test_who_says_how_long_to_wait_for_another_writer_waits_no_longer(url: str, records: Records) -> None:
    other = open_records(url)
    with other.writing() as connection:
        count(connection, "no", NOW)
        begun = time.monotonic()
        with pytest.raises(RecordsError, match=r"locked|lock timeout"), records.writing(1) as late:
            count(late, "no", NOW)
        assert 1 <= time.monotonic() - begun < WAIT / 2
    with records.writing(1) as connection:
        count(connection, "no", NOW)
    with records.reading() as connection:
        assert connection.execute(sa.select(counts.c.number)).scalars().all() == [2]
    other.close()


def test_nobody_waits_long_for_another_writer_who_can_send_or_delete_again(
    url: str, records: Records, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in ("cases", "retention"):
        monkeypatch.setattr(f"desk.{room}.SHORTLY", 1)
    case = _case(records, _exchange(assistant))
    other = open_records(url)
    acts = (
        lambda: hand_over(records, key_of("another"), _exchange(assistant), Contact(), NOW),
        lambda: take(records, follow(records, case), "jo", NOW),
        lambda: erase(records, key_of("visit")),
    )
    with other.writing() as connection:
        connection.execute(asked.update().values(line="held"))
        connection.execute(metadata.tables["cases"].update().values(draft="held"))
        take_turn(connection, CASES_TURN)
        for act in acts:
            begun = time.monotonic()
            with pytest.raises(RecordsError, match=r"locked|lock timeout"):
                act()
            assert time.monotonic() - begun < WAIT / 2
    other.close()


def test_a_count_that_cannot_be_written_down_is_no_loss_of_the_askers(assistant: Assistant, tmp_path: Path) -> None:
    records, other = (open_records(f"sqlite:///{tmp_path / 'records.sqlite3'}") for _ in range(2))
    reception = Reception(Settings(record="counts"), records, lambda: NOW)
    with other.writing():
        exchange = reception.receive(Visit("t"), "can I text a parent back?", (), assistant)
    assert (exchange.id, exchange.unwritten) == ("", False)
    records.close()
    other.close()


def test_records_that_went_away_are_no_error_of_the_librarys(tmp_path: Path) -> None:
    records = open_records(f"sqlite:///{tmp_path / 'records.sqlite3'}")
    with records.writing() as connection:
        connection.execute(sa.text("DROP TABLE lessons"))
    with pytest.raises(RecordsError, match="no such table: lessons"):
        Lessons(records, tmp_path).all()
    records.close()


def test_whoever_asks_hears_how_far_the_answer_has_got(records: Records, assistant: Assistant) -> None:
    reception, heard = Reception(Settings(), records, lambda: NOW), list[Step]()
    remembers_nothing = assistant.without_model()
    reception.receive(Visit("t"), "may I lend my lanyard to a visitor?", (), remembers_nothing, heard.append)
    assert [step.kind for step in heard] == [*STEPS, "says"]


def test_what_is_too_long_to_be_asked_and_tells_of_harm_gets_the_notice_and_is_not_kept(
    records: Records, assistant: Assistant
) -> None:
    reception = Reception(Settings(), records, lambda: NOW)
    usual = "The register was done and the lesson went on as planned. " * 40
    notice = reception.receive(Visit("t"), usual + "Then a pupil told me her dad hits her.", (), assistant)
    assert (notice.harm, notice.refusal) == ("child", "")
    assert [e.question for e in reception.resume(Visit("t"))] == ["[not kept: it told of harm]"]
    assert "characters are too many" in reception.receive(Visit("t"), usual, (), assistant).refusal
    assert "characters are too many" in reception.receive(Visit("t"), " " * 3_000, (), assistant).refusal


def test_too_many_questions_in_a_minute_are_refused_before_any_work(records: Records) -> None:
    class Nobody:
        def ask(self, question: str, history: object = (), tell: object = None) -> Answer:
            raise AssertionError("asked")

    reception = Reception(Settings(per_minute=1), records, lambda: NOW)
    assert reception.receive(Visit("t"), "I want to hurt myself", (), Nobody()).harm == "self"
    assert "Please ask again in" in reception.receive(Visit("t"), "is my phone ok", (), Nobody()).refusal
    at_length = "I want to hurt myself. " * 100
    assert "characters are too many" in reception.receive(Visit("t"), at_length, (), Nobody()).refusal
    harm = Exchange("I want to hurt myself", harm="self")
    assert "Please ask again in" in reception.search_anyway(Visit("t"), harm, (harm,), Nobody()).refusal
