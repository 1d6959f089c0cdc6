"""The words that oblige, forbid, allow and make conditions, in policies and in questions.

Tables only. `qa.modality` says what follows from them. Every pattern is a rule of English,
none belongs to one page. Policies are matched as written, questions after `QUESTION_SPELLINGS`.
"""

import re


def _any(*alternatives: str) -> str:
    return "(?:" + "|".join(alternatives) + ")"


def _compile(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"(?<![\w'-])" + _any(*alternatives) + r"(?![\w-])", re.IGNORECASE)


# --- policies -----------------------------------------------------------------------------

_VERY = r"(?:\w+ly |quite |all |always |also |still |then |now |only |both |normally )*"
_BE = r"(?:is|are|be|being|was|were|isn't|aren't)"
_NO_SUBJECT = r"(?:nobody|no one|no-one|none|no(?: [\w'-]+){1,3}?)"
_NO_DUTY = r"(?:expected|required|obliged|compulsory|mandatory|necessary|needed|bound|compelled|made|asked)"

FORBIDS = _any(
    rf"(?:must|shall|may|can|should|could|will|would|need|do|does|did|ought)(?: (?:also|still|then|therefore|on no account|under no circumstances))? (?:not|never)(?! only\b)",
    r"(?:mustn't|can't|cannot|shouldn't|couldn't|shan't|mayn't|don't|ought not to)",
    rf"{_BE}(?: \w+ly)? (?:not|never|no longer) (?:\w+ly |to be )?(?:allowed|permitted|acceptable|accepted|appropriate|ok|okay|fine|suitable|available|admitted|open|welcome|entitled|eligible|covered|to)",
    r"(?:isn't|aren't) (?:\w+ly )?(?:allowed|permitted|acceptable|accepted|appropriate|ok|okay|fine|suitable|available|admitted|open|welcome|entitled|eligible|covered|to)",
    rf"{_VERY}(?:prohibited|forbidden|banned|barred|unacceptable|out of bounds|off[ -]limits|illegal|unlawful|ruled out|discouraged|against (?:the|our|this) \w+|(?:gross )?misconduct|a breach|treated as (?:gross |serious )?(?:misconduct|a breach))",
    r"(?:asked|requested|advised|told|encouraged|required|expected|reminded|bound) (?:you |staff |colleagues |everyone )?(?:not|never) to",
    r"ask (?:that )?(?:\w+ ){0,3}(?:not to|do not|does not|don't)",
    r"(?:please )?(?:avoid|refrain from|abstain from|desist from|steer clear of|keep (?:away|off|out)(?: of| from)?|stay (?:away|off|out)(?: of| from)?|refuse|decline)",
    r"(?:never|not|under no circumstances|on no account|in no circumstances|at no time)(?= (?:be |to be )?[a-z]+)(?! (?:only|just|all|every|yet|sure|more than|less than|later than|fewer than|counting))",
    r"no longer",
)
NOT_OBLIGES = _any(
    rf"(?:nobody|no one|no-one|no [\w-]+) (?:is|are|will be) (?:\w+ly )?{_NO_DUTY}(?! not)",
    r"(?:nobody|no one|no-one|no [\w-]+) (?:has|have|needs?|expects?)(?: to)?",
    rf"{_BE} (?:not|never) (?:\w+ly )?{_NO_DUTY}(?! not to)",
    rf"(?:isn't|aren't|not) (?:\w+ly )?{_NO_DUTY}(?! not to)",
    r"(?:do not|does not|don't|doesn't|will not|won't) (?:\w+ly )?(?:have to|need|require|expect|matter|insist|oblige|count against)(?! not)",
    r"(?:need not|needn't|needs no|need no|no need|without needing)",
    r"(?:is|are) (?:\w+ly )?(?:optional|voluntary|exempt)",
    r"no (?:obligation|requirement|duty|deadline|notice|proof|form|note)(?: \w+){0,2} (?:is|are) (?:needed|required|necessary)",
    r"there (?:is|are) no (?:need|obligation|requirement|duty|deadline)",
    r"(?:free|at liberty) (?:not to|to refuse|to decline)",
)
ALLOWS = _any(
    r"(?:may|can|might)(?! (?:be )?(?:result|lead|lose|face|harm|cause|charge)\w*\b)",
    r"(?:is|are|be|being|'re|'s) (?:\w+ly |quite |always |also |all |more than |most |both )*(?:allowed|permitted|acceptable|fine|ok|okay|all right|alright|welcome|free to|encouraged|entitled|eligible|no difficulty|no problem|good enough|enough|happy|possible|up to you|at liberty)",
    r"(?:you're|we're|they're) (?:\w+ly |always |also |more than |most )*(?:allowed|permitted|welcome|free to|entitled|happy)",
    r"(?:up to (?:you|the \w+ of you|them|him|her)|feel free|by all means|at (?:your|the \w+'s|their)(?: own)? discretion|no objection|has (?:a|the) right to|ha(?:s|ve) the (?:choice|option))",
    r"(?:it's|that's|is|are) (?:quite |perfectly )?(?:fine|ok|okay|all right|alright)",
    r"(?:allowed|permitted|accepted|welcome)(?= (?:in|on|at|for|with|to|when|if)\b)",
)
OBLIGES = _any(
    r"(?:must|shall|should|ought to)(?! (?:not|never|you\b|that\b))",
    r"(?:has|have|having|needs?|is|are)(?: got)? to (?:be )?",
    r"(?:'ll|will) (?:need|have)(?: to)?",
    r"(?:is|are|'re|be) (?:\w+ly |always |also )*(?:required|obliged|expected|compulsory|mandatory|essential|necessary|asked|requested|to|bound|responsible for|up to the)(?! not)",
    r"(?:needs?|requires?|expects?|insists? (?:on|that))",
    r"(?:we|i) (?:\w+ )?ask(?: that| you| everyone| everybody| \w+)? ",
    r"(?:please|make sure|ensure|be sure|remember to|always|do(?= [a-z]))",
    r"(?:it is|it's) (?:your|the \w+'s) (?:duty|job|responsibility)",
)
NEGATIVE_SUBJECT = rf"{_NO_SUBJECT}"

