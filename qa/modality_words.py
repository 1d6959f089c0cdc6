"""The words that oblige, forbid, allow and make conditions, in policies and in questions.

Tables of patterns, and the few functions that spell, stem and count. What follows from them
is for `qa.modality` to say. Every pattern is a rule of English; none belongs to one page.
Policies are matched after `straight`, questions after `plain`.
"""

# A pattern cut over several lines is harder to check than a long one, and a list of words reads better unquoted:
# ruff: noqa: E501, SIM905

import re
from functools import lru_cache


def _any(*alternatives: str) -> str:
    return "(?:" + "|".join(alternatives) + ")"


def _compile(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"(?<![\w'-])" + _any(*alternatives) + r"(?![\w-])", re.IGNORECASE)


# --- policies -----------------------------------------------------------------------------

_VERY = r"(?:\w+ly |quite |all |always |also |still |then |now |only |both |normally )*"
_BE = r"(?:is|are|be|being|was|were|isn't|aren't)"
_NO_SUBJECT = r"(?:nobody|no one|no-one|none|nothing(?! to\b| (?:[\w']+ ){0,4}?(?:stops|prevents|bars)\b)|neither|no(?! more| less| later| fewer| longer| earlier| matter| doubt)(?: [\w'-]+){1,3}?)"
_NO_DUTY = r"(?:expected|required|obliged|compulsory|mandatory|necessary|needed|bound|compelled|made|asked)"

FORBIDS = _any(
    r"(?:(?<!you )(?<!they )(?<!we )do|must|shall|may|can|should|could|ought)(?: (?:also|still|then|therefore|on no account|under no circumstances))? (?:not|never)(?! only\b)",
    r"(?:mustn't|can't|cannot|shouldn't|couldn't|shan't|mayn't|(?<!you )(?<!they )(?<!we )(?<!i )don't|ought not to)",
    rf"{_BE}(?: \w+ly)? (?:not|never|no longer) (?:\w+ly |to be )?(?:allowed|permitted|acceptable|accepted|appropriate|ok|okay|fine|suitable|available|admitted|open|welcome|entitled|eligible|covered|to)",
    r"(?:isn't|aren't) (?:\w+ly )?(?:allowed|permitted|acceptable|accepted|appropriate|ok|okay|fine|suitable|available|admitted|open|welcome|entitled|eligible|covered|to)",
    rf"{_VERY}(?:prohibited|forbidden|banned|barred|unacceptable|out of bounds|off[ -]limits|(?:is|are) (?:illegal|unlawful)|ruled out|discouraged|against (?:the|our|this) \w+|(?:gross )?misconduct|a breach|treated as (?:gross |serious )?(?:misconduct|a breach))",
    r"(?:asked|requested|advised|told|encouraged|required|expected|reminded|bound) (?:you |staff |colleagues |everyone )?(?:not|never) to",
    r"ask (?:that )?(?:\w+ ){0,3}(?:not to|do not|does not|don't)",
    r"(?:please )?(?:avoid|refrain from|abstain from|desist from|steer clear of|keep (?:away|off|out)(?: of| from)?|stay (?:away|off|out)(?: of| from)?)",
    r"(?:must|shall|should|is to|are to|will) be (?:\w+ )?(?:refused|declined|turned away|turned down|avoided|discouraged|prohibited|forbidden|banned)",
    r"(?:never|under no circumstances|on no account|in no circumstances|at no time)(?= [a-z])(?! (?:only|just|mind|(?:need|have|has|needs) to)\b)",
)
NOT_OBLIGES = _any(
    rf"(?:nobody|no one|no-one|no [\w-]+) (?:is|are|will be) (?:\w+ly )?{_NO_DUTY}(?! not)",
    r"(?:nobody|no one|no-one|no [\w-]+) (?:has|have|needs?|expects?)(?: to)?",
    rf"{_BE} (?:not|never) (?:\w+ly )?{_NO_DUTY}(?! not to)",
    rf"(?:isn't|aren't|not) (?:\w+ly )?{_NO_DUTY}(?! not to)",
    r"(?:do not|does not|don't|doesn't|will not|won't|shall not|must not|did not) (?:\w+ly )?(?:have to|need|require|expect|matter|insist|oblige|count against|be (?:required|charged|needed))(?! not)",
    r"(?:requires?|needs?) no(?:thing| \w+)?",
    r"(?:need not|needn't|needs no|need no|no need|without needing)",
    r"(?:is|are) (?:\w+ly )?(?:optional|voluntary|exempt)",
    r"never (?:needs?|ha(?:ve|s)) to",
    r"no (?:[\w-]+ ){1,4}(?:is|are|need be) (?:needed|required|necessary|given)",
    r"there (?:is|are) no (?:need|obligation|requirement|duty|deadline)",
    r"(?:free|at liberty) (?:not to|to refuse|to decline)",
)
ALLOWS = _any(
    r"(?:may|can|might)(?! (?:be )?(?:result|lead|lose|face|harm|cause|charge)\w*\b)",
    r"(?:is|are|be|being|'re|'s) (?:\w+ly |quite |always |also |all |more than |most |both )*(?:allowed|permitted|acceptable|fine|ok|okay|all right|alright|welcome|free to|encouraged|entitled|eligible|no difficulty|no problem|good enough|enough|happy|possible|up to you|at liberty)",
    r"(?:you're|we're|they're) (?:\w+ly |always |also |more than |most )*(?:allowed|permitted|welcome|free to|entitled|happy)",
    r"(?:up to (?:you|the \w+ of you|them|him|her)|feel free|by all means|at (?:your|the \w+'s|their)(?: own)? discretion|at (?:your|their|the \w+'s) own risk|no objection|has (?:a|the) right to|ha(?:s|ve) the (?:choice|option))",
    r"(?:it's|that's|is|are) (?:quite |perfectly )?(?:fine|ok|okay|all right|alright)",
    r"nothing (?:[\w']+ ){0,4}?(?:stops|prevents|bars)",
    r"(?:allowed|permitted|accepted|welcome)(?= (?:in|on|at|for|with|to|when|if)\b)",
)
OBLIGES = _any(
    r"(?:must|shall|should|ought to)(?! (?:not|never|you\b|that\b))",
    r"(?:has|have|having|needs?|is|are)(?: got)? to (?:be )?",
    r"(?:'ll|will) (?:need|have)(?: to)?",
    r"(?:is|are|'re|be) (?:\w+ly |always |also )*(?:required|obliged|expected|compulsory|mandatory|essential|necessary|asked|requested|to|bound|responsible for|up to the)(?! not)",
    r"(?:needs?|requires?|expects?|insists? (?:on|that))",
    r"(?:we|i) (?:\w+ )?ask(?: that| you| everyone| everybody| \w+)?(?= \w)",
    r"(?:please(?! (?:do not|don't|never|avoid|refrain|refuse|decline|keep|stay))|make sure|ensure|be sure|remember to|always)",
    r"(?:it is|it's) (?:your|the \w+'s) (?:duty|job|responsibility)",
)
NEGATIVE_SUBJECT = rf"{_NO_SUBJECT}"

