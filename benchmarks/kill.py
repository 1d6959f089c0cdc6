"""Kills builds with real SIGKILLs at every step of the way, and looks at what is left.

    python -m benchmarks.kill DOCS HOME --kills 200

HOME holds a published edition, DOCS the pages that are published over it. Half of the kills come at a
file operation of the build, counted through Python's audit hook and spread evenly over all of them; the
other half at a random moment, so that they reach into Chroma and onnxruntime too. After each kill a
process of its own asks the home a question, publishes once more and verifies everything.

One JSON line a trial on standard output, a summary on standard error; exit status 1 if any is not sound.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qa.answer import Answer

QUESTION = "can I text a parent back?"
_STEPS = (
    "open",
    "os.mkdir",
    "os.rename",
    "os.link",
    "os.remove",
    "os.rmdir",
    "os.listdir",
    "os.scandir",
    "shutil.rmtree",
)
_LINKED = (".onnx", "tokenizer.json")


@dataclass(frozen=True, slots=True)
class Trial:
    """One kill: when it came, which edition was current after it, and what was wrong (nothing: "")."""

    at: str
    state: str
    problem: str


def copy_home(home: Path, target: Path) -> Path:
    """A copy of a home; the models, which nobody writes, by hard links."""

    def copied(source: str, copy: str) -> None:
        if source.endswith(_LINKED):
            os.link(source, copy)
        else:
            shutil.copyfile(source, copy)

    shutil.copytree(home, target, copy_function=copied)
    return target


def forked(work: Callable[[], Any]) -> tuple[int, Callable[[], tuple[int, Any]]]:
    """Starts work in a fork; returns its process id, and how to wait for its (signal or status, result)."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        status = 1
        try:
            os.write(writing, json.dumps(work()).encode())
            status = 0
        except BaseException as error:  # reported, and the fork must never return into the parent's code
            os.write(writing, json.dumps(f"{type(error).__name__}: {error}").encode())
        finally:
            os._exit(status)
    os.close(writing)

    def wait() -> tuple[int, Any]:
        with os.fdopen(reading, "rb") as pipe:
            content = pipe.read()
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status), json.loads(content) if content else None

    return child, wait


def _run(args: argparse.Namespace) -> Iterator[Trial]:
    import bm25s  # noqa: F401 - imported once, before the forks
    import chromadb  # noqa: F401
    import onnxruntime  # noqa: F401

    import ingest.publish
    import qa.assistant  # noqa: F401
    from ingest.pointer import current_id

    with tempfile.TemporaryDirectory(prefix="policy-qa-kill-") as folder:
        base = Path(folder)
        settings = shutil.copy(ingest.publish.SETTINGS_FILE, base)  # may be retrained meanwhile
        ingest.publish.SETTINGS_FILE = Path(settings)
        copy_home(args.home, base / "whole")
        before = current_id(args.home)
        old = _waited(lambda: answered(args.home))
        started = time.monotonic()
        steps = _waited(lambda: _publish(args, base / "whole", stop=0))
        seconds = time.monotonic() - started
        new = _waited(lambda: answered(base / "whole"))
        for number in range(args.kills):
            place = base / f"{number}"
            copy_home(args.home, place)
            at = _kill(args, place, number, steps, seconds)
            state = "old" if current_id(place) == before else "new"
            expected = old if state == "old" else new
            problem = _waited(lambda place=place, expected=expected: _look(args, place, expected))
            yield Trial(at, state, problem)
            shutil.rmtree(place)


def _kill(args: argparse.Namespace, place: Path, number: int, steps: int, seconds: float) -> str:
    if number % 2 == 0:
        stop = 1 + round((number / max(1, args.kills - 1)) * (steps - 1))
        _, wait = forked(lambda: _publish(args, place, stop))
        wait()
        return f"step {stop} of {steps}"
    child, wait = forked(lambda: _publish(args, place, stop=0))
    moment = random.Random(number).uniform(0, 1.2 * seconds)
    time.sleep(moment)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    wait()
    return f"{moment:.2f} of {seconds:.2f} s"


def _publish(args: argparse.Namespace, home: Path, stop: int) -> int:
    """Publishes and returns how many file operations it took; dies at the one numbered `stop`."""
    from ingest.publish import publish

    count = 0

    def hook(event: str, _: object) -> None:
        nonlocal count
        if event in _STEPS:
            count += 1
            if count == stop:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    publish(args.docs, home, embedding=args.embedding)
    return count


def _look(args: argparse.Namespace, home: Path, expected: str) -> str:
    """What is wrong with a home after a kill, and after the build that follows it; "" if nothing is."""
    from ingest.history import verify
    from ingest.publish import publish

    found = answered(home)
    if found != expected:
        return f"another answer: {found} instead of {expected}"
    damaged = [problem for _, problems in verify(home) for problem in problems]
    publish(args.docs, home, embedding=args.embedding)
    damaged += [problem for _, problems in verify(home) for problem in problems]
    left = [path.name for pattern in ("*/.*", ".current*", "building*", "drafts/*") for path in home.glob(pattern)]
    return "; ".join([*damaged, *(f"left over: {name}" for name in left)])


def answered(home: Path, edition_id: str = "") -> str:
    """What an edition, the current one if no id is given, answers to `QUESTION`, as `comparable` has it."""
    from qa.assistant import open_assistant

    return comparable(open_assistant(home, edition_id).ask(QUESTION))


def comparable(answer: Answer) -> str:
    """An answer as text to compare: without its time, edition and id."""
    told = answer.to_dict()
    return json.dumps({key: value for key, value in told.items() if key not in ("elapsed_ms", "edition", "id")})


def _waited(work: Callable[[], Any]) -> Any:
    _, wait = forked(work)
    return wait()[1]


def summary(found: Sequence[Trial]) -> str:
    """How many kills left which state, and after how many anything was wrong."""
    states = {state: sum(trial.state == state for trial in found) for state in ("old", "new")}
    wrong = sum(bool(trial.problem) for trial in found)
    return f"{len(found)} kills: {states['old']} left the old edition, {states['new']} the new one, {wrong} wrong"


def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs", type=Path)
    parser.add_argument("home", type=Path)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--embedding", default="policy-minilm")
    found = []
    for trial in _run(parser.parse_args()):
        found.append(trial)
        print(json.dumps(asdict(trial)), flush=True)
    print(summary(found), file=sys.stderr)
    return 1 if any(trial.problem for trial in found) else 0


if __name__ == "__main__":
    sys.exit(_main())
