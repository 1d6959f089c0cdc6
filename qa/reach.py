"""How far a rule reaches: what shares its words, and what it does not settle.

“Do I have to post my opinions” is not answered by “If you do post your opinions, say that they are yours.”, nor “can I
look parents up” by “Parents may look you up.”, nor “how long are photos kept” by “Photos are kept in the office.”
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from qa.conditions import is_off_duty
from qa.dates import OF_WEEK
from qa.doers import by_another
from qa.draft import YES_AND_NO, Verdict
from qa.frames import Asks, Frame
from qa.modality import BAN_HOLDS, nearest
from qa.norms import Force, Norm
from qa.policy_words import AGREEMENT
from qa.question_words import COMPELLED, DIRECT_ASKED
from qa.spelling import plain, stem, stems, straight, whole
from qa.things import of_another_thing

#: The verdicts by which a duty binds.
_BINDS: Mapping[Asks, Verdict] = {Asks.WHETHER_OBLIGED: "yes", Asks.WHETHER_EXCUSED: "no"}
_LEAVES = (Asks.WHETHER_ALLOWED, Asks.WHETHER_EXCUSED)


def unreached(question: str, frame: Frame, norms: Sequence[Norm], stands_under: str = "") -> frozenset[Verdict]:
    """The yes and no that a sentence, by its norms and what it stands under, does not give to a question.

    Neither to one of an assembly where it is for lessons, of a room where it is for what is done online, or of doing to
    others what they may do to its reader, of doing another thing than that of which it tells when or where, nor to one
    of what was left undone where it bans; no leaving out of what a rule is widened to; no duty that another is said to
    do, of its mere occasion, to ask leave of which it says nothing, of one who is off duty, to leave on what it has
    turned off, for another quality than its own, or where it only encourages; nothing of one thing that is said of
    another, or of the school's that is said of the asker's own; no yes by a few words that say what else a thing is, no
    "no" by those that say in what way it is done; and no ban of what the rules do not cover, of an end from a ban of a
    means to it, of that upon which a duty arises, or of asking others not to do what is banned.
    """
    if not norms or frame.asks is Asks.OPEN:
        return frozenset()
    norm = nearest(frame, norms)
    if _asks_of_another_time(question, norm) or _asks_of_a_face(question, norm) or _turns_round(question, norm):
        return YES_AND_NO
    if _tells_when_of_another(question, frame, norm, stands_under):
        return YES_AND_NO
    if others := of_another_thing(question, frame, norms):
        return others
    if _answers_otherwise(frame, norm, stands_under):
        return frozenset({"yes"})
    if frame.asks in _LEAVES and _tells_only_the_way(frame, norms, stands_under):
        return frozenset({"no"})
    hangs = norm.exception or norm.condition
    if not hangs and (another := by_another(question, frame, norm.says)):
        return another
    if norm.force is Force.FORBIDDEN and _was_left_undone(frame):
        return YES_AND_NO
    if frame.asks is not Asks.WHETHER_OBLIGED and _LEFT_OUT.search(frame.said) and _WIDENS.search(norm.says):
        return frozenset({"yes"})
    bound, banned = _BINDS.get(frame.asks), BAN_HOLDS.get(frame.asks)
    if is_off_duty(frame, norm.says if banned else " ".join(one.says for one in norms)):
        return frozenset(verdict for verdict in (bound, banned) if verdict) or YES_AND_NO
    directed = bound or (frame.asks is Asks.WHETHER_TRUE and DIRECT_ASKED.match(frame.cue) and "yes")
    if directed and (
        _asks_for_more(question, norm) or _asks_the_opposite(question, norm) or _asks_of_another_quality(question, norm)
    ):
        return frozenset({directed})
    if bound and (
        _ENCOURAGES.search(norm.says)
        or _is_its_occasion(question, frame, norm)
        or _asks_leave_unsaid(question, f"{stands_under} {norm.says}")
    ):
        return frozenset({bound})
    if banned and (
        _LEAVES_ALONE.search(norm.says)
        or _bans_a_means(question, frame, norm)
        or _tells_what_then(frame, norm)
        or _others_ask(question, norm)
        or _asks_others_not_to(question, norm)
    ):
        return frozenset({banned})
    return frozenset()


_OCCASION = (
    r"lessons?|class(?:es)?|meetings?|assembl(?:y|ies)|break(?:times?|s)?|lunch(?:time)?|exams?|shifts?|fire drills?"
    r"|services?|performances?|rehearsals?|matches|interviews?|appointments?|visits?|parents['’]? evenings?"
    r"|registration|playtime|rounds?|handovers?|duty|ppa|free periods?"
)
_AN = r"(?:an?|the|any|your|my|our|all|every|each)? ?"
_RULED_TIME = re.compile(rf"\b(?:during|after each|after every) {_AN}(?:[\w-]+ ){{0,2}}?(?P<time>{_OCCASION})\b", re.I)
_ASKED_TIME = re.compile(rf"\b(?:during|in|on|at|after|between) {_AN}(?:[\w-]+ ){{0,2}}?(?P<time>{_OCCASION})\b", re.I)
_BETWEEN = re.compile(rf"\bbetween (?:the |my )?(?:{_OCCASION})\b", re.IGNORECASE)


def _asks_of_another_time(question: str, norm: Norm) -> bool:
    """Whether a rule is for what goes on "during a lesson", and a question is of an assembly."""
    ruled, asked = (
        _singular(found["time"] for found in times.finditer(text))
        for times, text in ((_RULED_TIME, norm.says), (_ASKED_TIME, question))
    )
    ruled = ruled.union(*(alike for alike in _ALIKE if ruled & alike))
    named = asked & _singular(norm.stems) or ruled & _singular(stems(question))
    return bool(ruled and asked and (not named or _BETWEEN.search(question)))


def _singular(words: Iterable[str]) -> frozenset[str]:
    """Words without their endings, "rehearsals" as "rehearsal"."""
    return frozenset(stem(stem(word.lower())) for word in words)


#: Times that a question may call otherwise than a rule.
_ALIKE = tuple(map(_singular, (("lesson", "class"), ("break", "breaktime", "lunch", "lunchtime", "playtime"))))


_ONLINE = re.compile(r"(?<!and )(?<!or )(?<!, )\bonline(?=\W*$|[,;:]| (?:at|all)\b)(?!,? included)", re.IGNORECASE)
_SPEAKS_ONLINE = whole(
    r"online|on-line|digital\w*|internet|social (?:media|network\w*)|web\w*|post(?:s|ed|ing)?|profiles?|e-?mails?"
)
_FACE = whole(
    r"(?:in|at|down|round) (?:the|a|my|our) (?:staff ?room|pub|bar|classroom|corridor|car|playground|office|canteen"
    r"|shop|street|hall|kitchen|car park|gates?|party)",
    r"in (?:person|class|lessons?|assembly|real life)|irl|face[- ]to[- ]face|to (?:his|her|their|my) face|out loud",
)


def _asks_of_a_face(question: str, norm: Norm) -> bool:
    """Whether a rule is for what is done online, and a question is of a room with people in it."""
    return bool(_FACE.search(question) and _ONLINE.search(norm.says)) and not (
        _SPEAKS_ONLINE.search(question) or _FACE.search(norm.says)
    )


_MAY_DO_TO_YOU = re.compile(
    r"[^.;:]*\b(?!you\b)[\w-]+ (?:may|can|could|might)(?: also| not| never)? (?P<act>[a-z]+)(?: \w+)? you\b",
    re.IGNORECASE,
)
_I_DO = re.compile(r"\b(?:can|may|could|should|must|do|am|are) (?:i|we)\b", re.IGNORECASE)
_TO_ME = re.compile(r"\b(?:me|my|us|our|i|we) (?:be|get)\b|\b(?:me|us|my|our)\b", re.IGNORECASE)


def _turns_round(question: str, norm: Norm) -> bool:
    """Whether a rule says what others may do to its reader, and a question is whether its asker may do it to them."""
    found = _MAY_DO_TO_YOU.match(straight(norm.says))
    own = re.match(r"[^.;:]*\byou (?:may|can|could|might)\b", norm.says, re.IGNORECASE)
    if not found or own or not _I_DO.search(question) or _TO_ME.search(question):
        return False
    return stem(found["act"].lower()) in stems(question)


#: The occasion of a duty, up to where another duty begins: "if you walk round the room and always log off …".
_ON_OCCASION = re.compile(
    r"(?:if|when|whenever|where|while|whilst|before|after|once)\b.*?"
    r"(?=,|\band (?:always|never|do not|don['’]t|please)\b|$)",
    re.IGNORECASE,
)


def _occasion_and_rest(norm: Norm) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of a duty's occasion, none where it has none, and those of what else it says."""
    found = _ON_OCCASION.match(norm.condition or "")
    if not found:
        return frozenset(), stems(norm.says)
    return stems(found[0]), stems(norm.says.replace(found[0], " "))


