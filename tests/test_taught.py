"""What owners teach beside the pages: read line by line, and a line that cannot be used is named with the reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from homes import republish

from ingest.clauses import Clause, cut
from ingest.disk import copy_folder
from ingest.documents import Document
from ingest.taught import TaughtError, TaughtQuestion, UnusableLine, read_taught

SIGN_IN = "Sign in at the office."
PAGE = Document("page", "Page", f"# Page\n\n- {SIGN_IN} Never run.\n- Keep your phone in your bag.\n", "page.md")
CLAUSES = cut(PAGE)
OWN = "Use your own phone in lessons"
PHONES = Document(
    "phones",
    "Phones",
    f"# Phones\n\n- {OWN} to film a display.\n- {OWN}\n- Keep your phone in your bag.\n",
    "phones.md",
)
EVIDENCE = {"quote": SIGN_IN, "role": "required"}
LINE = {"id": "t1", "question": "do i sign in", "history": [], "verdict": "yes", "evidence": [EVIDENCE]}


def read(path: Path, *lines: object) -> list[TaughtQuestion | UnusableLine]:
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    (path / "taught.jsonl").write_text(text, "utf-8")
    return list(read_taught(path / "taught.jsonl", CLAUSES))


def reasons(path: Path, *lines: object) -> list[str]:
    return [found.reason for found in read(path, *lines) if isinstance(found, UnusableLine)]


def test_a_taught_question_is_linked_to_its_sentence(tmp_path: Path) -> None:
    linked: list[Clause] = [clause for clause in CLAUSES if clause.text.startswith("Sign")]
    assert read(tmp_path, LINE) == [TaughtQuestion("t1", "do i sign in", (), "yes", ((linked[0].id, 0),), 1)]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"evidence": [EVIDENCE | {"quote": ""}]}, "'quote' is '', no words: write them in quotes"),
        (
            {"evidence": [EVIDENCE | {"quote": "e"}]},
            "no sentence of the handbook is 'e', and that is too little of one: quote all of it",
        ),
        (
            {"evidence": [EVIDENCE | {"quote": "Clean the blackboard."}]},
            "no sentence of the handbook holds 'Clean the blackboard.': link what it answers again or take it out",
        ),
        ({"evidence": [EVIDENCE | {"role": "main"}]}, "role 'main' is none of required, supporting"),
        ({"evidence": [{"quote": SIGN_IN}]}, "'role' is missing: add it, as in the other lines"),
        (
            {"evidence": SIGN_IN},
            f"'evidence' is {SIGN_IN!r}, no list of objects: write it as in the other lines",
        ),
        ({"evidence": []}, "it is 'yes' without a required quote: quote the sentence that settles it"),
        (
            {"evidence": [EVIDENCE | {"role": "supporting"}]},
            "it is 'yes' without a required quote: quote the sentence that settles it",
        ),
        ({"verdict": "not_covered"}, "it is not_covered and yet has evidence: take one of them out"),
        ({"verdict": "perhaps"}, "verdict 'perhaps' is none of yes, no, conditional, info, not_covered"),
        ({"question": " ?"}, "'question' is ' ?', no words: write them in quotes"),
        ({"question": 5}, "'question' is 5, no words: write them in quotes"),
        ({"id": None}, "'id' is None, no words: write them in quotes"),
        ({"question": "a \ud800"}, "'question' is 'a \\ud800', with half a character in it: write it anew"),
        ({"history": ["hi"]}, "'history' is ['hi'], no list of objects: write it as in the other lines"),
        ({"history": [{"question": 5}]}, "'question' is 5, no words: write them in quotes"),
    ],
)
def test_a_line_that_cannot_be_used_is_left_out_and_says_why(
    changed: dict[str, object], reason: str, tmp_path: Path
) -> None:
    assert reasons(tmp_path, LINE | changed) == [reason]


@pytest.mark.parametrize("name", ["id", "question", "verdict"])
def test_what_a_line_lacks_is_named(name: str, tmp_path: Path) -> None:
    lacking = {key: value for key, value in LINE.items() if key != name}
    assert reasons(tmp_path, lacking) == [f"{name!r} is missing: add it, as in the other lines"]


@pytest.mark.parametrize("line", ["no json", "[" * 100_000, "5", "[]", '"words"'])
def test_a_line_that_is_no_question_is_left_out_and_the_others_count(line: str, tmp_path: Path) -> None:
    assert [type(found) for found in read(tmp_path, line, LINE)] == [UnusableLine, TaughtQuestion]
    assert reasons(tmp_path, line)[0].endswith("as the other lines are")


def test_a_short_quote_is_one_where_it_is_the_whole_sentence(tmp_path: Path) -> None:
    evidence = [{"quote": "Never run.", "role": "required", "document": "page"}]
    assert not reasons(tmp_path, LINE | {"verdict": "no", "question": "can i run", "evidence": evidence})


def test_a_whole_sentence_is_linked_before_an_earlier_one_that_holds_it(tmp_path: Path) -> None:
    (tmp_path / "taught.jsonl").write_text(json.dumps(LINE | {"evidence": [EVIDENCE | {"quote": OWN}]}))
    (found,) = read_taught(tmp_path / "taught.jsonl", cut(PHONES))
    assert isinstance(found, TaughtQuestion)
    assert found.sentences == ((cut(PHONES)[1].id, 0),)


def test_a_part_of_several_sentences_is_left_out_and_of_one_that_stands_twice_it_is_the_first(tmp_path: Path) -> None:
    several, twice = OWN.removesuffix(" in lessons"), "phone in your bag"
    lines = [LINE | {"id": quote, "evidence": [EVIDENCE | {"quote": quote}]} for quote in (several, twice)]
    (tmp_path / "taught.jsonl").write_text("\n".join(map(json.dumps, lines)))
    unclear, found = read_taught(tmp_path / "taught.jsonl", (*cut(PHONES), *CLAUSES))
    assert str(unclear) == (
        f"taught.jsonl, line 1: 2 sentences of the handbook hold {several!r}: quote all of the one that is meant"
    )
    assert isinstance(found, TaughtQuestion)
    assert found.sentences == ((cut(PHONES)[2].id, 0),)


def test_two_quotes_of_one_sentence_link_it_once_and_required(tmp_path: Path) -> None:
    quotes = ("Keep your phone", "required"), (SIGN_IN, "required"), ("phone in your bag", "supporting")
    (found,) = read(tmp_path, LINE | {"evidence": [{"quote": quote, "role": role} for quote, role in quotes]})
    assert isinstance(found, TaughtQuestion)
    phone, sign_in = CLAUSES[1].id, CLAUSES[0].id
    assert (found.sentences, found.required) == (((phone, 0), (sign_in, 0)), 2)


def test_an_id_stands_for_one_question(tmp_path: Path) -> None:
    found = reasons(tmp_path, LINE, LINE | {"question": "must i sign in"})
    assert found == ["id 't1' is taken by line 1: give it another"]


def test_a_question_has_one_verdict_however_it_is_written(tmp_path: Path) -> None:
    again = LINE | {"id": "t2", "question": "Do I sign in?"}
    other = again | {"id": "t3", "verdict": "no"}
    followed = other | {"id": "t4", "history": [{"question": "what of visitors"}]}
    assert reasons(tmp_path, LINE, again, other, followed) == [
        "line 1 asks the same and says 'yes', not 'no': keep one of them"
    ]


def test_a_byte_order_mark_and_a_line_separator_in_a_question_are_read_over(tmp_path: Path) -> None:
    line = json.dumps(LINE | {"question": "do i\u2028sign in"}, ensure_ascii=False)
    assert not reasons(tmp_path, "\ufeff" + line)


@pytest.mark.parametrize("content", [json.dumps(LINE).encode("utf-16"), json.dumps(LINE).encode() + b"\xe9"])
def test_taught_questions_that_are_no_utf8_are_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "taught.jsonl").write_bytes(content)
    with pytest.raises(TaughtError, match=r"^taught.jsonl is not UTF-8 text \(byte \d+\): save it as UTF-8$"):
        list(read_taught(tmp_path / "taught.jsonl", CLAUSES))


def test_a_question_linked_to_a_sentence_about_something_else_is_remarked(home: Path, tmp_path: Path) -> None:
    """Not one that only has other words than its sentence: a fag, and to smoke."""
    smoking, gum = "You must not smoke in school.", "You may chew gum in the staff room."
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "rules.md").write_text(f"# Rules\n\n{smoking}\n\n{gum}\n\n{SIGN_IN}\n", "utf-8")
    asked = {"can i chew gum?": smoking, "can i have a fag": smoking, "gum ok?": gum, "do i sign in": SIGN_IN}
    lines = [
        LINE | {"id": question, "question": question, "verdict": "no", "evidence": [EVIDENCE | {"quote": quote}]}
        for question, quote in asked.items()
    ]
    (tmp_path / "docs" / "taught.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    copy_folder(home / "models", tmp_path / "home" / "models")
    assert republish(tmp_path / "docs", tmp_path / "home").remarks == (
        f"can i chew gum? teaches 'no' to “can i chew gum?” with “{smoking}”, which shares no word with it;"
        f" “{gum}” is far nearer",
    )
