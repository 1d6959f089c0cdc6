"""A row is read as being for the amounts it begins with, and rows for other amounts are left out."""

from __future__ import annotations

import pytest

from ingest.clauses import cut
from ingest.documents import Document
from qa.amounts import Kind, amounts
from qa.bands import band, for_other_amounts
from qa.numbered import for_another_number

BANDS = {
    "Spend: Under £50; Approval: None": ("Spend: ", Kind.MONEY, None, 50),
    "£50 to £500": ("", Kind.MONEY, 50, 500),
    "from £1,000 to £5,000 three quotations are sought": ("", Kind.MONEY, 1000, 5000),
    "£50–500": ("", Kind.MONEY, 50, 500),
    "below £1,000 the officer chooses": ("", Kind.MONEY, None, 1000),
    "Load: 16 to 25 kg; One person: No": ("Load: ", Kind.WEIGHT, 16, 25),
    "Over 25kg": ("", Kind.WEIGHT, 25, None),
    "Between 9 am and 1 pm": ("", Kind.CLOCK, 540, 780),
    "30 minutes to 2 hours": ("", Kind.TIME, 30, 120),
    "aged 21 to 70": ("", Kind.BARE, 21, 70),
    "from the age of 12": ("", Kind.BARE, 12, None),
    "Over 16s": ("", Kind.BARE, 16, None),
    "18 and over": ("", Kind.BARE, 18, None),
    "10 pupils or fewer": ("", Kind.COUNT, None, 10),
    "100 ml or less": ("", Kind.VOLUME, None, 0.1),
}


@pytest.mark.parametrize(("text", "expected"), BANDS.items())
def test_the_amounts_that_a_row_begins_with_are_a_band(
    text: str, expected: tuple[str, Kind, float | None, float | None]
) -> None:
    found = band(text)
    assert found is not None
    low, high = found.low and found.low.value, found.high and found.high.value
    assert (found.name, found.end.kind, low, high) == expected


@pytest.mark.parametrize(
    "text", ["One day's leave; Notice: 7 days", "Ladder over 2 m", "A5 to A4", "5 to 3 pupils", "Gifts over £50", "£50"]
)
def test_what_begins_with_no_amounts_of_one_kind_is_no_band(text: str) -> None:
    assert band(text) is None


@pytest.mark.parametrize(
    ("question", "row", "out"),
    [
        ("can i spend £700", "Under £50", True),
        ("can i spend £50", "Under £50", True),
        ("can i spend £49", "Under £50", False),
        ("can i spend £500", "£50 to £500", False),
        ("can i spend £500", "Over £500", True),
        ("can i spend 700", "£50 to £500", True),
        ("can i lift 15kg", "Up to 15 kg", False),
        ("can i lift 15 kilos", "16 to 25 kg", True),
        ("im 17, can i drive", "aged 21 to 70", True),
        ("im 40, can i drive", "aged 21 to 70", False),
        ("im 18, can i stay", "18 or over", False),
        ("can i spend £30 or £700", "Under £50", False),
        ("can i spend 2 hours", "Under £50", False),
        ("can i spend it", "Under £50", False),
    ],
)
def test_a_band_leaves_out_the_one_amount_asked_of(question: str, row: str, out: bool) -> None:
    found = band(row)
    assert found is not None
    assert found.leaves_out(amounts(question)) is out


def others(text: str, question: str) -> list[str]:
    clauses = cut(Document("a", "A", text, "a.md"))
    return [c.text for i, c in enumerate(clauses) if for_other_amounts(clauses, i, question)]


def test_of_rows_for_different_amounts_only_the_one_for_the_amount_asked_of_is_left() -> None:
    table = "- Spend: Under £50; Ask: No\n\n- Spend: £50 to £500; Ask: Lee\n\n- Spend: Over £500; Ask: Kim\n"
    assert others(table, "whom do i ask for £700") == ["Spend: Under £50; Ask: No", "Spend: £50 to £500; Ask: Lee"]