def _act(question: str, frame: Frame) -> str:
    """What a question asks to do, the word behind its words of asking: of "can I still post" to post; or ""."""
    adverb = r"(?:\w+ly |still |just |ever |always )?"
    found = re.search(rf"{re.escape(frame.cue)}(?: to)? {adverb}(?P<act>[a-z]+)", plain(question))
    return found["act"] if found else ""


def _is_its_occasion(question: str, frame: Frame, norm: Norm) -> bool:
    """Whether all that a question asks after is what a duty's occasion names: of "if you post, add a line" to post."""
    act = _act(question, frame)
    if not act:
        return False
    named, ruled = _occasion_and_rest(norm)
    return stem(act) in named - ruled and not frame.stems & ruled - named


def _tells_what_then(frame: Frame, norm: Norm) -> bool:
    """Whether all that a question asks after is when a duty arises: of "if you open a bad site, leave" to open one."""
    if frame.asks is not Asks.WHETHER_FORBIDDEN or norm.force is not Force.OBLIGED:
        return False
    named, ruled = _occasion_and_rest(norm)
    return len(frame.stems & named) > 1 and not frame.stems & ruled - named


_ASKS_WHETHER = re.compile(r"[\W\d]*(?:is|are|was|were|do|does|can|may|must|will)\b[^?]*\?\W*$", re.IGNORECASE)
_IT_IS = re.compile(r"\W*(?:it|they)(?: (?:is|are|was|were)|['’](?:s|re)) (?P<what>(?!not\b)[\w-]+)", re.IGNORECASE)
_FEW = 6  # words up to which an answer says one thing


