"""A measured run as JUnit XML: a test per question, so that any CI shows which ones are wrong.

Well-formed whatever was asked: characters that XML 1.0 cannot hold are left out, the rest is escaped by the
standard library. No times, so the same run is the same bytes.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as Xml

from eval.figures import Row
from eval.gate import Outcome
from eval.report import faults

#: Everything that is no character of XML 1.0 (https://www.w3.org/TR/xml/#charsets).
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_junit(outcome: Outcome) -> str:
    """The suite `gold` with a test for each question, and the suite `gate` with one for the bar."""
    suites = Xml.Element("testsuites", name="policy-eval")
    rows = outcome.measured.rows
    wrong = [row for row in rows if row.score.right is False]
    gold = Xml.SubElement(suites, "testsuite", name="gold", tests=str(len(rows)), failures=str(len(wrong)))
    for row in rows:
        case = Xml.SubElement(gold, "testcase", classname="gold", name=safe(f"{row.gold.id} {row.gold.question}"))
        if row.score.right is False:
            failed = Xml.SubElement(case, "failure", message=safe("; ".join(faults(row))))
            failed.text = safe(_told(row))
    failing = str(int(bool(outcome.failures)))
    gate = Xml.SubElement(suites, "testsuite", name="gate", tests="1", failures=failing)
    bar = Xml.SubElement(gate, "testcase", classname="gate", name="at or above the bar")
    if outcome.failures:
        Xml.SubElement(bar, "failure", message=safe(outcome.failures[0])).text = safe("\n".join(outcome.failures))
    Xml.indent(suites)
    return Xml.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def safe(text: str) -> str:
    """A text without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def _told(row: Row) -> str:
    expected = [f"expected: {row.gold.verdict}", *(f"  {quote.role}: {quote.text}" for quote in row.gold.evidence)]
    answered = [f"answered: {row.answer.verdict}", *(f"  cited: {citation.quote}" for citation in row.answer.cited)]
    return "\n".join([*expected, *answered])
