"""The lexicon: what shape it has, and that any other is refused with what it should be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.lexicon import SHAPE, read_lexicon
from ingest.taught import TaughtError
from ingest.words import expand

ROOT = Path(__file__).parent.parent


def test_a_lexicon_names_what_a_word_stands_for_in_small_letters(tmp_path: Path) -> None:
    (tmp_path / "lexicon.yaml").write_text("\ufeffsame: {Parents: [Mum, dad]}\nabbreviations: {Pls: please}\n", "utf-8")
    assert read_lexicon(tmp_path / "lexicon.yaml") == {
        "same": {"mum": "parents", "dad": "parents"},
        "abbreviations": {"pls": "please"},
    }


def test_a_word_of_the_lexicon_is_found_with_either_apostrophe(tmp_path: Path) -> None:
    (tmp_path / "lexicon.yaml").write_text("same: {parents: [kid’s mum]}\n", "utf-8")
    lexicon = read_lexicon(tmp_path / "lexicon.yaml")
    assert {expand(f"my kid{mark}s mum", lexicon) for mark in "’'"} == {"my kid's mum parents"}


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "same:\nabbreviations:\n"])
def test_a_lexicon_may_be_empty(text: str, tmp_path: Path) -> None:
    (tmp_path / "lexicon.yaml").write_text(text, "utf-8")
    assert read_lexicon(tmp_path / "lexicon.yaml") == {"same": {}, "abbreviations": {}}


def test_the_lexicon_of_this_handbook_is_one() -> None:
    found = read_lexicon(ROOT / "policy_docs" / "lexicon.yaml")
    assert (found["same"]["mum"], found["abbreviations"]["pls"]) == ("parents carers", "please")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("same: {library: reading}", "'reading' under 'library' is no list"),
        ("same: {library: }", "None under 'library' is no list"),
        ("same: [library, reading]", "same is ['library', 'reading'], no mapping"),
        ("just words", "it is 'just words', no mapping"),
        ("sames: {library: [reading]}", "'sames' is neither “same” nor “abbreviations”"),
        ("abbreviations: {2: two}", "2 is no word"),
        ("abbreviations: {no: [north]}", "False is no word"),
        ("abbreviations: {n: [north]}", "['north'] is no word"),
        ("same: {library: [reading, '']}", "'' is no word"),
        ("same: {library: [on]}", "True is no word"),
        (r'same: {library: ["\uD800 x"]}', r"'\ud800 x' has half a character in it"),
    ],
)
def test_a_lexicon_of_another_shape_is_refused_with_the_right_one(text: str, wrong: str, tmp_path: Path) -> None:
    (tmp_path / "lexicon.yaml").write_text(text, "utf-8")
    with pytest.raises(TaughtError, match=f"^{re.escape(f'lexicon.yaml is not a lexicon ({wrong}): {SHAPE}')}$"):
        read_lexicon(tmp_path / "lexicon.yaml")


@pytest.mark.parametrize("text", ["same: {", "same: " + "[" * 5_000, "same: {a: [2026-02-31]}", "same: !!bool maybe"])
def test_a_lexicon_that_is_no_yaml_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "lexicon.yaml").write_text(text, "utf-8")
    with pytest.raises(TaughtError, match=r"^lexicon.yaml is not a lexicon"):
        read_lexicon(tmp_path / "lexicon.yaml")


def test_a_lexicon_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lexicon.yaml").write_bytes(b"same: {caf\xe9: [bar]}")
    with pytest.raises(TaughtError, match=r"^lexicon.yaml is not UTF-8 text \(byte 10\): save it as UTF-8$"):
        read_lexicon(tmp_path / "lexicon.yaml")
