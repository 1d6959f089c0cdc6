"""How sentences and questions are spelt before any pattern reads them; stems; how patterns are put together."""

# A list of words reads better unquoted:
# ruff: noqa: E501, SIM905

import re
from functools import lru_cache

LONGEST = 2000
"""Characters read of a sentence (its first) and of a question (its last): nobody asks a longer one in earnest."""


def any_of(*alternatives: str) -> str:
    """A pattern for one of several."""
    return "(?:" + "|".join(alternatives) + ")"


def whole(*alternatives: str) -> re.Pattern[str]:
    """One of several as whole words, in either case."""
    return re.compile(r"(?<![\w'-])" + any_of(*alternatives) + r"(?![\w-])", re.IGNORECASE)


_SPELT = {
    "allowed": "alowed aloud alloud allowd alowd alow aloowed alowwed allwed allowedd aloued",
    "can": "cn acn cna kan",
    "could": "cud coud culd cld",
    "would": "wud woud wuld wld",
    "should": "shud shoud shuld shld",
    "have": "hav hve haev ahve haf",
    "do": "od du dp",
    "does": "dose deos dos",
    "what": "wot wat waht wht",
    "whats": "wats wots whts",
    "when": "wen whn whne wehn",
    "where": "hwere wher",
    "which": "wich whcih",
    "who": "hoo whho",
    "how": "hwo hw",
    "against": "agianst aginst agaisnt agenst agin agen",
    "anything": "owt anyfink anyfing",
    "nothing": "nowt nuffin nuffink nothin",
    "something": "summat sumthing sumfink",
    "with": "wi wiv",
    "wrong": "wrng worng",
    "ok": "okay oki okey k",
    "alright": "alrite allrite allright aight alrigt alreet awright",
    "going to": "gunna gonna",
    "got to": "gotta",
    "need to": "needa needta",
    "without": "wivout witout wthout withuot",
    "permitted": "permited permmitted permitd",
    "compulsory": "compulsary compulsery",
    "you": "u",
    "are": "r",
    "and": "n",
    "though": "tho",
    "must": "mun",
    "meant": "ment",
    "supposed": "sposed suposed supposd",
    "cant": "cannae canna",
    "dont": "dinnae dinna dinny",
    "doesnt": "doesnae disnae",
    "didnt": "didnae",
    "isnt": "isnae",
    "arent": "arenae",
    "wasnt": "wasnae",
    "havent": "havnae havenae",
    "shouldnt": "shouldnae",
    "wont": "willnae winnae",
}
QUESTION_SPELLINGS = {spelt: meant for meant, many in _SPELT.items() for spelt in many.split()}


STOP = frozenset(
    """a about after all also am an and any are as at be been before being but by can could did do does done for from get gets
    go got had has have he her here him his how i if im in into is it its ive just let like me my need no not now of off ok
    on one only or our out over own put shall she should so some still than that the their them then there these they thing
    this those though to too up us use very was we were what when where which while who will with would you your may must
    allowed right please other each every such unless until once make take someone anyone everyone fine alright want
    dont cant wont isnt arent doesnt didnt havent hasnt going even more most less per whether because yes yeah really know""".split()
)

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "–": "-", "—": "-"})
_TOKEN = re.compile(r"\b[a-z]+\b")
_STEMMED = re.compile(r"[a-z]+|\d+")
#: Forms of verbs whose endings do not tell: each before those that mean it.
_IRREGULAR = """
bend bent; bite bitten bit; borne bear bore; break broke broken; bring brought; build built; burn burnt; buy bought; catch
caught; choose chose chosen; come came; deal dealt; draw drew drawn; drink drank drunk; drive drove driven; eat ate eaten;
fall fell fallen; feed fed; feel felt; fight fought; find found; fly flew flown flies; forget forgot forgotten; freeze froze
frozen; give gave given; grow grew grown; hang hung; hear heard; hide hid hidden; hold held; keep kept; know knew known; lead
led; learn learnt; leave left; lend lent; lose lost; mean meant; meet met; pay paid; ride rode ridden; ring rang rung; run ran
running; say said; see saw seen; sell sold; send sent; shoot shot; show shown; shut shutting; sing sang sung; sit
sat sitting; sleep slept; smell smelt; speak spoke spoken; spend spent; stand stood; steal stole stolen; stick stuck; swear
swore sworn; sweep swept; swim swam swum swimming; teach taught; tear tore torn; tell told; think thought; throw threw thrown;
wake woke woken; wear wore worn; win won winning; write wrote written
"""
_BASE = {form: verb for verb, *forms in map(str.split, _IRREGULAR.split(";")) for form in forms}
_ENDING = re.compile(r"(?:ations?|ments?|ingly|ings?|edly|ed|ies|ie|es|ly|s|e|y|er|ers|al)$")


