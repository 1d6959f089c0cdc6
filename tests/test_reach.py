"""A rule reaches no further than its words: what only shares some of them is not settled by it."""

from __future__ import annotations

import pytest

from qa.conditions import is_off_duty
from qa.frames import read_question
from qa.norms import read_norms
from qa.people import speaks_of_others
from qa.reach import tells_nothing_asked, unreached

BOTH = {"yes", "no"}


def held_back(sentence: str, question: str, stands_under: str = "") -> set[str]:
    """The verdicts that a sentence does not give to a question."""
    return set(unreached(question, read_question(question), read_norms(sentence, stands_under), stands_under))


@pytest.mark.parametrize(
    ("sentence", "question", "verdicts"),
    [
        ("If you post your opinions online, say that they are yours.", "do i have to post my opinions online", {"yes"}),
        ("If you post your opinions online, say that they are yours.", "must i say that my posts are mine", set()),
        ("When you drive to a client, keep the receipt.", "do i have to drive to a client", {"yes"}),
        ("When you drive to a client, keep the receipt.", "do i have to keep the receipt", set()),
        ("Always lock the till if you are walking away and always sign out.", "do i have to walk away", {"yes"}),
        ("Always lock the till if you are walking away and always sign out.", "do i have to sign out", set()),
        ("You must report a fall within a day.", "do i have to report a fall", set()),
    ],
)
def test_the_occasion_of_a_duty_is_no_duty(sentence: str, question: str, verdicts: set[str]) -> None:
    assert held_back(sentence, question) == verdicts


@pytest.mark.parametrize(
    ("sentence", "question", "verdicts"),
    [
        ("If you open a bad site by accident, leave it at once.", "am i in trouble if i open a bad site", {"yes"}),
        ("If you open a bad site by accident, leave it at once.", "is it wrong to leave the bad site", set()),
        ("Never open a bad site.", "am i in trouble if i open a bad site", set()),
        ("Parents should be encouraged to use the office.", "do parents have to use the office", {"yes"}),
        ("Parents have to use the office.", "do parents have to use the office", set()),
    ],
)
def test_no_ban_and_no_duty_where_none_is_spoken_of(sentence: str, question: str, verdicts: set[str]) -> None:
    assert held_back(sentence, question) == verdicts


@pytest.mark.parametrize(
    ("sentence", "question", "verdicts"),
    [
        ("Crayons come under the same rule as pens.", "are crayons treated differently", {"yes"}),
        ("Crayons come under the same rule as pens.", "are crayons different from pens", {"yes"}),
        ("Pens are banned, and that covers your own.", "are my own pens exempt", {"yes"}),
        ("Pens are banned, and that covers your own.", "are my own pens banned", set()),
        ("Pens are banned, but not your own.", "are my own pens exempt", set()),
        ("Crayons come under the same rule as pens.", "do i need a different pen", set()),
    ],
)
def test_what_a_rule_is_widened_to_is_not_left_out_of_it(sentence: str, question: str, verdicts: set[str]) -> None:
    assert held_back(sentence, question) == verdicts


@pytest.mark.parametrize(
    ("sentence", "question", "stands_under", "verdicts"),
    [
        (
            "Within one month of joining.",
            "can i leave the pension in my first month",
            "When do I join the pension?",
            BOTH,
        ),
        ("On your first day.", "do i have to hand my laptop in on my first day", "When do I get my laptop?", BOTH),
        ("At the front desk.", "can i smoke at the front desk", "Where do I sign in?", BOTH),
        ("At the front desk.", "must i sign in at the front desk", "Where do I sign in?", set()),
        ("After three months.", "can i take leave after three months", "When may leave be taken?", set()),
        ("After six months.", "does probation end after six months", "When does probation end?", set()),
        ("Never on the first day.", "can i leave on the first day", "When do I join the pension?", set()),
        ("On Fridays.", "can i leave on fridays", "Can I leave early?", set()),
    ],
)
def test_when_one_thing_is_done_does_not_say_whether_another_may_be(
    sentence: str, question: str, stands_under: str, verdicts: set[str]
) -> None:
    assert held_back(sentence, question, stands_under) == verdicts


