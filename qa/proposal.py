"""A model's reply, while it is written and when it is whole → what stands of it, or why the reader's draft is given.

Of a draft that is being written every statement is checked as soon as it is closed, by the same checks as the
whole. What cannot be known before the end is checked at the end, and may overturn what stood until then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.documents import Document
from qa.call import Piece, Reply
from qa.citations import Checked, check, relevant, verdict_refused
from qa.draft import Draft, Labelled, Usage
from qa.judge import Ruling
from qa.prompt import VERSION
from qa.reply import draft_of, read_draft
from qa.stream import Growing

SURE = 0.8  # from this belief in an answer on, a model's "not covered" is not taken

NOTHING_STANDS = "nothing the model wrote could be found in the handbook"
VERDICT_REFUSED = "the model's answer does not follow from the words it cites"
FOUND_NOTHING = "the model found no answer where the handbook has one"
CHANGED = "the model changed what it had written already"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A model's checked draft; with a reason, the reader's is to be given instead. Either way it took tokens.

    One that is not `whole` is of a reply that is still being written.
    """

    draft: Draft
    checked: Checked
    reason: str = ""
    prompt: str = VERSION
    usage: Usage | None = None
    whole: bool = True


class Proposing:
    """Turns what is heard of one reply into proposals."""

    def __init__(self, name: str, ruling: Ruling, documents: dict[str, Document]) -> None:
        self.given = labelled(ruling)
        self._name = name
        self._ruling = ruling
        self._documents = documents
        self._growing = Growing()
        self._stood = False
        self._usage: Usage | None = None

    def take(self, heard: Piece | Reply) -> Proposal | None:
        """What stands after these words, if it is more than before; a whole proposal is the last.

        Raises:
            Unreadable: a reply is not the draft that was asked for.
        """
        if isinstance(heard, Reply):
            return self._whole(heard)
        if not self._growing.take(heard) or not self._growing.verdict:
            return None
        written = draft_of(self._growing.verdict, self._growing.statements, self._name, self._ruling)
        so_far = self._judged(written)
        if so_far.reason:
            return so_far if self._stood else None  # what stood is overturned for good, or nothing stands yet
        self._stood = True
        return replace(so_far, whole=False)

    def failed(self, why: str) -> Proposal:
        """That there is no draft."""
        return Proposal(Draft("not_covered", (), 0.0), Checked((), ()), why, usage=self._usage)

    def _whole(self, reply: Reply) -> Proposal:
        self._usage = reply.usage
        drafted = read_draft(reply, self._name, self._ruling)
        proposal = self._judged(drafted)
        changed = CHANGED if self._growing.contradicted_by(drafted) else ""
        return replace(proposal, reason=changed or proposal.reason, usage=reply.usage)

    def _judged(self, drafted: Draft) -> Proposal:
        return judged(drafted, self.given, self._ruling, self._documents)


def labelled(ruling: Ruling) -> tuple[Labelled, ...]:
    """The clauses of the judged evidence, each once, under labels 1, 2, 3 …, best first."""
    best = {j.candidate.clause.id: j.candidate for j in reversed(ruling.judgements)}
    order = dict.fromkeys(j.candidate.clause.id for j in ruling.judgements)
    return tuple(Labelled(number, best[clause]) for number, clause in enumerate(order, 1))


def judged(drafted: Draft, given: Sequence[Labelled], ruling: Ruling, documents: dict[str, Document]) -> Proposal:
    """The draft with what stands of it, and the reason to give the reader's instead, if there is one."""
    if drafted.verdict == "not_covered":
        sure = ruling.taught is not None or ruling.answerable >= SURE
        return Proposal(replace(drafted, statements=()), Checked((), ()), FOUND_NOTHING if sure else "")
    checked = relevant(check(drafted, given, documents), ruling)
    if not checked.statements:
        return Proposal(drafted, checked, NOTHING_STANDS)
    refused = verdict_refused(drafted.verdict, checked, ruling)
    return Proposal(drafted, checked, VERDICT_REFUSED if refused else "")
