"""The forms of words by which `qa.safeguarding` knows that a question tells of harm: tables, no code."""

# ruff: noqa: E501  (one form a line is read more easily than a form over three)

from __future__ import annotations

_PUPIL = (
    r"(?:pupils?|students?|child(?:ren)?|kids?|boys?|girls?|lads?|lass(?:ie)?s?|bairns?|weans?|learners?|toddlers?|bab(?:y|ies)|teenagers?|tutees?"
    r"|little ones?|young (?:person|people|man|lady)|sixth[- ]?formers?|year \d+s?|yr ?\d+s?|y\d+|\d+ ?y(?:ea)?rs? olds?|reception|nursery|daughter|son|her|him|she|he|they|them)"
)
_ADULT = (
    r"(?:teachers?|tas?|teaching assistants?|colleagues?|staff|head(?:teacher)?|deputy|tutors?|coach|caretaker|adults?"
    r"|member of staff|someone (?:i work|at (?:work|school))|another supply)"
)
_FAMILY = r"(?:grand(?:ad|dad|pa|father|ma|mother)|dad|daddy|da|father|mam|maw|mum|mummy|mother|parents?|step ?(?:dad|mum|father|mother)|uncle|aunt|brother|carers?|boyfriend|family|home)"
#: Whose book is missing is not missing.
_OWN_THING = r"(?:'s|') (?:\w+ )?(?:books?|bags?|coats?|jumpers?|kits?|shoes?|pens?|glasses|lunch|work|forms?|names?|marks?) (?:is|are|has gone|have gone|went|gone) missing"
_EVERYDAY_FEAR = r" (?:of (?:the (?:dark|water|bell|alarm|hand ?dryers?|hoover|test)|spiders?|dogs?|wasps?|bees|heights|thunder\w*|clowns?|balloons?|needles)\b|(?:to|of) (?:read|speak|sing|present|perform|put|answer)\w*)"
_VIOLENCE = (
    r"(?:hit(?:s|ting)?|beat(?:s|en|ing)?|punch(?:es|ed|ing)?|kick(?:s|ed|ing)?|slap(?:s|ped|ping)?|hurt(?:s|ing)?"
    r"|burn(?:s|t|ed|ing)?|chok(?:es?|ed|ing)|strangl\w+|shak(?:es?|en|ing)|batter\w*|attack(?:s|ed|ing)?|assault\w*"
    r"|smack(?:s|ed|ing)?|shov(?:es?|ed|ing)|(?<!\ba )(?<!every )bit(?:es?|ten)?\b(?! (?:my|his|her|their|our) (?:head off|tongue|nails?|lip))|skelp\w*|leather(?:s|ed|ing)|headbutt\w*|threaten(?:s|ed|ing)?|(?<!screen )grab(?:s|bed|bing)?|thr(?:ew|ows) \w+ at)"
)
_GAP = r"[^.?!]{0,60}"
_AWAY = r"\b(?:absent|missing|off (?:school|sick)?|away|not (?:been|turned up|come)|hasn'?t (?:been|turned up|come)|haven'?t seen|not seen)\b"
_VANISHED = (
    r"(?:\b(?:famil(?:y|ies)|parents?|mum|dad|house|home|flat|neighbours?)\b[^.?!]{0,40}"
    r"\b(?:(?<!has )(?<!have )gone\b(?! (?:to|on|through|for))|(?:has|have|is|are|all) gone\b(?! (?:to|on|through|for))|moved out|disappeared|vanished|left the country|empty)\b|\b(?:nobody|no one) knows where (?:they|he|she|the family)\b)"
)

#: Of what follows, a child at risk is told of where somebody else says it, else the writer's own harm.
_SAYS = r"\b(?:pupil|student|child|kid|boy|girl|lad|year \d+|she|he|they)\b(?:'d|'s)?(?: \w+){0,6} (?:said|says|saying|typed|wrote|texted|messaged|wants?|doesn'?t|about)\b"
_DESPAIR = (
    r"\b(?:don't|do not|dont|doesn't|doesnt) (?:want to |wanna )(?:wake up\b(?! (?:early|at|so|before|for))|exist\b)|\bwants? to (?:sleep (?:for ?ever|and never wake)|disappear for ?ever)\b|\b(?:never|not) wak(?:e|ing) up (?:again|tomorrow)\b"
    r"|\bpoint (?:in |of |to )?(?:living|being alive|life|going on\b(?! (?:a|the|about|with|this|that|my|to))|carrying on living)\b(?! (?:with|in|near|skills|so far))|\bno (?:reason|point) (?:to |in )?(?:go(?:ing)? on\b(?! (?:a|the|about|with|this|that|my|to))|be(?:ing)? alive)"
    r"|^\W*kms\W*$|\b(?:wanna|want to|gonna|going to|might|could|just|i'll|ill) kms\b|\b(?:top|topped|topping|hang|hanging|hung|drown|shoot|unalive|unaliving) myself\b(?! (?:up|out))|\bjump(?:ing)? (?:off (?:a|the) (?:bridge|roof|building|cliff)|in front of (?:a|the) (?:train|tube|bus|lorry))\b|\bi(?:'ve| have)? (?:just )?(?:taken|took|swallowed) (?:too many|all (?:of )?my|a load of|loads of|lots of|a handful of|a packet of) (?:\w+ )?(?:pills|tablets|paracetamol|meds)\b"
)

_TOO_MANY = r"(?:[89]|[1-9]\d{1,2}|eight|nine|ten|eleven|twelve|\w{3,5}teen|twenty|thirty|forty|fifty|sixty)"
_MEDICINE = r"(?:paracetamols?|ibuprofens?|nurofens?|aspirins?|anadin|panadol|codeine|co-?codamol|tramadol|diazepam|valium|antidepressants?|anti-depressants?|sertraline|citalopram|propranolol|amitriptyline|pills|painkillers?|(?:sleeping|pain) (?:tablets|pills)|meds)"

