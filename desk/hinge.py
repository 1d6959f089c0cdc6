"""The one fact that an answer hangs on, as buttons: what the asker then says, and the answer that follows from it.

    “You may join only if the head has agreed.”      → “Yes, the head has agreed” | “No”
    “Never film on your phone … use the school's     → “With the school's device” | “With my phone”
    device.”
    “No jewellery except a ring or a plain chain.”   → “A ring” | “A plain chain” | “None of these”

Beside two buttons stands a third, “I am not sure”, which leads to the consultant. What follows is read from the very
words that were cited, by the rules of `qa.modality`; nothing is searched again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desk.alternatives import read_alternatives
from desk.conditions import ENSURE, turns_on
from desk.facts import Fact, read_fact
from ingest.clauses import Clause, Sentence
from ingest.editions import Edition
from qa.answer import OPENINGS, Answer, Citation, remark
from qa.caveats import DIFFER
from qa.citations import cite
from qa.conditions import reaches
from qa.draft import Verdict
from qa.frames import Asks, Frame, read_question
from qa.modality import hangs, known, nearest, settle
from qa.norms import Force, Norm, read_norms
from qa.policy_words import AGREEMENT, IMPERATIVE
from qa.reader import CHECK_FIRST, UNCLEAR
from qa.spelling import stems

SAID = "you said: "
UNSURE = "I am not sure"
NONE = "None of these"

_ENDS = r"(?:and|or|nor|to|for|in|on|at|if|as|when|with|while|that|which|is|are)\b"
_WHAT = rf"(?P<what>(?:your|a|an|the|any)(?: (?!{_ENDS})[\w’'-]+){{1,4}})"
_BY = re.compile(rf"\b(?:using|use|on|with) {_WHAT}", re.IGNORECASE)
_USING = re.compile(rf"\b(?:using|use|with) {_WHAT}", re.IGNORECASE)  # “on the school trip” is no means
_LISTED = re.compile(r" and (?P<next>[\w'-]+)")
_OWN = re.compile(r"your\b|\w+ (?:own|personal|private)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Option:
    """One button: what stands on it, what its asker says by it, and the answer that follows."""

    label: str
    said: str
    answer: Answer


def options(answer: Answer, edition: Edition) -> tuple[Option, ...]:
    """Three buttons where a conditional answer hangs on one fact, else none.

    An answer that is held back, because words and judge pull apart, is asked on where the words name the fact. Where
    the answer warns of something, that pages differ or a part is missing, no yes may follow without it: none.
    """
    if answer.verdict != "conditional" or not answer.citations or answer.parts or answer.question == _sentence(UNSURE):
        return ()
    if answer.because == DIFFER or remark(answer):
        return ()
    clause = next((c for c in edition.clauses if c.id == answer.citations[0].clause), None)
    if clause is None:
        return ()
    asked = _asked(answer)
    found = _whether(answer, clause, asked)
    if not found and answer.because != UNCLEAR:
        found = () if answer.because.startswith(SAID) else _which(answer, clause, asked, edition)
        found = found or _granted(answer, clause, asked)
    return (*found, _unsure(answer, asked)) if len(found) == 2 else found


def by_button(answer: Answer) -> bool:
    """Whether an answer follows from what its asker said by a button."""
    return bool(answer.understood) and (answer.because.startswith(SAID) or answer.question == _sentence(UNSURE))


def _sentence(words: str) -> str:
    return f"{words}."


def _asked(answer: Answer) -> str:
    """The question as it stands alone."""
    words = answer.understood or answer.question
    return words if words.rstrip().endswith(("?", ".", "!")) else f"{words}?"


def _whether(answer: Answer, clause: Clause, asked: str) -> tuple[Option, ...]:
    """Yes and No, or one of several, where the first cited sentence hangs on one thing and the verdict turns on it."""
    norms = read_norms(answer.citations[0].quote, clause.lead)
    hung = [(norm, words) for norm in norms if hangs(norm) for words in turns_on(norm)]
    frame = read_question(asked)
    if len(hung) != 1 or nearest(frame, norms) is not hung[0][0]:
        return ()
    norm, words = hung[0]
    beside = norm.says.replace(words, "")
    if (
        not reaches(frame, norm)
        or _more_is_needed(answer, clause, beside, [n for n in norms if n is not norm])
        or (frame.asks, norm.force) in _UNTOLD
    ):
        return ()
    if answer.because == UNCLEAR and settle(frame, norms).verdict != "conditional":
        return ()
    verdicts = {holds: _following(frame, norms, known(norm, words, holds)) for holds in (True, False)}
    if set(verdicts.values()) != {"yes", "no"}:
        return ()
    if fact := read_fact(words, norm.says):
        return tuple(_options(answer, asked, fact, verdicts))
    return tuple(_one_of(answer, asked, read_alternatives(words, norm.says), verdicts))


#: “Needed only if …” reads like “allowed only if …”: what follows from one for the other cannot be told.
_UNTOLD = {
    *(
        (asks, force)
        for asks in (Asks.WHETHER_OBLIGED, Asks.WHETHER_EXCUSED)
        for force in (Force.ALLOWED, Force.FORBIDDEN)
    ),
    *((asks, Force.NOT_OBLIGED) for asks in (Asks.WHETHER_ALLOWED, Asks.WHETHER_FORBIDDEN)),
}


def _more_is_needed(answer: Answer, clause: Clause, beside: str, others: Sequence[Norm]) -> bool:
    """Whether more than the one fact is needed: by the words beside it, or by another sentence cited or of the clause.

    Once its asker has chosen another's means, what the clause forbids with one's own is settled.
    """
    first, *more = (c.quote for c in answer.citations)
    rest = [s.text for s in clause.sentences if s.text not in first and not _is_settled(answer, s.text, clause.lead)]
    norms = [*others, *(norm for text in more for norm in read_norms(text))]
    norms += [norm for text in rest for norm in read_norms(text, clause.lead)]
    return any(map(AGREEMENT.search, [beside, *more, *rest])) or any(
        norm.force in (Force.FORBIDDEN, Force.OBLIGED) or norm.denied or turns_on(norm) for norm in norms
    )


def _is_settled(answer: Answer, sentence: str, lead: str) -> bool:
    """Whether all that a sentence says is by what means one must not do it, and its asker said by what one does."""
    said = answer.because.startswith(f"{SAID}With ")
    means = list(_means(sentence, lead))
    return said and bool(means) and all(own for own, _ in means) and len(read_norms(sentence, lead)) == 1


def _options(answer: Answer, asked: str, fact: Fact, verdicts: dict[bool, Verdict]) -> Iterator[Option]:
    so, not_so = (_in_its_spelling(words, answer.citations[0].quote) for words in (fact.so, fact.not_so))
    for label, said, holds in ((f"Yes, {so}", f"Yes, {so}.", True), ("No", f"No, {not_so}.", False)):
        yield Option(label, said, _settled(answer, asked, said, verdicts[holds], answer.citations))


def _one_of(answer: Answer, asked: str, alternatives: Sequence[str], verdicts: dict[bool, Verdict]) -> Iterator[Option]:
    if not alternatives:
        return
    for words in (*alternatives, NONE if len(alternatives) > 1 else "Something else"):
        label = _in_its_spelling(words[0].upper() + words[1:], answer.citations[0].quote)
        verdict = verdicts[words in alternatives]
        yield Option(label, _sentence(label), _settled(answer, asked, _sentence(label), verdict, answer.citations))


def _unsure(answer: Answer, asked: str) -> Option:
    """The way to the consultant, for whoever does not know."""
    said = _sentence(UNSURE)
    unsure = _settled(answer, asked, said, "conditional", answer.citations)
    words = unsure.text.replace(OPENINGS["conditional"], CHECK_FIRST, 1)
    return Option(UNSURE, said, replace(unsure, text=words, because=UNCLEAR))


def _following(frame: Frame, norms: Sequence[Norm], told: Norm) -> Verdict:
    """The verdict by the rules once the asker has told on which side of it they stand."""
    near = nearest(frame, norms)
    return settle(frame, [told if norm is near else norm for norm in norms]).verdict or "conditional"


def _which(answer: Answer, clause: Clause, asked: str, edition: Edition) -> tuple[Option, ...]:
    """The two ways of doing it, where a clause forbids it with one's own means and sends one to another's; none where
    the question says that it is done with those.
    """
    ways: dict[bool, list[tuple[int, str]]] = {True: [], False: []}
    for at, sentence in enumerate(clause.sentences):
        for own, what in _means(sentence.text, clause.lead):
            ways[own].append((at, what))
    if len(ways[True]) != 1 or len(ways[False]) != 1:
        return ()
    (forbidden, mine), (sent, theirs) = ways[True][0], ways[False][0]
    if any(stems(found["what"]) & stems(theirs) for found in _USING.finditer(asked)):
        return ()
    cited = {at for at in (forbidden, sent) if clause.sentences[at].text in answer.citations[0].quote}
    if not cited or abs(forbidden - sent) > 1:
        return ()
    rest = [s.text for at, s in enumerate(clause.sentences) if at not in (forbidden, sent)]
    if any(AGREEMENT.search(text) for text in rest) or any(
        norm.force is Force.FORBIDDEN or turns_on(norm) for text in rest for norm in read_norms(text, clause.lead)
    ):
        return ()
    return (
        _way(answer, clause, asked, edition, (clause.sentences[sent], theirs, "yes")),
        _way(answer, clause, asked, edition, (clause.sentences[forbidden], mine, "no")),
    )


def _means(sentence: str, lead: str) -> Iterator[tuple[bool, str]]:
    """(one's own, by what): what one must not do it with oneself, and what one is to do it with instead."""
    for norm in read_norms(sentence, lead):
        for found in _BY.finditer(norm.says):
            listed = _LISTED.match(norm.says, found.end())
            if listed and listed["next"].lower() not in IMPERATIVE:
                continue  # half of “the name and the password”
            own = bool(_OWN.match(found["what"]))
            if norm.force in ((Force.FORBIDDEN,) if own else (Force.OBLIGED, Force.ALLOWED)):
                yield own, found["what"]


def _way(answer: Answer, clause: Clause, asked: str, edition: Edition, way: tuple[Sentence, str, Verdict]) -> Option:
    sentence, what, verdict = way
    if verdict == "yes" and ENSURE.search(sentence.text):
        verdict = "conditional"
    words = _in_its_spelling(f"With {re.sub(r'^your', 'my', what)}", sentence.text)
    at = sentence.start - clause.start
    cited = (cite(1, clause, edition.documents, at, len(sentence.text)),)
    return Option(words, f"{words}.", _settled(answer, asked, f"{words}.", verdict, cited))


def _granted(answer: Answer, clause: Clause, asked: str) -> tuple[Option, ...]:
    """Yes and No, where one may, and the cited sentence asks to make sure of somebody's agreement."""
    quote = answer.citations[0].quote
    found = ENSURE.search(quote)
    fact = read_fact(f"if {found['what']}") if found and AGREEMENT.search(found["what"]) else None
    if found is None or fact is None or read_question(asked).asks is not Asks.WHETHER_ALLOWED:
        return ()
    norms = read_norms(quote, clause.lead)
    others = [norm for norm in norms if found[0] not in norm.says or norm.force is Force.FORBIDDEN or turns_on(norm)]
    if _more_is_needed(answer, clause, quote.replace(found[0], ""), others):
        return ()
    return tuple(_options(answer, asked, fact, {True: "yes", False: "no"}))


def _in_its_spelling(words: str, quote: str) -> str:
    """The words with the apostrophes that the handbook uses."""
    return words.replace("'", "’") if "’" in quote else words


def _settled(answer: Answer, asked: str, said: str, verdict: Verdict, citations: tuple[Citation, ...]) -> Answer:
    quotes = [c.told for c in citations]
    return replace(
        answer,
        question=said,
        understood=f"{asked} {said}",
        verdict=verdict,
        text=" ".join([OPENINGS[verdict], *quotes]),
        citations=citations,
        answered_by="reader",
        because=f"{SAID}{said}",
        fallback_reason="",
        prompt="",
        usage=None,
        dropped=0,
        evidence=None,
        elapsed_ms=0.0,
    )
