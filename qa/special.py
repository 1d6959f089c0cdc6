"""Which sentence of a clause is for the very people, or the very amount, that a question names.

    No more than eight tablets a day. Residents under 50 kg: no more than four.    for one of 45 kg the second
    Nothing to drink in the eight hours before. Bar crew have to leave it 12.      for bar crew the second

It stands beside a sentence for others or for all, which may be the one that was found.
"""

from __future__ import annotations

import re

from ingest.clauses import Sentence
from qa.amounts import Kind, amounts
from qa.bands import band
from qa.evidence import Candidate
from qa.frames import Frame
from qa.modality import Verdict, settle
from qa.norms import read_norms
from qa.people import DETERMINED, called, names_people
from qa.spelling import stems, straight

#: Whom or what a sentence is for, where it begins with that: "Residents under 50 kg:", "Bar crew have to".
_FOR = re.compile(
    rf"(?:for )?{DETERMINED}(?P<whom>[A-Za-z][\w'-]*(?: [\w'-]+)??)"
    r"(?P<limit> (?:under|below|over|above|aged|of|up to|at least|less than|more than)\b[^:;,.]{1,30}?)?"
    r"(?=[:,]| (?:must|may|can|cannot|do|does|is|are|need|should|shall|will|has|have|get|pay)\b)",
    re.IGNORECASE,
)
_NAMED_FIRST = re.compile(r"(?:[\w'-]+ ){0,2}[\w'-]+(?= here\b|,)")


def set_apart(candidate: Candidate, question: str) -> Sentence | None:
    """The sentence beside a candidate's that begins with the people of a question, as its own does not, or that of its
    clause that begins with its limit.
    """
    said, asked = candidate.sentence.text, stems(question)
    sentences = candidate.clause.sentences
    at = sentences.index(candidate.sentence)
    own, kinds = _whom(said), _kinds(question) - _kinds(said)
    if own and own <= asked:
        return None
    for place, sentence in enumerate(sentences):
        found = _FOR.match(straight(sentence.text))
        if found is None or sentence is candidate.sentence or not names_people(found["whom"]):
            continue
        whom = stems(found["whom"])
        if found["limit"]:
            named = _holds(found["limit"].strip(), kinds, question)
        else:
            named = abs(place - at) == 1 and whom <= asked and not whom <= stems(said)
        if named:
            return sentence
    return None


def has_another_for_asker(candidate: Candidate, question: str) -> bool:
    """Whether a sentence is set apart for the amount of a question, or for what its asker is: "bar crew here, …"."""
    sentence = set_apart(candidate, question)
    if sentence is None:
        return False
    found, first = _FOR.match(straight(sentence.text)), _NAMED_FIRST.match(question)
    asker = called(question) or (first[0] if first else "")
    return found is not None and (bool(found["limit"]) or stems(found["whom"]) <= stems(asker))


def goes_on_otherwise(candidate: Candidate, frame: Frame, verdict: Verdict | None) -> bool:
    """Whether the sentence that goes on from the candidate's names what a question asks, as that does not, and rules it
    the other way: of “Sat navs may be used. They must be set before you set off.” whoever asks about setting it.
    """
    sentences = candidate.clause.sentences
    later = sentences[sentences.index(candidate.sentence) + 1 :]
    if not later or not _GOES_ON.match(later[0].text):
        return False
    asked = frame.stems & stems(later[0].text) - stems(candidate.sentence.text)
    return bool(asked) and {verdict, settle(frame, read_norms(later[0].text)).verdict} == {"yes", "no"}


_GOES_ON = re.compile(r"(?:it|its|they|their|this|that|these|those)\b", re.IGNORECASE)


def _holds(limit: str, kinds: set[Kind], question: str) -> bool:
    """Whether an amount of a question, of one of some kinds, is within a limit or named by it."""
    ends, asked = band(limit), amounts(question)
    if ends is None or ends.end.kind not in kinds:
        return False
    same = any((one.kind, one.value) == (ends.end.kind, ends.end.value) for one in asked)
    return same or not ends.leaves_out(asked)


def _whom(sentence: str) -> frozenset[str]:
    found = _FOR.match(straight(sentence))
    return frozenset(stems(found["whom"])) if found and names_people(found["whom"]) else frozenset()


def _kinds(text: str) -> set[Kind]:
    """What is measured in a text; a bare number may be of anything."""
    return {amount.kind for amount in amounts(text)} - {Kind.BARE}
