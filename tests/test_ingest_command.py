"""policy-ingest and policy-editions as they are typed."""

from __future__ import annotations

import errno
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from homes import ROOT
from typer.testing import CliRunner, Result

from benchmarks.kill import copy_home
from ingest import pointer
from ingest.__main__ import app, editions
from ingest.editions import current_id, open_edition
from ingest.pointer import building, edition_ids

PAGE = "# Phones\n\n- Keep your phone in your bag.\n- Never photograph pupils.\n"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A handbook of two clauses."""
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "phones.md").write_text(PAGE, "utf-8")
    return folder


@pytest.fixture
def place(home: Path, tmp_path: Path) -> Path:
    """A copy of the shared home, to publish into."""
    return copy_home(home, tmp_path / "home")


def ingest(docs: Path, place: Path, *options: str) -> Result:
    return CliRunner().invoke(app, [str(docs), "--home", str(place), *options])


def edition(place: Path, *arguments: str) -> Result:
    return CliRunner().invoke(editions, [*arguments, "--home", str(place)])


def test_publishing_says_what_was_published(docs: Path, place: Path) -> None:
    result = ingest(docs, place)
    assert result.exit_code == 0
    assert re.fullmatch(
        rf"published edition {current_id(place)}: 1 documents, 2 clauses, 0 taught questions;"
        r" 2 texts embedded, 0 taken over\n",
        result.stdout,
    )


def test_publishing_says_which_pages_came_went_and_changed(docs: Path, place: Path) -> None:
    (docs / "pay.md").write_text("# Pay\n\nYou are paid on Fridays.\n", "utf-8")
    ingest(docs, place)
    (docs / "phones.md").write_text("# Phones\n\nPhones stay off.\n", "utf-8")
    (docs / "pay.md").rename(docs / "wages.md")
    result = ingest(docs, place)
    assert "pages: 1 added (wages), 1 removed (pay), 1 changed (phones)" in " ".join(result.stderr.split())
    assert "pages:" not in ingest(docs, place).stderr


def test_pages_of_one_title_are_named(docs: Path, place: Path) -> None:
    for name in ("pay", "wages"):
        (docs / f"{name}.md").write_text(f"# Pay\n\nYou get {name} on Fridays.\n", "utf-8")
    told = " ".join(ingest(docs, place).stderr.split())
    assert "look at: 2 pages are called “Pay” (pay.md, wages.md): a reader cannot tell their quotes apart" in told


@pytest.mark.parametrize("name", ["POLICY_QA_DOCS", "POLICY_QA_HOME"])
def test_a_folder_left_empty_is_not_the_current_one(name: str, docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(docs)
    monkeypatch.setenv(name, "")
    result = CliRunner().invoke(app, ["--dry-run"])
    assert (result.exit_code, result.stderr.partition(": name one")[0]) == (
        2,
        f"error: wrong setting: {name}='': no folder is named",
    )
    assert [path.name for path in docs.iterdir()] == ["phones.md"]


@pytest.mark.parametrize("words", [[""], ["--home", ""]])
def test_a_folder_that_is_typed_empty_is_not_the_current_one(
    words: list[str], docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`policy-ingest "$DOCS" --home "$PLACE"`, where one of them is not set."""
    monkeypatch.chdir(docs)
    result = CliRunner().invoke(app, [*words, "--dry-run"])
    assert (result.exit_code, "no folder is named" in result.stderr) == (2, True)
    assert [path.name for path in docs.iterdir()] == ["phones.md"]


def test_a_folder_below_the_users_own_is_found_without_a_shell(
    docs: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(docs.parent))
    assert ingest(Path("~/docs"), Path("~/home")).exit_code == 0
    monkeypatch.setenv("POLICY_QA_HOME", "~/home")
    assert current_id(place) in CliRunner().invoke(editions, ["list"]).stdout


def test_a_folder_without_pages_says_what_to_put_into_it(docs: Path, place: Path) -> None:
    (docs / "phones.md").unlink()
    result = ingest(docs, place)
    assert result.exit_code == 2
    assert "put pages into it that end in .md, .markdown, .txt" in " ".join(result.stderr.split())


