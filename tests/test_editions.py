"""Editions: nothing lost, nothing stale, nothing half done."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from homes import PAGE, ROOT, damage, older, republish, state, write_page

from benchmarks.kill import QUESTION, copy_home
from ingest import difference, export, history
from ingest.build import LeftOut
from ingest.difference import compare
from ingest.disk import checksum, copy_folder, link_folder
from ingest.editions import EditionDamaged, EditionMismatch, NoEdition, current_id, open_edition
from ingest.embedding import ModelError
from ingest.manifest import MANIFEST, read_manifest
from ingest.pointer import AlreadyBuilding, building, edition_ids, point
from ingest.publish import Work, rehearse
from ingest.settings import read_settings
from ingest.vectors import ChromaNearest
from qa.assistant import Assistant, open_assistant
from qa.current import CurrentAssistant


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A handbook of one page."""
    return write_page(tmp_path / "docs").parent


@pytest.fixture
def own(two_editions: Path, tmp_path: Path) -> Path:
    """A home with two editions, to be broken."""
    return copy_home(two_editions, tmp_path / "home")


def npy(shape: tuple[int, ...]) -> bytes:
    """What `np.save` says of an array of 32-bit numbers, and none of its numbers."""
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "<f4", "fortran_order": False, "shape": shape})
    return header.getvalue() + bytes(4 * shape[1])


# --- what an edition is --------------------------------------------------------------------


def test_an_editions_name_ends_in_the_checksum_of_its_manifest(own: Path) -> None:
    folder = own / "editions" / current_id(own)
    assert folder.name.split("-")[1] == checksum(folder / MANIFEST)[:12]


def test_a_sound_home_verifies(own: Path) -> None:
    assert [problems for _, problems in history.verify(own)] == [[], []]


def test_a_model_is_on_the_disk_twice_and_shared_by_the_editions(two_editions: Path) -> None:
    exported = next((two_editions / "models").glob("*/model.onnx"))
    inodes = {p.stat().st_ino for p in (two_editions / "editions").glob("*/finder/model.onnx")}
    assert len(inodes) == 1
    assert exported.stat().st_ino not in inodes


def test_an_edition_is_unsound_when_a_clause_does_not_stand_where_it_says(own: Path) -> None:
    edition = open_edition(own)
    moved = replace(edition.clauses[0], start=edition.clauses[0].start + 1)
    shifted = replace(edition, clauses=(moved, *edition.clauses[1:]))
    assert "does not stand at" in history.inconsistencies(shifted)[0]


# --- sync ----------------------------------------------------------------------------------


def test_unchanged_pages_publish_nothing_and_embed_nothing(docs: Path, own: Path) -> None:
    first = republish(docs, own)
    again = republish(docs, own)
    assert (again.built.id, again.built.embedded, again.built.published) == (first.built.id, 0, False)


