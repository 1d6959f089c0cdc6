"""Documents → clauses: what stands alone, under which words, with which number, and where its sentences end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.clauses import LONGEST, Clause, cut
from ingest.documents import Document, read_folder
from ingest.embedding import brief
from ingest.markdown import normal_form
from ingest.sentences import LONGEST as LONGEST_SENTENCE
from ingest.sentences import sentences
from ingest.validity import Period, period

ROOT = Path(__file__).parent.parent


def clauses_of(markdown: str, title: str = "Rules") -> tuple[Clause, ...]:
    return cut(Document("rules", title, normal_form(markdown), "rules.md"))


def outline(markdown: str) -> list[tuple[str, str, str]]:
    """(number, lead, text) of each clause."""
    return [(clause.number, clause.lead, clause.text) for clause in clauses_of(markdown)]


OUTLINES: dict[str, tuple[str, list[tuple[str, str, str]]]] = {
    "a stem ending in a colon leads its list": (
        "Phones are fine. You must not:\n\n- text a parent\n- film",
        [
            ("¶1", "", "Phones are fine. You must not:"),
            ("1", "You must not:", "text a parent"),
            ("2", "You must not:", "film"),
        ],
    ),
    "a stem without a stop leads too": (
        "You should not\n\n- run",
        [("¶1", "", "You should not"), ("1", "You should not", "run")],
    ),
    "a finished paragraph leads nothing": (
        "Phones are fine.\n\n- Sign in.",
        [("¶1", "", "Phones are fine."), ("1", "", "Sign in.")],
    ),
    "a stem does not lead past its list": (
        "You must not:\n\n- run\n\n4.2 Lock the door.",
        [("¶1", "", "You must not:"), ("1", "You must not:", "run"), ("4.2", "", "Lock the door.")],
    ),
    "nested items carry what stands above them": (
        "- On trips:\n  - take the phone\n    - charged\n- At school, none",
        [
            ("1", "", "On trips:"),
            ("1.1", "On trips:", "take the phone"),
            ("1.1.1", "On trips: take the phone", "charged"),
            ("2", "", "At school, none"),
        ],
    ),
    "two paragraphs in an item are two clauses": (
        "- Remove it.\n\n  Do not post.\n- Next.",
        [("1", "", "Remove it."), ("1 ¶1", "", "Do not post."), ("2", "", "Next.")],
    ),
    "an answer inside an item carries its question": (
        "- Can I text?\n\n  No.",
        [("1", "", "Can I text?"), ("1 ¶1", "Can I text?", "No.")],
    ),
    "printed numbers nest by themselves": (
        "4.2 You must:\n(a) lock up, and\n(i) check twice\n(ii) sign\n(b) go home.\n4.2.1 Keys stay.\n4.3 Ring us.",
        [
            ("4.2", "", "You must:"),
            ("4.2 (a)", "You must:", "lock up, and"),
            ("4.2 (a) (i)", "You must: lock up, and", "check twice"),
            ("4.2 (a) (ii)", "You must: lock up, and", "sign"),
            ("4.2 (b)", "You must:", "go home."),
            ("4.2.1", "", "Keys stay."),
            ("4.3", "", "Ring us."),
        ],
    ),
    "numbers with letters are one label": (
        "4.2.1 (a) Lock the door.\n4.2.1 (b) Sign out.",
        [("4.2.1 (a)", "", "Lock the door."), ("4.2.1 (b)", "", "Sign out.")],
    ),
    "a letter after h is i and no Roman one": (
        "(g) go\n(h) help\n(i) ice\n(j) jam",
        [("(g)", "", "go"), ("(h)", "", "help"), ("(i)", "", "ice"), ("(j)", "", "jam")],
    ),
    "labels after a bullet are labels": ("- (a) lock up", [("(a)", "", "lock up")]),
    "times and sums are no labels": (
        "5.30 pm is the end.\n\n1.5 hours are paid.\n\nA. Smith decides.",
        [("¶1", "", "5.30 pm is the end."), ("¶2", "", "1.5 hours are paid."), ("¶3", "", "A. Smith decides.")],
    ),
    "letters number the paragraphs of a series": (
        "B1. You must:\n\n(a) lock up\n\nB2. Sign out. Go home.\nB3) A4 paper stays.\n\nB4) Lights too.\n\n"
        "Rule 7: No.\n\nRule 8: Yes.",
        [
            ("B1", "", "You must:"),
            ("B1 (a)", "You must:", "lock up"),
            ("B2", "", "Sign out. Go home."),
            ("B3)", "", "A4 paper stays."),
            ("B4)", "", "Lights too."),
            ("Rule 7", "", "No."),
            ("Rule 8", "", "Yes."),
        ],
    ),
    "an answer with the number of its question carries it": (
        "Q1. Can I text?\n\nA1. No.\n\nQ2. May I film?\n\nA2. Never.",
        [
            ("Q1", "", "Can I text?"),
            ("A1", "Can I text?", "No."),
            ("Q2", "", "May I film?"),
            ("A2", "May I film?", "Never."),
        ],
    ),
    "so do those of rules that are set as headings": (
        "## B1. You must not run.\n\n## B2. You must lock the door.",
        [("B1", "", "You must not run."), ("B2", "", "You must lock the door.")],
    ),
    "letters with a number that stand in no series are words": (
        "A4. Use no other paper.\n\nY7 pupils go first.\n\nY8 pupils wait.\n\nRule 4. No.\n\nRule 6. Yes.",
        [
            ("¶1", "", "A4. Use no other paper."),
            ("¶2", "", "Y7 pupils go first."),
            ("¶3", "", "Y8 pupils wait."),
            ("¶4", "", "Rule 4. No."),
            ("¶5", "", "Rule 6. Yes."),
        ],
    ),
    "table rows stand alone": (
        "Rates:\n\n|Grade|Rate|\n|-|-|\n|A|£1|\n|B|£2|",
        [("¶1", "", "Rates:"), ("1", "Rates:", "Grade: A; Rate: £1"), ("2", "Rates:", "Grade: B; Rate: £2")],
    ),
    "the list of a stem is over where items of another kind begin": (
        "4.2 You must not:\n\n(a) copy a key;\n\n(b) lend one.\n\n4.2.1 (a) A loss is reported.\n\n"
        "|Kit|Limit|\n|-|-|\n|Kayak|two|\n\n4.3 You must:\n\n(a) sign out.\n\n- Ring us.",
        [
            ("4.2", "", "You must not:"),
            ("4.2 (a)", "You must not:", "copy a key;"),
            ("4.2 (b)", "You must not:", "lend one."),
            ("4.2.1 (a)", "", "A loss is reported."),
            ("1", "", "Kit: Kayak; Limit: two"),
            ("4.3", "", "You must:"),
            ("4.3 (a)", "You must:", "sign out."),
            ("2", "", "Ring us."),
        ],
    ),
    "rows do not go on with a list of bullets": (
        "You must not:\n\n- run\n- film\n\n|Kit|Limit|\n|-|-|\n|Kayak|two|",
        [
            ("¶1", "", "You must not:"),
            ("1", "You must not:", "run"),
            ("2", "You must not:", "film"),
            ("3", "", "Kit: Kayak; Limit: two"),
        ],
    ),
    "a heading ends what was open": (
        "You must:\n\n- run\n\n## More\n\n- walk",
        [("¶1", "", "You must:"), ("1", "You must:", "run"), ("2", "", "walk")],
    ),
    "a label that goes on after one above stands beside it": (
        "You must not:\n\n(a) smoke;\n(b) leave unless:\n  - asked\n  - ill;\n(c) sleep:\n- at work",
        [
            ("¶1", "", "You must not:"),
            ("(a)", "You must not:", "smoke;"),
            ("(b)", "You must not:", "leave unless:"),
            ("(b).1", "You must not: leave unless:", "asked"),
            ("(b).2", "You must not: leave unless:", "ill;"),
            ("(c)", "You must not:", "sleep:"),
            ("(c).1", "You must not: sleep:", "at work"),
        ],
    ),
    "so do numbers and roman ones": (
        "1.4 Go if:\n  - ill\n1.5 Stay:\n\n(i) in:\n  - bed\n(ii) out",
        [
            ("1.4", "", "Go if:"),
            ("1.4.1", "Go if:", "ill"),
            ("1.5", "", "Stay:"),
            ("1.5 (i)", "Stay:", "in:"),
            ("1.5 (i).1", "Stay: in:", "bed"),
            ("1.5 (ii)", "Stay:", "out"),
        ],
    ),
    "a list goes on after a paragraph": (
        "Never:\n\n1. text\n2. film\n\nor photograph\n\nThis holds at night.\n\n3. call",
        [
            ("¶1", "", "Never:"),
            ("1", "Never:", "text"),
            ("2", "Never:", "film"),
            ("¶2", "", "or photograph"),
            ("¶3", "", "This holds at night."),
            ("3", "Never:", "call"),
        ],
    ),
    "a list of bullets goes on after a paragraph where it was left open": (
        "Never:\n\n- text;\n- film;\n\nThis holds at night.\n\n- call.\n\nSo it is.\n\n- ring.",
        [
            ("¶1", "", "Never:"),
            ("1", "Never:", "text;"),
            ("2", "Never:", "film;"),
            ("¶2", "", "This holds at night."),
            ("3", "Never:", "call."),
            ("¶3", "", "So it is."),
            ("4", "", "ring."),
        ],
    ),
    "a list that goes on under other words": (
        "Never:\n\n1. text\n\nAlways do the following.\n\n2. call",
        [("¶1", "", "Never:"), ("1", "Never:", "text"), ("¶2", "", "Always do the following."), ("2", "", "call")],
    ),
    "a label that begins again stands below": (
        "(a) go:\n  - by day:\n    (a) on foot\n    (b) by bus",
        [
            ("(a)", "", "go:"),
            ("(a).1", "go:", "by day:"),
            ("(a).1 (a)", "go: by day:", "on foot"),
            ("(a).1 (b)", "go: by day:", "by bus"),
        ],
    ),
    "words that look like marks keep them": (
        "\\# 5 is unlucky.\n\n\\- 5 degrees",
        [("¶1", "", "# 5 is unlucky."), ("¶2", "", "- 5 degrees")],
    ),
}


@pytest.mark.parametrize(("markdown", "expected"), OUTLINES.values(), ids=OUTLINES)
def test_a_page_is_cut_into_what_stands_alone(markdown: str, expected: list[tuple[str, str, str]]) -> None:
    assert outline(markdown) == expected


def test_headings_that_are_questions_go_in_front_of_their_answers() -> None:
    (clause,) = clauses_of("# Rules\n\n## Phones\n\n### Can I call home?\n\nOnly at lunch.")
    assert clause.context == "Rules – Phones – Can I call home?"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("**Can I park on site?** In the bays. Not on Mondays.", "Can I park on site?"),
        ("Q: Do you pay for parking? A: Never.", "Q: Do you pay for parking?"),
        ("Lost your key? Tell the desk.", ""),
        ("Park in the bays. Is that far? No.", ""),
    ],
)
def test_a_sentence_answers_the_question_that_opens_its_clause(text: str, asked: str) -> None:
    (clause,) = clauses_of(text)
    first, *others = clause.sentences
    assert [clause.asks(first), *(clause.asks(other) for other in others)] == ["", *[asked] * len(others)]
    assert all(brief(clause, other).startswith(f"{asked}: " if asked else other.text) for other in others)


def test_a_rule_set_as_a_heading_with_nothing_below_is_a_clause() -> None:
    page = "# Rules\n\n## Conduct\n\n### 1.1 Staff must not text\n\n### Sign in.\n\n### Pay\n\n## Must I stay?\n\nYes."
    assert [(clause.number, clause.heading_path, clause.text) for clause in clauses_of(page)] == [
        ("1.1", ("Rules", "Conduct"), "Staff must not text"),
        ("¶1", ("Rules", "Conduct"), "Sign in."),
        ("¶2", ("Rules", "Must I stay?"), "Yes."),
    ]


def test_several_first_headings_each_hold_their_own() -> None:
    paths = [clause.heading_path for clause in clauses_of("# RULES\n\na\n\n# Pay\n\nb\n\n## When\n\nc")]
    assert paths == [("RULES",), ("Rules", "Pay"), ("Rules", "Pay", "When")]


def test_without_a_heading_the_title_stands_for_one() -> None:
    assert [clause.heading_path for clause in clauses_of("Keep off.")] == [("Rules",)]


def test_ids_come_from_content_and_tell_repeats_apart() -> None:
    first = clauses_of("Keep off.\n\nKeep off.\n\nSign in.")
    moved = clauses_of("A new one.\n\nKeep off.\n\nKeep off.\n\nSign in.")
    assert [clause.id for clause in first] == [clause.id for clause in moved[1:]]
    assert first[1].id == first[0].id + "-2"
    assert len({clause.id for clause in moved}) == 4


def test_a_long_lead_is_its_first_sentence() -> None:
    markdown = "- " + "Phones are kept in lockers. " * 12 + "\n  - But not on trips."
    assert clauses_of(markdown)[1].lead == "Phones are kept in lockers."


def test_a_very_long_paragraph_becomes_several_clauses_of_whole_sentences() -> None:
    found = clauses_of("Keep it locked at all times. " * 1000)
    assert len(found) > 5
    assert all(len(clause.text) <= LONGEST and clause.text.endswith("times.") for clause in found)
    assert " ".join(clause.text for clause in found) == ("Keep it locked at all times. " * 1000).strip()


def test_the_page_of_a_pdf_goes_with_each_clause() -> None:
    page = Document("a", "A", "One.\n\nTwo.\n\nThree.\n", "a.pdf", pages=((0, "ii"), (6, "1")))
    assert [clause.page for clause in cut(page)] == ["ii", "1", "1"]


DATES = {
    "Effective 01/09/2099: notice is one hour.": ("2099-09-01", ""),
    "With effect from 3rd March 2027 the rate is £5.": ("2027-03-03", ""),
    "From 1 September 2027, sign in.": ("2027-09-01", ""),
    "Weekends: from 1 September 2027, sign in.": ("2027-09-01", ""),
    "As of 1 July 2026 nobody works after seven.": ("2026-07-01", ""),
    "Dogs are banned from 1 July 2026.": ("2026-07-01", ""),
    "You worked from 1 September 2027.": ("", ""),
    "Effective 31/02/2027.": ("", ""),
    "Be effective.": ("", ""),
    "Until 31 December 2025, clerks may work from home.": ("", "2025-12-31"),
    "Evening work is allowed until 30 June 2026 with a buddy.": ("", "2026-06-30"),
    "Use is free up to and including 31 March 2026.": ("", "2026-03-31"),
    "Beards are not allowed (rule ends on 1 May 2026).": ("", "2026-05-01"),
    "From 1 May 2026 until 30 June 2026, sign in.": ("2026-05-01", "2026-06-30"),
    "Staff who joined up to 31 March 2019 keep their card.": ("", ""),
    "Passes issued until 1 May 2026 are blue.": ("", ""),
    "Use is free up to 31 March 2026; after that it costs £5.": ("", ""),
    "Until 31 March 2026 it was free but it costs £5 now.": ("", ""),
    "Hand it in by 31 March 2026.": ("", ""),
    "Wait until the bell rings.": ("", ""),
}


@pytest.mark.parametrize(("text", "dates"), DATES.items())
def test_a_sentence_knows_when_it_holds(text: str, dates: tuple[str, str]) -> None:
    assert period(text) == Period(*dates)


PERIODS = {
    "each sentence has its own dates": (
        "Until 1 March 2027 ask Kim. From 1 March 2027 ask Lee. Knock first.",
        [Period("", "2027-03-01"), Period("2027-03-01"), Period()],
    ),
    "one that opens a clause is for all of it": (
        "Effective 01/09/2099: notice is one hour. It is given in writing.",
        [Period("2099-09-01"), Period("2099-09-01")],
    ),
    "one that comes later is not": ("Knock first. From 1 March 2027 ask Lee.", [Period(), Period("2027-03-01")]),
    "that of a list is for its items": (
        "From 1 March 2027 you must:\n\n- knock",
        [Period("2027-03-01"), Period("2027-03-01")],
    ),
}


@pytest.mark.parametrize(("markdown", "periods"), PERIODS.values(), ids=PERIODS)
def test_a_clause_knows_when_each_of_its_sentences_holds(markdown: str, periods: list[Period]) -> None:
    assert [clause.period(s) for clause in clauses_of(markdown) for s in clause.sentences] == periods


def test_the_date_of_a_page_is_for_what_gives_none() -> None:
    page = Document("a", "A", "Knock first. From 1 March 2027 ask Lee.\n", "a.md", effective="2026-09-01")
    (clause,) = cut(page)
    assert [clause.period(s).since for s in clause.sentences] == ["2026-09-01", "2027-03-01"]


def test_a_day_outside_a_period_is_told_which_way() -> None:
    held = Period("2026-05-01", "2026-06-30")
    days = ("2026-04-30", "2026-05-01", "2026-06-30", "2026-07-01")
    assert [held.outside(day) for day in days] == ["holds only from 2026-05-01", "", "", "held only until 2026-06-30"]


SENTENCES = {
    "abbreviations": "Ask Mr. Lee, Dr. Ray or St. Mary’s, e.g. The office.|Then go.",
    "times": "Leave by 3.30 p.m.|The bell rings at 9 a.m. Monday.|Wait.",
    "numbers": "See No. 5 and paras. 4.2 (a).|It costs £1.50.|In Year 7.|Go.",
    "a plain no": "Can I?|No. You may not.",
    "answers go with what follows": "Yes! Of course you can.|Never. Not once.",
    "quotations": "She said “Stop.”|Then “Go!” he said.|(See p. 4.)|Out.",
    "ellipses": "Wait … and see.|Well…|Then go.",
    "letters that name a place": "Wear it except in zone B.|Goggles may go.|It lies by Gate C.|Part A. Meanings.",
    "initials": "Ask J. Smith.|Ring the U.K. office.|Send it to the U.K.|You may.",
    "numbered steps": "Steps: 1. Call.|2. Write.",
    "a letter and a number that open": "B3. Ring us.|Wait.",
    "small first letters": "It broke.|iPads must be off.",
    "marks": "Really?!|Yes, really.",
}


@pytest.mark.parametrize("marked", SENTENCES.values(), ids=SENTENCES)
def test_sentences_end_where_a_reader_ends_them(marked: str) -> None:
    assert [sentence.text for sentence in sentences(marked.replace("|", " "))] == marked.split("|")


NUMBERED = [
    "No.",
    "no.",
    "Para.",
    "p.",
    "pp.",
    "Ref.",
    "Tel.",
    "Fig.",
    "Art.",
    "Reg.",
    "reg.",
    "Ch.",
    "Vol.",
    "Sch.",
    "sec.",
    "Sec.",
    "yr.",
    "Yr.",
    "v.",
    "vers.",
    "s.",
    "ss.",
    "wk.",
    "Sat.",
    "Mon.",
    "Tues.",
    "Wed.",
    "Thurs.",
    "Fri.",
    "Sun.",
    "Jan.",
    "Feb.",
    "Mar.",
    "Apr.",
    "Aug.",
    "Sep.",
    "Sept.",
    "Oct.",
    "Nov.",
    "Dec.",
]


@pytest.mark.parametrize("number", ["5", "4.2", "12–14", "(5)"])
@pytest.mark.parametrize("short", NUMBERED)
def test_a_number_stays_with_the_short_word_before_it(short: str, number: str) -> None:
    text = f"It is in {short} {number} here. Then go."
    assert [sentence.text for sentence in sentences(text)] == text.replace(". Then", ".|Then").split("|")


@pytest.mark.parametrize("short", ["Reg.", "Tel.", "Ref.", "reg.", "Sch."])
@pytest.mark.parametrize("number", ["No. 5", "Nos. 5–7", "no. (5)", "No. SC5"])
def test_a_number_stays_with_both_short_words_before_it(short: str, number: str) -> None:
    assert [s.text for s in sentences(f"Quote {short} {number} always.")] == [f"Quote {short} {number} always."]


@pytest.mark.parametrize("short", ["Ref.", "Sept.", "Sat.", "vers.", "yr.", "reg."])
def test_a_short_word_may_end_a_sentence(short: str) -> None:
    assert [s.text for s in sentences(f"Ask in the {short} Then go.")] == [f"Ask in the {short}", "Then go."]


def test_a_unit_after_its_number_ends_a_sentence_before_another() -> None:
    assert [s.text for s in sentences("It lasts 2 yrs. 5 of us stay.")] == ["It lasts 2 yrs.", "5 of us stay."]


def test_a_clause_is_searched_with_its_headings_and_the_stem_of_its_list() -> None:
    stem, item = cut(Document("it", "IT", "# IT\n\n## Phones\n\nYou must not:\n\n- text a parent\n", "it.md"))
    assert (stem.context, item.context) == ("IT – Phones", "IT – Phones – You must not:")


def test_an_endless_text_is_cut_quickly_and_without_loss() -> None:
    text = "a" * 200_000
    found = sentences(text)
    assert "".join(sentence.text for sentence in found) == text
    assert max(len(sentence.text) for sentence in found) == LONGEST_SENTENCE


@pytest.mark.parametrize(
    ("mark", "first"),
    [("; ", f"{'a' * 700};"), (", ", f"{'a' * 700},"), (" ", f"{'a' * 700} {'b' * 200}")],
)
def test_an_endless_sentence_is_cut_behind_the_heaviest_mark_in_it(mark: str, first: str) -> None:
    assert next(s.text for s in sentences(f"{'a' * 700}{mark}{'b' * 200} {'c' * 500}")) == first


def check_spans(document: Document) -> None:
    for clause in cut(document):
        assert document.text[clause.start : clause.end] == clause.text
        for sentence in clause.sentences:
            assert document.text[sentence.start : sentence.end] == sentence.text
            assert clause.start <= sentence.start < sentence.end <= clause.end


@settings(max_examples=150)
@given(st.text(st.sampled_from("ab AB.!?:\n-*#>123()[]<>`|\\_~&;“”’–•éÜ\u200b\u202e\t4"), max_size=200))
def test_whatever_is_written_spans_are_exact_and_no_word_is_lost_in_cutting(text: str) -> None:
    page = Document("a", "A", normal_form(text), "a.md")
    check_spans(page)
    body = re.sub(r"^#{1,6} .*$", "", page.text, flags=re.MULTILINE)
    assert re.findall("[éÜ]", "".join(clause.text for clause in cut(page))) == re.findall("[éÜ]", body)


def test_spans_are_exact_on_every_practice_page() -> None:
    pages = [page for page in read_folder(ROOT / "training" / "pages") if isinstance(page, Document)]
    assert len(pages) > 20
    for page in pages:
        check_spans(page)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Seniors may use the iron. Never alone. Keep it dry.", 2),
        ("Bikes may be left in the hall. Not overnight.", 1),
        ("Bikes may be left in the hall. Ten minutes at most.", 1),
        ("Bikes may be left in the hall. With the warden's permission.", 1),
        ("Shoes must be worn. Exception: the mats.", 1),
        ("Use the tills. Never share your code.", 2),
        ("The tills shut at six. Not all staff are told.", 2),
        ("Refunds need a receipt. Without one, offer an exchange.", 2),
        ("Only staff may enter. The driver takes cards only.", 2),
    ],
)
def test_a_fragment_stays_with_the_sentence_that_it_limits(text: str, count: int) -> None:
    assert len(sentences(text)) == count
