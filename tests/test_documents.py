"""Files → documents: the seed page word for word, normal form, front matter, and which files are let in."""

from __future__ import annotations

import os
import re
import textwrap
import time
from pathlib import Path

import pytest

from ingest.admission import Limits, shown
from ingest.clauses import cut
from ingest.documents import Document, HandbookError, UnreadableFile, read_document, read_folder
from ingest.front_matter import front_matter
from ingest.invisible import seen
from ingest.markdown import looks_like_heading, normal_form, normalised, without_templates
from ingest.plain import plain_to_markdown

ROOT = Path(__file__).parent.parent
SEED = ROOT / "policy_docs" / "it-and-social-media.md"
HANDED_OVER = ROOT.parent / "shared" / "handbook" / "it-and-social-media.txt"


def as_pasted(markdown: str) -> str:
    """The seed page as it comes from the help centre: breadcrumb, dots for bullets, hard wraps, "Next Article"."""
    body = front_matter(markdown)[1].replace("# IT and Social Media", "IT and Social Media")
    lines = []
    for paragraph in body.strip().split("\n\n"):
        first, later = ("  • ", "    ") if paragraph.startswith("- ") else ("    ", "    ")
        first = first if paragraph.startswith(("- ", "  ")) else ""
        words = paragraph.removeprefix("- ").strip()
        lines += textwrap.wrap(words, 97, initial_indent=first, subsequent_indent=later if first else "")
        lines += [] if first else [""]
    return "\n".join(["1. Help Centre", "  2. Candidate Handbook", "", *lines, "", "Next Article"])


def said(document: Document) -> list[str]:
    return [sentence.text for clause in cut(document) for sentence in clause.sentences]


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_the_pasted_seed_page_says_the_same_sentences_word_for_word(tmp_path: Path) -> None:
    pasted = read_document(written(tmp_path, "page.txt", as_pasted(SEED.read_text("utf-8"))), tmp_path)
    page = read_document(SEED, SEED.parent)
    assert (pasted.title, said(pasted)) == ("IT and Social Media", said(page))
    assert len(said(page)) == 37


@pytest.mark.skipif(not HANDED_OVER.exists(), reason="the page as it was handed over lies beside a checkout only")
def test_the_page_as_it_was_handed_over_says_the_same_too() -> None:
    page = read_document(SEED, SEED.parent)
    assert read_document(HANDED_OVER, HANDED_OVER.parent).text == page.text


def test_the_seed_page_keeps_its_ids_numbers_and_both_paragraphs_of_a_bullet() -> None:
    clauses = cut(read_document(SEED, SEED.parent))
    assert [clause.number for clause in clauses][:3] == ["¶1", "1", "2"]
    assert clauses[9].text.startswith("Do not exchange private texts")
    assert clauses[9].id == "it-and-social-media/15b81a9b"
    assert [c.number for c in clauses if c.text.startswith(("Headteachers", "Do not engage"))] == ["14", "14 ¶2"]
    assert not any(re.search("Next Article|Help Centre", clause.text) for clause in clauses)