def test_unchanged_pages_import_neither_torch_nor_chroma_nor_onnx(docs: Path, own: Path) -> None:
    republish(docs, own)
    code = (
        "import sys; from pathlib import Path; from ingest.publish import publish;"
        f"publish(Path({str(docs)!r}), Path({str(own)!r}), embedding={read_settings().embedding!r});"
        "print(sorted({'torch', 'chromadb', 'onnxruntime', 'transformers'} & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_one_changed_sentence_embeds_it_alone(docs: Path, own: Path) -> None:
    first = republish(docs, own)
    page = docs / PAGE
    page.write_text(page.read_text("utf-8").replace("private texts", "private texts or voice notes"), "utf-8")
    again = republish(docs, own)
    assert (again.built.embedded, again.built.reused) == (1, first.built.embedded + first.built.reused - 1)
    assert republish(docs, own).built.reused == first.built.embedded + first.built.reused


def test_a_clause_of_several_sentences_is_where_they_are_together(docs: Path, own: Path) -> None:
    (docs / "lunch.md").write_text("# Lunch\n\nEat in the hall. Bring no nuts. Take your tray back.\n", "utf-8")
    republish(docs, own)
    edition = open_edition(own)
    index = next(i for i, clause in enumerate(edition.clauses) if clause.document == "lunch")
    row_of = {place: number for number, row in enumerate(edition.rows) for place in row.places}
    mean = edition.vectors[[row_of[index, number] for number in range(3)]].mean(axis=0)
    whole = edition.vectors[row_of[index, None]]
    assert np.allclose(whole, mean / np.linalg.norm(mean), atol=1e-6)
    assert [edition.rows[row_of[index, number]].is_read for number in (0, None)] == [True, False]


def test_a_passage_on_two_pages_is_one_row_cited_from_both(docs: Path, own: Path) -> None:
    for name in ("a", "b"):
        (docs / f"{name}.md").write_text("# Lunch\n\nEat in the hall.\n", "utf-8")
    republish(docs, own)
    edition = open_edition(own)
    rows = [row for row in edition.rows if {edition.clauses[c].document for c, _ in row.places} == {"a", "b"}]
    assert [len(row.places) for row in rows] == [2]


def test_a_deleted_page_is_gone_from_the_evidence(docs: Path, own: Path) -> None:
    (docs / "lunch.md").write_text("# Lunch\n\nYou must eat your lunch in the main hall.\n", "utf-8")
    republish(docs, own)
    assert "lunch" in found_in(own, "can I eat my lunch in the main hall?")
    (docs / "lunch.md").unlink()
    republish(docs, own)
    assert "lunch" not in found_in(own, "can I eat my lunch in the main hall?")


def found_in(home: Path, question: str) -> set[str]:
    """The documents that the evidence for a question comes from."""
    evidence = open_assistant(home).ask(question).evidence
    assert evidence is not None
    return {candidate.clause.document for candidate in evidence.candidates}


def test_the_collection_of_a_changed_edition_holds_just_its_rows(docs: Path, own: Path) -> None:
    (docs / "lunch.md").write_text("# Lunch\n\nEat in the hall.\n", "utf-8")
    republish(docs, own)
    edition = open_edition(own)
    nearest = ChromaNearest(edition.parts["chroma"], [row.digest for row in edition.rows])
    found = [int(nearest(vector, 1)[0][0]) for vector in edition.vectors]
    assert found == list(range(len(edition.rows)))


def test_searching_through_chroma_changes_no_byte_of_the_edition(own: Path) -> None:
    edition = open_edition(own)
    ChromaNearest(edition.parts["chroma"], [row.digest for row in edition.rows])(edition.vectors[0], 3)
    assert [problems for _, problems in history.verify(own)] == [[], []]


def test_a_file_that_is_left_out_stops_a_strict_build(docs: Path, own: Path) -> None:
    before = current_id(own)
    (docs / "broken.md").write_bytes(b"\xff\xfe\x00broken")
    with pytest.raises(LeftOut, match=r"broken\.md"):
        republish(docs, own, strict=True)
    assert current_id(own) == before


# --- damage --------------------------------------------------------------------------------


def test_any_damage_to_any_file_is_found_and_an_edition_answers(own: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Each file in turn, one of three kinds of damage each; a truth that is lost lets the edition before answer."""
    expected = {i: state(open_edition(own, i)) for i in edition_ids(own)}
    folder = own / "editions" / current_id(own)
    intact = folder.with_name("intact")
    link_folder(folder, intact)
    for number, path in enumerate(sorted(p.relative_to(folder) for p in folder.rglob("*") if p.is_file())):
        how = ("flip", "truncate", "delete")[number % 3] if (folder / path).stat().st_size else "delete"
        caplog.clear()
        damage(folder / path, how, number)
        edition = open_edition(own)
        assert state(edition) == expected[edition.id], f"{how} {path}"
        assert "damaged" in caplog.text or str(path) in caplog.text, f"{how} {path}"
        shutil.rmtree(folder)
        link_folder(intact, folder)


def test_a_damaged_word_index_is_made_again_from_the_clauses(own: Path) -> None:
    words = own / "editions" / current_id(own) / "words"
    damage(words / "vocab.index.json", "flip", 3)
    before = current_id(own)
    assert open_edition(own).instead_of == ""
    assert [problems for _, problems in history.verify(own)] == [[], []]
    assert current_id(own) == before


def test_a_damaged_model_is_copied_anew(own: Path) -> None:
    damage(own / "editions" / current_id(own) / "finder" / "model.onnx", "flip", 5)
    open_edition(own)
    assert dict(history.verify(own))[current_id(own)] == []


@pytest.mark.parametrize("lost", ["damaged", "deleted"])
def test_a_model_that_an_edition_holds_is_not_exported_again(
    docs: Path, own: Path, lost: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    republish(docs, own)
    monkeypatch.setattr(export, "write_onnx", lambda *given: pytest.fail("a model was exported again"))
    expected = checksum(own / "editions" / current_id(own) / "finder" / "model.onnx")
    exported = next(path for path in (own / "models").glob("*/model.onnx") if checksum(path) == expected)
    if lost == "damaged":
        damage(exported, "flip", 7)
    else:
        shutil.rmtree(own / "models")
    assert not republish(docs, own).built.published
    assert checksum(exported) == expected


def test_a_damaged_collection_is_made_again_by_the_next_ingest(docs: Path, own: Path) -> None:
    republish(docs, own)
    folder = own / "editions" / current_id(own)
    damage(folder / "chroma" / "chroma.sqlite3", "truncate")
    assert "chroma" not in open_edition(own).parts
    assert not republish(docs, own).built.published
    assert "chroma" in open_edition(own).parts


def test_when_the_clauses_are_damaged_the_edition_before_answers_and_says_so(
    own: Path, caplog: pytest.LogCaptureFixture
) -> None:
    damaged = current_id(own)
    damage(own / "editions" / damaged / "clauses.jsonl", "truncate")
    edition = open_edition(own)
    assert (edition.id, edition.instead_of) == (older(own), damaged)
    assert "run policy-ingest again. Edition" in caplog.text


def test_a_garbled_pointer_is_not_followed(own: Path) -> None:
    newest = current_id(own)
    (own / "current").write_bytes(b"\x00\xff garbage")
    assert open_edition(own).id == newest


def test_no_whole_edition_left_is_said_and_nothing_is_served(own: Path) -> None:
    for edition_id in edition_ids(own):
        damage(own / "editions" / edition_id / "documents.jsonl", "truncate")
    with pytest.raises(EditionDamaged, match="no earlier edition is whole"):
        open_edition(own)


def test_ingest_after_damage_publishes_a_whole_edition(docs: Path, own: Path) -> None:
    damage(own / "editions" / current_id(own) / "vectors.npy", "flip", 11)
    report = republish(docs, own)
    assert (report.built.published, open_edition(own).id) == (True, report.built.id)


def test_a_home_of_another_version_is_refused_with_what_to_do(own: Path) -> None:
    other = as_if_of(own, "format", 999)
    with pytest.raises(EditionMismatch, match=r"format 999.*upgrade"):
        open_edition(own, other)


def test_an_edition_of_another_model_is_refused(own: Path) -> None:
    card = read_manifest(own / "editions" / current_id(own)).finder
    other = as_if_of(own, "finder", card | {"name": "stranger"})
    with pytest.raises(EditionMismatch, match="stranger"):
        open_edition(own, other)


@pytest.mark.parametrize(
    "written",
    [b"half a mani", b"3", b"[" * 100_000, b"{}", {"format": "2"}, {"finder": 3}, {"files": "x"}, {"created": 3},
     {"documents": None}, {"counts": {"clauses": "many"}}, {"made_with": "tomorrow's version"}],
)  # fmt: skip
def test_a_manifest_of_another_form_is_refused_with_what_to_do(written: Any, own: Path, docs: Path) -> None:
    """Its name holds its own checksum, so it is not damaged: another version of the program wrote it."""
    other = named_as(own, written) if isinstance(written, bytes) else as_if_of(own, *next(iter(written.items())))
    point(own, other)
    with pytest.raises(EditionMismatch, match=r"made by another version.*: run policy-ingest again"):
        open_edition(own)
    assert "made by another version" in next(entry for entry in history.list_editions(own) if entry.current).problem
    assert "made by another version" in dict(history.verify(own))[other][0]
    assert republish(docs, own).built.published


@pytest.mark.parametrize(
    ("name", "content"),
    [("clauses.jsonl", b"3\n"), ("clauses.jsonl", b"[" * 100_000), ("rows.jsonl", b""), ("taught.jsonl", b"{}\n"),
     ("vectors.npy", npy((1, 384))), ("vectors.npy", npy((10**12, 384)))],
)  # fmt: skip
def test_a_file_of_another_form_is_refused_with_what_to_do(name: str, content: bytes, own: Path, docs: Path) -> None:
    point(own, with_file(own, name, content))
    with pytest.raises(EditionMismatch, match="run policy-ingest again"):
        open_edition(own)
    assert "run policy-ingest again" in dict(history.verify(own))[current_id(own)][0]
    assert republish(docs, own).built.published


@pytest.mark.parametrize("written", [{}, {"judge": {"weight_of_tomorrow": 1.0}}])
def test_settings_of_another_version_are_refused_with_what_to_do(written: dict[str, Any], own: Path) -> None:
    other = with_file(own, "settings.json", json.dumps(written).encode())
    with pytest.raises(EditionMismatch, match=r"made by another version.*: run policy-ingest again"):
        open_assistant(own, other)


def test_a_clause_of_a_page_that_is_not_there_is_told_by_verify(own: Path) -> None:
    rows = (own / "editions" / current_id(own) / "clauses.jsonl").read_text("utf-8")
    other = with_file(own, "clauses.jsonl", rows.replace('"document": "', '"document": "no-').encode())
    assert "made by another version" in dict(history.verify(own))[other][0]


def with_file(home: Path, name: str, content: bytes) -> str:
    """The current edition with another file in it, as if that had been published."""
    files = read_manifest(home / "editions" / current_id(home)).files
    other = as_if_of(home, "files", files | {name: hashlib.sha256(content).hexdigest()})
    path = home / "editions" / other / name
    path.unlink()
    path.write_bytes(content)
    return other


def as_if_of(home: Path, key: str, value: object) -> str:
    """The current edition under a manifest that says something else of it, properly named."""
    manifest = home / "editions" / current_id(home) / MANIFEST
    return named_as(home, json.dumps(json.loads(manifest.read_text("utf-8")) | {key: value}).encode())


def named_as(home: Path, content: bytes) -> str:
    """The current edition under another manifest, properly named."""
    folder = home / "editions" / current_id(home)
    other = f"{folder.name[:15]}-{hashlib.sha256(content).hexdigest()[:12]}"
    shutil.copytree(folder, folder.with_name(other))
    (folder.with_name(other) / MANIFEST).write_bytes(content)
    return other


def test_an_edition_of_another_model_does_not_keep_the_others_from_being_verified(own: Path) -> None:
    other = as_if_of(own, "finder", {"name": "stranger"})
    problems = dict(history.verify(own))
    assert "stranger" in problems.pop(other)[0]
    assert list(problems.values()) == [[], []]


def test_a_copied_folder_has_the_permissions_of_new_ones(tmp_path: Path) -> None:
    private = tmp_path / "private"
    (private / "finder").mkdir(parents=True, mode=0o700)
    (private / "finder" / "model.onnx").write_text("model")
    for folder in (private, private / "finder"):
        folder.chmod(0o700)
    (tmp_path / "new").mkdir()
    for number, copied in enumerate((copy_folder, link_folder)):
        target = tmp_path / str(number)
        copied(private, target)
        assert {p.stat().st_mode for p in (target, target / "finder")} == {(tmp_path / "new").stat().st_mode}


def test_an_export_has_the_permissions_of_new_folders(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    with export._aside(tmp_path / "models" / "policy") as aside:
        assert aside.stat().st_mode == (tmp_path / "new").stat().st_mode


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_model_that_may_not_be_read_is_not_called_damaged(own: Path) -> None:
    for place in [*own.glob("models/*"), *own.glob("editions/*/finder")]:
        place.chmod(0)
    with pytest.raises(EditionDamaged, match=r"finder cannot be read \(Permission denied\): make it readable"):
        open_edition(own, current_id(own))
    for place in [*own.glob("models/*"), *own.glob("editions/*/finder")]:
        place.chmod(0o700)


def test_models_that_differ_in_any_file_share_no_export(tmp_path: Path) -> None:
    (tmp_path / "pytorch_model.bin").write_text("one")
    first = export._checksum(tmp_path, str(tmp_path))
    (tmp_path / "pytorch_model.bin").write_text("two")
    assert export._checksum(tmp_path, str(tmp_path)) != first


def test_a_broken_model_folder_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text('[{"idx": 0, "name": "0", "path": "", "type": "nothing.Here"}]')
    with pytest.raises(ModelError, match="cannot be opened as an embedding model"):
        export.model_folder(str(tmp_path), tmp_path / "home")


@pytest.mark.parametrize("name", ["", "current"])
def test_without_an_id_and_as_current_the_one_that_answers_is_opened(own: Path, name: str) -> None:
    assert open_edition(own, name).id == current_id(own)


@pytest.mark.parametrize("name", ["../../etc", ".", "../current", "20261124T160501-3f9c1ab2c07d"])
def test_an_id_that_is_none_opens_nothing_else(own: Path, name: str) -> None:
    with pytest.raises(NoEdition, match="policy-editions list"):
        open_edition(own, name)


# --- one build at a time, kills ----------------------------------------------------------------


def test_a_second_build_is_refused_by_the_process_that_runs(own: Path, docs: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from ingest.pointer import building\n"
        f"with building(Path({str(own)!r})): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(AlreadyBuilding, match=rf"process {other.pid}, since "):
            republish(docs, own)
        other.send_signal(signal.SIGKILL)
    assert republish(docs, own).built.published


def test_left_overs_of_a_killed_build_are_cleaned(own: Path, docs: Path) -> None:
    lost = [own / "drafts" / ".4711", own / "models" / ".export-x", own / "editions" / ".gone"]
    for folder in lost:
        (folder / "finder").mkdir(parents=True)
    with building(own):
        assert not any(folder.exists() for folder in lost)


def test_a_finished_draft_is_published_without_building_again(own: Path, docs: Path) -> None:
    _, difference = rehearse(Work(docs, own, read_settings().embedding))
    report = republish(docs, own)
    assert (report.built.id, report.built.embedded, report.built.published) == (difference.after, 0, True)


def test_a_kill_at_any_step_leaves_the_old_edition_or_the_new_one(own: Path, docs: Path) -> None:
    """A short sample of benchmarks/kill.py: real SIGKILLs spread over a whole build."""
    command = [sys.executable, "-m", "benchmarks.kill", str(docs), str(own), "--kills", "6"]
    command += ["--embedding", read_settings().embedding]
    out = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    trials = [json.loads(line) for line in out.stdout.splitlines()]
    assert (len(trials), [trial for trial in trials if trial["problem"]], out.returncode) == (6, [], 0)


# --- a running app -------------------------------------------------------------------------


def test_a_running_app_notices_a_new_edition_and_mixes_none(own: Path) -> None:
    new, old = edition_ids(own)
    point(own, old)
    current = CurrentAssistant(own)
    kept = current.get()
    point(own, new)
    assert (kept.ask(QUESTION).edition, current.get().ask(QUESTION).edition) == (old, new)
    assert current.get() is current.get()


def test_a_running_app_keeps_its_edition_when_the_home_is_deleted(own: Path) -> None:
    current = CurrentAssistant(own)
    before = current.get().edition.id
    shutil.rmtree(own)
    assert current.get().ask(QUESTION).edition == before


def test_a_running_app_tries_an_edition_that_cannot_be_opened_once_and_follows_the_next(own: Path) -> None:
    new, old = edition_ids(own)
    point(own, old)
    opened = []

    def whole(home: Path) -> Assistant:
        opened.append(current_id(home))
        if opened[-1] == new:
            raise EditionDamaged("flipped")
        return open_assistant(home)

    current = CurrentAssistant(own, whole)
    before = current.get()
    point(own, new)
    assert [current.get() is before for _ in range(3)] == [True] * 3
    point(own, old)
    assert (current.get().edition.id, opened) == (old, [old, new, old])


def test_many_threads_get_one_assistant_and_are_not_held_up_by_a_new_edition(own: Path) -> None:
    new, old = edition_ids(own)
    point(own, old)
    opened = []

    def slowly(home: Path) -> Assistant:
        if opened:
            time.sleep(0.3)
        opened.append(current_id(home))
        return open_assistant(home)

    current = CurrentAssistant(own, slowly)
    with ThreadPoolExecutor(8) as pool:
        assert {a.edition.id for a in pool.map(lambda _: current.get(), range(16))} == {old}
        point(own, new)
        during = [a.edition.id for a in pool.map(lambda _: current.get(), range(16))]
    assert sorted(set(during) - {new}) == [old]
    assert (opened, current.get().edition.id) == ([old, new], new)


# --- history -------------------------------------------------------------------------------


def test_going_back_answers_as_of_then(own: Path) -> None:
    then = older(own)
    history.rollback(own, then)
    assert [entry.current for entry in history.list_editions(own)] == [False, True]
    assert open_assistant(own).ask(QUESTION).edition == then


def test_going_back_to_a_damaged_edition_is_refused(own: Path) -> None:
    before = current_id(own)
    damage(own / "editions" / older(own) / "clauses.jsonl", "flip")
    with pytest.raises(EditionDamaged):
        history.rollback(own, older(own))
    assert current_id(own) == before


def test_prune_keeps_the_newest_and_the_current_one(own: Path) -> None:
    current = older(own)
    history.rollback(own, current)
    newest = edition_ids(own)[0]
    assert history.prune(own, 1) == []
    point(own, newest)
    assert history.prune(own, 1) == [current]
    assert edition_ids(own) == [newest]


def test_the_edition_that_prune_leaves_is_whole(own: Path) -> None:
    history.prune(own, 1)
    assert [problems for _, problems in history.verify(own)] == [[]]


def test_exported_models_that_no_edition_holds_go_with_the_editions_that_are_pruned(own: Path) -> None:
    held = {path.name for path in (own / "models").iterdir()}
    (own / "models" / "judge-int8-0123456789ab").mkdir()
    history.prune(own, 2)
    assert {path.name for path in (own / "models").iterdir()} == held


@pytest.mark.parametrize("how", ["flip", "truncate", "delete"])
def test_no_model_goes_while_an_edition_cannot_say_which_are_its_own(how: str, own: Path) -> None:
    (own / "models" / "judge-int8-0123456789ab").mkdir()
    damage(own / "editions" / edition_ids(own)[0] / "judge" / "judge.json", how)
    history.prune(own, 2)
    assert (own / "models" / "judge-int8-0123456789ab").is_dir()


def test_a_difference_marks_the_words_that_changed(docs: Path, own: Path) -> None:
    republish(docs, own)
    before = open_edition(own)
    page = docs / PAGE
    page.write_text(page.read_text("utf-8").replace("private texts", "private messages"), "utf-8")
    _, found = rehearse(Work(docs, own, read_settings().embedding))
    assert (len(found.changed), found.added, found.removed) == (1, (), ())
    runs = found.changed[0].words
    assert [(run.op, run.text) for run in runs if run.op != "same"] == [("removed", "texts"), ("added", "messages")]
    assert "".join(run.text for run in runs if run.op != "added") == found.changed[0].before.text
    assert found.before == before.id == current_id(own)


def test_a_renamed_page_moves_its_clauses(docs: Path, own: Path) -> None:
    republish(docs, own)
    (docs / PAGE).rename(docs / "online-conduct.md")
    _, found = rehearse(Work(docs, own, read_settings().embedding))
    assert (found.added, found.removed, len(found.moved)) == ((), (), len(open_edition(own).clauses))


def test_a_dry_run_publishes_nothing(docs: Path, own: Path) -> None:
    before = (current_id(own), edition_ids(own))
    report, found = rehearse(Work(docs, own, read_settings().embedding))
    assert (current_id(own), edition_ids(own)) == before
    assert (report.built.published, len(found.removed)) == (False, 1)


def test_the_same_edition_differs_in_nothing(own: Path) -> None:
    assert compare(open_edition(own), open_edition(own)).is_empty


def test_of_a_page_with_very_many_clauses_a_changed_one_went_and_another_came(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *others = assistant.edition.clauses
    changed = replace(first, id=f"{first.id}-2", text=f"{first.text} Always.")
    after = replace(assistant.edition, clauses=(changed, *others))
    assert [pair.after for pair in compare(assistant.edition, after).changed] == [changed]
    monkeypatch.setattr(difference, "_MOST_PAIRS", 0)
    found = compare(assistant.edition, after)
    assert (found.changed, found.removed, found.added) == ((), (first,), (changed,))
