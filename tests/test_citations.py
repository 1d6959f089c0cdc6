"""What a draft must hold to get out: labels, exact quotes, words that stand in them, a verdict that follows."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from ingest.clauses import Clause, cut
from ingest.documents import Document
from ingest.taught import TaughtQuestion
from qa.citations import MOST_STATEMENTS, Checked, QuoteAltered, check, cite, locate, relevant, verdict_refused
from qa.conversation import Understood
from qa.draft import Draft, Labelled, Statement, Verdict
from qa.evidence import Candidate
from qa.frames import read_question
from qa.judge import VERDICTS, Judgement, Ruling
from qa.modality import settle
from qa.norms import read_norms
from qa.support import Fit, supported

TEXTS = "Do not exchange private texts, phone numbers or photos with pupils or parents and carers."
BLUETOOTH = "Turn off your bluetooth setting on your mobile phone while at the school."
SITES = "Social networking sites should not be visited during the school day for personal use."
PIN = "Protect your phone, laptop, and computer with a PIN whilst in school and never have your phone visible in class."
FORMAL = "Parents and carers should be encouraged to use formal channels to contact you."
PHOTOS = "You may take photos of displays if the school’s headteacher has agreed before 7:30am on 3 May."
ADVANCE = "The agency pays an advance of £1,250.50, which is 12% of a week’s pay."

PAGE = Document(
    id="it",
    title="IT",
    text=f"# IT\n\n- {TEXTS} {BLUETOOTH}\n\n- {PHOTOS}\n\n- You must not:\n\n  - share passwords with anyone",
    path="it.md",
)
CLAUSES = cut(PAGE)


def candidate(clause: Clause, sentence: int = 0) -> Candidate:
    scores = {"sentence": 0.7, "clause": 0.7, "words": 2.0, "taught": 0.0, "covered": 1.0, "page": 0.5, "fused": 0.7}
    return Candidate(clause, clause.sentences[sentence], 0.7, scores, True, "kept")


GIVEN = tuple(Labelled(number, candidate(clause)) for number, clause in enumerate(CLAUSES, 1))


def checked(*statements: Statement, verdict: Verdict = "no") -> Checked:
    return check(Draft(verdict, statements, 0.9, drafted_by="model"), GIVEN, {"it": PAGE})


def ruling(question: str, verdict: Verdict, *, doubted: str = "", shares: tuple[float, ...] = ()) -> Ruling:
    frame = read_question(question)
    settles = shares or (0.8, *(0.04 for _ in CLAUSES[1:]))
    judgements = tuple(
        Judgement(candidate(c), share, {"yes": 0.2, "no": 0.6, "conditional": 0.1, "info": 0.1},
                  read_norms(c.sentences[0].text, c.lead), share > 0.3)
        for c, share in zip(CLAUSES, settles, strict=True)
    )  # fmt: skip
    reading = settle(frame, judgements[0].norms)
    held: frozenset[Verdict] = frozenset(v for v in VERDICTS if v in doubted.split())
    return Ruling(Understood(question), frame, verdict, 0.8, 0.9, reading, held, judgements)


# --- words of a statement -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("Do not exchange private texts with parents and carers.", TEXTS),
        ("Do not exchange photos with pupils.", TEXTS.replace(" and carers", "")),
        ("Never have your phone visible in class.", PIN),
        ("Parents should be encouraged to use formal channels to contact you.", FORMAL),
        ("You may take photos of displays if the school's headteacher has agreed before 7:30am on 3 May.", PHOTOS),
        ("The agency pays an advance of £1,250.50, which is 12% of a week's pay.", ADVANCE),
        (BLUETOOTH, BLUETOOTH),
    ],
)
def test_words_that_only_leave_out_list_items_are_shown(statement: str, sentence: str) -> None:
    assert supported(statement, sentence).fit is Fit.SAME


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("Turn off your mobile phone.", BLUETOOTH),  # what is turned off is left out
        ("Turn off your bluetooth setting.", BLUETOOTH),  # the occasion is left out
        ("Social networking sites should not be visited during the school day.", SITES),
        ("Protect your phone in class.", PIN),
        ("You should be encouraged to use formal channels to contact.", FORMAL),  # another is spoken of
        ("Parents do not exchange private texts with pupils.", TEXTS),  # who does what to whom is turned round
        ("You may take photos of displays.", PHOTOS),  # the condition is left out
        ("They do not exchange private texts with parents and carers.", TEXTS),
        ("Don't exchange private texts with parents and carers.", TEXTS),
        ("Do not exchange private text with parents and carers.", TEXTS),
        ("Do not exchange the a the a private texts with parents and carers.", TEXTS),
        ("The agency pays an advance of £1250.50, which is 12% of a week's pay.", ADVANCE),
    ],
)
def test_words_that_are_moved_or_thinned_out_are_not_shown(statement: str, sentence: str) -> None:
    assert supported(statement, sentence).fit is Fit.LOOSE


DRIVE = "You may drive a cadet to hospital, but only if the Unit Lead agrees and a second adult travels with you."
TRAINERS = "If you need trainers for a medical reason, please tell your consultant first and you may wear them all day."


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("You may drive a cadet to hospital, but only if the Unit Lead agrees.", DRIVE),  # half a condition
        ("Tell both the client.", "Tell both us and the client."),
        ("A belt shall be worn, are less than 50 metres apart.",
         "A belt shall be worn, save between stops that are less than 50 metres apart."),
        ("We regret that broadband.", "We regret that broadband and heating costs cannot be refunded."),
        ("Shaking.", "Shaking or pushing a pupil is forbidden in all circumstances."),
        ("Undergraduates may borrow 30.", "Undergraduates may borrow 12 items; postgraduates and staff may borrow 30."),
        ("Day trips are approved by the Visits Coordinator.",
         "Day trips are approved by the head of year, and residential trips by the Visits Coordinator."),
        ("A bond shall be returned within ten days after less the cost.",
         "A bond shall be returned within ten days after the event, less the cost of any breakage."),
        ("Leggings may be worn long tunic.", "Leggings may be worn under a dress or long tunic."),
        ("The leader may call rest.", "The leader may call a halt, ask for help or take a rest."),
        ("A call is paid at time a half.", "A call is paid at time and a half."),
        ("Do not exchange private texts.", TEXTS),  # those with whom stand behind the whole list
        ("You are not expected to look at it.", "You are not expected to look at it then, and you must not post."),
        ("Tell nobody outside your partner.", "Tell nobody outside your jury, including your friends or partner."),
        ("A partner may stay.", "Private talk between a guest and a partner may stay."),
        ("Never post photos.", "On trips take a phone and never post photos."),
        ("None, may use the chapel.", "Any faith, or none, may use the chapel."),
        ("Bus fares are paid at 40p a mile.", "Bus fares are paid, and car journeys at 40p a mile."),
        ("One may attend five may attend two.", "One may attend five and another may attend two."),
    ],
)  # fmt: skip
def test_half_a_condition_or_of_a_clause_is_never_shown(statement: str, sentence: str) -> None:
    """Every word stands there in its order, and the sense is turned by what was left out."""
    assert supported(statement, sentence).fit is Fit.LOOSE


def test_what_has_to_be_done_first_is_never_left_out() -> None:
    assert supported("If you need trainers you may wear them all day.", TRAINERS).fit is Fit.WRONG


@pytest.mark.parametrize(
    "limit",
    [
        ", but not on Sundays", ", but not for supply staff", "; not in corridors", ", though not a video",
        ", at lunch", ", on up to three days a week", ", up to 50", ", whether or not the head agrees",
        ", assuming the head agrees", ", depending on the head", ", excluding Fridays", "; otherwise ask the head",
        ", and on Fridays from noon", " and never in corridors", " or above", " or fewer, and no more",
    ],
)  # fmt: skip
def test_a_limit_at_the_end_is_never_left_out(limit: str) -> None:
    assert supported("You may take photos of Year 10.", f"You may take photos of Year 10{limit}.").fit is Fit.LOOSE


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("Do not, take photos.", "Do not take photos."),
        ("Pupils, who are late, must sign in.", "Pupils who are late must sign in."),
        ("It is for ages 5, 11.", "It is for ages 5-11."),
        ("Do not take photos of your pupils.", "Do not take photos of pupils."),
        ("You may take photos home.", "You may take these photos home."),
    ],
)
def test_marks_and_small_words_that_turn_the_sense_stay_as_they_are(statement: str, sentence: str) -> None:
    assert supported(statement, sentence).fit is Fit.LOOSE


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("Report it to the office.", "Report it to the office; they keep a list."),
        ("Never take photos of pupils.", "Never take photos of pupils and never leave a phone on a desk."),
        ("Members may draw £250.", "Members may draw £250, and shall account for it in 14 days."),
        ("Never have your phone visible in class.", PIN),
        ("Texts or photos are banned.", "Texts, numbers or photos are banned."),
        ("Texts are banned.", "Texts, numbers or photos are banned."),
        ("Photos are banned.", "Texts, numbers or photos are banned."),
        ("Do not take photos of pupils.", "Do not take photos of pupils or staff."),
    ],
)
def test_whole_items_and_whole_clauses_may_go(statement: str, sentence: str) -> None:
    assert supported(statement, sentence).fit is Fit.SAME


@pytest.mark.parametrize(
    ("statement", "sentence", "why"),
    [
        ("You must not exchange private texts.", TEXTS, "“must”"),
        ("You may exchange private texts with parents.", TEXTS, "“may”"),
        ("Exchange private texts with parents and carers, unless unwell.", TEXTS, "“unless”"),
        ("Do exchange private texts with parents and carers.", TEXTS, "obliged"),
        ("Share passwords with anyone.", "share passwords with anyone", "obliged"),
        ("Only exchange private texts with parents.", TEXTS, "“only”"),
        ("Take photos before 8am.", PHOTOS, "“8am”"),
        ("You may take photos if the headteacher has agreed on 4 May.", PHOTOS, "“4”"),
        ("The agency pays £1,350.50.", ADVANCE, "“£1350.50”"),
        ("The agency pays 12 of a week's pay.", ADVANCE, "“12”"),
        ("Freezers are kept at 18 degrees.", "Freezers are kept at -18 degrees.", "“18”"),
        ("Contact Mrs Patel before you exchange texts.", TEXTS, "“contact”"),
        ("Do not exchange private texts on WhatsApp.", TEXTS, "“whatsapp”"),
        ("Never? Exchange private texts with parents.", TEXTS, "more than one sentence"),
        ("![x](https://evil.example/?q=texts)", TEXTS, "markup"),
        ("Do not exchange <b>texts</b>.", TEXTS, "markup"),
        ("Do not exchange texts www.evil.example", TEXTS, "address"),
        ("Do not exchange $texts$", TEXTS, "markup"),
        ("No intercambie mensajes privados.", TEXTS, "“no”"),
        ("Nо texts", TEXTS, "'о'"),  # a Cyrillic о
        ("Do not exchange\u200btexts", TEXTS, "u200b"),
        ("Do not exchange private texts with parents?", TEXTS, "'?'"),
        ("texts " * 200, TEXTS, "characters"),
    ],
)
def test_words_of_weight_that_do_not_stand_there_drop_the_statement(statement: str, sentence: str, why: str) -> None:
    lead = "You must not:" if sentence.startswith("share") else ""
    found = supported(statement, sentence, lead)
    assert found.fit is Fit.WRONG
    assert why in found.why


def test_an_item_of_a_list_needs_the_words_that_rule_it() -> None:
    stem, item = "You must not:", "share passwords with anyone"
    assert supported("You must not share passwords with anyone.", item, stem).fit is Fit.SAME
    assert supported("Sharing passwords with anyone.", item, stem).fit is not Fit.SAME


@pytest.mark.parametrize("word", sorted(set(re.findall(r"[a-z]+", TEXTS.lower())) - {"and", "or", "your"}))
def test_no_word_can_be_swapped_for_one_of_the_models_own(word: str) -> None:
    swapped = re.sub(rf"\b{word}\b", "zebras", TEXTS, flags=re.IGNORECASE)
    assert supported(swapped, TEXTS).fit is Fit.WRONG


# --- quotes -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        ("the school's headteacher", PHOTOS, "the school’s headteacher"),
        ('"friend" - not', "Make no “friend” – not now.", "“friend” – not"),
        ("wait...", "Please wait… here.", "wait…"),
        ("private  texts,\nphone", TEXTS, "private texts, phone"),
        ("Do not exchange", TEXTS, "Do not exchange"),
    ],
)
def test_typographic_differences_are_undone_and_the_slice_is_shown(quote: str, text: str, found: str) -> None:
    span = locate(quote, text)
    assert span is not None
    assert text[slice(*span)] == found


@pytest.mark.parametrize(
    "quote",
    [
        TEXTS.replace("not ", ""),
        TEXTS.replace("texts", "text"),
        TEXTS.replace("Do not", "Do NOT"),
        "Do not exchange … with pupils",
        "exchange private texts with parents",
        "",
        " ",
    ],
)
def test_an_altered_quote_is_not_found(quote: str) -> None:
    assert locate(quote, TEXTS) is None


def test_a_quote_is_widened_to_its_sentence_so_that_no_not_is_cut_off() -> None:
    (_, citation) = checked(Statement("", 1, "exchange private texts")).statements[0]
    assert citation.quote == TEXTS
    assert PAGE.text[citation.start : citation.end] == TEXTS


def test_a_short_sentence_is_quoted_whole_or_not_at_all() -> None:
    page = replace(PAGE, text="- Lock up. Hand the keys to the office.")
    given = (Labelled(1, candidate(cut(page)[0])),)

    def quoted(quote: str) -> list[str]:
        found = check(Draft("info", (Statement("", 1, quote),), 0.9), given, {"it": page})
        return [citation.quote for citation in found.citations]

    assert quoted("Lock up.") == ["Lock up."]
    assert quoted("the keys") == []


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        (Statement("", 99, TEXTS), "label 99: never given out"),
        (Statement("", 0, TEXTS), "label 0: never given out"),
        (Statement("", -1, TEXTS), "label -1: never given out"),
        (Statement("", 2, TEXTS), "label 2: the quote is not in the clause"),
        (Statement("", 1, "not"), "label 1: the quote is not in the clause"),
        (Statement("HACKED", 1, TEXTS), "label 1: “hacked” does not stand in what it rests on"),
    ],
)
def test_what_fails_is_dropped_and_counted(statement: Statement, why: str) -> None:
    assert checked(statement) == Checked((), (why,))


def test_loose_words_are_left_out_and_the_quote_stays() -> None:
    found = checked(Statement("Turn off your mobile phone.", 1, BLUETOOTH))
    assert [(s.text, c.quote) for s, c in found.statements] == [("", BLUETOOTH)]
    assert found.dropped == ("label 1: it leaves out “bluetooth setting on”",)


def test_a_statement_that_is_the_whole_sentence_is_shown_as_the_quote_that_it_is() -> None:
    found = checked(Statement(TEXTS.rstrip(".") + ".", 1, TEXTS))
    assert ([s.text for s, _ in found.statements], found.dropped) == ([""], ())


def test_the_same_sentence_counts_once_and_only_so_many_stand() -> None:
    assert len(checked(Statement("", 1, TEXTS), Statement("", 1, TEXTS)).statements) == 1
    many = [Statement("", n, s.text) for n, c in enumerate(CLAUSES, 1) for s in c.sentences]
    assert len(many) > MOST_STATEMENTS
    assert [(c.label, c.quote) for c in checked(*many).citations] == [(1, TEXTS), (2, BLUETOOTH), (3, PHOTOS)]


def test_a_citation_that_is_no_slice_is_an_error() -> None:
    with pytest.raises(QuoteAltered, match="run policy-ingest again"):
        cite(1, replace(CLAUSES[0], start=CLAUSES[0].start + 1), {"it": PAGE})


# --- verdicts -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "verdict", "held", "doubted", "refused"),
    [
        ("can I exchange private texts with parents?", "yes", "no", "", "contradicts"),
        ("can I exchange private texts with parents?", "yes", "yes", "", "contradicts"),
        ("can I exchange private texts with parents?", "no", "no", "", ""),
        ("can I exchange private texts with parents?", "no", "info", "", ""),  # the rules bear it out
        ("can I exchange private texts with parents?", "no", "info", "yes", ""),
        ("can I exchange private texts with parents?", "no", "info", "no", "firmer"),
        ("can I exchange private texts with parents?", "no", "conditional", "", "firmer"),
        ("can I exchange private texts with parents?", "no", "no", "no", "firmer"),
        ("can I exchange private texts with parents?", "no", "yes", "yes", "firmer"),  # judge and rules pull apart
        ("can I exchange private texts with parents?", "conditional", "no", "", "follows neither"),
        ("is it banned to exchange private texts with parents?", "no", "yes", "", "contradicts"),
        ("who can I exchange private texts with?", "yes", "info", "", "follows neither"),
        ("who can I exchange private texts with?", "info", "info", "", ""),
    ],
)
def test_a_verdict_must_follow_from_judge_or_rules(
    question: str, verdict: Verdict, held: Verdict, doubted: str, refused: str
) -> None:
    found = verdict_refused(verdict, checked(Statement("", 1, TEXTS)), ruling(question, held, doubted=doubted))
    assert bool(found) == bool(refused)
    assert refused in found


def test_what_a_consultant_has_taught_is_not_overruled() -> None:
    taught = TaughtQuestion("t1", "can I exchange private texts with parents?", (), "info", ((CLAUSES[0].id, 0),), 1)
    held = replace(ruling(taught.question, "info"), taught=taught)
    stated = checked(Statement("", 1, TEXTS))
    assert verdict_refused("no", stated, held) == "“no” is not what a consultant has taught"
    assert verdict_refused("info", stated, held) == ""


def test_a_plain_yes_on_a_conditional_clause_is_refused() -> None:
    held = ruling("can I take photos of displays?", "conditional", shares=(0.1, 0.7, 0.05, 0.05))
    assert "“yes”" in verdict_refused("yes", checked(Statement("", 2, PHOTOS)), held)
    assert verdict_refused("conditional", checked(Statement("", 2, PHOTOS)), held) == ""


@pytest.mark.parametrize(
    ("question", "verdict", "quote"),
    [
        ("Is mileage paid?", "no", "Mileage is not paid for journeys under ten miles."),
        ("Do I have to give a doctor's note?", "no", "You are not obliged to give a doctor's note for up to a week."),
        ("Can I bring my puppy?", "yes", "You may bring a trained assistance dog."),
        ("Can I smoke?", "no", "Vaping is prohibited on school premises."),
    ],
)
def test_what_the_judge_holds_to_depend_no_model_makes_a_plain_answer(
    question: str, verdict: Verdict, quote: str
) -> None:
    page = Document(id="it", title="IT", text=f"# IT\n\n- {quote}", path="it.md")
    (clause,) = cut(page)
    stated = check(Draft(verdict, (Statement("", 1, quote),), 0.9), [Labelled(1, candidate(clause))], {"it": page})
    held = ruling(question, "conditional")
    rests = replace(held.judgements[0], candidate=candidate(clause), norms=read_norms(quote))
    held = replace(held, judgements=(rests,), reading=settle(held.frame, rests.norms))
    assert held.reading.verdict == verdict
    assert "firmer" in verdict_refused(verdict, stated, held)
    assert verdict_refused("conditional", stated, held) == ""


def test_a_plain_answer_of_a_model_needs_rules_that_can_be_relied_on() -> None:
    held = ruling("did we exchange private texts?", "info")
    assert (held.reading.verdict, held.reading.certain) == ("no", False)
    assert "follows neither" in verdict_refused("no", checked(Statement("", 1, TEXTS)), held)


def test_a_true_quote_beside_the_question_is_no_answer() -> None:
    both = checked(Statement("", 1, TEXTS), Statement("", 2, PHOTOS))
    found = relevant(both, ruling("can I text parents?", "no", shares=(0.86, 0.02, 0.01, 0.01)))
    assert [c.quote for c in found.citations] == [TEXTS]
    assert found.dropped == ("label 2: beside the question",)


def test_the_judges_verdict_is_not_given_on_a_sentence_the_judge_does_not_rest_it_on() -> None:
    held = ruling("is texting a parent right?", "no", shares=(0.7, 0.15, 0.03, 0.02))
    assert verdict_refused("no", checked(Statement("", 1, TEXTS)), held) == ""
    assert "follows neither" in verdict_refused("no", checked(Statement("", 2, PHOTOS)), held)
