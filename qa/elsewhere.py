"""Whether a question asks of what stands elsewhere: in the law, in another's book, in the rules of an earlier time, in
another part of the handbook.

“Is it against the law to text a pupil”, “did the old handbook allow it” and “what does section 3 say” are not answered
by “Do not text pupils.” of section 2. A clause that names what is asked of may answer.
"""

from __future__ import annotations

import re

from ingest.clauses import Clause
from qa.spelling import stems, whole

_SAYS = r"(?:says?|states?|lets?|allows?|permits?|bans?|forbids?|prohibits?|requires?|mean|means|mind)"
_BOOK = (
    r"(?:law|gdpr|data protection (?:act|law)|kcsie|keeping children safe in education|dfe|department for education"
    r"|ofsted|union|nasuwt|neu|unison|acas|hmrc|teachers? standards|equality act|employment law)"
)
_OF_A_BOOK = whole(
    rf"(?:does|do|did|would|will) (?:the |my |our |your )?(?P<asked>{_BOOK}) (?:\w+ )?{_SAYS}",
    rf"(?:according to|under) (?:the |my |our |your )?(?P<under>{_BOOK})",
)
_OF_THE_LAW = whole(
    r"(?:is|are|was|were|be|isnt|would) (?:it |that |this |they )?(?:be )?(?:\w+ly |even |still )?"
    r"(?:illegal|unlawful|legal|lawful|against the law|a crime|a criminal offence)"
    r"(?! (?:guardian|custody|aid|carer|advice|fees?|costs?|highs?|name|rep\w*|age|documents?|tender)\b)",
    r"break(?:s|ing)? the law",
    r"(?:legally|by law)(?= (?:can|may|must|do|am|are|should|have|allowed|required|obliged|entitled|bound)\b)",
    r"(?:have to|need to|must|required|obliged|allowed)[\w ]{1,40} by law",
)
_NAMES_LAW = whole(
    r"(?:il|un)?(?:legal|lawful)(?:ly)?",
    r"(?:law|act|regulation|offence|crime)s?|legislation|criminal\w*|statut\w+",
)
_OF_EARLIER = whole(
    r"(?:old|previous|former|earlier) (?:policy|policies|handbook|rules?|guidance|version|edition)",
    r"before (?:this|these|your|our) (?:\w+ )?(?:policy|handbook|rules?|page|guidance)(?! (?:says?|allows?|lets?)\b)",
    r"^(?:so |and )?(?:was|were|could|did) (?:i|we|you|they|it|staff|people|(?:the )?\w+s)\b.*"
    r"\b(?:in|before|until|till) (?:19|20)\d\d",
)
_NAMES_EARLIER = whole(r"(?:19|20)\d\d", r"old|previous(?:ly)?|former(?:ly)?|earlier|until now|so far")

#: All that is asked is what a part says; "what does rule 5 say about phones" is asked of phones.
_OF_A_PART = whole(
    r"what(?:s| is| does| do)? (?:on |in |under )?(?:page|section|paragraph|para|clause|rule|point|item|chapter)"
    r" (?P<number>\d+[a-z]?)(?: says?| states?| mean)?(?=\W*$)"
)


def asks_elsewhere(parts: tuple[str, ...], clause: Clause) -> bool:
    """Whether a question, in its clauses, asks of a law, a book, a time or a part that the clause which may answer is
    not of.
    """
    said = " ".join((*clause.heading_path, clause.lead, clause.text)).lower()
    books = [found["asked"] or found["under"] for part in parts for found in _OF_A_BOOK.finditer(part)]
    of_law = "law" in books or any(map(_OF_THE_LAW.search, parts))
    of_book = any(book != "law" and not stems(book) & stems(said) for book in books)
    of_earlier = any(map(_OF_EARLIER.search, parts))
    numbers = {clause.page, *re.findall(r"\w+", " ".join((clause.number, *clause.heading_path)).lower())}
    of_part = any(found["number"] not in numbers for part in parts if (found := _OF_A_PART.search(part)))
    return (
        of_part
        or of_book
        or (of_law and not _NAMES_LAW.search(said))
        or (of_earlier and not _NAMES_EARLIER.search(said))
    )
