"""The forms of words by which `desk.safeguarding` knows that a question tells of harm: tables, no code."""

# ruff: noqa: E501  (one form a line is read more easily than a form over three)

from __future__ import annotations

_PUPIL = (
    r"(?:pupils?|students?|child(?:ren)?|kids?|boys?|girls?|lads?|learners?|toddlers?|bab(?:y|ies)|teenagers?|tutees?"
    r"|little ones?|young (?:person|people|man|lady)|year \d+s?|yr ?\d+s?|y\d+|reception|nursery|daughter|son|her|him|she|he|they|them)"
)
_ADULT = (
    r"(?:teachers?|tas?|teaching assistants?|colleagues?|staff|head(?:teacher)?|deputy|tutors?|coach|caretaker|adults?"
    r"|member of staff|someone (?:i work|at (?:work|school))|another supply)"
)
_FAMILY = r"(?:dad|daddy|father|mum|mummy|mother|parents?|step ?(?:dad|mum|father|mother)|uncle|aunt|brother|carers?|boyfriend|family|home)"
_VIOLENCE = (
    r"(?:hit(?:s|ting)?|beat(?:s|en|ing)?|punch(?:es|ed|ing)?|kick(?:s|ed|ing)?|slap(?:s|ped|ping)?|hurt(?:s|ing)?"
    r"|burn(?:s|t|ed|ing)?|chok(?:es?|ed|ing)|strangl\w+|shak(?:es?|en|ing)|batter\w*|attack(?:s|ed|ing)?|assault\w*"
    r"|smack(?:s|ed|ing)?|shov(?:es?|ed|ing)|bit(?:es?|ten)?|threaten(?:s|ed|ing)?|(?<!screen )grab(?:s|bed|bing)?|thr(?:ew|ows) \w+ at)"
)
_GAP = r"[^.?!]{0,60}"