@pytest.mark.parametrize(
    ("sentence", "question", "stands_under", "verdicts"),
    [
        ("It is paid on top.", "is holiday pay included", "Is holiday pay part of the rate?", {"yes"}),
        ("It is paid separately.", "is overtime part of the salary", "Is overtime part of the salary?", {"yes"}),
        ("They’re closed.", "are the gates open at 6", "Are the gates open at 6?", {"yes"}),
        ("It is paid on top.", "is holiday pay paid on top", "Is holiday pay part of the rate?", set()),
        ("It is paid weekly.", "is overtime paid", "Is overtime paid?", set()),
        ("It is free.", "is parking free for visitors", "Is there parking?", set()),
        ("It is paid on top.", "do i get holiday pay", "How is holiday pay worked out?", set()),
        ("Yes, it is paid on top.", "do i get holiday pay", "Is there holiday pay?", set()),
    ],
)
def test_a_few_words_that_say_what_else_a_thing_is_are_no_yes(
    sentence: str, question: str, stands_under: str, verdicts: set[str]
) -> None:
    assert held_back(sentence, question, stands_under) == verdicts


@pytest.mark.parametrize(
    ("sentence", "question", "verdicts"),
    [
        ("A keyboard of your own is welcome, but do not use your own computer.", "can i use my own keyboard", {"no"}),
        ("A keyboard of your own is welcome, but do not use your own computer.", "can i use my own computer", {"yes"}),
        ("You may wear your own shoes; do not wear your own helmet.", "can i wear my own shoes", {"no"}),
        ("Your own car may be used; your own van may not.", "can i use my own van", {"yes"}),
        ("You need not bring your own food, but you must bring your own cup.", "must i bring my own food", {"yes"}),
        ("You may wear your own shoes; do not wear your own helmet.", "can i wear my own trainers", set()),
        ("You may use your own phone, but never use your own phone in class.", "can i use my own phone", set()),
        ("Do not use your own computer.", "can i use my own laptop", set()),
    ],
)
def test_what_is_said_of_another_thing_of_ones_own_settles_nothing(
    sentence: str, question: str, verdicts: set[str]
) -> None:
    assert held_back(sentence, question) == verdicts


@pytest.mark.parametrize(
    ("sentence", "question", "verdicts"),
    [
        ("Never have your phone visible during a lesson.", "can i have my phone visible in assembly", BOTH),
        ("Never have your phone visible during a lesson.", "can my phone be visible between lessons", BOTH),
        ("Never have your phone visible during a lesson.", "can i have my phone visible in class", set()),
        ("It may be switched off during lunch.", "can i turn it off on my dinner break", set()),
        ("No food is eaten during rehearsals.", "can i eat in a rehearsal", set()),
        ("No food is eaten during rehearsals.", "can i eat during the performance", BOTH),
        ("Always log off after each lesson.", "do i log off after assembly", BOTH),
        ("Always log off after each lesson.", "do i log off after every lesson", set()),
    ],
)
def test_a_rule_for_one_time_settles_nothing_of_another(sentence: str, question: str, verdicts: set[str]) -> None:
    assert held_back(sentence, question) == verdicts


@pytest.mark.parametrize(
    ("sentence", "question", "verdicts"),
    [
        ("You must always keep a polite tone online.", "do i have to keep a polite tone in the pub", BOTH),
        ("You must always keep a polite tone online.", "do i have to be polite when i post in the staffroom", set()),
        ("You must always keep a polite tone online.", "do i have to keep a polite tone", set()),
        ("You must keep a polite tone in class and online.", "do i have to keep a polite tone in class", set()),
        ("Online shopping is not acceptable.", "can i do some shopping in the office", set()),
    ],
)
def test_a_rule_for_what_is_done_online_settles_nothing_in_a_room(
    sentence: str, question: str, verdicts: set[str]
) -> None:
    assert held_back(sentence, question) == verdicts