NORMAL = {
    "setext headings and hard wraps": ("Title\n=====\n\nSub\n---\n\na\nb", "# Title\n\n## Sub\n\na b\n"),
    "a rule drawn below a paragraph": ("Never text\na parent.\n---\na", "Never text a parent.\n\na\n"),
    "hard spaces behind marks": ("#\u00a0Title\n\n-\u00a0a\n-\u00a0b\n\n1.\u00a0c", "# Title\n\n- a\n\n- b\n\n1. c\n"),
    "inline marks": ("**a** _b_ `c` [d](http://e) ![f](g)\\*", "a b c d *\n"),
    "nested lists": ("* a\n  * b\n\n    more\n* c", "- a\n\n  - b\n\n    more\n\n- c\n"),
    "numbers as printed": ("3. a\n3. b\n\n1) c", "3. a\n\n4. b\n\n1) c\n"),
    "a quotation": ("> a\n>\n> - b", "a\n\n- b\n"),
    "a callout": ("> [!WARNING]\n> Keep out.", "Warning: Keep out.\n"),
    "code on one line": ("```sh\n# a\nb\n```", "\\# a b\n"),
    "words that look like marks": ("\\# a\n\n\\- b", "\\# a\n\n\\- b\n"),
    "labels that begin lines": (
        "4.2 You must:\n(a) lock up\n(b) sign out",
        "4.2 You must:\n\n(a) lock up\n\n(b) sign out\n",
    ),
    "labels that are only named": (
        "See (a)\n(b) or (c),\n(b) to (d), (c)\n(b) and (c)\n(b) to the end",
        "See (a) (b) or (c), (b) to (d), (c) (b) and (c)\n\n(b) to the end\n",
    ),
    "dots for bullets": ("You must:\n• a\n• b", "You must:\n\n- a\n\n- b\n"),
    "definitions": ("DSL\n: Safeguarding lead\n: Deputy head", "- DSL: Safeguarding lead\n\n- DSL: Deputy head\n"),
    "a table": ("|Grade|Rate|\n|-|-|\n|A|£1.|\n||£2|", "- Grade: A; Rate: £1.\n\n- Rate: £2\n"),
    "a table with stops of its words' own": (
        "|Late|When?|Pay|\n|-|-|-|\n|after 9 p.m.|on Sat.|£1.|\n|No.|Now.||",
        "- Late: after 9 p.m.; When: on Sat.; Pay: £1.\n\n- Late: No; When: Now.\n",
    ),
    "a table with lines in its cells": (
        "|Phones|Who|\n|-|-|\n|Off in class<br>On in the<br/>staff room|all|",
        "- Phones: Off in class; On in the staff room; Who: all\n",
    ),
    "a table of nothing but its header": ("|Grade|Rate|\n|-|-|", "- Grade; Rate\n"),
    "a bold question": ("**Can I text a parent?**\n\nNo.", "###### Can I text a parent?\n\nNo.\n"),
    "a bold rule, which must stay quotable": ("**Never text a parent**", "Never text a parent\n"),
    "emoji": ("Well done 🎉 👩‍🏫 ❤️", "Well done 🎉 👩‍🏫 ❤️\n"),
    "several H1s": ("# a\n\nb\n\n# c\n\nd", "# a\n\nb\n\n# c\n\nd\n"),
    "HTML in a line": ("a<br>b <b>c</b> <!-- d --> <script>e</script>f", "a b c f\n"),
    "HTML in a block": ("<p>a <i>b</i></p><p>c</p>", "a b\n\nc\n"),
    "an element that was never opened, and an attribute without a value": ("a</b> <i id=1 class>b</i>", "a b\n"),
    "a hidden block over several paragraphs": ("<div hidden>\n\na\n\n- b\n\n</div>\n\nc", "c\n"),
    "struck-out words": ("~~Phones are fine.~~ Phones are banned.", "Phones are banned.\n"),
    "the tags of a site generator": ('[a]({% page "/b" %}) {% if c %}d{: .e}', "a d\n"),
    "entities": ("a&nbsp;&amp; b&#8203;c", "a & bc\n"),
    "a footnote where it is called": (
        "Leave at 4[^1]. Sign out.\n\n- red[^b]\n\n[^1]: Not on\n  **Mondays**.\n[^b]: visitors",
        "Leave at 4. Not on Mondays. Sign out.\n\n- red (visitors)\n",
    ),
    "footnotes of a heading and of a cell": (
        "# Pay[^p]\n\n|A|B|C|\n|-|-|-|\n|a[^1]|b|c|\n\n[^p]: From May.\n[^1]: Unpaid.\n\n    Always.",
        "# Pay\n\nFrom May.\n\n- A: a (Unpaid. Always.); B: b; C: c\n",
    ),
    "a footnote that nothing calls, and a mark without one": (
        "a[^1]\n\n[^2]: b\n\n<!--\n[^1]: c\n-->",
        "a[^1]\n\n[^2]: b\n",
    ),
    "a place for the contents, and boxes to tick": ("[TOC]\n\n- [x] a\n- [ ] b\n- [ ]", "- a\n\n- b\n\n- [ ]\n"),
    "columns named by what is asked": (
        "||||\n|-|-|-|\n|Device|Who may borrow it|Kept in|\n|Camera|Anybody|Safe|",
        "- Device: Camera; Who may borrow it: Anybody; Kept in: Safe\n",
    ),
    "nothing": ("<!-- a -->\n\n---\n", ""),
}