#: One leftmost search over a clause; at the same place the earlier group wins.
#: A duty that is left to whoever has it: "take one home if you like".
WISH = _compile(r"if you(?:'d)? (?:like|wish|want|prefer|would like|would rather)(?: to)?")
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
    r"|,?\s+(?:but|although|though|whereas|while(?= (?:other|all|any|every)))\s+(?!for\b|only\b|not\b)"
    r"|,\s+(?:and|so|or)\s+(?=(?:please|must|may|shall|should|do not|don't|never|always|then|is|are|can|cannot|will|has to|have to)\b"
    r"|(?:you|we|they|it|he|she|the|a|an|any|all|each|no|nobody|they)\b[^,;]{0,40}?\b(?:must|may|shall|should|can|cannot|will|is|are|has|have|needs?)\b)",
    re.IGNORECASE,
)

#: Words after which the rule turns round (exception).
EXCEPT = _compile(
    r"unless",
    r"except(?:ing| for| that| to| when| where| in| with| on| by| as)?",
    r"save(?= (?:where|that|for|with|to|in|as|a|an|the|those|when|if|by|on)\b)(?: where| that| for)?",
    r"other than",
    r"apart from",
    r"excluding",
    r"until",
    r"till",
    r"(?:one|only|sole) exception (?:is|being)",
    r"are the exceptions?",
    r"is the exception",
    r"without(?= (?:\w+[ ,'-]+){0,6}?(?:permission|consent|approval|agreement|permit|authori[sz]ation|asking|say-so|written|prior|first|the))",
    r"but not",
    r"anywhere but",
    r"any \w+ but",
    r"(?:\w+ ){1,4}excepted",
)
#: Words after which the rule holds (condition).
ONLY_IF = _compile(
    r"(?:but |and |and then |or |then )*only (?:if|when|where|with|after|once|by|for|in|on|to|at|from|between|during|under|abroad)",
    r"(?<!even )(?<!as )if(?! (?:you|they) (?:like|wish|want|prefer)\b)(?! in doubt)",
    r"provided(?: that)?(?! (?:by|to|for|in|at|with|on|from)\b)",
    r"providing(?: that)?",
    r"as long as",
    r"so long as",
    r"on condition that",
    r"(?<!at )once",
    r"subject to",
    r"in which case",
    r"where(?!ver)",
    r"when(?!ever| you like)",
    r"after",
    r"while",
    r"should(?= (?:that|you|the|a|any)\b)",
    r"with(?= (?:[\w'-]+ ){0,6}?(?:permission|consent|approval|agreement|authori[sz]ation|say-so)\b)",
    r"before",
)
#: Words that widen a rule: it holds even so.
EVEN_SO = _compile(
    r"even (?:if|when|where|for|though|in|with|by|as|a|an|one|on|after|while|to|the)",
    r"whether or not",
    r"whether",
    r"whatever",
    r"however(?= \w+(?: |,|;|\.|$))",
    r"no matter",
    r"regardless of",
    r"whoever",
    r"wherever",
    r"however (?:senior|small|slight|nicely|short|minor)",
    r"included",
    r"including",
)
WITHOUT = re.compile(r"\bwithout\b.*", re.IGNORECASE | re.DOTALL)
#: "No" begins a prohibition only before a verb that could rule, or at the start of its clause.
RULES = re.compile(r"\b(?:shall|may|must|can|will|should|is|are|be|has|have)\b", re.IGNORECASE)
LIMIT = _compile(
    r"(?:for |of |worth )?(?:up to|no(?:t)? (?:more|fewer|less|later|longer|earlier) than|at most|at least|a maximum of|fewer than|less than|more than|under|over|within|between)(?= (?:£|\d|a |an |one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|sixty|ninety|the))",
    r"(?:or|and) (?:less|fewer|under|more|over|older|above)",
)
GATE = _compile(
    r"(?:needs?|requires?|must have|must be|shall be|has to be|have to be|is to be|are to be|with)(?: [\w'’-]+){0,6}? (?:approv\w+|permission|consent\w*|agreed|agreement|authori[sz]\w+|letter|permit|licen[cs]e|certificate|note|sign-off|signed off)",
    r"(?:ask|check with|get|seek|obtain)(?: [\w'’-]+){0,6}? (?:first|before\b.*|approval|permission|consent|agreement)",
    r"subject to",
)
ONLY = _compile(
    r"only",
    r"(?:and|but) (?:\w+ )?(?:no other|nowhere else|nothing else|nobody else|no one else)",
    r"solely",
    r"exclusively",
)
AGREEMENT = _compile(
    r"approv\w*",
    r"permission\w*",
    r"consent\w*",
    r"agree\w*",
    r"permit",
    r"authori[sz]\w+",
    r"say-so",
    r"asked",
    r"asking",
    r"let you",
    r"written",
    r"in writing",
)