#: One leftmost search over a clause; at the same place the earlier group wins.
CUES = re.compile(
    r"(?<![\w'-])(?:"
    rf"(?P<NOT_OBLIGED>{NOT_OBLIGES})|(?P<FORBIDDEN>{FORBIDS}|{NEGATIVE_SUBJECT})|"
    rf"(?P<ALLOWED>{ALLOWS})|(?P<OBLIGED>{OBLIGES})"
    r")(?![\w-])",
    re.IGNORECASE,
)
#: "Nothing of the sort is done": a statement of what does not happen.
DENIES = _compile(
    r"(?:not|never|no|none|nobody|nothing|neither|nor|without|no-one)",
    r"\w+n't",
    r"(?:lapse|lost|lose|loses|declined|refused|ends?|stops?|turned away|too (?:far|long|late|high|low|much|many|\w+))",
)
#: An elliptical clause, "phones do not", "changes to light are", speaks of the clause before.
ELLIPSIS = re.compile(
    r"(?P<no>\b(?:is|are|do|does|can|may|will|must|has|have) not|\w+n't|\bcannot)\s*[.;,]?\s*$"
    r"|(?P<yes>\b(?:is|are|do|does|can|may|will|must))\s*[.;,]?\s*$",
    re.IGNORECASE,
)

CLAUSE_BREAK = re.compile(
    r"\s*(?:;|:(?=\s)|(?<=[.!?])(?=\s)|(?<=\w) [–—-] |\.(?=\s))\s*"
    r"|,?\s+(?:but|although|though|whereas|while(?= (?:the|other|all|any|every)))\s+(?!for\b|also\b|only\b|not\b|never\b)"
    r"|,?\s+(?=but (?:only|not|never)\b)"
    r"|,\s+(?:and|so|or)\s+(?=(?:please|must|may|shall|should|do not|don't|never|always|then|is|are|can|cannot|will|has to|have to)\b"
    r"|(?:you|we|they|it|he|she|the|a|an|any|all|each|no|nobody|they)\b[^,;]{0,40}?\b(?:must|may|shall|should|can|cannot|will|is|are|has|have|needs?)\b)",
    re.IGNORECASE,
)

