"""What taught questions about the same sentence say of this one.

“Can I…” and “is it banned to…” about one sentence have opposite answers, and a question that says it has
the head's leave has another than one that does not. So a taught verdict counts where both ask the same
thing, turned round where they ask the opposite, and not at all where they cannot be compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.taught import TaughtQuestion
from qa.evidence import Candidate, Recalled
from qa.frames import Asks, Frame, read_question

BEGINS = 0.6  # cosine below which a taught question on the same sentence tells nothing that the judge does not know
DOUBT = 0.5  # how much likeness it takes for the taught to be heeded by half

ALIKE = 0.7  # cosine from which what is taught of the two nearest questions holds for this one, if both say the same

_OPPOSITE = {
    Asks.WHETHER_ALLOWED: Asks.WHETHER_FORBIDDEN,
    Asks.WHETHER_FORBIDDEN: Asks.WHETHER_ALLOWED,
    Asks.WHETHER_OBLIGED: Asks.WHETHER_EXCUSED,
    Asks.WHETHER_EXCUSED: Asks.WHETHER_OBLIGED,
}
_TURNED = {"yes": "no", "no": "yes"}


def taught_strength(cosine: float, begins: float = 0.5) -> float:
    """How much a taught question of this likeness counts: nothing below `begins`, 1 when asked word for word."""
    return max(0.0, (cosine - begins) / (1 - begins))


def votes(recalled: Sequence[Recalled], frame: Frame, candidate: Candidate) -> Mapping[str, float]:
    """For each verdict the share of the taught questions on this sentence that speak for it, 0 to 1 in all."""
    found: dict[str, float] = {}
    for one in recalled:
        strength = taught_strength(one.score, BEGINS)
        verdict = _verdict_here(one.taught, frame) if strength and _same_place(one.taught, candidate) else None
        if verdict is not None:
            found[verdict] = found.get(verdict, 0.0) + strength
    total = sum(found.values()) + DOUBT
    return {verdict: weight / total for verdict, weight in found.items()}


def taught_silent(recalled: Sequence[Recalled]) -> bool:
    """Whether the two taught questions that are most like this one are both not covered, and the first is much like it.

    One alone may be the near twin of a question that is covered. Of 1,232 taught questions that the page settles, each
    asked without itself, three have two such beside them, and 99 of 368 that it does not settle.
    """
    nearest = sorted(recalled, key=lambda one: -one.score)[:2]
    alike = len(nearest) == 2 and nearest[0].score >= ALIKE
    return alike and all(one.taught.verdict == "not_covered" for one in nearest)


def _verdict_here(taught: TaughtQuestion, frame: Frame) -> str | None:
    """The verdict of a taught question for one who asks like this; None where the two cannot be compared."""
    other = read_question(taught.question, taught.history[-1] if taught.history else "")
    if (other.states_condition, other.lacks_condition) != (frame.states_condition, frame.lacks_condition):
        return None
    if other.asks is frame.asks:
        return taught.verdict
    return _TURNED.get(taught.verdict, taught.verdict) if _OPPOSITE.get(other.asks) is frame.asks else None


def _same_place(taught: TaughtQuestion, candidate: Candidate) -> bool:
    return any(
        clause == candidate.clause.id and candidate.clause.sentences[index] == candidate.sentence
        for clause, index in taught.sentences
    )
