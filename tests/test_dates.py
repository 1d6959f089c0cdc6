"""Days of the year: which a text names, and whether one keeps a period or a deadline."""

import pytest

from qa.amounts import amounts
from qa.dates import keeps_date
from qa.frames import read_question
from qa.modality import settle
from qa.norms import read_norms


@pytest.mark.parametrize(
    ("asked", "text", "kept"),
    [
        ("is 2 march ok", "by 3 March", True),
        ("is the 3rd of march ok", "by 3 March", True),
        ("is 10 march ok", "by 3 March", False),
        ("is march 10th ok", "by 3 March", False),
        ("ok in march", "by 3 March", None),
        ("is 3 march ok", "before 3 March", False),
        ("20 december, ok", "by 10 January", True),
        ("in july, ok", "by 10 January", None),
        ("ok on 1 may", "after 30 April", True),
        ("ok in june", "from October to March", False),
        ("ok in january", "from October to March", True),
        ("ok in june", "from 15 March to 15 June", None),
        ("ok on 5 december", "between 1 November and the end of February", True),
        ("ok in september", "up to the end of August", False),
        ("may i go in", "before 1 June", None),
        ("at 16 may i go in", "before 1 June", None),
        ("between 2 march and 4 april", "by 3 March", None),
        ("ok on 12 june", "from 1 May 2026", None),
        ("ok in september", "in June and December", None),
        ("ok in march", "the morning after may be taken", None),
    ],
)
def test_a_date_keeps_a_period_or_a_deadline(asked: str, text: str, kept: bool | None) -> None:
    assert keeps_date(asked, text) is kept


def test_the_day_of_a_month_is_no_amount() -> None:
    assert amounts("by 3 March or 1st of December") == ()
    assert [amount.said for amount in amounts("those under 18 may not stay")] == [18]


@pytest.mark.parametrize(
    ("question", "sentence", "verdict", "certain"),
    [
        ("can i apply on 20 march", "Applications must reach us by 3 March.", "no", True),
        ("can i apply on 1 march", "Applications must reach us by 3 March.", "yes", False),
        ("do i have to apply", "You must apply by 3 March.", "yes", False),
        ("can i light a bonfire in july", "Bonfires are allowed from May to August.", "yes", False),
        ("can i light a bonfire in march", "Bonfires are allowed from May to August.", "no", False),
        ("can i light a bonfire", "Bonfires are allowed from May to August.", "conditional", True),
        ("can i light a bonfire in july", "Bonfires are forbidden from May to August.", "no", True),
        ("can i light a bonfire in march", "Bonfires are forbidden from May to August.", "yes", False),
        ("must i wear a tie in june", "No tie is needed from 1 May to 30 September.", "no", True),
        ("2 hours on 5 august, ok", "You may hose for up to an hour from June to September.", "no", False),
    ],
)
def test_a_date_is_held_against_that_of_the_rule(question: str, sentence: str, verdict: str, certain: bool) -> None:
    found = settle(read_question(question), read_norms(sentence))
    assert (found.verdict, found.certain) == (verdict, certain)