@pytest.mark.parametrize(
    ("sentence", "question", "verdicts"),
    [
        ("Parents and employers may look you up.", "can i look up a parent", BOTH),
        ("Parents and employers may look you up.", "can a parent look me up", set()),
        ("A warden may search you at the door.", "am i allowed to search a visitor", BOTH),
        ("A warden may search you at the door.", "can i be searched at the door, can they search me", set()),
        ("You may search a bag; a warden may search you.", "can i search a bag", set()),
    ],
)
def test_what_others_may_do_to_its_reader_is_not_turned_round(sentence: str, question: str, verdicts: set[str]) -> None:
    assert held_back(sentence, question) == verdicts


@pytest.mark.parametrize(
    ("sentence", "question", "verdicts"),
    [
        ("If you post your opinions, add that they are yours.", "do i need permission to post my opinions", {"yes"}),
        ("Do not let others tag you without your permission.", "do i need permission to tag a friend", {"yes"}),
        ("Photos need the head's approval.", "do i need permission for photos", set()),
        ("Ask the office before you take photos.", "do i need permission for photos", set()),
        ("Use the lamp in the shed.", "do i not need permission for the lamp", {"no"}),
    ],
)
def test_leave_is_needed_only_where_leave_is_spoken_of(sentence: str, question: str, verdicts: set[str]) -> None:
    assert held_back(sentence, question) == verdicts


@pytest.mark.parametrize(
    ("sentence", "question", "verdicts"),
    [
        ("Do not use the group to raise concerns about work.", "can i raise concerns about a child", {"no"}),
        ("Do not use the group to raise concerns about work.", "is it wrong to raise concerns", {"yes"}),
        ("Do not use the group to raise concerns about work.", "can i raise concerns in the group", set()),
        ("Do not use the group to raise concerns about work.", "can i raise concerns on facebook", set()),
        ("Do not use the group to raise concerns about work.", "must i keep concerns about work off facebook", set()),
        ("Do not use the group to raise concerns about work.", "is a chat ok to raise concerns about work", set()),
        ("Do not use the group to raise concerns about work.", "is a ta allowed to raise concerns", {"no"}),
        ("Do not use the group to raise concerns about work.", "can i slag off work and raise concerns", {"no"}),
        ("Do not use the school’s computers to send private post.", "can i send private post off the class pc", set()),
        ("Do not raise concerns with parents.", "can i raise concerns about a child", set()),
    ],
)
def test_the_ban_of_a_means_is_no_ban_of_its_end(sentence: str, question: str, verdicts: set[str]) -> None:
    assert held_back(sentence, question) == verdicts


@pytest.mark.parametrize(
    ("sentence", "question", "verdicts"),
    [
        ("Turn off your radio while at work.", "can i have my radio on at home", {"no"}),
        ("Turn off your radio while at work.", "can i have my radio on in my car on the way in", {"no"}),
        ("Turn off your radio while at work.", "does my radio have to be off on the bus", {"yes"}),
        ("Turn off your radio while at work.", "can i have my radio on in the car park", set()),
        ("Turn off your radio while at work.", "must my radio be off when tutoring online", {"yes"}),
        ("Take no photo on school grounds.", "can i take a photo at the school gate", set()),
        ("Take no photo on school grounds.", "can i take a photo in the pub", {"no"}),
        ("Lock your screen if you walk round the classroom.", "do i have to lock my screen at home", {"yes"}),
        ("Turn off your radio while at work.", "can i have my radio on", set()),
        ("You are expected to keep to the code whilst working.", "does the code hold at home", set()),
        ("Keep to the code whilst at work.", "is the code in force at home", BOTH),
    ],
)
def test_a_rule_for_the_place_of_work_does_not_bind_elsewhere(sentence: str, question: str, verdicts: set[str]) -> None:
    assert held_back(sentence, question) == verdicts


