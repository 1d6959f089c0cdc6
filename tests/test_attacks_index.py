"""The hostile cases against the index, one test per case, named by its id.

A large handbook is searched through Chroma; the small one of the tests is made to be, so that damage to
the collection matters.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pytest
from homes import ROOT, damage, older, republish, state, write_page
from typer.testing import CliRunner

from benchmarks.kill import QUESTION, answered, copy_home
from ingest import history, parts, vectors
from ingest.editions import EditionDamaged, EditionMismatch, current_id, open_edition
from ingest.manifest import MANIFEST
from ingest.pointer import CURRENT, AlreadyBuilding, DiskRefused, building
from ingest.settings import read_settings
from ingest.vectors import ChromaNearest, ExactNearest, open_nearest
from qa.__main__ import app
from qa.current import CurrentAssistant

ELSEWHERE = {
    "IK-05": "a kill while the chat log is written: the log is the desk's database, not an edition (desk tests)",
    "IK-06": "a kill while records are purged: the desk's database, not an edition (desk tests)",
}


@pytest.fixture
def own(two_editions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with two editions, to be broken, and searched through Chroma."""
    monkeypatch.setattr(vectors, "EXACT_ROWS", 0)
    monkeypatch.setattr(parts, "EXACT_ROWS", 0)
    return copy_home(two_editions, tmp_path / "home")


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A handbook of one page."""
    return write_page(tmp_path / "docs").parent


def chroma(home: Path) -> Path:
    return home / "editions" / current_id(home) / "chroma"


def nearest(home: Path) -> vectors.Nearest:
    edition = open_edition(home)
    return open_nearest(edition.parts.get("chroma"), [row.digest for row in edition.rows], edition.vectors)


def is_repaired(home: Path, break_it: Callable[[], None]) -> None:
    """After damage the same edition answers the same, through Chroma, and every file is whole again."""
    before, expected = current_id(home), state(open_edition(home))
    break_it()
    assert any(problems for _, problems in history.verify(home))
    edition = open_edition(home)
    assert (edition.id, state(edition)) == (before, expected)
    assert isinstance(nearest(home), ChromaNearest)
    assert [problems for _, problems in history.verify(home)] == [[], []]


COLLECTION_FILES = {
    "IC-02": ("header.bin", lambda old: b""),
    "IC-03": ("data_level0.bin", lambda old: old[: len(old) // 2]),
    "IC-04": ("link_lists.bin", lambda old: b"" if old else b"\0"),
    "IC-05": ("data_level0.bin", lambda old: bytes([*old[:200], *(b ^ 0x10 for b in old[200:400]), *old[400:]])),
    "IC-09": ("chroma.sqlite3", lambda old: b""),
    "IC-11": ("chroma.sqlite3", lambda old: b"not a database!!" + old[16:]),
}


@pytest.mark.parametrize("case", COLLECTION_FILES)
def test_a_changed_file_of_the_collection_is_found_before_chroma_opens_it(own: Path, case: str) -> None:
    name, change = COLLECTION_FILES[case]
    path = next(chroma(own).rglob(name))
    is_repaired(own, lambda: path.write_bytes(change(path.read_bytes())) and None)


def test_ic_07_a_missing_file_of_the_collection_is_found(own: Path) -> None:
    is_repaired(own, next(chroma(own).rglob("index_metadata.pickle")).unlink)


def test_ic_12_an_edition_without_manifest_is_refused_and_the_one_before_answers(own: Path) -> None:
    damaged = current_id(own)
    (own / "editions" / damaged / MANIFEST).unlink()
    with pytest.raises(EditionDamaged):
        open_edition(own, damaged)
    assert open_edition(own).id == older(own)


@pytest.mark.parametrize("name", [MANIFEST, "clauses.jsonl"])
@pytest.mark.parametrize("put", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")], ids=["a pipe", "a device"])
def test_what_never_ends_in_the_place_of_a_file_is_damage_and_is_not_read(
    own: Path, name: str, put: Callable[[Path], None]
) -> None:
    path = own / "editions" / current_id(own) / name
    path.unlink(missing_ok=True)
    put(path)
    with pytest.raises(EditionDamaged):
        open_edition(own, path.parts[len((own / "editions").parts)])
    assert open_edition(own).id == older(own)
    (own / CURRENT).unlink()
    put(own / CURRENT)
    assert open_edition(own).id == older(own)


def test_a_pipe_in_the_place_of_a_model_is_put_right_as_a_missing_one_is(own: Path) -> None:
    path = own / "editions" / current_id(own) / "finder" / "model.onnx"
    path.unlink()
    os.mkfifo(path)
    assert open_edition(own).id == current_id(own)
    assert path.is_file()


def test_ic_13_a_manifest_with_another_count_is_refused(own: Path) -> None:
    manifest = own / "editions" / current_id(own) / MANIFEST
    found = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps(found | {"counts": found["counts"] | {"clauses": 9999}}, indent=1), "utf-8")
    with pytest.raises(EditionDamaged, match="not the one in its folder's name"):
        open_edition(own, current_id(own))
    assert open_edition(own).id == older(own)


def sql(home: Path, statement: str) -> None:
    with closing(sqlite3.connect(chroma(home) / "chroma.sqlite3")) as database, database:
        assert database.execute(statement).rowcount > 0


REMOTE_CODE = '{"model_name": "x", "kwargs": {"trust_remote_code": true}}'
EVIL = f'{{"type": "known", "name": "sentence_transformer", "config": {REMOTE_CODE}}}'


def test_ic_15_an_embedding_function_planted_in_the_collection_is_never_made(own: Path) -> None:
    plant = (
        f"UPDATE collections SET config_json_str = json_set(config_json_str, '$.embedding_function', json('{EVIL}'))"
    )
    is_repaired(own, lambda: sql(own, plant))
    edition = open_edition(own)
    sql(own, plant)
    torch_before = "torch" in sys.modules
    found, _ = ChromaNearest(edition.parts["chroma"], [row.digest for row in edition.rows])(edition.vectors[0], 1)
    assert (found.tolist(), "torch" in sys.modules) == ([0], torch_before)


KILLED = """
import os, signal, sys, threading
from pathlib import Path
from ingest.publish import publish
def kill(): os.kill(os.getpid(), signal.SIGKILL)
{how}
publish(Path({docs!r}), Path({home!r}), embedding={embedding!r}, progress=progress)
"""
IN_CHROMA = """
import chromadb.api.models.Collection as made
add = made.Collection.add
def progress(what, done, total): pass
def killed(self, *given, **named):
    threading.Timer(0.004, kill).start()
    add(self, *given, **named)
    add(self, *given, **named)
    kill()
