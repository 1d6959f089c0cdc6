"""Answers that their askers marked as wrong, each with its asker's words: whoever marks asks for somebody to look.

They are single people's, so for consultants alone, and gone with the question (`desk.retention`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from desk.insights import Period, during
from desk.records import Records, asked
from desk.register import WRONG, Exchange, read_exchange

MOST = 50
LONGEST_QUOTE = 100  # characters of what was quoted first


@dataclass(frozen=True, slots=True)
class Marked:
    """An exchange that was marked as wrong or beside the question."""

    day: date
    exchange: Exchange

    @property
    def quote(self) -> str:
        """How the first quote of the answer begins; empty where nothing was quoted."""
        cited = self.exchange.answer.citations if self.exchange.answer else ()
        return shorten(cited[0].quote, LONGEST_QUOTE, placeholder=" …") if cited else ""


def marked_wrong(records: Records, period: Period) -> tuple[Marked, ...]:
    """What was marked of that which was asked in a period, the newest first, at most `MOST`."""
    wrong = during(period) & asked.c.mark.in_(WRONG)
    newest = asked.select().where(wrong).order_by(asked.c.at.desc(), asked.c.id).limit(MOST)
    with records.reading() as connection:
        rows = connection.execute(newest).all()
        return tuple(Marked(row.at.date(), read_exchange(row._mapping)) for row in rows)
