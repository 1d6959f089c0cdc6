"""PDF → what a reader sees of it. Each file is made here."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from made_files import text
from PIL import Image
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

from ingest.documents import Document, UnreadableFile, read_folder
from ingest.markdown import normal_form
from ingest.pdf import pdf_parts


def test_a_line_is_a_running_header_only_where_it_stands_on_several_pages(tmp_path: Path) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.drawString(72, 700, "Rules of pay")
    for row, words in enumerate(["Grade 1 staff are paid for 10 days.", "Grade 2 staff are paid for 15 days."]):
        canvas.drawString(72, 60 - 30 * row, words)
    canvas.save()
    (tmp_path / "a.pdf").write_bytes(out.getvalue())
    (page,) = read_folder(tmp_path)
    assert "paid for 10 days" in text(page)
    assert "paid for 15 days" in text(page)


def test_a_footer_is_one_also_where_a_page_has_its_number_in_another_column(tmp_path: Path) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for page in (1, 2):
        canvas.drawString(60, 700, f"Rule {page}: keep phones off in class.")
        canvas.drawString(60, 30, "Approved in June" + f" | Page {page} of 2" * (page == 2))
        canvas.showPage()
    canvas.save()
    (tmp_path / "a.pdf").write_bytes(out.getvalue())
    (page,) = read_folder(tmp_path)
    assert "Approved" not in text(page)


def drawn(draw: Callable[[Canvas], object]) -> tuple[str, tuple[str, ...]]:
    """The text and the remarks of a PDF of one page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    draw(canvas)
    canvas.save()
    (part,) = pdf_parts(out.getvalue(), 1)
    return normal_form(part.markdown), part.remarks


def lines_at(canvas: Canvas, *lines: str) -> None:
    for row, words in enumerate(lines):
        canvas.drawString(72, 700 - 14 * row, words)


@pytest.mark.parametrize(
    ("before", "rise", "size", "seen"), [("5", 4, 7, "5²"), ("5", 5, 12, "5²"), ("5", 3, 8, "5²"), ("CO", -3, 8, "CO₂")]
)
def test_a_figure_off_its_line_in_a_pdf_makes_no_other_number(before: str, rise: int, size: int, seen: str) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(72, 700)
        for words, up, height in ((f"Wait {before}", 0, 12), ("2", rise, size), (" minutes, not 52.", 0, 12)):
            text.setFont("Helvetica", height)
            text.setRise(up)
            text.textOut(words)
        canvas.drawText(text)

    assert drawn(draw) == (f"Wait {seen} minutes, not 52.\n", ())


def test_letters_of_a_pdf_that_are_drawn_twice_are_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        for along in (0, 0.4):
            canvas.drawString(72 + along, 700, "Never tell a bully of ill will.")

    assert drawn(draw) == ("Never tell a bully of ill will.\n", ())