def test_items_of_a_list_are_rows_too() -> None:
    listed = "For any purchase:\n\n(a) below £1,000 choose;\n\n(b) from £1,000 to £5,000 three quotations are sought.\n"
    assert others(listed, "does a £900 purchase need quotations") == [
        "from £1,000 to £5,000 three quotations are sought."
    ]


@pytest.mark.parametrize("second", ["Lunch is free", "Up to £10 for lunch", "Over 2 bags"])
def test_an_amount_that_none_beside_it_goes_on_from_is_a_limit_and_stays(second: str) -> None:
    assert others(f"- Up to £20 for a taxi\n\n- {second}\n", "can i claim £35 for a taxi") == []


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("how long is the break in a 5 hour shift", ["Shift: Under 4 hours; Break: 5 minutes"]),
        ("can i have a break of 5 hours", []),
    ],
)
def test_an_amount_that_may_be_of_another_column_leaves_no_row_out(question: str, left: list[str]) -> None:
    table = "- Shift: Under 4 hours; Break: 5 minutes\n\n- Shift: 4 to 6 hours; Break: 15 minutes\n"
    assert others(table, question) == left


@pytest.mark.parametrize(
    "text", ["0 to 3 years", "0 kg to 25 kg", "under 0 hours", "0 or more", "£0 to £5", "up to 0%"]
)
@pytest.mark.parametrize("question", ["im 5, ok?", "is 5 ok", "is 0 ok"])
def test_a_band_may_begin_or_end_with_nothing(text: str, question: str) -> None:
    found = band(text)
    assert found is not None
    assert found.leaves_out(amounts(question)) in (True, False)


def test_of_a_band_that_begins_with_nothing_the_other_end_tells_the_unit() -> None:
    found = band("0 to 3 years")
    assert found is not None
    assert [found.leaves_out(amounts(f"he is {years}")) for years in (2, 5)] == [False, True]


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("what is the rate of grade 12", ["Grade 12"]),
        ("do grades 1 and 12 get the same", ["Grade 1", "Grade 12"]),
        ("what do grades 1 to 12 get", ["Grade 1", "Grade 12", "Grade 123"]),
        ("what is grade 7 paid", []),
        ("what is paid on site 12", ["Grade 1", "Grade 12", "Grade 123"]),
    ],
)
def test_of_rows_for_numbered_things_those_of_other_numbers_are_left_out(question: str, left: list[str]) -> None:
    rows = "\n\n".join(f"- Grade: Grade {number}; Rate: £{number}" for number in (1, 12, 123))
    clauses = cut(Document("p", "Page", f"# Page\n\n{rows}\n\nGrade 5: ask.\n", "p.md"))[:3]
    kept = [index for index in range(3) if not for_another_number(clauses, index, question)]
    assert [("Grade 1", "Grade 12", "Grade 123")[index] for index in kept] == left


@pytest.mark.parametrize(
    ("question", "rows", "left"),
    [
        ("what do i pay in band 6", ["Pay band: Bands 1 to 4; Fee: £14", "Pay band: Bands 5 to 7; Fee: £26"], [1]),
        ("im band 9, what do i pay", ["Pay band: Band 7; Fee: £26", "Pay band: Band 8 and above; Fee: £41"], [1]),
        ("is there a screen in room 2", ["Room: 1 and 2; Screen: no", "Room: 3, 4 and 5; Screen: yes"], [0]),
        ("can i use zone c on monday", ["Zone B is for permit holders.", "Zone C is for all. Come late."], [1]),
        ("can i park in zone a", ["Zone A is for doctors.", "Zone B is for permit holders."], [0]),
        ("can we group a few of us", ["Group A may use it.", "Group B may not."], [0, 1]),
        ("do year 8s go", ["Year 7 may go.", "Year 8 may not."], [1]),
    ],
)
def test_rows_and_items_may_be_for_several_numbers_and_for_letters(
    question: str, rows: list[str], left: list[int]
) -> None:
    text = "# Page\n\n" + "\n\n".join(f"- {row}" for row in rows) + "\n"
    clauses = cut(Document("p", "Page", text, "p.md"))
    assert [index for index in range(len(rows)) if not for_another_number(clauses, index, question)] == left