#: Verbs that begin an instruction: "Lock your screen".
IMPERATIVE = frozenset(
    """accept act add address agree allow answer apply arrange arrive ask attach attend back badge be begin bin block book bring
    build buy call cancel care carry change charge check choose claim clean clear close collect come complete confirm connect contact
    cook copy count cover cross cut deal declare delete describe dial discuss display dispose do drink drive drop eat email end enter ensure
    escort explain fasten file fill find finish fit fix follow forward get give go hand have help hide hold hug inform install invite
    join keep label lay leave let limit line list listen lock log look lower mail make mark mention message mind move muzzle name
    note notify obtain offer open order pack park pass pay phone pick place plan plug point post prepare present press put quote read
    record refer register release remind remove rename repeat replace reply report request return ring route say scan see seek select
    send separate set share shout show shred shut sign sit smile speak stand start stay stick stop store submit supply swap switch take
    talk teach tell test text thank think throw tick tie tighten treat turn type update use vary visit wait walk warn wash watch wear
    wipe work write refuse decline reject""".split()
)

# --- questions ----------------------------------------------------------------------------

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
    "against": "agianst aginst agaisnt agenst",
    "wrong": "wrng worng",
    "ok": "okay oki okey k",
    "alright": "alrite allrite allright aight alrigt",
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
}
QUESTION_SPELLINGS = {spelt: meant for meant, many in _SPELT.items() for spelt in many.split()}

_WHO = r"(?:i|we|you|he|she|they|it|this|that|these|those|someone|somebody|anyone|anybody|everyone|staff|kids?|people|one|[\w-]+ [\w-]+|(?:the|a|an|my|our|me|your|his|her|their|its|any|one of) (?:[\w-]+ ){0,4}?[\w-]+|[\w-]+)"
_JUST = r"(?:just |still |really |even |actually |also |always |ever |maybe |please |pls |technically |legally |definitely |now |then |already |at least |only )*"
_I = r"(?:i|we|you|he|she|they|it|ya|me|us|im|staff)"

