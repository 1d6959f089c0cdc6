"""An answer that hangs on one fact: the buttons, and what follows from each by the words that were cited."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from homes import republish, write_page

from desk.beside import also_relevant
from desk.conditions import conditions
from desk.hinge import UNSURE, by_button, options
from desk.reception import Reception, Visit
from desk.records import open_records
from desk.register import Exchange
from ingest.disk import copy_folder
from ingest.settings import Settings
from qa.answer import Answer
from qa.assistant import Assistant, open_assistant
from qa.caveats import DIFFER
from qa.reader import CHECK_FIRST, UNCLEAR

PAGE = """# Moor Lane Sports Hall

- Drivers may use the yard only if the caretaker has agreed.
- Never score a match using your own tablet. If a match has to be scored, use the club's tablet.
- Never film a match with your own camera. To film one, use the club’s camera and make sure that you have permission.
- Do not bring a dog into the hall unless you are blind.
- If you are a guest, sign the book at the desk.
- Use the name and password on your card. Never log on with your own account details nor a friend's.
- Balls may be borrowed by members.
- No jewellery may be worn except a plain band or a medical bracelet.
- A locker may be had if you are a coach or your club has paid.
- A whistle is needed only if you are a referee.
- The hall may be hired with the manager's consent, if the floor is dry.
- You may take juniors off site if the coach has agreed. Each parent must also have given written consent.
- You may stay overnight if the coach has agreed. The gate closes at ten.
- To swim, use the club's pool and make sure that you have permission. Never swim after ten.
- Juniors may row only if the coach has agreed; they must wear a jacket.
- Do not climb with your own rope. If you climb, use the club's rope. Each parent must have given written consent.
- Oars may not be lent to visitors, nor left by the lake unless the coach agrees.
- Boats may go out if the lake is calm; kayaks may stay out once the bell has rung.
"""
VISIT = Visit("t" * 40)


@pytest.fixture(scope="module")
def hall(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant on a page that is nobody's real handbook."""
    base = tmp_path_factory.mktemp("hall")
    (base / "docs").mkdir()
    (base / "docs" / "hall.md").write_text(PAGE, "utf-8")
    copy_folder(home / "models", base / "home" / "models")
    republish(base / "docs", base / "home")
    return open_assistant(base / "home")


def conditional(hall: Assistant, question: str, number: int, sentence: int = 0) -> Answer:
    """A conditional answer that rests on a sentence of the page, whatever the judge would make of it."""
    from qa.citations import cite

    clause = hall.edition.clauses[number - 1]
    found = clause.sentences[sentence]
    cited = cite(1, clause, hall.edition.documents, found.start - clause.start, len(found.text))
    asked = hall.ask(question)
    text = f"It depends. The handbook says: “{cited.quote}” [1]"
    return replace(
        asked,
        verdict="conditional",
        text=text,
        citations=(cited,),
        closest=(),
        because="it depends",
        understood="",
    )


def told(hall: Assistant, answer: Answer) -> dict[str, str]:
    """What the buttons that state the fact lead to."""
    return {o.label: o.answer.verdict for o in options(answer, hall.edition) if o.label != UNSURE}


@pytest.mark.parametrize(
    ("question", "so", "not_so"),
    [
        ("can I use the yard", "yes", "no"),
        ("am I allowed to use the yard?", "yes", "no"),
        ("is the yard off limits for drivers?", "no", "yes"),
    ],
)
def test_yes_and_no_lead_to_what_follows_from_the_rule(question: str, so: str, not_so: str, hall: Assistant) -> None:
    answer = conditional(hall, question, 1)
    assert told(hall, answer) == {"Yes, the caretaker has agreed": so, "No": not_so}


def test_an_exception_turns_the_ban_round(hall: Assistant) -> None:
    assert told(hall, conditional(hall, "can I bring a dog?", 4)) == {"Yes, I am blind": "yes", "No": "no"}


def test_an_exception_that_is_not_of_the_act_asked_for_is_no_button(hall: Assistant) -> None:
    assert told(hall, conditional(hall, "can oars be left by the lake?", 17)) == {
        "Yes, the coach agrees": "yes",
        "No": "no",
    }
    assert told(hall, conditional(hall, "can I lend a visitor an oar?", 17)) == {}


def test_ones_own_means_or_anothers_is_asked_where_the_clause_has_both(hall: Assistant) -> None:
    answer = conditional(hall, "can I score a match?", 2, sentence=1)
    assert told(hall, answer) == {"With the club's tablet": "yes", "With my own tablet": "no"}
    no = options(answer, hall.edition)[1].answer
    assert no.citations[0].quote == "Never score a match using your own tablet."


def test_who_says_by_what_means_is_not_asked_by_which(hall: Assistant) -> None:
    assert told(hall, conditional(hall, "can I score a match with the club's laptop?", 2, sentence=1)) == {}
    assert told(hall, conditional(hall, "can I score a match with a friend?", 2, sentence=1))


