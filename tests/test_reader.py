"""What an answer shows of the page: the sentence, what it leans on, what leans on it, and what stands above it."""

import pytest

from ingest.clauses import cut
from ingest.documents import Document
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
        ("Visitors sign in. However, governors need not. They have badges. They keep them. These are blue.", 0, 3),
        ("Parents may watch. Only Year 6 may film. The rule does not apply to staff.", 1, 2),
    ],
)
def test_a_sentence_is_shown_with_what_it_leans_on_and_what_leans_on_it(text: str, sentence: int, shown: int) -> None:
    page = Document("p", "Page", f"# Page\n\n{text}\n", "p.md")
    (clause,) = cut(page)
    found = with_what_travels(Candidate(clause, clause.sentences[sentence], 1.0, {}, True, ""))
    assert found in page.text
    assert clause.sentences[sentence].text in found
    assert sum(s.text in found for s in clause.sentences) == shown


LISTS = """# Page

## You must not

- discuss a pupil with anyone other than:
  - the SENCO,
- shout;

## Visitors

Visitors must:

- sign in.

Dogs stay out.

## May I use my own laptop?

No, unless IT has checked it first.
"""


@pytest.mark.parametrize(
    ("quote", "lead"),
    [
        ("the SENCO,", "You must not … discuss a pupil with anyone other than:"),
        ("shout;", "You must not"),
        ("sign in.", "Visitors must:"),
        ("Dogs stay out.", ""),
        ("No, unless IT has checked it first.", "May I use my own laptop?"),
    ],
)
def test_a_quote_says_what_it_stands_under_where_it_is_not_understood_alone(quote: str, lead: str) -> None:
    page = Document("p", "Page", LISTS, "p.md")
    clause = next(c for c in cut(page) if c.text == quote)
    citation = cite(1, clause, {"p": page})
    assert citation.lead == lead
    assert all(stem in page.text for stem in citation.lead.split(" … "))
    assert citation.introduced == (f"The handbook says, under “{citation.lead}”" if lead else "The handbook says")