#: Asked of the answer itself, not yes or no.
_AUX = r"(?:do|does|did|is|are|am|can|could|will|would|should|must|shall|has|have|was|were|may|might)"
_WH = r"(?:whats|whos|whens|wheres|hows|whys|whatll|whod|who|whose|whom|which|what(?! if\b| about\b)|when|where|why|how(?! about\b| come\b))"
#: Asks outright, wherever it stands in the sentence.
OPEN_OUTRIGHT = re.compile(
    rf"(?P<cue>\b{_WH}(?: [\w-]+){{0,4}}? {_AUX} (?:i|we|you|they|he|she|it)\b(?! (?:can|may|must|should|is|are|was)\b))"
)
OPEN = re.compile(
    rf"(?:^|[,;:.()-]\s*|\b(?:so|and|but|then|also|ok|hi|hello|please|er|um|right|oh|at|in|by|from|until|till|on|for|to|during|within|under|after|with|up to)\s+(?:just )?)(?P<start>{_WH})\b(?! the (?:deal|position|situation|score|story|answer)\b)(?! (?:i|we|my|they|hes|shes|im|were|its)\b(?! \w+ to))"
    rf"|(?P<mid>\b(?:whats the|whats|wheres|hows|how (?:much|many|long|far|often|soon|early|late|old|big|high|quickly)|what time|what kind|what sort|what happens|how do|how can|how should)\b)"
    r"|(?P<asked>\b(?:tell me|tell us|remind me|do you know|dont know|need to know|want to know|any idea|not sure|wondering|find out|explain|clarify)\b[^?]{0,40}?\b(?:what|who|which|how|where|when|why)\b)"
    r"|(?P<tail>\b(?:(?<!saying )(?<!giving )why|what now|what then|who with|where to|by when|or what|for how long|how long|how much|how many|how far|what next|what time|(?:by|with|to|for|from) who)\W*$)"
    r"|(?P<bare>^(?:(?:and|so|the) )*(?:max|maximum|minimum|number|phone number|latest|earliest|deadline|price|cost|address|contact|first thing|limit)\b)"
)
ELLIPTICAL = re.compile(
    r"^(?:ok |right |oh |hmm |and |so |but |then |well |also )*(?:what if|what about|what abt|how about|if|even if|unless)\b"
)