def straight(text: str) -> str:
    """The text with plain quotes, dashes and spaces; every character keeps its place."""
    return text.translate(_STRAIGHT)


#: Ways of asking that say little of it by their letters, and one that says it outright.
_OUTRIGHT = (
    (
        re.compile(
            r"\b(?:(?:is|was) there )?(?:owt|anything?|any rules?)"
            r" (?:that says |to say |saying )?(?:against|agin|wrong (?:with|w|wi|in))\b",
            re.IGNORECASE,
        ),
        "is there a rule against",
    ),
    (re.compile(r"\b(?:nothing?|nowt|no rules?) (?:against|agin|wrong (?:with|w|wi|in))\b", re.IGNORECASE), "is it ok"),
    (re.compile(r"\b(?:nothing?|nowt)(?:[’']?s| is)? (?:stopping?|to stop) (?:me|us)(?: from)?\b", re.IGNORECASE), "am i allowed"),
    (
        re.compile(
            r"\b(?P<before>(?:so|and|but|then|i[’']?m|i am|we[’']?re|it[’']?s|that[’']?s|it is|that is|this is|just|still)(?: \w+)?) not"
            r" (?:\w+ )?(?:breaking?|breaching?|broken|flouting?|going? against|against|agin)(?: of)? (?:(?:the|a|any|your|our|no) )?(?:rules?|polic(?:y|ies))\b",
            re.IGNORECASE,
        ),
        r"\g<before> allowed",
    ),
    (re.compile(r"\b(?P<before>(?:am|are|is) (?:i|we|they|it|he|she|you)|i[’']?m|we[’']?re|they[’']?re) no (?=(?:allowed|permitted|supposed|sposed|meant|ment)\b)", re.IGNORECASE), r"\g<before> not "),
    (re.compile(r"\b(?P<before>meant|ment|supposed|sposed|ought|going|able|required|expected) 2 (?=[a-z])", re.IGNORECASE), r"\g<before> to "),
    (re.compile(r"\b(?P<before>(?:at|during|lunch|dinner|morning|afternoon|(?:on|in|after|before)(?: my| our)?) )brake(?P<after>s?|times?)\b", re.IGNORECASE), r"\g<before>break\g<after>"),
    (re.compile(r"\bbrake[ -]?time\b", re.IGNORECASE), "break time"),
    (re.compile(r"(?<!\bsay)(?<!\bsays)(?<!\bsaying)(?<!\bme)(?<!\bus)(?<!\bthem)(?<!\ba)(?<!\banswer)(?<!\bjust)(?<!\bput)(?<!\btick)[\s,;:.…-]+(?:yes or no|y or n|y/n|aye or n(?:aw|o|ae))\W*$", re.IGNORECASE), "?"),
    (re.compile(r"\b(?:no|not any) (?:rules?|polic(?:y|ies))(?: (?:is|are|was|were|been|being|got))? (?:broke|broken|breached)\b", re.IGNORECASE), "that is allowed"),
)  # fmt: skip
_TURNED_ROUND = re.compile(
    r"(?P<before>^|[,.;:?!-] |\b(?:so|and|but|then|why|surely|ok|well|also|now|because|cos) )"
    r"(?P<verb>do|does|did|should|would|have|has|need|is|are|was|were|could|am|(?P<ain>ai))n[’']?t (?P<who>i|we|he|she|they|you|it|this|that|there)\b",
    re.IGNORECASE | re.MULTILINE,
)


@lru_cache(maxsize=512)  # one answer asks nine times for its own, and seven times for its own plain
def upright(question: str) -> str:
    """A question that is asked in the negative or round about, as it is asked outright: both want the same.

    >>> upright("Don't I need a PIN?")
    'Do I need a PIN?'
    >>> upright("owt agin my own laptop")
    'is there a rule against my own laptop'
    >>> upright("insta at brake time, yes or no?")
    'insta at break time?'
    """
    question = _TURNED_ROUND.sub(lambda m: f"{m['before']}{'are' if m['ain'] else m['verb']} {m['who']}", question)
    for way, outright in _OUTRIGHT:
        question = way.sub(outright, question)
    return question


@lru_cache(maxsize=512)
def plain(question: str) -> str:
    """The question upright, in lower case, without apostrophes, its commonest misspellings put right."""
    text = straight(upright(question)).lower().replace("'", "")
    return _TOKEN.sub(lambda found: QUESTION_SPELLINGS.get(found[0], found[0]), text)


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without its ending, enough to match "posting" with "posts"; never under three letters."""
    word = _BASE.get(word, word)
    short = _ENDING.sub("", word)
    return short if len(short) >= 3 else word


def stems(text: str) -> frozenset[str]:
    """The stems of the words that say something: 'can I share a password' gives share, password."""
    return frozenset(stem(word) for word in _STEMMED.findall(text.lower()) if word not in STOP)
