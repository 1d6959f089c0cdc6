"""An e-mail or a chat from a candidate → the questions in it, answered one by one, as a reply ready to paste.

"Hi Jo, hope you're well. A mum has texted me. Can I text her back? Also is my laptop ok. Thanks, Sam"
    → "Can I text her back?", understood after "A mum has texted me."; "is my laptop ok"
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desk.reception import Asked
from desk.redaction import redact
from desk.referral import for_consultant
from desk.transcript import answer_text
from ingest.documents import HandbookError
from qa.alert import Alert
from qa.answer import Answer
from qa.conversation import Turn
from qa.question import LONGEST, BadQuestion, cleaned, in_plain_letters
from qa.safeguarding import Harm, reports_harm

LONGEST_MAIL = 20_000
MOST_QUESTIONS = 20

_CHAT = re.compile(
    r"^\W{0,2}\[?\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m)?\]?(?: -)? [^:\n]{1,40}: ", re.I
)
_HEADER = re.compile(
    r"^\s*(?:From|Sent|To|Cc|Subject|Date): |^\s*On .{5,80} wrote:\s*$|^\s*-{2,}\s*(?:Original|Forwarded)", re.I
)
_SIGNATURE = re.compile(
    r"^\s*(?:--|(?:many |kind |best |warm )?(?:thanks|regards|wishes|cheers|thx)\b[\s,.!]*[\w ]{0,30},?"
    r"|sent from my .*)\s*$",
    re.I,
)
_AFTERTHOUGHT = re.compile(r"^\W*(?:p?p\.?s|also|and|oh|one more|plus|lastly)\b", re.I)
_GREETING = re.compile(
    r"^\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|morning)\b[^,.!?\n]{0,30}[,.!]\s*", re.I
)
_ENDS = re.compile(r"(?<=[.?!])\s+|\n+|(?<=\?)(?=\S)")
_ASKS = re.compile(
    r"^\W*(?:(?:and|also|but|so|or|oh|ps|p\.s\.|plus|just|quick question|lastly|secondly|finally|\d[.)])[\s:,–-]+)*"
    r"(?:can|could|may|might|do|does|did|is|are|am|was|were|should|shall|would|must|has|(?:what|when|where|who|how)s?"
    r"|(?:will|have)(?! (?:a|an|be|been|check|do|to|try|let|ring|call|send|see|ask|had|just|now|read|seen|sent)\b)"
    r"|whose|which|why|any idea|i was wondering|i'?m wondering|wondering|not sure|i'?m not sure|let me know|please"
    r" (?:let me know|tell me|can|could|advise)|do you know|need to know|what about|how about)\b",
    re.I,
)
#: In the middle of a sentence: “… just checking can i text her back”.
_ASKS_WITHIN = re.compile(
    r"(?:(?P<after>[\w'’]+) )?\b"
    r"(?:(?:can|could|may|should|shall|must|do|am|are) (?:i|we) (?=\w)|is it (?:ok|okay|all ?right|fine|allowed)\b)",
    re.I,
)
#: After these it asks nothing: “as soon as I can I will”, “nor can I go”.
_TELLS = frozenset(
    "i we you they he she it that who to nor neither not can could must should will would".split()  # noqa: SIM905 - a list of words reads better unquoted
)


class QueryError(HandbookError):
    """A message cannot be answered; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Query:
    """One question of a message, and the sentence before it if that is no question."""

    text: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer."""

    query: Query
    answer: Answer


@dataclass(frozen=True, slots=True)
class Message:
    """What is in a message: whether it tells of harm, its questions, redacted, and how many more there are."""

    harm: Harm | None
    queries: tuple[Query, ...]
    more: int = 0


def read_message(text: str, alert: Alert = reports_harm) -> Message:
    """The questions of an e-mail or a chat, the first `MOST_QUESTIONS` of them.

    Raises:
        QueryError: it is empty, or too long.
    """
    if len(text) > LONGEST_MAIL:
        raise QueryError(f"{len(text):,} characters are too many, {LONGEST_MAIL:,} at most: paste only the message")
    if not text.strip():
        raise QueryError("nothing was pasted: paste the message of the candidate")
    body = redact("\n".join(_own_lines(text))).text
    queries = tuple(_queries([s.strip() for s in _ENDS.split(body) if s.strip()]))
    return Message(alert(in_plain_letters(text)), queries[:MOST_QUESTIONS], max(0, len(queries) - MOST_QUESTIONS))


def answer_message(message: Message, assistant: Asked) -> tuple[Answered, ...]:
    """Each question with its answer."""
    return tuple(
        Answered(query, assistant.ask(query.text, [Turn(query.before)] if query.before else []))
        for query in message.queries
    )


def reply(answered: Sequence[Answered]) -> str:
    """The answers as a message to paste, each quote with where it stands."""
    parts = [f"{a.query.text}\n{answer_text(for_consultant(a.answer))}" for a in answered]
    return "\n\n".join(["Hello,", *parts, "Best wishes"])


def _own_lines(text: str) -> Iterator[str]:
    """The lines the writer wrote: no quoted mail, no chat stamps, and after the signature only an afterthought.

    Thanks end a message that has asked something, unless they are for something ("Thanks for the booking").
    """
    begun, asks, signed = False, False, False
    for line in text.replace("\r\n", "\n").split("\n"):
        signed = signed and not _CHAT.match(line)
        if _HEADER.match(line):
            if begun:
                return  # the mail that this one answers
        elif _SIGNATURE.match(line):
            signed = signed or (asks and " for " not in line)
        elif not line.lstrip().startswith(">") and (not signed or _AFTERTHOUGHT.match(line)):
            own = _GREETING.sub("", _CHAT.sub("", line))
            begun = begun or bool(line.strip())
            asks = asks or any(_is_question(sentence.strip()) for sentence in _ENDS.split(own))
            yield own


def _queries(sentences: Sequence[str]) -> Iterator[Query]:
    before = ""
    for sentence in sentences:
        try:
            said = cleaned(sentence[:LONGEST])
        except BadQuestion:
            continue  # marks alone: "Can I text her back? ??"
        if _is_question(said):
            yield Query(said, before)
        before = said


def _is_question(said: str) -> bool:
    within = (found["after"] or "" for found in _ASKS_WITHIN.finditer(said))
    return said.endswith("?") or bool(_ASKS.match(said)) or any(word.lower() not in _TELLS for word in within)
