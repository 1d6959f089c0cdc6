"""Follow-ups: a question that cannot be understood alone gets the question before it in front."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ingest.words import terms
from qa.frames import Asks, read_question
from qa.question import ITEM, OUTRIGHT, BadQuestion, cleaned
from qa.question_words import ASKS_NOTHING, SMALL_TALK
from qa.spelling import STOP, plain

#: How a question opens that goes on from the one before.
_OPENS = re.compile(
    r"^\W*(?:and|n|but|or|w[ho]?at about|how about|what if|even if|even|so what|ok but|ok and|ok what about|okay but"
    r"|(?:no\W+)?(?:the )?other way a?round"
    r"|only if|not even|unless|(?:is|was|does|do|would|will|can|could|should) (?:that|those|these)|that is|thats)\b",
    re.IGNORECASE,
)
#: What may stand before a whole question as well: the words after it tell whether it leans.
_MAY_OPEN = re.compile(r"^\W*(?:also|then|same|really|why|which ones?)\b", re.IGNORECASE)
#: Words by which another is put in the place of what was asked of: "sorry I meant my tablet", "no i said PUPILS".
_SORRY = r"(?:(?:oh|no|nope|nah|sorry|oops|wait|actually)\W+)"
_CORRECTS = re.compile(rf"^\W*(?:{_SORRY}+i said|{_SORRY}*i mean(?:t(?! to\b))?)\b(?: about)?", re.IGNORECASE)
#: Somebody or something named before, or just anybody ("can they make me stay late?").
_SOMEBODY = re.compile(
    r"^\W*(?:(?:is|was|does|do|would|will|can|could|should) (?:they|she|he)"
    r"|its|it is|it isnt|hes|shes|theyre|theyve)\b",
    re.IGNORECASE,
)
#: How one ends.
_ENDS = re.compile(
    r"\b(?:tho|though|instead|as well|either|same thing|(?:for|by|like|of|with|about) that|at the end of it"
    r"|that alone)\W*$",
    re.IGNORECASE,
)
#: "Is it ok to…", "is there a…": words that stand for nothing said before.
_STANDS_FOR_NOTHING = re.compile(
    r"\b(?:is|was|would|will|be|isn'?t) it (?:be |still |really |ever |even |actually |also |gonna be )*"
    r"(?:ok|okay|all ?right|fine|banned|allowed|against|wrong|an? \w+|bad|illegal|possible|worth|normal|true|right"
    r"|compulsory|mandatory|necessary|acceptable|safe|best|better|cool|legal|forbidden|prohibited|permitted|required"
    r"|up to|enough|good|important|too late|down to|just|only|naughty|risky|dodgy|iffy|unprofessional|unethical"
    r"|improper|inappropriate|unacceptable|unwise|wise|sensible|appropriate|advisable|unsafe|dangerous|rude|cheeky)\b"
    r"|\bmake it clear\b|\bit (?:takes|costs|says|matters)\b"
    r"|\b(?:is|are|was|were|will|be) there\b|\bthere(?:'?s| is| are| was)\b",
    re.IGNORECASE,
)
_TELLING = re.compile(
    r"(?<![\w'’])(?!(?:can|could|may|might|must|shall|should|would|will|does|did|has|have|been|being|its|thats|whats|hows|whos"
    r"|wheres|gonna)\b)[a-z'’]{3,}"
)
#: Up to so many words a question may lean by its end, by a word that points back, by beginning with somebody, or by
#: being short; so many words that say something may stand before a word that points back, or it points at them; and
#: so many may be said of somebody, or it is said of anybody.
_MOST_ENDS, _MOST_POINTS, _MOST_OF_SOMEBODY, _SHORT, _MOST_BEFORE, _MOST_SAID = 14, 12, 10, 5, 2, 3
_BRIEF = 8  # words up to which a question mark alone makes a question: "insta at lunch?"
#: "and my wife?", "what about lunch?", "a plaster then?": the same is asked of something else …
_PUTS_ANOTHER = re.compile(
    r"^\W*(?:ok |okay )?(?:and|n|or|plus|also|(?:wh?at|how) about|same (?:for|with))\b|\b(?:then|too|as well)\W*$",
    re.IGNORECASE,
)
_PREPOSITION = r"(?:at|by|during|for|from|in|inside|on|outside|over|to|under|with|without)"
#: … outright, and whether of a place, a time or a way: "and in Y7?" …
_PUTS_OUTRIGHT = re.compile(
    r"^\W*(?:ok |okay )?(?:and|n|(?:wh?at|how) about|same (?:for|with))\W+(?:(?:wh?at|how) about\W+)?"
    rf"(?P<at>{_PREPOSITION}\b)?",
    re.IGNORECASE,
)
#: What no name begins with: a place or a time, somebody of whom something is said, a word of asking.
_SAYS_MORE = re.compile(
    rf"^\W*(?:{_PREPOSITION}|i|we|you|he|she|it|they|im|ive|its|hes|shes|theyre|that|this|those|these|there|not|no|yes"
    r"|is|are|was|were|do|does|did|has|have|can|could|will|would|should|must|may|who|what|when|where|why|how|which"
    r"|really|ok|okay|sure|right|any|same)\b",
    re.IGNORECASE,
)
#: … unless it tells more of the case that was asked of: "and if she asks?", "just at break tho", "just for 5 mins?".
_TELLS_MORE = re.compile(
    r"\b(?:if|even|tho|though|but|so|because|when|after|before|instead|only|(?:just|the) once"
    r"|for (?:(?:just|like|about) )?(?:\w+ ){1,2}?(?:sec(?:ond)?|min(?:ute)?|moment|bit)s?)\b",
    re.IGNORECASE,
)
#: Words that say something only of what was said before.
_SAY_LITTLE = re.compile(
    r"(?:again|always|any ?way|because|counts?|else|even|ever|every(?:body|one)|happens?|just|know|mean|matters?|maybe"
    r"|nobody|ones?|once|please|really|same|sometimes|still|sure|then|tho(?:ugh)?|true|too|why|yes)"
)
#: A number or a short name, "15", "id", "MP", says something.
_NAMES = re.compile(r"\d|\b[A-Z]{2,}\b|\bids?\b")
_ECHO = re.compile(r"(?:^|[.!,;]\s*)(?:is|was|would|will|does|do) (?:that|this|it|they)\b[^.!]{0,40}\?$", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:it|that|this|those|these|them|they|one|ones|there|then|either|instead|him|her)\b", re.IGNORECASE
)
_THEN = re.compile(r"\W+then\W*$", re.IGNORECASE)
#: Where another question begins without a question mark before it: "and can I…", "also how long…".
_ANOTHER = re.compile(
    r"[,.;]?\s+(?:(?:and|n|&|oh|also|plus|then)\s+)+(?="
    r"(?:can|could|may|must|should|shall|does|am|is|are|will|would) (?:i|we|you|u|it|there|they|my|the|a|an)\b"
    r"|does (?!not\b|so\b)[a-z]+"
    r"|(?:is|are) (?:[a-z]+ ){1,3}?(?:allowed|permitted|ok|okay|fine|banned|forbidden|compulsory|needed|paid|free)\b"
    r"|(?:do|did|have) (?:i|we|you|u|they)\b"
    r"|(?:if|when) (?:[\w'’-]+ ){1,6}?(?:can|could|must|should|shall|do|am|are|will) (?:i|we)\b"
    r"|who [a-z]+s\b|(?:who|what|when|where|how)['’]?s\b"
    r"|(?:who|when|where|why|how|what) (?:can|do|does|is|are|should|much|many|long|far|often|soon|late|time)\b)",
    re.IGNORECASE,
)
#: Where one begins with no more than a comma or a stop before it: "do I need a lanyard, can I use my own mug".
_ASKS_OUTRIGHT = re.compile(rf"\W*(?:(?:hi|hello|ok|so|please|just) )*{OUTRIGHT}", re.IGNORECASE)
_COMMA = re.compile(rf"[,.;]\s+(?:{ITEM})?(?={OUTRIGHT}(?: [\w'’-]+){{2}})", re.IGNORECASE)
#: Before the items of a message that numbers them, "1) … 2) …".
_NUMBERED = re.compile(r"(?:^|\s)\(?(\d{1,2})[.)]\s+")
_TO_A_MARK = re.compile(r"[^?]*[^?\s][^?]*\?*")
MOST_QUESTIONS = 12


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and the words it was answered with."""

    question: str
    answer: str = ""