#: Words after which the rule turns round (exception).
EXCEPT = _compile(
    r"unless", r"except(?:ing| for| that| to| when| where| in| with| on| by| as)?", r"save(?= (?:where|that|for|with|to|in|as|a|an|the|those|when|if|by|on)\b)(?: where| that| for)?",
    r"other than", r"apart from", r"excluding", r"until", r"till",
    r"(?:one|only|sole) exception (?:is|being)", r"are the exceptions?", r"is the exception",
    r"without (?=(?:\w+[ ,'-]+){0,6}?(?:permission|consent|approval|agreement|permit|authori[sz]ation|asking|say-so|written|prior|first|the))",
    r"but not(?= (?:in|on|at|for|from|to|with|by|if|when|where|the|a|an)\b)", r"anywhere but", r"any \w+ but",
)
#: Words after which the rule holds (condition).
ONLY_IF = _compile(
    r"(?:but |and |and then |or |then )*only (?:if|when|where|with|after|once|by|for|in|on|to|at|from|between|during|under|abroad)",
    r"(?<!even )(?<!as )if(?! (?:you|they) (?:like|wish|want|prefer|can)\b)(?! in doubt)", r"provided(?: that)?", r"providing(?: that)?", r"as long as", r"so long as", r"on condition that",
    r"once", r"subject to", r"in which case", r"where(?!ver)", r"when(?!ever| you like)", r"after", r"while", r"should(?= (?:that|you|the|a|any)\b)",
    r"with (?=(?:[\w'’-]+ ){0,6}?(?:permission|consent|approval|agreement|authori[sz]ation|say-so)\b)",
    r"before",
)
#: Words that widen a rule: it holds even so.
EVEN_SO = _compile(
    r"even (?:if|when|where|for|though|in|with|by|as|a|an|one|on|after|while|to|the)", r"whether or not", r"whether", r"whatever", r"however (?=\w+(?: |,|;|\.|$))", r"no matter", r"regardless of",
    r"whoever", r"wherever", r"however (?:senior|small|slight|nicely|short|minor)", r"included", r"including",
)
LIMIT = _compile(
    r"(?:for |of |worth )?(?:up to|no(?:t)? (?:more|fewer|less|later|longer|earlier) than|at most|at least|a maximum of|fewer than|less than|more than|under|over|within|between)(?= (?:£|\d|a |an |one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|sixty|ninety|the))",
    r"(?:or|and) (?:less|fewer|under|more|over|older|above)",
)
GATE = _compile(
    r"(?:needs?|requires?|must have|must be|shall be|has to be|have to be|is to be|are to be|with)(?: [\w'’-]+){0,6}? (?:approv\w+|permission|consent\w*|agreed|agreement|authori[sz]\w+|letter|permit|licen[cs]e|certificate|note|sign-off|signed off)",
    r"(?:ask|check with|get|seek|obtain)(?: [\w'’-]+){0,6}? (?:first|before\b.*|approval|permission|consent|agreement)",
    r"subject to",
)
ONLY = _compile(r"only", r"solely", r"exclusively")
AGREEMENT = _compile(
    r"approv\w*", r"permission\w*", r"consent\w*", r"agree\w*", r"permit", r"authori[sz]\w+", r"say-so", r"asked", r"asking", r"let you", r"written", r"in writing",
)

