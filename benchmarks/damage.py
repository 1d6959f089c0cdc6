"""Damages editions at random, and looks at what answers.

    python -m benchmarks.damage HOME --trials 200

HOME holds at least two editions. In each trial one bit of one file of the current edition is flipped, or
the file is cut short or deleted, in a copy of HOME; then a process of its own opens it and asks a
question. It must say what is wrong and answer as the current edition would, or as the one before.

One JSON line a trial on standard output, a summary on standard error; exit status 1 if any is wrong.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.kill import QUESTION, comparable, copy_home, forked

HOW = ("flip", "truncate", "delete")


@dataclass(frozen=True, slots=True)
class Trial:
    """What was done to which file, which edition answered ("none" where none did), and what was wrong with that."""

    file: str
    how: str
    answered: str
    problem: str


def damage(path: Path, how: str, chance: random.Random) -> None:
    """Flips one bit of a file, cuts it short or deletes it."""
    content = bytearray(path.read_bytes())
    path.unlink()  # its bytes may be shared
    if how == "flip":
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    if how == "truncate":
        del content[chance.randrange(len(content)) :]
    if how != "delete":
        path.write_bytes(content)


def trials(home: Path, count: int, seed: int) -> Iterator[Trial]:
    """That many trials, the files taken in turn."""
    import bm25s  # noqa: F401 - imported once, before the forks
    import onnxruntime  # noqa: F401

    import qa.assistant  # noqa: F401
    from ingest.pointer import current_id, edition_ids

    current, before = current_id(home), edition_ids(home)[1]
    expected = {edition_id: _result(home, edition_id)["answer"] for edition_id in (current, before)}
    files = sorted(p.relative_to(home) for p in (home / "editions" / current).rglob("*") if p.is_file())
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="policy-qa-damage-") as folder:
        for number in range(count):
            place = copy_home(home, Path(folder) / str(number))
            name = files[number % len(files)]
            how = HOW[chance.randrange(3)] if (place / name).stat().st_size else "delete"
            damage(place / name, how, chance)
            found = _result(place)
            answered = {current: "the current edition", before: "the one before"}.get(found.get("edition", ""), "none")
            yield Trial(name.as_posix(), how, answered, _problem(found, expected))
            shutil.rmtree(place)


def _problem(found: dict[str, Any], expected: dict[str, str]) -> str:
    if "answer" not in found:
        return f"no answer: {found}"
    if found["answer"] != expected.get(found["edition"]):
        return "another answer"
    return "" if found["said"] else "nothing was said"


def _result(home: Path, edition_id: str = "") -> dict[str, Any]:
    """What a process of its own gets from a home; without "answer" if it failed or died."""
    _, wait = forked(lambda: _asked(home, edition_id))
    status, found = wait()
    return found if isinstance(found, dict) else {"status": status, "error": found}


def _asked(home: Path, edition_id: str) -> dict[str, Any]:
    from qa.assistant import open_assistant

    said: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("ingest").addHandler(handler)
    answer = open_assistant(home, edition_id).ask(QUESTION)
    return {"edition": answer.edition, "answer": comparable(answer), "said": said}


def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    found = []
    for trial in trials(args.home, args.trials, args.seed):
        found.append(trial)
        print(json.dumps(asdict(trial)), flush=True)
    wrong = sum(bool(trial.problem) for trial in found)
    answered = ", ".join(f"{count} answered by {name}" for name, count in Counter(t.answered for t in found).items())
    print(f"{len(found)} trials: {answered}, {wrong} wrong", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(_main())
