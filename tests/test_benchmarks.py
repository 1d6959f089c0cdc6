"""The page of benchmarks: a part that is measured again replaces its own section and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import report


def test_a_section_measured_again_replaces_itself_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "LIBRARIES", ("numpy",))  # those of the extra `bench` need not be here
    page = tmp_path / "benchmarks.md"
    for name, words in (("One", "first"), ("Two", "second"), ("One", "third")):
        page.write_text(report.with_section(page, report.Section(name, (words,))), "utf-8")
    text = page.read_text("utf-8")
    assert text.startswith("# What it costs\n")
    assert [line for line in text.splitlines() if line.startswith("## ")] == ["## One", "## Two"]
    assert "first" not in text
    assert text.index("third") < text.index("second")
    assert text.count("numpy ") == 2
