"""The words that rule in a policy: what forbids, obliges, allows and excuses, and what denies.

Every pattern is a rule of English; none belongs to one page. Sentences are matched after `qa.spelling.straight`.
"""

# A pattern cut over several lines is harder to check than a long one:
# ruff: noqa: E501

import re

from qa.spelling import any_of, whole

#: No word of it may be read in two ways ("only" ends in "ly"), or a row of them is tried in all of both.
_VERY = r"(?:\w+ly |quite |all |always |also |still |then |now |both )*"
_BE = r"(?:is|are|be|being|was|were|isn't|aren't)"
_NOTHING_STOPS = r"nothing (?:[\w']+ ){0,5}?(?:(?:shall|will|may|should|can|is to) )?(?:stops?|prevents?|bars?)"
_NO_SUBJECT = rf"(?:nobody|no one|no-one|none|(?!{_NOTHING_STOPS}\b)nothing(?! to\b)|neither|no(?! more| less| later| fewer| longer| earlier| matter| doubt| reason)(?: [\w'-]+){{1,3}}?)"
_BANNED = r"prohibited|forbidden|banned|barred|out of bounds|off[ -]limits|ruled out|discouraged|against (?:the|our|this) \w+|(?:gross )?misconduct|a breach"
#: "May", but not the month: "from 1 May 2027", "in May".
_MAY = r"(?:(?-i:may|MAY)|(?<!\d )(?<!\b(?:in|to|of|by) )(?<!\bfrom )(?<!\bsince )(?<!\buntil )(?<!\bafter )(?<!\bbefore )(?-i:May)(?!,? \d))"
_ANOTHERS_JOB = r"(?:is|are) the (?:[\w-]+ )?[\w-]+(?:'s|s') (?:job|task|work)"
_NO_DUTY = r"(?:expected|required|obliged|compulsory|mandatory|necessary|needed|bound|compelled|made|asked)"