FORBIDDEN_ASKED = _compile(
    r"against (?:the |your |our |any |school |company |club |trust |a |this |that |their |council |my |agency |social |media |online |step )*(?:rules?|polic\w+|law|guid\w+|code|regs|regulations|terms|handbook|procedure\w*|contract|conditions|agreement|page)",
    r"(?:break|breaks|broke|breaking|broken|breaching|breach|breaches|breached|break[a-z]*|flouting)(?: of)? (?:the |a |any |your |our |some |this |house |school )*(?:rules?|polic\w+|guid\w+|code|terms|law)",
    r"^(?:is it |so |and )*(?:wrong|bad|naughty|illegal|forbidden|banned)(?= (?:to|for|if)\b)",
    r"(?:is|are|am|be|been|was|were|i|we|get|its|it|im|so|still|all|that|those|them) (?:[\w'-]+ ){0,14}?(?:banned|barred|prohibited|forbidden|off[ -]?limits|out of bounds|disallowed|outlawed|verboten|not allowed|not permitted|not ok|no longer allowed)",
    r"(?:is|are|am|be) (?:[\w']+ ){1,9}?(?:a no|a no[ -]?no|no[ -]no|a no[ -]?go|a definite no|off the table|shut out|left out(?! (?:of|from) (?:the |this |that |your |our )?(?:\w+ )?(?:rules?|polic\w+|list|page))|a breach|a breech|in breach|misconduct|an offence)",
    r"(?:in|into|any) (?:\w+ )?(?:trouble|bother|hot water|the wrong|breach)",
    r"(?:doing|do|done|did) (?:something |anything )?wrong",
    r"out of (?:line|order)",
    r"overstepping",
    r"(?:anything|something|a rule|any rule|a policy|rules?) (?:that )?(?:against|stopping|to stop|says i cant)",
    r"(?:are|is|am|be) (?:[\w'-]+ ){0,8}?(?:(?<!check )(?<!call )(?<!lights )(?<!her )(?<!him )(?<!them )(?<!it )(?<!me )(?<!us )(?<!go )(?<!going )(?<!come )(?<!get )(?<!find )(?<!opt )(?<!let )(?<!automatically )out|not on|at fault|going wrong)(?: too| then| as well| also)?(?=\W*$)",
    r"(?:count|counts|classed|seen|treated) as (?:unacceptable|inappropriate|harassment|wrong|banned)",
    r"(?<=[,;:.-] )(?:is that |is it )?(?:wrong|bad|banned|illegal|naughty|forbidden|prohibited|misconduct|no[ -]?no|off limits)(?= ?(?:or not|or what|then)?\W*$)",
    r"(?:a|in) (?:clear |plain |serious )?breach",
    r"(?:ruled out|out of the question|frowned (?:up)?on)",
    r"(?:says?|tells?) (?:me |us |you |her |him |them |people |staff |candidates |anyone )?not to",
    r"(?:you|we|they|it|that|step|page|policy|rules?|handbook|school|agency|guidance) (?:\w+ )?(?:forbid|ban|prohibit|rule out|outlaw|disallow)s?",
    r"(?:is|be|was|its|it|am|i|that|thats|would) (?:it |that |i |so |it be |really |still )*(?:wrong|bad|naughty|illegal|inappropriate|unacceptable|a problem|an issue|misconduct)(?! (?:way|form|day|date|time|place|one|size|end))",
    r"(?:is|are|be) (?:that|this|it|\w+ \w+) (?:a |an )?(?:problem|issue|breach)",
    r"(?:get|be|being|got) (?:sacked|fired|disciplined|told off|suspended|fined|marked down|penali[sz]ed|punished|in trouble|pulled up|struck off)",
    r"(?:isnt|arent|wasnt) (?:\w+ )?(?:allowed|permitted|ok|acceptable)",
    r"counts? as (?:a |an |gross |serious )*(?:misconduct|breach|offence)",
    r"(?:im|were|shes|hes|theyre) not (?:allowed|permitted|meant|supposed)",
    r"(?:am|are|is) (?:i|we|she|he|they|\w+ \w+) not (?:allowed|permitted|meant|supposed)",
    r"(?:stop|stops|stopping|prevent)(?: [\w-]+)? (?:me|us|you|them)(?: from)?",
    r"(?:is|are|am) (?:[\w']+ ){1,6}?(?:kept out of|excluded from|stopped from)",
)
#: To be asked about itself, where the handbook says who is or is not disciplined.
SANCTION = _compile(r"(?:sacked|fired|disciplined|told off|suspended|fined|marked down|penali[sz]ed|punished)")
OMITS = _compile(
    r"(?:if|that|cos|because|when) (?:i|we|she|he|they|you|\w+ \w+) (?:\w+ )?(?:dont|didnt|havent|hasnt|forget|forgot|skip|skipped|miss|missed|refuse|refused|ignore|ignored|leave out|fail|failed|cant|wont|doesnt|never|arent|isnt)",
    r"(?:ok|alright|wrong|rules|policy|trouble|fine|problem|issue|banned|bad|allowed|possible|acceptable|to|for) not(?: to)?(?! (?:allowed|permitted|meant|supposed|ok))",
    r"(?:me|i|we) not(?= (?:to|\w+ing)\b)",
    r"to not",
    r"(?:skip|skipping|miss out|missing out|leave out|leaving out|get away without|get out of|opt out|opting out|go without|do without|not bother|not bothering|dodge|dodging|ignore|ignoring|forget about|bypass|bypassing|cut out|avoid having)",
    r"(?:can|could|may|ok to|allowed to|fine to|alright to|free to|shall|should) (?:i |we |you |she |he |they )?(?:just |still )?(?:not|skip|miss|ignore|refuse|decline|say no|turn (?:\w+ )?(?:\w+ )?down|avoid)",
    r"without(?= \w+ing\b)(?! knowing|meaning|realising|thinking)",
    r"(?:keep quiet|say nothing|keep it to myself|keep schtum)",
)
AVOIDS = _compile(
    r"avoid",
    r"not",
    r"(?:keep|stay|steer|leave) (?:[\w-]+ ){0,7}?(?:off|out(?! (?:on|in (?:the )?(?:open|view|sight)))|away|clear|alone|from|secret|private|quiet|to (?:my|him|her|our|your)self|to themselves)",
    r"refrain",
    r"be (?:refus|declin|reject|avoid|ignor)ing",
    r"(?:refuse|decline|reject)",
    r"say no",
    r"turn (?:[\w-]+ ){0,5}?(?:down|away)",
    r"hold off",
    r"stop",
    r"give up",
    r"hand back",
    r"send (?:\w+ )?back",
)
#: "Was I right to…": whether it is what the handbook asks; where something was declined, whether that was forbidden.
RIGHT_TO = _compile(
    r"(?:was|were|am|are|is) (?:i|we|she|he|they|it|the \w+|my \w+) (?:(?!all\b)\w+ )?right (?:to(?! (?:think|say|assume|believe)\b)|not to)",
    r"(?:was|were|am|are) (?:i|we) right(?=\W*$)",
    r"(?:did|have|has) (?:i|we|she|he|they|the \w+|my \w+) (?:do|done|did) (?:it |that |this )?(?:right|the right thing|what)",
    r"(?:the )?right (?:call|thing|decision|move)",
)
DECLINED = _compile(
    r"(?:refus|declin|reject|ignor|delet|block|remov|avoid)\w*",
    r"(?:say|said|saying) (?:no|(?:i|we) (?:dont|cant|couldnt|wont|wouldnt))",
    r"(?:hand|handed|gave|sent) (?:\w+ ){0,3}?back",
    r"(?:turn|take|took|knock)\w* (?:\w+ ){0,3}?(?:down|off)",
    r"(?:not to|not \w+ing|didnt|havent|wouldnt|never)",
    r"(?:walk|stay|keep|kept|back|steer|hold|held)\w* (?:\w+ )?(?:away|off|out|clear|back)",
)
#: A fragment that proposes to leave something be: "keep work worries off linkedin?"
AVOIDING = re.compile(
    rf"^(?:so |and |but |then |ok |just |still |always )*(?!not\b|stop\b)(?P<cue>{AVOIDS.pattern})[^?]*\?\W*$"
)
#: Whether somebody else is right: it hangs on what they said.
THEIRS = _compile(r"(?:is|are|was|were) (?:he|she|they|the [\w-]+|my [\w-]+) right(?=\W*$)")
#: "Am I right that…", "is it true that…": what follows is asked.
CONFIRMING = re.compile(
    r"^(?:so |and |but |ok |right |just checking )*(?:am i right|are we right|is it right|is it true|is it correct|is it the case)"
    r"(?: in (?:thinking|saying|assuming|believing)| to (?:think|say|assume|believe)| thinking| saying| assuming)?,? (?:that )?(?=[a-z])(?!to\b|for\b|not to\b|if\b)"
)
OBLIGED_ASKED = _compile(
    rf"(?:do|does|did|dont|doesnt|would|will) {_WHO} {_JUST}(?:have|need|got|hav) {_JUST}to",
    rf"(?:do|does|did|would|will) {_WHO} {_JUST}need(?= (?!to\b))",
    rf"(?:do|does|did) {_WHO} {_JUST}(?:have|need)(?: \w+){{1,3}} to",
    rf"(?:have|has) {_WHO} {_JUST}(?:got|go) (?:\w+ )?to",
    rf"must {_WHO}",
    rf"(?:am|are|is) {_WHO} {_JUST}(?:required|obliged|expected|supposed|meant|bound|forced|made) to",
    r"(?:am i|are we|im|i am|is \w+) (?:\w+ )?(?:meant|supposed|expected|required|obliged) to",
    r"(?:is|are|be) (?:\w+ ){0,8}?(?:compulsory|mandatory|required|obligatory|necessary|needed|a must|essential|a requirement)",
    r"(?:can|could|will|do|would|are|does) (?:they|you|the \w+|it|my \w+) (?:\w+ )?(?:make|force|making|forcing|insist|demand|expect)(?: on)? ?(?:me|us|that|i)?",
    r"do (?:they|you) (?:\w+ )?want",
    r"need i",
    r"(?:do|does) (?:i|we|he|she|they) (?:\w+ )?owe",
)
#: The same told rather than asked: "so i cant…", "i still have to…".
FORBIDDEN_TOLD = _compile(
    rf"{_I} (?:should|must|ought to) (?:\w+ )?(?:avoid|refuse|decline|reject|say no|turn (?:\w+ ){{0,2}}?down|steer clear|keep (?:\w+ ){{0,3}}?(?:off|away))",
    r"(?:i|we|she|he|they) (?:really |still |just |definitely )?(?:cant|cannot|shouldnt|mustnt|may not|can not|arent allowed|wasnt allowed)",
)
OBLIGED_TOLD = _compile(
    r"(?:got|have|need|needs|has|having) to", r"(?:i|we|she|he|they|it|you) (?:still |really )?must"
)
#: A rule that speaks of leaving something be itself: "is not kept out", "may be turned away".
LEAVES = _compile(
    r"(?:refus|declin|reject|avoid|stop)\w*",
    r"(?:keep|kept|stay|stays|leav|left|turn)\w* (?:[\w-]+ ){0,4}?(?:off|out|away|clear|alone|down|from)",
)
NOTHING_AGAINST = _compile(r"(?:nothing|no rules?|not anything) (?:that )?(?:against|wrong with|stopping|to stop)")
NO_DUTY_ASKED = _compile(
    r"(?:no need|not have to|not need|dont (?:\w+ )?(?:have|need) to|dont need|neednt|dont gotta|doesnt (?:\w+ )?(?:have|need) to|doesnt need|havent got to|not expected|not required|wont need)",
    r"(?:is|are) (?:\w+ ){0,6}?(?:optional|voluntary)",
    r"(?:am|are|is) (?:i|we|she|he|they) (?:\w+ )?(?:exempt|excused|let off)",
    r"let (?:me|us) off",
)
ALLOWED_ASKED = _compile(
    rf"(?:can|could|may|might|cant) {_JUST}{_I}",
    rf"(?:can|could) {_WHO}",
    r"(?:may|might) (?:i|we|he|she|they|the|a|an|my|our|staff|students?|parents?|\w+s)",
    rf"(?:am|are|is|r|was|were|be) {_WHO} {_JUST}(?:\w+ly )?(?:allowed|permitted|ok|alright|fine|good|free|safe|clear|able|welcome|acceptable|possible|entitled|right|cool|legit|permissible|in order|sound|at liberty)",
    r"(?:ok(?! and| so| but|,)|alright|fine|allowed|permitted|acceptable|cool|safe|good|all good|sound|permissible|legit|legal|possible|doable|no bother|no problem|yay or nay|good to go|my business|all right|wise|cushty)",
    r"(?:i|we|she|he|they|you|it) (?:can|could|may|get to)",
    r"(?:mind|minds|matter|matters|object|objection) if",
    r"let (?:me|us|him|her|them|it|\w+)",
    r"(?:do|would) (?:you|they) (?:let|allow|mind|permit)",
    r"get away with",
    r"(?:any )?chance (?:i|we|of)",
    r"(?:do|does) (?:i|we) get to",
    r"up to me",
    r"(?:no harm|any harm|harm in|would it hurt|fair game)",
    r"(?:im|i am|were|hes|shes|theyre) (?:\w+ )?(?:free|allowed|entitled|welcome) to",
)
DIRECT_ASKED = _compile(
    rf"(?:should|shall|shud) {_WHO}",
    rf"(?:do|did) (?:i|we)(?= {_JUST}(?!get|have|need|lose|pay|know|owe|earn|still get)\w+)",
)
_INVERTED = rf"(?:is|are|am|was|were|does|do|did|will|would|has|have|can|could|isnt|arent|doesnt|wont|may|might) {_WHO}"
TRUE_ASKED = re.compile(rf"(?:^|[,;:.-]\s*|\b(?:so|and|but|then|also)\s+)(?P<cue>{_INVERTED})\b")
MEANING_ASKED = _compile(
    r"(?:does|do|will|would|is|are|did) (?:[\w]+ ){0,9}?(?:counts?|mean|matter|enough|apply|cover|classed|treated)(?! as (?:gross |serious |a )*(?:misconduct|breach))"
)
#: The same anywhere in a sentence: often no question at all ("the class is clubbing together").
TRUE_PERHAPS = re.compile(rf"\b(?P<cue>{_INVERTED})\b")
#: "Should I keep … off", "do I decline …": whether to leave something be.
AVOIDS_ASKED = re.compile(
    rf"(?:{OBLIGED_ASKED.pattern}|{DIRECT_ASKED.pattern}) {AVOIDS.pattern}|{AVOIDING.pattern}", re.IGNORECASE
)
WHAT_POLICY_GIVES = _compile(
    r"(?:can|could|will|would|do|does|are) (?:you|u|the (?:school|agency|company|club|trust|council|office)|they)(?= \w)",
)
CONFIRMS = re.compile(
    r"(?:\b(?:right|yeah|yes|yea|yh|ye|innit|correct|true|isnt it|arent i|is it|then|though|surely|no)\W*$)|^(?:so|surely)\b"
)

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
    r"(?:off my own bat|behind (?:\w+ ){1,2}back|before asking|ask (?:\w+ )?(?:after|later|afterwards))",
    r"(?:they|he|she|manager|boss|head) (?:said|says) no",
)
#: A rule for a part of the day, and an asker who is out of it.
BY_DAY = _compile(
    r"(?:during|in|within) (?:the )?(?:school day|working day|(?:school|working|office|teaching) hours|lesson time)"
)
OFF_DUTY = _compile(
    r"(?:weekends?|saturdays?|sundays?|evenings?|tonight|half term|days? off|off duty|own time|clocked off|in bed|bank holiday)",
    r"(?:on|in|over) (?:the |my )?(?:summer |easter |christmas |school )?(?:holidays?|hols)",
    r"(?:at|get|got|gets|im|from|back|once) home(?! time)",
    r"home (?:now|by|at)",
    r"(?:after|outside|out of) (?:school|work|hours|the bell|lessons)",
)
ON_DUTY = _compile(r"(?:at|in|on) (?:the |a )?(?:school|site|work|break|lunch\w*|ppa|lessons?|class)")
NEGATION = re.compile(
    r"\b(?:no|not|never|without|aint|nothing|nobody|none|\w{2,6}nt(?<!\bwant)(?<!\bpoint)(?<!\bsent)(?<!\bwent)(?<!\bpaint)(?<!\bstudent)(?<!\brent)(?<!\bagent)(?<!\bplant)(?<!\bparent)(?<!\bclient)(?<!\bpresent)(?<!\bevent)(?<!\bmeant)(?<!\bfront)|yet|nowt|forgot|lost|missing|refused|cant|failed)\b"
)

