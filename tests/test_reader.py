"""What an answer shows of the page: the sentence, what it leans on, what leans on it, and what stands above it."""

import json
from html import escape
from pathlib import Path

import pytest
from homes import republish

from desk.register import read_answer
from desk.transcript import answer_text
from ingest.clauses import cut
from ingest.disk import copy_folder
from ingest.documents import Document
from pages.markup import quoted
from qa.assistant import Assistant, open_assistant
from qa.citations import cite
from qa.evidence import Candidate
from qa.reader import with_what_travels


@pytest.mark.parametrize(
    ("text", "sentence", "shown"),
    [
        ("Pupils may use phones at break. This does not apply in Year 7.", 0, 2),
        ("Pupils may use phones at break. Year 7 is in at break.", 0, 1),
        ("You may borrow a laptop. It must be back by four. You need the bursar's signature.", 0, 2),
        ("You may borrow a laptop. It must be back by four.", 1, 2),
        ("We pay by the hour. If a class is cancelled, ring us. In that case we pay one hour.", 2, 2),
        ("See the dentist on a day off. Where this is not possible, two hours may be taken. Show the card.", 0, 2),
        ("A pupil may leave at noon. Should that be too late, ring. Failing that, write. Cars wait.", 0, 3),
        ("Nobody is let in after ten. In such circumstances, ring the warden. When the bell rings, leave.", 0, 2),
        ("Visitors sign in. However, governors need not. They have badges. They keep them. These are blue.", 0, 3),
        ("Parents may watch. Only Year 6 may film. The rule does not apply to staff.", 1, 2),
        ("Minibus drivers need a D1. Volunteer drivers do not.", 1, 2),
        ("Ice packs may be given by anyone. Tablets, creams and sprays may not.", 1, 2),
        ("Residents may buy a plot. Visitors may not, but may be buried. Ring us.", 1, 2),
        ("Music can't go online. Speech can, apart from adverts. Ring us.", 1, 2),
        ("Juniors may not drink. Adults may if you agree. Ring us.", 1, 2),
        ("Under-tens wear a lifejacket. Adults are urged to. Ring us.", 1, 2),
        ("Noisy work stops at six. There is none on Sundays. Ring us.", 1, 2),
        ("Kettles stay at home. Fridges are provided if you ask. Ring us.", 1, 1),
        ("We've got a dog. Does that rule us out? No. Just tell us. Ring first.", 0, 3),
        ("The gate shuts at ten. Going out late? Take a key. Ring first.", 0, 1),
        ("Check in by ten. If you haven't, your desk goes back. Wipe it.", 1, 2),
        ("Check in by ten. If you have a locker, lock it.", 1, 1),
        ("Ask before you work late. Where a burst main makes that impossible, ask the day after. Claim.", 0, 2),
        ("Do not give medicine. The exception is a pen.", 1, 2),
        ("Adults stay out. In an emergency, such as a fall, an adult may go in. Knock.", 0, 2),
        ("Minibus drivers need a D1. Ask where you can.", 0, 1),
        ("Lock your phone with privacy settings. Keep these under review and audit who has access.", 1, 2),
        ("A key may be had at the office. Return it by noon.", 1, 2),
        ("A key may be had at the office. Return it by noon.", 0, 1),
        ("A key may be had at the office. Return these keys by noon.", 1, 1),
        ("May my partner ring? Sorry, no, unless you have named them on a form. Ring us.", 1, 2),
        ("Never film a match with your phone. If a match has to be filmed, use the club's camera.", 0, 2),
        ("Never film a match with your phone. To film one, use the club's camera. Dogs stay out.", 0, 2),
        ("Never film a match with your phone. If you need a seat, ask the coach.", 0, 1),
        ("Film each match with your phone. If a match has to be filmed twice, use the club's camera.", 0, 1),
        ("Called out after midnight? You may start at eleven. Ring first.", 1, 2),
        ("Called out after midnight? You may start at eleven. Ring first.", 2, 1),
        ("May I park here? In the bays. Ring the bell.", 1, 2),
        ("May I park here? In the bays. Ring the bell.", 2, 1),
    ],
)
def test_a_sentence_is_shown_with_what_it_leans_on_and_what_leans_on_it(text: str, sentence: int, shown: int) -> None:
    page = Document("p", "Page", f"# Page\n\n{text}\n", "p.md")
    (clause,) = cut(page)
    found = with_what_travels(Candidate(clause, clause.sentences[sentence], 1.0, {}, True, ""))
    assert found in page.text
    assert clause.sentences[sentence].text in found
    assert sum(s.text in found for s in clause.sentences) == shown


APART = [
    (
        "No more than eight a day. Residents under 50 kg: no more than four a day.",
        "how many a day for someone of 45kg",
        2,
    ),
    (
        "No more than eight a day. Residents under 50 kg: no more than four a day.",
        "how many a day if theyre under 50kg",
        2,
    ),
    (
        "No more than eight a day. Residents under 50 kg: no more than four a day.",
        "how many a day for someone of 60kg",
        1,
    ),
    ("No more than eight a day. Residents under 50 kg: no more than four a day.", "how many a day can i take", 1),
    ("Drink nothing for eight hours before. Bar crew have to leave it 12.", "bar crew, can i have a beer at lunch", 2),
    ("Drink nothing for eight hours before. Bar crew have to leave it 12.", "can i have a beer at lunch", 1),
    (
        "Money left over is refunded to families. A form is filled in. Parents are told by text if you are late.",
        "do parents get the money back",
        1,
    ),
    ("Bar crew must drink nothing for 12 hours before. Night crew must ring in.", "do bar crew ring the night crew", 1),
]