#: Each form says enough by itself; they are read over lower-case text with straight apostrophes and no accents.
SELF = (
    r"\b(?:k[i1!*]ll|harm|harming|killing)(?: \w+){0,2} myself\b",
    r"^(?!.*\b(?:accident (?:books?|forms?|reports?)|accidentally|lifting)\b).*\b(?:hurt|cut|cutting|hurting)(?: \w+){0,2} myself\b(?! (?:with|on) (?:the )?(?:paper|scissors|a (?:knife|sheet)|desk|chair|door))",
    r"\b(?:end|take|taking|ending) (?:my (?:own )?life|it all)\b",
    r"\bi(?:'m| am| feel| have been|'ve been)?\b[^.?!]{0,25}\bsuicidal\b|\bmy (?:own )?suicide\b|\bcommit(?:ting)? suicide\b",
    r"\b(?:don't|do not|dont|can't|cannot|cant) (?:want to |wanna |see a reason to )?(?:be here any ?more|be alive|live any ?more|go on(?: living| like this| any ?more)?\b(?! (?:the|an?|our|your)\b)|carry on (?:living|any ?more))",
    r"\b(?:want|wish) (?:to |i was |i were |i )?(?:die|dead|be dead|not wake up)\b(?! of (?:boredom|embarrassment|shame|laugh\w+)| laughing)|\bbetter off (?:dead|without me)\b|\bno (?:reason|point) (?:to|in) (?:live|living)\b",
    r"\b(?:might|could|want to|wanna|going to|gonna|thinking of|thought about|feel like|tempted to|rather)(?: \w+)? driv(?:e|ing) (?:\w+ ){0,3}(?:into|off) (?:an?|the) (?:wall|tree|bridge|cliff|lorry|river|barrier)\b",
    r"\bi(?:'m|m| am) (?:(?:now|just|up|stood|standing|sat|sitting) )*(?:on|at) (?:the |a )?(?:edge of the )?(?:\w+ )?(?:roof|ledge|railway|train tracks?)\b(?! (?:garden|terrace|playground|station|street|road|duty))",
    rf"^(?!.*{_SAYS}).*(?:{_DESPAIR})",
    r"\bi(?:'ve| have|'m| am)? (?:been |just )*(?:self[- ]?harm\w*|(?:taken|took|taking) an overdose|overdosed(?! on (?:chocolate|sweets|coffee|caffeine|sugar))|(?:started )?cutting (?:myself|again))\b|\bmy self[- ]?harm",
    rf"(?:\bi(?:'ve|ve| have)?(?: (?:just|only))? |^\W*(?:just )?)(?:took|taken|swallowed|necked)(?: about| over| like| nearly)? (?:{_TOO_MANY} (?:of (?:my|the|them) )?(?:\w+ )??|(?:an?|the|two|my) (?:(?:whole|entire|full) )?(?:packs?|packets?|box(?:es)?|bottles?|strips?) of (?:my )?){_MEDICINE}\b(?! (?:off|from|away|to|out|into|up|back|home|in|on|for|with|training)\b)",
    r"\b(?:nobody|no one|noone) would (?:notice|care|miss me)\b[^.?!]{0,20}\bif i (?:wasn'?t|was not|weren'?t|were) (?:here|around|gone|alive|dead)\b|\b(?:tablets|pills|meds) (?:all |are |are all )?(?:lined up|laid out|counted out)\b(?! for (?!tonight\b|me\b))",
    r"\b(?:can't|cant|cannot|don't|dont|do not) see (?:a|any) way out\b(?! of\b)|\b(?:letters?|notes?) (?:to|for) (?:my|the) (?:kids|children|wife|husband|family|mum|parents|partner) for (?:after(?= *(?:$|[.,!?]|i\b|i'?m\b|my\b))|when i(?:'m|m| am) (?:gone|dead))\b",
)
ALLEGATION = (
    r"\ballegations?\b|\baccus(?:ed|es?|ing|ation\w*)\b(?! (?:\w+ )?of (?:eating|cheating|copying)\b| (?:another|each other)\b(?! (?:member|adult|teacher|ta|supply|colleague)\b))|\blado\b|\bwhistle ?blow\w*\b.{0,40}\b(?:child|pupil)",
    rf"\b(?:say(?:s|ing)?|said|claim(?:s|ed|ing)?|alleg(?:es?|ed|ing)|reckons?|telling (?:everyone|people|\w+)|told \w+(?: \w+)?|complain\w*|reported)\b{_GAP}\bi(?:'d| had|'ve| have)? (?:touched|hit|hurt|grabbed|pushed|slapped|kicked|kissed|groomed|abused|shouted|threatened|assaulted)\b",
    rf"\b{_ADULT}\b{_GAP}\b(?:{_VIOLENCE}|touch(?:ed|es|ing)?|kiss(?:ed|es|ing)?|groom\w*|abus(?:es?|ed|ing)|drag(?:s|ged)?|restrain\w*|humiliat\w*)\b{_GAP}\b{_PUPIL}\b",
    rf"\b{_ADULT}\b{_GAP}\b(?:relationship|affair|sex|sleeping|dating|going out)\b{_GAP}\b{_PUPIL}\b",
    rf"\b{_ADULT}\b{_GAP}\b(?:too close|over[- ]?familiar|inappropriate(?:ly)?|creepy|flirt\w*|secretly|alone in|private(?:ly)?|messag\w*|smell\w* of (?:alcohol|drink)|drunk)\b{_GAP}\b(?:with|to|towards?|around|messag\w*)\b{_GAP}\b(?:pupils?|students?|child(?:ren)?|kids?|boys?|girls?|class)\b",
    rf"\b{_ADULT}(?:'s| is| are| was| were| has been|s been| keeps?)? (?:\w+ )?(?:messaging|texting|snapp?ing|snapchatting|dming|whats ?app?ing|chatting (?:to|with)|sexting|sending)\b{_GAP}\b(?:girls?|boys?|pupils?|students?|kids?|child(?:ren)?|teenagers?|sixth ?form\w*|year \d+s?)\b{_GAP}\b(?:snap\w*|insta\w*|whats ?app|discord|tik ?tok|privately|private messages?|dms?|at night|late|selfies?|hearts|kisses)\b",
    rf"(?<!if )(?<!if a )(?<!if the )(?<!if my )\b(?:{_ADULT}|(?:cover )?supervisor)(?: (?!if\b|and\b)\w+){{0,4}}? (?:messages|messaged|texts|texted|dms|dmed|dm'd|whats ?apps|whats ?apped)\b (?:\w+ ){{0,3}}?(?:girls?|boys?|pupils?|students?|kids?|child(?:ren)?|teenagers?|sixth ?form\w*|year \d+s?)\b{_GAP}\b(?:at night|late(?! (?:home)?work| marks?)|(?:every|each) (?:night|evening)|in the evenings?|privately|private messages?|hearts|kisses)\b|(?<!if )(?<!if a )(?<!if the )(?<!if my )\b{_ADULT} (?:snaps|snapchats|snapchatted) (?:with )?(?:(?:the|our|my|his|her|an?|one of (?:the|our|my)) )?(?:year \d+ )?(?:girls?|boys?|pupils?|students?|kids?|child(?:ren)?|teenagers?|sixth ?form\w*)\b",
    rf"\b(?:indecent|naked|nude|explicit|porn\w*|abuse|child)\b{_GAP}\b(?:images?|photos?|pics?|pictures?|videos?|porn\w*)\b{_GAP}\b{_ADULT}'?s? (?:\w+ )?(?:laptop|phone|computer|usb|drive|i?pad|tablet|desk)\b|\b{_ADULT}'?s? (?:laptop|phone|computer|usb|i?pad|tablet)\b{_GAP}\b(?:indecent|naked|nude|child abuse|child porn\w*)\b",
    rf"\b{_ADULT}\b{_GAP}\block(?:ed|s|ing) (?:(?:an?|the|this|that|two|one of (?:the|my)) )?{_PUPIL} in(?:side)?\b|\b{_ADULT}\b{_GAP}\b(?:kids?|child(?:ren)?|pupils?|little ones?|toddlers?|girls?|boys?)\b{_GAP}\bon (?:his|her) (?:lap|knee)\b",
    rf"\b{_ADULT}\b(?: \w+){{0,3}}? (?:shower|bath|undress)(?:s|es|ed|ing)? (?:with|in front of) (?:(?:the|a|his|her|our|my) )?(?:boys?|girls?|pupils?|students?|kids?|child(?:ren)?|lads)\b",
    rf"\b{_ADULT}\b{_GAP}\b(?:sends?|sent|sending|shows?|showed|showing)\b (?:\w+ ){{0,2}}?{_PUPIL} (?:\w+ ){{0,2}}(?:nudes?|porn\w*|(?:rude|naked|dirty|sexual|explicit) (?:pics?|pictures?|photos?|images?|videos?|films?|messages?|texts?))\b",
    rf"\b(?:relationship|in love|sex(?:ual)?|slept|sleeping|dating|affair)\b{_GAP}\bwith (?:a|my|one of (?:my|the)|the|this) (?:pupil|student|child|sixth ?former|girl|boy)",
    r"\b(?:paedo(?:phile)?|pedo|nonce)s?\b|\bi (?:\w+ )?kissed (?:an?|the|my|one of (?:the|my)) (?:\w+ )?(?:pupil|student|sixth ?form\w*|girl|boy|lad|y\d+|yr ?\d+|year \d+)s?\b",
    rf"\b{_ADULT}\b{_GAP}\b(?:tak(?:es|ing)|took|film(?:s|ed|ing)|record(?:s|ed|ing))\b{_GAP}\b(?:getting changed|undress\w*|in the (?:toilets?|loos?|showers?))\b",
    r"\bi (?:just |(?:lost (?:it|my \w+)|snapped|saw red) and )*(?:hit|slapped|pushed|shoved|punched|kicked|smacked) (?:an?|the|my|one of (?:the|my)) (?:lad|y\d+|yr ?\d+|year \d+)s?\b(?! (?:class|set|group|books?|lesson|work|teacher))",
    rf"\bi (?:think i |may have |might have |accidentally |just |(?:lost (?:it|my \w+)|snapped|saw red) and )*(?:hit|slapped|hurt|pushed|shoved|punched|kicked|smacked|grabbed|restrained|injured) (?:a|the|my|one of)\b{_GAP}\b(?:pupil|student|child|kid|boy|girl)(?!s? (?:to (?!the|his|her|an?\b)|harder\b))",
)
CHILD = (
    r"\b(?:fgm|female genital|forced marriage|county lines|child (?:protection(?! (?:polic(?:y|ies)|training|course|lead|officer|procedures?|page|certificate|level|law|week|poster))|abuse|sexual|exploit\w*)|csa\b|cse\b|honour[- ]based|child at risk|at risk of (?:harm|significant))",
    r"(?<!is it a )(?<!is that a )(?<!would it be a )\bsafeguarding (?:concern|issue|disclosure|incident|worr\w+|matter|problem|referral|report|alert)|\b(?:report|raise|have|got) (?:a |an )?safeguarding\b|\bdisclos(?:ed|ure)\b.{0,40}\b(?:me|pupil|child|student|abuse)|\b(?:pupil|child|student|girl|boy)\b.{0,40}\bdisclos\w+",
    rf"\b(?:abus(?:es?|ed|ing)|molest\w*|rap(?:ed?|es|ing|ist)|groom(?:ed|ing|s)|neglect(?:ed|ing|s)?|traffick\w*|exploit(?:ed|ing|ation)|radicali[sz]\w*|sexually|starv\w+)\b{_GAP}\b(?:{_PUPIL}|{_FAMILY})\b",
    rf"\b(?:{_PUPIL}|{_FAMILY})\b{_GAP}\b(?:abus(?:es?|ed|ing)|abusive (?:at|home|to)|molest\w*|rap(?:ed?|es|ing|ist)|being groomed|groomed|grooming|neglect(?:ed|ing|s)?|traffick\w*|exploited|radicali[sz]\w*|sexually|starv\w+|locked (?:in (?:a|the|his|her|their)|up)|recruited)\b",
    rf"\b{_FAMILY}\b{_GAP}\b{_VIOLENCE}\b{_GAP}\b{_PUPIL}\b|\b{_PUPIL}\b{_GAP}\b{_VIOLENCE}\b{_GAP}\b(?:by|at|from) (?:\w+ ){{0,2}}{_FAMILY}\b|\b{_FAMILY} (?:{_VIOLENCE}) (?:me|him|her|them)\b|\b{_VIOLENCE} (?:the|his|her|their|a) (?:\w+ )?(?:child|kid|pupil|son|daughter|bab(?:y|ies)|toddler|boy|girl)s?\b",
    rf"\b(?:pupils?|students?|child|kids?|boys?|girls?|lads?|year \d+|yr ?\d+|y\d+|he|she)\b[^?!]{{0,60}}\b{_VIOLENCE}\b (?:me|staff|at me|(?:an?|another|the|my|other) (?:\w+ )?(?:pupil|student|child|kid|boy|girl|lad|teacher|ta|adult|other|friend|classmate)s?)\b(?! (?:up|back up|on (?:insta|facebook|snap|social)|nerve|send|link))",
    rf"\b(?:{_PUPIL})\b{_GAP}\b(?:bruis\w*|black eye|burn marks?|cigarette burns?|cuts? (?:on|all|up|down)|cutting (?:him|her|them)|scars?\b|scared\b(?!{_EVERYDAY_FEAR})|marks on|marks (?:all )?(?:a?round|over) (?:his|her|their)\b|bite marks?\b|unexplained (?:marks?|injur\w+)|bleeding|limping|flinch\w*)",
    r"\b(?:bruis\w*|burn marks?|bite marks?|cigarette burns?|unexplained (?:marks?|injur\w+)|cuts|scars)\b.{0,30}\b(?:on|over|across) (?:a|the|his|her|their|my|one)\b",
    rf"\b{_PUPIL}\b{_GAP}\b(?:self[- ]?harm\w*|suicid\w*|kill(?:ing)? (?:him|her|them)sel\w+|hurt(?:ing)? (?:him|her|them)sel\w+|cut(?:ting)? (?:him|her|them)sel\w+|end (?:his|her|their) life|wants? to die|overdos\w*|jump off)",
    rf"\b(?:self[- ]?harm\w*|suicid\w*|overdos\w*)\b{_GAP}\b{_PUPIL}\b|\bself[- ]?harm(?:ing|s|ed)?\b",
    rf"\b(?:{_PUPIL})\b{_GAP}\b(?:(?:scared|frightened|afraid|terrified|feart|don't want|doesn't want|not want|doesnt want|refus\w+) (?:to go |of going |of )?(?:to )?(?:home|(?:his|her|their) (?:dad|da|father|mum|mam|mother|step\w*|parents?|uncle|brother))|(?:not|isn't|unsafe|in danger|at risk)(?: \w+)? ?(?:safe|danger|at home|at risk)?(?= (?:at home|of harm|from))|unsafe|in danger)\b",
    rf"\b(?:{_PUPIL})\b(?!{_OWN_THING}){_GAP}\b(?:never fed|no food|nothing to eat|always hungry|hasn't eaten|hasnt eaten|not eaten|not being fed|isn't being fed|wears? the same (?:dirty )?clothes|left (?:home )?alone|(?<!watch )(?<!watching )(?<!show )(?<!see )home alone\b(?! (?:film|movie|dvd|\d))|sleeping rough|homeless|ran away|run away|gone missing|went missing|is missing(?! (?:(?:his|her|their|some|an?|the) |homework|work\b|lessons?|coursework|pages?|assembl\w+|registration|break|lunch|kit\b|out\b))|pregnant|(?:tak|sell|deal|carry)\w* drugs|drunk|on drugs|knife(?! crime)|(?<!\bon )(?<!about )knife crime|weapon|gun|gang)\b",
    r"\b(?:put|puts|putting|slid|stuck|shoved|had) (?:his|her|their|a) hands? (?:up|down|inside|under) (?:my|his|her|their) (?:\w+ )?(?:skirt|top|trousers|pants|knickers|shirt|dress|shorts|blouse|bra|thigh|leg)\b",
    rf"\b(?:been|got|just|was) (?:just )?(?:headbutted|punched|spat (?:at|on)|assaulted|attacked)\b(?! by (?:a|the|my|some) (?:seagulls?|dogs?|cats?|midges|wasps?|geese|goose))(?!{_GAP}\b(?:(?:19|20)\d\d|years? (?:ago|back|since)|as a (?:kid|child))\b)|\b(?:parent|dad|mum|father|mother) (?:spat (?:at|on)|punched|slapped|kicked|headbutted|grabbed) me\b",
    r"\b(?:head)?count(?:ed|ing)?\b(?! of (?!(?:the )?(?:kids|children|pupils|heads|class|group)\b))[^.?!]{0,40}\b(?:one|two|a child|a pupil) (?:short|missing|down)\b(?! of\b)",
    r"\b(?:knife|weapon|gun)\b.{0,40}\b(?:pupil|student|child|school|class|bag|boy|girl)",
    rf"\b(?:nudes?|naked|indecent|topless|underwear|explicit|sexual|sext\w*|dick|intimate)\b{_GAP}\b(?:of|from|to|by|with|about|at) (?:a|the|my|one of|another|other|him|her|his|some)?\b ?(?:\w+ )?(?:pupils?|students?|child(?:ren)?|kids?|boys?|girls?|year \d+|classmates?|herself|himself|him|her)\b",
    rf"\b(?:pupil|student|child|kid|boy|girl|year \d+|she|he|they)\b{_GAP}\b(?:nudes?|naked|indecent (?:image|photo|pic)\w*|sexting|explicit (?:photo|pic|image|video|message)\w*|sexual (?:photo|pic|image|video|message|comment|act|touch|assault|harass)\w*)",
    rf"\b(?:touch(?:ed|es|ing)|kiss(?:ed|es|ing)?|sex(?:ual)? with)\b{_GAP}\b(?:{_FAMILY}|private parts?|inappropriately|down there)\b|\b(?:{_FAMILY}|uncle|older (?:man|boy))\b{_GAP}\b(?:touch(?:ed|es|ing)|kiss(?:ed|es|ing)?|sex)\b{_GAP}\b{_PUPIL}\b",
    rf"\b(?:adult|stranger|man|older (?:man|boy|guy)|someone)\b{_GAP}\b(?:online|on (?:the )?(?:internet|snap\w*|insta\w*|discord|roblox))\b{_GAP}\b(?:meet|pictures?|pics|photos?|secret|gifts?)\b{_GAP}\b{_PUPIL}\b|\b{_PUPIL}\b{_GAP}\b(?:meeting|met|meet(?:s)? up with|talking to|chatting to) (?:a|an|some) (?:man|adult|stranger|older)\b",
    rf"\b(?:worried|concern(?:ed|s)?|fear)\b{_GAP}\b(?:about|for) (?:a|the|this|one|my|one of my|her|his|their|that)\b ?(?:pupil|student|child|kid|boy|girl|year \d+|welfare|wellbeing|safety|home life)?(?:'s)?\b{_GAP}\b(?:home|safety|welfare|safe|wellbeing|family|life|mental health|eating|parents?|dad|mum)\b",
    r"\b(?:domestic (?:violence|abuse)|violen(?:t|ce) at home|drug(?:s|gie)? (?:at home|addict)|(?:dad|mum|parent|carer)s? (?:is|are|was|were|came|turned up|arrived)? ?(?:always )?(?:drunk|on drugs|high))\b",
    rf"\b(?:told|confided|confessed|opened up|said to|asked)\b{_GAP}\b(?:secrets?\b(?! (?:santa|surprise)| about (?:an?|the|his|her|their) (?:\w+ )?(?:surprise|present|party)\b)|not to tell|don't tell|keep it between|something (?:really |very |so |quite )?(?:bad|terrible|awful|worrying|horrible|upsetting|disturbing))\b|\b{_PUPIL}\b{_GAP}\b(?:ask|tell|told|want)\w*\b{_GAP}\bsecret\b(?! (?:santa|surprise)| about (?:an?|the|his|her|their) (?:\w+ )?(?:surprise|present|party)\b)|\b(?:said|says|saying|wrote|writes)\b{_GAP}\b(?:(?:die|died|dead)(?! of (?:boredom|embarrassment|shame|laugh\w+)| laughing)|kill\w*(?! for\b)|not alive|no one would care|nobody would care)\b",
    rf"\b(?:play\w*|our|their|his|her|the|a|special|little) secret games?\b{_GAP}\b(?:with|on) (?:her|him|them|me)\b|\b(?:child porn\w*|csam\b|child abuse images?|indecent images? of (?:a|the|my|children|kids|pupils?|girls?|boys?))",
    rf"\b(?:pupil|student|child|kid|boy|girl|lad)s?\b{_GAP}{_AWAY}[^?!]{{0,60}}{_VANISHED}|{_VANISHED}[^?!]{{0,60}}\b(?:pupil|student|child|kid|boy|girl|lad)s?\b{_GAP}{_AWAY}|\bmissing (?:from|in) education\b",
    rf"^(?=.*(?:{_DESPAIR})).*{_SAYS}",
    rf"\b(?:lost|lost sight of|(?:can't|cant|cannot|can not) find) (?:(?:a|the|my|another) (?:pupil|kid|boy|girl|toddler|student)|one of (?:my|the|our) (?:pupils|kids|children|boys|girls|little ones)|a child)\b(?! (?:on|in) (?:the )?(?:register|system|portal|sims|list|teams)\b)(?= *(?:$|[.,!?]|(?:and|after|since|anywhere|help|what|on|at|in|from)\b))|\b{_PUPIL}\b{_GAP}\b(?:run|ran|bolted|escaped|legged it|absconded|wandered) (?:off|out of|away from) (?:the )?(?:site|premises|school|grounds|nursery|trip)\b(?= *(?:$|[.,!?]|and|at|onto|into|towards|during|again|what))",
    rf"\b{_PUPIL}\b{_GAP}\bknows? (?:\w+ ){{0,2}}(?:too much|more than)\b{_GAP}\bsex\b|\b(?:wrote|writes|written|scribbled) \W?help me\b",
    rf"\b(?:bloke|man|stranger|guy|adult|older \w+)\b{_GAP}\bon (?:snap\w*|insta\w*|discord|roblox|tik ?tok)\b{_GAP}\b(?:ask|begg|pester|pressur)\w*\b{_GAP}\b{_PUPIL}\b{_GAP}\b(?:pics?|pictures?|photos?|nudes?|meet)\b",
    rf"\b{_PUPIL}\b{_GAP}\b(?:paid|pays?|paying|money|cash)\b{_GAP}\bto (?:drop|deliver|carry|run|move|hold|pick up) (?:\w+ ){{0,3}}?(?:parcels?|packages?|packets?|something)\b|\b{_PUPIL}\b{_GAP}\b(?:errands?|deliver(?:ies|ing)|drop[- ]?offs?) for (?:\w+ )?(?:olders?|elders)\b",
    r"\b(?:she|he)(?:'s|s| is)? (?:only |just )?(?:1[0-5]|ten|eleven|twelve|thirteen|fourteen|fifteen)\b[^.?!]{0,30}\b(?:boyfriend|girlfriend|partner|bf|gf)(?:'s|s| is)? (?:about |like |over )?(?:1[89]|[2-6]\d|(?:twenty|thirty|forty)\b)",
    rf"\b(?:bull(?:y|ied|ying))\b{_GAP}\b(?:hurt|kill|die|scared|suicid\w*|beaten|physical)\b",
)
_TOPIC = (
    r"(?:fgm|female genital mutilation|forced marriage|county lines|child (?:protection|abuse|neglect|exploitation|sexual (?:abuse|exploitation))|cse|csa|domestic (?:violence|abuse)"
    r"|self[- ]harm(?:ing)?|suicide|knife crime|grooming|radicali[sz]ation|lado|allegations?)"
)
_TEACHING = (
    r"(?:training|modules?|webinars?|courses?|lessons?|lesson plans?|workshops?|assembl(?:y|ies)|quiz(?:zes)?|polic(?:y|ies)|procedures?|certificates?|statements?"
    r"|awareness|charit(?:y|ies)|leaflets?|posters?|slides?|worksheets?|e-?learning|units?|debates?|clips?|documentar(?:y|ies)|case stud(?:y|ies))"
)