def _answers_otherwise(frame: Frame, norm: Norm, stands_under: str) -> bool:
    """Whether a few words below "Is it included?" say neither yes nor no but what else it is: "It is paid on top."."""
    found = _IT_IS.match(norm.says)
    if not found or norm.force is not Force.STATED or len(norm.says.split()) > _FEW:
        return False
    named = re.findall(r"[\w-]+", f"{frame.said} {stands_under}".lower())
    return bool(_ASKS_WHETHER.match(stands_under)) and found["what"].lower() not in named


#: The way in which something is done, and no more: "By form P9.", "In writing to the office."
_BY_A_WAY = re.compile(
    r"\W*(?:by (?:(?:your|the|an?|our) )?(?:[\w-]+ )??(?:form|letter|post|e-?mail|tele\w+|phone|text|message|hand|app"
    r"|card|cheque|transfer)|in (?:writing|person)|online|(?:through|on|via) the (?:app|portal|website|form))"
    r"(?=\W*$|[,;:(]| (?:to|at|in|or|and|from|on|with|through|within|\w*\d))(?!.*\bonly\b)",
    re.IGNORECASE,
)
_MOST_OF_A_WAY = 12  # words up to which that is all that is said


def _tells_only_the_way(frame: Frame, norms: Sequence[Norm], stands_under: str) -> bool:
    """Whether below or beside "Opting out" stands no more than the way, "By form P9.", which keeps nobody from it."""
    *label, way = norms
    told = way.force is Force.STATED and _BY_A_WAY.match(way.says) and len(way.says.split()) <= _MOST_OF_A_WAY
    return bool(told) and bool(frame.stems & stems(" ".join((stands_under, *(one.says for one in label)))))


_ASKS_WHEN = re.compile(r"[\W\d]*(?:when|where|how)\b[^?]*\?\W*$", re.IGNORECASE)
_THEN = re.compile(r"\W*(?:within|by|after|before|until|from|between|at|on|in|during) ", re.IGNORECASE)