made.Collection.add = killed
"""
AT_THE_POINTER = """
def progress(what, done, total): pass
def hook(event, arguments):
    if event == "os.rename" and str(arguments[1]).endswith("/current"): kill()
sys.addaudithook(hook)
"""
AFTER_THE_POINTER = """
def progress(what, done, total): pass
replace = os.replace
def replaced(a, b):
    replace(a, b)
    if str(b).endswith("/current"): kill()
os.replace = replaced
"""


def killed(docs: Path, home: Path, how: str) -> None:
    code = KILLED.format(how=how, docs=str(docs), home=str(home), embedding=read_settings().embedding)
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (out.returncode, out.stderr) == (-9, "")


@pytest.mark.parametrize("case", ["IK-01", "IK-04 before", "IK-04 after"])
def test_a_kill_leaves_the_old_edition_or_the_new_one(own: Path, docs: Path, case: str) -> None:
    """IK-01 while Chroma adds, IK-04 around the rename of the pointer; hundreds more: benchmarks/kill.py."""
    (docs / "lunch.md").write_text("# Lunch\n\nEat in the hall.\n", "utf-8")
    how = {"IK-01": IN_CHROMA, "IK-04 before": AT_THE_POINTER, "IK-04 after": AFTER_THE_POINTER}[case]
    before = current_id(own)
    killed(docs, own, how)
    assert (current_id(own) != before) == (case == "IK-04 after")
    assert [problems for _, problems in history.verify(own) if problems] == []
    assert republish(docs, own).built.id == current_id(own)
    assert list((own / "drafts").iterdir()) == []


def test_ik_07_all_is_on_the_disk_before_the_pointer_says_so(
    own: Path, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut drops what was not fsynced: each file must be, after its last write, and then each name."""
    synced: dict[str, tuple[int, int]] = {}
    order: list[str] = []
    fsync, replace, rename = os.fsync, os.replace, os.rename

    def watched(handle: int) -> None:
        path, stat = os.readlink(f"/proc/self/fd/{handle}"), os.fstat(handle)
        synced[path] = (stat.st_size, stat.st_mtime_ns)
        order.append(f"sync {path}")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    monkeypatch.setattr(os, "replace", lambda a, b: (order.append(f"name {b}"), replace(a, b)))
    monkeypatch.setattr(os, "rename", lambda a, b: (order.append(f"name {b}"), rename(a, b)))
    republish(docs, own)
    folder = own / "editions" / current_id(own)
    aside = own / "drafts" / f".{os.getpid()}"
    for path in (p for p in folder.rglob("*") if p.is_file()):
        stat = path.stat()
        assert synced.get(str(aside / path.relative_to(folder))) == (stat.st_size, stat.st_mtime_ns), path
    named, pointed = order.index(f"name {folder}"), order.index(f"name {own / 'current'}")
    assert named < order.index(f"sync {folder.parent}", named) < pointed < order.index(f"sync {own}", pointed)