@pytest.mark.parametrize(
    ("sentence", "question", "verdicts"),
    [
        ("Never share your password with staff.", "can the caretaker ask for my password", {"no"}),
        ("Never share your password with staff.", "is the it technician allowed to ask for my password", {"no"}),
        ("Never share your password with staff.", "can i ask a colleague for her password", set()),
        ("Never share your password with staff.", "is it ok to share my password if they ask", set()),
        ("Nobody may ask for your password.", "can the caretaker ask for my password", set()),
    ],
)
def test_a_ban_on_giving_is_none_on_asking(sentence: str, question: str, verdicts: set[str]) -> None:
    assert held_back(sentence, question) == verdicts


@pytest.mark.parametrize(
    ("sentence", "question", "verdicts"),
    [
        ("Do not let others film you.", "can i ask my friends not to film me", {"no"}),
        ("Do not let others film you.", "is it wrong to tell people to stop filming me", {"yes"}),
        ("Do not let others film you.", "can my friends film me", set()),
        ("Do not let others film you.", "can i film if he told me not to", set()),
        ("Never tell a child not to report it.", "can i tell a child not to report it", set()),
    ],
)
def test_to_ask_others_not_to_do_what_is_banned_is_not_banned(sentence: str, question: str, verdicts: set[str]) -> None:
    assert held_back(sentence, question) == verdicts


@pytest.mark.parametrize(
    ("sentence", "question", "verdicts"),
    [
        ("Never have your radio visible at work.", "do i have to turn my radio off at work", {"yes"}),
        ("Never have your radio visible at work.", "must my radio be in a locker at work", {"yes"}),
        ("Never have your radio visible at work.", "must i keep my radio out of sight at work", set()),
        ("Never have your radio switched on at work.", "do i have to switch my radio off at work", set()),
        ("Turn off your radio at work.", "do i have to turn my radio off at work", set()),
        ("Never have your radio visible at work.", "should my radio be off at work", {"yes"}),
        ("Never have your radio visible at work.", "should my radio be out of sight at work", set()),
        ("Do not let guests make you their friend.", "can they make me join the club", {"yes"}),
        ("Do not let guests make you their friend.", "no one can make me join the club can they", {"no"}),
        ("Do not let guests make you their friend.", "can i make a guest my friend", set()),
    ],
)
def test_a_ban_is_no_duty_to_do_more(sentence: str, question: str, verdicts: set[str]) -> None:
    assert held_back(sentence, question) == verdicts


@pytest.mark.parametrize(
    ("sentence", "question", "verdicts"),
    [
        ("Turn off your radio at work.", "do i have to leave my radio on at work", {"yes"}),
        ("Turn off your radio at work.", "should my radio be on at work", {"yes"}),
        ("Turn off your radio at work.", "is it ok not to have my radio on", {"no"}),
        ("Turn off your radio at work.", "should my radio be off at work", set()),
        ("Turn off your radio at work.", "can i have my radio on at work", set()),
        ("Always log off after each lesson.", "should it stay logged on after the lesson", {"yes"}),
        ("Keep the door open.", "must the door be shut", {"yes"}),
        ("Always lock the shed.", "should i leave the shed unlocked", {"yes"}),
        ("Always lock the shed.", "must i lock it when i leave it open for a minute", set()),
        ("Wear a tie.", "do i have to have a tie on at work", set()),
    ],
)
def test_a_duty_is_none_to_do_the_opposite(sentence: str, question: str, verdicts: set[str]) -> None:
    assert held_back(sentence, question) == verdicts


@pytest.mark.parametrize(
    ("rule", "off"),
    [
        ("Never show a phone during a lesson.", True),
        ("Courses are done in working hours, and not at home.", False),
        ("You keep the fee, even in working hours.", False),
        ("Never show a phone.", False),
    ],
)
def test_one_at_home_is_off_duty_for_a_rule_of_work_that_does_not_speak_of_home(rule: str, off: bool) -> None:
    assert is_off_duty(read_question("can i do it at home in the evening"), rule) is off


