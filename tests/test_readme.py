"""What the README says is so."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.settings import settings_table

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_the_table_of_settings_is_the_one_the_product_reads() -> None:
    assert settings_table() in README


def test_every_file_the_readme_names_is_there() -> None:
    named = set(re.findall(r"\]\(([^)#:]+)\)", README)) | set(
        re.findall(r"`((?:ingest|qa|eval|desk|pages)/\w+\.py)`", README)
    )
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_every_make_target_the_readme_names_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"(?:`|^ {4}|CPU=\w+ )make (\w+)", README, re.MULTILINE))
    assert [target for target in sorted(targets) if f"\n{target}:" not in makefile] == []