#: Each form says enough by itself; they are read over lower-case text with straight apostrophes.
SELF = (
    r"\b(?:kill|hurt|harm|cut|cutting|harming|hurting|killing)(?: \w+){0,2} myself\b(?! (?:with|on) (?:the )?(?:paper|scissors|a (?:knife|sheet)|desk|chair|door))",
    r"\b(?:end|take|taking|ending) (?:my (?:own )?life|it all)\b",
    r"\bi(?:'m| am| feel| have been|'ve been)?\b[^.?!]{0,25}\bsuicidal\b|\bmy (?:own )?suicide\b|\bcommit(?:ting)? suicide\b",
    r"\b(?:don't|do not|dont|can't|cannot|cant) (?:want to |wanna |see a reason to )?(?:be here any ?more|be alive|live any ?more|go on(?: living| like this| any ?more)?\b|carry on (?:living|any ?more))",
    r"\b(?:want|wish) (?:to |i was |i were |i )?(?:die|dead|be dead|not wake up)\b|\bbetter off (?:dead|without me)\b|\bno (?:reason|point) (?:to|in) (?:live|living)\b",
    r"\bi(?:'ve| have|'m| am)? (?:been |just )*(?:self[- ]?harm\w*|(?:taken|took|taking) an overdose|overdosed|(?:started )?cutting (?:myself|again))\b|\bmy self[- ]?harm",
)
ALLEGATION = (
    r"\ballegations?\b|\baccus(?:ed|es?|ing|ation\w*)\b|\blado\b|\bwhistle ?blow\w*\b.{0,40}\b(?:child|pupil)",
    rf"\b(?:say(?:s|ing)?|said|claim(?:s|ed|ing)?|alleg(?:es?|ed|ing)|reckons?|telling (?:everyone|people|\w+)|told \w+(?: \w+)?|complain\w*|reported)\b{_GAP}\bi(?:'d| had|'ve| have)? (?:touched|hit|hurt|grabbed|pushed|slapped|kicked|kissed|groomed|abused|shouted|threatened|assaulted)\b",
    rf"\b{_ADULT}\b{_GAP}\b(?:{_VIOLENCE}|touch(?:ed|es|ing)?|kiss(?:ed|es|ing)?|groom\w*|abus(?:es?|ed|ing)|drag(?:s|ged)?|restrain\w*|humiliat\w*)\b{_GAP}\b{_PUPIL}\b",
    rf"\b{_ADULT}\b{_GAP}\b(?:relationship|affair|sex|sleeping|dating|going out)\b{_GAP}\b{_PUPIL}\b",
    rf"\b{_ADULT}\b{_GAP}\b(?:too close|over[- ]?familiar|inappropriate(?:ly)?|creepy|flirt\w*|secretly|alone in|private(?:ly)?|messag\w*|smell\w* of (?:alcohol|drink)|drunk)\b{_GAP}\b(?:with|to|towards?|around|messag\w*)\b{_GAP}\b(?:pupils?|students?|child(?:ren)?|kids?|boys?|girls?|class)\b",
    rf"\b(?:relationship|in love|sex(?:ual)?|slept|sleeping|dating|affair)\b{_GAP}\bwith (?:a|my|one of (?:my|the)|the|this) (?:pupil|student|child|sixth ?former|girl|boy)",
    rf"\bi (?:think i |may have |might have |accidentally |just )*(?:hit|slapped|hurt|pushed|kicked|smacked|grabbed|restrained|injured) (?:a|the|my|one of)\b{_GAP}\b(?:pupil|student|child|kid|boy|girl)",
)
CHILD = (
    r"\b(?:fgm|female genital|forced marriage|county lines|child (?:protection|abuse|sexual|exploit\w*)|csa\b|cse\b|honour[- ]based|child at risk|at risk of (?:harm|significant))",
    r"(?<!is it a )(?<!is that a )(?<!would it be a )\bsafeguarding (?:concern|issue|disclosure|incident|worr\w+|matter|problem|referral|report|alert)|\b(?:report|raise|have|got) (?:a |an )?safeguarding\b|\bdisclos(?:ed|ure)\b.{0,40}\b(?:me|pupil|child|student|abuse)|\b(?:pupil|child|student|girl|boy)\b.{0,40}\bdisclos\w+",
    rf"\b(?:abus(?:es?|ed|ing)|molest\w*|rap(?:ed?|es|ing|ist)|groom(?:ed|ing|s)|neglect(?:ed|ing|s)?|traffick\w*|exploit(?:ed|ing|ation)|radicali[sz]\w*|sexually|starv\w+)\b{_GAP}\b(?:{_PUPIL}|{_FAMILY})\b",
    rf"\b(?:{_PUPIL}|{_FAMILY})\b{_GAP}\b(?:abus(?:es?|ed|ing)|abusive (?:at|home|to)|molest\w*|rap(?:ed?|es|ing|ist)|being groomed|groomed|grooming|neglect(?:ed|ing|s)?|traffick\w*|exploited|radicali[sz]\w*|sexually|starv\w+|locked (?:in (?:a|the|his|her|their)|up)|recruited)\b",
    rf"\b{_FAMILY}\b{_GAP}\b{_VIOLENCE}\b{_GAP}\b{_PUPIL}\b|\b{_PUPIL}\b{_GAP}\b{_VIOLENCE}\b{_GAP}\b(?:by|at|from) (?:\w+ ){{0,2}}{_FAMILY}\b|\b{_FAMILY} (?:{_VIOLENCE}) (?:me|him|her|them)\b|\b{_VIOLENCE} (?:the|his|her|their|a) (?:\w+ )?(?:child|kid|pupil|son|daughter|bab(?:y|ies)|toddler|boy|girl)s?\b",
    rf"\b(?:pupils?|students?|child|kids?|boys?|girls?|lads?|year \d+|yr ?\d+|y\d+|he|she)\b[^?!]{{0,60}}\b{_VIOLENCE}\b (?:me|staff|at me|(?:an?|another|the|my|other) (?:\w+ )?(?:pupil|student|child|kid|boy|girl|lad|teacher|ta|adult|other|friend|classmate)s?)\b(?! (?:up|back up|on (?:insta|facebook|snap|social)|nerve|send|link))",
    rf"\b(?:{_PUPIL})\b{_GAP}\b(?:bruis\w*|black eye|burn marks?|cigarette burns?|cuts? (?:on|all|up|down)|cutting (?:him|her|them)|scars?|marks on|unexplained (?:marks?|injur\w+)|bleeding|limping|flinch\w*)",
    r"\b(?:bruis\w*|burn marks?|cigarette burns?|unexplained (?:marks?|injur\w+)|cuts|scars)\b.{0,30}\b(?:on|over|across) (?:a|the|his|her|their|my|one)\b",
    rf"\b{_PUPIL}\b{_GAP}\b(?:self[- ]?harm\w*|suicid\w*|kill(?:ing)? (?:him|her|them)sel\w+|hurt(?:ing)? (?:him|her|them)sel\w+|cut(?:ting)? (?:him|her|them)sel\w+|end (?:his|her|their) life|wants? to die|overdos\w*|jump off)",
    rf"\b(?:self[- ]?harm\w*|suicid\w*|overdos\w*)\b{_GAP}\b{_PUPIL}\b|\bself[- ]?harm(?:ing|s|ed)?\b",
    rf"\b(?:{_PUPIL})\b{_GAP}\b(?:(?:scared|frightened|afraid|terrified|don't want|doesn't want|not want|doesnt want|refus\w+) (?:to go |of going |of )?(?:to )?(?:home|(?:his|her|their) (?:dad|father|mum|mother|step\w*|parents?|uncle|brother))|(?:not|isn't|unsafe|in danger|at risk)(?: \w+)? ?(?:safe|danger|at home|at risk)?(?= (?:at home|of harm|from))|unsafe|in danger)\b",
    rf"\b(?:{_PUPIL})\b{_GAP}\b(?:never fed|no food|nothing to eat|always hungry|hasn't eaten|hasnt eaten|not eaten|not being fed|isn't being fed|wears? the same (?:dirty )?clothes|left (?:home )?alone|home alone|sleeping rough|homeless|ran away|run away|gone missing|went missing|is missing|pregnant|(?:tak|sell|deal|carry)\w* drugs|drunk|on drugs|knife|weapon|gun|gang)\b",
    r"\b(?:knife|weapon|gun)\b.{0,40}\b(?:pupil|student|child|school|class|bag|boy|girl)",
    rf"\b(?:nudes?|naked|indecent|topless|underwear|explicit|sexual|sext\w*|dick|intimate)\b{_GAP}\b(?:of|from|to|by|with|about|at) (?:a|the|my|one of|another|other|him|her|his|some)?\b ?(?:\w+ )?(?:pupils?|students?|child(?:ren)?|kids?|boys?|girls?|year \d+|classmates?|herself|himself|him|her)\b",
    rf"\b(?:pupil|student|child|kid|boy|girl|year \d+|she|he|they)\b{_GAP}\b(?:nudes?|naked|indecent (?:image|photo|pic)\w*|sexting|explicit (?:photo|pic|image|video|message)\w*|sexual (?:photo|pic|image|video|message|comment|act|touch|assault|harass)\w*)",
    rf"\b(?:touch(?:ed|es|ing)|kiss(?:ed|es|ing)?|sex(?:ual)? with)\b{_GAP}\b(?:{_FAMILY}|private parts?|inappropriately|down there)\b|\b(?:{_FAMILY}|uncle|older (?:man|boy))\b{_GAP}\b(?:touch(?:ed|es|ing)|kiss(?:ed|es|ing)?|sex)\b{_GAP}\b{_PUPIL}\b",
    rf"\b(?:adult|stranger|man|older (?:man|boy|guy)|someone)\b{_GAP}\b(?:online|on (?:the )?(?:internet|snap\w*|insta\w*|discord|roblox))\b{_GAP}\b(?:meet|pictures?|pics|photos?|secret|gifts?)\b{_GAP}\b{_PUPIL}\b|\b{_PUPIL}\b{_GAP}\b(?:meeting|met|meet(?:s)? up with|talking to|chatting to) (?:a|an|some) (?:man|adult|stranger|older)\b",
    rf"\b(?:worried|concern(?:ed|s)?|fear)\b{_GAP}\b(?:about|for) (?:a|the|this|one|my|one of my|her|his|their|that)\b ?(?:pupil|student|child|kid|boy|girl|year \d+|welfare|wellbeing|safety|home life)?(?:'s)?\b{_GAP}\b(?:home|safety|welfare|safe|wellbeing|family|life|mental health|eating|parents?|dad|mum)\b",
    r"\b(?:domestic (?:violence|abuse)|violen(?:t|ce) at home|drug(?:s|gie)? (?:at home|addict)|(?:dad|mum|parent|carer)s? (?:is|are|was|were|came|turned up|arrived)? ?(?:always )?(?:drunk|on drugs|high))\b",
    rf"\b(?:told|confided|confessed|opened up|said to|asked)\b{_GAP}\b(?:secrets?|not to tell|don't tell|keep it between|something (?:really |very |so |quite )?(?:bad|terrible|awful|worrying|horrible|upsetting|disturbing))\b|\b{_PUPIL}\b{_GAP}\b(?:ask|tell|told|want)\w*\b{_GAP}\bsecret\b|\b(?:said|says|saying|wrote|writes)\b{_GAP}\b(?:die|died|dead|kill\w*|not alive|no one would care|nobody would care)\b",
    rf"\b(?:bull(?:y|ied|ying))\b{_GAP}\b(?:hurt|kill|die|scared|suicid\w*|beaten|physical)\b",
)