def _tells_when_of_another(question: str, frame: Frame, norm: Norm, stands_under: str) -> bool:
    """Whether a few words below "When do I join?" say no more than when, and a question is of leaving."""
    told = norm.force is Force.STATED and len(norm.says.split()) <= _FEW and _THEN.match(norm.says)
    if not told or not frame.cue or frame.asks is Asks.WHETHER_TRUE or not _ASKS_WHEN.match(stands_under):
        return False
    act = stems(_act(question, frame))
    return bool(act) and act.isdisjoint(stems(f"{stands_under} {norm.says}"))


_LEFT_UNDONE = re.compile(
    r"(?:so |then |just )*(?:i|we) (?:\w+ly |just |still |then )?(?:didnt|havent|hadnt|dont|wont|never|ignored"
    r"|refused|declined|rejected|blocked|said (?:no|i (?:cant|couldnt|wouldnt))|turned (?:\w+ ){0,3}?down"
    r"|left (?:it|him|her|them|that)\b)"
)
_IS_THAT = re.compile(
    r"(?:so )?(?:(?:is|was|would|thats|that) (?:that|this|it|be)?|am i|was i|have i|did i)\b.{0,12}?"
    r"\b(?:ok|alright|all right|fine|allowed|wrong|bad|problem|against the rules|trouble|breaking|breach)\b"
)


def _was_left_undone(frame: Frame) -> bool:
    """Whether a question is of what its asker has not done: "I said no. Was that wrong?"."""
    return any(_LEFT_UNDONE.match(before) and _IS_THAT.match(asked) for before, asked in pairwise(frame.parts))


#: "Is it different from pens", "are we exempt": whether something is left out of a rule …
_LEFT_OUT = whole(
    r"differently",
    r"different(?: (?:from|to|for|than)|(?=\W*$))",
    r"(?:am|are|is|was|were|do|does) (?:[\w'-]+ ){1,6}?(?:exempt|excused|left out|an exception)",
)
#: … and what it is widened to: "legal highs are treated as drugs", "this includes YouTube".
_WIDENS = whole(
    r"(?:the|this) same|treated as|as if|likewise|equally|includ(?:es?|ing)|covers?|comes? under|no exceptions?"
    r"|appl(?:y|ies) to (?:all|every|any)"
)
_ENCOURAGES = re.compile(
    r"\b(?:is|are|be) (?:(?:strongly|warmly|always|also|actively) )?(?:encouraged|invited|recommended|welcome) to\b",
    re.IGNORECASE,
)
#: What goes further than that something may not be seen or used: it is switched off, or handed in.
_PUT_OFF = whole(
    r"(?:turn|switch|power)\w* (?:[\w'’-]+ ){0,5}?off|(?:power|shut)\w* (?:[\w'’-]+ ){0,5}?down",
    r"(?:be|is|are|stay|stays|keep|kept) (?:[\w'’-]+ ){0,3}?off(?! (?:the|my|limits))",
    r"hand\w* (?:[\w'’-]+ ){0,4}?in",
    r"leave (?:[\w'’-]+ ){1,4}?(?:at home|in (?:an?|the|my) (?:[\w-]+ )?(?:car|office|locker|box|cupboard|drawer))",
    r"in (?:an?|the|my) (?:[\w-]+ )?(?:bag|locker|box|cupboard|drawer)",
)
_OF_PUTTING_OFF = re.compile(
    r"\b(?:turn|switch|power|shut|off\b|hand\w* in\b|leave|left|home|lock|bag|box|cupboard|drawer|office)",
    re.IGNORECASE,
)


def _asks_for_more(question: str, norm: Norm) -> bool:
    """Whether a question is of a duty, "do I have to switch it off", and what is said only bans, and of another thing:
    "never have it in view"; or whether somebody may make its asker do what the rule has others not do.
    """
    if norm.force is not Force.FORBIDDEN:
        return False
    put_off = _PUT_OFF.search(question) and not _OF_PUTTING_OFF.search(norm.says)
    return bool(put_off or COMPELLED.search(plain(question)))