@pytest.mark.parametrize("angle", [45, 90, 180])
def test_turned_letters_of_a_pdf_are_left_out_and_remarked(angle: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Keep off.")
        canvas.translate(300, 300)
        canvas.rotate(angle)
        canvas.drawString(0, 0, "Draft")

    assert drawn(draw) == ("Keep off.\n", ("5 letters left out that do not stand upright",))


def test_a_pdf_that_lies_on_its_side_is_no_scan() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.drawString(72, 300, "Phones are banned.")

    with pytest.raises(UnreadableFile, match="lie on their side"):
        drawn(draw)


def test_words_of_a_pdf_under_a_white_box_are_not_seen() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Secret.")
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(60, 690, 200, 30, fill=1, stroke=0)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(72, 702, "Keep off.")

    assert drawn(draw) == ("Keep off.\n", ("7 invisible letters left out (white, tiny, covered or off the page)",))


@pytest.mark.parametrize("scanned", [True, False])
def test_words_of_a_pdf_that_are_not_drawn_are_seen_only_where_a_picture_shows_them(scanned: bool) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Keep off.")
        words = canvas.beginText(72, 600)
        words.setTextRenderMode(3)
        words.textOut("Sign in.")
        canvas.drawText(words)
        if scanned:
            canvas.drawInlineImage(Image.new("L", (4, 4), 255), 60, 590, 200, 30)

    remark = "7 invisible letters left out (white, tiny, covered or off the page)"
    assert drawn(draw) == (("Keep off.\n\nSign in.\n", ()) if scanned else ("Keep off.\n", (remark,)))


def test_words_of_a_pdf_under_a_black_box_are_not_seen() -> None:
    def draw(canvas: Canvas) -> None:
        lines_at(canvas, "Ask Kim.", "Keep off.")
        canvas.rect(60, 696, 200, 14, fill=1)

    assert drawn(draw) == ("Keep off.\n", ("7 invisible letters left out (white, tiny, covered or off the page)",))


def strike_with_note(canvas: Canvas) -> None:
    corners = [70, 711, 200, 711, 70, 697, 200, 697]
    note = {"Subtype": PDFName("StrikeOut"), "Rect": PDFArray([70, 697, 200, 711]), "QuadPoints": PDFArray(corners)}
    canvas._addAnnotation(PDFDictionary(note))


STRUCK_PDF: dict[str, Callable[[Canvas], object]] = {
    "a line": lambda canvas: canvas.line(70, 703.5, 200, 703.5),
    "a thin box": lambda canvas: canvas.rect(70, 703, 130, 0.6, stroke=0, fill=1),
    "a note": strike_with_note,
}


@pytest.mark.parametrize("strike", STRUCK_PDF.values(), ids=STRUCK_PDF)
def test_struck_out_words_of_a_pdf_are_left_out_and_remarked(strike: Callable[[Canvas], object]) -> None:
    def draw(canvas: Canvas) -> None:
        lines_at(canvas, "Phones are fine.", "Phones are banned.")
        canvas.setFillColorRGB(0.8, 0, 0)
        strike(canvas)

    assert drawn(draw) == ("Phones are banned.\n", ("14 struck-out letters left out",))


def test_words_of_a_pdf_that_run_over_others_are_remarked() -> None:
    def draw(canvas: Canvas) -> None:
        lines_at(canvas, "Ring the school office and then the agency.")
        canvas.drawString(160, 700, "By 7 am on the day")  # the next cell, where the first has no more room

    assert drawn(draw)[1] == ("words lie over other words (page 1) and are read mixed up: give their cells more room",)


def test_underlined_words_of_a_pdf_stay() -> None:
    def draw(canvas: Canvas) -> None:
        lines_at(canvas, "Phones are banned.")
        canvas.line(70, 698.5, 200, 698.5)

    assert drawn(draw) == ("Phones are banned.\n", ())


def test_rows_of_a_table_without_rules_in_a_pdf_stay_rows_and_are_remarked() -> None:
    def draw(canvas: Canvas) -> None:
        for row, words in enumerate([("Grade", "Notice"), ("Tutor", "one week"), ("Cover", "two weeks")]):
            for column, word in enumerate(words):
                canvas.drawString(72 + 150 * column, 700 - 14 * row, word)
        canvas.drawString(72, 640, "1.")
        canvas.drawString(120, 640, "Sign in.")

    remark = "3 lines of words set far apart (a table without rules?) read as they stand: do they say enough?"
    assert drawn(draw) == ("Grade Notice\n\nTutor one week\n\nCover two weeks\n\n1. Sign in.\n", (remark,))


def test_a_cell_over_two_rows_of_a_pdf_stands_in_each_and_a_long_table_makes_no_headings() -> None:
    def draw(canvas: Canvas) -> None:
        lines_at(canvas, "• badge", "• keys")
        rows = [
            ["Task", "Who"],
            ["Open the gate before the bell", "Staff"],
            ["Count the pupils in again", ""],
            ["A", ""],
        ]
        look = TableStyle([("GRID", (0, 0), (-1, -1), 1, colors.black), ("SPAN", (1, 1), (1, 2))])
        table = Table(rows, style=look)
        table.wrapOn(canvas, 400, 400)
        table.drawOn(canvas, 72, 500)

    assert drawn(draw)[0] == (
        "- badge\n\n- keys\n\n- Task: Open the gate before the bell; Who: Staff\n\n"
        "- Task: Count the pupils in again; Who: Staff\n\n- Task: A\n"
    )


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (["Pay", "Grade|Rate", "A|£5"], "Pay\n\n- Grade: A; Rate: £5\n"),
        (["Grade|Rate", "A|£5", "Long term", "A|£9"], "- Grade: A; Rate: £5\n\nLong term\n\n- Grade: A; Rate: £9\n"),
        (["Pay", "Grade|Rate"], "Pay\n\n- Grade; Rate\n"),
    ],
    ids=["above the header", "between others", "above a header alone"],
)
def test_a_row_across_a_table_of_a_pdf_names_what_is_below_it(rows: list[str], lines: str) -> None:
    def draw(canvas: Canvas) -> None:
        cells = [[*row.split("|"), ""][:2] for row in rows]
        across = [("SPAN", (0, at), (1, at)) for at, row in enumerate(rows) if "|" not in row]
        table = Table(cells, style=TableStyle([("GRID", (0, 0), (-1, -1), 1, colors.black), *across]))
        table.wrapOn(canvas, 400, 400)
        table.drawOn(canvas, 72, 500)

    assert drawn(draw)[0] == lines