def test_publishing_again_says_that_nothing_changed(docs: Path, place: Path) -> None:
    ingest(docs, place)
    result = ingest(docs, place)
    assert (result.exit_code, result.stdout.split(":")[0]) == (0, "nothing changed, nothing embedded")


def test_a_file_that_was_left_out_is_named_and_the_rest_published(docs: Path, place: Path) -> None:
    (docs / "broken.md").write_bytes(b"\x00\xff\xfe")
    result = ingest(docs, place)
    assert result.exit_code == 1
    assert "left out: broken.md" in result.stderr
    assert "2 clauses, 0 taught questions, 1 left out" in result.stdout


def test_strict_publishes_nothing_when_a_file_must_be_left_out(docs: Path, place: Path) -> None:
    before = current_id(place)
    (docs / "broken.md").write_bytes(b"\x00\xff\xfe")
    result = ingest(docs, place, "--strict")
    assert (result.exit_code, result.stdout, current_id(place)) == (1, "", before)
    assert "broken.md" in result.stderr


def test_a_folder_that_is_not_there_is_misuse(tmp_path: Path, place: Path) -> None:
    result = ingest(tmp_path / "none", place)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "give the folder of the handbook's pages" in result.stderr


def test_a_build_that_is_already_running_is_named(docs: Path, place: Path) -> None:
    with building(place):
        command = [sys.executable, "-m", "ingest", str(docs), "--home", str(place)]
        other = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert (other.returncode, other.stdout) == (2, "")
    assert re.search(r"^error: a build is already running in .* \(process \d+, since 20.*\): try again", other.stderr)


def test_a_dry_run_shows_the_change_and_publishes_nothing(docs: Path, place: Path) -> None:
    ingest(docs, place)
    before = (current_id(place), edition_ids(place))
    (docs / "phones.md").write_text(PAGE.replace("in your bag", "in your locker"), "utf-8")
    result = ingest(docs, place, "--dry-run")
    assert result.exit_code == 0
    assert "Keep your phone in your [-bag-]{+locker+}." in result.stdout
    assert "dry run: nothing published" in result.stdout
    assert (current_id(place), edition_ids(place)) == before


def test_a_dry_run_of_the_same_pages_would_change_nothing(docs: Path, place: Path) -> None:
    ingest(docs, place)
    assert "dry run: nothing would change" in ingest(docs, place, "--dry-run").stdout


def test_the_list_marks_the_current_edition(docs: Path, place: Path) -> None:
    ingest(docs, place)
    new, old = edition_ids(place)
    lines = edition(place, "list").stdout.splitlines()
    assert [line.split()[:2] for line in lines[1:] if line[:1] == "*"] == [["*", new]]
    assert "phones.md" in next(line for line in lines if new in line)
    assert any(line.split()[:1] == [old] for line in lines)


def test_a_difference_is_data_with_json(docs: Path, place: Path) -> None:
    ingest(docs, place)
    old = current_id(place)
    (docs / "phones.md").write_text(PAGE.replace("Never photograph pupils.", "Ask before you call."), "utf-8")
    ingest(docs, place)
    found = json.loads(edition(place, "diff", old, "current", "--json").stdout)
    assert (found["before"], found["after"]) == (old, current_id(place))
    assert [clause["text"] for clause in found["clauses"]["added"]] == ["Ask before you call."]
    assert [clause["text"] for clause in found["clauses"]["removed"]] == ["Never photograph pupils."]
    assert (found["clauses"]["changed"], found["clauses"]["unchanged"]) == ([], 1)
    assert found["documents"] == {"added": [], "removed": [], "changed": ["phones"]}


def test_going_back_and_an_id_that_is_none(docs: Path, place: Path) -> None:
    ingest(docs, place)
    old = edition_ids(place)[1]
    assert edition(place, "rollback", old).stdout == f"edition {old} is current again\n"
    assert current_id(place) == old
    result = edition(place, "rollback", "20200101T000000-000000000000")
    assert (result.exit_code, current_id(place)) == (1, old)
    assert "policy-editions list shows those there are" in result.stderr


def test_verify_names_what_is_damaged(place: Path) -> None:
    assert edition(place, "verify").exit_code == 0
    clauses = place / "editions" / current_id(place) / "clauses.jsonl"
    content = clauses.read_bytes()
    clauses.unlink()
    clauses.write_bytes(content[:-1])
    result = edition(place, "verify")
    assert (result.exit_code, result.stdout) == (1, f"{current_id(place)}: damaged\n")
    assert "clauses.jsonl has the checksum" in result.stderr


