"""Whether one who does something is alone: “can I lift it by myself” is settled by “only with somebody present”."""

from __future__ import annotations

import re
from functools import lru_cache

from qa.spelling import whole

_PERSON = r"(?:adult|grown[- ]?up|person|colleague|member of staff|teacher|instructor|supervisor|mate|friend)"
_ALONE = whole(
    r"(?<!leave it )(?<!let it )(?<!leave them )alone",
    r"by (?:my|your|him|her|them|our|one)sel(?:f|ves)",
    r"on (?:my|your|his|her|their|our) (?:tod|own)"
    r"(?=\W*$| (?:in|at|on|with|if|when|for|to|after|before|and|or|without)\b)",
    r"unaccompanied|unsupervised|unescorted|single[- ]handed|solo",
    rf"without (?:an?|any|the|another|a second)(?: other)? {_PERSON}",
    r"without (?:anyone|anybody|someone|somebody)(?: else)?(?= (?:there|present|watching|with me|about)\b|\W*$)",
)
_ACCOMPANIED = whole(
    rf"with (?:an?|another|one other|two|the|my|some) (?:\w+ )?{_PERSON}s?",
    rf"(?:an|another|a second|the|two) (?:\w+ )?{_PERSON}s?(?: (?:is|are|must be|will be))?"
    r" (?:present|watching|there|with (?:me|us|you|them|him|her)|in the (?:room|building))",
    r"with (?:someone|somebody)(?: else)?(?: (?:there|present|watching))?",
    r"(?:someone|somebody)(?: else)?(?: is|s)? (?:there|present|watching|with (?:me|us|you|them))",
    r"accompanied|supervised|escorted|under (?:\w+ ){0,2}supervision|in the presence of|in pairs",
    r"two (?:people|of (?:us|you))",
)
_NOT = re.compile(
    r"(?:\bnot|\bnever|n['’]?t|\bunless)(?: (?:be|being|do it|all|ever|quite|go|there))? $", re.IGNORECASE
)


@lru_cache(maxsize=8192)
def is_alone(text: str) -> bool | None:
    """Whether a text speaks of one who is alone; False where somebody is there too, None where it says neither or both.

    >>> is_alone("can i use the lathe on my own"), is_alone("can i use it with a mate"), is_alone("can i use it")
    (True, False, None)
    """
    told = {
        alone != bool(_NOT.search(text[: found.start()]))
        for alone, pattern in ((True, _ALONE), (False, _ACCOMPANIED))
        for found in pattern.finditer(text)
    }
    return told.pop() if len(told) == 1 else None