#: A subject that is taught, trained in, ruled or defined, and so told of by nobody; the rest of the message is still read.
STUDIED = (
    rf"\b{_TOPIC}(?: (?:prevention|level \d))? {_TEACHING}\b|\b{_TEACHING} (?:on|about|in|covering|for|of) (?:the |an? )?{_TOPIC}\b"
    rf"|\bwhat(?:'s|s| is| does| are) (?:an? |the )?{_TOPIC}(?: mean| stand for)?\W*$|\b{_TOPIC} in (?:the (?:play|novel|film|text|poem)|romeo|hamlet|macbeth)\b"
)
_SOMEONE = rf"(?:{_PUPIL}|{_ADULT}|someone|somebody|man|woman|guy|stranger|parent|visitor|miss|sir|hes|shes|theyre)"
_THING = r"(?:laptops?|screens?|computers?|boards?|projectors?|apps?|wi-?fi|internet|tablets?|ipads?|phones?|sites?|websites?|portals?|consultants?|agency|e?mails?|messages?|hair|lesson)"
_NEXT = rf"(?:'s|'re|'ve)?(?: (?!{_THING}\b)[\w']+,?){{0,8}}? "
_ATTACK = (
    r"(?:s[ei]{2}z[ue]+re?s?|fits?|heart attack|stroke|cardiac arrest|asthma attack|all?ergic (?:reaction|shock)|ana?ph[yai]l\w+(?: shock)?|hypo|convulsions?|miscarriage)"
    r"\b(?! (?:about|over|at the|of(?! (?:some|sorts))|if|when i|video|training|course|policy|bit|lesson))"
)
_ILL = r"(?:(?:an?|another|one|them|those|some|sort|kind|of|like|bad|severe|massive|mild|epileptic|possible|proper|full|panic|attack|or|his|her|really) )*"