def test_where_the_other_means_needs_leave_that_is_asked_next(hall: Assistant) -> None:
    first = options(conditional(hall, "can I film a match?", 3, sentence=1), hall.edition)[0]
    assert (first.label, first.answer.verdict) == ("With the club’s camera", "conditional")
    assert told(hall, first.answer) == {"Yes, I have permission": "yes", "No": "no"}


def test_the_answer_that_follows_is_exact_and_says_what_it_was_told(hall: Assistant) -> None:
    answer = conditional(hall, "can I use the yard", 1)
    yes = options(answer, hall.edition)[0].answer
    quote = "Drivers may use the yard only if the caretaker has agreed."
    assert yes.text == f"Yes. The handbook says: “{quote}” [1]"
    assert yes.citations == answer.citations
    assert yes.understood == "can I use the yard? Yes, the caretaker has agreed."


def test_where_nothing_hangs_there_are_no_buttons(hall: Assistant) -> None:
    answer = conditional(hall, "can I use the yard?", 1)
    assert not options(replace(answer, verdict="yes"), hall.edition)
    assert not options(conditional(hall, "do guests sign in?", 5), hall.edition)
    assert not options(conditional(hall, "can I log on?", 6), hall.edition)  # “the name” alone is half of it
    assert not options(conditional(hall, "can I borrow a ball?", 7), hall.edition)


def test_what_is_held_back_is_asked_on_where_the_words_name_the_fact(hall: Assistant) -> None:
    held_back = replace(conditional(hall, "can I use the yard?", 1), because=UNCLEAR)
    assert told(hall, held_back) == {"Yes, the caretaker has agreed": "yes", "No": "no"}
    by_its_means = conditional(hall, "can I score a match?", 2, sentence=1)
    assert not options(replace(by_its_means, because=UNCLEAR), hall.edition)


def test_what_a_clause_lists_is_chosen_from(hall: Assistant) -> None:
    jewellery = {"A plain band": "yes", "A medical bracelet": "yes", "None of these": "no"}
    assert told(hall, conditional(hall, "can I wear jewellery?", 8)) == jewellery
    locker = {"I am a coach": "yes", "My club has paid": "yes", "None of these": "no"}
    assert told(hall, conditional(hall, "can I have a locker?", 9)) == locker


def test_what_follows_for_a_duty_or_needs_leave_as_well_is_not_asked(hall: Assistant) -> None:
    assert not options(conditional(hall, "do I have to bring a whistle?", 10), hall.edition)
    assert not options(conditional(hall, "can I hire the hall?", 11), hall.edition)
    yard, dog = conditional(hall, "can I use the yard?", 1), conditional(hall, "can I bring a dog?", 4)
    assert not options(replace(yard, citations=(*yard.citations, *dog.citations)), hall.edition)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("can I take juniors off site?", 12),
        ("can I swim?", 14),
        ("can a junior row?", 15),
        ("can I climb?", 16),
    ],
)
def test_what_the_clause_asks_for_beside_the_fact_is_not_passed_over(
    question: str, number: int, hall: Assistant
) -> None:
    sentence = 1 if number == 16 else 0
    assert not options(conditional(hall, question, number, sentence), hall.edition)


def test_what_the_clause_only_tells_beside_the_fact_takes_no_button_away(hall: Assistant) -> None:
    answer = conditional(hall, "can I stay overnight?", 13)
    assert told(hall, answer) == {"Yes, the coach has agreed": "yes", "No": "no"}


@pytest.mark.parametrize(("number", "sentence"), [(1, 0), (2, 1), (4, 0)])
def test_where_the_answer_warns_of_something_no_yes_follows(number: int, sentence: int, hall: Assistant) -> None:
    answer = conditional(hall, "can I do it?", number, sentence)
    assert options(answer, hall.edition)
    missing = f"{answer.text} It refers to Appendix Z, which is not in the handbook."
    assert not options(replace(answer, text=missing), hall.edition)
    assert not options(replace(answer, because=DIFFER), hall.edition)


def test_a_follow_up_of_a_typed_doubt_leans_on_what_was_typed(hall: Assistant, tmp_path: Path) -> None:
    records = open_records(f"sqlite:///{tmp_path / 'r.sqlite3'}")
    reception = Reception(Settings(), records)
    doubt = Exchange(f"{UNSURE}.", replace(hall.ask(f"{UNSURE}."), understood=""))
    follow_up = reception.receive(VISIT, "and on Sundays?", [doubt], hall)
    assert follow_up.answer is not None
    assert follow_up.answer.understood == f"{UNSURE}. and on Sundays?"
    records.close()


