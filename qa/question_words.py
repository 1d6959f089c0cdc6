"""The words by which a question asks, and by which its asker tells of conditions.

Tables of patterns; `qa.frames` reads questions by them. Every pattern is a rule of English; none
belongs to one page. Questions are matched after `qa.spelling.plain`.
"""

# A pattern cut over several lines is harder to check than a long one, and a list of words reads better unquoted:
# ruff: noqa: E501

import re

from qa.spelling import whole

_WHO = r"(?:i|we|you|he|she|they|it|this|that|these|those|someone|somebody|anyone|anybody|everyone|staff|kids?|people|one|[\w-]+ [\w-]+|(?:the|a|an|my|our|me|your|his|her|their|its|any|one of) (?:[\w-]+ ){0,4}?[\w-]+|[\w-]+)"
_JUST = r"(?:just |still |really |even |actually |also |always |ever |maybe |please |pls |technically |legally |definitely |now |then |already |at least |only )*"
_I = r"(?:i|we|you|he|she|they|it|ya|me|us|im|staff)"

#: Asked of the answer itself, not yes or no.
_AUX = r"(?:do|does|did|is|are|am|can|could|will|would|should|must|shall|has|have|was|were|may|might)"
_WH = r"(?:whats|whos|whens|wheres|hows|whys|whatll|whod|who|whose|whom|which|what(?! if\b| about\b)|when|where|why|how(?! about\b| come\b))"
#: Asks outright, wherever it stands in the sentence.
OPEN_OUTRIGHT = re.compile(
    rf"(?P<cue>\b(?!who(?:s| is) (?:\d|\w+een|only|now|not|also|in|on|a)\b){_WH}(?: [\w-]+){{0,4}}? {_AUX} (?:i|we|you|they|he|she|it)\b(?! (?:can|may|must|should|is|are|was)\b))"
)
OPEN = re.compile(
    rf"(?:^|[,;:.()-]\s*|\b(?:so|and|but|then|also|ok|hi|hello|please|er|um|right|oh|at|in|by|from|until|till|on|for|to|during|within|under|after|with|up to)\s+(?:just )?)(?P<start>{_WH})\b(?! the (?:deal|position|situation|score|story|answer)\b)(?! (?:i|we|my|they|hes|shes|im|were|its)\b(?! \w+ to))"
    rf"|(?P<mid>\b(?:whats the|whats|wheres|hows|how (?:much|many|long|far|often|soon|early|late|old|big|high|quickly)|what time|what kind|what sort|what happens|how do|how can|how should)\b)"
    r"|(?P<asked>\b(?:tell me|tell us|remind me|do you know|dont know|need to know|want to know|any idea|not sure|wondering|find out|(?<!have to )(?<!need to )(?<!got to )explain|clarify)\b[^?]{0,40}?\b(?:what|who|which|how|where|when|why)\b)"
    r"|(?P<tail>\b(?:(?<!saying )(?<!giving )(?<!to say )(?<!to explain )(?<!to tell them )(?<!to tell you )why|what now|what then|who with|where to|by when|or what|for how long|how long|how much|how many|how far|what next|what time|(?:by|with|to|for|from) who)\W*$)"
    r"|(?P<bare>^(?:(?:and|so|the) )*(?:max|maximum|minimum|number|phone number|latest|earliest|deadline|price|cost|address|contact|first thing|limit)\b)"
)
ELLIPTICAL = re.compile(
    r"^(?:ok |right |oh |hmm |and |so |but |then |well |also )*(?:what if|what about|what abt|how about|if|even if|unless)\b"
)