_PUT = r"(?:turn|switch|log|sign|leave|keep|have|stay|be|is|are|put)\w*(?: [\w'’-]+){0,4}?"
#: Ways to have a thing, each beside its opposite: "turn it off", "leave it on".
_WAYS = (
    (
        whole(rf"{_PUT} off"),
        whole(rf"{_PUT} on(?=\W*$|[,;:.]| (?:at|in|while|when|during|all|after|before|and|or|if|for)\b)"),
    ),
    (whole(rf"{_PUT} (?:shut|closed)", r"(?:shut|close)"), whole(rf"{_PUT} open")),
    (whole(r"lock(?:s|ed|ing)?"), whole(r"unlock\w*", rf"{_PUT} open")),
)
_OPPOSITES = (*_WAYS, *((other, one) for one, other in _WAYS))


def _asks_the_opposite(question: str, norm: Norm) -> bool:
    """Whether a duty is to have a thing off, and a question is of having it on."""
    if norm.force is not Force.OBLIGED:
        return False
    said = norm.says
    return any(
        asked.search(question) and not ruled.search(question) and ruled.search(said) and not asked.search(said)
        for asked, ruled in _OPPOSITES
    )


#: What a thing is to be like, "must be flat"; what is to be done to it, "must be signed", is another matter.
_ASKED_TO_BE = re.compile(
    r"\b(?:(?:should|must|shall)(?: [\w'’-]+){1,5}?|(?:have|has|need|needs|got|supposed) to) be (?:\w+ly |very |so )?"
    r"(?P<quality>(?!\w+(?:ed|en|ing|one)\b)[a-z]{3,})(?: (?:too|then|or not))?\W*$",
    re.IGNORECASE,
)
_RULED_TO_BE = re.compile(
    r"\b(?:must|should|shall|(?:has|have|need|needs|is|are) to)(?: always)? be"
    r" (?!\w+(?:ed|en|ing|one|ept|ade)\b)[a-z]{3,}(?:(?:,| and|, and) [a-z]+)*(?: at all times| always)?\W*$",
    re.IGNORECASE,
)


def _asks_of_another_quality(question: str, norm: Norm) -> bool:
    """Whether a duty is for a thing to be flat, and a question is whether it must be black."""
    asked = _ASKED_TO_BE.search(question)
    if not asked or norm.force is not Force.OBLIGED or not _RULED_TO_BE.search(norm.says):
        return False
    return not stems(asked["quality"]) & norm.stems


_ASKS_LEAVE = re.compile(
    r"\b(?:need|needs|have|got|get|require|seek|wait for|ask for)\b(?: (?!to\b)\w+){0,3}?"
    r" (?:permission|consent|approval|authori[sz]ation|sign-?off)\b",
    re.IGNORECASE,
)
#: What may be said of leave without its name.
_OF_LEAVE = re.compile(
    r"\b(?:ask|check|sign|allow|confirm|book|decid|discretion|say-so|request|tell|clear\w* (?:it )?with|arrang|licen"
    r"|contact|notif|inform|without|accept|opt|form|(?:may|can|only|needs?|none|no)\b)",
    re.IGNORECASE,
)
_YOUR_LEAVE = re.compile(r"\byour (?:own )?(?:permission|consent|approval|agreement)\b", re.IGNORECASE)


def _asks_leave_unsaid(question: str, said: str) -> bool:
    """Whether a question is whether leave is needed, and what is said is of none, or of the reader's own to give."""
    if not _ASKS_LEAVE.search(question):
        return False
    return bool(_YOUR_LEAVE.search(said)) or not (AGREEMENT.search(said) or _OF_LEAVE.search(said))


_MEANS = re.compile(r".*?\buse (?P<means>(?:(?!to\b|for\b)[\w'’/-]+ ){1,6}?)to (?P<end>.+)", re.IGNORECASE)
_BY_SOME_MEANS = whole(
    r"on|off (?:the|my|an?|our)|via|using|use|by|through|over|in|at|with|from|there|(?:that|this) way|post\w*"
    r"|e-?mail\w*|text\w*|tweet\w*|online|(?:keep|stay|leav|kept)\w* (?:[\w'’-]+ ){0,6}?off [a-z]+"
    r"|(?:is|are|would) (?:an?|the|my|our) (?:[\w'’-]+ ){1,3}?(?:be )?(?:ok|okay|fine|alright|all right) (?:to|for)"
)


