"""Words of the handbook as HTML: what came stands apart from what it replaced."""

from __future__ import annotations

import pytest

from ingest.difference import Words
from pages import markup


@pytest.mark.parametrize(
    ("runs", "shown"),
    [
        (("removed nine", "added ten"), "<del>nine</del> <ins>ten</ins>"),
        (("same call ", "removed nine", "added ten", "same ."), "call <del>nine</del> <ins>ten</ins>."),
        (("added ten", "removed nine"), "<ins>ten</ins><del>nine</del>"),
        (("removed </del><ins>", "same x"), "<del>&lt;/del&gt;&lt;ins&gt;</del>x"),
    ],
)
def test_what_came_stands_apart_from_what_it_replaced(runs: tuple[str, ...], shown: str) -> None:
    told = [Words(*run.split(" ", 1)) for run in runs]
    assert markup.changed("IT, 1", [(words.op, words.text) for words in told]).endswith(f"</small> {shown}</p>")