#: Words of forbidding that have a "not" of their own, by which nothing is left out.
SAYS_NOT = whole(
    r"(?:anything|something|a rule|any rule|a policy|rules?) (?:that )?says (?:i|we|you) (?:cant|mustnt|shouldnt)",
    r"rules? about not",
    r"(?:says?|tells?) (?:me |us |you |her |him |them |people |staff |candidates |anyone )?not to",
    r"(?:am|are|were|have|has) (?:i|we|staff|candidates|teachers|tutors|they|people) (?:been )?(?:told|asked|advised|warned) (?:not to|against)",
    r"any reason (?:why |that )?(?:not to|(?:i|we) (?:cant|shouldnt|couldnt|mustnt))",
    r"(?:would|do) (?:you|they|the \w+|\w+) (?:rather|prefer) (?:it if )?(?:i|we|me|us) (?:didnt|dont|not)",
)
FORBIDDEN_ASKED = whole(
    r"against (?:the |your |our |any |school |company |club |trust |a |this |that |their |council |my |agency |social |media |online |step )*(?:rules?|polic\w+|law|guid\w+|code|regs|regulations|terms|handbook|procedure\w*|contract|conditions|agreement|page)",
    r"(?:break|breaks|broke|breaking|broken|breaching|breach|breaches|breached|break[a-z]*|flouting)(?: of)? (?:the |a |any |your |our |some |this |house |school )*(?:rules?|polic\w+|guid\w+|code|terms|law)",
    r"(?:^|(?<=[,;:.-] ))(?:is it |so |and )*(?:wrong|bad|naughty|cheeky|dodgy|risky|illegal|forbidden|banned)(?= (?:to|for|if)\b)",
    r"(?:is|are|am|be|been|was|were|i|we|get|its|it|im|so|still|all|that|those|them) (?:[\w'-]+ ){0,14}?(?:banned|barred|prohibited|forbidden|off[ -]?limits|out of bounds|disallowed|outlawed|verboten|not allowed|not permitted|not ok|no longer allowed|taboo|impermissible|discouraged|advised against|(?:best|better|to be) avoided)",
    r"(?:is|are|am|be) (?:[\w']+ ){0,9}?(?:(?:a )?(?:bad|poor) (?:idea|move|form|practice|manners|taste)|a mistake(?= (?:to|if)\b)|a crime|a no[ -]?no|no[ -]no|a no[ -]?go|a (?:(?:big|huge|complete|total|absolute|definite|firm|flat|hard|straight|blanket) )?no|off the (?:table|cards))",
    r"(?:is|are|am|be) (?:[\w']+ ){1,9}?(?:shut out|left out(?! (?:of|from) (?:the |this |that |your |our )?(?:\w+ )?(?:rules?|polic\w+|list|page))|a breach|a breech|in breach|misconduct|an offence)",
    r"(?:in|into|any) (?:\w+ )?(?:trouble|bother|hot water|the wrong|breach)",
    r"(?:doing|do|done|did) (?:something |anything )?wrong",
    r"out of (?:line|order)",
    r"(?:cross|crosses|crossed|crossing) (?:a|the|any|that) (?:\w+ )?line",
    r"(?:still|so|its|is (?:it|that|this)) (?:a |just a )?(?:nope|no[ -]no|no[ -]go)",
    r"overstepping",
    r"(?:anything|something|a rule|any rule|a policy|rules?) (?:that )?(?:against|stopping|to stop)",
    r"(?<!my shift )(?<!the shift )(?<!my lesson )(?<!the lesson )(?:are|is|am|be) (?!(?:it|that|this) (?:ok|fine|alright|allowed)\b)(?:[\w'-]+ ){0,8}?(?:(?<!check )(?<!call )(?<!lights )(?<!her )(?<!him )(?<!them )(?<!it )(?<!me )(?<!us )(?<!go )(?<!going )(?<!come )(?<!get )(?<!find )(?<!opt )(?<!let )(?<!automatically )out|not on|at fault|going wrong)(?: too| then| as well| also)?(?=\W*$)",
    r"(?:is|be) (?:it|that|this) (?:no|not (?:any )?) good(?= (?:if|to)\b|\W*$)",
    r"(?:are|is|am|be) (?:out|not on)(?=,? (?:yeah|right|yes|innit|though)\W*$)",
    r"(?:thats|its|theyre) not (?:on|allowed|permitted|ok|acceptable)(?= is it\b| are they\b|\W*(?:$|[,.;]))",
    r"(?:count|counts|classed|seen|treated) as (?:unacceptable|inappropriate|harassment|wrong|banned)",
    r"(?<=[,;:.-] )(?:is that |is it )?(?:wrong|bad|banned|illegal|naughty|cheeky|dodgy|iffy|risky|unprofessional|forbidden|prohibited|misconduct|no[ -]?no|off limits|not (?:on|allowed|permitted|ok|alright|acceptable))(?= ?(?:or not|or what|then)?\W*$)",
    r"(?:a|in) (?:clear |plain |serious )?breach",
    r"(?:is|are|was|were) (?:[\w'-]+ ){1,12}?(?:wrong|illegal|inappropriate|unacceptable|unprofessional|unethical|unwise|dodgy|naughty)(?=\W*$)",
    r"(?:is|are|was|were) (?:[\w'-]+ ){1,12}?contrary to",
    r"(?:have|has) (?:i|we|he|she|they) gone (?:wrong|against)",
    r"(?:fall|falls|falling|fallen|fell) foul",
    r"(?:break|breaks|breaking|broke|breach|breaching) (?:the |this |your )?(?:page|handbook|anything)",
    r"(?:ruled out|out of the question|frowned (?:up)?on)",
    r"(?:you|we|they|it|that|step|page|policy|rules?|handbook|school|agency|guidance) (?:\w+ )?(?:forbid|ban|prohibit|rule out|outlaw|disallow)s?",
    r"(?:is|be|was|its|it|am|i|that|thats|would) (?:it |that |i |so |it be |really |still |just as |as |equally )*(?:wrong|bad|naughty|illegal|inappropriate|unacceptable|a problem|an issue|misconduct)(?! (?:way|form|day|date|time|place|one|size|end))",
    r"(?:is|are|be) (?!(?:it|that|this) (?:no|not)\b)(?:that|this|it|(?:[\w-]+ ){1,5}?[\w-]+) (?:a |an )?(?:problem|issue|breach)(?=\W*$| (?:to|if|for|with|in|indoors|at|on)\b|[,.(])",
    r"any (?:problem|issue)s? (?:with|if)",
    r"(?<!\bor )(?:is|was|would) (?:it|that|this) (?:be |really |still |so |a bit |a )*(?:unprofessional|unethical|improper|dodgy|iffy|risky|unwise|cheeky|bad idea)(?= (?:to|if)\b|\W*$)",
    r"(?:get|be|being|getting|got) (?:me |us )?(?:sacked|fired|dismissed|disciplined|told off|reprimanded|suspended|fined|marked down|penali[sz]ed|punished|in trouble|pulled up|hauled up|hauled over|struck off)",
    r"(?:get|getting|got) (?:me |us )?(?:done|wrong)(?= (?:for|off|if|by)\b|\W*$)",
    r"(?:get|getting|given) (?:me |us )?(?:the (?:sack|push|boot)(?= (?:for|if|over|when)\b|\W*$)|a (?:telling[ -]off|ticking[ -]off|warning|disciplinary))",
    r"(?:lose|losing|risk|risking|cost|costs) (?:me |us )?(?:my|our|your|their) (?:job|role|post|placement|registration)(?= (?:for|by|over|if i)\b|\W*$)",
    r"(?:sackable|sacking|disciplinary) (?:offence|matter)",
    r"pushing (?:it|my luck)",
    r"(?:does|would|will) (?:it|that) (?:really |even |still )?matter (?:if|that|when)(?= (?:i|we|ive|im)\b)",
    r"(?:mess|messed|slip|slipped) up(?= (?:by|if|when)\b|\W*$)",
    rf"(?:do|does|would|will|might) {_WHO} (?:\w+ )?(?:object to|have (?:a|any) (?:problem|issue) with|advise against)",
    r"(?:a|any) ban on",
    r"(?:policy|page|rules?|handbook|guidance) (?:\w+ )?says? no to",
    r"(?:should|must|ought) (?:[\w'-]+ ){1,8}?(?:to )?be avoided",
    r"(?:is|are) (?:[\w'-]+ ){1,8}?(?:something|things?) (?:that )?(?:i|we|you|they|staff|agency|supply|\w+s) (?:mustnt|must not|cant|shouldnt|should not|may not)(?= (?:be )?(?:do|doing)\b|\W*$)",
    r"(?:isnt|arent|wasnt|(?:wouldnt|wont|shouldnt) be) (?:\w+ )?(?:allowed|permitted|ok|acceptable)",
    r"(?:be|is) (?:it |that )?a (?:mortal )?sin",
    r"counts? as (?:a |an |gross |serious )*(?:misconduct|breach|offence)",
    r"(?:im|were|shes|hes|theyre) not (?:allowed|permitted|meant|supposed)",
    r"(?:am|are|is) (?:i|we|she|he|they|\w+ \w+) not (?:allowed|permitted|meant|supposed)",
    r"(?:stop|stops|stopping|prevent|bar|disqualify)(?: [\w-]+)? (?:me|us|you|them)(?: from)?",
    r"rule (?:me|us|you|them|him|her) out",
    r"(?:is|are|am) (?:[\w']+ ){1,6}?(?:kept out of|excluded from|stopped from|prevented from)",
    #: "Is she too young to sign", "is that over the limit": whether it is shut out.
    r"(?:is|are|am|was|were|be) (?:(?!(?:if|when|because|cos|ok|fine|alright|allowed|wrong|not|to)\b)[\w'-]+ ){0,8}?(?:too (?:young|old|late|early|many|much|long|tall|wide|loud|strong|big|large|small|short|few|little|high|far|heavy|soon)|(?:over|above|past|outside) the (?:limit|maximum|cap|allowance|deadline))",
    r"(?:left it too late|missed the (?:boat|deadline|window|cut-?off))",
)
#: To be asked about itself, where the handbook says who is or is not disciplined.
SANCTION = whole(
    r"sack(?:ed)?|fired|dismiss(?:ed|al)|disciplin(?:ed?|ary)|told off|telling[ -]off|suspen(?:ded|sion)|fined|marked down|penali[sz]ed|penalty|punish(?:ed|ment)|trouble|bother|warnings?"
)
#: "May be suspended", "can lead to a warning": a permission that is none.
MAY_BE_PUNISHED = re.compile(
    rf"\b(?:may|can|could|might) (?:\w+ly )?(?:be|lead to|result in|mean|face|end in) (?:an? |your |the |gross |serious |\w+ly )*{SANCTION.pattern}",
    re.IGNORECASE,
)
OMITS = whole(
    r"(?:if|that|cos|because|when) (?:i|we|she|he|they|you|\w+ \w+) (?:\w+ )?(?:dont|didnt|havent|hasnt|forget|forgot|skip|skipped|miss|missed|refuse|refused|ignore|ignored|leave out|fail|failed|cant|wont|doesnt|never|arent|isnt)",
    r"(?:ok|alright|wrong|rules|policy|trouble|fine|problem|issue|banned|bad|allowed|possible|acceptable|free|choose|right|to|for|from|with|in|of) not(?: to)?(?! (?:allowed|permitted|meant|supposed|ok))",
    r"(?:me|i|we) not(?= (?:to|\w+ing)\b)",
    r"to not",
    r"(?:^|(?<=[,;:.] ))(?:so )?(?:is|are|would) not(?= \w+ing\b)",
    r"leav(?:e|ing) (?:[\w'-]+ ){1,5}?(?:off(?![ -]?limits)|blank|undone|unsigned|out(?= of\b|\W*$))",
    r"giv(?:e|ing) (?:[\w'-]+ ){1,5}?a miss",
    r"(?:duck|wriggle|back) out of",
    r"be (?:skipped|ignored|missed out|left (?:off|blank|undone))",
    r"forget(?:ting)? to",
    r"(?:skip|skipping|miss out|missing out|leave out|leaving out|get away without|get out of|opt out|opting out|go without|do without|not bother|not bothering|dodge|dodging|ignore|ignoring|forget about|bypass|bypassing|cut out|avoid having)",
    r"(?:can|could|may|ok to|allowed to|fine to|alright to|free to|rights? to|shall|should) (?:i |we |you |she |he |they )?(?:just |still )?(?:not|skip|miss|ignore|refuse|decline|say no|turn (?:\w+ )?(?:\w+ )?down|avoid)",
    r"without(?= \w+ing\b)(?! knowing|meaning|realising|thinking)",
    r"(?:keep(?:ing)? quiet|say(?:ing)? nothing|keep(?:ing)? it to myself|keep(?:ing)? schtum)",
)
#: "Can I post it if I don't name her": of an act, not of leaving one out.
AN_ACT_IF_NOT = whole(
    rf"(?:can|could|may|might|cant) {_JUST}{_I} (?!not\b|just not\b|skip|miss|ignor|leav|avoid|get\b)[\w' -]+? (?:if|when|cos|because) (?:i|we|she|he|they|it|the \w+|\w+) (?:\w+ )?(?:dont|didnt|havent|hasnt|cant|wont|doesnt|never|arent|isnt)"
)
AVOIDS = whole(
    r"avoid",
    r"not",
    r"(?:keep|stay|steer|leave|be (?:keep|stay|steer|leav)ing) (?:[\w-]+ ){0,7}?(?:off|out(?! (?:on|in (?:the )?(?:open|view|sight)))|away|clear|alone|from|secret|private|quiet|hidden|unused|to (?:my|him|her|our|your)self|to themselves)",
    r"refrain",
    r"be (?:refus|declin|reject|avoid|ignor)ing",
    r"(?:refuse|decline|reject|ignore)",
    r"(?:discourage|dissuade|deter|prevent)",
    r"say no",
    r"turn (?:[\w-]+ ){0,5}?(?:down|away)",
    r"hold (?:off|back)",
    r"never",
    r"stop",
    r"give up",
    r"(?:hand|send) (?:\w+ ){0,3}?back",
    r"leave (?:[\w-]+ ){1,5}?to (?:someone|somebody|others|another|a colleague)",
)
#: What is asked of nobody, or only that an answer be given: "who'd mind?", "what do you think?", "yes or no?".
ASKS_NOTHING = re.compile(
    r"\W*(?:(?:i mean|like|honestly|seriously|really|well|but|so|and|or|please|cos|because|tbh),? )*(?:"
    r"who(?:d| would| will|s going to| is going to)? (?:ever |even |really )?(?:minds?|cares?|knows?|knew|notices?)"
    r"|who (?:doesnt|isnt|hasnt|wouldnt)\b.*"
    r"|why (?:would|should) (?:any(?:one|body)|they|people) (?:care|mind|know)\b.*|why (?:ever )?not|why shouldnt i"
    r"|whats the (?:worst|harm|big deal)\b.*|whats (?:the (?:problem|issue)|so bad about that|wrong with that)"
    r"|what (?:else )?(?:can|could|was|am|were) (?:i|we) (?:meant to |supposed to )?(?:do|say)|what choice (?:do|did|have) (?:i|we) (?:have|got)"
    r"|how (?:was|were|am) (?:i|we) (?:meant|supposed) to know|how (?:bad|hard) can it be"
    r"|what (?:do|would) you (?:think|reckon|say)|(?:any )?(?:ideas?|thoughts?|advice)|(?:does )?any(?:one|body) know|yes or no|y or n"
    r"|(?:can|could|would|will) (?:you|someone|somebody|anyone|anybody) (?:please )?(?:help|advise|clarify|confirm|explain|let (?:me|us) know|get back to (?:me|us)|tell (?:me|us))(?: (?:me|us|out|asap|please|soon|with this|on this|about this|either way))*"
    r"|(?:would|do) you mind (?:telling me|letting me know|advising)|(?:advise|help|confirm|let me know)"
    r"|(?:do you )?(?:know|see|get) what i mean|am i going (?:mad|crazy|daft)|am i being (?:daft|silly|thick|stupid|paranoid|dense)|is it just me"
    r"|is (?:this|that|it) a (?:silly|daft|stupid|dumb) question|(?:can|would) you believe it|(?:does that )?make sense"
    r"|what(?:s| is| are) (?:the|your) (?:rules?|policy|position|deal|score)(?: (?:on|about|for) (?:this|that|it))?"
    r"|what does (?:the |your )?(?:handbook|policy|page|guidance) say(?: (?:on|about) (?:this|that|it))?"
    r")(?: (?:anyway|really|though|then|now))*\W*"
)
#: Of what is avoided: that others hear of it.
KEEPS_QUIET = whole(
    r"(?:keep|stay) (?:[\w-]+ ){0,5}?(?:to (?:my|him|her|our|your)self|(?:quiet|secret|schtum)(?= (?:about|if|when)\b|\W*$))"
)
#: What is said and asks nothing: "ok", "thanks so much", "never mind".
SMALL_TALK = re.compile(
    r"\W*(?:(?:ok(?:ay)?|k|kk|lol|haha|lmao|thanks?|thank you|thankyou|thx|ty|ta|cheers|never ?mind|nvm|forget it|sorry|hi|hiya|hello"
    r"|hey|bye|great|cool|nice one|perfect|brilliant|lovely|got it|gotcha|understood|i see|fair enough|no worries|no problem"
    r"|good (?:morning|afternoon|evening|night)|(?:morning|afternoon|evening)(?!\W*\?)|yes|yeah|yep|no|nope|nah|right|sure|test(?:ing)?|then|so much|very much|a lot|a million"
    r"|mate|love|all|again|there|for (?:that|this|the (?:help|info|answer)|your help|you(?:r)? (?:help|time))|that'?s (?:all|great|fine|it))"
    r"\b\W*)+",
    re.IGNORECASE,
)
#: How a question begins that no yes or no answers.
OPENS_OPENLY = re.compile(
    r"\W*(?:(?:and|but|ok|okay|so|then|oh|also)\W+)*(?:why|who(?:s|se|m)?|where)\b", re.IGNORECASE
)
#: "Can I not text her?": whether one may leave it, or, as often, whether one may not do it at all.
CAN_I_NOT = whole(r"(?:can|could|may) (?:i|we) not(?! (?:just|only|bother)\b)")
#: "Is it a myth that…", "it's not true that…, is it": a yes may be to what is denied or to the denial.
DENIED_TRUE = whole(
    r"(?:is|was) (?:it|that|this) (?:just |only |all |really )?(?:an? )?(?:myth|false|untrue|incorrect|nonsense|rubbish|lie|fake news)(?: that)?(?= (?:i|we|you|they|it|the|my|all|staff|\w+s|phones?|\w+ing)\b)",
    rf"(?:safe|protected|spared|immune) from (?:\w+ )?{SANCTION.pattern}",
    rf"(?:have|has|did|do|does) {_WHO} (?:stopped|ceased|stop|cease) (?:being|to be|counting)",
    r"(?:its|it is|thats) (?:just |only )?(?:an? )?(?:not true|untrue|false|incorrect|myth|lie|nonsense) that",
    r"(?:it|that) isnt true that",
    r"(?:am|are|is|was) (?:i|we|he|she|they|(?:a|the|my) [\w-]+) (?:wrong|mistaken|incorrect) (?:that|to (?:think|believe|assume)|in (?:thinking|believing|assuming))",
)
#: A measure of a duty that is asked of: "within 24 hours", "every six months".
MEASURED = whole(
    r"(?:within|every|at least|after every) (?:the (?:first|next) )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|other|second|third|couple of|few)"
)
#: What says how often or how much without a number.
HOW_OFTEN = whole(
    r"(?:hour|dai|day|week|fortnight|month|term|quarter|annual|year)\w*", r"once|twice|both|another|second"
)
#: "Give me the password", which no yes answers.
REQUEST = re.compile(
    r"\W*(?:please |just |now )*(?:give|send|show|hand|list|print|tell|read) (?:me|us|out|over)\b", re.IGNORECASE
)
#: "Was I right to…": whether it is what the handbook asks; where something was declined, whether that was forbidden.
RIGHT_TO = whole(
    r"(?:was|were|am|are|is) (?:i|we|she|he|they|it|the \w+|my \w+) (?:(?!all\b)\w+ )?right (?:to(?! (?:think|say|assume|believe)\b)|not to)",
    r"(?:was|were|am|are) (?:i|we) right(?=\W*$)",
    r"(?:did|have|has) (?:i|we|she|he|they|the \w+|my \w+) (?:do|done|did|call|called|handle|handled|play|played) (?:it |that |this )?(?:right|ok|alright|well|the right thing|what)",
    r"(?:the )?right (?:call|thing|decision|move|answer|reply|response|choice)",
)
DECLINED = whole(
    r"(?:refus|declin|reject|ignor|delet|block|remov|avoid)\w*",
    r"(?:say|said|saying) (?:no|(?:i|we) (?:dont|cant|couldnt|wont|wouldnt))",
    r"(?:hand|handed|gave|sent) (?:\w+ ){0,3}?back",
    r"(?:turn|take|took|knock)\w* (?:\w+ ){0,3}?(?:down|off)",
    r"(?:not to|not \w+ing|didnt|havent|wouldnt|never|no(?= the right))",
    r"(?:walk|stay|keep|kept|back|steer|hold|held)\w* (?:\w+ )?(?:away|off|out|clear|back)",
)
#: A fragment that proposes to leave something be: "keep work worries off linkedin?"
AVOIDING = re.compile(
    rf"^(?:so |and |but |then |ok |just |still |always )*(?!not\b|stop\b)(?P<cue>{AVOIDS.pattern})[^?]*\?\W*$"
)
#: "Better not to answer, I take it", "is it wise not to reply".
BEST_NOT = whole(r"(?:best|better|safer|safest|wiser?|wisest|sensible)(?: off)? (?:to )?(?:not|avoid\w*|refrain\w*)")
#: Whether somebody else is right: it hangs on what they said.
THEIRS = whole(r"(?:is|are|was|were) (?:he|she|they|the [\w-]+|my [\w-]+) right(?=\W*$)")
#: "Am I right that…", "is it true that…": what follows is asked.
CONFIRMING = re.compile(
    r"(?:^|(?<=[,;:.-] )|(?<= so ))(?:so |and |but |ok |right |just checking )*(?:correct me if im wrong(?:,? but)?|(?:am i right|are we right|is it right|is it true|is it correct|is it the case)"
    r"(?: in (?:thinking|saying|assuming|believing)| to (?:think|say|assume|believe)| thinking| saying| assuming)?),? (?:that )?(?=[a-z])(?!to\b|for\b|not to\b|if\b)"
    r"|(?:^|(?<=[,;:.-] )|(?<= so ))(?:so |and |but )*(?:does|would) (?:that|this|it) mean (?:that )?(?=(?:i|we|he|she|they|you) (?:cant|mustnt|shouldnt|can|may|must|have|need|dont)\b)"
)
#: "I shouldn't ring her, should I?" asks what is said before the tag.
TAG = re.compile(
    r"^(?P<said>.*\b(?P<verb>should|can|could|must|may|would|is|are|do|does|have|has)(?:nt|t| not)?\b.*?[^\W\d_])"
    r"[\s,.…-]+(?P=verb)(?:nt|t)? (?:i|we|he|she|they|it|you|there)\W*$",
    re.DOTALL,
)
#: "Can I ring her, or is that not allowed?" asks what is said first.
OR_BANNED = re.compile(
    r"[\s,.…-]+or (?:is|was|would) (?:that|it|this) (?:be |really |actually |just )*(?:not (?:ok|alright|allowed|permitted|on|fine)"
    r"|against [\w ]{3,30}|banned|forbidden|prohibited|wrong|off limits|out of order|a no[ -]?no)\W*$"
)
#: "Is it only pupils that…", "is it just at lunch I…": whether a rule is for those, or then, and not otherwise.
ONLY_ASKED = re.compile(
    rf"^(?:so |and |but |ok |then )*(?:is|are|was) (?:it|this|that|they|these|those) (?:just|only) (?!an?\b)(?:(?!if\b)[\w'-]+ ){{1,9}}?"
    rf"(?:that|who|which|whos|{_I}|my|our|your|can|cant|must|has|have|is|are|counts?|means?|matters?)\b"
)
#: "…, is that right?" asks what is said before it, which need not be what is allowed.
THAT_RIGHT = re.compile(
    r"(?<=\w),? (?:(?:is )?(?:that|this|it) (?:right|correct|true)|(?:have i|ive) got (?:that|it) right)\W*$"
)
_COMPELS = r"(?:make|force|oblige|compel)"
#: The same word where it is asked of, "can they make me": whether somebody else may do it.
COMPELLED = whole(rf"{_COMPELS} (?:me|us)")
OBLIGED_ASKED = whole(
    rf"(?:do|does|did|dont|doesnt|would|will|might) {_WHO} {_JUST}(?:have|need|got|hav) {_JUST}to",
    rf"(?:do|does|did|would|will) {_WHO} {_JUST}need(?= (?!to\b))",
    rf"(?:do|does|did) {_WHO} {_JUST}(?:have|need)(?! (?:\w+ )?(?:permission|rights?|leave|clearance|consent|ok|go)\b)(?: \w+){{1,3}} to",
    rf"(?:have|has) {_WHO} {_JUST}(?:got|go) (?:\w+ )?to",
    rf"must {_WHO}",
    rf"(?:am|are|is|was|were) {_WHO} {_JUST}(?:duty )?(?:required|obliged|expected|supposed|meant|bound|forced|made) to",
    rf"(?:do|does|would|will) {_WHO} (?:\w+ )?(?:require|insist on|expect|oblige)",
    r"is it (?:\w+ )?a (?:rule|requirement) that(?! (?:\w+ ){1,2}(?:cant|mustnt|shouldnt|dont|not)\b)",
    r"(?:up|down) to (?:me|us) to",
    r"is it (?:\w+ )?(?:on me|(?:my|our) (?:duty|job|responsibility)) to",
    r"no (?:way|getting) (?:out of|a?round)",
    r"(?:am i|are we|im|i am|is \w+) (?:\w+ )?(?:meant|supposed|expected|required|obliged) to",
    r"(?:is|are|be) (?:\w+ ){0,8}?(?:compulsory|mandatory|required|obligatory|necessary|needed|a must|essential|a requirement|non[ -]negotiable)",
    r"(?:can|could|will|do|would|are|does) (?:they|you|the \w+|it|my \w+) (?:\w+ )?(?:make|force|making|forcing|insist|demand|expect)(?: on)? ?(?:me|us|that|i)?",
    r"do (?:they|you) (?:\w+ )?want",
    r"need i",
    r"(?:ive|(?:need|needs|has|have)(?: to)?) (?:[\w'-]+ ){0,8}?[\w'-]+,? (?:(?:do|have)(?:nt)? (?:i|we|you|they|ya|staff)|(?:does|has)(?:nt)? (?:he|she|it|this|that))(?=\W*$)",
    r"(?:do|does) (?:i|we|he|she|they) (?:\w+ )?owe",
)
#: The same told rather than asked: "so i cant…", "i still have to…".
FORBIDDEN_TOLD = whole(
    rf"{_I} (?:should|must|ought to) (?:\w+ )?(?:avoid|refuse|decline|reject|say no|turn (?:\w+ ){{0,2}}?down|steer clear|keep (?:\w+ ){{0,3}}?(?:off|away))",
    r"(?:i|we|you|she|he|they|people|staff|supply) (?:really |still |just |definitely )?(?:cant|cannot|shouldnt|mustnt|may not|can not|arent allowed|wasnt allowed)",
    r"^(?:so |ok |right |and |then |still )*no \w+ing(?=[\w' -]*\W*$)",
)
OBLIGED_TOLD = whole(r"(?:got|have|need|needs|has|having) to", r"(?:i|we|she|he|they|it|you) (?:still |really )?must")
#: A rule that speaks of leaving something be itself: "is not kept out", "may be turned away".
LEAVES = whole(
    r"(?:refus|declin|reject|avoid|stop|discourag|dissuad|deter|prevent)\w*",
    r"(?:keep|kept|stay|stays|leav|left|turn)\w* (?:[\w-]+ ){0,4}?(?:off|out|away|clear|alone|down|from)",
)
#: "Nothing against it", "so that's not banned, right?": what no rule is against is allowed.
NOTHING_AGAINST = whole(
    r"(?:nothing|no rules?|not anything) (?:that )?(?:against|wrong with|stopping|stops|to stop)",
    r"(?:(?:isnt|arent|wouldnt be|wont be)|(?:^|(?<=[,;:.-] )|(?:is|are|am|be|im|its|thats|theyre|so|still|really) )not) (?:really |actually |still )?"
    r"(?:banned|barred|forbidden|prohibited|off[ -]?limits|out of bounds|ruled out|(?:in )?breach(?:ing)?|(?:a|an) (?:breach|no[ -]?no|offence)"
    r"|(?:against|breaking) (?:the |any |a |your |our )*(?:rules?|polic\w+|code|guid\w+|handbook|law))",
)
NO_DUTY_ASKED = whole(
    r"(?:no need|not have to|not need|dont (?:\w+ )?(?:have|need) to|dont need|neednt|dont gotta|doesnt (?:\w+ )?(?:have|need) to|doesnt need|havent got to|not expected|not required|wont need)",
    r"(?:is|are) (?:\w+ ){0,6}?(?:optional|voluntary|unnecessary|a choice|my (?:own )?choice)",
    r"(?:am|are|is) (?:[\w-]+ ){1,6}?(?:exempt|excused|let off)",
    r"(?:isnt|arent|is not|are not) (?:compulsory|mandatory|required|obligatory|necessary|needed)",
    r"(?:have|got) (?:a|any) (?:choice|say) (?:about|in|over|whether)",
    r"any way (?:out of|a?round)",
    r"let (?:me|us) off",
    rf"(?:no one|nobody|noone|cant|cannot|couldnt|shouldnt|(?:not|arent|isnt) allowed to) (?:can |could |should |may |(?:is |are )?allowed to )?(?:actually |really |just )?{_COMPELS} (?:me|us)",
)
ALLOWED_ASKED = whole(
    rf"(?:can|could|may|might|cant) {_JUST}{_I}",
    rf"(?:can|could) {_WHO}",
    rf"(?:do|does|did|would|will) {_WHO} (?:allow|permit|let|tolerate)(?! (?:me|us|you|them|him|her) know\b)",
    rf"(?:are|is|would) {_WHO} (?:be )?(?:ok|fine|happy|cool) (?:with|for|if|about)",
    r"(?:have|got) (?:the |a |any |your |my )?(?:permission|rights?|leave|clearance|consent|ok|go[ -]ahead) to",
    r"(?:within|in) (?:my|our|their) rights|(?:my|our) right to",
    r"(?:may|might) (?:i|we|he|she|they|the|a|an|my|our|staff|students?|parents?|\w+s)",
    rf"(?:am|are|is|r|was|were|be) {_WHO} {_JUST}(?:\w+ly )?(?:allowed|permitted|ok|alright|fine|good|free|safe|clear|able|welcome|acceptable|possible|entitled|right|cool|legit|permissible|tolerated|in order|sound|at liberty)",
    r"(?:ok(?! and| so| but|,)|alright|fine|allowed|permitted|acceptable|cool|safe|good|all good|sound|grand(?= (?:to|if)\b)|permissible|legit|legal|possible|doable|no bother|no problem|yay or nay|good to go|my business|all right|wise|cushty|kosher|above board|in the clear|fair enough|no big deal|within the rules|in line with (?:the |your )?(?:policy|rules|handbook|guid\w+|code))",
    r"(?:i|we|she|he|they|you|it) (?:can|could|may|get to)",
    r"(?:mind|minds|matter|matters|object|objection) if",
    r"let (?:me|us|him|her|them|it|\w+)",
    r"(?:do|would) (?:you|they) mind",
    r"get away with",
    r"(?:any )?chance (?:i|we|of)",
    r"(?:do|does) (?:i|we) get to",
    r"up to me",
    r"(?:no harm|any harm|harm in|would it hurt|fair game)",
    r"(?:im|i am|were|hes|shes|theyre) (?:\w+ )?(?:free|allowed|entitled|welcome) to",
)
#: Told rather than asked: "so that we can stay in touch" is a purpose where something else is asked.
ALLOWED_TOLD = re.compile(r"(?:i|we|she|he|they|you|it) (?:can|could|may)\b")
#: "Should I": whether it is what the handbook asks, or what it bans.
SHOULD_ASKED = re.compile(r"(?:should|shall) ", re.IGNORECASE)
DIRECT_ASKED = whole(
    rf"(?:should|shall|shud) {_WHO}",
    r"ought (?:i|we|he|she|they|(?:my|the|our) [\w-]+) (?:\w+ )?to",
    rf"(?:do|did) (?:i|we)(?= {_JUST}(?!get|have|need|lose|pay|know|owe|earn|still get)\w+)",
)
_INVERTED = rf"(?:is|are|am|was|were|does|do|did|will|would|has|have|can|could|isnt|arent|doesnt|wont|may|might) {_WHO}"
TRUE_ASKED = re.compile(rf"(?:^|[,;:.-]\s*|\b(?:so|and|but|then|also)\s+)(?P<cue>{_INVERTED})\b")
MEANING_ASKED = whole(
    r"(?:does|do|will|would|is|are|did) (?:[\w]+ ){0,9}?(?:counts?|mean|matter|enough|apply|cover|classed|treated)(?! as (?:gross |serious |a )*(?:misconduct|breach))",
    r"(?:is|are) there (?:an? |any )?(?:[\w-]+ ){0,2}?(?:limit|cap|charge|fee|cost|deposit|dress code|minimum|maximum|deadline|restriction|waiting list)s?(?! (?:if|for) (?:i|we|not)\b)",
)
#: The same anywhere in a sentence: often no question at all ("the class is clubbing together").
TRUE_PERHAPS = re.compile(rf"\b(?P<cue>{_INVERTED})\b")
#: "Should I keep … off", "do I decline …": whether to leave something be.
AVOIDS_ASKED = re.compile(
    rf"(?:{OBLIGED_ASKED.pattern}|{DIRECT_ASKED.pattern}) {AVOIDS.pattern}|{AVOIDING.pattern}|{BEST_NOT.pattern}",
    re.IGNORECASE,
)
WHAT_POLICY_GIVES = whole(
    r"(?:can|could|will|would|do|does|are) (?:you|u|the (?:school|agency|company|club|trust|council|office)|they)(?= \w)(?! (?:be )?(?:ok|fine|happy|cool|(?:let|allow|permit|tolerate)(?! (?:me|us|you|them) know))\b)",
)
CONFIRMS = re.compile(
    r"(?:\b(?:right|yeah|yes|yea|yh|ye|innit|correct|true|isnt it|arent i|is it|then|though|surely|no)\W*$)|^(?:so|surely)\b"
)

