"""One step of training after another, and what is said of them: what the courses of finder, judge and teacher share."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

TOLD_EVERY = 20  # steps
LONGEST_STEP = 1.0  # norm of a gradient; a longer one is shortened to it


class Steps:
    """The steps of one epoch, so many as `count`: each moves `weights` and the rate, some say how far it has got."""

    def __init__(
        self, epoch: int, count: int, weights: Sequence[torch.nn.Parameter], optimizer: Any, schedule: Any
    ) -> None:
        self._epoch, self._count = epoch, count
        self._weights, self._optimizer, self._schedule = weights, optimizer, schedule
        self._last = getattr(schedule, "total_steps", math.inf) - 1  # a schedule that ends raises beyond its end
        self._losses: list[float] = []
        self._started = time.time()

    def take(self, loss: torch.Tensor) -> None:
        """One step against the gradient of a loss."""
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._weights, LONGEST_STEP)
        self._optimizer.step()
        if self._schedule.last_epoch < self._last:
            self._schedule.step()
        step = len(self._losses)
        self._losses.append(loss.item())
        if step % TOLD_EVERY == 0:
            mean, seconds = np.mean(self._losses[-TOLD_EVERY:]), time.time() - self._started
            print(f"epoch {self._epoch} step {step}/{self._count} loss {mean:.3f} {seconds:.0f}s", flush=True)

    def write(self, figures: Mapping[str, Mapping[str, float]], log: Path) -> None:
        """Adds a line on the epoch to a log: its mean loss, its seconds, and the figures of the held-out pages."""
        row = {"epoch": self._epoch, "loss": float(np.mean(self._losses)), "seconds": time.time() - self._started}
        with log.open("a") as lines:
            lines.write(json.dumps(row | dict(figures)) + "\n")
        print(figures, flush=True)
