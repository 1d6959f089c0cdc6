"""The judge weighs what was found; the rules of language guard what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clauses import Clause, Sentence, cut
from ingest.documents import Document
from ingest.embedding import ModelError
from ingest.taught import TaughtQuestion
from qa.assistant import Assistant
from qa.conversation import Understood
from qa.cross_encoder import CrossEncoder
from qa.evidence import Candidate, Evidence, Recalled, one_will_do
from qa.frames import read_question
from qa.judge import Fusion, Judge, Judgement, Traits, as_taught, rule, softmax, weigh
from qa.modality import features
from qa.norms import read_norms
from qa.reader import UNCLEAR, draft, labelled

BAN = "Never share your password."
FUSION = Fusion({"sentence": 10.0}, {"bias": 5.0}, {"bias": [0.0, 1.0, 0.0, 0.0]}, answer_from=0.5, also_from=0.3)


def candidate(text: str, cosine: float) -> Candidate:
    sentence = Sentence(text, 0, len(text))
    clause = Clause(f"page/{text[:4]}", "page", "1", ("Page",), "", text, 0, len(text), (sentence,))
    scores = {"sentence": cosine, "clause": cosine, "words": 0.0, "covered": 0.0, "page": cosine, "taught": 0.0}
    return Candidate(clause, sentence, cosine, scores, True, "kept")


def found(*candidates: Candidate) -> Evidence:
    return Evidence("can i share my password", candidates)


def test_the_nearer_sentence_settles_and_a_far_one_does_not() -> None:
    ruling = Judge(None, FUSION)(
        Understood("can i share my password"), found(candidate(BAN, 0.9), candidate("Sign in.", 0.1))
    )
    assert (ruling.verdict, [j.cited for j in ruling.judgements]) == ("no", [True, False])


def test_nothing_near_is_not_covered() -> None:
    ruling = Judge(None, FUSION)(Understood("can i share my password"), found(candidate("Sign in.", 0.1)))
    assert ruling.verdict == "not_covered"
    assert ruling.confidence == pytest.approx(1 - ruling.answerable)


def test_no_candidates_are_not_covered() -> None:
    assert Judge(None, FUSION)(Understood("anything"), found()).verdict == "not_covered"


def test_a_yes_that_the_words_of_the_handbook_contradict_is_not_given() -> None:
    says_yes = replace(FUSION, verdict={"bias": [5.0, 0.0, 0.0, 0.0]})
    ruling = Judge(None, says_yes)(Understood("can i share my password"), found(candidate(BAN, 0.9)))
    drafted = draft(ruling, labelled(ruling))
    assert ruling.disputed
    assert (drafted.verdict, drafted.because) == ("conditional", UNCLEAR)


@pytest.mark.parametrize(
    ("question", "because"),
    [("can i share my password", "the handbook says “Never”"), ("pasword shared wi the ta, thats grand then", "")],
)
def test_a_reason_is_given_only_where_the_words_come_to_the_same(question: str, because: str) -> None:
    says_no = replace(FUSION, verdict={"bias": [0.0, 5.0, 0.0, 0.0]})
    ruling = Judge(None, says_no)(Understood(question), found(candidate(BAN, 0.9)))
    drafted = draft(ruling, labelled(ruling))
    assert (drafted.verdict, drafted.because) == ("no", because)


def test_a_yes_whose_opposite_is_likely_is_not_given() -> None:
    torn = replace(FUSION, verdict={"bias": [1.0, 0.9, 0.0, 0.0]}, flip_below=0.3)
    sentence = "Passwords are a matter for the school."
    ruling = Judge(None, torn)(Understood("can i share my password"), found(candidate(sentence, 0.9)))
    assert (ruling.verdict, ruling.disputed, sorted(ruling.doubted)) == ("yes", True, ["no", "yes"])


@pytest.mark.parametrize(
    ("sentence", "question", "doubted"),
    [
        ("“Pupil data” means anything about a pupil, names included.", "can i put names in an ai tool", True),
        ("Paracetamol counts as a medicine.", "can i give paracetamol", True),
        ("Paracetamol counts as a medicine.", "is paracetamol a medicine", False),
        ("Medicines are given by the nurse alone.", "can i give paracetamol", False),
    ],
)
def test_what_a_word_means_allows_and_forbids_nothing(sentence: str, question: str, doubted: bool) -> None:
    says_yes = replace(FUSION, verdict={"bias": [5.0, 0.0, 0.0, 0.0]})
    ruling = Judge(None, says_yes)(Understood(question), found(candidate(sentence, 0.9)))
    assert (ruling.verdict, ruling.disputed) == ("yes", doubted)


@pytest.mark.parametrize(
    ("sentence", "doubted"),
    [
        ("Wrong answer: you may bring your dog.", True),
        ("It is a myth that you may bring a dog.", True),
        ("Do not think that you may bring your dog.", True),
        ("Don’t let anyone tell you that you may bring a dog.", True),
        ("Some people believe that they may bring their dogs.", True),
        ("Draft – not yet in force: dogs may be brought.", True),
        ("We are considering whether dogs may be brought.", True),
        ("Other agencies let candidates bring a dog.", True),
        ("May I bring my dog?", True),
        ("You may bring a dog if the head believes that it is quiet.", False),
        ("Dogs may be brought, whoever says that they are dirty.", False),
        ("You may say that your dog is at home.", False),
    ],
)
def test_what_only_speaks_of_a_rule_allows_and_forbids_nothing(sentence: str, doubted: bool) -> None:
    says_yes = replace(FUSION, verdict={"bias": [5.0, 0.0, 0.0, 0.0]})
    ruling = Judge(None, says_yes)(Understood("can i bring my dog"), found(candidate(sentence, 0.9)))
    assert (ruling.verdict, ruling.disputed) == ("yes", doubted)


@pytest.mark.parametrize(
    ("after", "doubted"),
    [
        ("This is wrong.", True),
        ("They may not.", True),
        ("False.", True),
        ("Drivers may not.", False),
        ("Wash it.", False),
    ],
)
def test_what_the_next_sentence_takes_back_is_no_yes(after: str, doubted: bool) -> None:
    says_yes = replace(FUSION, verdict={"bias": [5.0, 0.0, 0.0, 0.0]})
    text = "Some say that dogs may be brought."
    first = candidate(text, 0.9)
    both = (first.sentence, Sentence(after, len(text) + 1, len(text) + 1 + len(after)))
    first = replace(first, clause=replace(first.clause, text=f"{text} {after}", sentences=both))
    ruling = Judge(None, says_yes)(Understood("can i bring my dog"), found(first))
    assert (ruling.verdict, ruling.disputed) == ("yes", doubted)


@pytest.mark.parametrize(
    ("question", "doubted"),
    [
        ("can i text my husband", True),
        ("the deputy wants my number, do i give it", True),
        ("can i text my daughter's friend's mum", False),
        ("can i text a year 9", False),
        ("im a ta, can i text them", False),
        ("can i text at lunch", False),
        ("i lost my phone", True),
        ("texting a parent?", False),
        ("her mum wants my number, do i give it", False),
        ("can i text the governors", True),
        ("sir wants my number, can i text him", True),
        ("he's neither a pupil nor a parent, can i text him", True),
        ("he's not a pupil, can i text him", False),
        ("if i miss my train can i text one of them", False),
    ],
)
def test_a_rule_about_some_people_says_nothing_of_others(question: str, doubted: bool) -> None:
    evidence = found(candidate("Do not exchange private texts with pupils or their parents.", 0.9))
    ruling = Judge(None, FUSION)(Understood(question), evidence)
    assert (ruling.verdict, ruling.disputed) == ("no", doubted)


@pytest.mark.parametrize(
    ("question", "sentence", "doubted"),
    [
        ("im a cleaner, can i drive the tractor", "Volunteers may not drive the tractor.", True),
        ("as a volunteer can i drive the tractor", "Volunteers may not drive the tractor.", False),
        ("can i drive the tractor", "Volunteers may not drive the tractor.", False),
        ("im a cleaner, can i drive the tractor", "Staff may not drive the tractor.", False),
        ("im a bit late, can i drive the tractor", "Volunteers may not drive the tractor.", False),
        ("can i drive the tractor as a joke", "Volunteers may not drive the tractor.", False),
        ("can i text my husband", "Staff may not text parents, their own family apart.", False),
        ("a pupil wants a go on my phone", "Phones are used with a colleague in the room only.", False),
        ("can i share it with my husband", "Share it with no parents, your own family apart.", False),
        ("can my husband use my phone", "Phones are used with a colleague in the room only.", False),
        ("can i tell my wife my code", "Never share it with other staff or pupils.", True),
        ("can i tell my wife or a pupil my code", "Never share it with other staff or pupils.", False),
        ("can i be rude about ofsted online", "No rude words about pupils or colleagues online.", True),
        ("can i be rude about a teacher online", "No rude words about pupils or colleagues online.", False),
        ("my boss wants to swap numbers, can i", "Do not exchange numbers with pupils.", True),
        ("the farm im placed at, can i drive its tractor", "Volunteers may not drive the tractor.", False),
        ("im permanent, can i drive the tractor", "Volunteers may not drive the tractor.", True),
        ("im a senior member, can i drive the tractor", "Junior members may not drive the tractor.", True),
        ("im a senior member, can i drive the tractor", "Junior and senior members may not drive it.", False),
        ("im a senior member, can i drive the tractor", "Members may not drive the tractor.", False),
        ("im a senior member, can i drive the junior tractor", "Junior members may not drive it.", False),
    ],
)
def test_a_rule_for_one_group_says_nothing_to_who_is_of_another(question: str, sentence: str, doubted: bool) -> None:
    ruling = Judge(None, FUSION)(Understood(question), found(candidate(sentence, 0.9)))
    assert (ruling.verdict, ruling.disputed) == ("no", doubted)


@pytest.mark.parametrize(
    ("after", "doubted"),
    [
        ("Where this is not possible, two hours may be taken.", True),
        ("Where a burst main makes that impossible, ask the day after.", True),
        ("If it can't be avoided, two hours may be taken.", True),
        ("Should that be impossible, two hours may be taken.", True),
        ("In an emergency, such as a broken tooth, you may go.", True),
        ("In an emergency, ring us.", False),
        ("Where this is done, show your card.", False),
        ("Show your card.", False),
    ],
)
def test_a_rule_that_gives_way_where_it_cannot_be_kept_is_to_be_checked(after: str, doubted: bool) -> None:
    text = f"Do not go to the dentist in working hours. {after}"
    (clause,) = cut(Document("page", "Page", f"{text}\n", "page.md"))
    strict = replace(candidate(text, 0.9), clause=clause, sentence=clause.sentences[0])
    ruling = Judge(None, FUSION)(Understood("can i go to the dentist in working hours"), found(strict))
    assert (ruling.verdict, "no" in ruling.doubted) == ("no", doubted)


@pytest.mark.parametrize(
    ("question", "doubted"),
    [
        ("bar crew, can i drink ten hours before", True),
        ("im bar crew, can i drink ten hours before", True),
        ("can i drink ten hours before with bar crew", False),
        ("can i drink ten hours before", False),
    ],
)
def test_a_rule_that_stands_beside_the_one_for_the_asker_is_to_be_checked(question: str, doubted: bool) -> None:
    text = "Drink nothing in the eight hours before. Bar crew have to leave it 12."
    (clause,) = cut(Document("page", "Page", f"{text}\n", "page.md"))
    general = replace(candidate(text, 0.9), clause=clause, sentence=clause.sentences[0])
    ruling = Judge(None, FUSION)(Understood(question), found(general))
    assert ("no" in ruling.doubted) == doubted


@pytest.mark.parametrize(
    ("question", "sentence", "doubted"),
    [
        ("im 19 can i work at 11 pm", "Staff under 18 may not work after 10 pm.", True),
        ("im 17 can i work at 11 pm", "Staff under 18 may not work after 10 pm.", False),
        ("water is 10 degrees, can i row", "Water below 8°C: no rowing.", True),
        ("water is 6 degrees, can i row", "Water below 8°C: no rowing.", False),
        ("can i claim for a twelve mile trip", "Mileage is not paid for trips under ten miles.", True),
        ("can i claim for a nine mile trip", "Mileage is not paid for trips under ten miles.", False),
        ("do i need a note for ten days off", "No note is needed for absences of up to seven days.", True),
        ("do i need a note for six days off", "No note is needed for absences of up to seven days.", False),
    ],
)
def test_a_ban_for_other_amounts_says_nothing_to_the_asker(question: str, sentence: str, doubted: bool) -> None:
    ruling = Judge(None, FUSION)(Understood(question), found(candidate(sentence, 0.9)))
    assert (ruling.verdict, ruling.disputed) == ("no", doubted)


@pytest.mark.parametrize(
    ("question", "sentence", "doubted"),
    [
        ("can i use the saw with someone else there", "You must not use the saw alone.", True),
        ("can i use the saw by myself", "You must not use the saw alone.", False),
        ("can i park there on a tuesday", "You must not park there at weekends.", True),
        ("can i park there on a sunday", "You must not park there at weekends.", False),
    ],
)
def test_nor_does_a_ban_on_being_alone_or_for_other_days(question: str, sentence: str, doubted: bool) -> None:
    ruling = Judge(None, FUSION)(Understood(question), found(candidate(sentence, 0.9)))
    assert ("no" in ruling.doubted) is doubted


@pytest.mark.parametrize(
    ("question", "doubted"), [("im 40, can i lift alone", True), ("im 17, can i lift alone", False)]
)
def test_so_does_a_ban_below_a_heading_with_a_limit(question: str, doubted: bool) -> None:
    below = candidate("You may not lift alone.", 0.9)
    below = replace(below, clause=replace(below.clause, heading_path=("Page", "If you are under eighteen")))
    ruling = Judge(None, FUSION)(Understood(question), found(below))
    assert (ruling.verdict, ruling.disputed) == ("no", doubted)


@pytest.mark.parametrize(
    ("question", "doubted"),
    [("do your rules apply to volunteers too", True), ("do volunteers need a badge", False)],
)
def test_a_rule_for_somebody_does_not_say_for_whom_the_rules_are(question: str, doubted: bool) -> None:
    ruling = Judge(None, FUSION)(Understood(question), found(candidate("All volunteers must wear a badge.", 0.9)))
    assert {"yes", "no"} <= ruling.doubted if doubted else "yes" not in ruling.doubted


@pytest.mark.parametrize(("question", "disputed"), [("and after lessons?", True), ("and in lessons?", False)])
def test_a_follow_up_that_turns_its_condition_round_gets_no_no_again(question: str, disputed: bool) -> None:
    asked = Understood(question, "can i use my phone during lessons")
    ruling = Judge(None, FUSION)(asked, found(candidate("Do not use your phone during lessons.", 0.9)))
    assert (ruling.verdict, ruling.disputed) == ("no", disputed)


@pytest.mark.parametrize(("asker", "disputed"), [("lorry drivers", True), ("cooks", False)])
def test_who_follows_another_book_gets_no_yes(asker: str, disputed: bool) -> None:
    says_yes = replace(FUSION, verdict={"bias": [5.0, 0.0, 0.0, 0.0]})
    both = "These rules apply to everyone. Lorry drivers follow the Fleet Handbook."
    first = Sentence("These rules apply to everyone.", 0, 30)
    clause = replace(candidate(both, 0.9).clause, sentences=(first, Sentence(both[31:], 31, len(both))))
    here = replace(candidate(both, 0.9), clause=clause, sentence=first)
    ruling = Judge(None, says_yes)(Understood(f"do these rules apply to {asker}"), found(here))
    assert (ruling.verdict, ruling.disputed) == ("yes", disputed)


@pytest.mark.parametrize(
    ("question", "doubted"),
    [
        ("do i need a PIN on my laptop at home", {"yes"}),
        ("is a PIN optional on my days off", {"no"}),
        ("do i need a PIN on my laptop at school", {"no"}),
        ("can i set the PIN at home", {"no"}),
    ],
)
def test_a_duty_at_work_is_none_for_the_asker_at_home(question: str, doubted: set[str]) -> None:
    duty = "Protect your laptop with a PIN whilst in school."
    assert Judge(None, FUSION)(Understood(question), found(candidate(duty, 0.9))).doubted == doubted


@pytest.mark.parametrize(
    ("question", "doubted"),
    [("can i not share my password", True), ("can i just share my password", False), ("can i share it", False)],
)
def test_can_i_not_asks_two_things_and_gets_no_bare_answer(question: str, doubted: bool) -> None:
    ruling = Judge(None, FUSION)(Understood(question), found(candidate(BAN, 0.9)))
    assert (ruling.verdict, ruling.disputed) == ("no", doubted)


@pytest.mark.parametrize(
    ("question", "doubted"),
    [
        ("is it a myth that i cant share my password", True),
        ("it's not true that i must keep my password to myself, is it", True),
        ("am i wrong to think i can share my password", True),
        ("is a candidate wrong that she can share her password", True),
        ("if i share my password am i safe from being disciplined", True),
        ("has password sharing stopped being allowed", True),
        ("is it true that i cant share my password", False),
        ("am i wrong to share my password", False),
        ("did the old handbook let me share my password", True),
    ],
)
def test_what_is_asked_by_denying_it_or_of_an_earlier_rule_gets_no_bare_answer(question: str, doubted: bool) -> None:
    ruling = Judge(None, FUSION)(Understood(question), found(candidate(BAN, 0.9)))
    assert (ruling.doubted == {"yes", "no"}) == doubted


@pytest.mark.parametrize(
    ("question", "sentence", "doubted"),
    [
        ("must i report a lost card within 24 hours", "You must report a lost card.", True),
        ("do i look over my settings every six months", "Look over your settings regularly.", True),
        ("must i report a lost card within 24 hours", "You must report a lost card within a day.", False),
        ("do i have to sign in every two days", "Sign in daily.", False),
        ("must i report a lost card", "You must report a lost card.", False),
        ("youtube?", "Do not visit YouTube.", True),
        ("no youtube?", "Do not visit YouTube.", False),
        ("log off?", "Always log off.", False),
        ("give me the password", "Use the password that you were given.", True),
        ("tell me, do i use the password i was given", "Use the password that you were given.", False),
    ],
)
def test_a_measure_that_a_rule_lacks_a_request_and_a_thing_only_named_get_no_yes(
    question: str, sentence: str, doubted: bool
) -> None:
    says_yes = replace(FUSION, verdict={"bias": [5.0, 0.0, 0.0, 0.0]})
    ruling = Judge(None, says_yes)(Understood(question), found(candidate(sentence, 0.9)))
    assert (ruling.verdict, ruling.disputed) == ("yes", doubted)


def test_how_much_is_not_covered_where_no_amount_is_told() -> None:
    says_info = replace(FUSION, verdict={"bias": [0.0, 0.0, 0.0, 5.0]})
    rulings = [
        Judge(None, says_info)(Understood("how long are photos kept"), found(candidate(kept, 0.9)))
        for kept in ("Photos are kept in the office.", "Photos are kept for a year.")
    ]
    assert [ruling.verdict for ruling in rulings] == ["not_covered", "info"]


def test_what_another_book_says_is_not_covered() -> None:
    rulings = [
        Judge(None, FUSION)(Understood(f"what does {book} say about my password"), found(candidate(BAN, 0.9)))
        for book in ("kcsie", "the handbook")
    ]
    assert [ruling.verdict for ruling in rulings] == ["not_covered", "no"]


@pytest.mark.parametrize(("asker", "doubted"), [("im a cleaner, ", True), ("as a volunteer ", False), ("", False)])
def test_so_does_a_rule_below_the_name_of_a_group(asker: str, doubted: bool) -> None:
    below = candidate("Do not drive the tractor.", 0.9)
    below = replace(below, clause=replace(below.clause, heading_path=("Page", "Volunteers")))
    ruling = Judge(None, FUSION)(Understood(f"{asker}can i drive the tractor"), found(below))
    assert (ruling.verdict, ruling.disputed) == ("no", doubted)


@pytest.mark.parametrize(
    ("stem", "item", "doubted"),
    [
        ("You may borrow a laptop if:", "you have finished your trial; and", True),
        ("You may borrow a laptop if:", "you have finished your trial; or", False),
        ("Do not borrow a laptop unless:", "you have finished your trial", False),
    ],
)
def test_one_of_several_conditions_is_not_enough_for_a_yes(stem: str, item: str, doubted: bool) -> None:
    says_yes = replace(FUSION, verdict={"bias": [5.0, 0.0, 0.0, 0.0]})
    condition = candidate(item, 0.9)
    condition = replace(condition, clause=replace(condition.clause, lead=stem))
    condition = replace(condition, suffices=one_will_do([condition.clause], 0))
    ruling = Judge(None, says_yes)(Understood("ive finished my trial, can i borrow a laptop"), found(condition))
    assert (ruling.verdict, ruling.disputed) == ("yes", doubted)


@pytest.mark.parametrize(("joined", "suffice"), [("or", [True, True, True]), ("and", [False, False, False])])
def test_of_a_list_with_or_before_its_last_item_each_suffices(joined: str, suffice: list[bool]) -> None:
    text = (
        f"# Page\n\nYou may have a desk if:\n\n- you are ill,\n- you are pregnant, {joined}\n- you work in payroll.\n"
    )
    clauses = cut(Document("p", "Page", text, "p.md"))
    items = [index for index, clause in enumerate(clauses) if clause.lead]
    assert [one_will_do(clauses, index) for index in items] == suffice


def test_a_likely_opposite_matters_however_certain_the_words_are() -> None:
    torn = replace(FUSION, verdict={"bias": [0.9, 1.0, 0.0, 0.0]}, flip_below=0.3)
    ruling = Judge(None, torn)(Understood("can i share my password"), found(candidate(BAN, 0.9)))
    assert (ruling.verdict, ruling.reading.certain, ruling.disputed) == ("no", True, True)


STORY = "it was my first day and " + "the office was busy so " * 5 + "can i share my password"


def test_the_answer_to_a_story_rests_on_more_sentences() -> None:
    near = found(candidate(BAN, 0.9), candidate("Tell no one your password, nor write it down.", 0.75))
    cited = [
        [j.cited for j in Judge(None, FUSION)(Understood(asked), near).judgements]
        for asked in ("can i share my password", STORY)
    ]
    assert cited == [[True, False], [True, True]]


def test_a_story_is_answered_only_where_it_is_surer_that_something_settles_it() -> None:
    careful, near = replace(FUSION, answer_in_story=0.6), found(candidate(BAN, 0.52))
    rulings = [Judge(None, careful)(Understood(asked), near) for asked in ("can i share my password", STORY)]
    assert [ruling.answerable for ruling in rulings] == pytest.approx([0.55, 0.55], abs=0.01)
    assert [ruling.verdict for ruling in rulings] == ["no", "not_covered"]


def test_a_judge_of_an_earlier_version_is_refused_with_what_to_do(assistant: Assistant) -> None:
    with pytest.raises(ModelError, match="earlier version: run policy-ingest again"):
        CrossEncoder(assistant.edition.parts["finder"])


def test_a_judge_that_reads_fewer_rules_is_refused_too(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.cross_encoder.features", lambda frame, norms: features(frame, norms) | {"one_more": 1.0})
    with pytest.raises(ModelError, match="earlier version: run policy-ingest again"):
        CrossEncoder(assistant.edition.parts["judge"])


def test_a_passage_is_read_the_same_whatever_stands_beside_it(assistant: Assistant) -> None:
    texts = [
        BAN,
        "Sign in.",
        "Headteachers may look you up online before they offer you work, so keep settings private.",
    ]
    rules = [features(read_question("can i share it"), read_norms(text)) for text in texts]
    encoder = CrossEncoder(assistant.edition.parts["judge"])
    one_by_one = [encoder("can i share it", [text], [read])[0] for text, read in zip(texts, rules, strict=True)]
    assert np.array_equal(encoder("can i share it", texts, rules), one_by_one)
    assert encoder("can i share it", [], []).shape == (0, 5)


@pytest.mark.parametrize(
    ("thresholds", "fewest", "read"),
    [
        ({"enough_from": 0.0}, 1, 2),
        ({"enough_from": 0.0}, 3, 3),
        ({"enough_from": 1.0}, 1, 3),
        ({"enough_from": 0.0, "alone_from": 0.09}, 1, 1),  # the first is found better by .1
        ({"enough_from": 0.0, "alone_from": 0.11}, 1, 2),
        ({"enough_from": 0.0, "alone_from": 0.09}, 2, 2),
        ({"enough_from": 0.0, "alone_from": 0.09}, 3, 3),
        ({"enough_from": 1.0, "alone_from": 0.09}, 1, 3),
    ],
    ids=str,
)
def test_no_more_is_read_once_one_candidate_is_enough(
    thresholds: dict[str, float], fewest: int, read: int, assistant: Assistant
) -> None:
    encoder, passages = CrossEncoder(assistant.edition.parts["judge"]), list[str]()

    def reading(question: str, some: Sequence[str], rules: Sequence[Mapping[str, float]]) -> npt.NDArray[np.float32]:
        passages.extend(some)
        return encoder(question, some, rules)

    judge = Judge(reading, replace(FUSION, **thresholds))  # type: ignore[arg-type]
    evidence = found(candidate(BAN, 0.9), candidate("Sign in.", 0.8), candidate("Wear a badge.", 0.7))
    ruling = judge(Understood("can i share my password"), evidence, fewest=fewest)
    assert passages == [BAN, "Sign in.", "Wear a badge."][:read]
    assert len(ruling.judgements) == read


def test_a_question_of_a_ban_is_read_the_other_way_round_too_and_counts_for_two_thirds() -> None:
    said = {"is it banned to share it": [5, 0, 2, 0, 0], "can i share it": [1, 0, 8, 0, 0]}

    def reading(question: str, some: Sequence[str], rules: Sequence[Mapping[str, float]]) -> npt.NDArray[np.float32]:
        return np.array([said[question]], np.float32)

    asked, evidence = Understood("is it banned to share it"), found(candidate(BAN, 0.9))
    traits = Judge(reading, FUSION).traits(  # type: ignore[arg-type]
        asked, evidence, read_question(asked.question), [read_norms(BAN)]
    )
    assert traits.settles[0]["judge"] == 5
    assert traits.verdicts[0]["judge_yes"] - traits.verdicts[0]["judge_no"] == pytest.approx(8 / 3 - 4 / 3, abs=1e-5)


def test_what_was_not_read_says_so() -> None:
    evidence = found(candidate(BAN, 0.9), candidate("Sign in.", 0.8))
    assert [c.kept for c in evidence.first(1).candidates] == [True, False]
    assert [(c.kept, c.why) for c in evidence.unread_from(1).candidates] == [
        (True, "kept"), (True, "kept, but not read: one before it settles the question"),
    ]  # fmt: skip


def test_a_taught_question_is_ruled_as_taught() -> None:
    ruling = Judge(None, FUSION)(Understood("q"), found(candidate(BAN, 0.9), candidate("Sign in.", 0.1)))
    taught = TaughtQuestion("t1", "q", (), "yes", (("page/Sign", 0),), 1)
    changed = as_taught(ruling, taught)
    assert (changed.verdict, changed.confidence) == ("yes", 1.0)
    assert [j.candidate.sentence.text for j in changed.judgements if j.cited] == ["Sign in."]


@pytest.mark.parametrize(
    ("asked", "verdict", "likeness", "disputed"),
    [
        ("can i share my password w my mum", "yes", 0.95, True),  # sure, and taught otherwise of nearly this
        ("can i share my password w my mum", "no", 0.95, False),
        ("can i share my password w my mum", "yes", 0.85, False),  # of something else
        ("is it banned to share my password w my mum", "yes", 0.95, False),  # turned round, it says the same
        ("when may i share my password", "yes", 0.95, False),  # not to be compared
    ],
)
def test_a_verdict_that_is_taught_otherwise_of_nearly_this_question_is_not_given(
    asked: str, verdict: str, likeness: float, disputed: bool
) -> None:
    taught = TaughtQuestion("t1", asked, (), verdict, (("page/Neve", 0),), 1)
    evidence = replace(found(candidate(BAN, 0.9)), recalled=(Recalled(taught, likeness),))
    ruling = Judge(None, FUSION)(Understood("can i share my password"), evidence)
    assert (ruling.verdict, ruling.disputed) == ("no", disputed)


@pytest.mark.parametrize(
    ("asked", "doubted"),
    [
        ("can i set the sat nav as i go", True),
        ("can i use a sat nav", False),
        ("can i use a sat nav in the van", False),
    ],
)
def test_what_the_next_sentence_rules_otherwise_gets_no_yes(asked: str, doubted: bool) -> None:
    text = "# Vans\n\nSat navs may be used. They must be set before you set off.\n"
    (clause,) = cut(Document("vans", "Vans", text, "vans.md"))
    first = replace(candidate("Sat navs may be used.", 0.9), clause=clause, sentence=clause.sentences[0])
    assert ("yes" in Judge(None, FUSION)(Understood(asked), found(first)).doubted) == doubted


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=8))
def test_shares_sum_to_one(values: list[float]) -> None:
    assert sum(softmax(values)) == pytest.approx(1)


def test_weights_of_unknown_traits_are_left_out() -> None:
    evidence = found(candidate(BAN, 0.9))
    traits = Traits(({"sentence": 0.9, "new": 9.0},), {"bias": 1.0}, ({"bias": 1.0, "new": 9.0},))
    judgements, answerable = weigh(FUSION, evidence, traits, [read_norms(BAN)])
    assert isinstance(judgements[0], Judgement)
    assert answerable == pytest.approx(softmax([9.0, 5.0])[0])
    assert rule(FUSION, Understood("can i vape"), read_question("can i"), judgements, answerable).verdict == "no"


@pytest.mark.parametrize(
    "said", ["ok", "Thanks so much!", "lol", "never mind", "hi there", "ok great, thanks for that"]
)
def test_what_asks_nothing_is_answered_with_nothing(said: str) -> None:
    evidence = found(candidate("Do not exchange private texts with pupils.", 0.9))
    assert Judge(None, FUSION)(Understood(said), evidence).verdict == "not_covered"
    assert Judge(None, FUSION)(Understood(f"{said} can i text them"), evidence).verdict == "no"