CONDITION_MET = whole(
    r"(?:has|have|had|hav|s|already|just)? ?(?:agreed|approved|ok(?:ed|d|'d)|okayed|authori[sz]ed|consented|signed (?:it )?off|given (?:me )?(?:permission|consent|the (?:ok|nod|go ahead|all clear))|said (?:yes|yeah|ok|its ok|its fine|it was fine|i can|i could|go ahead|no problem)|says (?:yes|its ok|its fine|i can|go ahead|im ok|ok))",
    r"with (?:\w+ ){0,4}?(?:permission|consent|approval|agreement|say so|ok|blessing)",
    r"(?:ive|i have|we have|weve|having|hes|shes|theyve|i) (?:\w+ )?(?:asked|cleared|checked with|got (?:\w+ )?(?:permission|consent|approval|a permit|the ok|it in writing))",
    r"(?:in writing|fine with it|happy with it|happy for me|cool with it|ok with it|all agreed|everyone agreed|if i ask|if ive asked|if they agree|if (?:\w+ ){1,3}(?:agrees|agreed|says yes|says ok))",
    r"(?:permission|consent|approval|permit)(?: is| was| has been)? (?:given|granted|signed|sorted)",
)
CONDITION_UNMET = whole(
    r"without (?:\w+ )?(?:asking|telling|checking|permission|consent|approval|a permit|anyone|anybody|clearing|them knowing|saying|notice|booking|getting|having|paperwork|warning)",
    r"(?:havent|hasnt|hadnt|didnt|not|never|havnt|aint|no one|nobody|hasn t|cant|no) (?:\w+ ){0,3}?(?:asked|agreed|agree|approved|approval|permission|consent|consented|ok(?:ed|d)|signed|replied|said yes|told|checked|permit|in writing|got round|been able|say so|paperwork)",
    r"(?:off my own bat|behind (?:\w+ ){1,2}back|before asking|ask (?:\w+ )?(?:after|later|afterwards))",
    r"(?:they|he|she|manager|boss|head) (?:said|says) no",
)
#: A rule for a part of the day, and an asker who is out of it.
BY_DAY = whole(
    r"(?<!even one )(?<!even )(?:during|in|within) (?:the )?(?:school day|working day|(?:school|working|office|teaching) hours|lesson time)",
    r"(?:while|whilst|when) (?:you(?:'re| are) )?(?:engaged )?(?:in|at|on) (?:the )?(?:schools?|work|site|premises|duty|placement)",
    r"on (?:the )?(?:school|company|work) (?:grounds|premises|site)",
    r"(?:round|around|in) the classroom",
    r"during (?:an?|the|any|your|each|every) (?:lesson|class|shift|meeting)s?",
)
#: What is told of the past in a part of a question that does not ask: "I was at the pub", of which no rule is asked.
_BACKGROUND = rf"(?![^.]*\b{_AUX} {_I}\b)[^.]*\b(?:was|were|had|yesterday|last (?:night|week\w*|term|\w+day)|ago|went|came|bought|saw|met|told|said|asked|heard|lost|thought|(?:i|we|she|he|they) (?!finished|ended|clocked)\w+ed)\b"
_OFF_DUTY = whole(
    r"(?:weekends?|saturdays?|sundays?|evenings?|tonight|half term|days? off|off duty|own time|clocked off|in bed|bank holiday)",
    r"(?:on|in|over) (?:the |my )?(?:summer |easter |christmas |school )?(?:holidays?|hols)",
    r"(?:at|get|got|gets|im|from|back|once) home(?! time)",
    r"(?:on|in|at|down) (?:the |my |a )?(?:own )?(?:bus|train|car|pub)(?! park)",
    r"on (?:the|my) way (?:in|to|home|there|back)",
    r"(?:tutoring|teaching|working) (?:online|remotely)|(?:private|personal|home) life",
    r"home (?:now|by|at)",
    r"(?:after|outside|out of) (?:school|work|hours|the bell|lessons)",
    r"(?:school|lessons|teaching|work|(?:the|my) (?:\w+ )?day)(?: has| have|s)? (?:finished|ended|is over|is done)",
)
#: The same, but for what is background.
OFF_DUTY = re.compile(rf"(?:^|(?<=\. ))(?!{_BACKGROUND})[^.]*?{_OFF_DUTY.pattern}", re.IGNORECASE)
ON_DUTY = whole(
    r"(?:at|in|on|during) (?:the |a |my |our )?(?:school(?! (?:holidays?|hols))|site|work|(?:(?:dinner|lunch|tea|coffee|fag|comfort) )?break|lunch\w*|ppa|lessons?|class)",
    r"(?:while|whilst|when) (?:i|im|i am|we|were) (?:teach\w*|in (?:school|class|lessons?))",
)
_NT = r"(?:ai|is|are|was|were|wer|do|does|dos|dose|did|ca|could|cud|wo|would|wud|should|shud|must|mus|need|has|have|hav|had|might|sha|dare|ought)e?nt"
NEGATION = re.compile(
    rf"\b(?:no|not|never|without|{_NT}|nothing|nobody|none|yet|nowt|forgot|lost|missing|refused|failed)\b"
)
