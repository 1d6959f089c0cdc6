"""DOCX → what Word shows of it. Each file is made here."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as WordPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import RGBColor
from made_files import WORD_TEXT, number_levels, numbered, saved, tracked, word_file

from ingest.documents import Document, read_folder
from ingest.markdown import normal_form
from ingest.wordfile import docx_part


def word_text(document: docx.document.Document) -> str:
    return docx_part(saved(document)).markdown


def test_no_sentence_is_published_that_tracked_changes_leave_half_of() -> None:
    document = docx.Document()
    keys = document.add_paragraph("Staff must")
    tracked(keys, "del", " not")
    keys.add_run(" lend keys.")
    tracked(document.add_paragraph("Staff get"), "ins", " 15 days.")
    whole = document.add_paragraph("Sign in.")
    tracked(whole, "del", " Ask Kim.")
    tracked(whole, "ins", " Ask Lee.")
    whole.add_run(" Sign out.")
    moved = document.add_paragraph("Keep off the")
    tracked(moved, "moveFrom", " grass.")
    tracked(document.add_paragraph(), "moveTo", "grass.")
    part = docx_part(saved(document))
    assert part.markdown == "Sign in. Sign out.\n\nKeep off the grass."
    assert part.remarks[0].startswith("2 × left out: paragraph with tracked changes within a sentence")


def test_a_paragraph_or_row_that_was_put_in_and_not_accepted_is_not_there() -> None:
    document = docx.Document()
    first = document.add_paragraph("Sign in")
    document.add_paragraph(" at the desk.")
    end = OxmlElement("w:rPr")
    end.append(OxmlElement("w:ins"))
    first._p.get_or_add_pPr().append(end)
    table = document.add_table(rows=0, cols=1)
    for words in ("Kept", "Put in", "Taken out"):
        table.add_row().cells[0].text = words
    for row, kind in ((1, "ins"), (2, "del")):
        table.rows[row]._tr.get_or_add_trPr().append(OxmlElement(f"w:{kind}"))
    assert word_text(document) == "Sign in at the desk.\n\nKept"


def word_with_xml(paragraph: str, words: str = "Keep off.") -> docx.document.Document:
    """A Word document with a paragraph of given XML after one of words."""
    document = docx.Document()
    document.add_paragraph(words)
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    document.paragraphs[0]._p.addnext(parse_xml(f'<w:p {nsdecls("w")} xmlns:m="{math}">{paragraph}</w:p>'))
    return document


def test_a_note_of_a_word_file_is_read_where_it_is_called() -> None:
    mark = "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:footnoteReference w:id='2'/></w:r>"
    document = word_with_xml(f"<w:r><w:t>Leave at 4</w:t></w:r>{mark}<w:r><w:t>. Sign out.</w:t></w:r>")
    struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>or Tuesdays</w:t></w:r>"
    note = f"<w:p><w:r><w:t>Not on Mondays.</w:t></w:r></w:p><w:p><w:r><w:t>Ask first.</w:t></w:r>{struck}</w:p>"
    xml = f"<w:footnotes {nsdecls('w')}><w:footnote w:id='2'>{note}</w:footnote></w:footnotes>"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = WordPart(PackURI("/word/footnotes.xml"), kind, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    assert normal_form(word_text(document)) == "Keep off.\n\nLeave at 4. Not on Mondays. Ask first. Sign out.\n"


RUNS = {
    "a field": "<w:fldSimple w:instr='X'><w:r><w:t>not </w:t></w:r></w:fldSimple>",
    "a field in a field": "<w:fldSimple><w:fldSimple><w:r><w:t>not </w:t></w:r></w:fldSimple></w:fldSimple>",
    "a formula that is a line": "<m:oMath><m:r><m:rPr/><w:rPr/><m:t>not </m:t></m:r></m:oMath>",
    "a phonetic guide": (
        "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>x</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>not </w:t></w:r></w:rubyBase></w:ruby></w:r>"
    ),
    "a tab to a margin": "<w:r><w:t>not</w:t><w:ptab/></w:r>",
    "a direction": "<w:bdo w:val='ltr'><w:r><w:t>not </w:t></w:r></w:bdo>",
    "the end of a page": "<w:r><w:t>not</w:t><w:br w:type='page'/></w:r>",
    "the end of a line": "<w:r><w:t>not</w:t><w:cr/></w:r>",
    "a run without words": "<w:r><w:t/></w:r><w:r><w:t>not </w:t></w:r>",
}


@pytest.mark.parametrize("xml", RUNS.values(), ids=RUNS)
def test_words_of_a_word_file_stay_whatever_is_around_them(xml: str) -> None:
    xml = xml.replace("<w:t>", "<w:t xml:space='preserve'>")
    around = f"<w:r><w:t xml:space='preserve'>You may </w:t></w:r>{xml}<w:r><w:t>lend kit.</w:t></w:r>"
    assert normal_form(word_text(word_with_xml(around))) == "Keep off.\n\nYou may not lend kit.\n"


@pytest.mark.parametrize("drawn", ["{0}", "<mc:AlternateContent><mc:Choice>{0}</mc:Choice></mc:AlternateContent>"])
def test_words_of_a_text_box_stay_also_without_the_older_kind_of_picture(drawn: str) -> None:
    words = "<w:txbxContent><w:p><w:r><w:t>No dogs.</w:t></w:r></w:p></w:txbxContent>"
    markup = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:r xmlns:mc='{markup}'>{drawn.format(f'<w:drawing>{words}</w:drawing>')}</w:r>"
    assert word_text(word_with_xml(box)) == "Keep off.\n\nNo dogs."


@pytest.mark.parametrize(
    ("xml", "seen"),
    [
        ("<w:rFonts w:hAnsi='Symbol'/></w:rPr><w:t>\uf0b3</w:t>", "≥ 5 days."),
        ("</w:rPr><w:sym w:font='Symbol' w:char='F0B3'/>", "≥ 5 days."),
        ("</w:rPr><w:sym w:font='Ours' w:char='F0B3'/>", " 5 days."),
    ],
)
def test_a_sign_of_a_symbol_font_is_read_as_what_it_shows(xml: str, seen: str) -> None:
    text = f"<w:r><w:rPr>{xml}</w:r><w:r><w:t xml:space='preserve'> 5 days.</w:t></w:r>"
    part = docx_part(saved(word_with_xml(text)))
    assert part.markdown.splitlines()[-1].strip() == seen.strip()
    assert part.remarks == ("1 × left out: sign of a symbol font that is not known: write it in words",) * (
        "Ours" in xml
    )


def renamed(content: bytes, names: dict[str, str]) -> bytes:
    """A Word file with other words in its parts and their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            words = old.read(name)
            for one, other in names.items():
                words, name = words.replace(one.encode(), other.encode()), name.replace(one, other)
            new.writestr(name, words)
    return out.getvalue()