#: A sentence of what has just happened: nothing supposed, nothing of another day, nothing on the mend.
_JUST_NOW = (
    r"(?:^|[.?!])(?![^.?!]*\b(?:if|when|whenever|should (?:a|any|the)|in case|yesterday|last (?:\w+day|week|month|term|year|night)|ago|once|since"
    r"|used to|record|report(?:ed|ing)?|forgot|form|book|policy|crutches|cast|plaster|sling|back (?:in|at|to)|off (?:work|sick))\b)[^.?!]*?"
)
_HIT = r"(?:bang|bash|clonk|crack|hit|knock|smack|smash|split|thump|whack)(?:t?ed|s|ing|ting)?"
_BONE = r"(?:ankle|arm|back|collar ?bone|elbow|finger|foot|hand|hip|jaw|knee|leg|neck|nose|shoulder|skull|wrist)"
_ASKS_WHAT_NOW = r"(?:i think|just|help|what (?:do|should|can|shall) i|(?:ring|phone|call|tell|text|contact)(?:ing)?|fell|fallen|tripped|slipped|landed)"
EMERGENCY = (
    rf"{_JUST_NOW}\b{_SOMEONE}\b{_GAP}\b{_HIT} (?:his|her|their) (?:head|skull)\b(?! (?:against a brick wall|together))|{_JUST_NOW}\b{_SOMEONE}\b{_GAP}\b(?:i think|just|looks|seems|might (?:be|have)|may (?:be|have)|could (?:be|have))[^.?!]{{0,20}} concuss",
    rf"{_JUST_NOW}(?<!our )(?<!my )\b{_SOMEONE}\b(?=[^.?!]*\b{_ASKS_WHAT_NOW}\b){_GAP}\b(?:broke|broken|dislocated|fractured|snapped) (?:his|her|their) {_BONE}\b(?!'s)|{_JUST_NOW}\b{_SOMEONE}\b{_GAP}\b(?:burn(?:t|ed)|scalded) (?:(?:him|her|them)sel\w+|(?:his|her|their) \w+) (?:\w+ ){{0,2}}(?:on|with) (?:an?|the) (?:\w+ )?(?:bunsen|burner|cooker|flame|glue gun|hob|iron|kettle|oven|pan|radiator|tray|tripod)\b",
    rf"{_JUST_NOW}\ballerg(?:y|ic)\b[^.?!]{{0,20}}\b(?:and|but|he|she|they)\b(?: (?:has|have|had|he|she|they|just))*(?:'s|'ve)? (?:ate|eaten|swallowed)\b|\bnose ?bleed\w*[^.?!]{{0,20}}\b(?:won't|wont|not|doesn't|doesnt|isn't|isnt|hasn't|hasnt|never) stop\w*",
    r"(?<!\bin )(?<!\bon )(?<!about )\bcho(?:a|c)?k(?:e|es|ing)\b(?! (?:fit|videos?|the|an?|me|him|her|them|us|my|his|their|hazards?|points?|up|hold|out|back|sb)\b)",
    r"\b(?:not|isn't|isnt|aint|stop(?:s|ped)?|barely|hardly|can't|cant|cannot|can not|couldn't|struggl\w+ (?:to|for)|trouble|difficulty|unable to|won't|wont)(?: (?:even|really|properly|to))? bre(?:a|e)th(?:e|ing|in)?\b(?! (?:in this|for (?:all|the|marking|work)|with (?:all|this|my|the|so)|under|a word))|\b(?:can't|cant|cannot|can not|couldn't|couldnt|struggling to) (?:get|catch) (?:his|her|their|any) breath\b(?! of\b)|\bgasping for (?:air|breath)\b|\b(?:no|can't find (?:a|his|her)|cant find (?:a|his|her)) pulse\b(?! in (?:this|my))",
    rf"\b(?:having|hav?in|suffering|(?:gone|going|goes|went) into) {_ILL}{_ATTACK}|\b{_SOMEONE}(?:'s)? (?:(?:has|have|just|had|got) ){{1,3}}{_ILL}(?<!have )(?<!has ){_ATTACK}(?!{_GAP}\b(?:last|ago|yesterday|years?|\d{{4}})\b)|\bi think {_NEXT}{_ILL}(?:heart attack|stroke|seizure)\b",
    rf"\b{_SOMEONE}(?:'s|s)?(?: (?:is|are|was|has|have|started|been|keeps?|just|now))* (?:fitting|seizing|having fits)\b(?! (?:in|out|well|us|it|an?|the|my|room|onto?)\b)|\bconvuls(?:ing|ions?)\b|\beyes (?:have |are )?(?:gone |just )?roll(?:ed|ing) back\b|\bfoaming at the mouth\b|\b(?:shak\w+|jerk\w+|twitch\w+) (?:\w+ )?(?:all over|uncontrollably|violently|on the floor)\b",
    rf"\bunconc?s?c?i(?:ou)?s\b(?! bias)|\bout cold\b(?! (?:weather|drinks?|water))|\b{_SOMEONE}{_NEXT}(?:passed out|knocked (?:him|her|them)?(?:self|selves)? ?out)\b(?= *(?:$|[.,?!…]|and|in|on|at|from|again|now|during|because|help|what|so|but))|\b{_SOMEONE}{_NEXT}(?:unresponsive|stopped responding|(?:not|isn't|isnt|won't|wont|doesn't|doesnt|can't|cant|never) (?:respond(?:ing)?|wake up|waking(?: up)?|come round|coming round))\b(?! to)|\b(?:slumped|collapsed|lying) (?:over|on|in|at|against) (?:the|his|her|a) [^.?!]{{0,20}}\bnot (?:moving|answering|responding)\b|\b(?!reception\b){_SOMEONE}{_NEXT}(?:not|isn't|isnt) moving\b(?= *(?:$|[.,!?]|and|help|what))|\b(?:can't|cant|cannot) wake (?:\w+ )?(?:him|her|them|child|kid|pupil|boy|girl|student|up)\b",
    rf"\b{_SOMEONE}{_NEXT}(?:coll?aps(?:ed|ing|es)|faint(?:ed|s)|keeled over)\b(?! (?:laughing|into|with laugh\w+|on the (?:sofa|bed)))|\bi(?:'m| am|m)? (?:think i(?:'m|m) )?(?:going to|gonna|about to) (?:collapse|pass out|faint)\b",
    r"\bchest pains?\b|\b(?:pains?|tight\w*|pressure|ache)\b (?:\w+ ){0,2}in (?:my|his|her|their|the) chest\b|\bchest (?:\w+ ){0,2}(?:hurts?|hurting|tight|aching)\b|\barm (?:\w+ ){0,2}numb\b|\bface (?:\w+ ){0,2}(?:drooping|dropped on one side)\b",
    r"\bana?ph[yai]l\w+(?: shock)?\b(?! (?:training|course|policy|plan|lesson|awareness|certificate))(?=\W*(?:$|!|now|help|where|what))|\b(?:used?|using|gave|given|giving|needs?|where(?:'s|s| is)|find|get|grab|jab\w*|inject\w*)\b(?: [\w']+){0,4} epi[- ]?pen\b(?! (?:training|course))|\bepi[- ]?pen\b[^?!]{0,20}\bused\b|\basthma attack\b(?=\W*(?:$|now|no |help|what|and))|\b(?:lips?|face|tongues?|throats?|mouth|eyes?)(?:'s)? (?:[\w']+ ){0,3}(?:swell\w*|swollen|clos(?:ing|ed|es) up|blue|bluish|gr[ae]y)\b",
    rf"\b{_SOMEONE}{_NEXT}(?:(?:going|gone|turning|turned|went) (?:(?:a bit|all|really|completely|very) )?(?:blue|purple(?! (?:with|for)\b)|floppy|limp)|(?:gone|turned|went) (?:all )?gr[ae]y)\b|\b(?:pale|gr[ae]y|blue|clammy) and (?:floppy|clammy|sweaty|limp|gr[ae]y|blue)\b",
    r"\bbleeding (?:[\w']+ ){0,2}(?:heavily|badly|everywhere|out|a lot|loads|profusely|to death|from (?!(?:the|his|her|a|my) (?:nose|knee|finger|lip|gum)))|\b(?:bleed|blood)\w* (?:[\w']+ ){0,4}(?:everywhere|pouring|gushing|pumping|spurting|(?:won't|wont|not|doesn't|isn't|can't) stop\w*)|\b(?:can't|cant|cannot|won't|wont|how (?:do|can) i) stop (?:the |his |her )?(?:bleeding|blood)\b|\b(?:so much|too much|lots of|loads of|covered in|pouring with|pool of) blood\b|\b(?:cut|slit|slash\w*) (?:his|her|their) (?:wrists?|throat|neck)\b|\bpregnan\w+\b[^.?!]{0,30}\bbleeding\b|\b(?:sliced?|cut|chopped|took|taken) (?:his|her|my|their) (?:finger|thumb|toe|hand|ear)\w* off\b|\bbones? (?:\w+ )?(?:(?:sticking|poking|coming) (?:out|through)|showing)\b|\bburn(?:t|ed|s)?\b (?:him|her|them|my)sel\w+[^?!]{0,30}\b(?:bad|badly|skin|blister\w*)\b",
    r"\b(?:dr[aiu]nk(?:s|ing)?|swallow(?:ed|s|ing)?|ate|eat(?:en|s|ing)|sipped|downed|necked)\b(?: [\w',-]+){0,5} (?:bleach|cleaning (?:fluid|products?|stuff|liquid|spray)|cleaner|disinfectant|detergent|(?:dishwasher|washing|laundry) (?:tablets?|pods?|capsules?)|paint thinner|washing[- ]up liquid|batter(?:y|ies)|magnets?|poison\w*|antifreeze|acid|chemicals?|white spirit|weed ?killer|hand (?:sanitis|sanitiz|gel)\w*|(?:from )?under (?:the|a) sink|pills|drawing pins?)\b|\b(?:been|is|she's|he's) poisoned\b|\bstuck in (?:his|her|their|my) (?:throat|windpipe)\b",
    r"\b(?:acid|bleach|chemicals?|boiling water)\b[^.?!]{0,30}\b(?:(?:his|her|my|their|pupils?'?|kids?'?|childs?|child's) (?:eyes?|face|skin)|over (?:him|her|my|them)\w*)\b|\b(?:poured|spilt|spilled|tipped|knocked) (?:\w+ )?(?:boiling|scalding|hot) (?:water|tea|coffee|soup|oil)\b[^.?!]{0,30}\b(?:him|her|my|them|himself|herself|myself|pupil|kid|child|boy|girl)",
    rf"\b{_SOMEONE}{_NEXT}(?:overdos(?:ed|ing)|(?:taken|took|taking|had) (?:an )?overdose)\b(?! (?:on|of) (?:chocolate|caffeine|coffee|sugar|sweets|work))|\b{_SOMEONE}{_NEXT}(?:taken|took|swallowed|had|necked) (?:[\w']+ ){{0,2}}(?:loads|lots|lot|load|too many|all|whole|handful|bunch|\d+|packets?|packs?) (?:of )?(?:[\w']+ ){{0,2}}(?:tablets|pills|paracetamols?|ibuprofen|meds|medication)\b",
    r"\bthere(?:'s|s| is)(?: (?!no\b)[\w']+){0,3} (?:fire|smoke|flames|gas leak)\b(?! (?:drills?|alarms?|test|safety|doors?|exits?|engines?|marshals?|wardens?|extinguish\w+|evacuat\w+|practice|assembly|training|points?|risk|officers?|station|tablets?|free|detectors?|procedures?|brigade))|(?:^|[.!?] ?|help,? )fire in (?:the|my|a)\b|\bset(?:ting)? (?:fire|light) to\b|\bset (?:an?|the) \w+ (?:alight|on fire)\b|\bset (?:him|her|my|them)sel\w+ on fire\b",
    r"\b(?:room|classroom|school|building|lab|kitchen|bins?|toilets?|hall|office|corridor|block|clothes|sleeve|jumper|shirt|desk|display|curtains?|roof|pan|bunsen|charger|vape|minibus|hair|cooker|oven)(?:'s|s)?(?: [\w']+){0,2} (?:on fire|caught fire|catching fire|in flames|up in flames|burning down|ablaze)\b|\b(?:smoke|flames) (?:\w+ ){0,2}(?:coming|pouring|billowing|filling|everywhere)\b|\b(?:full of|filling (?:up )?with|filled with) smoke\b|\b(?:been|was|just) an explosion\b|\b(?:ceiling|roof|wall|goal ?posts?|tree|shelf)\b (?:\w+ ){0,2}(?:come down|came down|caved in|fallen|fell|collapsed) on (?:\w+ )?(?:kids?|child\w*|pupils?|him|her|them|me|class)\b|\bsmell(?:s|ing)? (?:of )?gas\b|\b(?:gas|burning) smell\b(?= *(?:$|[.,!?]|and|in|from|coming|by|near|what|help))|\bcan (?:see|smell) (?:the )?(?:burning|smoke|flames)\b|(?<!candle )(?<!candles )\b(?:is|are) (?:now )?alight\b(?! with)|\bgas leak\b|\bfire alarm(?:'s|s| is| has)? (?:just )?(?:going|gone|ringing)\b",
    rf"\b{_SOMEONE}(?: (?:here|outside|standing|running|walking|coming|(?:at|in|by|outside) the \w+))* with (?:(?:an?|the|his|her|this|big|kitchen|huge|real|massive|pen|flick|bloody) )*(?:knife|gun|machete|axe|blade|sword)\b(?! skills| of (?!some))|\b{_SOMEONE}{_NEXT}(?:holding|carrying|waving|pulled|brandishing|swinging|has|have|got|brought|(?:threaten|chas)\w+ \w+ with)(?: got| out| in)? (?:(?:an?|the|his|her|this|big|kitchen|huge|real|massive|pen|flick|bloody) )*(?:knife|gun|machete|axe|blade|sword)\b(?! skills| of (?!some))|\b(?:has|have|got|holding|waving) a (?:knife|gun|machete) (?:in|at) (?:the )?(?:school|class\w*|corridor|playground|gate)\b|\b(?:come|came|walked|burst) in(?:to \w+)? with a (?:knife|gun|machete|bat|hammer|axe)\b|\bintruders?\b(?! (?:drill|alarm|policy|procedure))|\b(?:been|got|was|just|gets?) (?:stabbed|shot)\b(?! (?:of|down|at))|\bstabbed (?:an?(?! (?:desk|table|pen|hole))|another|the (?:head|teacher|boy|girl|lad|kid|child|pupil|ta|other)\w*|him|her|someone|me)\b|\bactive shooter\b|\bbomb (?:threat|scare|alert)\b(?! (?:procedure|policy|drill|plan))|\bthere(?:'s|s| is) a bomb\b|\b(?:gone|going|went) into lockdown\b|\blockdown (?:for real|now)\b|\breal lockdown\b",
    r"\b(?:on site|in(?:to)? (?:the )?(?:school|building|playground|corridor|hall|class\w*|reception)|at the gates?|on the (?:premises|grounds)) with (?:an?|the) (?:\w+ )?(?:knife|gun|machete|axe|blade|sword)\b|\bthroat (?:\w+ ){0,2}clos(?:ing|ed|es)\b|\b(?:bit|bitten|bite) (?:\w+ )?by (?:an? )?(?:adder|snake|viper)\b|\b(?:bus|coach|minibus|taxi|train)(?: has| have|'s|s)?(?: just)? crashed\b|\ballerg(?:y|ic)\b[^.?!]{0,30}\bjust (?:ate|eaten|had|swallowed)\b|\bjust (?:ate|eaten|had|swallowed)\b[^.?!]{0,30}\ballerg(?:y|ic)\b|\bhanging (?:by|from) (?:his|her|their) (?:\w+ )?(?:scarf|hood|neck|lanyard|tie|cord)\b",
    rf"\b(?:bloke|man|woman|guy|stranger|someone|somebody)\b{_GAP}\b(?:(?:climb|jump|brok|break|forc|smash)\w*(?: \w+){{0,2}} (?:over|through)|(?:got|come|came) (?:in )?over) (?:the|our|a) (?:fence|gates?|wall|window|door)\b|\b(?:bloke|man|woman|guy|stranger)\b(?: \w+){{0,2}} in (?:the|our) (?:school|building|playground|corridor|grounds)\b{_GAP}\b(?:shouting|threaten\w+|refus\w+|smashing|(?:won't|wont) (?:leave|go))\b|^\W*shooter\b|\bshooter (?:in|at|on|outside)\b",
    rf"\b(?:scissors|knife|blade|glass|pencil|compass|pen)\b[^.?!]{{0,15}}\bin (?:his|her|my|their) (?:neck|eye|throat|chest|stomach|head|face|leg)\b|\b{_SOMEONE}{_NEXT}being (?:strangled|stabbed|suffocated|throttled)\b|\bligatures?\b(?! (?:points?|training|cutters?|risks?|policy|audit))|\b(?:his|her|their|my|\w+'?s) (?:hand|finger|thumb|arm|hair)s? (?:\w+ ){{0,3}}(?:in|into|through|under) (?:the|a) (?:band ?saw|saw|drill|lathe|sander|blender|shredder|guillotine)\b",
    rf"\b{_PUPIL}\b{_GAP}\b(?:climbed|stood|standing|sat|sitting) (?:up )?on(?:to)? the (?:school |gym |hall )?roof\b(?! (?:terrace|garden|rack))|\bswallow(?:ed|s|ing)? (?:\w+ ){{0,3}}(?:coins?|lego|beads?|marbles?|lids?|screws?|pins?|needles?|glass|stones?|razor\w*)\b|\ballergy\b[^?!]{{0,60}}\b(?:wheez\w+|hives|swelling|swollen|coming (?:up|out) in)\b|\b(?:having|had|having had|has had) (?:\w+ ){{0,3}}reaction to (?:an?|the|his|her) (?:jab|sting|bite|nuts?|vaccin\w+|injection|medicine|tablet)\b",
    r"\b(?:car|van|bus|lorry|motorbike)(?: has|'s)?(?: just)? (?:hit|ran over|run over|knocked (?:down|over)) (?:an? |the |one of (?:the |my |our )?|two |some )?(?:ours|pupils?|kids?|child(?:ren)?|boys?|girls?|students?|lads?|teacher|him|her|them|me)\b|\b(?:a|the|this|one of (?:the|my|our)) (?:kid|child|pupil|student|boy|girl|lad|teacher|ta|colleague)s?(?: is|'s) dying\b(?! (?:to|for|of|out|inside|with)\b)",
    rf"\b{_SOMEONE}{_NEXT}(?:hit|run over|knocked (?:down|over)) by (?:an?|the) (?:car|bus|van|lorry|bike|train|minibus|motorbike)\b|\b{_SOMEONE}{_NEXT}(?:fell|fallen|falls|jumped) (?:\w+ ){{0,2}}(?:off|from|out of|down)(?: \w+){{0,3}} (?:climbing frame|roof|window|tree|wall|balcony|stairs|ladder|stage|swings?|slide|trampoline|monkey bars|horse)\b",
    r"\b(?:can't|cant|cannot|unable to) (?:move|feel) (?:his|her|their|my) (?:legs?|arms?|neck|body|face|left|right)\b|\b(?:bang|bump|hit|crack|smash|split|knock)\w* (?:his|her|their|my) head\b[^?!]{0,60}\b(?:being sick|been sick|vomit\w*|throwing up|threw up|sleepy|drowsy|confused|dizzy|slurr\w*|blood)\b|\b(?:got|had|having|getting|been given) (?:an? )?(?:\w+ )?electric shock\b|\belectric shock (?:off|from)\b|\belectrocuted\b|\b(?:got|been|is|was) (?:crushed|trapped) (?:by|under)\b|\b(?:been|got|is|badly) scalded\b|\bscalded (?:with|by|him|her|my|them)\w*",
    rf"\b{_SOMEONE}(?:'s|s)?(?: (?:is|are|has|just|nearly|almost|been))* drown(?:ing|ed)\b(?! out| (?:in|under) (?!the (?:pool|river|sea|lake|pond|water)|a ))|\bdiabetic\b{_GAP}\b(?:drowsy|hypo|confused|shak\w+|sweaty|faint\w*|won't|wont)\b|\b(?:rope|belt|cord|ligature|noose)\b (?:\w+ )?a?round (?:his|her|their|my) neck\b|\bhang(?:ing|ed)? (?:him|her|them)sel\w+|\b{_SOMEONE}{_NEXT}(?:about|threatening|going) to jump\b(?! (?:in|the|rope|up|ship|through|on)\b)|\b(?:my|her) waters? (?:have |has |just )*(?:broken|broke)\b|\bi(?:'m|m| am) (?:\w+ )?in labour\b|\b(?:gone|going|went) into labour\b|\blabour\b[^?!]{{0,40}}\b\d\d weeks\b|\b(?:having|started) contractions\b|^\W*hypo\b",
    r"\b(?:i'm|im|i am|i'll|ill|he's|hes|he'll|she's|shes|she'll|they're|theyre|gonna|will|wants? to|threaten\w*) (?:just )?(?:(?:going|gonna|said|threatening) )?(?:to )?(?:bomb|blow up|shoot up|burn down|torch) (?:the|this|my|our|your|a) (?:school|nursery|building|place|class\w*)\b",
    r"\b(?:call(?:ing|ed)?|ring(?:ing)?|rang|dial|phon(?:e|ing|ed)|needs?|get(?:ting)?|send|want)(?: [\w']+){0,3} (?:amb[uy]l[ae]nces?|999|paramedics?)\b|\b(?:it|there)(?:'s| is|s) a medical emergency\b|\bthis is an emergency\b(?! (?:exit|contact|drill|procedure|number))",
    r"\bno (?:puede )?respira\b|\bse (?:esta|ha) (?:ahogando|atragantado|desmayado)\b|\b(?:ne )?respire (?:plus|pas)\b|\bs'etouffe\b|\bnie oddycha\b|\bdlawi sie\b|\bnu (?:mai )?respira\b|\bnao (?:esta a |consegue )?respira\w*\b|\bddim yn anadlu\b|\bsaans nah",
)

