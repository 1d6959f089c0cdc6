"""Teaching: a question, the sentence that answers it and the verdict, proposed, approved, undone, published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st

from desk.reception import Reception, utc_now
from desk.roles import NotAllowed
from desk.taught import Lesson, Lessons, Quote, stands
from ingest.documents import HandbookError
from ingest.editions import Edition
from ingest.taught import VERDICTS
from pages import markup, paging
from pages.admission import consultant
from pages.card import VERDICTS as SHOWN
from pages.opening import build
from pages.pushes import carried_through
from qa.assistant import Assistant

PURPOSES = {"taught": "Teach the assistant", "gold": "Keep it back, to measure with"}
NEXT = "What was approved or undone counts from the next edition on."
GONE = "The handbook does not say this any more, so this does not count. Undo it, and propose it with what it says now."
STEP = 50  # lessons shown at first, and more at each push; those that wait for approval come first


def draw(assistant: Assistant, reception: Reception) -> None:
    """Draws the form for a new lesson and the lessons there are."""
    book = Lessons(reception.records, reception.settings.docs)
    if said := st.session_state.pop("lesson_said", ""):
        st.info(markup.escaped(said))
    if left_out := st.session_state.pop("left_out", ()):
        st.warning("Not all of the handbook’s folder could be used. Left out:")
        st.html(markup.listed(left_out))
    _draw_new(book, assistant)
    lessons = book.all()
    most = paging.most("lessons", STEP)
    for lesson in sorted(lessons, key=lambda lesson: lesson.state != "proposed")[:most]:
        _draw_lesson(lesson, book, assistant.edition)
    if most < len(lessons):
        st.text(f"{len(lessons) - most} more are not shown.")
        paging.offer_more("Show older lessons", "lessons", STEP)
    decided = [lesson for lesson in lessons if lesson.state != "proposed" and lesson.purpose == "taught"]
    if decided:
        _draw_decided(decided, assistant.edition, reception)


def _draw_new(book: Lessons, assistant: Assistant) -> None:
    """The fields of a new lesson. They are no form: what is written in one is lost where the handbook is looked up."""
    sentences = _sentences(assistant.edition)
    st.text_input("A question, as candidates ask it", key="lesson_question", max_chars=500, persist_state="session")
    st.selectbox(
        "Its answer",
        VERDICTS,
        index=None,  # nobody teaches a yes by leaving it as it stood
        key="lesson_verdict",
        format_func=lambda v: " ".join(SHOWN[v][:2]),
        persist_state="session",
    )
    st.multiselect(
        "The sentence that settles it (none if the handbook does not say)",
        list(sentences),
        key="lesson_quotes",
        persist_state="session",
    )
    st.radio(
        "What for", list(PURPOSES), key="lesson_purpose", format_func=PURPOSES.__getitem__, persist_state="session"
    )
    st.button("Propose", type="primary", on_click=_propose, args=(book, assistant, sentences))


def _sentences(edition: Edition) -> dict[str, Quote]:
    """Every sentence as it is shown: with its page's title, and then its page's id, where it would read like another's.

    A page that says the same twice has it once: a lesson names a page and words.
    """
    quotes = dict.fromkeys(Quote(c.document, s.text) for c in edition.clauses for s in c.sentences)
    shown = {quote: quote.text for quote in quotes}
    for name in (lambda quote: edition.documents[quote.document].title, lambda quote: quote.document):
        times = Counter(shown.values())
        shown = {q: f"{words} – {name(q)}" if times[words] > 1 else words for q, words in shown.items()}
    return {words: quote for quote, words in shown.items()}


def _draw_lesson(lesson: Lesson, book: Lessons, edition: Edition) -> None:
    with st.container(border=True):
        st.text(lesson.question)
        shape, words, _ = SHOWN[lesson.verdict]
        st.caption(f"{shape} {words} · {PURPOSES[lesson.purpose].lower()} · {lesson.state}")
        for quote in lesson.quotes:
            st.text(f"“{quote.text}”")
        if lesson.state != "undone" and not stands(lesson, edition):
            st.warning(GONE)
        with st.container(horizontal=True):
            if lesson.state == "proposed":
                st.button("Approve", key=f"approve-{lesson.id}", on_click=_decide, args=(book.approve, lesson.id))
            if lesson.state != "undone":
                st.button("Undo", key=f"undo-{lesson.id}", on_click=_decide, args=(book.undo, lesson.id))


def _draw_decided(decided: Sequence[Lesson], edition: Edition, reception: Reception) -> None:
    """Says whether what was decided counts already, and offers to publish it."""
    known = {taught.id for taught in edition.taught}
    waiting = [lesson for lesson in decided if (lesson.state == "approved") != (lesson.id in known)]
    lost = [lesson for lesson in waiting if lesson.state == "approved" and not stands(lesson, edition)]
    if len(lost) < len(waiting):
        st.text(NEXT)
    else:
        st.text(f"All {'else ' if lost else ''}that was approved or undone counts already.")
    if st.button("Publish a new edition now"):
        _publish(reception)


@carried_through
def _propose(book: Lessons, assistant: Assistant, sentences: dict[str, Quote]) -> None:
    state = st.session_state
    if not state.lesson_verdict:
        state.lesson_said = "Not proposed: pick its answer."
        return
    try:
        quotes = tuple(sentences[shown] for shown in state.lesson_quotes if shown in sentences)
        lesson = Lesson(
            "", consultant().name, state.lesson_question, state.lesson_verdict, quotes, state.lesson_purpose, "proposed"
        )
        book.propose(lesson, assistant.edition, utc_now())
        state.lesson_said = "Proposed. It counts once it is approved and a new edition is published."
        state.lesson_question, state.lesson_verdict, state.lesson_quotes = "", None, []
    except HandbookError as error:
        state.lesson_said = f"Not proposed: {error}."


@carried_through
def _decide(decide: Callable[[str, str, datetime], None], key: str) -> None:
    try:
        decide(key, consultant().name, utc_now())
    except NotAllowed as error:
        st.session_state.lesson_said = f"Not allowed: {error}."
    except HandbookError as error:
        st.session_state.lesson_said = f"{error}."


def _publish(reception: Reception) -> None:
    try:
        consultant()
        report = build(reception.settings)
    except HandbookError as error:
        st.error("No new edition was published.")
        st.text(f"{error}.")
        return
    st.session_state.lesson_said = "A new edition is published."
    st.session_state.left_out = report.refused
    st.rerun()
