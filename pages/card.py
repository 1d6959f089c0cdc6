"""An answer as a card: the verdict first, in shape, word and colour; then the handbook's sentence and its place."""

from __future__ import annotations

import streamlit as st

from desk.beside import also_relevant
from desk.conditions import conditions
from desk.hinge import SAID
from desk.register import Exchange
from pages import markup
from qa.answer import Answer, Citation, remark
from qa.assistant import Assistant
from qa.fitting import fitting
from qa.reader import CHECK_FIRST, REFERRAL, UNCLEAR
from qa.safeguarding import Notice
from qa.terminal import place

#: verdict → its shape, its words, its colour: each alone is enough to tell it.
VERDICTS = {
    "yes": ("✓", "Yes", "green"),
    "no": ("✗", "No", "red"),
    "conditional": ("◐", "It depends", "orange"),
    "info": ("ℹ", "The handbook says", "blue"),
    "not_covered": ("–", "The handbook does not say", "gray"),
}
#: Where the handbook's words and the question's pull apart: a sentence is shown and no verdict is given.
CHECK = ("◐", "Check before you act", "orange")
READ_FIRST = "Please read this first"


def verdict_words(verdict: str) -> str:
    """The verdict of an exchange as the pages say it, also where it told of harm."""
    return VERDICTS[verdict][1] if verdict in VERDICTS else "Safeguarding"


def outcome(exchange: Exchange) -> str:
    """What came of an exchange, in the words that its asker read."""
    return told(exchange.answer) if exchange.answer and not exchange.harm else verdict_words(exchange.verdict)


def draw_answer(answer: Answer, assistant: Assistant) -> None:
    """Draws an answer, or the answers to its parts."""
    for part in answer.parts:
        st.text(part.question)
        draw_answer(part, assistant)
    if not answer.parts:
        _draw_verdict(answer)
        if answer.fallback_reason:
            st.caption(f"Straight from the handbook, without the chat model: {answer.fallback_reason}.")
        if answer.verdict == "not_covered":
            _draw_closest(answer)
        else:
            _draw_citations(answer, assistant)
            _draw_beside(answer, assistant)


def draw_so_far(answer: Answer) -> None:
    """Draws what is checked of an answer that is still being written: the verdict, and each quote with its place."""
    for part in answer.parts:
        st.text(part.question)
        draw_so_far(part)
    if not answer.parts:
        _draw_verdict(answer)
        for citation in answer.citations:
            _draw_quote(citation)


def told(answer: Answer) -> str:
    """The verdict in the words it is shown with, of several parts one after the other."""
    return "; ".join(map(told, answer.parts)) if answer.parts else _shown(answer)[1]


def _shown(answer: Answer) -> tuple[str, str, str]:
    """Shape, words and colour of an answer's verdict."""
    if fits := fitting(answer):
        shape, _, colour = VERDICTS[fits.shown]
        return shape, fits.words, colour
    return CHECK if answer.because == UNCLEAR else VERDICTS[answer.verdict]


def _draw_verdict(answer: Answer) -> None:
    shape, words, colour = _shown(answer)
    st.markdown(f"## :{colour}[{shape} {words}]", anchors=False)
    if answer.text.startswith(CHECK_FIRST):
        st.text(CHECK_FIRST)
    if answer.understood and not answer.because.startswith(SAID):
        st.caption("Read together with the question before it.")  # a consultant sees it too


def _draw_citations(answer: Answer, assistant: Assistant) -> None:
    if hangs_on := conditions(answer):
        st.text("It hangs on this:")
        st.html(markup.listed(hangs_on))
    for citation in answer.citations:
        _draw_quote(citation)
        _draw_in_place(citation, assistant)
    if said := remark(answer):
        st.text(said)


def _draw_beside(answer: Answer, assistant: Assistant) -> None:
    if beside := also_relevant(answer, assistant):
        with st.expander("Also relevant – not part of the answer"):
            for citation in beside:
                _draw_passage(citation)


def _draw_closest(answer: Answer) -> None:
    if answer.text.endswith(REFERRAL):
        st.text("Please do not guess: ask your consultant before you act.")
    if answer.closest:
        with st.expander("Nearest in the handbook – not an answer"):
            for citation in answer.closest:
                _draw_passage(citation)


def _draw_quote(citation: Citation) -> None:
    st.html(markup.quoted(citation))
    st.html(markup.small(f"[{citation.label}] {place(citation)}"))


def _draw_passage(citation: Citation) -> None:
    """A clause beside the answer: without a label, since nothing rests on it."""
    st.html(markup.quoted(citation))
    st.html(markup.small(place(citation)))


def _draw_in_place(citation: Citation, assistant: Assistant) -> None:
    """The quote on its page, to be opened; that it does not stand there any more is seen without."""
    document = assistant.edition.documents.get(citation.document)
    stands = document is not None and document.text[citation.start : citation.end] == citation.quote
    shown = markup.in_place(document, assistant.edition.clauses, citation) if document and stands else ""
    if document is None or not shown:
        st.text("The handbook has changed since this was answered. Ask again for what it says now.")
        return
    with st.expander(f"In full [{citation.label}]"):
        st.html(shown)
        if document.source:
            st.html(markup.small(f"Source: {document.source}"))


def draw_notice(notice: Notice) -> None:
    """The words that a person wrote for when a question tells of harm, as they stand."""
    st.markdown(f"## :red[⚠ {READ_FIRST}]", anchors=False)
    with st.container(border=True):
        st.html(markup.notice(notice.title, notice.paragraphs))