def read_turns(history: Sequence[Any]) -> tuple[Turn, ...]:
    """Turns from turns or from `{"question": …, "answer": …}`; questions of those are cleaned.

    Raises:
        BadQuestion: it is something else, or one of its questions could not be asked.
    """
    if isinstance(history, str) or not isinstance(history, Sequence):
        raise BadQuestion('history is a list of {"question": …, "answer": …}, oldest first')
    return tuple(turn if isinstance(turn, Turn) else _turn(turn) for turn in history)


def _turn(row: Any) -> Turn:
    if not (isinstance(row, dict) and isinstance(row.get("question"), str) and isinstance(row.get("answer", ""), str)):
        raise BadQuestion(f'a turn of the history is {{"question": …, "answer": …}}, not {row!r:.80}')
    try:
        return Turn(cleaned(row["question"]), row.get("answer", ""))
    except BadQuestion as error:
        raise BadQuestion(f"in the history: {error}") from error


@dataclass(frozen=True, slots=True)
class Understood:
    """A question and, if it is a follow-up, the question that it follows.

    `before` ends with `between` where the question before leaned on an earlier one itself. `typed` holds what was
    typed where a model has put it in words that stand alone.
    """

    question: str
    before: str = ""
    typed: str = ""
    between: str = ""

    @property
    def follow_ups(self) -> tuple[Understood, ...]:
        """This one and the one between, each with what it leans on."""
        if not self.between:
            return (self,)
        return self, Understood(self.between, self.before.removesuffix(self.between).strip())

    @property
    def searched(self) -> str:
        """The words that are searched: the question before in front."""
        return f"{self.before} {self.question}" if self.before else self.question