@pytest.mark.parametrize(("markdown", "normal"), NORMAL.values(), ids=NORMAL)
def test_markdown_has_one_normal_form(markdown: str, normal: str) -> None:
    assert normal_form(markdown) == normal


def test_a_note_that_is_called_very_often_stays_where_it_is() -> None:
    text = normal_form("a[^1].\n\n" * 21 + "[^1]: " + "b " * 1000)
    assert text.count("b b") == 500
    assert text.count("a[^1].") == 21


def test_cells_of_a_row_longer_than_its_header_are_remarked() -> None:
    text, remarks = normalised(
        "|Day|Rate|\n|-|-|\n|Mon|£5|not Sat|\n|Sun|£9||\n|Tue \\| Wed|£6|\n\n> Day|Rate\n> -|-\n> Thu|£7"
    )
    assert (
        text == "- Day: Mon; Rate: £5\n\n- Day: Sun; Rate: £9\n\n- Day: Tue | Wed; Rate: £6\n\n- Day: Thu; Rate: £7\n"
    )
    assert remarks == ("1 × left out: cells of a table row longer than its header: name their columns",)


PLAIN = {
    "labels before short words": (
        "Leave\n(a) when relieved; or\n(b) in an emergency.\n(c) if told to.",
        "# Leave\n\n(a) when relieved; or\n\n(b) in an emergency.\n\n(c) if told to.\n",
    ),
    "labels that are only named": (
        "Rules\n\nAll of what stands in the paragraphs (a)\n(b) to (d) is for you.",
        "# Rules\n\nAll of what stands in the paragraphs (a) (b) to (d) is for you.\n",
    ),
    "a breadcrumb with arrows": ("Home > Help > Phones\n\nPhones\n\nKeep them off.", "# Phones\n\nKeep them off.\n"),
    "a list that opens a page is no breadcrumb": ("1. Sign in.\n2. Sign out.", "1. Sign in.\n\n2. Sign out.\n"),
    "capital headings": ("Rules\n\nMOBILE PHONES\n\nKeep them off.", "# Rules\n\n## MOBILE PHONES\n\nKeep them off.\n"),
    "a capital rule, which must stay quotable": (
        "Rules\n\nNO SMOKING\n\nBin it.",
        "# Rules\n\nNO SMOKING\n\nBin it.\n",
    ),
    "underlined headings": (
        "Rules\n=====\n\nPhones\n------\nKeep them off.",
        "# Rules\n\n## Phones\n\nKeep them off.\n",
    ),
    "numbered sections": (
        "Rules\n\n4. Visitors\n4.1 Sign in.\n4.2 You must:\n(a) wear a badge",
        "# Rules\n\n## 4. Visitors\n\n4.1 Sign in.\n\n4.2 You must:\n\n(a) wear a badge\n",
    ),
    "bullets of several kinds": ("Rules\n\n•\tone\no\ttwo\n•\tthree", "# Rules\n\n- one\n\n  - two\n\n- three\n"),
    "signs and dashes for bullets": (
        "Rules\n\nNever:\n→ text\n+ call\n— film",
        "# Rules\n\nNever:\n\n- text\n\n- call\n\n- film\n",
    ),
    "rows of words set in columns": (
        "Rules\n\nPhones\tOff in class\nCars\tAt the back\n\nAll of this holds on every day.",
        "# Rules\n\nPhones Off in class\n\nCars At the back\n\nAll of this holds on every day.\n",
    ),
    "lozenges and squares for bullets": ("Rules\n\nNever:\n◆ text\n■ call", "# Rules\n\nNever:\n\n- text\n\n- call\n"),
    "what a help centre writes around a page": (
        "Pay\nWritten by Jo Marsh\nUpdated over a week ago\n\nWe pay on Friday.\n\nDid this answer your question?\n"
        "Have more questions? Submit a request",
        "# Pay\n\nWe pay on Friday.\n",
    ),
    "nested by indent": ("Rules\n\n- one\n    - two\n- three", "# Rules\n\n- one\n\n  - two\n\n- three\n"),
    "one paragraph a line": ("Go in. Sit.\nStand up.\n", "Go in. Sit.\n\nStand up.\n"),
    "headings between lines": (
        "Rules\nKeep phones off.\nCars\nPark at the back.",
        "# Rules\n\nKeep phones off.\n\n## Cars\n\nPark at the back.\n",
    ),
    "its characters as they are": ("Use 5 * 3 < x_y_z & [a] `b` #1.\n", "Use 5 * 3 < x_y_z & [a] `b` #1.\n"),
    "headings between rulers, and a ruler that parts": (
        "Rules\n\nPark at the back.\n\n=====\n1. TILL\n=====\n\nNo cash.\n\n*****\n\nAsk Jo.\n\n--\nJo Lee",
        "# Rules\n\nPark at the back.\n\n# 1. TILL\n\nNo cash.\n\nAsk Jo.\n\nJo Lee\n",
    ),
    "one line that could be the way to a page": ("Home › Handbook", "Home › Handbook\n"),
    "an e-mail": (
        "From: Jo <jo@x.example>\nDate: 1 May\nSubject: Re: Till rules!\n\nNo cash.",
        "# Till rules\n\nFrom: Jo <jo@x.example>; Date: 1 May.\n\nNo cash.\n",
    ),
    "what an e-mail quotes": (
        "Rules\n\nNo cash.\n> Al wrote that\n> he asked.\n> > Bread?\n>\n> Take it\n> home.\nAsk Jo.",
        "# Rules\n\nNo cash.\n\nAl wrote that he asked.\n\n## Bread?\n\nTake it home.\n\nAsk Jo.\n",
    ),
    "questions and answers": (
        "Phones\n\nCan I call home?\nNot in class.",
        "# Phones\n\n## Can I call home?\n\nNot in class.\n",
    ),
}