def test_a_bullet_of_a_pdf_may_be_drawn_and_items_stand_as_deep_as_they_are_set() -> None:
    def draw(canvas: Canvas) -> None:
        lines_at(
            canvas,
            "You must keep your phone:",
            "off",
            "away:",
            "in a bag or wherever it can be",
            "neither seen nor",
            "on",
        )
        for row, (shape, left) in enumerate([("disc", 62), ("disc", 62), ("square", 64)], 1):
            if shape == "disc":
                canvas.circle(left, 703 - 14 * row, 1.5, fill=1)
            else:
                canvas.rect(left, 702 - 14 * row, 3, 3, fill=1)
        canvas.drawString(80, 620, "• a locker")
        canvas.drawString(100, 606, "• of steel")
        canvas.drawString(80, 592, "• a desk")

    assert drawn(draw)[0] == (
        "You must keep your phone:\n\n- off\n\n- away:\n\n- in a bag or wherever it can be neither seen nor on\n\n"
        "  - a locker\n\n    - of steel\n\n  - a desk\n"
    )


@pytest.mark.parametrize(
    ("letter", "lines"),
    [("§", ["- sign in", "- sign out"]), ("û", ["- 🗶 sign in", "- 🗶 sign out"])],
    ids=["a square", "a cross"],
)
def test_a_bullet_of_a_pdf_is_what_its_font_shows(letter: str, lines: list[str]) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for row, words in enumerate(["sign in", "sign out"]):
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, 700 - 14 * row, letter)
        canvas.setFont("Courier", 11)
        canvas.drawString(90, 700 - 14 * row, words)
    canvas.save()
    described = b"/FontDescriptor << /FontName /Wingdings /FontBBox [0 0 999 999] /Flags 4 >>"
    content = out.getvalue().replace(b"/BaseFont /Helvetica", b"/BaseFont /Wingdings " + described)
    (part,) = pdf_parts(re.sub(rb"startxref\n\d+", b"startxref\n0", content), 1)
    assert normal_form(part.markdown).split("\n\n") == [lines[0], f"{lines[1]}\n"]


def test_contents_of_a_pdf_are_left_out_and_remarked(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "contents.pdf"), pagesize=A4)
    lines_at(canvas, "Phones ........ 1", "Pay . . . . . . 2", "Late fee ........ 30")
    canvas.showPage()
    lines_at(canvas, "Sign in.")
    canvas.save()
    (document,) = read_folder(tmp_path)
    assert isinstance(document, Document)
    assert document.text == "Late fee ........ 30\n\nSign in.\n"
    assert document.remarks == ("contents.pdf: 2 lines of a table of contents left out",)


def test_lettered_items_of_a_pdf_are_items() -> None:
    def draw(canvas: Canvas) -> None:
        lines_at(canvas, "2. Second step:", "a. sign in", "b. wear a badge")

    assert drawn(draw)[0] == "2. Second step:\n\na. sign in\n\nb. wear a badge\n"


def test_a_sentence_with_a_note_is_no_heading_however_large_it_is() -> None:
    def draw(canvas: Canvas) -> None:
        lines_at(canvas, "Wear a badge.²")
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, 600, "2 Only for those who are booked for the whole of a term.")

    assert drawn(draw)[0].startswith("Wear a badge.²\n")


def test_headings_that_begin_pages_are_no_running_headers(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "parts.pdf"), pagesize=A4)
    for number in (1, 2, 3):
        canvas.setFont("Helvetica", 18)
        canvas.drawString(72, 780, f"Part {number}")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(72, 810, f"Handbook {number}")
        canvas.drawString(72, 700, f"Sign in at the desk of building {number} before you do anything else.")
        canvas.showPage()
    canvas.save()
    (document,) = read_folder(tmp_path)
    assert isinstance(document, Document)
    assert re.findall("^#.*", document.text, re.MULTILINE) == ["# Part 1", "# Part 2", "# Part 3"]
    assert document.remarks == ("parts.pdf: 1 line at the top or foot of several pages left out: “Handbook 1”",)