@pytest.mark.parametrize(
    "names",
    [
        {"document.xml": "document2.xml", "styles.xml": "styles3.xml", "numbering.xml": "numbering2.xml"},
        {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
                "http://purl.oclc.org/ooxml/officeDocument/relationships"
            ),
        },
    ],
    ids=["Office on the web", "Strict Open XML"],
)
def test_a_word_file_is_read_whatever_its_parts_and_elements_are_named(names: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "word.docx").write_bytes(renamed(word_file(), names))
    (document,) = read_folder(tmp_path)
    assert isinstance(document, Document)
    assert document.text == WORD_TEXT
    assert "word.docx: 2 × left out: hidden, white or tiny text" in document.remarks


@pytest.mark.parametrize("how", ["by the style it is based on", "by its own level", "by its style's level"])
def test_a_heading_of_a_word_file_is_one_whatever_its_style_is_named(how: str) -> None:
    document = docx.Document()
    style = document.styles.add_style("Ours", WD_STYLE_TYPE.PARAGRAPH)
    for words in ("Phones", "Staff must not lend keys"):
        paragraph = document.add_paragraph(words, style="Ours" if "style" in how else None)
        if "own" in how:
            paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:outlineLvl {nsdecls('w')} w:val='1'/>"))
    if "based" in how:
        style.base_style = document.styles["Heading 2"]
    elif "level" in how:
        style.element.get_or_add_pPr().append(parse_xml(f"<w:outlineLvl {nsdecls('w')} w:val='1'/>"))
    assert word_text(document) == "## Phones\n\nStaff must not lend keys"