@pytest.mark.parametrize("case", ["IN-01", "IN-02"])
def test_another_process_that_writes_into_the_collection_is_not_seen(own: Path, case: str) -> None:
    """Who searches has a copy of its own; whoever opens the edition next finds the change and repairs it."""
    edition = open_edition(own)
    search = nearest(own)
    expected = search(edition.vectors[3], 5)[0].tolist()

    def write() -> None:
        other = vectors._client(chroma(own))
        collection = other.get_collection("clauses", embedding_function=None)
        if case == "IN-01":
            collection.add(ids=[f"new{n}" for n in range(10)], embeddings=np.tile(edition.vectors[3], (10, 1)))
        else:
            collection.delete(ids=[row.digest for row in edition.rows[1:]])
        other.close()
        assert search(edition.vectors[3], 5)[0].tolist() == expected

    is_repaired(own, write)


def test_in_04_deleting_everything_while_serving_does_not_stop_the_answers(own: Path) -> None:
    current = CurrentAssistant(own)
    expected = current.get().ask(QUESTION).text
    shutil.rmtree(own)
    assert current.get().ask(QUESTION).text == expected


def test_in_05_the_second_of_two_ingests_is_refused_by_name(own: Path, docs: Path) -> None:
    refused: list[Exception] = []

    def second() -> None:
        try:
            republish(docs, own)
        except AlreadyBuilding as error:
            refused.append(error)

    with building(own):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert f"already running in {own} (process {os.getpid()}, since " in str(refused[0])


def test_in_06_fifty_threads_ask_twenty_times_each(own: Path) -> None:
    edition = open_edition(own)
    search = nearest(own)

    def asks(thread: int) -> bool:
        row = thread % len(edition.rows)
        return all(search(edition.vectors[row], 1)[0].tolist() == [row] for _ in range(20))

    with ThreadPoolExecutor(50) as pool:
        assert all(pool.map(asks, range(50)))


