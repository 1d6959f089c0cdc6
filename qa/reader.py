"""Ruling → draft, without a model: the verdict in words, the deciding sentence, and what travels with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.answer import OPENINGS
from qa.citations import Checked
from qa.clause_parts import imperative
from qa.draft import Draft, Labelled, Statement, Verdict
from qa.evidence import Candidate
from qa.judge import Ruling
from qa.norms import Force, read_norms
from qa.policy_words import BARE_ANSWER, IN_EMERGENCY, MAKES_IMPOSSIBLE, TAKES_BACK
from qa.special import set_apart
from qa.spelling import stems, straight

MOST_CITED = 3
CHECK_FIRST = "The handbook gives no plain yes or no here: check with your consultant before you act."
UNCLEAR = "the words of the handbook and of the question pull apart"
REFERRAL = "Ask your consultant before you act."
#: A sentence that is not understood without the one before it, or takes back a part of that.
_LEANS = re.compile(
    r"\W*(?:it|its|they|their|them|he|she|this|that|these|those|such"
    r"|(?:in|under) (?:that|this|such|those|these|either|(?:all|any) other) (?:an? )?(?:event|cases?|circumstances?)"
    r"|(?:if|where|when|should|unless) (?:so|not|it|they|this|that|these|those|neither)|failing (?:that|this|which)"
    r"|(?:if|unless|until|where|when) (?:you|they|we|he|she)"
    r" (?:(?:have|has|had|do|does|did|are|is|was|were)(?: not|n['’]t)?|can(?:not|['’]t)|won['’]t|will not)(?=,)"
    rf"|{MAKES_IMPOSSIBLE}"
    r"|other(?! than)|others|(?:after|before|above|below|from) (?:that|this|those|then)"
    r"|anything (?:above|over|below|else)|any(?:one|body) else|otherwise|however|but|unless|except|until then"
    r"|even (?:then|so|if|where|when)|instead|alternatively|the same|neither|nor"
    r"|(?:the (?:(?:only|one|sole) )?)?exceptions?"
    rf"|there (?:is|are|will be) none|{IN_EMERGENCY})\b"
    r"|.*\b(?:(?:does|do|shall|will) not (?:apply|extend|cover|hold)|only applies|applies only|apply only"
    r"|exempt(?:ions?)?|(?:is|are) (?:relaxed|waived|lifted|suspended))\b",
    re.IGNORECASE | re.DOTALL,
)
#: "Volunteer drivers may not.", "Tablets, creams and sprays may not.": it takes its verb from the sentence before.
_ELLIPTICAL = re.compile(
    r"(?:(?!(?:where|if|when|as|what|whatever|how|that|who|which|you|we|i)\b)[\w'’-]+,? ){1,6}"
    r"(?:(?:may|must|can|do|does|is|are|need|should|will|has|have)(?: not|n['’]t)?|cannot|(?:is|are) \w+ed to)"
    r"(?:[.!]|(?:, (?:but|apart|except)| (?:if|unless|except))\b.*)",
    re.IGNORECASE,
)
#: What an instruction is about where that stands before it: "Return it by noon.", "Keep these under review".
_OF_WHAT_WAS_NAMED = re.compile(
    r"\s+(?:it|them|(?:this|that|these|those)(?=\W*$|[,;]| (?:under|in|on|at|to|by|before|after|with|for|from|up|out|as"
    r"|and|or|if|when|where|while|until|every|each|only|too|again)\b))\b",
    re.IGNORECASE,
)
#: The occasion on which what is banned is done another way: "If a match has to be filmed, use the club's camera."
_IF_NEEDED = re.compile(
    r"(?P<occasion>(?:if|where|when|should)\b[^,;]*\b(?:needs?|needed|ha(?:s|ve) to|must|necessary|required|wants?|wish"
    r"(?:es)?)\b[^,;]*|to \w+ [^,;]*),",
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


def with_what_travels(candidate: Candidate, question: str = "", *, instead: bool = True) -> str:
    """The sentence with those of its clause that it leans on, those after it that lean on it or say how else to do what
    it bans (unless not `instead`), and the one that is for the people or the amount that a question names.

    "Pupils may use phones at break. This does not apply in Year 7." is one rule, and a question and its answer bring
    each other; at most `MOST_BESIDE` on each side.
    """
    clause = candidate.clause
    first = last = clause.sentences.index(candidate.sentence)
    fewest, most = max(0, first - MOST_BESIDE), min(len(clause.sentences) - 1, last + MOST_BESIDE)
    while first > fewest and (_asks(clause.sentences[first - 1].text) or _stands_on(clause.sentences[first].text)):
        first -= 1
    while last < most and (
        _goes_on(clause.sentences[last].text, clause.sentences[last + 1].text, instead)
        or _tells_before_asking([sentence.text for sentence in clause.sentences[last : last + 3]])
    ):
        last += 1
    if special := set_apart(candidate, question):
        at = clause.sentences.index(special)
        first, last = (min(first, at), max(last, at)) if fewest <= at <= most else (first, last)
    return clause.text[clause.sentences[first].start - clause.start : clause.sentences[last].end - clause.start]


def _goes_on(sentence: str, after: str, instead: bool) -> bool:
    return _asks(sentence) or _leans(after) or (instead and _tells_instead(sentence, after))


def _tells_before_asking(said: Sequence[str]) -> bool:
    """Whether the first of three sentences tells of what the next asks, and the last answers: "We have a dog. Is that a
    problem? No."
    """
    return len(said) == 3 and _asks(said[1]) and bool(BARE_ANSWER.match(straight(said[2])))


def _tells_instead(sentence: str, after: str) -> bool:
    """Whether a sentence bans something and the one after it tells what to do where that has to be done."""
    needed = _IF_NEEDED.match(straight(after))
    bans = any(norm.force is Force.FORBIDDEN for norm in read_norms(sentence))
    return bool(needed and bans and stems(needed["occasion"]) & stems(sentence))


def _asks(sentence: str) -> bool:
    return sentence.endswith("?")


def _stands_on(sentence: str) -> bool:
    """Whether a sentence is not understood without the one before it: it leans on that, or tells what to do with it."""
    told = imperative(sentence)
    return _leans(sentence) or bool(told and _OF_WHAT_WAS_NAMED.match(sentence, told.end()))


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