@pytest.mark.parametrize(("text", "normal"), PLAIN.values(), ids=PLAIN)
def test_plain_text_is_read_by_its_looks(text: str, normal: str) -> None:
    assert normal_form(plain_to_markdown(text)) == normal


def test_what_stands_out_and_forbids_is_no_heading() -> None:
    headings = ["Mobile phones", "Can I call home?", "What to do in a fire", "Who may borrow it"]
    lines = (
        *headings,
        "What you see must stay here",
        "No phones in class",
        "Staff must sign in",
        "Lock the door.",
        "What to do you must ask",
    )
    assert [line for line in lines if looks_like_heading(line)] == headings


SEEN = {
    "zero-width space": ("pay\u200bment", "payment", "U+200B"),
    "right-to-left override": ("\u202e000,1£", "000,1£", "U+202E"),
    "tag characters": ("a\U000e0069\U000e0067b", "ab", "U+E0067, U+E0069"),
    "variation selectors": ("a\ufe01b", "ab", "U+FE01"),
    "look-alike letters": ("р\u0430yment", "payment", "payment"),
}


@pytest.mark.parametrize(("text", "plain", "named"), SEEN.values(), ids=SEEN)
def test_what_cannot_be_seen_is_taken_out_and_named(text: str, plain: str, named: str) -> None:
    found, remarks = seen(text)
    assert found == plain
    assert named in " ".join(remarks)


def test_honest_signs_stay_without_remark() -> None:
    england = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
    text = f"👩\u200d🏫 ❤️ 1️⃣ {england} café “quoted” – £5 рассказ"
    assert seen(text) == (text, ())
    assert seen("ﬁrst safe\u00adguarding") == ("first safeguarding", ())


def test_lists_too_deep_to_read_are_refused_and_not_cut_off() -> None:
    with pytest.raises(UnreadableFile, match="nested more than 60 deep"):
        normal_form("".join("  " * depth + "- a\n" for depth in range(80)))
    assert normal_form("".join("  " * depth + "- a\n" for depth in range(25))).count("- a") == 25


@pytest.mark.parametrize("words", ["*" * 400 + "a" + "*" * 400, "*a **b " * 200 + "c** d* " * 200])
def test_emphasis_too_deep_to_read_is_refused_as_lists_are(words: str) -> None:
    with pytest.raises(UnreadableFile, match="nested more than 60 deep"):
        normal_form(words)
    assert normal_form("***Never* share** it.") == "Never share it.\n"