FORBIDS = any_of(
    rf"(?:(?<!you )(?<!they )(?<!we )do(?! not mean\b)|must|shall|{_MAY}|can|should|could|ought)(?: (?:also|still|then|therefore|on no account|under no circumstances))? (?:not|never)(?! only\b)",
    r"(?:mustn't|can't|cannot|shouldn't|couldn't|shan't|mayn't|(?<!you )(?<!they )(?<!we )(?<!i )don't(?! mean\b)|ought not to)",
    rf"{_BE}(?: \w+ly)? (?:not|never|no longer) (?:\w+ly |to be )?(?:allowed|permitted|acceptable|accepted|appropriate|ok|okay|fine|suitable|available|admitted|open|welcome|entitled|eligible|covered|to)",
    r"(?:isn't|aren't) (?:\w+ly )?(?:allowed|permitted|acceptable|accepted|appropriate|ok|okay|fine|suitable|available|admitted|open|welcome|entitled|eligible|covered|to)",
    r"(?:will not|won't) be (?:\w+ly )?(?:allowed|permitted|accepted|admitted|let|able to)",
    r"(?:is|are) (?:strictly |right |also |definitely )?out(?=\W*$|,? (?:and|but|so|too|as well)\b|[,;.:])",
    r"(?:is|are) (?:a )?no-(?:no|go)s?",
    rf"{_VERY}(?:{_BANNED}|unacceptable|(?:is|are) (?:illegal|unlawful)|treated as (?:gross |serious )?(?:misconduct|a breach))",
    r"(?:asked|requested|advised|told|encouraged|required|expected|reminded|bound) (?:you |staff |colleagues |everyone )?(?:not|never) to",
    r"ask (?:that )?(?:\w+ ){0,3}(?:not to|do not|does not|don't)",
    r"(?:please )?(?:avoid|refrain from|abstain from|desist from|steer clear of|keep (?:away|off|out)(?: of| from)?|stay (?:away|off|out)(?: of| from)?)",
    r"(?:must|shall|should|is to|are to|will) be (?:\w+ )?(?:refused|declined|turned away|turned down|avoided|discouraged|prohibited|forbidden|banned)",
    r"(?:never|under no circumstances|on no account|in no circumstances|at no time)(?= [a-z]|\W*$)(?! (?:only|just|mind|(?:need|have|has|needs) to)\b)",
)
NOT_OBLIGES = any_of(
    r"nothing (?:[\w'.]+ ){0,5}?(?:obliges|requires|compels|binds|commits|forces)",
    r"(?:(?:will|shall|would) (?:not|never)|won't) be (?:\w+ly )?(?:expected|required|obliged|asked|made to|forced|compelled|charged|needed|bound|pressed)(?! not)",
    r"under no pressure",
    r"no (?:[\w-]+ ){1,3}(?:needed|required|necessary)",
    r"(?:(?:(?:shall|will|must) be|is|are|be) )?under no (?:obligation|duty|compulsion)",
    rf"(?:nobody|no one|no-one|no [\w-]+) (?:is|are|will be) (?:\w+ly )?{_NO_DUTY}(?! not)",
    r"(?:nobody|no one|no-one|no [\w-]+) (?:has|have|needs?|expects?)(?: to)?",
    rf"{_BE} (?:not|never) (?:\w+ly )?{_NO_DUTY}(?! not to)",
    rf"(?:isn't|aren't|not) (?:\w+ly )?{_NO_DUTY}(?! not to)",
    r"(?:do not|does not|don't|doesn't|will not|won't|shall not|must not|did not) (?:\w+ly )?(?:have to|need|require|expect|matter|insist|oblige|count against|be (?:required|charged|needed))(?! not)",
    r"(?:requires?|needs?) (?:no(?:ne|thing| \w+)?|neither)",
    r"(?:need not|needn't|needs no|need no|no need|without needing)",
    r"(?:is|are) (?:\w+ly )?(?:optional|voluntary|exempt)",
    r"(?:optional|voluntary)(?= (?:for|in|on|at)\b)",
    _ANOTHERS_JOB,
    r"never (?:needs?|ha(?:ve|s)) to",
    r"(?:do(?:es)? not|don't|doesn't) mean (?:that )?(?:[\w'-]+ ){1,3}?(?:needs?|must|ha(?:ve|s) to)",
    r"no (?:[\w-]+ ){1,4}(?:is|are|need be) (?:needed|required|necessary|given)",
    r"there (?:is|are) no (?:need|obligation|requirement|duty|deadline)",
    r"(?:free|at liberty) (?:not to|to refuse|to decline)",
)
ALLOWS = any_of(
    rf"{_BE}(?: \w+ly)? (?:not|never|no longer) (?:\w+ly )?(?:(?:treated|regarded|counted|seen|classed|considered|viewed|dealt with) (?:as )?(?:an? |gross |serious )*)?(?:{_BANNED}|breach|illegal|unlawful)",
    r"(?:does|do|will) not (?:count|rank) as (?:an? |gross |serious )*(?:misconduct|breach)",
    r"(?:does|do|will|shall) not (?:by (?:it|them)self |in itself |automatically )?(?:prevent|stop|bar|disqualify) (?:[\w'-]+ ){1,3}?(?:from|\w+ing)",
    _NOTHING_STOPS,
    r"no reason (?:why )?(?:[\w'-]+ ){1,4}?(?:should(?:n't| not)|cannot|can't|may not)",
    rf"(?:{_MAY}|can|might)(?! (?:be )?(?:result|lead|lose|face|harm|cause|charge)\w*\b)",
    rf"(?<=\byou )(?:{_MAY}|can)(?= charge\b)",
    r"(?:is|are|be|being|'re|'s) (?:\w+ly |quite |always |also |all |more than |most |both )*(?:allowed|permitted|acceptable|accepted|fine|ok|okay|all right|alright|welcome|free to|encouraged|entitled|eligible|no difficulty|no problem|good enough|enough|happy|possible|up to you|at liberty)",
    r"(?:you're|we're|they're) (?:\w+ly |always |also |more than |most )*(?:allowed|permitted|welcome|free to|entitled|happy)",
    r"(?:up to (?:you|the \w+ of you|them|him|her)|feel free|by all means|at (?:your|the \w+'s|their)(?: own)? discretion|at (?:your|their|the \w+'s) own risk|no objection|has (?:a|the) right to|ha(?:s|ve) the (?:choice|option)|the (?:choice|decision) is (?:yours|theirs|hers|his))",
    r"(?:is|are|will be) always (?:granted|given|paid|included|free)(?! (?:by|at|from|to|in|on)\b)",
    r"(?:it's|that's|is|are) (?:quite |perfectly )?(?:fine|ok|okay|all right|alright)",
    r"(?:allowed|permitted|accepted|welcome)(?= (?:in|on|at|for|with|to|when|if)\b)",
)
OBLIGES = any_of(
    r"(?:must|shall|should|ought to)(?! (?:not|never|you\b|that\b))",
    r"(?:has|have|having|needs?|is|are)(?: got)? to(?! (?:the|an?|his|her|its|their|your|our)\b)",
    r"(?:'ll|will) (?:need|have)(?: to)?",
    r"(?:is|are|'re|be) (?:\w+ly |always |also )*(?:required|obliged|expected|compulsory|mandatory|essential|necessary|needed|asked|requested|to(?! (?:the|an?|his|her|its|their|your|our)\b)|bound|responsible for|up to the)(?! not)",
    r"(?:compulsory|mandatory)(?= (?:for|in|on|at)\b)",
    r"(?:needs?|requires?|expects?|insists? (?:on|that))",
    r"(?:we|i) (?:\w+ )?ask(?: that| you| everyone| everybody| \w+)?(?= \w)",
    r"(?:please(?! (?:do not|don't|never|avoid|refrain|refuse|decline|keep|stay))|make sure|ensure|be sure|remember to|always)",
    r"(?:it is|it's) (?:your|the \w+'s) (?:duty|job|responsibility)",
)
#: What somebody else does: it is no duty of the reader's, and whether the reader may do it is not said.
ANOTHERS_JOB = re.compile(_ANOTHERS_JOB, re.IGNORECASE)
#: A duty that is left to whoever has it: "take one home if you like".
WISH = whole(r"if you(?:'d)? (?:like|wish|want|prefer|would like|would rather)(?: to)?")
#: Advice, which is no duty, or a free hand: "ideally", "try to", "play whatever you like".
ADVICE = whole(
    r"ideally",
    r"(?:where|if|wherever|whenever) possible",
    r"if you can(?!['n])",
    r"(?:try|aim) to",
    r"(?:is|are) (?:strongly |well )?(?:advised|recommended|suggested)(?: to)?",
    r"recommended(?= (?:to|for)\b)",
    r"we (?:would )?(?:advise|recommend|suggest)",
    r"(?:what|which|when|wher|how|who)ever (?:\w+ )?(?:you|they) (?:like|wish|want|please|prefer)",
)
#: One leftmost search over a clause; at the same place the earlier group wins.
CUES = re.compile(
    r"(?<![\w'-])(?:"
    rf"(?P<NOT_OBLIGED>{NOT_OBLIGES})|(?P<FORBIDDEN>{FORBIDS}|{_NO_SUBJECT})|"
    rf"(?P<ALLOWED>{ALLOWS})|(?P<OBLIGED>{OBLIGES})"
    r")(?![\w-])",
    re.IGNORECASE,
)
#: "Nothing of the sort is done": a statement of what does not happen.
DENIES = whole(
    r"(?:(?<!\bor )no(?:t(?! (?:only|just|merely|simply)\b))?|never|none|nobody|nothing|neither|nor|without|no-one)",
    r"\w+n't",
    r"(?:lapse|(?<=\bis )lost|(?<=\bare )lost|lose|loses|declined|refused|turned away"
    r"|(?<!the )(?<!every )(?<!each )(?<!all )(?<!bus )(?:ends?|stops?)(?! of\b)|too (?:far|long|late|high|low|much|many|\w+))",
)
#: What frees nobody from a duty: "a wedding ring is no exception", "a text does not suffice".
NO_EXCUSE = re.compile(
    r"\b(?:no|not an?|n't an?) (?:exceptions?|exemptions?|reasons?|excuses?)\b"
    r"|(?:\bnot|n't) (?:replace|suffice|excuse|exempt|release|be enough|count as|let (?:\w+ )?off)\b|\bnot enough\b",
    re.IGNORECASE,
)
#: An elliptical clause, "phones do not", "changes to light are", speaks of the clause before.
ELLIPSIS = re.compile(
    r"(?P<no>\b(?:is|are|do|does|can|may|will|must|has|have) not|\b(?:need|must) not be|\w+n't|\bcannot)\s*[.;,]?\s*$"
    r"|(?P<yes>\b(?:is|are|do|does|can|may|will|must))\s*[.;,]?\s*$",
    re.IGNORECASE,
)
