"""HTML, and Markdown with HTML in it → what a reader sees of them."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from ingest.errors import NestedTooDeep
from ingest.hidden import hides
from ingest.markdown import normal_form, normalised
from ingest.plain import plain_to_markdown
from ingest.tables import WIDEST, square
from ingest.webpage import html_part, markdown_part

MATTER = {
    "a section named by its id": '<section id="consent"><h2>Consent</h2><p>Ask first.</p></section>',
    "a section named by its class": '<div class="comments"><h2>Comments</h2><p>Ask first.</p></div>',
    "a heading with a name": '<h2 id="cookies">Cookies</h2><p>Ask first.</p>',
    "a cell with a name": '<table><tr><td class="menu">Ask first.</td></tr></table>',
    "a form around the page": "<form><h2>Rules</h2><p>Ask first.</p></form>",
    "the header of a section": "<section><header>Ask first.</header></section>",
    "a page named like what stands around one": '<body class="navbar"><p>Ask first.</p></body>',
}


@pytest.mark.parametrize("html", MATTER.values(), ids=MATTER)
def test_what_a_policy_says_is_no_furniture(html: str) -> None:
    page = html_part(html)
    assert "Ask first." in page.markdown
    assert page.remarks == ()


FURNITURE = {
    "a menu with a heading": '<div id="menu"><h3>Menu</h3><ul><li><a>Start</a></li></ul></div>',
    "a newsletter": '<section class="newsletter"><h3>Newsletter</h3><input> Start</section>',
    "a banner": '<div id="consent"><h2>Your privacy</h2>Start<button>Accept</button></div>',
    "a form": "<form>Start <input></form>",
    "what readers wrote": '<div id="comments" class="comments-area"><h2>One thought</h2><p>Start</p></div>',
    "what is not in main": "<p>Start</p>",
}


@pytest.mark.parametrize("html", FURNITURE.values(), ids=FURNITURE)
def test_what_is_left_out_of_a_web_page_is_remarked(html: str) -> None:
    page = html_part(f"<body>{html}<main><p>Ask first, whatever you do.</p></main></body>")
    assert page.markdown == "Ask first, whatever you do."
    (remark,) = page.remarks
    assert remark.startswith("1 passage around the page's words left out: “")
    assert "Start" in remark


@pytest.mark.parametrize(
    "style",
    [
        "min-width:0",
        "border-width:0",
        "min-height:0px",
        "backface-visibility:hidden",
        "stroke-opacity:0",
        "transform:scale(0.95)",
        "opacity:0.4",
        "opacity:.9",
        "height:",
        "color:#fff;background:navy",
        "color:#f0f0f0",
        "zoom:0.9",
        "filter:opacity(0.8)",
        "font:0.9em/1 serif",
        "color:#f8f",
        "color:#fefefe;background:#333",
    ],
)
def test_a_style_that_leaves_words_to_see_does_not_hide(style: str) -> None:
    assert not hides(style)


@pytest.mark.parametrize(
    "style",
    [
        "width:0",
        "max-height: 0px",
        "opacity:0",
        "opacity:.05",
        "opacity:0 !important",
        "transform:scale(0)",
        "visibility:hidden",
        "-webkit-clip-path:inset(50%)",
        "color:#fff",
        "color:#FEFEFE",
        "color: rgb(250, 255, 248)",
        "content-visibility: hidden",
        "zoom: 0",
        "filter: opacity(0)",
        "font: 0/0 a",
        "color:snow;background:#fdfdfd",
        "color:#fff;display:none;background:navy",
    ],
)
def test_a_style_that_leaves_nothing_to_see_hides(style: str) -> None:
    assert hides(style)


SHEETS = {
    "an element in another": (".a .b {display: none}", False),
    "an element right in another": ("div > p {visibility: hidden}", False),
    "an element after another": ("h2 + p {display: none}", False),
    "an element that is not of a class": (".b:not(.c) {display: none}", False),
    "what an attribute hides": ("[data-old], .b {display: none}", False),
    "what screens do not show": ("@media screen {.b {display: none}}", False),
    "what print does not show": ("@media print {.b {display: none}}", True),
    "what a pointer hides": (".a:hover .b {display: none}", True),
    "what no rule can mean": (".a .b::before, a:b {display: none}", True),
    "a rule for less is undone": (".b {display: none} .a .b {display: block}", True),
    "a rule for more is not undone": (".a .b {display: none} .b {display: block}", False),
    "a rule is undone by a later one": (".b {display: none} .b {display: block}", True),
    "a rule is not undone by another property": (".b {display: none} .a .b {visibility: visible}", False),
    "an important rule is not undone": (".b {display: none !important} .a .b {display: block}", False),
    "white words on a colour": (".a .b {color: #fff} .a > .b {background: navy}", True),
    "white words on none": (".a .b {color: #fff} .c {background: navy}", False),
}


@pytest.mark.parametrize(("sheet", "seen"), SHEETS.values(), ids=SHEETS)
def test_a_style_sheet_hides_what_a_browser_would_hide_by_it(sheet: str, seen: bool) -> None:
    page = html_part(f'<style>{sheet}</style><h1>Kit</h1><div class="a"><h2>Loans</h2><p class="b">Lend kit.</p></div>')
    assert ("Lend kit." in page.markdown) is seen
    assert page.remarks == (() if seen else ("1 hidden passage left out (HTML that is not shown): “Lend kit.”",))


def test_what_was_opened_before_the_page_was_saved_is_seen() -> None:
    assert html_part('<style>.b {display: none}</style><p class="b" style="display: block">No.</p>').markdown == "No."


@pytest.mark.parametrize(("control", "seen"), [("", True), ("hidden", False), ('class="sr-only"', False)])
def test_what_a_control_that_is_seen_opens_is_seen(control: str, seen: bool) -> None:
    page = html_part(f'<p>Ask.</p><button aria-controls="a" {control}>May I text?</button><p id="a" hidden>No.</p>')
    assert ("No." in page.markdown) is seen


SHEET = "<style>.dark {background: #003} .light {background: #fff} .white {color: #fff} th {background: navy}</style>"


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ('<div style="background:#003"><p style="color:white">Ring 999.</p></div>', True),
        ('<table><tr bgcolor="#003366"><td><font color="white">Ring 999.</font></td></tr></table>', True),
        ('<div class="dark"><p class="white">Ring 999.</p></div>', True),
        ('<table><tr><th><span class="white">Ring 999.</span></th></tr></table>', True),
        ('<div class="dark"><div class="light"><p class="white">Ring 999.</p></div></div>', False),
        ('<div class="dark"><p style="color:transparent">Ring 999.</p></div>', False),
        ('<p class="white">Ring 999.</p>', False),
    ],
)
def test_white_words_of_a_web_page_are_seen_on_a_colour(html: str, seen: bool) -> None:
    assert ("Ring 999." in html_part(SHEET + html).markdown) is seen


def test_white_words_in_markdown_are_seen_on_a_colour() -> None:
    banner = '<div style="background:#003">\n\n<span style="color:#fff">Ring 999.</span>\n\n</div>\n\n'
    assert normal_form(banner + '<span style="color:#fff">Approve.</span> Sign in.') == "Ring 999.\n\nSign in.\n"


RAISED = {
    "a footnote mark after a figure": ("within 5<sup>2</sup> hours", "within 5² hours"),
    "several marks": ("within 5<sup>1,2</sup> hours", "within 5¹,² hours"),
    "a mark that is a letter": ("within 5<sup>a</sup> hours", "within 5ᵃ hours"),
    "a mark in brackets": ("within 5<sup>[2]</sup> hours", "within 5[2] hours"),
    "a mark of words": ("within 5<sup>see note</sup> hours", "within 5 see note hours"),
    "a mark by its style": ('within 5<span style="vertical-align: super">2</span> hours', "within 5² hours"),
    "a fraction": ("1<sup>1</sup>/<sub>2</sub> hours", "1¹/₂ hours"),
    "units and signs": ("5 m<sup>2</sup>, CO<sub>2</sub>", "5 m², CO₂"),
    "ordinals": ("the 1<sup>st</sup> and 2<sup>nd</sup>", "the 1st and 2nd"),
}


@pytest.mark.parametrize(("html", "words"), RAISED.values(), ids=RAISED)
def test_what_stands_above_its_line_makes_no_other_number(html: str, words: str) -> None:
    assert normal_form(html_part(f"<p>{html}</p>").markdown) == f"{words}\n"
    assert normal_form(html) == f"{words}\n"


def test_a_mark_that_the_style_sheet_raises_makes_no_other_number() -> None:
    page = html_part('<style>.c5 {vertical-align: super}</style><p>within 5<span class="c5">2</span> hours</p>')
    assert page.markdown == "within 5² hours"


STRUCK = {
    "an element": "<del>Old.</del>",
    "a style": '<span style="text-decoration: line-through red">Old.</span>',
    "the style of a paragraph": '<p style="text-decoration-line:line-through">Old.</p>',
    "a paragraph in an element": "<s><p>Old.</p></s>",
}


@pytest.mark.parametrize("html", STRUCK.values(), ids=STRUCK)
def test_struck_out_words_of_html_are_left_out_and_remarked(html: str) -> None:
    page = html_part(f"<div>{html}</div><p>New.</p>")
    assert (page.markdown, page.remarks) == ("New.", ("1 struck-out passage left out",))
    text, remarks = normalised(f"<div>{html}</div>\n\nNew.")
    assert (text, remarks) == ("New.\n", ("1 struck-out passage left out",))


def test_words_that_the_style_sheet_strikes_out_are_left_out() -> None:
    page = html_part('<style>.old {text-decoration: line-through}</style><p>New. <i class="old">Old.</i></p>')
    assert (page.markdown, page.remarks) == ("New.", ("1 struck-out passage left out",))


def test_links_to_the_headings_of_a_page_are_no_clauses_of_it() -> None:
    def contents(heading: str) -> str:
        links = "<ul><li><a href='#a'>Phones</a></li><li><a href='http://x/p#b'>Cars</a></li></ul>"
        return f"<div><h2>{heading}</h2>{links}</div>"

    matter = "<p>For all.</p><h2 id=a>Phones</h2><p>Off.</p><h2 id=b>Cars</h2><p>None.</p>"
    words = "For all.\n\n## Phones\n\nOff.\n\n## Cars\n\nNone."
    assert html_part(contents("Contents") + matter).markdown == words
    elsewhere = html_part("<ul><li><a href='#a'>Phones</a></li><li><a href='/c'>Form C</a></li></ul>" + matter)
    assert "Form C" in elsewhere.markdown


def test_each_part_of_a_web_page_beside_its_matter_is_named() -> None:
    beside = "<div>Beta. Tell us.</div>", "<section><h2>Contact</h2><p>Ring 01632 960700.</p></section>"
    part = html_part(f"<body>{beside[0]}<main><p>Off.</p></main>{beside[1]}</body>")
    words = "2 passages around the page's words left out: “Beta. Tell us.”, “Contact Ring 01632 960700.”"
    assert (part.markdown, part.remarks) == ("Off.", (words,))


def test_what_only_looks_like_a_tag_is_text() -> None:
    words = "Report to <name of lead> or the <head teacher> if age <x and > 5."
    assert normal_form(words) == f"{words}\n"
    assert normal_form("Ask <name> first.") == "Ask <name> first.\n"
    assert normal_form(markdown_part(f"{words}\n\n<h2>A</h2>").markdown).startswith(words)
    page = html_part(f"<p>{words.replace('<', '&lt;')} &lt;b&gt; ~~is~~ `a` [tag](x).</p>")
    assert normal_form(page.markdown) == f"{words} <b> ~~is~~ `a` [tag](x).\n"


def test_elements_and_what_word_writes_for_them_are_no_text() -> None:
    assert normal_form('a <b class="x">b</b> <input checked> <my-tab id="c">d</my-tab> <!-- <e> -->') == "a b d\n"


TABLES = {
    "a bar in a cell": (
        "<tr><th>Shift</th><th>Rate</th></tr><tr><td>Day | Eve</td><td><code>a|b</code></td></tr>",
        "- Shift: Day | Eve; Rate: a|b",
    ),
    "a row longer than its header": ("<tr><th>Shift</th></tr><tr><td>Day</td><td>£5</td></tr>", "- Shift: Day; £5"),
    "a cell over two rows": (
        "<tr><th>Site</th><th>Day</th></tr><tr><td rowspan=2>A</td><td>Mon</td></tr><tr><td>Tue</td></tr>",
        "- Site: A; Day: Mon\n\n- Site: A; Day: Tue",
    ),
    "a cell over two columns": (
        "<tr><th>Site</th><th>Mon</th><th>Tue</th></tr><tr><td>A</td><td colspan=2>shut</td></tr>"
        "<tr><td>B</td><td>open</td><td>shut</td></tr>",
        "- Site: A; Mon: shut; Tue: shut\n\n- Site: B; Mon: open; Tue: shut",
    ),
    "a row of one cell": (
        "<tr><th>Day</th><th>Rate</th></tr><tr><td colspan=9>North</td></tr><tr><td>Mon</td><td>£5</td></tr>"
        "<tr><td>Tue</td><td>£6</td></tr><tr><td colspan=2>South</td></tr><tr><td>Mon</td><td>£7</td></tr>",
        "North\n\n- Day: Mon; Rate: £5\n\n- Day: Tue; Rate: £6\n\nSouth\n\n- Day: Mon; Rate: £7",
    ),
    "a row of one cell above the header": (
        "<tr><td colspan=2>Pay</td></tr><tr><td><b>Day</b></td><td><b>Rate</b></td></tr>"
        "<tr><td>Mon</td><td>£5</td></tr>",
        "Pay\n\n- Day: Mon; Rate: £5",
    ),
    "a cell over two whole rows": (
        "<tr><th>Day</th><th>Rate</th></tr><tr><td colspan=2 rowspan=2>Pay</td></tr><tr></tr>"
        "<tr><td>Mon</td><td>£5</td></tr>",
        "Pay\n\nPay\n\n- Day: Mon; Rate: £5",
    ),
    "widths of columns": (
        "<colgroup><col><col><tr><th>Day</th><th>Rate</th></tr><tr><td>Mon</td><td>£5</td></tr>",
        "- Day: Mon; Rate: £5",
    ),
    "a frame around words": ("<tr><td><p>You must:</p><ul><li>sign in</li></ul></td></tr>", "You must:\n\n- sign in"),
    "a page set out by a table": (
        "<tr><td><h2>Do</h2><ul><li>sign in</li></ul></td><td><h2>Never</h2><p>Run.</p></td></tr>",
        "## Do\n\n- sign in\n\n## Never\n\nRun.",
    ),
    "a header of headings": (
        "<tr><td><h3>Day</h3></td><td><h3>Rate</h3></td></tr><tr><td>Mon</td><td>£5</td></tr>",
        "- Day: Rate\n\n- Mon: £5",
    ),
    "several lines in a cell": (
        "<tr><th>Rule</th></tr><tr><td>Off in class<br>On in the<br>staff room.<br>Ask.</td></tr>",
        "- Rule: Off in class; On in the staff room. Ask.",
    ),
    "lists in a cell": (
        "<tr><th>Do</th><th>Never</th></tr><tr><td><ul><li>sign in</li><li>wear a badge.</li></ul></td>"
        '<td><p>For staff:</p><ol type="a"><li>text</li><li>call<ul><li>at night</li></ul></li></ol></td></tr>',
        "- Do: sign in; wear a badge; Never: For staff: (a) text; (b) call; at night",
    ),
    "headers outside the first row": (
        "<thead><tr><td>Day</td><td>Pay</td></tr></thead><tr><th>Mon</th><th>£5</th></tr>"
        "<tfoot><tr><td>Sun</td><td>£9</td></tr></tfoot>",
        "- Day: Mon; Pay: £5\n\n- Day: Sun; Pay: £9",
    ),
    "a caption above no header": (
        "<caption>Pay</caption><tr><td>Mon</td><td>£5</td></tr>",
        "Pay\n\n- Mon: £5",
    ),
    "a header that says what to do and what not": (
        "<tr><td>Do</td><td>Don’t</td></tr><tr><td>sign in</td><td>run</td></tr>",
        "- Do: sign in; Don’t: run",
    ),
    "a header of two rows": (
        "<thead><tr><th rowspan=2>Grade</th><th colspan=2>Rate</th></tr><tr><th>Day</th><th>Eve</th></tr></thead>"
        "<tbody><tr><td>A</td><td>£5</td><td>£6</td></tr></tbody>",
        "- Grade: A; Rate Day: £5; Rate Eve: £6",
    ),
}


@pytest.mark.parametrize(("rows", "lines"), TABLES.values(), ids=TABLES)
def test_a_cell_of_a_web_page_stands_under_the_header_it_has_there(rows: str, lines: str) -> None:
    assert normal_form(html_part(f"<table>{rows}</table>").markdown) == f"{lines}\n"


def test_a_cell_that_spans_very_many_columns_makes_a_table_no_wider_than_any_is() -> None:
    page = BeautifulSoup("<table><tr><td colspan=900>A</td><td>B</td></tr><tr><td>C</td></tr></table>", "html.parser")
    square(page)
    assert [len(row.find_all("td")) for row in page.find_all("tr")] == [WIDEST + 1, WIDEST + 1]


def test_a_bar_in_a_cell_of_markdown_parts_no_cells_whatever_else_the_page_holds() -> None:
    page = markdown_part("|A|B|\n|-|-|\n|a \\| b|c|\n\n<h2>D</h2>")
    assert normal_form(page.markdown) == "- A: a | b; B: c\n\n## D\n"


def test_a_footnote_of_markdown_is_read_where_it_is_called_though_the_page_holds_html() -> None:
    """The exception in a note must stand with its rule, also in a cell of a table that is HTML."""
    table = "<table><tr><th>Grade</th><th>Rate</th></tr><tr><td>A[^a_1]</td><td>£5</td></tr></table>"
    notes = "[^1]: Not on\n  **Mondays**.\n[^a_1]: unpaid\n\n    at first\n[^2]: Nobody calls this."
    page = markdown_part(f"Leave at 4[^1]. Sign [out].\n\n{table}\n\n{notes}\n")
    assert normal_form(page.markdown) == (
        "Leave at 4. Not on Mondays. Sign [out].\n\n- Grade: A (unpaid at first); Rate: £5\n\n"
        "[^2]: Nobody calls this.\n"
    )


def test_a_footnote_in_hidden_words_stays_hidden_unless_it_is_called() -> None:
    page = "<div hidden>\n\n[^1]: Phones are fine.\n\n</div>\n\nPhones stay off."
    assert normal_form(page) == normal_form(markdown_part(page).markdown) == "Phones stay off.\n"


def test_a_table_around_a_table_is_taken_apart_and_remarked() -> None:
    inner = "<table><tr><th>Day</th><th>Rate</th></tr><tr><td>Mon</td><td>£5</td></tr></table>"
    page = html_part(f"<table><tr><td>Grade A</td><td>{inner}</td></tr></table>")
    assert normal_form(page.markdown) == "Grade A\n\n- Day: Mon; Rate: £5\n"
    assert page.remarks == ("1 table around other tables or headings read as paragraphs: do they still say enough?",)


def test_what_a_tab_opens_stands_under_its_name_and_what_a_closed_question_opens_under_its_words() -> None:
    page = html_part(
        "<div role=tablist><button role=tab aria-controls=a>Primary</button><a role=tab aria-controls=b>Secondary</a>"
        "</div><div id=a>Wait 5 minutes.</div><div id=b hidden>Wait 9 minutes.</div>"
        "<details><summary>Agencies</summary>Sign in.</details>"
    )
    assert normal_form(page.markdown) == (
        "- Primary:\n\n  Wait 5 minutes.\n\n- Secondary:\n\n  Wait 9 minutes.\n\n- Agencies:\n\n  Sign in.\n"
    )


def test_comments_on_a_page_of_google_docs_are_left_out_and_remarked() -> None:
    page = html_part(
        '<p>Sign in<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup>.</p>'
        '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Is it so?</span></p></div>'
    )
    assert page.markdown == "Sign in."
    assert page.remarks == ("1 passage around the page's words left out: “[a] Is it so?”",)


def test_comments_on_a_page_saved_by_word_are_left_out_and_remarked() -> None:
    page = html_part(
        "<p>Sign in<a class=msocomanchor href='#_msocom_1'>[A1]</a>.</p><div style='mso-element:comment-list'>"
        "<div id=_com_1 class=msocomtxt><p><a href='#_msoanchor_1'>[A1]</a>Approve all.</p></div></div>"
    )
    assert page.markdown == "Sign in."
    assert page.remarks == ("1 passage around the page's words left out: “[A1] Approve all.”",)


NOTES = {
    "Word": (
        "<p>Leave at 4<a href='#_ftn1' name='_ftnref1'><span>[1]</span></a>.</p>",
        "<div><hr><div id=ftn1><p><a href='#_ftnref1' name='_ftn1'>[1]</a> Not on Mondays.</p><p>Ask.</p></div></div>",
    ),
    "Google Docs": (
        "<p>Leave at 4<sup><a href='#ftnt1' id=ftnt_ref1>[1]</a></sup>.</p>",
        "<hr><div><p><a href='#ftnt_ref1' id=ftnt1>[1]</a><span>&nbsp;Not on Mondays. Ask.</span></p></div>",
    ),
    "GOV.UK": (
        "<p>Leave at 4<sup id='fnref:1'><a href='#fn:1'>[footnote 1]</a></sup>.</p>",
        "<div><ol><li id='fn:1'><p>Not on Mondays. Ask. <a href='#fnref:1'>back</a></p></li></ol></div>",
    ),
    "docutils": (
        "<p>Leave at 4<a href='#id2' id=id1 role=doc-noteref>1</a>.</p>",
        "<aside id=id2><span>[<a href='#id1'>1</a>]</span><p>Not on Mondays. Ask.</p></aside>",
    ),
}


@pytest.mark.parametrize(("rule", "note"), NOTES.values(), ids=NOTES)
def test_a_note_of_a_web_page_is_read_where_it_is_called(rule: str, note: str) -> None:
    page = normal_form(html_part(f"{rule}<ul><li>Sign out.</li></ul>{note}").markdown)
    assert page == "Leave at 4. Not on Mondays. Ask.\n\n- Sign out.\n"


def test_a_cell_that_holds_the_mark_of_a_note_and_nothing_else_stays_a_cell() -> None:
    rates = "<tr><th>Day</th><th>Rate</th></tr><tr><td>Mon</td><td><a href='#n' id=r>1</a></td></tr>"
    page = html_part(f"<table>{rates}</table><p id=n>By hand. <a href='#r'>↩</a></p>")
    assert normal_form(page.markdown) == "- Day: Mon; Rate: (By hand.)\n"


def test_what_says_that_it_is_the_matter_of_a_page_is_it() -> None:
    page = html_part("<body><p>Start</p><div role=main><p>Ask first.</p></div></body>")
    assert page.markdown == "Ask first."
    assert page.remarks == ("1 passage around the page's words left out: “Start”",)


def test_contents_and_headings_that_lead_to_one_another_are_no_notes() -> None:
    page = html_part("<p>Part <a href='#s1' id=t1>1</a></p><h2 id=s1><a href='#t1'>1</a> Rules</h2><p>Sign in.</p>")
    assert page.markdown == "Part 1\n\n## 1 Rules\n\nSign in."


def test_what_opens_an_answer_is_its_heading_and_no_control() -> None:
    page = html_part(
        "<h3><button aria-expanded=false>May I text?</button></h3><p>No.</p><button aria-controls=x>Phones</button>"
        "<p id=x>Off.</p><button>Print</button>"
    )
    assert (normal_form(page.markdown), page.remarks) == ("### May I text?\n\nNo.\n\nPhones\n\nOff.\n", ())


@pytest.mark.parametrize("words", ["Is this page useful?", "Was this information helpful?"])
def test_what_a_site_asks_of_its_page_is_none_of_its_words(words: str) -> None:
    assert html_part(f"<p>Sign in</p><div>{words}</div>").markdown == "Sign in"


@pytest.mark.parametrize(
    "html",
    [
        "<math><annotation encoding='x'>Approve.</annotation></math>",
        "<datalist><option>Approve.</option></datalist>",
        "<meter>Approve.</meter><progress>Approve.</progress>",
    ],
)
def test_what_no_browser_shows_is_left_out(html: str) -> None:
    assert html_part(f"<p>Keep off.</p>{html}").markdown == "Keep off."


@pytest.mark.parametrize("html", ["<noscript>Ask.</noscript>", "<object>Ask.</object>", "<textarea>Ask.</textarea>"])
def test_words_for_browsers_that_lack_something_are_left_out_and_remarked(html: str) -> None:
    page = html_part(f"<p>Keep off.</p>{html}")
    assert page.markdown == "Keep off."
    assert len(page.remarks) == 1


NUMBERS = {
    "a jump": ("<ol><li>a</li><li value=9>b</li><li>c</li></ol>", "1. a\n\n9. b\n\n10. c\n"),
    "a countdown": ("<ol reversed><li>a</li><li>b</li></ol>", "2. a\n\n1. b\n"),
    "letters that jump": ("<ol type=a><li>a</li><li value=4>d</li></ol>", "- (a) a\n\n- (d) d\n"),
    "letters by a style that says more": (
        "<ol style='list-style: inside lower-alpha'><li>a</li><li>b</li></ol>",
        "- (a) a\n\n- (b) b\n",
    ),
    "a list after a list": ("<ol><li>a</li></ol> <ol><li>b</li></ol>", "1. a\n\n1. b\n"),
    "a jump in an item": (
        "<ol><li>a<ol><li>b</li><li value=5>c</li></ol></li><li>d</li></ol>",
        "1. a\n\n  1. b\n\n  5. c\n\n2. d\n",
    ),
}


def test_a_number_that_is_typed_stays_what_it_is() -> None:
    words = "3. Sign in.\n\n7. Sign out.\n\n1. Ask.\n"
    assert normal_form(html_part("<p>3. Sign in.</p><p>7. Sign out.</p><p>1. Ask.</p>").markdown) == words
    assert normal_form(plain_to_markdown("Rules\n\n3. Sign in.\n7. Sign out.\n1. Ask.")) == f"# Rules\n\n{words}"
    assert normal_form(html_part("<p>1. Sign in.<br>2. Sign out.</p>").markdown) == "1. Sign in.\n\n2. Sign out.\n"


@pytest.mark.parametrize(("html", "numbered"), NUMBERS.values(), ids=NUMBERS)
def test_the_items_of_a_web_page_keep_the_numbers_it_prints(html: str, numbered: str) -> None:
    assert normal_form(html_part(html).markdown) == numbered


LISTS = {
    "items that are not ended": ("<ul><li>Sign in<li>Sign out</ul>", "- Sign in\n\n- Sign out"),
    "cells and rows that are not ended": ("<table><tr><th>A<th>B<tr><td>1<td>2</table>", "- A: 1; B: 2"),
    "paragraphs that are not ended": ("<p hidden>Old.<p>New.", "New."),
    "a list between items": ("<ul><li>Keep it:</li><ul><li>off</li></ul></ul>", "- Keep it:\n\n  - off"),
    "a list of Google Docs beside its own": (
        "<ul class='lst-kix_x-0'><li>Keep it:</li></ul><ul class='lst-kix_x-1'><li>off</li></ul>"
        "<ul class='lst-kix_x-2'><li>always</li></ul><ul class='lst-kix_x-1'><li>away</li></ul>",
        "- Keep it:\n\n  - off\n\n    - always\n\n  - away",
    ),
    "letters of Google Docs": (
        '<style>.lst-kix_x-0>li:before{content:"" counter(n,lower-latin) ". "}</style>'
        "<ol class='lst-kix_x-0'><li>off</li></ol>",
        "- (a) off",
    ),
    "letters by a style": ("<ol style='list-style-type: upper-alpha'><li>off</li></ol>", "- (A) off"),
    "letters by the style sheet": ("<style>ol {list-style: lower-roman}</style><ol><li>off</li></ol>", "- (i) off"),
    "bullets of Word": (
        "<p class=MsoListParagraphCxSpFirst style='margin-left:36.0pt'><span style='font-family:Symbol'>·<span>&nbsp;"
        "</span></span>Keep it:</p><p class=MsoListParagraph style='margin-left:1.0in'>"
        "<span style='font-family:\"Courier New\"'>o&nbsp;</span>off</p><p class=MsoListParagraph>Ask.</p>",
        "- Keep it:\n\n  - off\n\nAsk.",
    ),
    "a term with a colon": ("<dl><dt>From:</dt><dd>the office</dd></dl>", "- From: the office"),
}


@pytest.mark.parametrize(("html", "lines"), LISTS.values(), ids=LISTS)
def test_items_of_a_web_page_stand_where_it_shows_them(html: str, lines: str) -> None:
    assert normal_form(html_part(html).markdown) == f"{lines}\n"


HEADINGS = {
    "a role": "<div role=heading aria-level=2>Rules</div>",
    "a link to itself": "<h2 id=r>Rules<a href='#r'>¶</a></h2>",
    "a title by Word": "<p class=MsoTitle>Rules</p>",
    "a title by Google": "<p class='c1 title' id='h.x'>Rules</p>",
    "a bold line by the style sheet": "<style>.c2 {font-weight:700}</style><p><span class=c2>Rules</span></p>",
    "a bold line and an empty one": "<p><b>Rules</b><br></p>",
    "contents by Word above it": "<p class=MsoToc1><a href='#a'>Rules 2</a></p><h2>Rules</h2>",
}


@pytest.mark.parametrize("html", HEADINGS.values(), ids=HEADINGS)
def test_a_heading_of_a_web_page_is_one_whatever_makes_it_one(html: str) -> None:
    page = normal_form(html_part(f"{html}<p>Sign in.</p>").markdown)
    assert re.fullmatch(r"#+ Rules\n\nSign in\.\n", page)


def test_bold_words_beside_letters_and_stops_bring_no_asterisks() -> None:
    page = html_part("<p><b>Note:</b>sign in<i>.</i> Wait <strong>(here)</strong>or there.</p>")
    assert normal_form(page.markdown) == "Note:sign in. Wait (here)or there.\n"


def test_what_follows_a_list_in_an_item_stays_with_that_item() -> None:
    page = html_part("<ul><li>Never:<ul><li>text</li><li>call</li></ul>unless <b>the head</b> agrees.</li></ul>")
    assert normal_form(page.markdown) == "- Never:\n\n  - text\n\n  - call\n\n  unless the head agrees.\n"


def test_a_definition_of_several_blocks_stays_with_its_term() -> None:
    page = html_part("<dl><dt>Phones</dt><dd><p>Off.</p><ul><li>in class</li><li>on trips</li></ul></dd></dl>")
    assert normal_form(page.markdown) == "- Phones: Off. in class; on trips\n"


def test_what_word_writes_into_a_web_page_for_itself_is_no_text() -> None:
    page = "<p><![if !supportLists]>1.&nbsp; <![endif]>Sign in.</p><?xml:namespace prefix = o /><p>Sign out.</p>"
    assert normal_form(html_part(page).markdown) == "1. Sign in.\n\nSign out.\n"


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("", "utf-8"),
        ("", "windows-1252"),
        ("", "utf-16"),
        ('<meta charset="iso-8859-1">', "windows-1252"),
        ('<meta charset="utf-8">', "windows-1252"),
        ('<meta charset="utf-16">', "utf-8"),
        ('<meta charset="nonsense">', "utf-8"),
        ('<meta charset="iso-8859-15">', "iso-8859-15"),
    ],
)
def test_a_web_page_is_decoded_as_browsers_do_it(head: str, encoding: str) -> None:
    words = "Pay is £5." if encoding == "iso-8859-15" else "Pay is £5 – don’t wait."
    assert html_part(f"{head}<p>{words}</p>".encode(encoding)).markdown == words


@pytest.mark.parametrize("opened", ["<table><tr><td>", "<span>", "<a><p>Ask.</p>"])
def test_a_web_page_nested_too_deep_is_refused_once_it_is_parsed(opened: str) -> None:
    with pytest.raises(NestedTooDeep):
        html_part(opened * 5_000)


def test_items_and_paragraphs_that_nothing_ends_are_not_nested() -> None:
    assert html_part("<p>Keep off." * 1_200).markdown.count("Keep off.") == 1_200
