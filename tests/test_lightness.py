"""What a question may cost: what it brings in, what is remembered, and for how long."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.cold import cost
from ingest.editions import open_edition
from ingest.embedding import PART, Encoder, ModelCard, Vectors, open_session
from qa import assistant as assistants
from qa.alert import CurrentAlert
from qa.assistant import Assistant, open_assistant
from qa.cache import Cache
from qa.evidence import Finder, Weights
from qa.words import WordIndex

ROOT = Path(__file__).parent.parent
QUESTION = "can I text a parent back?"
HEAVY = {
    "torch", "transformers", "sentence_transformers", "streamlit", "langchain", "langchain_core", "chromadb", "onnx",
    "bm25s", "scipy", "pandas", "sqlalchemy", "markitdown", "httpx",
}  # fmt: skip


def test_an_answer_of_policy_ask_brings_in_nothing_heavy(home: Path) -> None:
    code = (
        "import sys, contextlib, io\n"
        f"sys.argv = ['policy-ask', {QUESTION!r}, '--home', {str(home)!r}]\n"
        "from qa.__main__ import app\n"
        "with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.suppress(SystemExit): app()\n"
        "assert 'Do not exchange private texts' in ' '.join(out.getvalue().split()), out.getvalue()\n"
        "print(sorted({name.split('.')[0] for name in sys.modules}))"
    )
    out = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    assert HEAVY & set(ast.literal_eval(out.stdout)) == set()


class Counting:
    """The real embedder, counting the texts it is given."""

    def __init__(self, finder: Finder) -> None:
        self._embedder = finder.embedder
        self.texts: list[str] = []

    @property
    def card(self) -> ModelCard:
        return self._embedder.card

    def __call__(self, texts: Sequence[str], done: Callable[[int], None] = lambda count: None) -> Vectors:
        self.texts += texts
        return self._embedder(texts, done)


def fresh(assistant: Assistant) -> tuple[Assistant, Counting]:
    """An assistant that remembers nothing yet, and what it embeds."""
    counting = Counting(assistant.finder)
    weights = Weights(**assistant.edition.settings["finder"])
    return Assistant(assistant.edition, Finder(assistant.edition, counting, weights), assistant.judge), counting


def test_a_question_asked_again_is_not_worked_out_again(assistant: Assistant) -> None:
    again, embedded = fresh(assistant)
    first, second = again.ask(QUESTION), again.ask(QUESTION)
    assert embedded.texts == [QUESTION]
    assert replace(second, elapsed_ms=0) == replace(first, elapsed_ms=0)
    assert second.elapsed_ms < first.elapsed_ms


def test_what_was_read_for_harm_is_not_embedded_again_to_be_searched(assistant: Assistant) -> None:
    again, embedded = fresh(assistant)
    assert CurrentAlert(lambda: again)(QUESTION) is None
    again.ask(QUESTION)
    assert embedded.texts == [QUESTION]


def test_the_same_words_after_another_question_are_another_question(assistant: Assistant) -> None:
    again, _ = fresh(assistant)
    alone = again.ask("and on Facebook?")
    after = again.ask("and on Facebook?", [{"question": QUESTION}])
    assert (alone.understood, after.understood) == ("", f"{QUESTION} and on Facebook?")


def test_another_day_is_worked_out_anew(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    again, _ = fresh(assistant)
    again.ask(QUESTION)
    monkeypatch.setattr(assistants, "date", type("Tomorrow", (), {"today": staticmethod(lambda: "tomorrow")}))
    again.ask(QUESTION)
    assert len(again._answers) == 2


def test_nothing_remembered_survives_an_edition(two_editions: Path) -> None:
    question = "Do I hand in my visitor badge at the front desk?"
    current = open_assistant(two_editions)
    before = open_assistant(two_editions, current.edition.manifest.parent)
    answers = [a.ask(question) for a in (before, current, before, current)]
    assert [a.edition for a in answers] == [before.edition.id, current.edition.id] * 2
    assert not any("visitor badge" in c.quote for a in answers[::2] for c in (*a.citations, *a.closest))
    assert all(any("visitor badge" in c.quote for c in (*a.citations, *a.closest)) for a in answers[1::2])


def test_a_model_that_two_editions_share_is_opened_once_and_one_that_was_replaced_anew(
    two_editions: Path, tmp_path: Path
) -> None:
    current = open_edition(two_editions)
    before = open_edition(two_editions, current.manifest.parent)
    path = current.parts["judge"] / "model.onnx"
    session = open_session(path)
    assert open_session(before.parts["judge"] / "model.onnx") is session
    other = tmp_path / "model.onnx"
    os.link(current.parts["finder"] / "model.onnx", other)
    assert open_session(other) is not session
    other.unlink()
    shutil.copyfile(path, other)
    assert open_session(other) is not session


def test_only_so_much_is_remembered_the_least_used_goes_first() -> None:
    cache: Cache[int, str] = Cache(room=3)
    for number in range(3):
        cache.put(number, str(number))
    cache.get(0)
    cache.put(3, "3")
    assert [cache.get(number) for number in range(4)] == ["0", None, "2", "3"]
    assert len(cache) == 3


def test_no_lock_is_held_while_a_question_is_embedded(assistant: Assistant) -> None:
    """Two questions are embedded at the same moment: each waits inside the embedder for the other."""
    together = threading.Barrier(2, timeout=30)

    class Meeting(Counting):
        def __call__(self, texts: Sequence[str], done: Callable[[int], None] = lambda count: None) -> Vectors:
            together.wait()
            return super().__call__(texts, done)

    finder = Finder(assistant.edition, Meeting(assistant.finder), Weights())
    meeting = Assistant(assistant.edition, finder, assistant.judge)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(meeting.ask, [QUESTION, "do I lock my computer?"]))
    assert [a.question for a in answers] == [QUESTION, "do I lock my computer?"]


def test_a_shared_vector_cannot_be_changed(assistant: Assistant) -> None:
    with pytest.raises(ValueError, match="read-only"):
        assistant.finder.vector(QUESTION)[0] = 0


def test_the_word_index_is_read_as_bm25s_reads_it(assistant: Assistant) -> None:
    import bm25s

    folder = assistant.edition.parts["words"]
    theirs, ours = bm25s.BM25.load(str(folder)), WordIndex(folder, assistant.edition.lexicon)
    for question in (QUESTION, "is my laptop encrypted", "personal phone numbers of parents and pupils"):
        words = ours.read(question)
        scores = theirs.get_scores(list(words.known))
        assert ours.best(words, 40) == {i: scores[i] for i in np.argsort(-scores, kind="stable")[:40] if scores[i] > 0}


def test_a_cold_answer_takes_little_memory(home: Path) -> None:
    assert 20 < cost(["qa", QUESTION, "--home", str(home)]).mib < 400


def test_a_vector_does_not_depend_on_those_embedded_beside_it(assistant: Assistant) -> None:
    embedder, told = Encoder(assistant.edition.parts["finder"]), []
    texts = ["Notwithstanding unauthorised", *("a " * number for number in range(1, 41))]
    texts += [sentence.text for clause in assistant.edition.clauses for sentence in clause.sentences][: 70 - len(texts)]
    together = embedder(texts, told.append)
    assert told == [PART, PART, len(texts) - 2 * PART]
    assert np.array_equal(together, np.vstack([embedder([text]) for text in texts]))
    assert np.array_equal(together[::-1], embedder(texts[::-1]))
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert embedder([]).shape == (0, together.shape[1])
