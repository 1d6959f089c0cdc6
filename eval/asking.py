"""What the command was asked to do → an outcome: which gold, which edition, against what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.accepted import BaselineError, accepted_of, read_accepted, read_report
from eval.beside import beside
from eval.figures import summarise
from eval.files import ACCEPTED, GOLD
from eval.gate import Outcome, held_to, judge, read_bar
from eval.gold import GoldError, GoldQuestion, read_gold
from eval.leaks import check_leaks
from eval.measure import Measured, measured_answers
from eval.places import check_quotes, misplaced, placed
from eval.run import Run
from ingest.console import remark
from ingest.documents import HandbookError
from ingest.editions import Edition, open_edition
from ingest.embedding import Encoder
from ingest.rows import Progress
from qa.assistant import Assistant, open_assistant


@dataclass(frozen=True, slots=True)
class Asking:
    """Which questions are asked of whom; `failed_in` is the reports folder whose wrong answers are asked again."""

    gold: tuple[Path, ...]
    home: Path
    only: str = ""
    failed_in: Path | None = None
    jobs: int = 1
    model: str = ""

    @property
    def partial(self) -> str:
        """The options that leave questions out, as they were given; empty for a whole run."""
        parts = [f"--only {self.only}"] if self.only else []
        return " ".join([*parts, "--failed"] if self.failed_in else parts)


def asked(asking: Asking, accepted: Path | None, floors: Path, progress: Progress) -> Outcome:
    """Asks the current edition and holds the answers against the bar and the accepted run.

    The checkout's accepted run is that of the checkout's gold; one that is named is that of whatever is asked. Of other
    gold there may be nothing to compare. With a chat model set the questions are asked without it too, and the two
    stand side by side.

    Raises:
        HandbookError: gold, edition or settings cannot be used; the message says why.
    """
    bar, before = read_bar(floors), read_accepted(accepted or ACCEPTED)
    if accepted and before is None:
        raise BaselineError(f"no accepted run {accepted}: look at the name, or leave --accepted out until there is one")
    gold = read_gold(asking.gold)
    assistant = open_assistant(asking.home, model=asking.model)
    check_gold(gold, assistant.edition)
    outcome = judge(_measured(asking, gold, assistant, progress), bar, before, asking.partial)
    if accepted or GOLD.resolve() in map(Path.resolve, asking.gold):
        outcome = held_to(outcome)
    if not assistant.model:
        return outcome
    without = _measured(asking, gold, assistant.without_model(), progress)
    return replace(outcome, beside=beside(assistant.model, outcome.measured, without))


def asked_both(asking: Asking, editions: tuple[str, str], floors: Path, progress: Progress) -> Outcome:
    """Asks two editions and sets the second against the first, over the questions whose quotes are in both.

    Raises:
        HandbookError: as `asked`.
    """
    bar = read_bar(floors)
    before, after = (open_assistant(asking.home, name, model=asking.model) for name in editions)
    gold = _in_both(read_gold(asking.gold), before, after)
    first = _measured(asking, gold, before, progress)
    baseline = accepted_of(first.rows, first.run.edition, f"edition {before.edition.id}")
    left_out = f"--editions {' '.join(editions)} {asking.partial}".strip()
    return judge(_measured(asking, gold, after, progress), bar, baseline, left_out)


def refused(error: GoldError) -> Outcome:
    """The outcome where gold cannot be used: nothing was asked, and every fault is below the bar.

    Reports are made of it, so that none of an earlier run is taken for this one's.
    """
    nothing = Measured(Run("–", (), (), ()), (), summarise(()))
    return Outcome(nothing, "no question asked", None, error.faults)


def check(paths: Sequence[Path], home: Path) -> tuple[tuple[GoldQuestion, ...], Edition]:
    """Reads gold, and holds it against the current edition: every quote is in it, and no question is taught.

    Raises:
        GoldError: the gold cannot be used; every fault is named.
        HandbookError: there is no edition.
    """
    gold = read_gold(paths)
    edition = open_edition(home)
    check_gold(gold, edition)
    return gold, edition


def check_gold(gold: Sequence[GoldQuestion], edition: Edition) -> None:
    """Every quote is in the edition, and no question is taught in it.

    Raises:
        GoldError: one is not, or one is.
    """
    check_quotes(gold, edition)
    check_leaks(gold, edition, open_embedder(edition))


def open_embedder(edition: Edition) -> Encoder:
    """The embedding model of an edition."""
    return Encoder(edition.parts["finder"])


def _measured(asking: Asking, gold: Sequence[GoldQuestion], assistant: Assistant, progress: Progress) -> Measured:
    kept = _chosen(asking, placed(gold, assistant.edition))
    return measured_answers(assistant, kept, progress, asking.jobs)


def _chosen(asking: Asking, gold: Sequence[GoldQuestion]) -> tuple[GoldQuestion, ...]:
    kept = [question for question in gold if not asking.only or asking.only in question.tags]
    if asking.failed_in:
        report = read_report(asking.failed_in / "report.json")
        wrong = {answer.id for answer in report.answers if answer.right is False}
        kept = [question for question in kept if question.id in wrong]
        if not wrong:
            raise HandbookError(f"nothing was wrong in the last run ({asking.failed_in}): leave --failed out")
    if not kept:
        tags = ", ".join(sorted({tag for question in gold for tag in question.tags}))
        raise HandbookError(f"no question is left to ask with {asking.partial}; tags there are: {tags}")
    return tuple(kept)


def _in_both(gold: Sequence[GoldQuestion], before: Assistant, after: Assistant) -> tuple[GoldQuestion, ...]:
    fitting = []
    for question in gold:
        faults = [fault for side in (before, after) for fault in misplaced(question, side.edition)]
        if faults:
            remark(f"left out: {faults[0]}")
        else:
            fitting.append(question)
    if not fitting:
        raise GoldError("no gold question fits both editions: give gold that quotes what they share")
    return tuple(fitting)