IMPERATIVE = frozenset(
    """accept act add address agree allow answer apply arrange arrive ask attach attend back badge be begin bin block book bring
    build buy call cancel care carry change charge check choose claim clean clear close collect come complete confirm connect contact
    cook copy count cover cross cut deal declare delete describe dial discuss display dispose do drink drive drop eat email end enter ensure
    escort explain fasten file fill find finish fit fix follow forward get give go hand have help hide hold hug inform install invite
    join keep label lay leave let limit line list listen lock log look lower mail make mark mention message mind move muzzle name
    note notify obtain offer open order pack park pass pay phone pick place plan plug point post prepare present press put quote read
    record refer register release remind remove rename repeat replace reply report request return ring route say scan see seek select
    send separate set share shout show shred shut sign sit smile speak stand start stay stick stop store store submit supply swap switch take
    talk teach tell test text thank think throw tick tie tighten treat turn type update use vary visit wait walk warn wash watch wear
    wipe work write""".split()
)

# --- questions ----------------------------------------------------------------------------

QUESTION_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{spelt})\b"), meant)
    for spelt, meant in (
        (r"al+o+u?w?e*d|alowd|alow|aloud|allwed|aloowed|alowwed", "allowed"),
        (r"cn|acn|cna|kan", "can"),
        (r"cud|coud|culd|cld", "could"),
        (r"wud|woud|wuld|wld", "would"),
        (r"shud|shoud|shuld|shld", "should"),
        (r"hav|hve|haev|ahve", "have"),
        (r"od|du|dp", "do"),
        (r"dose|deos|dos", "does"),
        (r"wot|wat|waht|wht", "what"),
        (r"wats|wots|whts|wot's", "whats"),
        (r"wen|whn", "when"),
        (r"wich|whcih|witch", "which"),
        (r"hwo|hw", "how"),
        (r"agianst|aginst|agaisnt|agenst", "against"),
        (r"wrng|worng", "wrong"),
        (r"ok|okay|oki|okey|k", "ok"),
        (r"al+ ?right|alrite|allrite|aight|alrigt", "alright"),
        (r"gunna|gonna|goin to", "going to"),
        (r"gotta|got ta", "got to"),
        (r"ne+d ?ta|needa", "need to"),
        (r"shouldnt of", "shouldnt have"),
        (r"w/o|wivout|witout|wthout|withuot", "without"),
        (r"u", "you"),
        (r"r", "are"),
        (r"n", "and"),
        (r"tho", "though"),
        (r"permited|permmitted|permitd", "permitted"),
        (r"comp?uls[oa]ry", "compulsory"),
    )
)

_WHO = r"(?:i|we|you|he|she|they|it|this|that|these|those|someone|somebody|anyone|anybody|everyone|staff|kids?|people|one|[\w-]+ [\w-]+|(?:the|a|an|my|our|me|your|his|her|their|its|any|one of) (?:[\w-]+ ){0,4}?[\w-]+|[\w-]+)"
_JUST = r"(?:just |still |really |even |actually |also |always |ever |maybe |please |pls |technically |legally |definitely |now |then |already |at least |only )*"
_I = r"(?:i|we|you|he|she|they|it|ya|me|us|im|staff)"

#: Asked of the answer itself, not yes or no.
OPEN = re.compile(
    r"(?:^|[,;:.\-–(]\s*|\b(?:so|and|but|then|also|ok|hi|hello|pls|please|er|um|right|oh|wondering|tell me|know|remind me|sure|idea|check|ask|asking|wants to know|find out|for)\s+(?:just )?)"
    r"(?P<open>whats|whos|whens|wheres|hows|whys|who|whose|whom|which|why|when(?=s? (?:do|does|did|is|are|am|can|could|will|would|should|must|has|have|was|to|exactly|abouts)\b)"
    r"|where(?=s? (?:do|does|did|is|are|am|can|could|will|would|should|must|has|have|was|to|abouts|else|exactly|on|in|shall)\b)"
    r"|what(?! if\b| about\b| abt\b)|how(?! about\b| come\b| abt\b)|at what|in what|by when|from when|until when|till when|on what|for how|to whom|within how|up to (?:what|how)|under what)\b"
    r"|(?P<inverted>\b(?:what|who|which|how|where|when|why)(?: [\w-]+){0,3}? (?:do|does|did|are|am|can|could|will|would|should|must|shall|have|has) (?:i|we|you|they|he|she|it)\b)"
    r"|(?P<tail>\b(?:what now|what then|who with|where to|what do|and when|by when|or what|how come|how long|how much|how many|how far|how often|how soon|what next|what time)\b[^?]{0,40}$)"
)
ELLIPTICAL = re.compile(
    r"^(?:ok |right |oh |hmm |and |so |but |then |well |also )*(?:what if|what about|what abt|how about|and if|and |even if|even |or |if |unless |but |just |same |with )"
)

