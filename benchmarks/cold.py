"""What a command costs from its start to its end: processor time, time on the clock, most memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
_LAUNCHER = """
import json, resource, subprocess, sys, time
started = time.perf_counter()
ended = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([ended, used.ru_utime + used.ru_stime, time.perf_counter() - started, used.ru_maxrss / 1024]))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor seconds (all threads, user and system), seconds on the clock, most memory in MiB."""

    cpu: float
    wall: float
    mib: float


def cost(command: Sequence[str], ends: Sequence[int] = (0,)) -> Cost:
    """What a Python module costs as a process of its own: `cost(["qa", "can I text a parent back?"])`.

    A small process starts it: Linux counts the memory of whoever starts a process as the process's own.

    Raises:
        RuntimeError: the command ended with another status than those it may end with.
    """
    whole = [sys.executable, "-S", "-c", _LAUNCHER, sys.executable, "-m", *command]
    out = subprocess.run(whole, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True, timeout=1800)
    ended, *found = json.loads(out.stdout)
    if ended not in ends:
        raise RuntimeError(f"{' '.join(command)} ended with {ended}, not {' or '.join(map(str, ends))}: run it by hand")
    return Cost(*found)