#: The plainest of the same in other languages that are spoken in UK schools: Spanish, French, Polish, Welsh, Romanian,
#: Portuguese, Urdu in Latin letters; that of the writer's own life also in German, Italian, Turkish, Lithuanian, Greek,
#: Russian, Ukrainian, Arabic, Urdu, Hindi, Punjabi, Bengali and Chinese. A `\b` holds in none of the last five.
SELF_ABROAD = (
    r"\bquiero (?:suicidarme|morir(?:me)?\b|matarme)|\bme quiero (?:morir|matar|suicidar)\b|\bno quiero (?:seguir )?viv(?:ir|iendo)\b|\bvoy a (?:suicidarme|matarme)\b",
    r"\b(?:je (?:veux|voudrais|vais)|envie de) (?:mourir|me (?:tuer|suicider))\b(?! de rire)|\b(?:veux|ai) plus (?:envie de )?vivre\b",
    r"\bchce (?:sie zabic|umrzec)\b|\bzabije sie\b|\bnie chce (?:juz )?zyc\b|\b(?:mysli samobojcze|popelni[ce]\w* samobojstwo)\b",
    r"\b(?:eisiau|isio|moyn) (?:marw|lladd fy hun(?:an)?)\b|\bddim (?:yn )?(?:eisiau|isio|moyn) byw\b",
    r"\bvreau sa (?:mor|ma (?:omor|sinucid))\b|\bnu (?:mai )?vreau sa (?:mai )?traiesc\b",
    r"\bquero (?:morrer|me (?:matar|suicidar)|matar-me|suicidar-?me)\b|\bnao quero (?:mais )?viver\b",
    r"\bmar(?:na| jana) chaht[ai]\b|\bjeena nah\w+ chaht[ai]\b|\bkhud ?kushi\b",
    r"\bich (?:will|mochte|moechte) (?:nicht mehr leben|sterben|mich (?:umbringen|toten))\b|\bvoglio (?:morire\b(?! dal)|uccidermi|farla finita|ammazzarmi)\b|\bnon voglio piu vivere\b",
    r"\b(?:olmek istiyorum|kendimi oldur\w+|yasamak istemiyorum)\b|\bnoriu (?:mirti|nusizudyti)\b|\bnebenoriu gyventi\b|\b(?:θελω να πεθανω|δεν θελω να ζω)\b",
    r"\b(?:хочу (?:умереть|померти)|не хочу (?:больше )?жить|не хочу (?:більше )?жити|покончить с собои|убить себя|вбити себе)\b",
    r"اريد ان اموت|لا اريد ان اعيش|ساقتل نفسي|مرنا چاہت|خودکشی کر",
    r"मरना चाहत|आत्महत्या कर|ਮਰਨਾ ਚਾਹੁੰਦ|ਖੁਦਕੁਸ਼ੀ ਕਰ|মরতে চাই|আত্মহত্যা কর|(?:我|俺)[^。！？]{0,3}(?:想死|想自杀|想自殺|要自杀|要自殺|不想活)",
)
CHILD_ABROAD = (
    r"\b(?:padre|madre|papa|mama|padrastro|madrastra|tio|hermano|abuelo)\b.{0,20}\b(?:le|la|lo|les|me) (?:peg(?:a|an|o|aron)|golpe\w+|maltrat\w+|toc(?:a|o)|viol(?:a|o)|quem\w+)\b|\b(?:le|la|lo|les|me) pegan\b",
    r"\b(?:pere|mere|papa|maman|beau-?pere|oncle|frere)\b.{0,20}\b(?:la|le|les|me|lui|l'a|l'ont) ?(?:frapp\w+|bat(?:tue?s?|tent)?|tape\w*|touche\w*|viol\w+|maltrait\w+|brul\w+)\b|\bse fait (?:battre|frapper|taper|violer)\b",
    r"\b(?:ojciec|tata|tato|ojczym|matka|mama|wujek|brat|rodzice|dziadek)\b.{0,20}\b(?:bij[ea]|pobi[lł]a?|uderzy[lł]a?|dotyka|krzywdzi|gwa[lł]ci|molestuje)\b|\b(?:ja|go|ich) (?:bij[ea]|gwa[lł]ci|molestuje)\b|\b(?:bij[ea]|gwa[lł]ci|molestuje) (?:ja|go|ich)\b",
    r"\bmae (?:ei|fy|eu) (?:d[ao]d|thad|mam|llystad|hewythr|brawd|frawd) (?:hi |o |e )?yn (?:ei|fy|eu) (?:d?h?t?aro|guro|churo|fwrw|bwrw|frifo|brifo|gam-drin|cham-drin|g?chyffwrdd)\b",
    r"\b(?:tatal|tata|tati|mama|unchiul|fratele)\b.{0,20}\b(?:o|il|ma|le|ii) (?:bate|loveste|violeaza|abuzeaza)\b",
    r"\b(?:pai|mae|padrasto|tio|irmao|avo)\b.{0,15}\b(?:bate|bateu|espanca|abusa|violou)\b.{0,3}\b(?:nel[ae]s?|dele|dela|lhes?|me)\b|\b(?:pai|mae|padrasto) \w{0,4} ?(?:lhe|me) bate\b",
    r"\b(?:ab+u|baap|walid|papa|ammi|maa|chacha|mamu|bhai)\b.{0,25}\bma+r(?:ta|te|ti)\b",
)

