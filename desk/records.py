"""What is written down, and where: conversations, what was asked in them, feedback, cases and lessons.

SQLite by default, PostgreSQL by URL; the tables are made and changed by the migrations in `desk/migrations`. What a
`writing()` block wrote is on the disk when the block ends: SQLite runs with a write-ahead log and full syncing,
deletes by overwriting, and waits for another writer instead of failing.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from ingest.documents import HandbookError

MIGRATIONS = Path(__file__).parent / "migrations"
WAIT = 15  # seconds a writer waits for the one before it
GIVE = "give sqlite:///FILE or postgresql://…"
MIGRATIONS_TURN, LESSONS_TURN, CASES_TURN = 7046, 7047, 7048  # PostgreSQL's locks, one for each of what waits its turn
PATIENCE = 1  # seconds that emptying the log waits for those who read: meanwhile nobody writes
SHORTLY = 4  # seconds a writer waits with whom somebody waits who can do it again, as sending and deleting are
BRIEFLY = 1  # seconds a writer waits with whom somebody waits for what is no worse unwritten, as an answer is


class RecordsError(HandbookError):
    """Records that cannot be opened or used; the message says what to do."""


class Moment(sa.types.TypeDecorator[datetime]):
    """A moment in UTC, kept without its zone because SQLite has none."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


metadata = sa.MetaData()


def _part_of(table: str, column: str = "id") -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.{column}", ondelete="CASCADE")