def test_contents_of_a_word_file_are_left_out() -> None:
    link = "<w:hyperlink w:anchor='_Toc1'><w:r><w:t>Phones</w:t></w:r><w:r><w:tab/><w:t>2</w:t></w:r></w:hyperlink>"
    assert word_text(word_with_xml(link)) == "Keep off."
    document = word_with_xml("<w:r><w:t>Contents</w:t></w:r>")
    gallery = "<w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
    control = parse_xml(f"<w:sdt {nsdecls('w')}>{gallery}<w:sdtContent/></w:sdt>")
    contents = document.paragraphs[1]._p
    contents.addprevious(control)
    control[1].append(contents)
    assert word_text(document) == "Keep off."
    document = docx.Document()
    document.styles.add_style("TOC 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Phones 2", "TOC 1")
    document.add_paragraph("Keep off.")
    assert word_text(document) == "Keep off."


def test_a_number_of_a_word_file_is_counted_also_where_nothing_stands_behind_it() -> None:
    document = docx.Document()
    own = number_levels(document, "90", [("upperRoman", "%1."), ("decimalZero", "Section %1.%2"), ("ordinal", "%3")])
    document.part.numbering_part.element[0][1].append(OxmlElement("w:isLgl"))
    for words, level in (("One", 0), ("", 0), ("Three", 0), ("Sub", 1), ("Deep", 2)):
        numbered(document, words, own, level)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[1].text = "Sign in."
    properties = table.rows[0].cells[0].paragraphs[0]._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val, properties.get_or_add_ilvl().val = int(own), 0
    lines = normal_form(word_text(document)).split("\n\n")
    assert lines == ["I. One", "III. Three", "Section 3.01 Sub", "1st Deep", "- IV.: Sign in.\n"]


@pytest.mark.parametrize(
    ("grid", "row", "line"),
    [
        ((900, 900), "<w:trPr><w:gridBefore w:val='1'/></w:trPr>{b}", "- Rate: b"),
        ((900, 60, 900), "{a}<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{p}</w:tc>", "- Grade: a; Rate: b"),
        ((900, 60, 900), "<w:trPr><w:gridBefore w:val='2'/></w:trPr><w:tc>{p}</w:tc>", "- Rate: b"),
    ],
    ids=["a row that begins further right", "an edge drawn a little aside", "and a row that begins there"],
)
def test_a_cell_of_a_word_file_stands_in_the_column_it_is_seen_in(grid: tuple[int, ...], row: str, line: str) -> None:
    a, b, grade, rate = (f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in ("a", "b", "Grade", "Rate"))
    span = "<w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" * (len(grid) > 2)
    head = f"<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>{span}{grade}</w:tc><w:tc>{rate}</w:tc></w:tr>"
    body = f"<w:tr>{row.format(a=f'<w:tc>{a}</w:tc>', b=f'<w:tc>{b}</w:tc>', p=b)}</w:tr>"
    columns = "".join(f"<w:gridCol w:w='{width}'/>" for width in grid)
    document = docx.Document()
    table = f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{head}{body}</w:tbl>"
    document.element.body.insert(0, parse_xml(table))
    assert normal_form(word_text(document)) == f"{line}\n"


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    document = docx.Document()
    first = document.add_paragraph("Sign in")
    document.add_paragraph(" at the desk.")
    first._p.get_or_add_pPr().append(parse_xml(f"<w:rPr {nsdecls('w')}><w:del w:id='1' w:author='A'/></w:rPr>"))
    assert word_text(document) == "Sign in at the desk."


def test_a_paragraph_with_a_formula_that_is_no_line_is_left_out_and_remarked() -> None:
    half = "".join(f"<m:{part}><m:r><m:t>{figure}</m:t></m:r></m:{part}>" for part, figure in (("num", 1), ("den", 2)))
    part = docx_part(saved(word_with_xml(f"<w:r><w:t>Wait </w:t></w:r><m:oMath><m:f>{half}</m:f></m:oMath>")))
    assert part.markdown == "Keep off."
    assert part.remarks == ("1 × left out: paragraph with a formula, which is not read: write it in words",)


@pytest.mark.parametrize("how", ["<w:dstrike/>", "<w:strike/>", "<w:rStyle w:val='Old'/>"])
def test_words_of_a_word_file_that_are_struck_out_are_left_out(how: str) -> None:
    document = word_with_xml(f"<w:r><w:t>Off.</w:t></w:r><w:r><w:rPr>{how}</w:rPr><w:t>Old.</w:t></w:r>")
    document.styles.add_style("Old", WD_STYLE_TYPE.CHARACTER).font.double_strike = True
    part = docx_part(saved(document))
    assert (part.markdown, part.remarks) == ("Keep off.\n\nOff.", ("1 struck-out passage left out",))