@pytest.mark.parametrize(("text", "question", "shown"), APART)
def test_the_sentence_for_the_people_or_the_amount_that_a_question_names_is_shown_too(
    text: str, question: str, shown: int
) -> None:
    (clause,) = cut(Document("p", "Page", f"{text}\n", "p.md"))
    candidate = Candidate(clause, clause.sentences[0], 1.0, {}, True, "")
    assert sum(s.text in with_what_travels(candidate, question) for s in clause.sentences) == shown


LISTS = """# Page

## You must not

- discuss a pupil with anyone other than:
  - the SENCO,
- shout;

## Visitors

Visitors must:

- sign in.

Dogs stay out.

## Night porters (all)

Ring in at six.

Porters sleep by day.

## What you must not carry

- drinks other than water

## Is it banned to smoke in the yard?

It is.

## May I use my own laptop?

No, unless IT has checked it first.
"""


@pytest.mark.parametrize(
    ("quote", "lead"),
    [
        ("the SENCO,", "You must not … discuss a pupil with anyone other than:"),
        ("shout;", "You must not"),
        ("sign in.", "Visitors must:"),
        ("Dogs stay out.", "Visitors"),
        ("Ring in at six.", "Night porters (all)"),
        ("Porters sleep by day.", ""),
        ("drinks other than water", "What you must not carry"),
        ("It is.", "Is it banned to smoke in the yard?"),
        ("No, unless IT has checked it first.", "May I use my own laptop?"),
    ],
)
def test_a_quote_says_what_it_stands_under_where_it_is_not_understood_alone(quote: str, lead: str) -> None:
    page = Document("p", "Page", LISTS, "p.md")
    clause = next(c for c in cut(page) if c.text == quote)
    citation = cite(1, clause, {"p": page})
    assert citation.lead == lead
    assert all(stem in page.text for stem in citation.lead.split(" … "))
    assert citation.introduced == (f"The handbook says, under “{lead.rstrip(':')}”" if lead else "The handbook says")
    assert ":”" not in citation.told


STEMS = """# Night staff

Guests may not bring visitors after 22:00. The only exceptions are:

- registered carers
- police officers:
  - on duty
  - with a warrant

Dogs stay out.

Porters must

(a) carry a torch;
(b) ring in at six.
"""


@pytest.mark.parametrize(
    ("quote", "items"),
    [
        ("Guests may not bring visitors after 22:00. The only exceptions are:",
         ("registered carers", "police officers:", "on duty", "with a warrant")),
        ("police officers:", ("on duty", "with a warrant")),
        ("Porters must", ("carry a torch;", "ring in at six.")),
        ("registered carers", ()),
        ("Dogs stay out.", ()),
    ],
)  # fmt: skip
def test_a_stem_brings_the_items_that_it_opens(quote: str, items: tuple[str, ...]) -> None:
    page = Document("n", "Night staff", STEMS, "n.md")
    clause = next(c for c in cut(page) if c.text == quote)
    citation = cite(1, clause, {"n": page})
    assert citation.items == items
    assert all(f"<li>“{escape(item)}”</li>" in quoted(citation) for item in items)
    assert citation.told == " ".join([f"{citation.introduced}: “{quote}”", *(f"“{item}”" for item in items), "[1]"])


PORTERS = """# Night staff

## Laptops

You may borrow a laptop if:

- you have finished your trial period;
- your manager has signed for it; and
- you keep it in a locked bag.

## Bags

Each night porter must carry:

- a torch
- the master key, in its pouch
- a radio

The duty manager opens the bags once a week.
"""


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("what does a night porter carry?", True),
        ("what do porters need to carry with them", True),
        ("where is the master key kept?", False),
        ("does a night porter have to carry a radio?", False),
        ("how often are bags opened?", False),
    ],
)
def test_who_asks_for_a_list_gets_all_of_it(question: str, whole: bool, porters: Assistant) -> None:
    answer = porters.ask(question)
    citations = answer.citations
    shown = {words for c in citations for words in (c.quote, *c.items)}
    assert ({"a torch", "the master key, in its pouch", "a radio"} <= shown) == whole
    assert len(shown) == sum(1 + len(c.items) for c in citations), "nothing twice"
    assert read_answer(json.loads(json.dumps(answer.to_dict()))).citations == citations, "as it is kept"
    assert all(f"“{words}”" in answer_text(answer) for words in shown)


@pytest.mark.parametrize("question", ["ive finished my trial, can i borrow a laptop", "can i borrow a laptop?"])
def test_one_of_several_conditions_is_no_yes_and_all_of_them_are_shown(question: str, porters: Assistant) -> None:
    answer = porters.ask(question)
    assert answer.verdict == "conditional"
    assert all(condition in answer.text for condition in ("trial period", "has signed", "locked bag"))
    assert "under “You may borrow a laptop if”: " in answer.text


@pytest.fixture(scope="module")
def porters(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant on a handbook of one list."""
    base = tmp_path_factory.mktemp("porters")
    copy_folder(home / "models", base / "home" / "models")
    (base / "docs").mkdir()
    (base / "docs" / "night.md").write_text(PORTERS, "utf-8")
    republish(base / "docs", base / "home")
    return open_assistant(base / "home")