FORBIDDEN_ASKED = _compile(
    r"against (?:the |your |our |any |school |company |club |trust |a |this |their |council |my )*(?:rules?|polic\w+|law|guid\w+|code|regs|regulations|terms|handbook|procedure\w*|contract|conditions|agreement)",
    r"(?:break|breaks|broke|breaking|broken|breaching|breach|breaches|breached|break[a-z]*|flouting)(?: of)? (?:the |a |any |your |our |some |this |house |school )*(?:rules?|polic\w+|guid\w+|code|terms|law)",
    r"(?:is|are|am|be|been|was|were|i|we|get|its|it|im|so|still|all|that|those|them) (?:\w+ ){0,8}?(?:banned|barred|prohibited|forbidden|off[ -]?limits|out of bounds|disallowed|outlawed|verboten|not allowed|not permitted|not ok|no longer allowed)",
    r"(?:is|are|am|be) (?:[\w']+ ){1,9}?(?:a no|a no[ -]?no|no[ -]no|a breach|a breech|in breach|misconduct|an offence)",
    r"(?:in|into|any) (?:\w+ )?(?:trouble|bother|hot water|the wrong|breach)",
    r"(?:doing|do|done|did) (?:something |anything )?wrong", r"out of line", r"overstepping",
    r"(?:is|be|was|its|it|am|i|that|would) (?:it |that |i |so |it be |really |still )*(?:wrong|bad|naughty|illegal|inappropriate|unacceptable|a problem|an issue|misconduct)(?! (?:way|form|day|date|time|place|one|size|end))",
    r"(?:is|are|be) (?:that|this|it|\w+ \w+) (?:a |an )?(?:problem|issue|breach)",
    r"(?:get|be|being|got) (?:sacked|fired|disciplined|told off|done|reported|suspended|fined|marked down|penali[sz]ed|punished|in trouble|pulled up|struck off)",
    r"(?:i|we|she|he|they) (?:really |still |just |definitely )?(?:cant|cannot|shouldnt|mustnt|may not|can not|arent allowed|wasnt allowed)",
    r"(?:im|were|shes|hes|theyre) not (?:allowed|permitted|meant|supposed)",
    r"(?:am|are|is) (?:i|we|she|he|they|\w+ \w+) not (?:allowed|permitted|meant|supposed)",
    r"(?:stop|stops|stopping|prevent)(?: [\w-]+)? (?:me|us|you|them) (?:from )?",
    r"(?:is|are|am) (?:[\w']+ ){1,6}?(?:kept out of|excluded from|stopped from)",
)
OMITS = _compile(
    r"(?:if|that|cos|because|when) (?:i|we|she|he|they|you|\w+ \w+) (?:\w+ )?(?:dont|didnt|havent|hasnt|forget|forgot|skip|skipped|miss|missed|refuse|refused|ignore|ignored|leave out|fail|failed|cant|wont|doesnt|never|arent|isnt)",
    r"(?:ok|alright|wrong|rules|policy|trouble|fine|problem|issue|banned|bad|allowed|possible|acceptable|me|i|we|to|for) not (?:to )?(?!allowed|permitted|meant|supposed|ok)", r"to not",
    r"(?:skip|skipping|miss out|missing out|leave out|leaving out|get away without|get out of|opt out|opting out|go without|do without|not bother|not bothering|dodge|dodging|ignore|ignoring|forget about|bypass|bypassing|cut out|avoid having)",
    r"(?:can|could|may|ok to|allowed to|fine to|alright to|free to|shall|should) (?:i |we |you |she |he |they )?(?:just |still )?(?:not|skip|miss|ignore|refuse|decline|say no|turn (?:\w+ )?(?:\w+ )?down|avoid)",
    r"without (?=\w+ing\b)(?!knowing|meaning|realising|thinking)",
    r"(?:keep quiet|say nothing|keep it to myself|keep schtum)",
)
AVOIDS = _compile(
    r"avoid", r"not", r"(?:keep|stay|steer|leave) (?:\w+ ){0,5}?(?:off|out|away|clear|alone|from|secret|private|quiet)", r"refrain", r"refuse", r"say no", r"turn (?:\w+ )?(?:\w+ )?down",
    r"stop", r"give up", r"hand back", r"send (?:\w+ )?back",
)
OBLIGED_ASKED = _compile(
    rf"(?:do|does|did|dont|doesnt|would|will) {_WHO} {_JUST}(?:have|need|got|hav) {_JUST}to",
    rf"(?:do|does|did|would|will) {_WHO} {_JUST}need (?!to)", rf"(?:do|does|did) {_WHO} {_JUST}(?:have|need)(?: \w+){{1,3}} to",
    rf"(?:have|has) {_WHO} {_JUST}(?:got|go) (?:\w+ )?to", r"(?:still |just )?(?:got|have|need|needs|has|having|gotta|haf) to", r"(?:i|we|she|he|they|it|you) (?:still |really |actually )?(?:must|need to|have to|has to|needs to|got to)",
    rf"must {_WHO}", rf"(?:am|are|is) {_WHO} {_JUST}(?:required|obliged|expected|supposed|meant|bound|forced|made) to", r"(?:am i|are we|im|i am|is \w+) (?:\w+ )?(?:meant|supposed|expected|required|obliged) to",
    r"(?:is|are|be) (?:\w+ ){0,8}?(?:compulsory|mandatory|required|obligatory|necessary|needed|a must|essential|a requirement)",
    r"(?:can|could|will|do|would|are|does) (?:they|you|the \w+|it|my \w+) (?:\w+ )?(?:make|force|making|forcing|insist|demand|expect)(?: on)? ?(?:me|us|that|i)?",
    r"do (?:they|you) (?:\w+ )?want", r"need i",
    r"(?:do|does) (?:i|we|he|she|they) (?:\w+ )?owe",
)
NO_DUTY_ASKED = _compile(
    r"(?:no need|not have to|not need|dont (?:\w+ )?(?:have|need) to|dont need|neednt|dont gotta|doesnt (?:\w+ )?(?:have|need) to|doesnt need|havent got to|not expected|not required|wont need)",
    r"(?:is|are) (?:\w+ ){0,6}?(?:optional|voluntary)", r"(?:am|are|is) (?:i|we|she|he|they) (?:\w+ )?(?:exempt|excused|let off)", r"let (?:me|us) off",
)
ALLOWED_ASKED = _compile(
    rf"(?:can|could|may|might|cant) {_JUST}{_I}", rf"(?:can|could|may|might) {_WHO}",
    rf"(?:am|are|is|r|was|were|be) {_WHO} {_JUST}(?:\w+ly )?(?:allowed|permitted|ok|alright|fine|good|free|safe|clear|able|welcome|acceptable|possible|entitled|right|cool|legit|permissible|in order|sound|at liberty)",
    r"(?:ok|alright|fine|allowed|permitted|acceptable|cool|safe|good|all good|sound|permissible|legit|legal|possible|doable|no bother|no problem|yay or nay|good to go|my business|all right|wise|cushty)",
    r"(?:i|we|she|he|they|you|it) (?:can|could|may|get to)", r"(?:mind|minds|matter|matters|object|objection) if",
    r"let (?:me|us|him|her|them|it|\w+)", r"(?:do|would) (?:you|they) (?:let|allow|mind|permit)", r"get away with", r"(?:any )?chance (?:i|we|of)", r"(?:do|does) (?:i|we) get to", r"up to me",
)
DIRECT_ASKED = _compile(
    rf"(?:should|shall|shud) {_WHO}", rf"(?:do|did) (?:i|we) {_JUST}(?!get|have|need|lose|pay|know|owe|earn|still get)\w+",
)
TRUE_ASKED = _compile(
    rf"(?:is|are|am|was|were|does|do|did|will|would|has|have|can|could|isnt|arent|doesnt|wont|may|might) {_WHO}", r"(?:will|would) (?:i|we|they|you|it)",
)
WHAT_POLICY_GIVES = _compile(
    r"(?:can|could|will|would|do|does|are) (?:you|u|the (?:school|agency|company|club|trust|council|office)|they) ",
)
CONFIRMS = re.compile(r"(?:\b(?:right|yeah|yes|yea|yh|ye|innit|correct|true|isnt it|arent i|is it|then|though|surely|no)\W*$)|^(?:so|surely)\b")