@pytest.mark.parametrize(
    ("question", "off"),
    [
        ("I was at the pub on Saturday. Can I show my phone?", False),
        ("I got home late last night, can I show my phone during the lesson?", False),
        ("It's Sunday evening. Can I show my phone while I teach?", False),
        ("It's Saturday and I was told no. Can I show my phone?", True),
        ("Can I show the phone I bought at the weekend?", True),
        ("School finished at three. Can I show my phone?", True),
        ("A half in the pub on my dinner break, can I show my phone there?", False),
    ],
)
def test_what_was_at_another_time_puts_nobody_off_duty_now(question: str, off: bool) -> None:
    assert is_off_duty(read_question(question), "Never show a phone during a lesson.") is off


@pytest.mark.parametrize(
    ("question", "said", "nothing"),
    [
        ("how long are photos kept", "Photos are kept in the office.", True),
        ("how long are photos kept", "Photos are kept until July.", False),
        ("how many guests can i bring", "Guests sign in at the desk.", True),
        ("how many guests can i bring", "Two guests at most.", False),
        ("how often do i check it", "Check it regularly.", False),
        ("how old must a helper be", "Sixteen-year-olds may help.", False),
        ("how do i report it", "Report it to the office.", False),
        ("what does disrepute mean", "Do not bring the club into disrepute.", True),
        ("what counts as a private text", "Do not exchange private texts with pupils.", True),
        ("what does disrepute mean", "Disrepute means that people think worse of us.", False),
        ("what counts as a gift", "Gifts, such as flowers, are handed in.", False),
    ],
)
def test_an_amount_or_a_meaning_is_told_or_not(question: str, said: str, nothing: bool) -> None:
    assert tells_nothing_asked(question, [said]) is nothing


@pytest.mark.parametrize(
    ("sentence", "question", "verdicts"),
    [
        ("Never share your password.", "A TA asked for my password. I said no. Was that wrong?", BOTH),
        ("Never share your password.", "A TA asked for my password. I shared it. Was that wrong?", set()),
        ("Always lock the till.", "I didn't lock the till. Is that ok?", set()),
    ],
)
def test_a_ban_says_nothing_against_what_was_left_undone(sentence: str, question: str, verdicts: set[str]) -> None:
    assert held_back(sentence, question) == verdicts


@pytest.mark.parametrize(
    ("sentence", "question", "verdicts"),
    [
        ("Footwear must be flat.", "do my shoes have to be black", {"yes"}),
        ("Footwear must be flat and closed.", "must my footwear be flat", set()),
        ("Clothing must be clean and tidy.", "does clothing have to be tidy", set()),
        ("Your tone should be friendly at all times.", "should my tone be strict", {"yes"}),
        ("The gate must be shut by the last to leave.", "does the gate have to be shut", set()),
        ("The form must be signed.", "does the form have to be stamped", set()),
        ("Footwear must not be open.", "must my footwear be black", set()),
    ],
)
def test_a_duty_to_be_one_thing_is_none_to_be_another(sentence: str, question: str, verdicts: set[str]) -> None:
    assert held_back(sentence, question) == verdicts


@pytest.mark.parametrize(
    ("sentence", "question", "verdicts"),
    [
        ("Never have your mobile phone visible during a lesson.", "can i have my tablet out in lessons", BOTH),
        ("Never have your mobile phone visible during a lesson.", "do i put my laptop away in lessons", BOTH),
        ("Never have your mobile phone visible during a lesson.", "can i have my iphone out in lessons", set()),
        ("Never have your mobile phone visible during a lesson.", "can i watch a clip in lessons", set()),
        ("Never have your mobile phone visible during a lesson.", "can i answer the class phone in lessons", BOTH),
        ("Never have your mobile phone visible during a lesson.", "can i answer my phone in lessons", set()),
        ("Phones and tablets stay in the office.", "can i have my tablet in class", set()),
        ("No phones or other devices in class.", "can i have my tablet in class", set()),
        ("Watches that pair with a phone are not worn.", "can i wear my watch", set()),
        ("No phones and nothing else, nor anything with a battery.", "can i post my kindle", set()),
        ("Do not give parents your phone number.", "can i email a parent from my laptop", set()),
        ("Turn off the bluetooth on your phone.", "do i turn off the bluetooth on my laptop", set()),
    ],
)
def test_what_is_ruled_of_a_phone_is_not_ruled_of_another_device(
    sentence: str, question: str, verdicts: set[str]
) -> None:
    assert held_back(sentence, question) == verdicts


