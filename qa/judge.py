"""Evidence → ruling: which sentence settles the question, with what verdict, or that none does.

The judge reads the question together with each kept sentence (a small cross-encoder, `training/judge.py`) and what
the rules of `qa.modality` read in the two, and gives a logit for “settles it” and logits for yes / no / conditional /
info; a question of a ban or an excuse it reads the other way round too (`qa.inversion`). Those, the finder's scores
and taught questions are added with the weights in the edition's settings (`training/fuse.py`); a softmax over the
candidates and “none of them” says how sure it is. The rules then hold back a yes or a no that they contradict.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from ingest.clauses import Clause, Sentence
from ingest.embedding import brief
from ingest.taught import TaughtQuestion
from qa.amounts import amounts
from qa.conduct import asks_of_others
from qa.conversation import Understood, leans_on_nothing
from qa.cross_encoder import NO_LOGITS, CrossEncoder
from qa.draft import YES_AND_NO, Verdict
from qa.elsewhere import asks_elsewhere
from qa.evidence import Candidate, Evidence, Recalled
from qa.frames import Asks, Frame, as_judged, read_question
from qa.inversion import inverted
from qa.modality import Reading, features, nearest, outside, settle
from qa.norms import Force, Norm, is_open, opens_conditions, read_norms
from qa.people import speaks_of_others
from qa.policy_words import DEFINES, IN_EMERGENCY, MAKES_IMPOSSIBLE, MENTIONS, TAKES_BACK
from qa.question_words import CAN_I_NOT, DENIED_TRUE, HOW_OFTEN, MEASURED, NEGATION, OPENS_OPENLY, REQUEST, SMALL_TALK
from qa.quotation import misquotes
from qa.reach import tells_nothing_asked, unreached
from qa.recall import taught_silent, taught_strength, votes
from qa.scope import has_rules_elsewhere, is_off_scope
from qa.special import goes_on_otherwise, has_another_for_asker
from qa.spelling import straight
from qa.turning import turned_round

VERDICTS: tuple[Verdict, ...] = ("yes", "no", "conditional", "info")
AT_FIRST = (
    2  # candidates that are read side by side before it is asked whether they are enough: two cores have one each
)
NEARLY = 0.9  # cosine from which a taught question is nearly this one
STORY = 30  # words from which a question tells so much that it mostly hangs on more than one sentence
STATED = 6  # words below which what has no word of asking asks nothing
INVERTED = 1 / 3  # what the question turned the other way round counts for the verdict, beside the question as asked


@dataclass(frozen=True, slots=True)
class Judgement:
    """How well one sentence settles the question, and with what verdict.

    `settles` is a probability over all candidates and “none”; `verdicts` are probabilities that sum to 1.
    `cited` says that the answer rests on it.
    """

    candidate: Candidate
    settles: float
    verdicts: Mapping[Verdict, float]
    norms: tuple[Norm, ...]
    cited: bool = False


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the judge holds: the verdict, how sure it is, and every judgement, best first.

    `reading` is what the rules make of the best sentence; `doubted` holds a yes and a no that nobody may give
    on this evidence, because the rules contradict it or the judge thinks the opposite too likely.
    """

    asked: Understood
    frame: Frame
    verdict: Verdict
    confidence: float
    answerable: float
    reading: Reading
    doubted: frozenset[Verdict]
    judgements: tuple[Judgement, ...]
    taught: TaughtQuestion | None = None

    @property
    def disputed(self) -> bool:
        """Whether the verdict is a yes or a no that is not to be given as one."""
        return self.verdict in self.doubted


@dataclass(frozen=True, slots=True)
class Traits:
    """Everything that is weighed: of each candidate, of “none of them”, and of the verdict each candidate gives."""

    settles: tuple[Mapping[str, float], ...]
    none: Mapping[str, float]
    verdicts: tuple[Mapping[str, float], ...]


