"""Gold questions are read strictly: what cannot be measured with is refused, all faults at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.asking import open_embedder
from eval.doubts import doubts
from eval.gold import SHOWN, GoldError, read_gold
from eval.leaks import check_leaks
from eval.places import check_quotes, placed
from qa.assistant import Assistant

ROOT = Path(__file__).parent.parent
TEXTS = "Do not exchange private texts, phone numbers, personal email addresses or photos of a personal nature"
ROW = {
    "id": "g1",
    "question": "can i text a parent back?",
    "history": [],
    "verdict": "no",
    "evidence": [{"quote": f"{TEXTS} with pupils or parents and carers.", "role": "required"}],
    "tags": ["contact"],
}


def written(folder: Path, *rows: object, name: str = "gold.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), "utf-8")
    return path


def test_the_gold_of_the_repository_fits_the_handbook(assistant: Assistant) -> None:
    gold = read_gold([ROOT / "eval/gold/dev.jsonl"])
    check_quotes(gold, assistant.edition)
    assert len(gold) == 120
    assert all(q.document for question in placed(gold, assistant.edition) for q in question.evidence)


@pytest.mark.parametrize("name", ["everyday", "tired", "stories"])
def test_the_fresh_gold_fits_the_handbook_and_none_of_it_is_taught(name: str, assistant: Assistant) -> None:
    gold = read_gold([ROOT / f"eval/gold/fresh/{name}.jsonl"])
    check_quotes(gold, assistant.edition)
    check_leaks(gold, assistant.edition, open_embedder(assistant.edition))
    assert len(gold) == 160


def test_a_line_becomes_a_question_with_its_quotes(tmp_path: Path) -> None:
    (gold,) = read_gold([written(tmp_path, ROW | {"must": True})])
    assert (gold.id, gold.verdict, gold.must, gold.tags, gold.answerable) == ("g1", "no", True, ("contact",), True)
    assert [quote.role for quote in gold.required] == ["required"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (ROW | {"hint": "x"}, "hint: Extra inputs are not permitted"),
        (ROW | {"evidence": [{"quote": "x", "role": "required", "page": 1}]}, "evidence.0.page: Extra inputs"),
        (ROW | {"verdict": "maybe"}, "verdict: Input should be 'yes', 'no', 'conditional', 'info' or 'not_covered'"),
        (ROW | {"evidence": [{"quote": "x", "role": "helpful"}]}, "evidence.0.role: Input should be"),
        (ROW | {"question": "  "}, "question: String should match"),
        (ROW | {"must": "yes"}, "must: Input should be a valid boolean"),
        (ROW | {"verdict": "not_covered"}, "g1 is not_covered and yet has evidence"),
        (ROW | {"evidence": []}, "g1 is 'no' without a required quote"),
        (ROW | {"evidence": [{"quote": "x y", "role": "supporting"}]}, "g1 is 'no' without a required quote"),
        (ROW | {"evidence": [{"quote": " ", "role": "required"}]}, "g1 quotes '', 12 letters and digits at least"),
        (ROW | {"evidence": [{"quote": "private!", "role": "required"}]}, "g1 quotes 'private!', 12 letters"),
        (ROW | {"evidence": ROW["evidence"] * 2}, "twice: once is enough"),  # type: ignore[operator]
        ({k: v for k, v in ROW.items() if k != "verdict"}, "verdict: Field required"),
        (ROW | {"question": "half a pair \ud800"}, "question: Input should be a valid string"),
        ("{not json", "Expecting property name"),
        ('{"id": "a", "id": "b"}', "id stands twice in one object"),
        ("[]", "Input should be"),
        ("[" * 100_000, "maximum recursion depth exceeded"),
    ],
)
def test_a_bad_line_is_refused_by_file_and_line(tmp_path: Path, row: object, said: str) -> None:
    path = written(tmp_path, ROW | {"id": "fine", "question": "another"}, row)
    with pytest.raises(GoldError) as caught:
        read_gold([path])
    assert f"{path}:2: " in str(caught.value)
    assert said in str(caught.value)


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, ROW | {"hint": 1}, ROW | {"verdict": "not_covered"}, ROW | {"evidence": []})
    with pytest.raises(GoldError, match=r"\(5\)") as caught:  # with the id and the question taken once more
        read_gold([path])
    assert all(f"{path}:{line}: " in str(caught.value) for line in (1, 2, 3))


def test_of_many_faults_the_first_are_told_and_how_many_more(tmp_path: Path) -> None:
    path = written(tmp_path, *({"id": f"g{n}"} for n in range(SHOWN + 3)))
    with pytest.raises(GoldError) as caught:
        read_gold([path])
    told = str(caught.value).splitlines()
    assert (told[0], told[-1], len(told)) == (f"gold that cannot be used ({SHOWN + 3}):", "  … and 3 more", SHOWN + 2)
    said = "question: Field required; verdict: Field required; evidence: Field required"
    assert told[1] == f"  {path}:1: {said}"
    assert len(caught.value.faults) == SHOWN + 3
    assert "more" not in str(GoldError("gold", ["fault"] * SHOWN))


def test_a_quote_of_just_enough_letters_is_taken(tmp_path: Path) -> None:
    just = [{"quote": "No photos no.", "role": "required"}]
    assert len(read_gold([written(tmp_path, ROW | {"evidence": just})])) == 1


def test_an_id_is_taken_across_files_and_a_question_within(tmp_path: Path) -> None:
    first, second = written(tmp_path, ROW), written(tmp_path, ROW | {"question": "other"}, name="second.jsonl")
    with pytest.raises(GoldError, match=r"id 'g1' is taken by .*gold.jsonl:1"):
        read_gold([first, second])
    with pytest.raises(GoldError, match=r"asks what .*gold.jsonl:1 asks, word for word"):
        read_gold([written(tmp_path, ROW, ROW | {"id": "g2", "question": "Can I text a parent BACK?"})])
    with pytest.raises(GoldError, match="id 'g1' is taken"):
        read_gold([first, first])


def test_the_same_words_after_another_turn_are_another_question(tmp_path: Path) -> None:
    after = [{"question": "may i phone?", "answer": "No."}]
    assert len(read_gold([written(tmp_path, ROW, ROW | {"id": "g2", "history": after})])) == 2


def test_a_missing_or_empty_or_binary_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no gold file"):
        read_gold([tmp_path / "none.jsonl"])
    with pytest.raises(GoldError, match="no question in"):
        read_gold([written(tmp_path, "")])
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(GoldError, match="not UTF-8 text"):
        read_gold([tmp_path / "binary"])


def test_a_quote_that_the_handbook_no_longer_holds_names_the_nearest_sentence(
    tmp_path: Path, assistant: Assistant
) -> None:
    changed = [{"quote": f"{TEXTS} with pupils or carers.", "role": "required"}]
    gold = read_gold([written(tmp_path, ROW | {"evidence": changed})])
    with pytest.raises(GoldError) as caught:
        check_quotes(gold, assistant.edition)
    assert f"Nearest: '{TEXTS} with pupils or parents and carers.'" in str(caught.value)


def test_white_space_in_a_quote_does_not_matter_and_its_document_may_be_named(
    tmp_path: Path, assistant: Assistant
) -> None:
    quote = {"quote": f"{TEXTS}\n  with pupils or parents and carers.", "role": "required"}
    known, stranger = quote | {"document": "it-and-social-media"}, quote | {"document": "pay"}
    check_quotes(read_gold([written(tmp_path, ROW | {"evidence": [known]})]), assistant.edition)
    with pytest.raises(GoldError, match="no document 'pay' in this edition: it-and-social-media"):
        check_quotes(read_gold([written(tmp_path, ROW | {"evidence": [stranger]})]), assistant.edition)


@pytest.mark.parametrize(
    ("question", "verdict", "doubted"),
    [
        ("can i text a parent back?", "yes", True),
        ("is it banned to text a parent?", "no", True),
        ("can i text a parent back?", "no", False),
        ("isn't it ok to text a parent?", "no", False),  # read less surely, and told of in no case
        ("what must i not send a parent?", "info", False),
    ],
)
def test_a_verdict_that_its_sentence_plainly_contradicts_is_doubted(
    question: str, verdict: str, doubted: bool, tmp_path: Path
) -> None:
    gold = read_gold([written(tmp_path, ROW | {"question": question, "verdict": verdict})])
    told = [f"g1: {question!r} is {verdict!r}, but {ROW['evidence'][0]['quote']!r}"]  # type: ignore[index]
    assert list(doubts(gold)) == (told if doubted else [])


def test_the_gold_of_the_repository_is_not_doubted() -> None:
    assert list(doubts(read_gold([ROOT / "eval/gold/dev.jsonl"]))) == []