@pytest.mark.parametrize(
    ("sentence", "question", "verdicts"),
    [
        ("Never take photos using your mobile phone.", "can i take photos on the school’s ipad", {"no"}),
        ("Never take photos using your mobile phone.", "is it wrong to take photos with a work phone", {"yes"}),
        ("Never take photos using your mobile phone.", "can i take a photo with the class camera", {"no"}),
        ("Never take photos using your mobile phone.", "can i take photos on my phone for the school", set()),
        ("Never take photos using your mobile phone.", "can i take photos", set()),
        ("Never take photos of pupils.", "can i take photos on the school’s ipad", set()),
        ("Never send emails from a school computer.", "can i send emails on the school computer", set()),
        ("Take photos with your own camera.", "can i take photos with the school camera", set()),
    ],
)
def test_a_ban_on_doing_it_with_ones_own_is_none_on_doing_it_with_the_schools(
    sentence: str, question: str, verdicts: set[str]
) -> None:
    assert held_back(sentence, question) == verdicts


@pytest.mark.parametrize(
    ("sentence", "question", "stands_under", "verdicts"),
    [
        ("By form P9.", "can i opt out online", "How do I opt out of the pension?", {"no"}),
        ("By form P9.", "can i opt out", "Opting out", {"no"}),
        ("Opting out: By form P9", "can i opt out online", "", {"no"}),
        ("In writing to the office.", "can i give notice in writing", "How do I give notice?", {"no"}),
        ("By form P9 only.", "can i opt out online", "How do I opt out of the pension?", set()),
        ("By Friday noon.", "can i opt out on monday", "How do I opt out of the pension?", set()),
        ("By form P9.", "can i leave early", "How do I opt out of the pension?", BOTH),
        ("By post we accept nothing at all.", "can i apply by post", "How do I apply?", set()),
        ("Online bookings are refused.", "can i book online", "How do I book?", set()),
    ],
)
def test_the_way_in_which_a_thing_is_done_bars_nobody_from_it(
    sentence: str, question: str, stands_under: str, verdicts: set[str]
) -> None:
    assert held_back(sentence, question, stands_under) == verdicts


@pytest.mark.parametrize(
    ("sentence", "question", "verdicts"),
    [
        ("This page doesn't cover hives in your own garden.", "can i keep a hive in my garden", {"no"}),
        ("Emergency leave is paid. It does not extend to pets.", "can i have emergency leave for my cat", set()),
        ("These rules do not extend to the car park.", "is it banned to smoke in the car park", {"yes"}),
        ("These rules do not extend to the car park.", "do i have to wear a badge in the car park", set()),
        ("Hives do not go in your own garden.", "can i keep a hive in my garden", set()),
    ],
)
def test_what_the_rules_do_not_cover_is_not_banned(sentence: str, question: str, verdicts: set[str]) -> None:
    assert held_back(sentence, question) == verdicts


@pytest.mark.parametrize(
    ("question", "sentence", "apart"),
    [
        ("hes 19, can he have a beer", "Can they drink? Juniors can't, not even a sip.", True),
        ("hes 19, can he have a beer", "Adults may if you agree.", False),
        ("can my 17 year old have a beer", "Adults may if you agree.", True),
        ("can my 17 year old have a beer", "Juniors can't, not even a sip.", False),
        ("im 40, can i bring my 6 year old", "Children are welcome.", False),
        ("hes 19, can he come", "Adults and children may come.", False),
        ("can he have a beer", "Juniors can't, not even a sip.", False),
    ],
)
def test_a_rule_for_adults_says_nothing_of_a_child(question: str, sentence: str, apart: bool) -> None:
    assert speaks_of_others(question, sentence) is apart
