"""Follow-ups lean on the question before; a change of subject does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.conversation import (
    Turn,
    Understood,
    follows,
    leans_on_nothing,
    names_another,
    read_turns,
    split_questions,
    understand,
)
from qa.question import LONGEST, BadQuestion, cleaned
from training.data import json_lines

ROOT = Path(__file__).parent.parent
BEFORE = [Turn("does my phone need a pin in school", "Yes.")]


@pytest.mark.parametrize(
    "question",
    [
        "and my laptop?",
        "what about parents?",
        "why",
        "is that at lunch too",
        "even if it's on silent?",
        "who do i tell",
        "can i do it at lunch",
        "a bottle of wine instead then",
        "mum's signed a note saying I can though?",
        "why?",
        "why not?",
        "why do I have to?",
        "why is that a rule?",
        "really?",
        "also on trips?",
        "same for my laptop?",
        "then who do I tell?",
        "and can they?",
        "sorry I meant my tablet",
        "no i said my own laptop, the one that they gave us for home",
        "no the other way round, them leaving it off",
        "can they do that?",
        "do they have to tell me first?",
        "Will they have to tell the children's parents about it?",
    ],
)
def test_a_follow_up_is_searched_with_the_question_before_it(question: str) -> None:
    assert understand(question, BEFORE) == Understood(question, "does my phone need a pin in school")


@pytest.mark.parametrize(
    "question",
    [
        "how much holiday do supply teachers get each year",
        "can I use the photocopier in the main office on Mondays",
        "can I wear trainers?",
        "is it a breach to share my login",
        "is there a pension scheme?",
        "is it naughty to check my emails",
        "lady handed me a tenner at the door, can i pocket it",
        "why do I have to wear my ID badge in school at all times",
        "why should I wear a lanyard on site",
        "Really quick, do I need a PIN on my laptop?",
        "Also can I wear trainers in PE lessons?",
        "Also do I need a PIN?",
        "sorry I meant can I wear trainers",
        "no, I meant which days are non-uniform days?",
        "sorry I mean, when do I hand in my timesheet",
        "i meant to log off but the bell went and the class was still in there",
        "can i vape",
        "Same classroom next lesson, can I stay logged on?",
        "Can they make me stay late on parents' evening?",
        "its my day off so can i post photos of the school fair",
    ],
)
def test_a_change_of_subject_is_searched_alone(question: str) -> None:
    assert understand(question, BEFORE).searched == question


def test_without_history_nothing_is_leaned_on() -> None:
    assert understand("and my laptop?", []) == Understood("and my laptop?")
    assert follows("and my laptop?")


def test_what_a_follow_up_leaned_on_is_searched_with_what_leans_on_it() -> None:
    turns = [*BEFORE, Turn("and my laptop?"), Turn("ok thanks")]
    asked = understand("even at break?", turns)
    assert asked.searched == "does my phone need a pin in school and my laptop? even at break?"
    assert [one.question for one in asked.follow_ups] == ["even at break?", "and my laptop?"]
    assert asked.follow_ups[1].before == "does my phone need a pin in school"


def test_after_a_message_of_two_questions_a_follow_up_leans_on_the_last_of_them() -> None:
    turns = [Turn("can i film pupils on my phone and can I join the wifi")]
    assert understand("and the staff network?", turns).before == "can I join the wifi"
    turns.append(Turn("can i vape? and can I do it at lunch?"))
    assert understand("and after school?", turns).before == "can i vape? can I do it at lunch?"


@pytest.mark.parametrize(
    ("between", "question", "before"),
    [
        ("and in Y7?", "and in Y8?", "can I vape"),
        ("what about parents", "and pupils?", "can I vape"),
        ("my tablet?", "and my laptop?", "can I vape"),
        ("and my laptop?", "and at break?", "can I vape and my laptop?"),
        ("and at break?", "and my laptop?", "can I vape and at break?"),
        ("and my laptop?", "and if it's off?", "can I vape and my laptop?"),
        ("and if it's off?", "and my laptop?", "can I vape and if it's off?"),
    ],
)
def test_of_two_follow_ups_that_put_another_in_the_same_place_the_later_counts(
    between: str, question: str, before: str
) -> None:
    assert understand(question, [Turn("can I vape"), Turn(between)]).before == before


@pytest.mark.parametrize(
    "question",
    ["can i tho", "even then?", "just the once?", "but everyone does it", "does it count", "is that ok", "1", "2."],
)
def test_a_question_may_lean_on_nothing(question: str) -> None:
    assert leans_on_nothing(understand(question, []))
    assert not leans_on_nothing(understand(question, BEFORE))


@pytest.mark.parametrize(
    "question", ["and my laptop?", "what about parents?", "what id counts", "is it a breach", "Y6?"]
)
def test_one_that_names_what_it_asks_of_leans_on_that(question: str) -> None:
    assert not leans_on_nothing(understand(question, []))


@pytest.mark.parametrize(
    ("question", "another"),
    [
        ("and lunch?", True),
        ("what about my wife?", True),
        ("my wife then?", True),
        ("sorry I meant my username", True),
        ("no i said STAFF", False),
        ("my username?", True),
        ("my own staff?", False),
        ("at lunch?", False),
        ("he did?", False),
        ("and a dinner lady?", True),
        ("and a colleague?", False),  # of whom the sentence speaks, in a word of the lexicon's
        ("what about pupils?", False),
        ("and if my wife asks?", False),  # tells more of the same
        ("even at lunch?", False),
        ("and what about that?", False),  # brings in nothing
    ],
)
def test_a_follow_up_that_asks_of_something_else_is_told_from_one_that_tells_more(question: str, another: bool) -> None:
    asked = Understood(question, "can I share my password")
    lexicon = {"same": {"colleague": "staff"}, "abbreviations": {}}
    assert names_another(asked, "Never share your password with other staff or pupils.", lexicon) is another


@pytest.mark.parametrize(
    ("question", "before", "another"),
    [
        ("and facebook?", "can i check insta at lunch", False),
        ("and mastodon?", "can i check insta at lunch", True),
        ("what about tik tok?", "can i check insta at lunch", False),
        ("and on insta after lunch?", "can i check insta at lunch", False),
        ("and the cinema?", "can i check insta at lunch", True),
        ("just for 5 mins?", "can i check insta at lunch", False),
        ("just once?", "can i check insta at lunch", False),
        ("just for year 5?", "can i check insta at lunch", True),
    ],
)
def test_another_of_what_the_handbook_names_together_is_not_something_else(
    question: str, before: str, another: bool
) -> None:
    lexicon = {"same": dict.fromkeys(("insta", "facebook", "tik tok"), "social sites"), "abbreviations": {}}
    said = "Social sites should not be visited during the day."
    assert names_another(Understood(question, before), said, lexicon) is another


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("Can I text a parent? And who do I report a lost password to?", 2),
        ("A parent has texted me. Can I text back?", 1),
        ("Can I text a parent? Is that ok?", 1),
        ("can i text a parent", 1),
        ("Really? Can I text a parent?", 1),
        ("can I smoke? can I take photos of pupils?", 2),
        ("Can I take photos of pupils? I am new here.", 1),
        ("can i use my mug in class, also do i need a lanyard?", 2),
        ("do i need a lanyard and can i use my own mug", 2),
        ("am i ok to go home and is that paid?", 1),
        ("my mate said she would and i said nothing, can i text back", 1),
        ("can i come in by myself and have a look round, and do the quiz", 1),
        ("Can I vape? " * 40, 12),
        ("do i need a pin on my phone and does bluetooth have to be off", 2),
        ("who do i tell about a bad post and is tagging allowed", 2),
        ("when are the keys back, and who opens the hut?", 2),
        ("whats the dress code and what's the overtime rate", 2),
        ("insta at lunch? and my own gmail on the school pc?", 2),
        ("Wedding? Can I take leave?", 1),
        ("can i use my phone in class, can i give a parent my number", 2),
        ("Hi can i text a parent, can i add them on facebook, is the wifi free for us?", 3),
        ("Really? do i need a pin on my phone, do i have to turn off bluetooth", 2),
        ("my phone died, can i use the office one", 1),
        ("can i lend him my pass and if he loses it do i report it", 2),
        ("can i come in if its raining and when the hall is empty", 1),
        ("can i go home early, can i?", 1),
        ("is it ok, can i text her back", 1),
        ("my mum is ill and is not getting better, can i go home", 1),
        ("can i text a parent. can i share my password", 2),
        ("how do i get a permit, is there a test to sit", 2),
        ("1) can i add pupils on insta 2) can i share my password with a TA", 2),
        ("Hi, 3 things: 1. can i vape 2. who do i tell about a lost key 3. is there a pin", 3),
        ("- can i text a parent. - can i add them on fb", 2),
        ("do i tell year 2. or year 3. before i film", 1),
        ("is it rule 2) or rule 3) that bans photos", 1),
    ],
)
def test_a_message_is_split_only_where_it_asks_twice(message: str, parts: int) -> None:
    assert len(split_questions(message)) == parts


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("can i use my own login\ndo i need to log off after each lesson", 2),
        ("can i text a parent\n\nwhat do i do if they text me first", 2),
        ("1) can i vape\n2) can i park here", 2),
        ("From the head: “no phones”\ncan i have mine in my bag", 1),
        ("can i take photos of\nmy own class", 1),
    ],
)
def test_a_line_that_ends_without_a_mark_ends_a_question_before_another(message: str, parts: int) -> None:
    assert len(split_questions(cleaned(message))) == parts


def test_no_question_of_a_message_is_left_out() -> None:
    asked = [f"Can I take {thing}?" for thing in ("photos", "films", "notes", "sweets", "books", "money", "a break")]
    assert split_questions(" ".join(asked)) == tuple(asked)
    assert " ".join(split_questions(" ".join(asked * 2))) == " ".join(asked * 2)


@pytest.mark.parametrize("between", ["n", "&"])
def test_a_short_and_stands_between_two_questions(between: str) -> None:
    asked = f"are volunteers paid {between} do they get lunch"
    assert split_questions(asked) == ("are volunteers paid", "do they get lunch")


def test_turns_are_read_from_rows() -> None:
    assert read_turns([{"question": "a", "answer": "b"}, Turn("c")]) == (Turn("a", "b"), Turn("c"))


@pytest.mark.parametrize("history", ["text", [1], [{"q": "a"}], [{"question": 3}]])
def test_a_history_of_another_shape_is_refused(history: object) -> None:
    with pytest.raises(BadQuestion):
        read_turns(history)  # type: ignore[arg-type]


def test_questions_of_the_history_are_cleaned_and_limited_like_any_other() -> None:
    assert read_turns([{"question": "can I\u202e text\ud800 a\x00  parent"}]) == (Turn("can I text a parent"),)
    for question in ("x" * (LONGEST + 1), "\u202e?"):
        with pytest.raises(BadQuestion, match="in the history: "):
            read_turns([{"question": question}])


def test_labelled_practice_follow_ups_are_seen_and_few_questions_that_stand_alone_are_mistaken() -> None:
    rows = [row for path in sorted((ROOT / "training" / "questions").glob("*.jsonl")) for row in json_lines(path)]
    seen = [follows(row["question"]) for row in rows if row.get("history")]
    mistaken = [follows(row["question"]) for row in rows if not row.get("history")]
    assert len(seen) > 800
    assert sum(seen) / len(seen) > 0.85
    assert sum(mistaken) / len(mistaken) < 0.105
