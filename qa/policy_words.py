"""The words that make conditions, exceptions and limits in a policy, and what a sentence is about.

Tables of patterns; `qa.norms` reads sentences by them. Every pattern is a rule of English; none
belongs to one page. Sentences are matched after `qa.spelling.straight`.
"""

# A pattern cut over several lines is harder to check than a long one, and a list of words reads better unquoted:
# ruff: noqa: E501, SIM905

import re

from qa.dates import OF_WEEK, PERIOD
from qa.spelling import any_of, whole

_OK = r"(?<='s )ok(?:ay)?|(?<=the )ok(?:ay)?(?= (?:from|of)\b)|go-ahead|(?<=written )leave"
_LEAVE = (r"approv\w*", r"permission\w*", r"consent\w*", r"agree\w*", r"permit", r"authori[sz]\w+", r"say-so", _OK)
#: A second verb that rules otherwise than the first: "must be signed and need not be stamped".
_SAYS_WHETHER = r"(?:need not|needn't|do(?:es)? not (?:have|need) to|(?:don't|doesn't) (?:have|need) to|(?:must|may|shall|should) (?:not|never)|cannot)"
#: A ban beside a duty, "lock it and never lend it"; a duty beside a ban, "never open it and report it".
_BAN = r"(?:(?:do not|don't)(?! (?:need|have|mind)\b)|never(?! (?:alone|overnight|more|less|fewer|longer|later|at|in|on|after|before|during|between|from|under|over|with|without|by|for|if|when|where|to|a|an|the|only|inside|outside|near|more|again)\b))(?= [a-z])"
_DUTY = r"(?:(?:must|shall|should|ha(?:s|ve) to|needs? to)(?= (?!not\b|never\b)[a-z])|(?:please|always|report|inform|notify|tell|ring|contact|make sure|ensure)(?= [a-z])(?! (?:them|him|her|pupils|parents)\b)|[a-z]+(?= [^,;.]{0,60}?\b(?:instead|at once|immediately|straight away)\b))"

#: Where or when a clause opens that rules otherwise there: "on your own plot they need not be".
_PLACED = (
    r"(?:on|in|at|inside|outside|during|after|before|for) (?:[\w'-]+ ){1,4}?(?=(?:you|we|they|it|he|she|none|nobody)\b)"
)
#: An ellipsis of what the clause before says of another place or time, and the place or time at the end of that.
ELSEWHERE = re.compile(rf"(?:{_PLACED}|(?:while|when) (?:[\w'-]+ ){{2,4}}?)(?:you|we|they|it|he|she)\b", re.IGNORECASE)
PLACE_AT_END = re.compile(
    r"\b(?:on|in|at|during|after|before|while|when)(?: (?!on\b|in\b|at\b)[\w'-]+){1,4}\W*$", re.IGNORECASE
)

CLAUSE_BREAK = re.compile(
    r"(?P<limit>,\s+(?:and\s+)?(?=(?:up to|no more than|at most) (?:£|\d)))"
    r"|\s*(?:;|(?<!\. exception)(?<!\. exceptions):(?=\s)|(?<=[.!?])(?=\s)|(?<=\w) [–—-] |\.(?=\s))\s*"
    r"|,?\s+(?:(?<!nobody )(?<!no one )(?<!no-one )(?<!none )but|although|though|whereas|while(?= (?:other|all|any|every)))\s+(?!for\b|only\b|not\b)"
    r"|,\s+(?=(?:(?!\b(?:if|when|where|unless|even|as|who|which|that|whether|or|you|they|it)\b)[\w' -]){1,40}(?: (?:is|are|do|does|can|may|must|will|has|have) not|n't| cannot)\W*$)"
    rf"|(?P<again>(?<!may)(?<!must)(?<!can)(?<!not)(?<!should)\s+and\s+(?={_SAYS_WHETHER}\b))"
    r"|(?P<half>\s+(?:and|but)\s+(?=(?:optional|voluntary|compulsory|mandatory|recommended) (?:for|to|in|on|at)\b))"
    rf"|(?P<ban>\s+and\s+(?={_BAN}))"
    rf"|(?P<duty>\s+and\s+(?={_DUTY}))"
    rf"|(?P<yours>\s+and\s+(?=(?:you|we|they) (?:\w+ )?(?:{_SAYS_WHETHER}|must|may|shall|should|can|cannot|need not|need to|have to)\b))"
    r"|,\s+(?:and|so|or|(?P<then>(?:and )?then))\s+(?=(?:please|must|may|shall|should|do not|don't|never|always|then|is|are|can|cannot|will|has to|have to)\b"
    rf"|(?:{_PLACED})?(?:you|we|they|it|he|she|the|a|an|any|all|each|no|nobody|none|they)\b[^,;]{{0,40}}?\b(?:must|may|shall|should|can|cannot|will|is|are|has|have|needs?)\b)",
    re.IGNORECASE,
)