#: What a pupil did to the writer: no adult is accused by it, however violent it was, and no child is at risk by it.
DONE_TO_WRITER = (
    r"(?P<who>\b(?:pupils?|students?|kids?|child(?:ren)?|lads?|girls?|boys?|teen(?:ager)?s?|year \d+s?|y\d+s?)\b (?:\w+ ){0,3}?)"
    r"(?:sw(?:ore|ears?|earing)|curs(?:ed|es|ing)|shout(?:ed|s|ing)?|scream(?:ed|s|ing)?|yell(?:ed|s|ing)?|laugh(?:ed|s|ing)?"
    r"|rude|spat|spit(?:s|ting)?|squar(?:ed|es|ing)|lung(?:ed|es|ing)|swung|thr(?:ew|ows?|owing)|hit(?:s|ting)?|kick(?:ed|s|ing)?"
    r"|punch(?:ed|es|ing)?|slap(?:ped|s|ping)?|push(?:ed|es|ing)?|shov(?:ed|es|ing)|pinch(?:ed|es|ing)?|scratch(?:ed|es|ing)?"
    r"|bit(?:es?)?|headbutt\w*)\b(?: \w+){0,4}? me\b(?: (?:in|on|round|across) (?:the|my) \w+)?"
)
#: Asking what to do, a writer tells of no doing of his own.
ASKS_WHAT_TO_DO = r"\b(?:can|could|should|shall|may|must|do|would|am|have) i\b"
#: The writer's own doing, and what is said of it.
OWN_DOING = (
    r"\b(?:i|i'\w+|sa(?:id|ys?|ying)|accus\w*|claim\w*|reckon\w*|complain\w*|report\w*|tells?|told|touch\w*|kiss\w*|hug\w*"
    r"|film\w*|record\w*|sex\w*)\b"
)