conversations = sa.Table(
    "conversations",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),  # digest of the token that opens it; the token is not kept
    sa.Column("begun", Moment, nullable=False),
    sa.Column("last", Moment, nullable=False, index=True),
)
asked = sa.Table(
    "asked",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("conversation", sa.String(64), _part_of("conversations"), nullable=False, index=True),
    sa.Column("at", Moment, nullable=False, index=True),
    sa.Column("question", sa.Text, nullable=False),  # redacted
    sa.Column("verdict", sa.String(16), nullable=False),  # of the answer; harm_… for a safeguarding notice
    sa.Column("answer", sa.JSON, nullable=False),
    sa.Column("mark", sa.String(16), nullable=False, default=""),  # right, wrong, not_asked
    sa.Column("line", sa.Text, nullable=False, default=""),
)
cases = sa.Table(
    "cases",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("conversation", sa.String(64), _part_of("conversations"), nullable=False, index=True),
    sa.Column("asked", sa.String(32), _part_of("asked"), nullable=False),
    sa.Column("link", sa.String(64), nullable=False, unique=True),  # digest of the candidate's private link
    sa.Column("opened", Moment, nullable=False, index=True),
    sa.Column("last", Moment, nullable=False),
    sa.Column("name", sa.Text, nullable=False, default=""),
    sa.Column("contact", sa.Text, nullable=False, default=""),
    sa.Column("words", sa.Text, nullable=False, default=""),  # what the candidate added, redacted
    sa.Column("consultant", sa.Text, nullable=False, default=""),
    sa.Column("draft", sa.Text, nullable=False, default=""),
    sa.Column("reply", sa.Text, nullable=False, default=""),
    sa.Column("answered", Moment),
    sa.Column("version", sa.Integer, nullable=False, default=1),
)
lessons = sa.Table(
    "lessons",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("question", sa.Text, nullable=False, index=True),
    sa.Column("verdict", sa.String(16), nullable=False),
    sa.Column("evidence", sa.JSON, nullable=False),
    sa.Column("purpose", sa.String(8), nullable=False),  # taught or gold
    sa.Column("state", sa.String(16), nullable=False, default="proposed"),  # proposed, approved, undone
    sa.Column("approver", sa.Text, nullable=False, default=""),
    sa.Column("decided", Moment),
)
counts = sa.Table(  # how often a day ended in which verdict: no words, nobody's; erasing leaves it alone
    "counts",
    metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("verdict", sa.String(16), primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
)


class Records:
    """An open database of records."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self._log_is_kept = False

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A consistent view: all that the block reads stood there together.

        Raises:
            RecordsError: the database cannot be used now.
        """
        postgresql = self.engine.dialect.name == "postgresql"
        with self._transaction(**{"isolation_level": "REPEATABLE READ"} if postgresql else {}) as connection:
            yield connection

    @contextmanager
    def writing(self, patience: int | None = None) -> Iterator[sa.Connection]:
        """All of what the block writes, on disk when it ends, or nothing of it.

        Raises:
            RecordsError: the database cannot be used now, or another writer takes longer than `patience` seconds, on
                SQLite `WAIT` where none are said.
        """
        with self._transaction(writes=True, **{} if patience is None else {"patience": patience}) as connection:
            if patience is not None and self.engine.dialect.name == "postgresql":
                connection.execute(sa.text(f"SET LOCAL lock_timeout = '{patience}s'"))
            yield connection
        if self._log_is_kept:
            self.tidy(0)

    def tidy(self, patience: int = PATIENCE) -> bool:
        """Empties SQLite's log, so that what was deleted is in no file any more; whether that is done.

        It cannot be while somebody reads what stood there before. Then it is tried again after each `writing` and at
        the next opening.
        """
        if self.engine.dialect.name != "sqlite":
            return True
        self._log_is_kept = True
        with suppress(SQLAlchemyError, sqlite3.Error), self.engine.connect() as connection:
            cursor = connection.connection.cursor()
            cursor.execute(f"PRAGMA busy_timeout = {1000 * patience}")
            self._log_is_kept = bool(cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
        return not self._log_is_kept

    @contextmanager
    def _transaction(self, **options: Any) -> Iterator[sa.Connection]:
        try:
            with self.engine.connect().execution_options(**options) as connection, connection.begin():
                yield connection
        except SQLAlchemyError as error:
            why = f"the records cannot be used ({_first_line(error)})"
            raise RecordsError(f"{why}: try again; if that goes on, see to the database") from error

    def close(self) -> None:
        """Gives its connections back."""
        self.engine.dispose()


def open_records(url: str) -> Records:
    """The records at a SQLAlchemy URL, with their tables as this version needs them.

    Raises:
        RecordsError: there is no such database, or it cannot be used.
    """
    place = _place(url)
    try:
        engine = _engine(place)
        migrate(engine)
        records = Records(engine)
        records.tidy()
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise RecordsError(f"POLICY_QA_RECORDS: {error}: {GIVE}") from error
    except (SQLAlchemyError, OSError) as error:
        shown = place.set(query={}).render_as_string(hide_password=True)  # a password may stand in the query too
        why = f"the records at {shown} cannot be opened ({_first_line(error)})"
        raise RecordsError(f"{why}: start the database, or set POLICY_QA_RECORDS") from error
    return records


def migrate(engine: sa.Engine) -> None:
    """Brings the tables to the newest revision; processes that start together do it one after the other."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        take_turn(connection, MIGRATIONS_TURN)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def take_turn(connection: sa.Connection, turn: int) -> None:
    """Waits for those who took the same turn before, till their end. SQLite's writers wait for each other anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(turn)))


def new_token() -> str:
    """144 bits nobody can guess, fit for an address."""
    return secrets.token_urlsafe(18)


def own_file(home: Path) -> Path:
    """Where a home keeps its records, unless they are set to be elsewhere."""
    return home.absolute() / "records.sqlite3"


def key_of(token: str) -> str:
    """What is kept of a token: its SHA-256, from which it cannot be made again."""
    return hashlib.sha256(token.encode()).hexdigest()


def _place(url: str) -> sa.URL:
    try:
        return sa.make_url(url)
    except ArgumentError as error:
        raise RecordsError(f"POLICY_QA_RECORDS: {error}: {GIVE}") from error
    except ValueError:  # of the port, with what was taken for it: that may be a part of the password
        raise RecordsError(f"POLICY_QA_RECORDS: what stands for the port is no number: {GIVE}") from None


def with_driver(place: sa.URL) -> sa.URL:
    """A URL of PostgreSQL that names no driver with the one that the extra `postgres` brings; any other as it is."""
    return place.set(drivername="postgresql+psycopg") if place.drivername == "postgresql" else place


def _engine(place: sa.URL) -> sa.Engine:
    if place.get_backend_name() == "sqlite":
        return _sqlite(place)
    return sa.create_engine(with_driver(place), pool_pre_ping=True)


def _sqlite(url: sa.URL) -> sa.Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url, connect_args={"timeout": WAIT, "check_same_thread": False})

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # the transactions below are ours, not the driver's
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        options = connection.get_execution_options()
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {1000 * options.get('patience', WAIT)}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")

    return engine


def _first_line(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).strip().split("\n")[0]