@contextmanager
def no_room(size: int = 0) -> Iterator[None]:
    """A disk on which no file may grow beyond a size (Python ignores the signal, so that writes fail)."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_ir_02_a_full_disk_at_the_start_is_answered_from_without_chroma(own: Path) -> None:
    expected = answered(own)
    with no_room():
        assert isinstance(nearest(own), ExactNearest)
        found = answered(own)
    assert found == expected


@pytest.fixture
def read_only(own: Path, tmp_path: Path) -> Iterator[Path]:
    """The home on a file system mounted read-only; needs the right to mount."""
    place = tmp_path / "mounted"
    place.mkdir()
    if subprocess.run(["mount", "--bind", own, place], capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", place], check=True)
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


def test_ir_03_a_read_only_home_answers(own: Path, read_only: Path) -> None:
    assert isinstance(nearest(read_only), ChromaNearest)
    assert answered(read_only) == answered(own)


@pytest.mark.parametrize("part", ["words", "chroma", "finder"])
def test_ir_03_a_read_only_home_answers_even_when_a_part_is_damaged(own: Path, read_only: Path, part: str) -> None:
    expected = answered(own)
    damage(max((own / "editions" / current_id(own) / part).rglob("*.*"), key=lambda p: p.stat().st_size), "truncate")
    assert answered(read_only) == expected


def test_ir_03_publishing_into_a_read_only_home_says_what_to_do(docs: Path, read_only: Path) -> None:
    with pytest.raises(DiskRefused, match=r"cannot write in .*: make room or make it writable"):
        republish(docs, read_only)


@pytest.mark.parametrize("limit", [(resource.RLIMIT_AS, 1 << 30), (resource.RLIMIT_NOFILE, 64)], ids=["AS", "NOFILE"])
def test_ir_05_little_memory_or_few_files_give_an_answer_or_a_message(own: Path, limit: tuple[int, int]) -> None:
    words = [QUESTION, "--home", str(own)]
    code = (
        f"import resource; resource.setrlimit({limit[0]}, ({limit[1]}, {limit[1]}))\n"
        f"from qa.__main__ import app; app({words})"
    )
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=300)
    free = CliRunner().invoke(app, words)
    assert free.exit_code == 0
    assert out.stdout == free.stdout or (out.returncode and out.stderr.startswith("error: "))
    assert "Traceback" not in out.stderr


@pytest.mark.parametrize("size", [0, 200, 3_000, 40_000, 80_000, 150_000])
def test_ir_06_a_disk_that_fills_up_at_any_file_leaves_the_current_edition(own: Path, docs: Path, size: int) -> None:
    """A limit on the size of files stops another write of the build at each size, then everything after it."""
    before, expected = current_id(own), state(open_edition(own))
    with no_room(size), pytest.raises((DiskRefused, vectors.IndexDamaged), match="make room"):
        republish(docs, own)
    assert (current_id(own), state(open_edition(own))) == (before, expected)
    assert republish(docs, own).built.published
    assert [problems for _, problems in history.verify(own) if problems] == []


def test_ir_06_a_disk_that_fills_up_while_a_collection_is_copied_is_told_as_full(
    own: Path, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(target))

    monkeypatch.setattr(vectors, "copy_folder", full)
    (docs / "lunch.md").write_text("# Lunch\n\nEat in the hall.\n", "utf-8")
    with pytest.raises(DiskRefused, match=r"cannot write in .* \(No space left on device\): make room"):
        republish(docs, own)


VERSIONS = {
    "IV-02": "INSERT INTO migrations (dir, version, filename, sql, hash) VALUES ('sysdb', 99, 'x', 'x', 'x')",
    "IV-03": "UPDATE migrations SET hash = 'x'",
}


@pytest.mark.parametrize("case", VERSIONS)
def test_a_collection_of_another_chroma_is_made_again(own: Path, case: str) -> None:
    is_repaired(own, lambda: sql(own, VERSIONS[case]))


def test_iv_04_an_edition_of_a_newer_format_is_refused_with_what_to_do(own: Path) -> None:
    folder = own / "editions" / current_id(own)
    content = json.dumps(json.loads((folder / MANIFEST).read_text("utf-8")) | {"format": 999}).encode()
    newer = f"{folder.name[:15]}-{hashlib.sha256(content).hexdigest()[:12]}"
    shutil.copytree(folder, folder.with_name(newer))
    (folder.with_name(newer) / MANIFEST).write_bytes(content)
    with pytest.raises(EditionMismatch, match=r"format 999, not \d+: upgrade this program"):
        open_edition(own, newer)


@pytest.mark.parametrize("case", ELSEWHERE)
def test_a_case_that_is_not_about_editions(case: str) -> None:
    pytest.skip(f"{case}: {ELSEWHERE[case]}")


@pytest.mark.parametrize(
    ("digests", "length", "says"),
    [("ab", 1, "holds 2 rows, not 3"), ("abc", 2, "a of the collection is not found by its own vector")],
)
def test_a_collection_that_does_not_give_back_what_went_in_is_refused(
    digests: str, length: int, says: str, tmp_path: Path
) -> None:
    with pytest.raises(vectors.IndexDamaged, match=says):
        vectors.write_collection(tmp_path / "chroma", [*digests], length * np.eye(3, dtype=np.float32))
