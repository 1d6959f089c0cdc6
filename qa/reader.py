"""Ruling → draft, without a model: the verdict in words, the deciding sentence, and what travels with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.answer import OPENINGS
from qa.citations import Checked
from qa.draft import Draft, Labelled, Statement, Verdict
from qa.evidence import Candidate
from qa.judge import Ruling
from qa.policy_words import IN_EMERGENCY, TAKES_BACK
from qa.special import set_apart
from qa.spelling import straight

MOST_CITED = 3
CHECK_FIRST = "Check with your consultant before you act."
UNCLEAR = "the words of the handbook and of the question pull apart"
REFERRAL = "Ask your consultant before you act."
#: A sentence that is not understood without the one before it, or takes back a part of that.
_LEANS = re.compile(
    r"\W*(?:it|its|they|their|them|he|she|this|that|these|those|such"
    r"|(?:in|under) (?:that|this|such|those|these|either|(?:all|any) other) (?:an? )?(?:event|cases?|circumstances?)"
    r"|(?:if|where|when|should|unless) (?:so|not|it|they|this|that|these|those|neither)|failing (?:that|this|which)"
    r"|other(?! than)|others|(?:after|before|above|below|from) (?:that|this|those|then)"
    r"|anything (?:above|over|below|else)|any(?:one|body) else|otherwise|however|but|unless|except|until then"
    r"|even (?:then|so|if|where|when)|instead|alternatively|the same|neither|nor"
    r"|(?:the (?:(?:only|one|sole) )?)?exceptions?"
    rf"|{IN_EMERGENCY})\b"
    r"|.*\b(?:(?:does|do|shall|will) not (?:apply|extend|cover|hold)|only applies|applies only|apply only"
    r"|exempt(?:ions?)?|(?:is|are) (?:relaxed|waived|lifted|suspended))\b",
    re.IGNORECASE | re.DOTALL,
)
#: "Volunteer drivers may not.", "Tablets, creams and sprays may not.": it takes its verb from the sentence before.
_ELLIPTICAL = re.compile(
    r"(?!.*\b(?:where|if|when|as|what|whatever|how|that|who|which|you|we|i)\b)"
    r"(?:[\w'’-]+,? ){1,6}(?:(?:may|must|can|do|does|is|are|need|should|will|has|have)(?: not|n['’]t)?|cannot)[.!]",
    re.IGNORECASE,
)
MOST_BESIDE = 2  # sentences on each side


def labelled(ruling: Ruling) -> tuple[Labelled, ...]:
    """The judged evidence under labels 1, 2, 3 …, best first."""
    return tuple(Labelled(number, j.candidate) for number, j in enumerate(ruling.judgements, 1))


def draft(ruling: Ruling, evidence: Sequence[Labelled]) -> Draft:
    """The reader's draft: quotes only, no words of its own about the policy.

    A yes or a no that the rules of language dispute is not given: the sentence is shown, to be checked. Their reason is
    given where they come to the same.
    """
    if ruling.verdict == "not_covered":
        return Draft("not_covered", (), ruling.confidence)
    statements = tuple(_statements(ruling, evidence))[:MOST_CITED]
    verdict: Verdict = "conditional" if ruling.disputed else ruling.verdict
    reading = ruling.reading
    because = UNCLEAR if ruling.disputed else reading.because if reading.verdict == verdict else ""
    return Draft(verdict, statements, ruling.confidence, because)


def _statements(ruling: Ruling, evidence: Sequence[Labelled]) -> Iterator[Statement]:
    for judgement, item in zip(ruling.judgements, evidence, strict=True):
        if judgement.cited:
            yield Statement("", item.label, with_what_travels(judgement.candidate, ruling.asked.searched))


def with_what_travels(candidate: Candidate, question: str = "") -> str:
    """The sentence with those of its clause that it leans on, those after it that lean on it, and the one that is for
    the people or the amount that a question names.

    "Pupils may use phones at break. This does not apply in Year 7." is one rule, and a question brings its answer; at
    most `MOST_BESIDE` on each side.
    """
    clause = candidate.clause
    first = last = clause.sentences.index(candidate.sentence)
    fewest, most = max(0, first - MOST_BESIDE), min(len(clause.sentences) - 1, last + MOST_BESIDE)
    if first == 1 and clause.asks(candidate.sentence):
        first = 0
    while first > fewest and _leans(clause.sentences[first].text):
        first -= 1
    while last < most and (_asks(clause.sentences[last].text) or _leans(clause.sentences[last + 1].text)):
        last += 1
    if special := set_apart(candidate, question):
        at = clause.sentences.index(special)
        first, last = (min(first, at), max(last, at)) if fewest <= at <= most else (first, last)
    return clause.text[clause.sentences[first].start - clause.start : clause.sentences[last].end - clause.start]


def _asks(sentence: str) -> bool:
    return sentence.endswith("?")


def _leans(sentence: str) -> bool:
    return bool(_LEANS.match(sentence) or _ELLIPTICAL.fullmatch(sentence) or TAKES_BACK.fullmatch(straight(sentence)))


def worded(drafted: Draft, checked: Checked) -> str:
    """The answer in words: the verdict, then each statement with its label; a quote where that speaks for itself."""
    opening = CHECK_FIRST if drafted.because == UNCLEAR else OPENINGS[drafted.verdict]
    parts = [opening]
    for statement, citation in checked.statements:
        parts.append(f"{statement.text} [{citation.label}]" if statement.text else citation.told)
    return " ".join(part for part in parts if part)


def refusal() -> str:
    """The words for a question that the handbook leaves open."""
    return f"{OPENINGS['not_covered']} {REFERRAL}"
