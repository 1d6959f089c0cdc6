"""Pages whose files have not changed are taken over from the edition before, and only those."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from homes import PAGE, ROOT, republish, write_page

from benchmarks.kill import copy_home
from ingest import origin
from ingest.admission import LIMITS
from ingest.documents import Document
from ingest.editions import Edition, open_edition
from ingest.publish import read_sources
from ingest.settings import read_settings


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """The real handbook with the first hundred of its taught questions, and another page, to be changed."""
    shutil.copytree(ROOT / "policy_docs", tmp_path / "docs")
    taught = tmp_path / "docs" / "taught.jsonl"
    taught.write_text("\n".join(taught.read_text("utf-8").splitlines()[:100]), "utf-8")
    (tmp_path / "docs" / "lunch.md").write_text("# Lunch\n\nEat in the hall.\n", "utf-8")
    return tmp_path / "docs"


@pytest.fixture
def before(home: Path, docs: Path) -> Edition:
    """The edition of both pages, as far as pages and clauses go."""
    sources, *_ = read_sources(docs)
    return replace(open_edition(home), documents={d.id: d for d in sources.documents}, clauses=sources.clauses)


def taken_over(docs: Path, before: Edition) -> dict[str, bool]:
    """The pages of a folder, and whether each was taken over with all its clauses."""
    sources, *_ = read_sources(docs, before)
    old = {id(value) for value in (*before.documents.values(), *before.clauses)}
    clauses = {c.document for c in sources.clauses if id(c) not in old}
    return {page.path: id(page) in old and page.id not in clauses for page in sources.documents}


def test_an_edition_remembers_what_its_pages_were_made_of(home: Path) -> None:
    pages = open_edition(home).documents.values()
    contents = [(page.path, (ROOT / "policy_docs" / page.path).read_bytes()) for page in pages]
    assert [page.origin for page in pages] == [origin.origin(*known, LIMITS) for known in contents]


def test_unchanged_pages_are_taken_over_and_are_what_reading_them_gives(docs: Path, before: Edition) -> None:
    assert set(taken_over(docs, before).values()) == {True}
    assert read_sources(docs, before) == read_sources(docs)


def test_a_changed_page_is_read_anew_and_the_others_taken_over(docs: Path, before: Edition) -> None:
    (docs / PAGE).write_text((docs / PAGE).read_text("utf-8") + "\n- Sign in.\n", "utf-8")
    found = taken_over(docs, before)
    assert [path for path, taken in found.items() if not taken] == [PAGE]
    assert read_sources(docs, before) == read_sources(docs)


def test_a_renamed_page_is_read_anew_for_its_id_is_another(docs: Path, before: Edition) -> None:
    (docs / PAGE).rename(docs / "phones.md")
    assert taken_over(docs, before)["phones.md"] is False
    assert "phones" in {clause.document for clause in read_sources(docs, before)[0].clauses}


def test_two_pages_that_changed_places_are_not_confused(docs: Path, before: Edition) -> None:
    first, *_ = read_sources(docs)
    (docs / PAGE).rename(docs / "aside.md")
    (docs / "lunch.md").rename(docs / PAGE)
    (docs / "aside.md").rename(docs / "lunch.md")
    second, *_ = read_sources(docs, before)
    texts = {d.path: d.text for d in first.documents}
    assert {d.path: d.text for d in second.documents} == texts | {PAGE: texts["lunch.md"], "lunch.md": texts[PAGE]}


def test_another_program_reads_everything_anew(docs: Path, before: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(origin, "program", lambda: "another")
    assert set(taken_over(docs, before).values()) == {False}


def test_a_page_is_not_taken_over_with_a_clause_that_does_not_stand_in_it(docs: Path, before: Edition) -> None:
    (at, clause) = next((i, c) for i, c in enumerate(before.clauses) if c.document == PAGE.removesuffix(".md"))
    forged = replace(clause, text=clause.text.replace("not", "now"), start=clause.start + 1)
    clauses = (*before.clauses[:at], forged, *before.clauses[at + 1 :])
    broken = replace(before, clauses=clauses)
    assert taken_over(docs, broken)[PAGE] is False
    assert read_sources(docs, broken) == read_sources(docs)


def test_a_page_known_before_is_refused_when_its_file_may_no_longer_come_in(docs: Path, before: Edition) -> None:
    outside = docs.parent / "outside.md"
    (docs / PAGE).rename(outside)
    (docs / PAGE).symlink_to(outside)
    sources, refused, _ = read_sources(docs, before)
    assert PAGE not in {page.path for page in sources.documents}
    assert any("leads out of the folder" in line for line in refused)


def test_all_modules_that_read_and_cut_count() -> None:
    waiting, found = ["conversion", "clauses"], set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += imported(ROOT / "ingest" / f"{name}.py")
    assert sorted(found) == sorted(origin.READERS)


def imported(module: Path) -> list[str]:
    """The modules of its own package that a module imports anywhere."""
    nodes = [n for n in ast.walk(ast.parse(module.read_text("utf-8"))) if isinstance(n, ast.ImportFrom)]
    return [node.module.removeprefix("ingest.") for node in nodes if (node.module or "").startswith("ingest.")]


def test_what_a_page_was_made_of_is_no_part_of_what_it_says() -> None:
    page = Document(id="a", title="A", text="Keep off.\n", path="a.md")
    known = replace(page, origin="1" * 64)
    assert (page, page.digest) == (known, known.digest)


def test_unchanged_pages_of_any_format_start_no_parser_and_import_nothing_heavy(
    two_editions: Path, tmp_path: Path
) -> None:
    own = copy_home(two_editions, tmp_path / "home")
    docs = write_page(tmp_path / "docs").parent
    (docs / "lunch.html").write_text("<h1>Lunch</h1><p>Eat in the hall.</p>", "utf-8")
    (docs / "keys.md").write_text("---\ntitle: Keys\n---\n\n<table><tr><td>Keys</td><td>Hall</td></tr></table>\n")
    republish(docs, own)
    code = (
        "import sys; from pathlib import Path; from ingest.publish import publish; started = [];"
        "sys.addaudithook(lambda event, args: started.append(args) if event == 'subprocess.Popen' else None);"
        f"report = publish(Path({str(docs)!r}), Path({str(own)!r}), embedding={read_settings().embedding!r});"
        "heavy = {'torch', 'chromadb', 'onnxruntime', 'transformers', 'bm25s', 'markdown_it', 'yaml'};"
        "print(report.built.published, started, sorted(heavy & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False [] []"


def test_taught_questions_of_a_changed_sentence_are_named_together(docs: Path) -> None:
    rows = [{"id": f"t{n}", "question": f"q{n}", "history": [], "verdict": "yes"} for n in range(9)]
    lines = [json.dumps(row | {"evidence": [{"quote": "Gone.", "role": "required"}]}) for row in rows]
    (docs / "taught.jsonl").write_text("\n".join([*lines, "no json"]), "utf-8")
    _, refused, left_out = read_sources(docs)
    assert refused[0].startswith("taught.jsonl, 9 questions (lines 1, 2, 3, 4, 5 and 4 more): no sentence")
    assert (len(refused), left_out) == (2, 10)
    assert refused[1].startswith("taught.jsonl, line 10: ")