#: Before the one who may after all: "nobody but the cook".
_NOBODY = r"(?:(?<=nobody )|(?<=no one )|(?<=no-one )|(?<=none ))"
#: Words after which the rule turns round (exception).
_EXCEPT = (
    r"unless",
    r"except(?:ing| for| that| to| when| where| in| with| on| by| as)?",
    r"save(?= (?:where|that|for|with|to|in|as|a|an|the|those|when|if|by|on|at|during|under|after|before)\b)(?: where| that| for)?",
    r"(?<=, )save(?= [\w'-]+ (?:that|who|which|for|in|on|at|by|from|with|under|over|of)\b)(?! (?:it|them|your|any|all|time|money|the|where|that|for|with|to|in|as|a|an|those|when|if|by|on|at)\b)",
    r"with the exception of",
    r"(?:other|otherwise) than",
    r"(?:apart|aside) from",
    r"barring",
    r"(?<=, )bar(?= (?:an?|the|those|for|in|on|at|by|with|when|where|what)\b)",
    r"excluding",
    r"until",
    r"(?<!the )(?<!a )(?<!your )(?<!each )till",
    r"(?:one|only|sole) exception (?:is|being)",
    r"are the exceptions?",
    r"is the exception",
    r"but not",
    r"(?:(?<=\w )|(?<=, ))(?:though|although) not(?! (?:\w+ly )?(?:required|essential|compulsory|mandatory|necessary|needed|obliged|necessarily|always|all|yet|as|so|a|an)\b)",
    r"anywhere but",
    rf"{_NOBODY}but",
    r"any \w+ but",
    r"(?:\w+ ){1,4}excepted",
)
EXCEPT = whole(
    *_EXCEPT,
    r"without(?= (?:\w+[ ,'-]+){0,6}?(?:permission|consent|approval|agreement|permit|authori[sz]ation|asking|say-so|written|prior|first|the))",
)
#: A clause that only says what is excepted from the one before: "The only exception is …".
THE_EXCEPTION = re.compile(
    r"\W*(?:the |our |one |your )?(?:(?:only|one|sole) )?exceptions? (?:is|are|being)\b", re.IGNORECASE
)
#: An exception that takes some of what is allowed out of it, and says nothing of the rest; “though not before you have
#: asked” says something of all.
CARVES_OUT = re.compile(r"(?:though|although) not\b(?! (?:before|until|till|without|unless)\b)", re.IGNORECASE)
#: In "you may … without asking", going without is what is allowed.
EXCEPT_WHERE_ALLOWED = whole(*_EXCEPT)
_OCCASION_NAMED = (
    r"(?:hour|day|night|week|fortnight|month|year|half[ -]term|term|quarter|session|shift|lesson|season|visit)"
)
#: Words after which the rule holds (condition); "once a week" and "once" at the end only count.
ONLY_IF = whole(
    r"(?:but |and |and then |or |then )*only (?:if|when|where|with|after|once|by|for|in|on|to|at|from|between|during|under|abroad)",
    r"(?<!even )(?<!as )(?<!ask yourself )(?<!see )(?<!check )(?<!sure )if(?! (?:you|they) (?:like|wish|want|prefer)\b)(?! in doubt)",
    r"provided(?: that)?(?! (?:by|to|for|in|at|with|on|from)\b)",
    r"providing(?: that)?",
    r"as long as",
    r"so long as",
    r"on condition that",
    rf"(?<!at )once(?!\W*$)(?! (?:an?|per|each|every|in an?) {_OCCASION_NAMED}\b)",
    r"subject to",
    r"in which case",
    r"where(?!ver)",
    r"when(?!ever| you like)",
    r"(?<!look )(?<!looks )(?<!looked )(?<!looking )after",
    r"while",
    r"should(?= (?:that|you|the|a|any)\b)",
    r"with(?= (?:[\w'-]+ ){0,6}?(?:permission|consent|approval|agreement|authori[sz]ation|say-so)\b)",
    r"before",
)
#: Words that widen a rule: it holds even so.
EVEN_SO = whole(
    r"even (?:if|when|where|for|though|in|with|by|as|a|an|one|on|after|while|to|the)",
    r"whether or not",
    r"(?<!ask )(?<!asks )(?<!asked )(?<!check )(?<!say )(?<!know )(?<!see )(?<!decide )(?<!decides )(?<!on )(?<!of )(?<!tell us )(?<!doubt )whether",
    r"whatever",
    r"however(?= \w+(?: |,|;|\.|$))",
    r"(?:no matter|regardless of)(?: (?:if|when|where))?",
    r"whoever",
    r"wherever",
    r"however (?:senior|small|slight|nicely|short|minor)",
    r"included",
    r"including",
)
#: After words that widen a rule, words that narrow it: "even at weekends if …", "including the sauna, once …".
DEPENDS_AFTER_ALL = re.compile(
    rf",(?= (?:{EXCEPT.pattern}|{ONLY_IF.pattern}))"
    r"|(?<=\w) (?=(?:unless|only (?:if|when|with)|provided(?: that)?|as long as|so long as|on condition that|if) (?:\w|'))",
    re.IGNORECASE,
)
WITHOUT = re.compile(r"\bwithout\b.*", re.IGNORECASE | re.DOTALL)
#: Without leave, or anything else to be done before: "without asking", "without prior booking".
UNASKED = re.compile(
    rf"without (?:[\w'-]+ ){{0,6}}?(?:{any_of(*_LEAVE)}|written|prior|first|reference|\w+ing)\b", re.IGNORECASE
)
#: When or where one may do without: "without consent in a fire".
OCCASION = re.compile(
    r"\bwithout\b.*?(?P<when>\b(?:in(?! (?:writing|advance|person)\b)|on|at|during|outside)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
#: "No" begins a prohibition only before a verb that could rule, or at the start of its clause.
RULES = re.compile(r"\b(?:shall|may|must|can|will|should|is|are|be|has|have)\b", re.IGNORECASE)
#: A clause that denies a limit or a cost, which is no ban: "No deposit", "There is no upper age limit".
NO_LIMIT = re.compile(
    r"\W*(?:there(?:'s| is| are| will be) )?(?P<none>no (?:[\w'-]+ ){0,2}?(?:limits?|caps?|ceiling|restrictions?|m(?:in|ax)imum|charges?|fees?|costs?|deposits?|dress code|waiting (?:list|time|period)|deadlines?|curfew|penalt(?:y|ies)|surcharge|excess)\b)"
    r"(?!-)(?! (?:[\w'-]+ )*?(?:may|must|shall|should|can (?:be|take|ask|charge)|(?:is|are) to)\b)(?! (?:that|which|so)\b)",
    re.IGNORECASE,
)
LIMIT = whole(
    r"(?:for |of |worth )?(?:up to|no(?:t)? (?:more|fewer|less|later|longer|earlier) than|at most|at least|a maximum of|fewer than|less than|more than|longer than|under|(?<!hand )(?<!hands )(?<!handed )(?<!handing )over|below|above|within|between(?! (?:the|an?|two|three|four)\b(?!.*\band\b)))(?= (?:£|\d|a |an |one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|sixty|ninety|the))",
    r"from (?:the )?age(?: of)?(?= (?:\d|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|sixteen|eighteen|twenty))",
    r"(?:(?:aged |of )?(?:£?\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten)(?: (?!or\b|and\b)[\w-]+){0,2} )?(?:or|and) (?:less|fewer|under|more|over|older|above)",
    r"(?:£?\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten)(?: [\w-]+){0,2} at (?:the )?most",
    PERIOD,
)
_VERB = r"(?:is|are|was|were|has|have|must|(?-i:may|MAY)|can|cannot|shall|should|will|need|needs|do|does)"
VERB = re.compile(rf"\s{_VERB}\b", re.IGNORECASE)
_OF_TIME = r"(?:\d[\w.:]*|[ap]\.?m\b\.?|noon|midday|midnight|(?:minute|hour|day|week|month|year)s?|(?:jan|febr)uary|march|april|may|june|july|august|(?:sept|nov|dec)ember|october)"
#: A time after which the clause goes on with another word: "after 7 pm cleaners …", "before 1 October 2024 keep …".
TIME_ALONE = re.compile(
    rf"(?:after|before|until|till) {_OF_TIME}(?: {_OF_TIME})*(?= (?!{_OF_TIME}|(?:and|or|in|on|at|with|without|before|after|until|till|if|unless|when|where|for|by|of|to|from|away|each|every|that|your|the|has|have|had)\b)[a-z])",
    re.IGNORECASE,
)
#: Who is ruled after a condition that no comma ends: "if the room is locked the caretaker must …".
RULED = re.compile(
    r"(?:\s+[\w'-]+){2,}?\s+(?<!says )(?<!said )(?<!say )(?<!agrees )(?<!that )(?<!whether )(?<!where )(?<!when )(?<!who )(?<!and )(?<!or )(?<!if )"
    r"(?P<who>(?:you|we|they) (?:must|may|shall|should|cannot|can)\b|(?:the|a|an|all|your) (?:(?!you\b|we\b|they\b)[\w'-]+ ){1,3}?(?:must|shall)\b)",
    re.IGNORECASE,
)
#: What follows a limit is no part of it: "up to £40, …", "up to £40 without asking", "over 5 kg must be …".
LIMIT_ENDS = re.compile(rf", | (?:without|{_VERB})\b", re.IGNORECASE)
GATE = whole(
    rf"(?:needs?|requires?|must have|must be|shall be|has to be|have to be|is to be|are to be|with)(?P<no> (?:no|nobody's|no one's))?(?: [\w'’-]+){{0,6}}? (?:{_OK}|approv\w+|permission|consent\w*|agreed|agreement|authori[sz]\w+|letter|permit|licen[cs]e|certificate|note|sign-off|signed off)",
    r"(?:ask|check with|get|seek|obtain)(?: [\w'’-]+){0,6}? (?:first|before\b.*|approval|permission|consent|agreement)",
    r"subject to",
)
ONLY = whole(
    r"only",
    r"(?:and|but) (?:\w+ )?(?:no other|nowhere else|nothing else|nobody else|no one else)",
    r"solely",
    r"exclusively",
)
#: Leave given, by the words for it alone; AGREEMENT knows how it is got as well.
LEAVE = whole(*_LEAVE)
AGREEMENT = whole(
    *_LEAVE,
    r"asked",
    r"asking",
    r"let you",
    r"written",
    r"in writing",
)

#: A row of a table as a clause: "Item: Shorts; Visitors: Allowed; Agency staff: Not allowed", "Shorts; Visitors: Yes; …".
ROW = re.compile(
    r"(?:[^:;]{1,60}; )?[^:;]{1,60}: [^:;]+(?:; [^:;]{1,60}: [^:;]+)+"
    r"|[\w' -]{1,40}: (?:(?:not|none) \w+ed|no (?:need|access|entry)|optional|voluntary|required|mandatory|compulsory|banned|forbidden|prohibited)(?: [\w'-]+){0,4}\W*",
    re.IGNORECASE,
)
PAIR = re.compile(r"\s*(?P<name>[^:;]+): (?P<value>[^:;]+)")
#: What a cell says without a verb.
CELL = re.compile(
    r"(?:(?P<NOT_OBLIGED>(?:not|none|nothing) (?:required|needed|necessary|compulsory|mandatory)|no need|optional|voluntary|exempt)"
    r"|(?P<FORBIDDEN>(?:not|none) (?:allowed|permitted|available|admitted|accepted)|unavailable|never|banned|forbidden|prohibited|no access|no entry)"
    r"|(?P<OBLIGED>required|mandatory|compulsory|always)"
    r"|(?P<ALLOWED>allowed|permitted|ok|fine|free)"
    r"|(?P<no>no|none|nil)|(?P<yes>yes))(?![\w-])(?P<rest>.*)",
    re.IGNORECASE,
)
#: What a cell beside others that say yes or no says of when or how: "Fridays after 4 pm", "with a headset".
CELL_WHEN = re.compile(
    r"(?:only|if|when|with|by|on|at|in|after|before|until|till|from|between|outside|during"
    rf"|{OF_WEEK}|week(?:ends?|days?|nights?))\b",
    re.IGNORECASE,
)
#: Names of columns that ask after a duty, and after a fact: "Licence needed", "Paid?".
ASKS_DUTY = whole(r"need(?:ed|s)?", r"required?", r"must", r"compulsory", r"mandatory", r"expected", r"to do")
#: Columns whose cells are limits: "Limit without approval", "Scripts a day, at most", "Earliest".
AT_MOST_COLUMN = whole(
    r"limit", r"max(?:imum|\.)?", r"at most", r"up to", r"no more than", r"most", r"latest", r"longest", r"allowance"
)
AT_LEAST_COLUMN = whole(r"min(?:imum|\.)?", r"at least", r"no less than", r"least", r"earliest", r"shortest", r"lowest")
ASKS_FACT = re.compile(r"(?:\w+ed|\?)\s*\??$", re.IGNORECASE)

#: Verbs that begin an instruction: "Lock your screen".
IMPERATIVE = frozenset(
    """accept act add address agree allow answer apply arrange arrive ask attach attend back badge be begin bin block book bring
    build buy call cancel care carry change charge check choose claim clean clear close collect come complete confirm connect contact
    cook copy count cover cross cut deal declare delete describe dial discuss display dispose do drink drive drop eat email empty end enter ensure
    escort explain fasten file fill find finish fit fix follow forward get give go hand have help hide hold hug inform install invite
    join keep label lay leave let limit line list listen lock log look lower mail maintain make mark mention message mind move muzzle name
    note notify obtain offer open order pack park pass pay phone pick place plan plug point post prepare present press protect put quote read
    record refer register release remind remove rename repeat replace reply report request return ring rinse route say scan see seek select
    send separate set share shout show shred shut sign sit smile speak stand start stay stick stop store submit supervise supply swap switch take
    talk teach tell test text thank think throw tick tie tighten treat turn type unplug update use vary visit wait walk warn wash watch wear
    wipe work write refuse decline reject""".split()
)

#: Acts of which an exception at the end belongs to the last alone: "explain, nor read aloud, except to …"; an exception
#: that is a thing to the last verb: "read, knit or use a phone, other than the centre's".
LAST_NOR = re.compile(r"(?P<earlier>.+), nor (?P<last>.+)", re.IGNORECASE | re.DOTALL)
LAST_OR = re.compile(rf"(?P<earlier>.+) or (?P<last>(?:{'|'.join(sorted(IMPERATIVE))}) .+)", re.IGNORECASE | re.DOTALL)
EXCEPT_A_THING = whole(
    r"(?:other|otherwise) than",
    r"(?:apart|aside) from",
    r"excluding",
    r"except(?: for)?(?= (?:a|an|the|your|one)\b)",
    rf"{_NOBODY}but",
)
#: An exception that says of one thing that it may be done after all: "save that music may be played".
SAVE_THAT = re.compile(r"(?:save|except) that (?P<thing>(?:[\w'-]+ ){1,4}?)(?:may|can|is|are|shall)\b", re.IGNORECASE)
#: Several things with commas between, group `last` the one that an exception at the end may be of.
LISTED = re.compile(r"(?P<earlier>[^,]*, (?:[\w' -]+, )*[\w' -]+?),? (?:or|and|nor) (?P<last>.+)", re.DOTALL)
#: An exception that names things or people, not when or where it holds.
EXCEPT_SOME = whole(
    r"(?:except(?:ing)?(?: for)?|save for|with the exception of|(?:other|otherwise) than|(?:apart|aside) from|barring|excluding|but not)(?! (?:if|when|where|that|to|in|on|at|with|by|as|during|from|through|after|before)\b)"
)

#: What marks an answer and is none of its words: "A: No, …".
ANSWER_LABEL = re.compile(r"\s*(?:a|answer) ?\d*[:.](?=\s)", re.IGNORECASE)
#: "No, unless…", "Yes, as long as…": the answer to a question that is the heading.
BARE_ANSWER = re.compile(
    r"\W*(?:sorry,? )?(?:(?P<no>(?:of course|certainly|absolutely|definitely|i'm afraid|sorry,?) not\b|not at all\b|(?:no|not|never)(?=[,:;.!]| (?:for|while|unless|until|if|when|yet|at|in|on|before|without|after|by|from|during)\b))"
    r"|(?P<yes>yes|(?:of course|certainly|absolutely|definitely|by all means)(?=[,:;.!])|only(?= (?:if|when|with|on|after|before|at|in|for|between|under|during)\b))\b)",
    re.IGNORECASE,
)
_TO_WHOM = r"\W*(?:it|you|they|we|that|this|he|she)"
_NO_MORE = r"(?=[,:;.!]|$| (?:if|when|unless|until|provided|as long|only|but|with|without|except)\b)"
_AT_MOST = r"(?:up to|at most|no more than)"
#: "It is.", "You can't, unless…", "Up to twice a week.": the same below a heading that is a question.
SHORT_ANSWER = re.compile(
    rf"(?:{_TO_WHOM} |\W*(?={_AT_MOST}))(?:(?P<no>(?:(?:is|are|can|may|must|do|does|should|need) not|\w+n't|cannot){_NO_MORE})"
    rf"|(?P<yes>(?:is|are|can|may|must|do|does|should){_NO_MORE}|{_AT_MOST}(?= (?:\d|once|twice|two|three|four|five|six|eight|ten)\b)))",
    re.IGNORECASE,
)
#: A stem or heading that the items below it finish: "Staff must not", "We can only".
OPEN_STEM = re.compile(
    r"(?:\b(?:must|may|shall|should|can|cannot|never|not|have to|has to|need to|always|don't|mustn't|can't|shouldn't)"
    r"(?: only| also| always)?|:"
    r"|\b(?:allowed|permitted|required|expected|entitled|free|forbidden|obliged|asked|advised|supposed|welcome) to"
    r"|(?<=\w )(?:unless|except(?: for| when| where| if)?|(?:only )?if|provided(?: that)?|as long as|other than))\s*$",
    re.IGNORECASE,
)
#: A stem that says of all that stands below it that it is not so: "You will not get:".
DENIED_STEM = re.compile(
    r"\b(?:you|we|they|it) (?:do not|don't|does not|doesn't|will not|won't|never|are not|is not)(?: [\w'-]+){0,4}:\s*$",
    re.IGNORECASE,
)
_THINGS = r"(?:items|acts|activities|conduct|behaviou?r|things|uses?|substances|goods|objects)"
#: Headings of lists of what is banned: "Don'ts", "What you must not carry".
BANNED_LIST = re.compile(
    rf"\W*(?:the )?(?:don'ts?|do nots|(?:{_THINGS} )?(?:(?:that|which) (?:are|is) )?(?:strictly )?"
    rf"(?:prohibited|forbidden|banned|not (?:allowed|permitted|acceptable))(?: {_THINGS})?"
    rf"|(?:things|what) (?:to avoid|not to \w+)|what (?:\w+ ){{1,2}}(?:cannot|(?:must|may|can) (?:not|never)) \w+)\W*$",
    re.IGNORECASE,
)
#: Headings that lend their force to what stands under them.
RULING_HEADING = whole(
    r"prohibited",
    r"forbidden",
    r"banned",
    r"not (?:allowed|permitted)",
    r"must(?: not| never)?",
    r"never",
    r"do not",
    r"don't",
    r"allowed",
    r"permitted",
    r"may(?: not)?",
)
#: What an organisation calls itself.
ORGANISATIONS = (
    r"school|agency|company|trust|council|club|college|charity|office|team|firm|group|branch|hospital|landlord|employer"
)
#: The organisation itself is spoken of, not the reader.
ORGANISATION = re.compile(
    rf"^\W*(?:we|our|us|the (?:{ORGANISATIONS}|academy|institute))\b",
    re.IGNORECASE,
)
#: What a word of the page means: it allows and forbids nothing.
DEFINES = re.compile(
    r"[”\"'’] (?:\([^)]*\) )?(?:means?|includes?|refers? to|do(?:es)? not include)\b|\bcounts? as (?:an? |the )?\w+\b|\bis defined as\b"
)
_FALSE = r"(?:untrue|not true|false|incorrect|mistaken|wrong|not the case)"
_THINK = r"(?:believes?|thinks?|assumes?|imagines?|supposes?|tells? you)"
#: What confines a rule to those or to that which it names.
CONFINES = whole(
    r"only|solely|exclusively|alone|just|nobody|no one|none|not [\w ]+ but|except|other than|apart from|save|unless|one"
)
#: A duty to let somebody know.
TELLS = whole(r"(?:report|tell|contact|inform|notify|call|ring|declare|disclose|speak to|raise|let [\w ]{1,30} know)")
#: A rule that is only spoken of: denied, thought, asked, not yet made, or another's. The sentence allows and forbids nothing.
MENTIONS = re.compile(
    r"^\W*(?:wrong(?: answer)?|incorrect|false|untrue|not true|bad(?: (?:example|practice|answer))?|myth|rumou?r|draft"
    r"|proposed|proposal|to be (?:confirmed|agreed|decided)|tbc)(?: [–-] [^.:\]]{0,30})?:"
    r"|\?[\"'”)]*$"
    rf"|\b(?:myth|rumou?r|misconception|misunderstanding|{_FALSE}(?: to (?:say|think|believe|suppose|assume|suggest|claim))?) that\b"
    r"|\b(?:some|many|most|people|candidates|staff|teachers|pupils|parents|others|everyone|everybody|no one|nobody|anyone)"
    rf"(?: (?!if\b|when\b|where\b|who\b|unless\b)[\w']+){{0,2}} {_THINK}(?: that)? (?:they|you|it|we|\w+ (?:is|are|may|can|must))\b"
    rf"|\b(?:do not|don't|never|should) {_THINK}(?: that)? (?:[\w'-]+ ){{1,4}}?(?:may|can|must|need|is|are|has|have)\b"
    rf"|\blet (?:\w+ ){{1,2}}tell you\b"
    r"|\b(?:(?:considering|discussing|reviewing|debating|consulting|deciding|looking)(?: (?:at|into|on))?|(?:been|are|were) asked)"
    r" (?:whether|if)\b.*\b(?:may|can|should|must)\b"
    r"|\bnot yet (?:in force|agreed|decided|confirmed)\b"
    r"|\bother (?:agencies|companies|employers|organisations|trusts|schools) (?:let|allow|require|permit|ask|pay)\b",
    re.IGNORECASE,
)
#: A sentence that takes the whole of the one before it back.
TAKES_BACK = re.compile(
    rf"\W*(?:(?:this|that|it|these|which) (?:is|was|are) (?:\w+ )?(?:{_FALSE}|a (?:myth|lie|mistake)|not so"
    r"|no longer (?:so|true|allowed|the case|in force))"
    rf"|{_FALSE}|not so|not any ?(?:more|longer)|no longer|(?:they|you|we|he|she|it) (?:may|must|can|do|does|is|are|need)(?: not|n't)|(?:they|you|we|he|she|it) cannot)\W*",
    re.IGNORECASE,
)
#: How a sentence begins that says what holds in an emergency, as a regular expression.
IN_EMERGENCY = r"in (?:(?:an|case of(?: an)?) emergency|emergencies|(?:exceptional|urgent) (?:cases|circumstances))\b"
#: How one begins that says what holds where the rule before it cannot be kept, as a regular expression.
MAKES_IMPOSSIBLE = (
    r"(?:where|if|when) (?:[\w'’-]+ ){1,6}?makes? (?:this|that|it) (?:impossible|impracticable|unsafe|unreasonable)\b"
)
REFUSALS = frozenset("refuse decline reject".split())
#: An imperative that gives leave: "let a pupil keep a phone", not "let us know".
LETS = re.compile(r"let (?!(?:us|me|someone else|(?:[\w'-]+ ){1,6}?(?:know|have|lie))\b)", re.IGNORECASE)
#: A "not" that belongs to words describing what the rule is about: "a tool that is not approved may be…".
RELATIVE = re.compile(
    r"\b(?:(?<!\bmean )that|which|who)\b(?:(?!\b(?:may|must|shall|should|can|cannot|need)\b)[^,;])+?(?=\s(?:may|must|shall|should|can|cannot|need|(?:do(?:es)? not|don't|doesn't) (?:need|have to))\b)"
    r"|\b(?:that|which|who) (?:can|may|are|is|has|have)\b[^,;]*?(?=\s(?:(?:is|are)(?= (?:not|never|banned|prohibited|forbidden|allowed|permitted|to|fine|welcome|asked|required))|must|shall|may|should)\b)",
    re.IGNORECASE,
)

# --- limits -------------------------------------------------------------------------------

_NOT = r"(?<!\bno )(?<!\bnot )"
AT_MOST = re.compile(
    rf"\b(?:(?:limit|max\.?)$|up to|no(?:t)? (?:more|later|longer|over) than|at most|maximum|{_NOT}(?:fewer|less) than|under|below|within|not exceed\w*|or (?:less|fewer|under))\b",
    re.IGNORECASE,
)
AT_LEAST = re.compile(
    rf"\b(?:at least|no(?:t)? (?:less|fewer|earlier) than|{_NOT}(?:more|longer) than|{_NOT}over|above|{_NOT}exceed\w*|{_NOT}older than|minimum|or (?:more|over|older|above)|from (?:the )?age|until (?:[\w-]+ ){{1,2}}(?:minute|hour|day|week|month|year)s? (?:after|from|since|(?:have|has) (?:passed|gone)))\b",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"\bbetween\b", re.IGNORECASE)
#: Where what hangs on a condition is more than the limit before it: "for up to two weeks, and for longer if …".
MORE_IF = re.compile(r"\b(?:and|or|but) (?:for |by |at )?(?:longer|more|further|later|earlier)\W*$", re.IGNORECASE)
STRICT = re.compile(
    rf"\b(?:{_NOT}(?:fewer than|less than|more than|longer than|over|exceed\w*|older than)|under|below|above)\b",
    re.IGNORECASE,
)
#: A limit that is itself within it: "16 or over".
OR_MORE = re.compile(r"\b(?:or|and) (?:less|fewer|under|below|more|over|older|above)\b", re.IGNORECASE)

#: Between an imperative and a cue: the cue rules another verb ("Use the app, which must…").
ANOTHER_VERB = re.compile(r",|\b(?:and|that|which|who|what|how|so|as|or|anything|any|every|always|all)\b")
#: Nouns as well as verbs: no imperative before these words.
_AFTER_NOUN = r"(?:is|are|was|were|shall|may|must|will|has|have|can|should|need|needs|does)"
NOUN_AFTER_ALL = re.compile(
    rf"\s+(?:{_AFTER_NOUN}\b|(?:\w+\s+){{1,2}}{_AFTER_NOUN}\b)|(?<=help)\s+(?:with|from)|(?<=leave)\s+(?:of|from)|(?<=use)\s+of|(?<=work)\s+(?:for|before|after)",
    re.IGNORECASE,
)