CONDITION_MET = _compile(
    r"(?:has|have|had|hav|s|already|just)? ?(?:agreed|approved|ok(?:ed|d|'d)|okayed|authori[sz]ed|consented|signed (?:it )?off|given (?:me )?(?:permission|consent|the (?:ok|nod|go ahead|all clear))|said (?:yes|yeah|ok|its ok|its fine|it was fine|i can|i could|go ahead|no problem)|says (?:yes|its ok|its fine|i can|go ahead|im ok|ok))",
    r"with (?:\w+ ){0,4}?(?:permission|consent|approval|agreement|say so|ok|blessing)",
    r"(?:ive|i have|we have|weve|having|hes|shes|theyve|i) (?:\w+ )?(?:asked|cleared|checked with|got (?:\w+ )?(?:permission|consent|approval|a permit|the ok|it in writing))",
    r"(?:in writing|fine with it|happy with it|happy for me|cool with it|ok with it|all agreed|everyone agreed|if i ask|if ive asked|if they agree|if (?:\w+ ){1,3}(?:agrees|agreed|says yes|says ok))",
    r"(?:permission|consent|approval|permit)(?: is| was| has been)? (?:given|granted|signed|sorted)",
)
CONDITION_UNMET = _compile(
    r"without (?:\w+ )?(?:asking|telling|checking|permission|consent|approval|a permit|anyone|anybody|clearing|them knowing|saying|notice|booking|getting|having|paperwork|warning)",
    r"(?:havent|hasnt|hadnt|didnt|not|never|havnt|aint|no one|nobody|hasn t|cant|no) (?:\w+ ){0,3}?(?:asked|agreed|agree|approved|approval|permission|consent|consented|ok(?:ed|d)|signed|replied|said yes|told|checked|permit|in writing|got round|been able|say so|paperwork)",
    r"(?:off my own bat|behind (?:\w+ ){1,2}back|before asking|ask (?:\w+ )?(?:after|later|afterwards))", r"(?:they|he|she|manager|boss|head) (?:said|says) no",
)
NEGATION = re.compile(r"\b(?:no|not|never|without|aint|nothing|nobody|none|\w{2,6}nt(?<!\bwant)(?<!\bpoint)(?<!\bsent)(?<!\bwent)(?<!\bpaint)(?<!\bstudent)(?<!\brent)(?<!\bagent)(?<!\bplant)(?<!\bparent)(?<!\bclient)(?<!\bpresent)(?<!\bevent)(?<!\bmeant)(?<!\bfront)|yet|nowt|forgot|lost|missing|refused|cant|failed)\b")

STOP = frozenset(
    """a about after all also am an and any are as at be been before being but by can could did do does done for from get gets
    go got had has have he her here him his how i if im in into is it its ive just let like me my need no not now of off ok
    on one only or our out over own put shall she should so some still than that the their them then there these they thing
    this those though to too up us use very was we were what when where which while who will with would you your may must
    allowed right please other each every such unless until once make take someone anyone everyone fine alright want
    dont cant wont isnt arent doesnt didnt havent hasnt going even more most less per whether because yes yeah really know""".split()
)