STOP = frozenset(
    """a about after all also am an and any are as at be been before being but by can could did do does done for from get gets
    go got had has have he her here him his how i if im in into is it its ive just let like me my need no not now of off ok
    on one only or our out over own put shall she should so some still than that the their them then there these they thing
    this those though to too up us use very was we were what when where which while who will with would you your may must
    allowed right please other each every such unless until once make take someone anyone everyone fine alright want
    dont cant wont isnt arent doesnt didnt havent hasnt going even more most less per whether because yes yeah really know""".split()
)

#: Headings that lend their force to what stands under them.
#: "No, unless…", "Yes, as long as…": the answer to a question that is the heading.
BARE_ANSWER = re.compile(
    r"\W*(?:sorry,? )?(?:(?P<no>no|not)(?=[,:;.]| (?:for|while|unless|until|if|when|yet|at|in|on|before|without)\b)|(?P<yes>yes)\b)",
    re.IGNORECASE,
)
RULING_HEADING = _compile(
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
#: The organisation itself is spoken of, not the reader.
ORGANISATION = re.compile(
    r"^\W*(?:we|our|us|the (?:school|agency|company|trust|council|club|college|charity|academy|institute|office|team|firm|group|branch|hospital|landlord|employer))\b",
    re.IGNORECASE,
)
REFUSALS = frozenset("refuse decline reject".split())
#: A "not" that belongs to words describing what the rule is about: "a tool that is not approved may be…".
RELATIVE = re.compile(
    r"\b(?:that|which|who)\b(?:(?!\b(?:may|must|shall|should|can|cannot|need)\b)[^,;])+?(?=\s(?:may|must|shall|should|can|cannot|need)\b)"
    r"|\b(?:that|which|who) (?:can|may|are|is|has|have)\b[^,;]*?(?=\s(?:(?:is|are)(?= (?:not|never|banned|prohibited|forbidden|allowed|permitted|to|fine|welcome|asked|required))|must|shall|may|should)\b)",
    re.IGNORECASE,
)

# --- limits -------------------------------------------------------------------------------

_NOT = r"(?<!\bno )(?<!\bnot )"
AT_MOST = re.compile(
    rf"\b(?:up to|no(?:t)? (?:more|later|longer|over) than|at most|maximum|{_NOT}(?:fewer|less) than|under|below|within|not exceed\w*|or (?:less|fewer|under))\b",
    re.IGNORECASE,
)
AT_LEAST = re.compile(
    rf"\b(?:at least|no(?:t)? (?:less|fewer|earlier) than|{_NOT}more than|{_NOT}over|above|{_NOT}exceed\w*|{_NOT}older than|minimum|or (?:more|over|older|above))\b",
    re.IGNORECASE,
)
STRICT = re.compile(
    rf"\b(?:{_NOT}(?:fewer than|less than|more than|over|exceed\w*|older than)|under|below|above)\b", re.IGNORECASE
)

#: Between an imperative and a cue: the cue rules another verb ("Use the app, which must…").
ANOTHER_VERB = re.compile(r",|\b(?:and|that|which|who|what|how|so|as|or|anything|any|every|always|all)\b")
#: Nouns as well as verbs: no imperative before these words.
_AFTER_NOUN = r"(?:is|are|was|were|shall|may|must|will|has|have|can|should|need|needs|does)"
NOUN_AFTER_ALL = re.compile(
    rf"\s+(?:{_AFTER_NOUN}\b|(?:\w+\s+){{1,2}}{_AFTER_NOUN}\b)|(?<=help)\s+(?:with|from)|(?<=leave)\s+(?:of|from)|(?<=use)\s+of|(?<=work)\s+(?:for|before|after)",
    re.IGNORECASE,
)

# --- spelling, stems ----------------------------------------------------------------------

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "–": "-", "—": "-"})
_TOKEN = re.compile(r"\b[a-z]+\b")
_STEMMED = re.compile(r"[a-z]+|\d+")
_ENDING = re.compile(r"(?:ations?|ments?|ingly|ings?|edly|ed|ies|es|ly|s|e|y|er|ers|al)$")