@dataclass(frozen=True, slots=True)
class Fusion:
    """How judge, finder and taught questions are added up; fitted on held-out pages by `training/fuse.py`.

    `settles` weighs the traits of a candidate, `none` those of “none of them”; `verdict` has a row of four
    weights (yes, no, conditional, info) for each trait of a verdict. An answer is given from a probability
    of `answer_from`, resting also on sentences with a share of it from `also_from`; where the question tells a
    story, from `answer_in_story` and `also_in_story`. A yes or a no is given only where the chance of the opposite is
    below `flip_below`. Once one of the first candidates settles the question with a share of `enough_from`, no
    more are read; the first is read alone where the finder puts it by `alone_from` above the next.
    """

    settles: Mapping[str, float]
    none: Mapping[str, float]
    verdict: Mapping[str, Sequence[float]]
    answer_from: float = 0.5
    also_from: float = 0.3
    answer_in_story: float = 0.5
    also_in_story: float = 0.15
    flip_below: float = 1.0
    enough_from: float = 1.0
    alone_from: float = math.inf

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Fusion:
        """The fusion in an edition's settings."""
        return cls(**settings["judge"])

    def readings(self, evidence: Evidence, fewest: int = 1) -> Iterator[Evidence]:
        """What is read of the evidence, each time more and never fewer than `fewest`, until it is enough."""
        alone = [1] if evidence.lead >= self.alone_from else []
        for count in (*alone, AT_FIRST):
            if count >= fewest:
                yield evidence.first(count)
        yield evidence

    def is_enough(self, judgements: Sequence[Judgement]) -> bool:
        """Whether one of these settles the question so surely that no more need be read."""
        return any(judgement.settles >= self.enough_from for judgement in judgements)


class Judge:
    """Rules on the evidence of one edition."""

    def __init__(self, encoder: CrossEncoder | None, fusion: Fusion) -> None:
        self.encoder = encoder
        self.fusion = fusion

    def __call__(self, asked: Understood, evidence: Evidence, *, fewest: int = 1) -> Ruling:
        """The ruling on what was found; without candidates, that nothing settles the question.

        Where one of the first candidates is enough, no more are read, but `fewest` always, where there are as many.
        """
        frame = read_question(asked.question, asked.before)
        question = as_judged(asked.searched)
        norms: list[tuple[Norm, ...]] = []
        logits = NO_LOGITS
        for some in self.fusion.readings(evidence, fewest):
            more = some.kept[len(norms) :]
            read = [read_norms(c.sentence.text, above(c.clause, c.sentence)) for c in more]
            logits = np.vstack([logits, self._logits(question, more, frame, read)])
            norms += read
            judgements, answerable = weigh(self.fusion, some, _traits(some, frame, logits), norms)
            if self.fusion.is_enough(judgements):
                break
        return rule(self.fusion, asked, frame, judgements, answerable, evidence.recalled)

    def traits(self, asked: Understood, evidence: Evidence, frame: Frame, norms: Sequence[tuple[Norm, ...]]) -> Traits:
        """Everything about question and evidence that is weighed, every kept candidate read."""
        return _traits(evidence, frame, self._logits(as_judged(asked.searched), evidence.kept, frame, norms))

    def _logits(
        self, question: str, kept: Sequence[Candidate], frame: Frame, norms: Sequence[tuple[Norm, ...]]
    ) -> npt.NDArray[np.float32]:
        if self.encoder is None:
            return np.zeros((len(kept), 5), np.float32)
        passages = [brief(c.clause, c.sentence) for c in kept]
        logits = self.encoder(question, passages, [features(frame, n) for n in norms])
        if other := inverted(question, frame):
            again = self.encoder(other, passages, [features(read_question(other), n) for n in norms])
            logits[:, 1:] += INVERTED * (again[:, [2, 1, 3, 4]] - logits[:, 1:])  # its yes is a no
        return logits


def _traits(evidence: Evidence, frame: Frame, logits: npt.NDArray[np.float32]) -> Traits:
    kept = evidence.kept
    return Traits(
        tuple(_candidate_traits(c, row) for c, row in zip(kept, logits, strict=True)),
        _none_traits(evidence, logits),
        tuple(_verdict_traits(evidence, frame, c, row) for c, row in zip(kept, logits, strict=True)),
    )