def understand(question: str, history: Sequence[Turn]) -> Understood:
    """The question with what it leans on: the last that said something, with the one that this leaned on itself.

    Of a message that asked several, each counts as a question.

    >>> understand("and my laptop?", [Turn("can i vape, also does my phone need a pin")]).searched
    'does my phone need a pin and my laptop?'
    """
    if not follows(question):
        return Understood(question)
    earlier = (question for turn in history for question in split_questions(turn.question))
    asked = [question for question in earlier if _telling(question) and not SMALL_TALK.fullmatch(question)]
    if not asked:
        return Understood(question)
    last = asked[-1]
    whole = next((question for question in reversed(asked) if not follows(question)), last)
    if whole == last or _takes_the_place_of(last, question):
        return Understood(question, whole)
    return Understood(question, f"{whole} {last}", between=last)


def _takes_the_place_of(last: str, question: str) -> bool:
    """Whether two follow-ups each put another, one after the other, in the same place: "and in Y7?", "and in Y8?".

    After "and my laptop?", "and at break?" is asked of the laptop.
    """
    places = _place(last), _place(question)
    return places[0] == places[1] != ""


def _place(question: str) -> str:
    """Whether a follow-up puts another "thing" or another place, time or way ("at"); "" where it does neither."""
    if not puts_another(question):
        return ""
    if outright := _PUTS_OUTRIGHT.match(question):
        return "at" if outright["at"] else "thing"
    return "thing" if _is_only_named(question) else ""


def leans_on_nothing(asked: Understood) -> bool:
    """Whether a question points at what was not said: "can I tho", "does it count", "1" at the start of a talk.

    >>> [leans_on_nothing(Understood(question)) for question in ("even then?", "and my laptop?", "is it a trap")]
    [True, False, False]
    """
    question = asked.question
    named = _NAMES.search(question) and any(map(str.isalpha, question))
    if asked.before or asked.typed or not follows(question) or named:
        return False
    return len(question.split()) <= _SHORT and all(map(_SAY_LITTLE.fullmatch, _telling(question)))


def names_another(asked: Understood, said: str, lexicon: dict[str, dict[str, str]]) -> bool:
    """Whether a follow-up puts something else in the place of what was asked of, and of that nothing is said.

    >>> asked, plain = Understood("and feed the fish?", "do I lock my computer?"), {"same": {}, "abbreviations": {}}
    >>> names_another(asked, "Always lock your computer.", plain), names_another(asked, "Feed the fish daily.", plain)
    (True, False)
    """
    if not puts_another(asked.question):
        return False
    typed = {**lexicon, "same": {}}
    before = {*terms(asked.before, typed)}
    fresh = [word for word in _CORRECTS.sub("", asked.question).split() if not before.issuperset(terms(word, typed))]
    new = terms(" ".join(fresh), lexicon)
    return bool(new) and {*new}.isdisjoint(terms(said, lexicon))


def puts_another(question: str) -> bool:
    """Whether a follow-up asks the same of something else, and tells no more of the case that was asked of.

    >>> [puts_another(question) for question in ("what about lunch?", "sorry I meant Y6", "and if he asks first?")]
    [True, True, False]
    """
    puts = _CORRECTS.match(question) or _PUTS_ANOTHER.search(question) or _is_only_named(question)
    return bool(puts) and not _TELLS_MORE.search(question)


def points_back(question: str) -> bool:
    """Whether a word of a question stands for what was said before; a "then" that ends it does not."""
    return bool(_POINTS_BACK.search(_STANDS_FOR_NOTHING.sub(" ", _THEN.sub("", question))))