def test_prune_removes_the_old_ones_and_refuses_to_keep_none(docs: Path, place: Path) -> None:
    ingest(docs, place)
    new, old = edition_ids(place)
    assert edition(place, "prune", "--keep", "0").exit_code == 2
    assert edition(place, "prune", "--keep", "1").stdout == f"removed edition {old}\n"
    assert edition_ids(place) == [new]


def test_a_list_that_is_piped_names_its_files_whole(docs: Path, place: Path) -> None:
    long = "-".join(["a-page-with-a-name"] * 8)
    (docs / f"{long}.md").write_text(PAGE, "utf-8")
    ingest(docs, place)
    assert long in edition(place, "list").stdout


def test_help_names_the_defaults() -> None:
    said = " ".join(CliRunner().invoke(app, ["--help"]).stdout.replace("│", " ").split())
    assert "[default: policy_docs]" in said
    assert "[default: .policy-qa]" in said


def test_a_home_without_editions_says_what_to_do(tmp_path: Path) -> None:
    for arguments in (["list"], ["verify"], ["prune", "--keep", "1"], ["diff", "current", "current"]):
        result = edition(tmp_path / "empty", *arguments)
        assert (result.exit_code, result.stdout) == (1, ""), arguments
        assert "run policy-ingest first" in result.stderr


def test_going_back_and_pruning_make_no_home(tmp_path: Path) -> None:
    for arguments in (["rollback", "20200101T000000-000000000000"], ["prune", "--keep", "1"]):
        result = edition(tmp_path / "empty", *arguments)
        assert (result.exit_code, result.stdout) == (1, ""), arguments
        assert not (tmp_path / "empty").exists()


@pytest.mark.parametrize("below", ["", "home"])
def test_a_home_that_is_a_file_is_named_as_one(below: str, docs: Path) -> None:
    file = docs / "phones.md"
    reason = f"error: {file} is a file, and a home is a folder: give the folder where editions are kept\n"
    results = [ingest(docs, file / below)]
    for arguments in (["list"], ["verify"], ["prune", "--keep", "1"], ["rollback", "20200101T000000-000000000000"]):
        results.append(edition(file / below, *arguments))
    results.append(edition(file / below, "diff", "current", "current"))
    results.append(edition(file / below, "diff", "20200101T000000-000000000000", "current"))
    assert [(result.exit_code, result.stderr) for result in results] == [(2, reason)] * 7


@pytest.mark.parametrize("found", [".lock", "building", "current", "drafts", "editions", "models"])
def test_what_stands_in_the_way_in_a_home_is_named(
    found: str, docs: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder where a file should be, and the other way round; the home is named as an operator would."""
    if (place / found).is_dir():
        shutil.rmtree(place / found)
        (place / found).touch()
    else:
        (place / found).unlink(missing_ok=True)
        (place / found).mkdir()
    monkeypatch.chdir(place.parent)
    result = ingest(docs, Path(place.name))
    assert result.exit_code == 2
    assert re.search(
        rf"home/{re.escape(found)} is in the way \(.*\): move it away and run policy-ingest", result.stderr
    )


def test_editions_are_removed_from_a_full_disk(docs: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who makes room must not need any; what needs some is refused as before."""
    ingest(docs, place)
    new, old = edition_ids(place)

    def full(path: Path, text: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(pointer, "replace_text", full)
    refused = edition(place, "rollback", old)
    assert (refused.exit_code, "make room or make it writable" in refused.stderr) == (2, True)
    assert edition(place, "prune", "--keep", "1").stdout == f"removed edition {old}\n"
    assert edition_ids(place) == [new]


def test_the_first_ingest_says_no_more_than_what_it_does(home: Path) -> None:
    """Exporting the models brings remarks of torch, transformers, onnxruntime and bm25s; none is for the reader."""
    said = home.with_name("home.said").read_text("utf-8")
    sentences = sum(row.is_read for row in open_edition(home).rows)
    assert said == f"preparing the models …\nembedding {sentences} …\nwriting …\n"