def weigh(
    fusion: Fusion, evidence: Evidence, traits: Traits, norms: Sequence[tuple[Norm, ...]]
) -> tuple[tuple[Judgement, ...], float]:
    """The judgement on each kept candidate, and the probability that one of them settles the question."""
    fits = [_sum(fusion.settles, found) for found in traits.settles]
    *settles, nothing = softmax([*fits, _sum(fusion.none, traits.none)])
    judgements = []
    for candidate, share, found, read in zip(evidence.kept, settles, traits.verdicts, norms, strict=True):
        rows = [(value, fusion.verdict[name]) for name, value in found.items() if name in fusion.verdict]
        sums = [sum(value * row[i] for value, row in rows) for i in range(4)]
        judgements.append(Judgement(candidate, share, dict(zip(VERDICTS, softmax(sums), strict=True)), read))
    return tuple(judgements), 1 - nothing


def rule(
    fusion: Fusion,
    asked: Understood,
    frame: Frame,
    judgements: Sequence[Judgement],
    answerable: float,
    recalled: Sequence[Recalled] = (),
) -> Ruling:
    """The ruling that follows: what the sentences that may settle it say together, the likeliest one first."""
    best_first = sorted(judgements, key=lambda j: -j.settles)
    answer_from, also_from = fusion.answer_from, fusion.also_from
    if len(asked.question.split()) >= STORY:
        answer_from, also_from = fusion.answer_in_story, fusion.also_in_story
    enough = also_from * answerable
    ranked = tuple(replace(j, cited=rank == 0 or j.settles >= enough) for rank, j in enumerate(best_first))
    silent = SMALL_TALK.fullmatch(asked.question) or leans_on_nothing(asked) or taught_silent(recalled)
    if not ranked or answerable < answer_from or silent or _leaves_open(frame, ranked):
        nothing = Reading(None, "", False)
        sure = max(1 - answerable, 1 - answer_from)  # who refuses by a rule is as sure as who just refuses by weight
        return Ruling(asked, frame, "not_covered", sure, answerable, nothing, frozenset(), ranked)
    shares = {v: sum(j.settles * j.verdicts[v] for j in ranked) for v in VERDICTS}
    verdict = max(shares, key=lambda v: shares[v])
    reading = settle(frame, ranked[0].norms)
    doubted = _doubted(reading, shares, fusion.flip_below * sum(shares.values()))
    best = ranked[0].candidate
    stands_under = above(best.clause, best.sentence)
    doubted |= outside(frame, ranked[0].norms, stands_under)
    doubted |= _beside_the_point(asked, frame, best, reading) | _taught_otherwise(recalled, frame, best)
    doubted |= _no_yes(asked, frame, ranked[0]) | turned_round(asked, ranked[0].norms)
    doubted |= unreached(asked.question, frame, ranked[0].norms, stands_under)
    return Ruling(asked, frame, verdict, shares[verdict], answerable, reading, doubted, ranked)


_OPPOSITES: tuple[tuple[Verdict, Verdict], ...] = (("yes", "no"), ("no", "yes"))


def _doubted(reading: Reading, shares: Mapping[Verdict, float], most: float) -> frozenset[Verdict]:
    """A yes and a no that the rules contradict, or whose opposite has over `most`."""
    return frozenset(
        verdict for verdict, opposite in _OPPOSITES if reading.contradicts(verdict) or shares[opposite] > most
    )


