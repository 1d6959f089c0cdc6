"""A conversation as plain text, to keep or to send on: every quote with where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from desk.cases import Case
from desk.register import Exchange
from qa.answer import Answer, Citation, remark
from qa.fitting import fitting, opening
from qa.reader import REFERRAL
from qa.safeguarding import Harm, Notice
from qa.terminal import place


def written(exchanges: Iterable[Exchange], notices: Mapping[Harm, Notice], cases: Iterable[Case] = ()) -> str:
    """The conversation, each question with its answer below it, or the notice that came instead, and a consultant's
    reply.
    """
    replies = {case.exchange.id: _reply(case) for case in cases if case.answered}
    told = ((e.question, _said(e, notices) + replies.get(e.id, "")) for e in exchanges)
    return "\n\n".join(f"You asked: {question}\n{said}" for question, said in told if said) + "\n"


def _reply(case: Case) -> str:
    return f"\nA consultant’s reply, {case.answered:%d %B %Y}:\n{case.reply}"


def _said(exchange: Exchange, notices: Mapping[Harm, Notice]) -> str:
    if exchange.answer:
        return answer_text(exchange.answer)
    notice = notices[exchange.harm] if exchange.harm else None
    return "\n".join((notice.title, *notice.paragraphs)) if notice else ""


def answer_text(answer: Answer) -> str:
    """One answer, its parts one after the other."""
    if answer.parts:
        return "\n\n".join(f"{part.question}\n{answer_text(part)}" for part in answer.parts)
    return "\n".join(_lines(answer))


def _under(citation: Citation) -> str:
    return f"Under “{citation.under}”: " if citation.lead else ""


def _lines(answer: Answer) -> Iterator[str]:
    yield opening(answer, fitting(answer)) or "The handbook says:"
    for citation in answer.citations:
        yield f"{_under(citation)}“{citation.quote}” [{citation.label}]"
        yield from (f"- “{item}”" for item in citation.items)
    for citation in answer.citations:
        yield f"[{citation.label}] {place(citation)}" + (f" ({citation.source})" if citation.source else "")
    if said := remark(answer):
        yield said
    if answer.text.endswith(REFERRAL):
        yield REFERRAL
    yield f"Edition {answer.edition}"
