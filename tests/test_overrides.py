"""A rule of a page that takes back another by its number is found, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from ingest.clauses import cut
from ingest.documents import Document
from qa.overrides import overrides

PAGE = """# Rules

## 1. Gifts

1.1 Gifts must be refused.

1.2 A gift worth £5 is small.

## Keys

5. You must:

(a) lock the door;

(b) hand in the key.

6. Keys are kept in the hall.

- A third bullet.
"""


def found(text: str) -> list[tuple[str, str]]:
    page = Document("a", "Rules", f"{PAGE}\n9. {text}\n", "a.md")
    return [(o.rule.number, o.by.number) for o in overrides(page, cut(page))]


BACK = {
    "Notwithstanding paragraph 6, the Clerk keeps one.": ["6"],
    "Despite anything in rule 6, the Clerk keeps one.": ["6"],
    "As an exception to para. 6, the Clerk keeps one.": ["6"],
    "Nothing in clause 5(b) stops the Clerk from keeping one.": ["5 (b)"],
    "The provisions of paragraph 5 shall not apply to the Clerk.": ["5", "5 (a)", "5 (b)"],
    "Paragraph 6 above does not apply to the Clerk.": ["6"],
    "Rules 5(a) and 6 do not apply to the Clerk.": ["5 (a)", "6"],
    "Paragraphs 5 to 6 do not apply to the Clerk.": ["5", "5 (a)", "5 (b)", "6"],
    "Rule 1.2 only applies to the Clerk.": ["1.2"],
    "Section 1 does not apply to the Clerk.": ["1.1", "1.2"],
    "Paragraph 6 of these rules does not apply to the Clerk.": ["6"],
}


@pytest.mark.parametrize(("text", "rules"), BACK.items())
def test_a_clause_takes_back_the_rules_it_names(text: str, rules: list[str]) -> None:
    assert found(text) == [(rule, "9") for rule in rules]


@pytest.mark.parametrize("words", ["Subject to paragraph 6", "Except as provided in rule 6", "Unless clause 6 applies"])
def test_a_clause_gives_way_to_the_rule_it_names(words: str) -> None:
    assert found(f"{words}, you may keep a key.") == [("9", "6")]


@pytest.mark.parametrize(
    "text",
    [
        "Paragraph 6 applies to the Clerk.",
        "Notwithstanding section 6 of the Keys Act, the Clerk keeps one.",
        "Notwithstanding section 62, the Clerk keeps one.",
        "Paragraph 9 does not apply to the Clerk.",
        "Paragraph 1.3 does not apply to the Clerk.",
        "This does not apply to the Clerk.",
        "See paragraph 6.",
    ],
)
def test_what_names_no_rule_of_the_page_or_leaves_it_be_takes_nothing_back(text: str) -> None:
    assert found(text) == []


def test_a_range_of_numbers_takes_in_those_that_the_page_has() -> None:
    assert found("Paragraphs 1 to 998 do not apply to the Clerk.") == [
        (rule, "9") for rule in ("1.1", "1.2", "5", "5 (a)", "5 (b)", "6")
    ]


def test_a_bullet_has_no_number_that_a_rule_could_name() -> None:
    page = Document("a", "Rules", "- Sign in.\n\nNotwithstanding paragraph 1, the Clerk need not.\n", "a.md")
    assert list(overrides(page, cut(page))) == []


def test_of_numbers_that_begin_anew_the_one_beside_is_meant() -> None:
    page = Document(
        "a", "Rules", "## Dogs\n\n1. On a lead.\n\n## Cats\n\n1. Inside.\n\n2. Rule 1 does not apply in May.\n", "a.md"
    )
    assert [o.rule.text for o in overrides(page, cut(page))] == ["Inside."]


def test_a_rule_numbered_with_letters_is_found_by_its_name() -> None:
    page = Document(
        "a",
        "Rules",
        "B1. Ask first.\n\nB2. Ask for:\n\n(a) keys;\n\nB3. Paragraphs B1 and B2(a) do not apply in May.\n\n"
        "Rule 4. Lock up.\n\nRule 5. Rule 4 does not apply in May.\n",
        "a.md",
    )
    taken_back = [(o.rule.number, o.by.number) for o in overrides(page, cut(page))]
    assert taken_back == [("B1", "B3"), ("B2 (a)", "B3"), ("Rule 4", "Rule 5")]