def _beside_the_point(asked: Understood, frame: Frame, candidate: Candidate, reading: Reading) -> frozenset[Verdict]:
    """A yes and a no to what one may or must do, on a sentence that only says what a word means; to any question, on
    one that only speaks of a rule or is taken back, on one about other people than those the question names, asks of
    or asks whether the rules are for, on one beside that for its asker or its amount, on one after which the rule goes
    on otherwise, and on one of several conditions; to “can I not…” and “is it a myth that…”; to what is asked of a law,
    another's book or an earlier time; to “why…” and “who…”; and to a few words that ask nothing, “I forgot my PIN”.
    """
    sentence, stands_under = candidate.sentence.text, above(candidate.clause, candidate.sentence)
    after = straight(_after(candidate))
    asks_of_fact = frame.confident and frame.asks is Asks.WHETHER_TRUE
    beside = (
        (DEFINES.search(sentence) and not asks_of_fact)
        or (opens_conditions(stands_under) and not candidate.suffices)
        or MENTIONS.search(straight(sentence))
        or TAKES_BACK.fullmatch(after)
        or _GIVES_WAY.match(after)
        or speaks_of_others(asked.searched, sentence, stands_under)
        or asks_of_others(asked.question, sentence, stands_under)
        or is_off_scope(asked.question, sentence, stands_under)
        or has_another_for_asker(candidate, asked.searched)
        or goes_on_otherwise(candidate, frame, reading.verdict)
        or any(CAN_I_NOT.search(part) or DENIED_TRUE.search(part) for part in frame.parts)
        or asks_elsewhere(frame.parts, candidate.clause)
        or (frame.asks is Asks.OPEN and OPENS_OPENLY.match(asked.question))
        or _asks_nothing(asked, frame)
    )
    return YES_AND_NO if beside else frozenset()


def _leaves_open(frame: Frame, ranked: Sequence[Judgement]) -> bool:
    """Whether a question that no yes or no answers asks of what stands elsewhere, “what does the law say”, or for an
    amount or a meaning of which no clause that would be cited tells.
    """
    if frame.asks is not Asks.OPEN:
        return False
    clauses = [j.candidate.clause for j in ranked if j.cited]
    return asks_elsewhere(frame.parts, clauses[0]) or tells_nothing_asked(
        frame.said, (f"{above(clause)} {clause.text}" for clause in clauses)
    )


def _no_yes(asked: Understood, frame: Frame, best: Judgement) -> frozenset[Verdict]:
    """A yes that a sentence does not give: to a measure, “within 24 hours”, where it has none; to a request, “give me a
    password”; where it asks for nothing and allows nothing, to a thing that is only named, “youtube?”; to whether the
    handbook is for those of whom it, or the sentence after it, says that they follow another; and to a quotation that
    is not its words.
    """
    said = f"{above(best.candidate.clause, best.candidate.sentence)} {best.candidate.sentence.text}"
    asks = frame.confident or frame.cue or asked.before or NEGATION.search(asked.question.lower())
    named = not asks and len(asked.question.split()) < STATED and bool(best.norms)
    grants_nothing = named and nearest(frame, best.norms).force in (Force.FORBIDDEN, Force.STATED)
    measured = frame.asks in (Asks.WHETHER_OBLIGED, Asks.WHETHER_TRUE) and MEASURED.search(asked.question)
    finer = measured and not amounts(said) and not HOW_OFTEN.search(said)
    requests = not frame.confident and REQUEST.match(asked.question)
    apart = has_rules_elsewhere(asked.question, f"{best.candidate.sentence.text} {_after(best.candidate)}")
    altered = misquotes(asked.question, best.candidate.clause.text)
    return frozenset({"yes"} if finer or requests or grants_nothing or apart or altered else ())


def _asks_nothing(asked: Understood, frame: Frame) -> bool:
    """Whether a few words have no word of asking, no question mark, and no question before them."""
    asks = frame.confident or frame.cue or asked.before or "?" in asked.question
    return not asks and len(asked.question.split()) < STATED


def _after(candidate: Candidate) -> str:
    """The sentence of the clause that stands after the candidate's, or ""."""
    later = candidate.clause.sentences[candidate.clause.sentences.index(candidate.sentence) + 1 :]
    return later[0].text if later else ""


#: What a rule gives way to: "Where this is not possible, two hours may be taken.", "In an emergency you may go in."
_GIVES_WAY = re.compile(
    r"\W*(?:(?:where|if|when|should) (?:this|that|it|they|you) (?:is|are|be|proves?|can?) ?(?:not|n't|im) ?(?:be )?"
    r"(?:possible|practicable|done|avoided)|failing (?:this|that)"
    rf"|{MAKES_IMPOSSIBLE}"
    rf"|{IN_EMERGENCY}.*\b(?:may|can|need not|not (?:have|need) to))\b",
    re.IGNORECASE,
)