FRONT = {
    "a date": ("effective: 2026-09-01", "effective", "2026-09-01"),
    "a number": ("title: 2026", "title", "2026"),
    "quotes": ('title: "IT: rules"', "title", "IT: rules"),
    "several lines": ("section: >\n  Candidate\n  Handbook", "section", "Candidate Handbook"),
    "a list, which is left out": ("title: [a, b]", "title", ""),
}


@pytest.mark.parametrize(("yaml", "name", "value"), FRONT.values(), ids=FRONT)
def test_front_matter_of_any_type_becomes_a_line_of_text(yaml: str, name: str, value: str) -> None:
    meta, body = front_matter(f"---\n{yaml}\n---\nBody")
    assert (getattr(meta, name), body) == (value, "Body")


@pytest.mark.parametrize("date", ["September 2099", "31/02/2099", "next March", "20990901"])
def test_an_effective_date_that_is_none_is_remarked(date: str) -> None:
    assert front_matter(f"---\neffective: {date}\n---\nBody")[0].remarks == (
        f"effective in its front matter is {date!r}, no date, so it counts at once: write it as 2027-09-01",
    )


@pytest.mark.parametrize("date", ["", "2099-09-01", "2099-09-01 10:00:00", "1 September 2099", "01/09/2099"])
def test_an_effective_date_that_is_one_is_not_remarked(date: str) -> None:
    assert front_matter(f"---\neffective: {date}\n---\nBody")[0].remarks == ()


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("effectve", "effective"),
        ("efective", "effective"),
        ("Effective", "effective"),
        ("effective date", "effective"),
        ("tilte", "title"),
        ("sorce", "source"),
        ("sections", "section"),
    ],
)
def test_a_misspelt_name_in_front_matter_is_remarked(misspelt: str, meant: str) -> None:
    assert front_matter(f"---\n{misspelt}: 2099\n---\nBody")[0].remarks == (
        f"{misspelt!r} in its front matter is not read: if {meant!r} is meant, write that",
    )


@pytest.mark.parametrize("misspelt", ["audiance", "Audience", "audeince", "audience_group"])
def test_a_page_whose_audience_is_misspelt_is_refused(misspelt: str) -> None:
    with pytest.raises(UnreadableFile, match=f"^'{misspelt}' in its front matter is not read: if 'audience' is meant"):
        front_matter(f"---\n{misspelt}: consultants\n---\nBody")


@pytest.mark.parametrize(
    ("value", "audience"),
    [("[consultants]", "consultants"), ("[candidates]", "candidates"), ("\n- a\n- b", "a, b"), ("[]", "")],
)
def test_an_audience_may_be_a_list(value: str, audience: str) -> None:
    assert front_matter(f"---\naudience: {value}\n---\nBody")[0].audience == audience


@pytest.mark.parametrize("value", ["{only: consultants}", "[[consultants]]"])
def test_an_audience_that_is_no_words_is_refused(value: str) -> None:
    with pytest.raises(UnreadableFile, match="audience in its front matter is neither words nor a list"):
        front_matter(f"---\naudience: {value}\n---\nBody")


@pytest.mark.parametrize("name", ["expires", "expiry date", "valid_until", "Valid from", "until", "end_date", "draft"])
def test_a_name_in_front_matter_that_would_limit_a_page_is_remarked(name: str) -> None:
    (remark,) = front_matter(f"---\n{name}: 2020-01-01\n---\nBody")[0].remarks
    assert remark.startswith(f"{name!r} in its front matter is not read, so the page counts now")


@pytest.mark.parametrize("name", ["author", "style", "action", "time", "date", "objective", "5"])
def test_other_names_in_front_matter_are_passed_over(name: str) -> None:
    assert front_matter(f"---\n{name}: x\n---\nBody")[0].remarks == ()


@pytest.mark.parametrize(
    "value", ["!!bool maybe", "!!int ''", "!!timestamp foo", "1" + ":1" * 200 + ".5", "0x" + "f" * 5_000]
)
def test_a_value_that_is_not_of_its_kind_is_refused(value: str) -> None:
    with pytest.raises(UnreadableFile, match="is not YAML"):
        front_matter(f"---\ntitle: {value}\n---\nBody")


