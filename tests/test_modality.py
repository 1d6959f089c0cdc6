"""What policy sentences rule, what questions ask, and what follows from the two."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.frames import Asks, read_question
from qa.modality import Reading, contradicts, features, outside, settle
from qa.norms import Force, Norm, read_norms


def rule(sentence: str, lead_in: str = "") -> Norm:
    (norm,) = read_norms(sentence, lead_in)
    return norm


def reading(question: str, *sentences: str) -> Reading:
    return settle(read_question(question), [norm for sentence in sentences for norm in read_norms(sentence)])


# --- sentences ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "force", "cue"),
    [
        ("Never share a password.", Force.FORBIDDEN, "Never"),
        ("You must not lend your badge.", Force.FORBIDDEN, "must not"),
        ("Visitors may not smoke.", Force.FORBIDDEN, "may not"),
        ("Visitors can’t park here.", Force.FORBIDDEN, "can’t"),
        ("Please do not prop the door open.", Force.FORBIDDEN, "do not"),
        ("Please don’t prop the door open.", Force.FORBIDDEN, "don’t"),
        ("Vaping is not permitted.", Force.FORBIDDEN, "is not permitted"),
        ("Vaping is strictly prohibited.", Force.FORBIDDEN, "strictly prohibited"),
        ("No photographs.", Force.FORBIDDEN, "No photographs"),
        ("Nobody may enter the store.", Force.FORBIDDEN, "Nobody"),
        ("Refrain from eating at your desk.", Force.FORBIDDEN, "Refrain from"),
        ("Avoid heavy perfume.", Force.FORBIDDEN, "Avoid"),
        ("Refuse cash.", Force.FORBIDDEN, "Refuse"),
        ("We ask you not to wear jeans.", Force.FORBIDDEN, "We ask you not"),
        ("Staff are asked not to forward mail.", Force.FORBIDDEN, "asked not to"),
        ("Private calls should be discouraged.", Force.FORBIDDEN, "should be discouraged"),
        ("Under no circumstances give out a pupil's address.", Force.FORBIDDEN, "Under no circumstances"),
        ("You must wear a badge.", Force.OBLIGED, "must"),
        ("Phones must be left at reception.", Force.OBLIGED, "must"),
        ("Long hair is to be tied back.", Force.OBLIGED, "is to"),
        ("Drivers are asked to reverse in.", Force.OBLIGED, "are asked"),
        ("Lock your computer.", Force.OBLIGED, "Lock"),
        ("Please sign in.", Force.OBLIGED, "Please"),
        ("Use the username provided by the school.", Force.OBLIGED, "Use"),
        ("You may bring a guest.", Force.ALLOWED, "may"),
        ("You are welcome to use the garden.", Force.ALLOWED, "are welcome"),
        ("Cold snacks are fine.", Force.ALLOWED, "are fine"),
        ("Dogs are allowed.", Force.ALLOWED, "are allowed"),
        ("Use of your own device is at your own risk.", Force.ALLOWED, "at your own risk"),
        ("Nothing in this code stops you joining a union.", Force.ALLOWED, "Nothing in this code stops"),
        ("You need not reply.", Force.NOT_OBLIGED, "need not"),
        ("You don’t have to stay.", Force.NOT_OBLIGED, "don’t have to"),
        ("You never need to wear a tie.", Force.NOT_OBLIGED, "never need to"),
        ("No further permission is required.", Force.NOT_OBLIGED, "No further permission is required"),
        ("Staff are not expected to answer at night.", Force.NOT_OBLIGED, "are not expected"),
        ("Nobody is expected to answer at night.", Force.NOT_OBLIGED, "Nobody is expected"),
        ("Take one home if you like.", Force.ALLOWED, "Take"),
        ("Play whatever you like.", Force.ALLOWED, ""),
        ("Sit wherever you like.", Force.ALLOWED, "Sit"),
        ("The choice is hers.", Force.ALLOWED, "The choice is hers"),
        ("A wooden cross needs none.", Force.NOT_OBLIGED, "needs none"),
        ("The briefing is optional.", Force.NOT_OBLIGED, "is optional"),
        ("You shall be under no obligation to lend your car.", Force.NOT_OBLIGED, "shall be under no obligation"),
        ("Gum is not against the rules in the staff room.", Force.ALLOWED, "is not against the rules"),
        ("Leaving by the back door is not a breach.", Force.ALLOWED, "is not a breach"),
        (
            "Nothing in this Section shall prevent staff from calling us.",
            Force.ALLOWED,
            "Nothing in this Section shall prevent",
        ),
        ("Nothing may be smoked here.", Force.FORBIDDEN, "Nothing"),
        ("Recorded music requires no consent.", Force.NOT_OBLIGED, "requires no consent"),
        ("A lesson for a friend needs neither.", Force.NOT_OBLIGED, "needs neither"),
        ("A red flag does not mean that you need a key.", Force.NOT_OBLIGED, "does not mean that you need"),
        ("Staff who live abroad do not need to sign.", Force.NOT_OBLIGED, "do not need"),
        ("The office opens at nine.", Force.STATED, ""),
        ("From 1 May 2026 private laptops are no longer admitted.", Force.FORBIDDEN, "are no longer admitted"),
        ("In May the office shuts at noon.", Force.STATED, ""),
        ("You should ideally arrive early.", Force.ALLOWED, "should"),
        ("Staff are advised to lock bikes.", Force.ALLOWED, ""),
        ("You must ring, by phone if possible.", Force.OBLIGED, "must"),
        ("You have to wear a badge.", Force.OBLIGED, "have to"),
        ("You will not be asked to pay for it.", Force.NOT_OBLIGED, "will not be asked"),
        ("Pictures must not be made by a tool.", Force.FORBIDDEN, "must not"),
        ("Nothing in this clause obliges you to stay.", Force.NOT_OBLIGED, "Nothing in this clause obliges"),
        ("A slip is not treated as misconduct.", Force.ALLOWED, "is not treated as misconduct"),
        ("There is to be no smoking.", Force.FORBIDDEN, "is to be no"),
        ("Flip-flops are out, and so are heels.", Force.FORBIDDEN, "are out"),
        ("Hoodies with no logo can be worn.", Force.ALLOWED, "can"),
    ],
)
def test_a_sentence_is_read_by_the_words_that_rule_it(sentence: str, force: Force, cue: str) -> None:
    norm = rule(sentence)
    assert (norm.force, norm.cue) == (force, cue)


@pytest.mark.parametrize(
    ("sentence", "force", "condition", "exception"),
    [
        ("You may drive if you are insured.", Force.ALLOWED, "if you are insured", None),
        ("If you are insured, you may drive.", Force.ALLOWED, "If you are insured", None),
        ("If you have signed an opt-out you may stay on.", Force.ALLOWED, "If you have signed an opt-out", None),
        ("If the room is locked the caretaker must be called.", Force.OBLIGED, "If the room is locked", None),
        ("Dogs may come in provided that they are on a lead.", Force.ALLOWED, "provided that they are on a lead", None),
        ("Overtime is fine with your manager's agreement.", Force.ALLOWED, "with your manager's agreement", None),
        ("You may stay up to 14 days.", Force.ALLOWED, "up to 14 days", None),
        ("Bags of up to 2 kg can be left here.", Force.ALLOWED, "of up to 2 kg", None),
        ("Cheques of more than £50 must be signed.", Force.OBLIGED, "of more than £50", None),
        ("Drivers aged 65 or over have an annual test.", Force.STATED, "aged 65 or over", None),
        ("Trips of three nights or more must be booked.", Force.OBLIGED, "of three nights or more", None),
        ("After 7 pm cleaners may use the lift.", Force.ALLOWED, "After 7 pm", None),
        ("Staff hired before 1 October 2024 keep their pass.", Force.STATED, "before 1 October 2024", None),
        ("You may stay until 9 pm, or 10 pm with a parent.", Force.ALLOWED, None, "until 9 pm, or 10 pm with a parent"),
        ("Paper other than the answer booklet is forbidden.", Force.FORBIDDEN, None, "other than the answer booklet"),
        ("Nobody other than a steward may open it.", Force.FORBIDDEN, None, "other than a steward"),
        ("You may leave at four (except on Fridays) with pay.", Force.ALLOWED, None, "except on Fridays"),
        ("You may work the till after training.", Force.ALLOWED, "after training", None),
        ("Wear the uniform only at sessions.", Force.ALLOWED, "only at sessions", None),
        ("Only managers may approve leave.", Force.ALLOWED, "Only managers", None),
        (
            "A second job needs the Principal's written consent.",
            Force.ALLOWED,
            "needs the Principal's written consent",
            None,
        ),
        ("Do not leave unless the tester agrees.", Force.FORBIDDEN, None, "unless the tester agrees"),
        ("No bags, except small handbags.", Force.FORBIDDEN, None, "except small handbags"),
        ("Staff must not leave the site, save at lunch.", Force.FORBIDDEN, None, "save at lunch"),
        ("Do not meet pupils, with the exception of trips.", Force.FORBIDDEN, None, "with the exception of trips"),
        ("Do not meet pupils aside from on trips.", Force.FORBIDDEN, None, "aside from on trips"),
        ("Keep the door shut until the bell rings.", Force.OBLIGED, None, "until the bell rings"),
        ("Bands shall not play without the Warden's consent.", Force.FORBIDDEN, None, "without the Warden's consent"),
        ("Pets are fine but not in the kitchen.", Force.ALLOWED, None, "but not in the kitchen"),
        ("A tripod needs the manager's OK.", Force.ALLOWED, "needs the manager's OK", None),
        ("Filming needs the head's written leave.", Force.ALLOWED, "needs the head's written leave", None),
        ("You may phone home once a week.", Force.ALLOWED, None, None),
        ("Visitors may sit in once.", Force.ALLOWED, None, None),
        ("You may drive once you are insured.", Force.ALLOWED, "once you are insured", None),
        ("Anyone who has missed more than two talks may not vote.", Force.FORBIDDEN, "more than two talks", None),
        ("You may leave without permission.", Force.ALLOWED, None, None),
        ("You may use the gym without prior booking.", Force.ALLOWED, None, None),
        ("You may treat a pet without asking if it is dying.", Force.ALLOWED, "if it is dying", None),
        ("You may enter without consent in a fire.", Force.ALLOWED, "in a fire", None),
        ("You may leave without asking, except at night.", Force.ALLOWED, None, "except at night"),
        ("You may spend up to £40 without asking.", Force.ALLOWED, "up to £40", None),
        ("Nobody may leave without permission.", Force.FORBIDDEN, None, "without permission"),
        ("Staff who have done the course may drive.", Force.ALLOWED, "who have done the course", None),
        ("The van may be driven by anyone who holds a card.", Force.ALLOWED, "who holds a card", None),
        ("Never lend your key, even if the borrower is staff.", Force.FORBIDDEN, None, None),
        ("Lunch duty is optional for volunteers.", Force.NOT_OBLIGED, "for volunteers", None),
        ("Badges need not be worn by members.", Force.NOT_OBLIGED, "by members", None),
        ("Never lend your key, no matter if the borrower is staff.", Force.FORBIDDEN, None, None),
        ("Staff may swim, including Sundays, if a manager agrees.", Force.ALLOWED, "if a manager agrees", None),
        ("Staff may swim, whatever the weather, once trained.", Force.ALLOWED, "once trained", None),
        ("Staff may swim even at weekends if a manager agrees.", Force.ALLOWED, "if a manager agrees", None),
        ("No one may leave, whatever the hour, unless taken ill.", Force.FORBIDDEN, None, "unless taken ill"),
    ],
)
def test_conditions_and_exceptions_are_quoted(
    sentence: str, force: Force, condition: str | None, exception: str | None
) -> None:
    norm = rule(sentence)
    assert (norm.force, norm.condition, norm.exception) == (force, condition, exception)


@pytest.mark.parametrize(
    ("lead_in", "item", "force", "lead"),
    [
        ("You must not:", "eat in the lab", Force.FORBIDDEN, "must not"),
        ("In the library you may:", "eat cold snacks", Force.ALLOWED, "may"),
        ("When driving you must:", "wear a belt", Force.OBLIGED, "must"),
        ("Everyone must:", "not run in the corridor", Force.FORBIDDEN, ""),
        ("You must not", "shout at a pupil;", Force.FORBIDDEN, "must not"),
        ("You must not talk of it to anyone other than:", "the SENCO,", Force.ALLOWED, "must not"),
        ("Do not", "share your number with pupils;", Force.FORBIDDEN, "Do not"),
        ("Staff may", "bring a packed lunch;", Force.ALLOWED, "may"),
        ("Staff do not have to", "attend assembly;", Force.NOT_OBLIGED, "do not have to"),
        ("An adult must be in throughout:", "Sessions in a bedroom are not allowed.", Force.FORBIDDEN, ""),
        ("An adult must be in throughout:", "The adult need not be in the same room.", Force.NOT_OBLIGED, ""),
        ("Prohibited items", "laser pens", Force.FORBIDDEN, "Prohibited"),
        ("Prohibited items", "Small radios are allowed.", Force.ALLOWED, ""),
        ("Who may come in", "The gate opens at nine.", Force.STATED, ""),
        ("Can I smoke?", "No, not anywhere on site.", Force.FORBIDDEN, ""),
        ("Do I need a note?", "Not for the first seven days.", Force.NOT_OBLIGED, ""),
        ("Are phones banned?", "Yes, in classrooms.", Force.FORBIDDEN, ""),
        ("Are phones banned?", "No, not here.", Force.ALLOWED, ""),
        ("Are phones banned?", "They are, in lessons.", Force.FORBIDDEN, ""),
        ("Can I swap shifts?", "You can't, unless a manager agrees.", Force.FORBIDDEN, ""),
        ("Can I play music?", "Not after 11 pm.", Force.FORBIDDEN, ""),
        ("Can I park here?", "Only with a permit.", Force.ALLOWED, ""),
        ("Parking", "It is.", Force.STATED, ""),
        ("Staff are not allowed to", "sit in the boxes", Force.FORBIDDEN, "are not allowed"),
        ("You are not required to", "clean the ovens", Force.NOT_OBLIGED, "are not required"),
        ("Don'ts", "tip the porters", Force.FORBIDDEN, "Don'ts"),
        ("Things that are forbidden", "use the lift in a drill", Force.FORBIDDEN, "forbidden"),
        ("What you must not carry", "flasks", Force.FORBIDDEN, "must not"),
        ("Never lend your key", "Report a loss at once.", Force.OBLIGED, ""),
    ],
)
def test_a_list_stem_lends_its_force_and_a_heading_only_where_there_is_none(
    lead_in: str, item: str, force: Force, lead: str
) -> None:
    norm = rule(item, lead_in)
    assert (norm.force, norm.lead) == (force, lead)


def test_one_should_not_do_what_is_banned_where_the_question_is_of_that() -> None:
    assert reading("should i lend my badge", "Never lend your badge.").contradicts("yes")
    told = "should i send my brother on to the till next door before the queue gets longer"
    assert not reading(told, "Do not serve your own family.").contradicts("yes")


@pytest.mark.parametrize(
    "act", ["share your phone number with pupils;", "shout at a pupil;", "send pupils to the shop;"]
)
def test_what_stands_under_you_must_not_is_no_duty(act: str) -> None:
    for stem in ("You must not", "You must not:", "Do not"):
        ruled = settle(read_question(f"do i have to {act[:-1]}?"), read_norms(act, stem))
        assert (ruled.verdict, ruled.certain) == ("no", True)


@pytest.mark.parametrize(
    ("sentence", "forces"),
    [
        ("You may stay; please sign out.", [Force.ALLOWED, Force.OBLIGED]),
        ("AI may suggest a method, but it may not produce figures.", [Force.ALLOWED, Force.FORBIDDEN]),
        ("Laptops need antivirus; phones don't.", [Force.OBLIGED, Force.NOT_OBLIGED]),
        ("Filters are not permitted; changes to light are.", [Force.FORBIDDEN, Force.ALLOWED]),
        ("Limit: £18", [Force.STATED, Force.STATED]),
    ],
)
def test_a_sentence_with_two_rules_has_two_norms(sentence: str, forces: list[Force]) -> None:
    assert [norm.force for norm in read_norms(sentence)] == forces


def test_a_row_of_adverbs_is_read_in_one_way() -> None:
    """In two ways each, it would be read for ever."""
    assert read_norms("Phones are " + "only " * 80 + "x")


@given(st.text(max_size=300), st.text(max_size=40))
def test_a_cue_is_a_slice_of_its_sentence_whatever_is_written(sentence: str, lead_in: str) -> None:
    assert all(sentence[norm.start : norm.end] == norm.cue for norm in read_norms(sentence, lead_in))


# --- questions ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("can i text a parent", Asks.WHETHER_ALLOWED),
        ("cn i text a parent", Asks.WHETHER_ALLOWED),
        ("am i aloud to vape outside", Asks.WHETHER_ALLOWED),
        ("am i ok to leave early", Asks.WHETHER_ALLOWED),
        ("is it fine if the kids call me jo", Asks.WHETHER_ALLOWED),
        ("surely i can keep my coat on", Asks.WHETHER_ALLOWED),
        ("thinking of getting a tattoo, allowed?", Asks.WHETHER_ALLOWED),
        ("ok 2 park at the front", Asks.WHETHER_ALLOWED),
        ("The bus is late. Can I come in at ten? Thanks", Asks.WHETHER_ALLOWED),
        ("is it banned to film the kids", Asks.WHETHER_FORBIDDEN),
        ("would i get in trouble for smoking", Asks.WHETHER_FORBIDDEN),
        ("so i cant use my phone right?", Asks.WHETHER_FORBIDDEN),
        ("is it against the rules to swap shifts", Asks.WHETHER_FORBIDDEN),
        ("are hats a no no", Asks.WHETHER_FORBIDDEN),
        ("is lending her my card a breach", Asks.WHETHER_FORBIDDEN),
        ("he parked on the grass. is that ruled out", Asks.WHETHER_FORBIDDEN),
        ("does the page say not to swap shifts", Asks.WHETHER_FORBIDDEN),
        ("is swapping shifts by text something you forbid?", Asks.WHETHER_FORBIDDEN),
        ("is ringing the bell against the page", Asks.WHETHER_FORBIDDEN),
        ("was i right to refuse the lift", Asks.WHETHER_FORBIDDEN),
        ("he offered me a lift. i handed the keys straight back. was i right?", Asks.WHETHER_FORBIDDEN),
        ("hats in the hall, banned?", Asks.WHETHER_FORBIDDEN),
        ("is there anything against swapping shifts", Asks.WHETHER_FORBIDDEN),
        ("is there nothing against swapping shifts", Asks.WHETHER_ALLOWED),
        ("nothing stops us swapping shifts, right?", Asks.WHETHER_ALLOWED),
        ("hats in the hall, so that's not banned, right?", Asks.WHETHER_ALLOWED),
        ("lending her my pass isn't against the rules, correct?", Asks.WHETHER_ALLOWED),
        ("so im not barred from the gym?", Asks.WHETHER_ALLOWED),
        ("is it not banned to park here", Asks.WHETHER_FORBIDDEN),
        ("is it ok not to see the lesson out", Asks.WHETHER_EXCUSED),
        ("is ringing in by 7.45 optional", Asks.WHETHER_EXCUSED),
        ("is he too tall for the slide", Asks.WHETHER_FORBIDDEN),
        ("is leaving early off limits", Asks.WHETHER_FORBIDDEN),
        ("are mugs in the hall out of order", Asks.WHETHER_FORBIDDEN),
        ("is the caretaker left out of the rule", Asks.WHETHER_TRUE),
        ("do i decline the lift", Asks.WHETHER_FORBIDDEN),
        ("its raining, am i right that i mustnt use the lift", Asks.WHETHER_FORBIDDEN),
        ("so i cant lend her my pass so that we can swap, right", Asks.WHETHER_FORBIDDEN),
        ("should tutors steer clear of the lift", Asks.WHETHER_FORBIDDEN),
        ("i shouldn't use the lift, should i?", Asks.WHETHER_FORBIDDEN),
        ("i can use the lift, can't i?", Asks.WHETHER_ALLOWED),
        ("you cant use the lift can you", Asks.WHETHER_FORBIDDEN),
        ("i can't use the lift… can i", Asks.WHETHER_FORBIDDEN),
        ("a guest needs a badge doesn't he", Asks.WHETHER_OBLIGED),
        ("a guest needs a badge, doesn't he?", Asks.WHETHER_OBLIGED),
        ("i've to wear a badge, haven't i", Asks.WHETHER_OBLIGED),
        ("does anyone need to agree or can i just do it", Asks.WHETHER_OBLIGED),
        ("need a day off, can i just do it", Asks.WHETHER_ALLOWED),
        ("so i need a day off", Asks.WHETHER_ALLOWED),
        ("can i use the lift or is that not allowed?", Asks.WHETHER_ALLOWED),
        ("do i have to ring in, or is it against the rules", Asks.WHETHER_OBLIGED),
        ("is it a sin to use the lift", Asks.WHETHER_FORBIDDEN),
        ("is it grand to use the lift", Asks.WHETHER_ALLOWED),
        ("is us mug alreet on't desk", Asks.WHETHER_ALLOWED),
        ("he rang. should i?", Asks.WHETHER_TRUE),
        ("is lending my pass to a mate wrong", Asks.WHETHER_FORBIDDEN),
        ("have i gone wrong parking there", Asks.WHETHER_FORBIDDEN),
        ("would lending it break the handbook", Asks.WHETHER_FORBIDDEN),
        ("should i keep my own cups and e-mail off the desk", Asks.WHETHER_FORBIDDEN),
        ("keep the cups off the desk?", Asks.WHETHER_FORBIDDEN),
        ("can the head make me keep my phone out on the desk", Asks.WHETHER_OBLIGED),
        ("she says hats are fine. is she right", Asks.WHETHER_TRUE),
        ("turned down a lift from a dad. was that the right call?", Asks.WHETHER_FORBIDDEN),
        ("was i right to ring the bell", Asks.WHETHER_TRUE),
        ("am i right that i have to ring the bell", Asks.WHETHER_OBLIGED),
        ("am i right in thinking i cant use the lift", Asks.WHETHER_FORBIDDEN),
        ("i can use the lift. is that right?", Asks.WHETHER_ALLOWED),
        ("do i have to keep off social media", Asks.WHETHER_FORBIDDEN),
        ("do i have to wear a tie", Asks.WHETHER_OBLIGED),
        ("must i sign in", Asks.WHETHER_OBLIGED),
        ("do i need to ring in", Asks.WHETHER_OBLIGED),
        ("Don’t I need to ring in?", Asks.WHETHER_OBLIGED),
        ("dont i have to ring in", Asks.WHETHER_OBLIGED),
        ("so i dont have to ring in", Asks.WHETHER_EXCUSED),
        ("can they make me work late", Asks.WHETHER_OBLIGED),
        ("is it wrong if i dont sign in", Asks.WHETHER_OBLIGED),
        ("is it ok not to sign in", Asks.WHETHER_EXCUSED),
        ("ok if i dont sign in", Asks.WHETHER_EXCUSED),
        ("can i film the play if i dont post it", Asks.WHETHER_ALLOWED),
        ("can i skip the training", Asks.WHETHER_EXCUSED),
        ("is the briefing optional", Asks.WHETHER_EXCUSED),
        ("so no need to ring you", Asks.WHETHER_EXCUSED),
        ("is there a car park", Asks.WHETHER_TRUE),
        ("does the school lend laptops", Asks.WHETHER_TRUE),
        ("will i get paid", Asks.WHETHER_TRUE),
        ("what time do i start", Asks.OPEN),
        ("who do i ring if im ill", Asks.OPEN),
        ("where am i allowed to vape", Asks.OPEN),
        ("lost my pass, whos gotta know", Asks.OPEN),
        ("wen is my timesheet due", Asks.OPEN),
        ("can you tell me how long a voucher lasts", Asks.OPEN),
        ("owt agin my own laptop on their wifi", Asks.WHETHER_FORBIDDEN),
        ("is there anythin agin a dad n me swappin numbers", Asks.WHETHER_FORBIDDEN),
        ("i only nip out so not breakin rules if the laptop stays open", Asks.WHETHER_ALLOWED),
        ("14 dogs in one photo, anything wrong with that?", Asks.WHETHER_FORBIDDEN),
        ("a quick look in the stock cupboard, so not breaking rules", Asks.WHETHER_ALLOWED),
        ("thats not against the policy is it", Asks.WHETHER_ALLOWED),
        ("isnt it against the policy", Asks.WHETHER_FORBIDDEN),
        ("nothing stopping me filming the fair?", Asks.WHETHER_ALLOWED),
        ("Ought I to decline?", Asks.WHETHER_FORBIDDEN),
        ("do i gotta say why", Asks.WHETHER_OBLIGED),
        ("do i have to explain why", Asks.WHETHER_OBLIGED),
        ("they sent me home, can you say why", Asks.OPEN),
        ("She asked for my number. Was no the right answer?", Asks.WHETHER_FORBIDDEN),
        ("is it risky to text a mum", Asks.WHETHER_FORBIDDEN),
        ("i filmed assembly on my phone, is that dodgy", Asks.WHETHER_FORBIDDEN),
        ("can i be unprofessional back", Asks.WHETHER_ALLOWED),
        ("mun i wear a tie", Asks.WHETHER_OBLIGED),
        ("so i cannae park there", Asks.WHETHER_FORBIDDEN),
        ("am i no allowed to park there", Asks.WHETHER_FORBIDDEN),
        ("amn't i allowed to park there", Asks.WHETHER_ALLOWED),
        ("ain't we sposed to sign in", Asks.WHETHER_OBLIGED),
        ("r we ment 2 sign in", Asks.WHETHER_OBLIGED),
        ("correct me if i'm wrong but i can't park there", Asks.WHETHER_FORBIDDEN),
        ("correct me if i'm wrong, i have to sign in", Asks.WHETHER_OBLIGED),
        ("is parking there a bad idea", Asks.WHETHER_FORBIDDEN),
        ("should i discourage parents from parking there", Asks.WHETHER_FORBIDDEN),
        ("better not to answer it from the school computer, i take it?", Asks.WHETHER_FORBIDDEN),
        ("is it wise not to reply?", Asks.WHETHER_FORBIDDEN),
        ("best avoid texting her then?", Asks.WHETHER_FORBIDDEN),
        ("is it better to text or not?", Asks.WHETHER_TRUE),
        ("am i forbidden from not signing in", Asks.WHETHER_OBLIGED),
        ("so i can't park there, is that right", Asks.WHETHER_FORBIDDEN),
        ("so i have to park there, have i got that right?", Asks.WHETHER_OBLIGED),
        ("will i get the sack for parking there", Asks.WHETHER_FORBIDDEN),
        ("could parking there cost me my job", Asks.WHETHER_FORBIDDEN),
        ("will i get done for parking there", Asks.WHETHER_FORBIDDEN),
        ("would i get wrong off the school for parking there", Asks.WHETHER_FORBIDDEN),
        ("would it get me told off if i parked there", Asks.WHETHER_FORBIDDEN),
        ("is parking there a sackable offence", Asks.WHETHER_FORBIDDEN),
        ("can i get the boot money", Asks.WHETHER_ALLOWED),
        ("is it taboo to park there", Asks.WHETHER_FORBIDDEN),
        ("is parking there best avoided", Asks.WHETHER_FORBIDDEN),
        ("should parking there be avoided", Asks.WHETHER_FORBIDDEN),
        ("is parking there a big no", Asks.WHETHER_FORBIDDEN),
        ("is parking there off the cards", Asks.WHETHER_FORBIDDEN),
        ("is it bad form to park there", Asks.WHETHER_FORBIDDEN),
        ("would it be a mistake to park there", Asks.WHETHER_FORBIDDEN),
        ("is there a mistake on my timesheet", Asks.WHETHER_TRUE),
        ("is parking there unprofessional", Asks.WHETHER_FORBIDDEN),
        ("bay nine is free, naughty to park there?", Asks.WHETHER_FORBIDDEN),
        ("parking there, not allowed?", Asks.WHETHER_FORBIDDEN),
        ("parking there wouldnt be allowed would it", Asks.WHETHER_FORBIDDEN),
        ("parking there is out, yeah?", Asks.WHETHER_FORBIDDEN),
        ("so no parking there?", Asks.WHETHER_FORBIDDEN),
        ("no working on it till monday, can i park there", Asks.WHETHER_ALLOWED),
        ("fancied parking there, thats not on is it", Asks.WHETHER_FORBIDDEN),
        ("any problem with me parking there", Asks.WHETHER_FORBIDDEN),
        ("is parking at the front a problem", Asks.WHETHER_FORBIDDEN),
        ("would the head object to me parking there", Asks.WHETHER_FORBIDDEN),
        ("would you rather i didnt park there", Asks.WHETHER_FORBIDDEN),
        ("is there a rule that says i cant park there", Asks.WHETHER_FORBIDDEN),
        ("is there a rule about not parking there", Asks.WHETHER_FORBIDDEN),
        ("is there a ban on parking there", Asks.WHETHER_FORBIDDEN),
        ("have we been told not to park there", Asks.WHETHER_FORBIDDEN),
        ("any reason not to park there", Asks.WHETHER_FORBIDDEN),
        ("does the policy say no to parking there", Asks.WHETHER_FORBIDDEN),
        ("is parking there something i shouldnt be doing", Asks.WHETHER_FORBIDDEN),
        ("is it alright to report something i cant prove", Asks.WHETHER_ALLOWED),
        ("does that mean i cant park there", Asks.WHETHER_FORBIDDEN),
        ("does it matter if i park there", Asks.WHETHER_FORBIDDEN),
        ("does a fine rule me out", Asks.WHETHER_FORBIDDEN),
        ("am i prevented from parking there", Asks.WHETHER_FORBIDDEN),
        ("did i slip up by parking there", Asks.WHETHER_FORBIDDEN),
        ("she is 16, is she too young to sign", Asks.WHETHER_FORBIDDEN),
        ("a hundred of us, are we over the limit", Asks.WHETHER_FORBIDDEN),
        ("its been a week, have i missed the boat", Asks.WHETHER_FORBIDDEN),
        ("is it ok to say nothing when ive been paid too much", Asks.WHETHER_EXCUSED),
        ("do i have to ignore the bell", Asks.WHETHER_FORBIDDEN),
        ("do i have to leave the lift to someone else", Asks.WHETHER_FORBIDDEN),
        ("is it wrong not to sign in", Asks.WHETHER_OBLIGED),
        ("is it against the rules to skip signing in", Asks.WHETHER_OBLIGED),
        ("is skipping the briefing banned", Asks.WHETHER_OBLIGED),
        ("is not signing in a problem", Asks.WHETHER_OBLIGED),
        ("would it matter if i didnt sign in", Asks.WHETHER_OBLIGED),
        ("was i supposed to sign in", Asks.WHETHER_OBLIGED),
        ("might i have to sign in", Asks.WHETHER_OBLIGED),
        ("is it a rule that i sign in", Asks.WHETHER_OBLIGED),
        ("is it on me to sign in", Asks.WHETHER_OBLIGED),
        ("is it down to me to sign in", Asks.WHETHER_OBLIGED),
        ("does the office insist on signing in", Asks.WHETHER_OBLIGED),
        ("is there no way round signing in", Asks.WHETHER_OBLIGED),
        ("is signing in non negotiable", Asks.WHETHER_OBLIGED),
        ("is there any way round signing in", Asks.WHETHER_EXCUSED),
        ("is signing in unnecessary", Asks.WHETHER_EXCUSED),
        ("signing in isnt compulsory, is it?", Asks.WHETHER_EXCUSED),
        ("are agency staff excused signing in", Asks.WHETHER_EXCUSED),
        ("do i have a choice about signing in", Asks.WHETHER_EXCUSED),
        ("can i get away with not signing in", Asks.WHETHER_EXCUSED),
        ("can i give the briefing a miss", Asks.WHETHER_EXCUSED),
        ("can i leave my badge off", Asks.WHETHER_EXCUSED),
        ("can signing in be skipped", Asks.WHETHER_EXCUSED),
        ("am i within my rights to refuse a lift", Asks.WHETHER_EXCUSED),
        ("am i within my rights to park there", Asks.WHETHER_ALLOWED),
        ("do i have permission to park there", Asks.WHETHER_ALLOWED),
        ("do i need permission to park there", Asks.WHETHER_OBLIGED),
        ("do you let us park there", Asks.WHETHER_ALLOWED),
        ("does the code permit parking there", Asks.WHETHER_ALLOWED),
        ("will you let me know by friday", Asks.WHETHER_TRUE),
        ("are you fine with me parking there", Asks.WHETHER_ALLOWED),
        ("is parking there above board", Asks.WHETHER_ALLOWED),
        ("is parking there within the rules", Asks.WHETHER_ALLOWED),
        ("can i go before my shift is out", Asks.WHETHER_ALLOWED),
        ("can i park there? i mean, who'd mind?", Asks.WHETHER_ALLOWED),
        ("would it be wrong to park there? yes or no?", Asks.WHETHER_FORBIDDEN),
        ("do i have to sign in? what do you think?", Asks.WHETHER_OBLIGED),
        ("what are the rules?", Asks.OPEN),
        ("she says i'd be told off for parking there. would i? its only five minutes.", Asks.WHETHER_FORBIDDEN),
        ("hats on the night shift are out, are they", Asks.WHETHER_FORBIDDEN),
        ("is it no good if i park there", Asks.WHETHER_FORBIDDEN),
        ("should i be keeping my hands off the bell", Asks.WHETHER_FORBIDDEN),
    ],
)
def test_a_question_is_read_by_its_words_of_asking(question: str, asks: Asks) -> None:
    assert read_question(question).asks is asks
    assert read_question(f"\n {question} ").asks is asks  # what is cut out of a message may have spaces about it


@pytest.mark.parametrize(
    ("question", "states", "lacks"),
    [
        ("my manager agreed, can i leave early", True, False),
        ("ok to leave early with permission", True, False),
        ("can i leave early if ive asked first", True, False),
        ("can i leave early without asking", False, True),
        ("they havent agreed, can i leave early", False, True),
        ("can i leave early", False, False),
    ],
)
def test_an_asker_may_say_that_a_condition_is_met_or_not(question: str, states: bool, lacks: bool) -> None:
    frame = read_question(question)
    assert (frame.states_condition, frame.lacks_condition) == (states, lacks)


def test_what_is_to_be_confirmed_is_not_what_is_allowed() -> None:
    assert reading("so no piggybacks, is that right", "Never carry a pupil.").verdict is None


def test_a_follow_up_asks_what_the_question_before_asked() -> None:
    frame = read_question("what if its raining", before="do i have to wear a hat")
    assert (frame.asks, frame.confident) == (Asks.WHETHER_OBLIGED, False)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("can i game on a sunday", "yes"),
        ("home now, can i game", "yes"),
        ("is gaming banned in the evenings too", "no"),
        ("can i game at lunch", "no"),
        ("can i game in school after the bell", "no"),
    ],
)
def test_a_ban_for_a_part_of_the_day_does_not_reach_past_it(question: str, verdict: str) -> None:
    found = reading(question, "You must not game during the school day.")
    assert (found.verdict, found.certain) == (verdict, True)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("do i have to turn my radio off at home", "no"),
        ("do i have to turn my radio off on saturdays", "no"),
        ("do i have to turn my radio off in class", "yes"),
        ("do i have to turn my radio off", "yes"),
    ],
)
def test_a_duty_at_the_place_of_work_is_none_elsewhere(question: str, verdict: str) -> None:
    found = reading(question, "Turn your radio off while at the school.")
    assert (found.verdict, found.contradicts("yes")) == (verdict, verdict == "no")


def test_who_means_to_leave_be_what_the_rule_says_is_not_left_is_told_no() -> None:
    found = reading("do i keep him out of lessons", "A pupil is not kept out of lessons because a parent is late.")
    assert found.verdict == "no"
    assert reading("do i keep him out of the kitchen", "Pupils may not use the kitchen.").verdict == "yes"


@pytest.mark.parametrize(
    ("question", "sentence", "verdict", "certain"),
    [
        ("is it only parents who can pay", "Anyone may pay.", "no", True),
        ("so is it just in the van that i cant smoke", "Do not smoke in the van or the yard.", "no", True),
        ("is it just the warden who has a key", "Nobody but the warden has a key.", "yes", False),
        ("is it only the lead that can ring", "Only the lead may ring.", "yes", False),
        ("is it just a small fee that i pay", "Everybody pays a fee.", "yes", False),
    ],
)
def test_whether_a_rule_is_for_those_alone_is_yes_only_where_it_says_so(
    question: str, sentence: str, verdict: str, certain: bool
) -> None:
    found = reading(question, sentence)
    assert (found.verdict if verdict == "no" or found.verdict else verdict, found.certain) == (verdict, certain)


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        ("should i keep it to myself if i smell gas", "Report a smell of gas.", "no"),
        ("do i keep quiet if i smell gas", "Tell the office if you smell gas.", "no"),
        ("a drunk lad. do i keep him in the quiet room", "Keep a drunk lad in the quiet room and ring home.", "yes"),
        ("should i keep my password to myself", "Never share a password.", "yes"),
        ("should i keep off the grass", "Report damage to the grass.", "yes"),
    ],
)
def test_what_must_be_told_is_not_kept_to_oneself(question: str, sentence: str, verdict: str) -> None:
    assert reading(question, sentence).verdict == verdict


# --- what follows -------------------------------------------------------------------------

ASKED = {
    Asks.WHETHER_ALLOWED: "can i use the lift",
    Asks.WHETHER_FORBIDDEN: "is it banned to use the lift",
    Asks.WHETHER_OBLIGED: "do i have to use the lift",
    Asks.WHETHER_EXCUSED: "is it ok not to use the lift",
}


@pytest.mark.parametrize(
    ("sentence", "verdicts"),
    [
        ("Never use the lift.", {Asks.WHETHER_ALLOWED: "no", Asks.WHETHER_FORBIDDEN: "yes"}),
        (
            "You may use the lift.",
            {Asks.WHETHER_ALLOWED: "yes", Asks.WHETHER_FORBIDDEN: "no", Asks.WHETHER_OBLIGED: "no"},
        ),
        ("You must use the lift.", {Asks.WHETHER_OBLIGED: "yes", Asks.WHETHER_EXCUSED: "no"}),
        ("You need not use the lift.", {Asks.WHETHER_OBLIGED: "no", Asks.WHETHER_EXCUSED: "yes"}),
    ],
)
def test_the_same_rule_answers_each_way_of_asking(sentence: str, verdicts: dict[Asks, str]) -> None:
    readings = {asks: reading(ASKED[asks], sentence) for asks in verdicts}
    assert {asks: found.verdict for asks, found in readings.items()} == verdicts
    assert all(found.certain for found in readings.values())


def test_never_above_a_list_forbids_its_items() -> None:
    assert read_norms("a watch", "Never:")[0].force is Force.FORBIDDEN


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        ("can i use the lathe alone", "The lathe may only be used with an adult present.", "no"),
        ("can i use the lathe with a mate watching", "The lathe may only be used with another person present.", "yes"),
        ("can i use the lathe with a mate", "Never use the lathe alone.", "yes"),
        ("can i use the lathe with a mate", "You must not be alone with the lathe.", "yes"),
        ("can i use the band saw on my own", "You must not use the band saw alone.", "no"),
        ("can i use the band saw if there's someone with me", "You must not use the band saw alone.", "yes"),
        ("can the two of us go up the tower", "Always go up the tower in pairs.", "yes"),
        ("can i go up the tower by myself", "Always go up the tower in pairs.", "no"),
    ],
)
def test_whether_one_is_alone_is_held_against_the_rule(question: str, sentence: str, verdict: str) -> None:
    assert reading(question, sentence).verdict == verdict


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        ("can i light a fire on a sunday", "Fires are allowed on Saturdays.", "no"),
        ("can i light a fire on saturday", "Fires are allowed on Saturdays.", "yes"),
        ("can i park there on a tuesday", "You must not park there at weekends.", "yes"),
        ("can i park there on sunday", "You must not park there at weekends.", "no"),
        ("do i need to sign in on thursday", "You need not sign in on Fridays.", "yes"),
        ("can i use the drill on a wednesday", "Drills may be used except on Sundays.", "yes"),
        ("can i use the drill on a sunday", "Drills may be used except on Sundays.", "no"),
        ("can i hand it in on monday", "You may hand it in by Friday.", "yes"),
        ("ok on a bank holiday monday", "Fires are banned on Sundays and bank holidays.", "no"),
        ("ok on a bank holiday monday", "Fires are allowed on Tuesdays.", "yes"),
    ],
)
def test_a_day_of_the_week_is_held_against_those_of_the_rule(question: str, sentence: str, verdict: str) -> None:
    assert reading(question, sentence).verdict == verdict


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        ("can i light one in june", "Fires must not be lit until 1 May.", "yes"),
        ("can i light one in april", "Fires must not be lit until 1 May.", "no"),
        ("can i leave it up in march", "A wreath may stay up until 31 January.", "no"),
        ("can i leave it up on 20 january", "A wreath may stay up until 31 January.", "yes"),
        ("can i put up a stone after 2 months", "No stone may be put up until six months after a burial.", "no"),
        ("can i put up a stone after 8 months", "No stone may be put up until six months after a burial.", "yes"),
    ],
)
def test_what_runs_until_a_date_has_ended_after_it(question: str, sentence: str, verdict: str) -> None:
    assert reading(question, sentence).verdict == verdict


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        ("can a guest stay for a week", "Guests may stay for one night.", "no"),
        ("can a guest stay for one night", "Guests may stay for one night.", "yes"),
        ("can i book the hall for four hours", "You may book the hall for two hours.", "no"),
        ("can i leave with four weeks notice", "You may leave on two weeks' notice.", "yes"),
        ("im 15, can i help", "Children may start at twelve.", "yes"),
    ],
)
def test_a_permission_for_less_gives_no_more(question: str, sentence: str, verdict: str) -> None:
    assert reading(question, sentence).verdict == verdict


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        ("arent i allowed to ask for tips", "You may not ask for tips.", "no"),
        ("can i eat in ward 3", "Do not eat, other than on Ward 7.", "no"),
        ("can i eat on ward 7", "Do not eat, other than on Ward 7.", "yes"),
        ("guest till 9 pm ok", "Guests are fine before 8 pm.", "no"),
        ("guest till 7 pm ok", "Guests are fine before 8 pm.", "yes"),
        ("will i get in trouble for a late slip", "You will not get into trouble for a late slip.", "no"),
        ("will i get the sack for a late slip", "Nobody is disciplined for a late slip.", "no"),
        ("will i get the sack for a late slip", "Whoever hands in a late slip is dismissed.", "yes"),
        ("will i get the sack for a late slip", "A late slip may lead to dismissal.", "yes"),
        ("will i get done for a late slip", "A slip may be handed in late without penalty.", "no"),
        ("five hundred of us, are we over the limit", "There is no limit to numbers.", "no"),
        ("is it wrong to bring ten guests", "There is no limit to guests.", "no"),
        ("does a fine stop me applying", "A fine does not stop you from applying.", "no"),
        ("can i apply with a fine", "A fine does not bar you from applying.", "yes"),
    ],
)
def test_names_times_and_sanctions_are_held_against_those_of_the_rule(
    question: str, sentence: str, verdict: str
) -> None:
    assert features(read_question(question), read_norms(sentence))[f"leans_{verdict}"] == 1.0


LENT = "You may lend a tablet if the bursar has signed for it."
PINNED = "Protect your phone with a PIN at work and never have it visible in class."
KEPT = "Turn off your radio in the ward, and wear a badge – it must show."


@pytest.mark.parametrize(
    ("question", "sentence", "verdict", "because"),
    [
        ("can i share my password", "Never share a password.", "no", "Never"),
        ("can i share my password", "You mustn’t share a password.", "no", "mustn’t"),
        ("can i lend a tablet, the bursar has signed for it", LENT, "yes", "may"),
        ("can i lend a tablet, the bursar has not signed for it", LENT, "no", "if the bursar has signed for it"),
        (
            "can i feed the dog, the owner asked",
            "Never feed a dog unless its owner asks.",
            "yes",
            "unless its owner asks",
        ),
        ("can i stay for five nights", "Guests may stay for two nights.", "no", "Guests may stay for two nights."),
        ("do i have to turn off my radio", KEPT, "yes", "Turn off your radio in the ward"),
        ("must i use a pin", PINNED, "yes", "Protect your phone with a PIN at work"),
        ("can i have it out in class", PINNED, "no", "never"),
        (
            "are scripts kept in the safe",
            "Scripts are not kept in the safe.",
            "no",
            "Scripts are not kept in the safe.",
        ),
    ],
)
def test_the_reason_names_the_words_that_decide(question: str, sentence: str, verdict: str, because: str) -> None:
    """A yes is never for the sake of the word that forbids, nor an instruction a verb alone."""
    found = reading(question, sentence)
    assert (found.verdict, found.because) == (verdict, f"the handbook says “{because}”")


ACTS = st.sampled_from(["share a password", "text a parent", "wear jeans", "park at the front", "bring a guest"])
RULES = st.sampled_from(["Never {}.", "You must not {}.", "You may {}.", "You are welcome to {}.", "Please do not {}."])
OPPOSITES = st.sampled_from(
    [
        ("can i {}", "is it banned to {}"),
        ("am i allowed to {}", "is it against the rules to {}"),
        ("is it ok to {}", "would i get in trouble if i {}"),
    ]
)


@given(ACTS, RULES, OPPOSITES)
def test_asking_the_opposite_turns_yes_and_no_round(act: str, ruling: str, questions: tuple[str, str]) -> None:
    asked, turned = (reading(question.format(act), ruling.format(act)) for question in questions)
    assert {asked.verdict, turned.verdict} == {"yes", "no"}
    assert asked.because == turned.because


@given(ACTS, st.sampled_from(["You must {}.", "You need not {}.", "Please {}."]))
def test_what_one_must_do_one_may_not_leave_out(act: str, ruling: str) -> None:
    obliged, excused = (reading(q.format(act), ruling.format(act)) for q in ("do i have to {}", "ok if i dont {}"))
    assert {obliged.verdict, excused.verdict} == {"yes", "no"}


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("can i leave early", "conditional"),
        ("my manager agreed, can i leave early", "yes"),
        ("they havent agreed, can i leave early", "no"),
    ],
)
def test_a_condition_is_answered_by_what_the_asker_says_of_it(question: str, verdict: str) -> None:
    assert reading(question, "You may leave early if your manager has agreed.").verdict == verdict


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("do i need approval for an £80 purchase", "yes"),
        ("do i need approval for a £30 purchase", "no"),
        ("is it ok not to have approval for an £80 purchase", "no"),
        ("can i make a purchase of £30", "yes"),
        ("can i make a purchase of £80", "conditional"),
        ("the treasurer approved it, can i make a purchase of £80", "yes"),
        ("can i make a purchase", "conditional"),
    ],
)
def test_an_exception_to_needing_approval_lifts_the_need_and_forbids_nothing(question: str, verdict: str) -> None:
    sentence = "Purchases need the treasurer's approval unless they cost less than £50."
    assert reading(question, sentence).verdict == verdict


@pytest.mark.parametrize(
    ("question", "verdict"),
    [("im 16, can i leave", "conditional"), ("im 20, can i leave", "yes"), ("im 16, do i need permission", "yes")],
)
def test_an_occasion_of_needing_permission_says_when_it_is_needed(question: str, verdict: str) -> None:
    assert reading(question, "If under 18, you need the head's permission to leave.").verdict == verdict


def test_a_duty_until_somebody_agrees_is_a_duty() -> None:
    assert rule("Helmets must be worn unless the head has agreed.").force is Force.OBLIGED


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("can i bring a guest", "conditional"),
        ("can i bring 3 guests", "yes"),
        ("can i bring 6 guests", "no"),
        ("can i bring six guests", "no"),
    ],
)
def test_a_number_is_held_against_the_limit(question: str, verdict: str) -> None:
    assert reading(question, "You may bring up to four guests.").verdict == verdict


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("can i keep 5 hens", "no"),
        ("can i keep 3 hens", "yes"),
        ("my 5 kids love eggs, can i keep hens", "conditional"),
    ],
)
def test_a_bare_limit_is_of_what_the_rule_speaks_of(question: str, verdict: str) -> None:
    assert reading(question, "Hens may be kept in a garden, up to four.").verdict == verdict


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        ("can i let 4 kids out at once", "No more than two pupils may leave the room at once.", "no"),
        ("can i have 8 pupils in the kitchen", "At most six children may be in the kitchen.", "no"),
        ("can my group have 12 students", "A group may have up to 15 pupils.", "yes"),
        ("can i bring 8 children", "Children may come along, up to six.", "no"),
        ("can i bring 8 kids", "Children may come along, up to six.", "no"),
        ("can i bring 20 guests", "A group may have up to 15 pupils.", "conditional"),
    ],
)
def test_those_who_are_taught_are_counted_under_any_name(question: str, sentence: str, verdict: str) -> None:
    assert reading(question, sentence).verdict == verdict


def test_a_permission_for_two_is_not_relied_on_for_three() -> None:
    rule = "You can have two day passes."
    assert [reading(f"can i have {n} day passes", rule).certain for n in ("two", "three")] == [True, False]


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        ("can i return the keys at 5 pm", "Return keys no later than 6 pm.", "yes"),
        ("can i return the keys at 7 pm", "Return keys no later than 6 pm.", "no"),
        ("is it banned to return the keys at 5 pm", "Return keys no later than 6 pm.", "no"),
        ("can i return a book after 3 weeks", "Books must be returned within 30 days.", "yes"),
        ("do i have to return a book after 3 weeks", "Books must be returned within 30 days.", "yes"),
        ("can i bring a 3 kg bag", "Bags over 5 kg must be weighed.", "yes"),
        ("do i have to weigh a 3 kg bag", "Bags over 5 kg must be weighed.", "no"),
    ],
)
def test_within_the_limit_of_a_duty_one_may_and_past_it_one_may_not(question: str, sentence: str, verdict: str) -> None:
    assert reading(question, sentence).verdict == verdict


@pytest.mark.parametrize(
    ("question", "sentence", "doubted"),
    [
        ("can i return a book after 5 weeks", "Books must be returned within 30 days.", frozenset()),
        ("can we keep recordings for 4 months", "Recordings are deleted within three months.", frozenset()),
        ("im 20, can i use the pool", "Staff under 18 may not use the pool.", {"no"}),
    ],
)
def test_past_the_limit_of_an_act_a_no_is_right(question: str, sentence: str, doubted: set[str]) -> None:
    assert outside(read_question(question), read_norms(sentence)) == doubted


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        ("can i work 70 hours", "If you have signed an opt-out, you may go up to 65 hours.", "no"),
        ("can i work 60 hours", "If you have signed an opt-out, you may go up to 65 hours.", "conditional"),
        ("can i spend £600", "An item may cost up to £300, or up to £900 where two managers agree.", "conditional"),
        ("hes 16, can i text him", "Pupils of 16 or over may be texted if a parent agrees.", "conditional"),
        (
            "can i lift 22 kg at waist height",
            "You may lift up to 20 kg from the floor, up to 25 kg at waist height.",
            "yes",
        ),
        (
            "can i lift 22 kg from the floor",
            "You may lift up to 20 kg from the floor, up to 25 kg at waist height.",
            "no",
        ),
    ],
)
def test_a_limit_holds_beside_a_condition_and_beside_another(question: str, sentence: str, verdict: str) -> None:
    assert reading(question, sentence).verdict == verdict


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        ("im 17 can i join", "You can join if you are 18 or over and can show a bill.", "no"),
        ("im 19 can i join", "You can join if you are 18 or over and can show a bill.", "conditional"),
        ("im 17 can i join", "You can join if you are 18 or over or a member and pay.", "conditional"),
        ("35m rope ok?", "A rope may be used if it is at least 40 metres long and under five years old.", "no"),
        (
            "45m rope ok?",
            "A rope may be used if it is at least 40 metres long and under five years old.",
            "conditional",
        ),
        ("my sons 15, can he lead", "Only over-16s may lead.", "no"),
        ("shes 14, can she help on a friday", "Under-16s may help on Saturdays only.", "conditional"),
        (
            "can i freeze it for 5 months",
            "You may freeze it for up to three months, and for longer if you are hurt.",
            "conditional",
        ),
        ("can i freeze it for 5 months", "You may freeze it for up to three months if you are hurt.", "no"),
        ("can two of us share a card", "A card may be shared between two named people.", "yes"),
        ("can i bring 5 guests", "Guests are welcome, four at most.", "no"),
        ("can i bring 3 guests", "Guests are welcome, four at most.", "yes"),
        ("can we have 5 students", "How many students can we have? Up to four at a time.", "no"),
        ("three times a week ok?", "May we give them a ready meal? Up to twice a week.", "no"),
        ("once a week ok?", "May we give them a ready meal? Up to twice a week.", "yes"),
    ],
)
def test_who_fails_one_of_several_conditions_may_not(question: str, sentence: str, verdict: str) -> None:
    assert reading(question, sentence).verdict == verdict


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        (
            "im a member, do i have to wear a helmet",
            "Helmets are required for guests and recommended to members.",
            "no",
        ),
        (
            "im a guest, do i have to wear a helmet",
            "Helmets are required for guests and recommended to members.",
            "yes",
        ),
        ("do helpers need a hat", "Hats are optional for visitors but compulsory for helpers.", "yes"),
        ("do visitors need a hat", "Hats are optional for visitors but compulsory for helpers.", "no"),
        ("do i have to do the course", "The course is optional and recommended for beginners.", "no"),
    ],
)
def test_a_rule_for_some_and_its_half_for_others_are_two(question: str, sentence: str, verdict: str) -> None:
    assert reading(question, sentence).verdict == verdict


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        ("can i keep a £20 gift card", "Cash of up to £10 may be accepted; a larger sum must be declined.", "no"),
        ("must i say no to a fiver", "Cash of up to £10 may be accepted; a larger sum must be declined.", "no"),
        (
            "must i explain a gap of 2 months",
            "Gaps longer than 28 days must be explained; shorter ones need not be.",
            "yes",
        ),
        (
            "must i explain a gap of 2 weeks",
            "Gaps longer than 28 days must be explained; shorter ones need not be.",
            "no",
        ),
    ],
)
def test_of_two_clauses_on_either_side_of_a_limit_the_one_for_the_askers_amount_rules(
    question: str, sentence: str, verdict: str
) -> None:
    assert reading(question, sentence).verdict == verdict


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        ("hes 10 minutes late, can i let him in", "Let anyone in who is up to 30 minutes late.", "yes"),
        ("can he keep his watch on", "Let candidates keep an ordinary watch on.", "yes"),
        ("do i have to tell the office", "Let the yard office know the result.", "yes"),
        ("can i put something underneath", "Nothing goes underneath, bar a folded pushchair.", "conditional"),
        ("can my folded pushchair go underneath", "Nothing goes underneath, bar a folded pushchair.", "yes"),
    ],
)
def test_to_let_somebody_is_leave_and_bar_is_an_exception(question: str, sentence: str, verdict: str) -> None:
    assert reading(question, sentence).verdict == verdict


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        ("no name shows on it. can i post the picture", "Pictures may be posted provided that no name shows.", "yes"),
        ("her name shows on it. can i post the picture", "Pictures may be posted provided that no name shows.", "no"),
        ("ive no bank account, can i have a card", "If you do not have a bank account, you can ask for a card.", "yes"),
        (
            "ive got a bank account, can i have a card",
            "If you do not have a bank account, you can ask for a card.",
            "no",
        ),
        ("its wet, can i cycle in", "You may cycle in, but not in the wet.", "no"),
        ("sticker says no neighbour, can i leave it", 'You may leave it unless the label says "no neighbour".', "no"),
        ("its no deeper than 45 cm. ok to dig a pond", "A pond may be dug if it is no deeper than 45 cm.", "yes"),
    ],
)
def test_a_condition_that_denies_is_met_by_who_denies(question: str, sentence: str, verdict: str) -> None:
    assert reading(question, sentence).verdict == verdict


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        ("found nits, does she have to go home", "Head lice don't mean they're sent home.", "no"),
        ("do i have to do break duty", "Agency teachers are not put on break duty.", "no"),
        ("can i skip break duty", "Agency teachers are not put on break duty.", "yes"),
        ("do i still have to get a check", "The update service does not replace the check.", "yes"),
        ("can i skip the check as ive been away", "Maternity leave is no exception.", "no"),
        (
            "must sealed food go in the bin too",
            "Food that has touched the floor goes in the bin, packaged or not.",
            "yes",
        ),
        ("does my phone have to be switched off", "Phones stay switched off, not merely silent.", "yes"),
        ("do i have to plug in the van", "A van is left on charge at the end of every shift.", "yes"),
        ("lost my pass, will i have to pay", "A lost pass costs £5.", "yes"),
        ("is the pass lost if i leave", "The pass is lost when you leave.", "no"),
    ],
)
def test_what_is_not_done_is_no_duty_but_what_frees_nobody_is(question: str, sentence: str, verdict: str) -> None:
    assert reading(question, sentence).verdict == verdict


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("got a blue badge, can i park on a tenants drive", "yes"),
        ("the tools im carrying are heavy, can i park on a tenants drive", "yes"),
        ("can i park on a tenants drive", "conditional"),
    ],
)
def test_of_two_exceptions_one_will_do(question: str, verdict: str) -> None:
    rule = "Do not park on a tenant's drive unless you hold a Blue Badge or are carrying heavy tools."
    assert reading(question, rule).verdict == verdict


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("can i wear football boots on the pitch", "yes"),
        ("can i wear walking boots on the pitch", "conditional"),
        ("can i wear boots on the pitch", "conditional"),
    ],
)
def test_what_a_ban_names_does_not_say_that_its_exception_is_so(question: str, verdict: str) -> None:
    assert reading(question, "No boots are allowed on the pitch, except football boots.").verdict == verdict


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        (
            "i am a coach, can i coach my clients here",
            "Coaches may not coach unless they have signed our coach terms.",
            "conditional",
        ),
        (
            "ive signed your terms, can i coach here",
            "Coaches may not coach unless they have signed our coach terms.",
            "yes",
        ),
    ],
)
def test_words_of_the_ban_say_nothing_of_what_lifts_it(question: str, sentence: str, verdict: str) -> None:
    assert reading(question, sentence).verdict == verdict


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        ("can i bring 10 bags", "No limit on the number of bags.", "yes"),
        ("im 80, can i volunteer", "There is no upper age limit for volunteers.", "yes"),
        ("is there an upper age limit", "There is no upper age limit for volunteers.", "no"),
        ("can i wear jeans", "No dress code.", "yes"),
        ("do i have to pay for parking", "No charge for parking.", "no"),
        ("do i have to leave a deposit", "No deposit is taken.", "no"),
        ("can i pay the deposit now", "No deposit is to be paid before approval.", "no"),
        ("can i take a fee", "No fee may be taken from a parent.", "no"),
        ("can i smoke", "No smoking.", "no"),
    ],
)
def test_to_deny_a_limit_or_a_cost_forbids_nothing(question: str, sentence: str, verdict: str) -> None:
    assert reading(question, sentence).verdict == verdict


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        (
            "can i explain a clue to a guest",
            "Never explain a clue, nor read one aloud, except to a guest who asks.",
            "no",
        ),
        (
            "can i read one aloud to a guest",
            "Never explain a clue, nor read one aloud, except to a guest who asks.",
            "yes",
        ),
        (
            "can i go in the second week",
            "Do not go in the first four weeks, nor in the last unless the head agrees.",
            "no",
        ),
        ("can i bring a bag", "No phones, bags or food, except water.", "no"),
        ("can i bring water", "No phones, bags or food, except water.", "yes"),
        ("can i bring food", "No phones, bags or food, except water.", "conditional"),
        ("can i use a pump", "Hoses, pumps and taps must not be used, except hoses for filling butts.", "no"),
        ("can i knit", "You must not read, knit or use a phone, other than the club's own.", "no"),
        ("can i use a phone", "You must not read, knit or use a phone, other than the club's own.", "conditional"),
        (
            "can i fly a drone",
            "No one may play music or fly a drone, save that music may be played at a funeral.",
            "no",
        ),
        (
            "can i play music",
            "No one may play music or fly a drone, save that music may be played by us.",
            "conditional",
        ),
        ("can i bring my dog", "No dogs or cats may be brought, save that guide dogs may come in.", "conditional"),
    ],
)
def test_an_exception_to_the_last_of_several_acts_lifts_no_other(question: str, sentence: str, verdict: str) -> None:
    assert reading(question, sentence).verdict == verdict


@pytest.mark.parametrize(
    ("question", "sentence", "lead_in", "verdict"),
    [
        ("can i use my phone for calls", "You may use your phone at break, though not for calls.", "", "no"),
        ("can i use my phone at break", "You may use your phone at break, though not for calls.", "", "yes"),
        ("can i swim in the lake", "Swimming is allowed, although not in the lake.", "", "no"),
        ("can i charge him", "You can charge him, though not before you have asked.", "", "conditional"),
        ("can i read a newspaper", "Newspapers are not.", "What you may bring", "no"),
        ("can i read a book", "Books for quiet hours.", "What you may bring", "yes"),
        ("do i get pay", "What you don't get: pay, travel money or a meal.", "", "no"),
        ("do i get pay", "pay", "You will not get:", "no"),
        ("is my mother in law a close relative", "It includes step-relations but not in-laws.", "", "no"),
    ],
)
def test_what_is_taken_out_is_not_given(question: str, sentence: str, lead_in: str, verdict: str) -> None:
    assert settle(read_question(question), read_norms(sentence, lead_in)).verdict == verdict


def test_the_norm_that_shares_words_with_the_question_settles_it() -> None:
    sentence = "You may film the rehearsal, but you must not film the audience at all."
    assert reading("can i film the audience", sentence).verdict == "no"
    assert reading("can i film the rehearsal", sentence).verdict == "yes"


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        ("can i take the bus", "Do not drive yourself; take the bus or walk.", "yes"),
        ("can i drive myself", "Do not drive yourself; take the bus or walk.", "no"),
        ("can i have tea in the hall", "Food is not allowed in the hall; tea with a lid is.", "yes"),
        ("can i eat food in the hall", "Food is not allowed in the hall; tea with a lid is.", "no"),
        ("missed 2 talks, can i vote", "Anyone who has missed more than three talks may not vote.", "yes"),
        ("missed 5 talks, can i vote", "Anyone who has missed more than three talks may not vote.", "no"),
    ],
)
def test_what_is_offered_instead_of_what_is_banned_is_allowed(question: str, sentence: str, verdict: str) -> None:
    assert reading(question, sentence).verdict == verdict


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("can i vape", "Never vape on site.", Reading("no", "the handbook says “Never”", True)),
        ("when does it open", "It opens at nine.", Reading("info", "the question asks “when does it”", True)),
        (
            "can i park",
            "You may park if you have a permit.",
            Reading("conditional", "it depends: “if you have a permit”", True),
        ),
    ],
)
def test_a_reading_says_why(question: str, sentence: str, expected: Reading) -> None:
    assert reading(question, sentence) == expected


def test_under_a_list_stem_the_stem_is_the_reason() -> None:
    found = settle(read_question("can i eat in the lab"), read_norms("eat in the lab", "You must not:"))
    assert found == Reading("no", "the handbook says “must not”", True)


def test_without_norms_nothing_can_be_said() -> None:
    assert settle(read_question("can i vape"), ()) == Reading(None, "the handbook says nothing that settles it", False)


@pytest.mark.parametrize(
    ("verdict", "question", "sentence", "contradicted"),
    [
        ("yes", "can i vape", "Never vape on site.", True),
        ("no", "can i vape", "Never vape on site.", False),
        ("conditional", "can i vape", "Never vape on site.", False),
        ("yes", "can i park", "You may park if you have a permit.", False),
        ("no", "when does it open", "It opens at nine.", False),
        ("no", "is the gym warm", "The gym is heated.", False),
    ],
)
def test_only_a_certain_yes_or_no_contradicts(verdict: str, question: str, sentence: str, contradicted: bool) -> None:
    assert contradicts(verdict, read_question(question), read_norms(sentence)) is contradicted


# --- for a learned judge ------------------------------------------------------------------


@given(st.text(max_size=200), st.lists(st.text(max_size=200), max_size=3))
def test_features_have_the_same_keys_and_lie_between_nought_and_one(question: str, sentences: list[str]) -> None:
    found = features(read_question(question), [norm for sentence in sentences for norm in read_norms(sentence)])
    assert list(found) == list(features(read_question(""), ()))
    assert all(0.0 <= value <= 1.0 for value in found.values())


@pytest.mark.parametrize(
    "text", ["if " * 100_000, "can i " * 100_000, "no " * 100_000, "a" * 1_000_000, "only, " * 50_000]
)
def test_the_longest_nonsense_is_read_at_once(text: str) -> None:
    began = time.process_time()
    read_norms(text)
    read_question(text)
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("stem", "item", "condition", "exception"),
    [
        ("You may borrow one if:", "you have signed; and", "if you have signed", None),
        ("Do not leave the desk unless:", "a colleague has taken over;", None, "unless a colleague has taken over"),
        ("Do not leave the desk unless", "the alarm sounds", None, "unless the alarm sounds"),
        ("You must tell us if:", "you move house", None, None),
    ],
)
def test_below_an_if_stands_what_a_leave_or_a_ban_hangs_on(
    stem: str, item: str, condition: str | None, exception: str | None
) -> None:
    norm = rule(item, stem)
    assert (norm.condition, norm.exception) == (condition, exception)


@pytest.mark.parametrize(
    ("sentence", "question", "verdict"),
    [
        ("Seniors may use the iron. Never alone.", "im a senior can i use the iron alone", "no"),
        ("Bikes may be left in the hall. Not overnight.", "can i leave my bike in the hall overnight", "no"),
        ("Bikes may be left in the hall. Only at weekends.", "can i leave a bike in the hall", None),
        ("Shoes must be worn. Exception: the mats.", "do i have to wear shoes on the mats", "no"),
    ],
)
def test_a_fragment_limits_what_stands_before_it(sentence: str, question: str, verdict: str | None) -> None:
    assert settle(read_question(question), read_norms(sentence)).verdict == verdict


@pytest.mark.parametrize(
    ("row", "forces"),
    [
        ("Headphones: Not allowed", [Force.FORBIDDEN]),
        ("Item: Shorts; Visitors: Allowed; Agency: Not allowed", [Force.STATED, Force.ALLOWED, Force.FORBIDDEN]),
        (
            "Area: Press; Gloves: Required; Phone in break area: Optional",
            [Force.STATED, Force.OBLIGED, Force.NOT_OBLIGED],
        ),
        ("No.: 6; Who may use it: Nobody under 18", [Force.STATED, Force.FORBIDDEN]),
        ("Load: 16 to 25 kg; One person: No; Ticket needed: No", [Force.STATED, Force.FORBIDDEN, Force.NOT_OBLIGED]),
        ("Shift: Over 6 hours; Paid?: Yes", [Force.STATED, Force.STATED]),
        ("Boat: Dinghy; Summer: not available; Winter: £90", [Force.STATED, Force.FORBIDDEN, Force.STATED]),
        ("Age: Five; Residents: no charge; Others: £90", [Force.STATED, Force.NOT_OBLIGED, Force.STATED]),
        ("At home: sessions in a bedroom are not allowed", [Force.STATED, Force.FORBIDDEN]),
    ],
)
def test_a_cell_is_read_under_the_name_of_its_column(row: str, forces: list[Force]) -> None:
    assert [norm.force for norm in read_norms(row)] == forces


def test_of_a_row_the_column_that_is_asked_of_counts() -> None:
    row = read_norms("Item: Shorts; Permanent staff: Allowed from May to September; Agency staff: Not allowed")
    assert settle(read_question("im agency, can i wear shorts"), row).verdict == "no"
    assert settle(read_question("can permanent staff wear shorts"), row).verdict == "conditional"


def test_a_permission_is_relied_on_only_where_the_question_speaks_of_all_of_it() -> None:
    rule = "You may wear a hoodie in class on muddy Fridays."
    asked = ("can i wear a hoodie", "can i wear a hoodie in class, its a muddy friday")
    assert [(reading(question, rule).verdict, reading(question, rule).certain) for question in asked] == [
        ("yes", False),
        ("yes", True),
    ]