def _taught_otherwise(recalled: Sequence[Recalled], frame: Frame, candidate: Candidate) -> frozenset[Verdict]:
    """A yes and a no that what is taught of nearly this question speaks against, however sure the judge is."""
    if all(one.score < NEARLY for one in recalled):
        return frozenset()
    taught = votes(recalled, frame, candidate)
    return frozenset(verdict for verdict, opposite in _OPPOSITES if taught.get(opposite, 0.0) > 0.5)


def as_taught(ruling: Ruling, taught: TaughtQuestion) -> Ruling:
    """The ruling of the person who taught this very question."""
    first = {place: rank for rank, place in enumerate(taught.sentences)}

    def order(judgement: Judgement) -> int:
        candidate = judgement.candidate
        return first.get((candidate.clause.id, candidate.clause.sentences.index(candidate.sentence)), len(first))

    ranked = tuple(replace(j, cited=order(j) < taught.required) for j in sorted(ruling.judgements, key=order))
    verdict: Verdict = taught.verdict  # type: ignore[assignment]
    return Ruling(
        ruling.asked, ruling.frame, verdict, 1.0, float(verdict != "not_covered"),
        Reading(None, "a consultant has answered this question", True), frozenset(), ranked, taught,
    )  # fmt: skip


def above(clause: Clause, sentence: Sentence | None = None) -> str:
    """What stands above a clause: the stem of its list, or the heading it stands under; both if the stem goes on. Above
    one of its sentences the question that opens it.
    """
    if sentence and (asked := clause.asks(sentence)):
        return asked
    if clause.lead and not is_open(clause.heading):
        return clause.lead
    return f"{clause.heading} {clause.lead}".strip()


def _candidate_traits(candidate: Candidate, logits: Sequence[float]) -> dict[str, float]:
    """What speaks for a sentence settling the question."""
    scores = candidate.scores
    return {
        "judge": float(logits[0]),
        "sentence": scores["sentence"],
        "clause": scores["clause"],
        "words": math.log1p(scores["words"]),
        "covered": scores["covered"],
        "taught": taught_strength(scores["taught"]),
    }


def _none_traits(evidence: Evidence, logits: npt.NDArray[np.float32]) -> dict[str, float]:
    """What speaks for no sentence settling the question."""
    silent = [r.score for r in evidence.recalled if r.taught.verdict == "not_covered"]
    return {
        "bias": 1.0,
        "taught": taught_strength(max(silent, default=0.0)),
        "unknown": evidence.unknown,
        "judge": float(logits[:, 0].max()) if len(logits) else -10.0,
        "sentence": max((c.scores["sentence"] for c in evidence.kept), default=0.0),
    }


def _verdict_traits(
    evidence: Evidence, frame: Frame, candidate: Candidate, logits: Sequence[float]
) -> dict[str, float]:
    """What speaks for each verdict, given that this sentence settles the question.

    The rules of language are not here: the judge has read them, and weighed once more they only make it surer.
    """
    model = _log_softmax(logits[1:])
    taught = votes(evidence.recalled, frame, candidate)
    return (
        {"bias": 1.0}
        | {f"judge_{v}": model[i] for i, v in enumerate(VERDICTS)}
        | {f"taught_{verdict}": share for verdict, share in taught.items()}
    )


def softmax(values: Sequence[float]) -> list[float]:
    """Shares that sum to 1."""
    top = max(values)
    raised = [math.exp(value - top) for value in values]
    total = sum(raised)
    return [value / total for value in raised]


def _log_softmax(values: Sequence[float]) -> list[float]:
    return [math.log(max(share, 1e-6)) for share in softmax([float(v) for v in values])]


def _sum(weights: Mapping[str, float], found: Mapping[str, float]) -> float:
    return sum(value * weights.get(name, 0.0) for name, value in found.items())