def _bans_a_means(question: str, frame: Frame, norm: Norm) -> bool:
    """Whether a ban is of a means, "do not use the group to raise concerns", and a question is of its end by none."""
    found = _MEANS.match(norm.says) if norm.force is Force.FORBIDDEN else None
    if not found or _BY_SOME_MEANS.search(question):
        return False
    return bool(frame.stems & stems(found["end"])) and not frame.stems & stems(found["means"])


_THEY_ASK = re.compile(
    r"\b(?:can|could|may|is|are) (?!(?:i|we|you|it|this|that|there)\b)(?:(?!(?:i|we)\b)[\w'’-]+ ){1,6}?"
    r"(?:ask|request|demand|insist)\b",
    re.IGNORECASE,
)
_OF_ASKING = re.compile(r"\b(?:ask|request|demand|insist|requir)", re.IGNORECASE)


def _others_ask(question: str, norm: Norm) -> bool:
    """Whether a question is whether others may ask for something, which a ban on giving it does not say."""
    return bool(_THEY_ASK.search(question)) and not _OF_ASKING.search(norm.says)


#: What the rules say nothing of: "this page doesn't cover hives at home".
_LEAVES_ALONE = whole(
    r"(?:this|these|the|our) (?:page|rules?|polic(?:y|ies)|terms|guide|code|handbook) "
    r"(?:(?:does|do) not|(?:does|do)n['’]t) (?:cover|deal with|extend to|speak of)"
)
_NOT_TO = re.compile(
    r"\b(?:ask|tell|remind|warn|beg)\w* (?!(?:me|us)\b)(?:[\w'’-]+ ){1,4}?(?:(?:not|never) to|to (?:stop|not))\b",
    re.IGNORECASE,
)


def _asks_others_not_to(question: str, norm: Norm) -> bool:
    """Whether a question is of asking others to leave be what a rule bans, "can I tell them not to tag me"."""
    return norm.force is Force.FORBIDDEN and bool(_NOT_TO.search(question)) and not _NOT_TO.search(norm.says)


_HOW_MUCH = re.compile(r"\bhow (?:many|much|long|often|quickly|soon|late|early|old)\b", re.IGNORECASE)
_IS_A_MEASURE = re.compile(
    r"\d|\b(?:first|second|last|nothing|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty"
    r"|half|quarter|double|third|both|several|few|hundred|thousand|unlimited|limit\w*|more|less|fewer|enough|most|least"
    r"|hours?|days?|weeks?|fortnight|months?|years?|terms?|minutes?|seconds?|dai?ly|weekly|monthly|annual\w*"
    r"|each|every|once|twice|always|never|all|whole|full|free|no|none|any|regular\w*|often|as|same|when\w*"
    r"|soon|immediate\w*|promptly|at once|straight|until|till|before|after|below|above|under|over|between|within|to the"
    r"|january|february|march|april|june|july|august|september|october|november|december|christmas|easter|summer"
    rf"|{OF_WEEK})\b",
    re.IGNORECASE,
)
_MEANING = re.compile(
    r"\bwhat (?:does (?:[\w'’-]+ ){1,4}mean\W*$|(?:counts|qualifies|is classed) as\b|(?:is|are) meant by\b)",
    re.IGNORECASE,
)
_IS_A_MEANING = re.compile(
    r"\b(?:means?|includ\w+|such as|e\.g|for example|is|are|counts?|like|class\w*|treat\w*|defin\w+|any|all|every)\b"
    r"|[(:–]",
    re.IGNORECASE,
)


def tells_nothing_asked(question: str, said: Iterable[str]) -> bool:
    """Whether a question asks how much or how long, or what a word means, and of all that is said nothing tells that.

    >>> tells_nothing_asked("how long are photos kept", ["Photos are kept in the office."])
    True
    >>> tells_nothing_asked("how long are photos kept", ["Photos are kept until July."])
    False
    """
    texts = tuple(said)
    if _HOW_MUCH.search(question):
        return not any(map(_IS_A_MEASURE.search, texts))
    return bool(_MEANING.search(question)) and not any(map(_IS_A_MEANING.search, texts))