def straight(text: str) -> str:
    """The text with plain quotes, dashes and spaces; every character keeps its place."""
    return text.translate(_STRAIGHT)


_TURNED_ROUND = re.compile(
    r"(?P<before>^|[,.;:?!-] |\b(?:so|and|but|then|why|surely|ok|well|also|now|because|cos) )"
    r"(?P<verb>do|does|did|should|would|have|has|need)n[’']?t (?P<who>i|we|he|she|they|you|it|this|that|there)\b",
    re.IGNORECASE | re.MULTILINE,
)


def upright(question: str) -> str:
    """A question that is asked in the negative, as it is asked without: both want the same.

    >>> upright("Don't I need a PIN?")
    'Do I need a PIN?'
    """
    return _TURNED_ROUND.sub(r"\g<before>\g<verb> \g<who>", question)


def plain(question: str) -> str:
    """The question upright, in lower case, without apostrophes, its commonest misspellings put right."""
    text = straight(upright(question)).lower().replace("'", "")
    return _TOKEN.sub(lambda found: QUESTION_SPELLINGS.get(found[0], found[0]), text)


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without its ending, enough to match "posting" with "posts"; never under three letters."""
    short = _ENDING.sub("", word)
    return short if len(short) >= 3 else word


def stems(text: str) -> frozenset[str]:
    """The stems of the words that say something: 'can I share a password' gives share, password."""
    return frozenset(stem(word) for word in _STEMMED.findall(text.lower()) if word not in STOP)