@pytest.mark.parametrize("name", ["title", "section", "source", "effective", "audience"])
def test_half_a_character_in_front_matter_is_refused(name: str) -> None:
    with pytest.raises(UnreadableFile, match=f"^{name} in its front matter is .*, with half a character in it: write"):
        front_matter(f'---\n{name}: "\\uD800 x"\n---\nBody')


def test_what_cannot_be_seen_in_front_matter_is_taken_out_and_remarked() -> None:
    meta, _ = front_matter('---\nsection: "Pay\\u200B roll"\nsource: "\\u202Ehttps://a.example"\n---\nBody')
    assert (meta.section, meta.source) == ("Pay roll", "https://a.example")
    assert meta.remarks == ("1 invisible character taken out (U+200B)", "1 invisible character taken out (U+202E)")


def test_words_between_two_rules_are_no_front_matter() -> None:
    assert front_matter("---\nKeep phones off.\n---\nMore")[1] == "---\nKeep phones off.\n---\nMore"
    with pytest.raises(UnreadableFile, match="not YAML"):
        front_matter("---\ntitle: IT: rules\n---\nBody")


def test_a_document_comes_back_from_json_as_it_was() -> None:
    page = Document("a", "A", "A.\n", "a.pdf", pages=((0, "i"),), remarks=("x",))
    assert Document("a", "A", "A.\n", "a.pdf", pages=[[0, "i"]], remarks=["x"]) == page  # type: ignore[arg-type, list-item]


REFUSED: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.md", b" \n", "is empty"),
    "headings alone": ("a.md", b"# A\n\n## B\n", "no text in it but headings"),
    "binary": ("a.md", b"abc\x00\x01\x02", "is binary"),
    "UTF-16 without its mark": ("a.txt", "Keep off.".encode("utf-16-le"), "UTF-16 without its mark"),
    "damaged UTF-8": ("a.md", "café".encode() + b" rules\xe9", "is not UTF-8 text (byte 11)"),
    "letters of an old Mac": ("a.md", b"You don\xd5t pay \xa330.", "is not UTF-8 text (byte 7)"),
    "letters of DOS": ("a.txt", b"You pay \x9c30 for a caf\x82 visit.", "is not UTF-8 text (byte 8)"),
    "a PDF by another name": ("a.md", b"%PDF-1.7\n", "its content is a PDF: give it the right ending"),
    "a program by another name": ("a.pdf", b"MZ\x90\x00", "its content is a Windows program"),
    "a web page by another name": ("a.txt", b"<!doctype html><p>a</p>", "is a web page: give it the ending .html"),
    "an archive by another name": ("a.docx", b"PK\x03\x04rest", "is damaged or cut off"),
    "an old Word file": ("a.doc", b"\xd0\xcf\x11\xe0", ".doc is not read: an old Word file: save it as .docx"),
    "a spreadsheet": (
        "a.csv",
        "a,b",
        ".csv is not read: a spreadsheet: copy its table into Word and save that as .docx",
    ),
    "another kind": ("a.rtf", b"{\\rtf1}", ".rtf is not read: save it as .docx"),
    "a page for some": ("a.md", b"---\naudience: consultants\n---\nRates.", "is for consultants"),
    "a page for some, as a list": ("a.md", b"---\naudience: [consultants]\n---\nRates.", "is for consultants"),
    "a page for some, misspelt": ("a.md", b"---\naudiance: consultants\n---\nRates.", "if 'audience' is meant"),
    "a run without spaces": ("a.md", b"a" * 5000, "2000 characters and more without a space"),
    "a YAML bomb": ("a.md", b"---\ntitle: " + b"[" * 9000 + b"\n---\nBody", "nested too deep"),
}