def _is_only_named(question: str) -> bool:
    """Whether a question only names somebody or something: "my own kid?", "studs?"; "at break?" does not."""
    named = question.rstrip().endswith("?") and len(question.split()) <= _SHORT and not _SAYS_MORE.match(question)
    return named and not read_question(question).confident


def split_questions(text: str) -> tuple[str, ...]:
    """The questions of a message, if it asks more than one in so many words; else the message alone.

    What asks nothing by itself goes with the question after it, or with the last one. A part that only echoes
    ("is that ok?", "right?") asks nothing. Of more than `MOST_QUESTIONS` the last holds the rest.

    >>> split_questions("Can I park in the yard? And who do I ask for a key?")
    ('Can I park in the yard?', 'who do I ask for a key?')
    >>> split_questions("do i need a lanyard and can i use my own mug")
    ('do i need a lanyard', 'can i use my own mug')
    >>> split_questions("do i need a lanyard, can i use my own mug")
    ('do i need a lanyard', 'can i use my own mug')
    >>> split_questions("1) do i need a lanyard 2) who opens the gate")
    ('do i need a lanyard', 'who opens the gate')
    >>> split_questions("Mia's mum texted me. Can I text back? Is that ok?")
    ("Mia's mum texted me. Can I text back? Is that ok?",)
    """
    parts: list[str] = []
    before = ""
    found = [
        (number, part)
        for item in _items(text)
        for piece in _ANOTHER.split(item)
        for at, marked in enumerate(_TO_A_MARK.findall(piece))
        for number, part in _at_commas(marked.strip(), at)
    ]
    for number, part in found if len(found) > 1 else ():
        if (number == 0 or part.endswith("?")) and _asks_something(part):
            parts.append(f"{before} {part}".strip())
            before = ""
        elif parts:
            parts[-1] += f" {part}"
        else:
            before = f"{before} {part}".strip()
    if len(parts) < 2:
        return (text,)
    first, rest = parts[: MOST_QUESTIONS - 1], parts[MOST_QUESTIONS - 1 :]
    return (*first, " ".join(rest)) if rest else tuple(first)


def _items(text: str) -> list[str]:
    """What a message numbers from 1, without the numbers, what stands before it first; or the message alone."""
    before, *numbered = _NUMBERED.split(text)
    numbers, items = numbered[::2], numbered[1::2]
    counted = len(items) > 1 and numbers == [str(n) for n in range(1, len(items) + 1)]
    return [before, *items] if counted else [text]


def _at_commas(text: str, at: int) -> list[tuple[int, str]]:
    """A text that stands at a place, or the questions outright that its commas join, each as if it were the first."""
    parts = _COMMA.split(text) if _ASKS_OUTRIGHT.match(text) else []
    return [(0, part) for part in parts] if len(parts) > 1 else [(at, text)]


def _asks_something(part: str) -> bool:
    if ASKS_NOTHING.fullmatch(plain(part)):
        return False
    frame = read_question(part)
    asked_briefly = part.endswith("?") and len(_telling(part)) > 1 and len(part.split()) <= _BRIEF
    return (frame.confident or asked_briefly) and bool(frame.stems) and not _ECHO.search(part)


def follows(question: str) -> bool:
    """Whether a question leans on the one before it: it opens or ends like one, points back, or says too little alone.

    >>> [follows(q) for q in ("and on the school one?", "can I wear trainers?", "is it a breach to share my login")]
    [True, False, False]
    """
    count = len(question.split())
    if _OPENS.match(question) or (count <= _MOST_ENDS and _ENDS.search(question)):
        return True
    alone = _MAY_OPEN.sub("", _CORRECTS.sub("", question))
    if _CORRECTS.match(question) and not _asks_alone(alone):
        return True
    said = _SOMEBODY.sub("", alone)
    if said != alone and count <= _MOST_OF_SOMEBODY and len(_telling(said)) <= _MOST_SAID:
        return True
    rest = _STANDS_FOR_NOTHING.sub(" ", said)
    back = _POINTS_BACK.search(rest)
    if back and count <= _MOST_POINTS and len(_telling(rest[: back.start()])) <= _MOST_BEFORE:
        return True
    return len(alone.split()) <= _SHORT and not _asks_alone(alone)


def _asks_alone(question: str) -> bool:
    """Whether a few words ask enough by themselves: "do I need a PIN?" does, "how long for?" does not."""
    frame = read_question(question)
    telling = [word for word in _telling(question) if not _SAY_LITTLE.fullmatch(word)]
    return frame.confident and len(telling) >= (2 if frame.asks is Asks.OPEN else 1)


def _telling(text: str) -> list[str]:
    """The words that say something: neither short nor words of asking."""
    return [word for word in _TELLING.findall(text.lower()) if word not in STOP]