def test_who_is_not_sure_is_led_to_the_consultant_and_not_asked_again(hall: Assistant) -> None:
    unsure = options(conditional(hall, "can I use the yard?", 1), hall.edition)[-1]
    assert (unsure.label, unsure.answer.because) == (UNSURE, UNCLEAR)
    assert unsure.answer.text.startswith(f"{CHECK_FIRST} The handbook says: “Drivers may use the yard")
    assert by_button(unsure.answer)
    assert options(unsure.answer, hall.edition) == ()


def test_an_occasion_is_no_condition(hall: Assistant) -> None:
    assert conditions(conditional(hall, "do I have to sign the book?", 5)) == ()
    assert conditions(conditional(hall, "can kayaks stay out?", 18)) == ("once the bell has rung",)
    assert conditions(conditional(hall, "can I use the yard?", 1)) == ("only if the caretaker has agreed",)
    film = conditional(hall, "can I film a match?", 3, sentence=1)
    assert conditions(film) == ("you have permission",)


@pytest.mark.parametrize(
    ("question", "quote", "hangs_on"),
    [
        ("do I have to wash it?", "Wash any dog with a red dot before you take it in.", ()),
        ("can I take it in?", "You may take a dog in before you wash it.", ("before you wash it",)),
        ("can I post?", "Sites should not be visited during the school day.", ("during the school day",)),
        ("do I have to post?", "Post the keys during the school day.", ()),
        ("must I use a pin?", "Protect your phone with a pin and never have it out during a lesson.", ()),
        (
            "may I post?",
            "If you post views, make it clear that they are your own.",
            ("make it clear that they are your own",),
        ),
        ("may I post?", "If you post views, make sure that you say whose.", ("you say whose",)),
        ("must I say whose they are?", "If you post views, make it clear that they are your own.", ()),
        (
            "I lost it, can I claim?",
            "If you lose a ticket you may use a form, but no more than three times in a year.",
            ("no more than three times in a year",),
        ),
    ],
)
def test_what_a_rule_hangs_on_is_a_limit_or_what_to_do_and_not_when_a_duty_is_done(
    question: str, quote: str, hangs_on: tuple[str, ...], hall: Assistant
) -> None:
    answer = conditional(hall, question, 1)
    assert conditions(replace(answer, citations=(replace(answer.citations[0], quote=quote),))) == hangs_on


@pytest.mark.parametrize("condition", ["only if the “duty lead” has agreed", "only if it is after 5\u00a0pm"])
def test_a_condition_with_marks_of_its_own_is_shown_as_it_stands(condition: str, hall: Assistant) -> None:
    yard = conditional(hall, "can I use the yard?", 1)
    quote = f"You may use the yard {condition}."
    assert conditions(replace(yard, citations=(replace(yard.citations[0], quote=quote),))) == (condition,)


def test_what_was_said_by_a_button_is_kept_and_read_with_its_question(
    hall: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    records = open_records(f"sqlite:///{tmp_path / 'r.sqlite3'}")
    now = datetime(2026, 1, 1, tzinfo=UTC)
    reception = Reception(Settings(), records, clock=lambda: now)
    asked = Exchange("can I use the yard?", conditional(hall, "can I use the yard?", 1))
    said = reception.settle(VISIT, options(asked.answer, hall.edition)[0], [asked])  # type: ignore[arg-type]
    assert [e.question for e in reception.resume(VISIT)] == ["Yes, the caretaker has agreed."]
    follow_up = reception.receive(VISIT, "and on Sundays?", [asked, said], hall)
    assert follow_up.answer is not None
    assert follow_up.answer.understood == "can I use the yard? Yes, the caretaker has agreed. and on Sundays?"
    records.close()


def test_beside_an_answer_stand_near_clauses_that_it_does_not_cite(assistant: Assistant) -> None:
    answer = assistant.ask("can I text a parent back?")
    beside = also_relevant(answer, assistant)
    cited = {citation.clause for citation in answer.citations}
    assert beside
    assert not cited & {citation.clause for citation in beside}
    for citation in beside:
        page = assistant.edition.documents[citation.document].text
        assert page[citation.start : citation.end] == citation.quote
    assert also_relevant(replace(answer, evidence=None), assistant) == beside


def test_beside_an_answer_of_an_edition_before_stands_what_is_near_in_the_current_one(
    home: Path, tmp_path: Path
) -> None:
    page = write_page(tmp_path / "docs")
    copy_folder(home / "models", tmp_path / "home" / "models")
    republish(page.parent, tmp_path / "home")
    answer = open_assistant(tmp_path / "home").ask("can I text a parent back?")
    page.write_text(page.read_text("utf-8").replace("- ", "- Sign in at the front desk.\n- ", 1), "utf-8")
    republish(page.parent, tmp_path / "home")
    later = open_assistant(tmp_path / "home")
    beside = also_relevant(answer, later)
    assert beside
    assert beside == also_relevant(later.ask(answer.question), later)


def test_beside_a_refusal_stands_nothing(assistant: Assistant) -> None:
    assert also_relevant(assistant.ask("how much holiday do I get?"), assistant) == ()