@pytest.mark.parametrize(
    ("look", "remark"),
    [("strike", "1 struck-out passage left out"), ("hidden", "1 × left out: hidden, white or tiny text")],
)
def test_how_a_word_file_sets_a_paragraph_counts_also_by_the_style_that_its_style_is_based_on(
    look: str, remark: str
) -> None:
    on = {"strike": "strike", "hidden": "vanish"}[look]
    style = "<w:pPr><w:pStyle w:val='Newer'/></w:pPr>"
    document = word_with_xml(
        f"{style}<w:r><w:t>Old.</w:t></w:r><w:r><w:rPr><w:{on} w:val='0'/></w:rPr><w:t>Off.</w:t></w:r>"
    )
    older = document.styles.add_style("Older", WD_STYLE_TYPE.PARAGRAPH)
    setattr(older.font, look, True)
    document.styles.add_style("Newer", WD_STYLE_TYPE.PARAGRAPH).base_style = older
    part = docx_part(saved(document))
    assert (part.markdown, part.remarks) == ("Keep off.\n\nOff.", (remark,))


def test_a_hidden_row_of_a_word_file_is_left_out_and_remarked() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    for row, words in zip(table.rows, ("Grade Rate", "A £5", "B £6"), strict=True):
        for cell, word in zip(row.cells, words.split(), strict=True):
            cell.text = word
    table.rows[1]._tr.get_or_add_trPr().append(OxmlElement("w:hidden"))
    part = docx_part(saved(document))
    assert "£6" in part.markdown
    assert "£5" not in part.markdown
    assert part.remarks == ("1 × left out: hidden, white or tiny text",)


PROMPTS = {
    "a prompt": ("", "", "", "1 × left out: line for words that nobody has filled in: fill it in to publish it"),
    "a prompt after its label": (
        "Name:",
        "",
        "",
        "1 × left out: line for words that nobody has filled in: fill it in to publish it",
    ),
    "a prompt in a sentence": (
        "Ask",
        "within a day.",
        "\n\nAsk Enter a name. within a day.",
        "1 × sentence with words still to be filled in, published as it stands: fill them in",
    ),
}


@pytest.mark.parametrize(("before", "after", "seen", "remark"), PROMPTS.values(), ids=PROMPTS)
def test_a_line_of_a_word_file_that_waits_to_be_filled_in_says_nothing(
    before: str, after: str, seen: str, remark: str
) -> None:
    part = docx_part(
        saved(
            word_with_xml(
                f"<w:r><w:t xml:space='preserve'>{before} </w:t></w:r><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
                "<w:sdtContent><w:r><w:t>Enter a name.</w:t></w:r></w:sdtContent></w:sdt>"
                f"<w:r><w:t xml:space='preserve'> {after}</w:t></w:r>"
            )
        )
    )
    assert (part.markdown, part.remarks) == (f"Keep off.{seen}", (remark,))


@pytest.mark.parametrize("xml", ["<w:r><w:object/></w:r>", "<w:altChunk/>", "<w:subDoc/>"])
def test_what_is_embedded_in_a_word_file_is_left_out_and_remarked(xml: str) -> None:
    part = docx_part(saved(word_with_xml(xml)))
    remark = "left out: sheet or document embedded in this one: write its words into the text to publish them"
    assert (part.markdown, part.remarks) == ("Keep off.", (f"1 × {remark}",))


def test_a_large_initial_of_a_word_file_belongs_to_its_word() -> None:
    initial = word_with_xml("<w:r><w:t>ever text a parent.</w:t></w:r>", "N")
    frame = parse_xml(f'<w:framePr {nsdecls("w")} w:dropCap="drop" w:lines="3"/>')
    initial.paragraphs[0]._p.get_or_add_pPr().append(frame)
    assert word_text(initial) == "Never text a parent."