def test_an_item_of_a_pdf_is_no_heading_however_large_its_bullet_is() -> None:
    def draw(canvas: Canvas) -> None:
        lines_at(canvas, "You must not bring any of these to the school:")
        canvas.setFont("Helvetica", 16)
        lines_at(canvas, *[""] * 2, "• TV")

    assert drawn(draw)[0] == "You must not bring any of these to the school:\n\n- TV\n"


def test_what_stands_left_of_an_item_of_a_pdf_is_no_more_of_it() -> None:
    def draw(canvas: Canvas) -> None:
        for row, (along, words) in enumerate(
            [(40, "(a) a kit, and"), (40, "(b) a"), (60, "phone."), (0, "Ask first.")]
        ):
            canvas.drawString(72 + along, 700 - 14 * row, words)

    assert drawn(draw)[0] == "(a) a kit, and\n\n(b) a phone.\n\nAsk first.\n"


def test_words_of_a_pdf_whose_letters_stand_apart_are_words() -> None:
    assert drawn(lambda canvas: lines_at(canvas, "N O T  A L L O W E D !"))[0] == "NOT ALLOWED!\n"
    assert drawn(lambda canvas: lines_at(canvas, "A B C D E"))[0] == "A B C D E\n"


def test_a_hyphen_at_a_line_end_stays_where_the_word_is_another_without_it() -> None:
    lines = ("You must re-", "sign the form if twenty-", "five or part-", "time; safe-", "guarding holds.")
    text, _ = drawn(lambda canvas: lines_at(canvas, *lines))
    assert text == "You must re-sign the form if twenty-five or part-time; safeguarding holds.\n"


def test_form_fields_and_notes_of_a_pdf_are_left_out_and_remarked() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Notice is")
        canvas.acroForm.textfield(name="a", value="4 weeks", x=150, y=690)
        canvas.acroForm.textfield(name="b", value="", x=150, y=590)
        canvas.textAnnotation("Ask Kim.", Rect=(100, 100, 120, 120))

    remark = "2 × left out: form field or note with words: print them into the page to publish them"
    assert drawn(draw) == ("Notice is\n", (remark,))


def in_columns(canvas: Canvas, top: int, *columns: str) -> None:
    for number, word in enumerate(columns):
        for row in range(12):
            canvas.drawString(
                50 + 500 / len(columns) * number, top - 12 * row, f"the {word} part runs on in line {row}"
            )


@pytest.mark.parametrize("columns", [("first", "second"), ("first", "second", "third")])
def test_columns_are_read_one_after_the_other_whatever_stands_across_them(columns: tuple[str, ...]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 18)
        canvas.drawString(60, 760, "A handbook for all who teach here, day by day")
        canvas.setFont("Helvetica", 9)
        in_columns(canvas, 730, *columns)
        canvas.drawString(
            50, 580, "Everyone signs in, whoever they are, before they go to any of the rooms of the school."
        )
        in_columns(canvas, 560, *columns)

    text, _ = drawn(draw)
    assert text.startswith("# A handbook for all who teach here, day by day\n")
    assert (
        re.findall(r"the (\w+) part runs on in line 0 the (\w+) part runs on in line 1 ", text)
        == [(word, word) for word in columns] * 2
    )
    assert text.index("Everyone signs in") > text.index(f"the {columns[-1]} part runs on in line 11")


def test_a_table_in_a_column_stands_in_that_column() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        in_columns(canvas, 730, "first", "second")
        table = Table([["Grade", "Rate"], ["A", "£5"]], style=TableStyle([("GRID", (0, 0), (-1, -1), 1, colors.black)]))
        table.wrapOn(canvas, 200, 200)
        table.drawOn(canvas, 50, 500)
        canvas.drawString(300, 580, "the second has an end")

    text, _ = drawn(draw)
    assert text.index("line 11") < text.index("- Grade: A; Rate: £5") < text.index("the second part")


@pytest.mark.parametrize("again", [0, 1])
def test_the_rest_of_a_table_on_the_next_page_of_a_pdf_has_its_header(again: int) -> None:
    rows = [["Shift", "Rate"], *([f"S{number}", f"£{number}"] for number in range(50))]
    out = io.BytesIO()
    grid = TableStyle([("GRID", (0, 0), (-1, -1), 1, colors.black)])
    SimpleDocTemplate(out, pagesize=A4).build([Table(rows, style=grid, repeatRows=again)])
    first, second = (normal_form(part.markdown).split("\n\n") for part in pdf_parts(out.getvalue(), 2))
    shown = [line.strip() for line in (*first, *second)]
    assert shown == [f"- Shift: S{number}; Rate: £{number}" for number in range(50)]