@pytest.mark.parametrize(("name", "content", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_bad_file_is_refused_by_name_and_the_rest_is_read(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    written(tmp_path, name, content)
    written(tmp_path, "z-good.md", "Keep phones off.")
    refused, good = read_folder(tmp_path)
    assert isinstance(refused, UnreadableFile)
    assert str(refused).startswith(f"{name}: ")
    assert reason in str(refused)
    assert isinstance(good, Document)
    assert good.text == "Keep phones off.\n"


def test_text_with_a_byte_order_mark_is_read_in_its_encoding(tmp_path: Path) -> None:
    for name, encoding in (("a.md", "utf-8-sig"), ("b.md", "utf-16"), ("c.md", "utf-32")):
        written(tmp_path, name, "Café rules.\r\nKeep off.".encode(encoding))
    assert [d.text for d in read_folder(tmp_path) if isinstance(d, Document)] == ["Café rules. Keep off.\n"] * 3


def test_windows_letters_are_read_and_the_owner_is_told_to_look(tmp_path: Path) -> None:
    for name in ("a.md", "b.txt"):
        written(tmp_path, name, "Don’t pay more than £30 – ask the café “first”.".encode("windows-1252"))
    read = [document for document in read_folder(tmp_path) if isinstance(document, Document)]
    assert [document.text for document in read] == ["Don’t pay more than £30 – ask the café “first”.\n"] * 2
    asked = "is not UTF-8 and was read as Windows-1252: are its quotation marks, dashes and £ right?"
    assert [document.remarks for document in read] == [(f"a.md: {asked}",), (f"b.txt: {asked}",)]


def test_a_link_out_of_the_folder_is_refused_and_one_within_is_read(tmp_path: Path) -> None:
    outside = written(tmp_path, "outside/secret.md", "Secret.")
    docs = written(tmp_path, "docs/page.md", "Keep off.").parent
    (docs / "link.md").symlink_to(outside)
    (docs / "folder.md").symlink_to(outside.parent)
    (docs / "more").symlink_to(outside.parent)
    (docs / "_more").symlink_to(outside.parent)
    (docs / "round").symlink_to(docs)
    (docs / "gone.md").symlink_to(docs / "nothing.md")
    (docs / "same.md").symlink_to(docs / "page.md")
    found = {str(d).split(":")[0] if isinstance(d, UnreadableFile) else d.path: d for d in read_folder(docs)}
    assert [name for name, d in found.items() if isinstance(d, Document)] == ["page.md", "same.md"]
    assert "leads out of the folder" in str(found["link.md"])
    assert "leads out of the folder" in str(found["folder.md"])
    assert "leads out of the folder" in str(found["more"])
    assert "is a link to a folder" in str(found["round"])
    assert len(found) == 7
    assert "cannot be opened (No such file or directory)" in str(found["gone.md"])


def test_hidden_files_settings_and_pictures_beside_the_pages_are_passed_over(tmp_path: Path) -> None:
    for name in (".hidden.md", "_draft.md", ".git/a.md", "taught.jsonl", "lexicon.yaml", "logo.png", "LICENSE"):
        written(tmp_path, name, "x")
    assert list(read_folder(tmp_path)) == []


def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    written(tmp_path, "a.md", "Keep off.")
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(20):  # deeper than a path may be long: unreadable for root too
        os.mkdir("deep" * 60, dir_fd=here)
        here, above = os.open("deep" * 60, os.O_RDONLY, dir_fd=here), here
        os.close(above)
    os.close(here)
    refused, page = read_folder(tmp_path)
    assert re.fullmatch(r"deep.*: is a folder that cannot be opened \(File name too long\): .*", str(refused))
    assert isinstance(page, Document)


def test_two_files_of_one_name_are_not_one_page(tmp_path: Path) -> None:
    written(tmp_path, "phones.md", "Keep off.")
    written(tmp_path, "phones.txt", "Keep on.")
    first, second = read_folder(tmp_path)
    assert isinstance(first, Document)
    assert str(second) == "phones.txt: has the same name as phones.md: keep one of them, or rename it"


def test_two_files_whose_names_look_alike_are_not_one_page(tmp_path: Path) -> None:
    written(tmp_path, "phones\x01.md", "Keep off.")
    written(tmp_path, "phones\x02.md", "Keep on.")
    first, second = read_folder(tmp_path)
    assert isinstance(first, Document)
    assert "has the same name as phones\ufffd.md" in str(second)


def test_a_link_that_leads_back_to_itself_is_named(tmp_path: Path) -> None:
    (tmp_path / "loop.md").symlink_to("loop.md")
    written(tmp_path, "page.md", "Keep off.")
    refused, page = read_folder(tmp_path)
    assert str(refused).startswith("loop.md: cannot be opened (")
    assert isinstance(page, Document)


def test_a_file_in_a_folder_that_cannot_be_searched_is_named(tmp_path: Path) -> None:
    page = written(tmp_path, "a.md", "Keep off.")
    here = os.open(tmp_path, os.O_RDONLY)
    room = os.pathconf(tmp_path, "PC_PATH_MAX") - len(str(tmp_path))
    for left in range(room, 250, -241):  # so deep that its folder can be opened and it cannot: for root too
        name = "d" * (240 if left > 500 else left - 255)
        os.mkdir(name, dir_fd=here)
        here, above = os.open(name, os.O_RDONLY, dir_fd=here), here
        os.close(above)
    os.close(os.open("f" * 252 + ".md", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)
    found = list(read_folder(tmp_path))
    assert [d.path for d in found if isinstance(d, Document)] == [page.name]
    assert [str(d).split(": ")[1] for d in found if isinstance(d, UnreadableFile)] == [
        "cannot be opened (File name too long)"
    ]


@pytest.mark.parametrize("line", ["a > " * 40 + ".", "a › " * 5_000 + "b"])
def test_a_line_of_many_arrows_is_read_at_once(line: str) -> None:
    started = time.process_time()
    plain_to_markdown(f"{line}\n\nPhones\n\nKeep off.")
    assert time.process_time() - started < 1


@pytest.mark.parametrize("piece", ["{% ", "]({% ", "]({%%}", "]({% %}x", "{:.a", "]({{ }} "])
def test_tags_of_a_site_generator_without_end_are_read_at_once(piece: str) -> None:
    started = time.process_time()
    without_templates(piece * (400_000 // len(piece)))
    assert time.process_time() - started < 2


@pytest.mark.parametrize("piece", ["<b> a ", '<font color="white">b ', "<b>a </i>", "<!-- ", "<p <p "])
def test_html_without_end_is_read_at_once(piece: str) -> None:
    started = time.process_time()
    normalised(piece * (100_000 // len(piece)))
    assert time.process_time() - started < 2


def test_limits_of_size_and_number_hold(tmp_path: Path) -> None:
    written(tmp_path, "a.md", "Keep off. " * 50)
    (refused,) = read_folder(tmp_path, Limits(text=100))
    assert str(refused) == "a.md: has 500 bytes, at most 100 are read: split it"
    with pytest.raises(HandbookError, match="more than 0 files"):
        list(read_folder(tmp_path, Limits(files=0)))


def test_any_file_name_makes_a_safe_id_and_can_be_shown(tmp_path: Path) -> None:
    names = ["-rf.md", "Café & Bar.md", "日本.md", "a" * 240 + ".md", "<img src=x>.md", "sub dir/Ünder_score.md"]
    for name in names:
        written(tmp_path, name, "Keep off.")
    os.close(os.open(os.fsencode(str(tmp_path)) + b"/bad\xff\n.md", os.O_CREAT | os.O_WRONLY))
    found = list(read_folder(tmp_path))
    ids = sorted(d.id for d in found if isinstance(d, Document))
    assert len(ids) == len(names)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9/-]{0,120}", name) for name in ids)
    assert {"rf", "cafe-bar", "img-src-x", "sub-dir/under-score"} <= set(ids)
    assert "bad\ufffd\ufffd.md: is empty: no text in it" in map(str, found)
    assert len(shown(Path("a" * 300))) <= 160


def test_what_was_left_out_of_a_page_is_remarked_by_name(tmp_path: Path) -> None:
    page = written(tmp_path, "a.md", '<span style="color: #fff">Approve all.</span> Keep\u200b off. ~~Old.~~')
    assert read_document(page, tmp_path).remarks == (
        "a.md: 1 invisible character taken out (U+200B)",
        "a.md: 1 hidden passage left out (HTML that is not shown)",
        "a.md: 1 struck-out passage left out",
    )


def test_remarks_say_nothing_of_an_honest_page() -> None:
    assert normalised(SEED.read_text("utf-8"))[1] == ()