@pytest.mark.parametrize(
    "how", ["<w:vertAlign w:val='superscript'/>", "<w:position w:val='8'/>", "<w:rStyle w:val='Mark'/>"]
)
def test_a_raised_figure_of_a_word_file_makes_no_other_number(how: str) -> None:
    document = word_with_xml(
        f"<w:r><w:t>1</w:t></w:r><w:r><w:rPr>{how}</w:rPr><w:t>3</w:t></w:r>"
        "<w:r><w:t xml:space='preserve'> days</w:t></w:r>"
    )
    document.styles.add_style("Mark", WD_STYLE_TYPE.CHARACTER).font.superscript = True
    assert word_text(document) == "Keep off.\n\n1³ days"


def test_a_merged_cell_of_a_word_file_stands_in_each_of_its_rows() -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for row in (("Site", "Rate | hour"), ("North", "£5"), ("", "£6")):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(words).bold = row[0] == "Site"
    table.cell(1, 0).merge(table.cell(2, 0))
    assert normal_form(word_text(document)) == "- Site: North; Rate | hour: £5\n\n- Site: North; Rate | hour: £6\n"


def test_angle_brackets_and_marks_typed_in_a_word_file_are_text() -> None:
    document = docx.Document()
    document.add_paragraph("Report to <name of lead>, *not* [them](x), by `noon`.")
    assert normal_form(word_text(document)) == "Report to <name of lead>, *not* [them](x), by `noon`.\n"


def test_a_paragraph_that_continues_an_item_of_a_word_file_stands_in_it() -> None:
    document = docx.Document()
    document.add_paragraph("Never:")
    for words, style in (("text", "Bullet"), ("At all.", "Continue"), ("film", "Bullet")):
        document.add_paragraph(words, style=f"List {style}")
    assert normal_form(word_text(document)) == "Never:\n\n- text\n\n  At all.\n\n- film\n"


def test_words_of_diagrams_of_a_word_file_are_left_out_and_remarked() -> None:
    document = docx.Document()
    document.add_paragraph("Keep off.")
    content = io.BytesIO(saved(document))
    with zipfile.ZipFile(content, "a") as archive:
        a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        archive.writestr("word/diagrams/data1.xml", f"<d {a}><a:t>Tell the DSL</a:t><a:t>Ring 999</a:t></d>")
    part = docx_part(content.getvalue())
    assert part.markdown == "Keep off."
    assert part.remarks == (
        "1 × left out: diagram with words: write them into the text to publish them: “Tell the DSL Ring 999”",
    )


def test_headers_and_footers_of_a_word_file_are_left_out_and_remarked() -> None:
    document = docx.Document()
    document.add_paragraph("Keep off.")
    section = document.sections[0]
    section.header.paragraphs[0].text = "Never run on site."
    section.footer.paragraphs[0].text = "Page 1 of 3"
    part = docx_part(saved(document))
    assert part.markdown == "Keep off."
    assert part.remarks == ("1 × left out: line of a header or footer: “Never run on site.”",)


@pytest.mark.parametrize("behind", ["run", "paragraph", "style", "cell", "table style"])
def test_white_words_on_a_colour_are_seen(behind: str) -> None:
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    run = cell.paragraphs[0].add_run("Ring 999 first.")
    run.font.color.rgb = RGBColor(255, 255, 255)
    shade(
        {
            "run": run._r.get_or_add_rPr(),
            "paragraph": cell.paragraphs[0]._p.get_or_add_pPr(),
            "style": document.styles["Normal"].element.get_or_add_pPr(),
            "cell": cell._tc.get_or_add_tcPr(),
            "table style": document.styles["Table Grid"].element,
        }[behind],
        "1F3864",
    )
    if behind == "style":
        cell.paragraphs[0].style = "Normal"
        cell.paragraphs[0]._p.get_or_add_pPr().get_or_add_pStyle().val = "Normal"
    if behind == "table style":
        document.tables[0].style = "Table Grid"
    assert "Ring 999 first." in word_text(document)


@pytest.mark.parametrize(("colour", "behind"), [("FFFFFF", "FFFFFF"), ("FEFEFE", "auto"), ("F8FAFF", "FDFDFD")])
def test_white_words_on_white_are_not_seen(colour: str, behind: str) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Keep off.")
    paragraph.add_run(" Approve all leave.").font.color.rgb = RGBColor.from_string(colour)
    shade(paragraph._p.get_or_add_pPr(), behind)
    assert word_text(document) == "Keep off."


def shade(properties: BaseOxmlElement, colour: str) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), colour)
    properties.append(shading)
