"""The command policy-ask: one answer, or a file of questions answered line by line."""

from __future__ import annotations

import codecs
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingest.console import folder, friendly_errors, remark

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.safeguarding import Notice

A_LINE = 'a line is {"id": …, "question": "…", "history": […]}'
Noticing = Callable[[str], "Notice | None"]

app = typer.Typer(add_completion=False)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="What you want to know, as you would type it.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
    batch: Annotated[
        str,
        typer.Option(metavar="FILE", help='JSON Lines file of {"id", "question", "history"}, - for standard input.'),
    ] = "",
    evidence: Annotated[int, typer.Option(min=0, max=100, help="Also the N best clauses.")] = 0,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show every candidate, its scores, and why it was kept.")
    ] = False,
    home: Annotated[
        Path | None, typer.Option(parser=folder, help="Where editions are kept \\[default: .policy-qa]")
    ] = None,
    edition: Annotated[str, typer.Option(help="Answer as of this edition \\[default: the current one]")] = "",
    model: Annotated[str, typer.Option(help="Chat model as provider:name \\[default: POLICY_QA_MODEL, or none]")] = "",
) -> None:
    """Ask the handbook. Answers quote it word for word, or say that it does not say."""
    if bool(question.strip()) == bool(batch):
        remark('error: give one question in quotes, or --batch FILE: policy-ask "can I text a parent back?"')
        raise typer.Exit(2)
    if explain and (batch or as_json):
        remark("error: --explain is for one question and for people: with --batch or --json give --evidence N")
        raise typer.Exit(2)
    with friendly_errors():
        from ingest.settings import read_settings
        from qa.assistant import open_assistant

        settings = read_settings()
        assistant = open_assistant(home, edition, model=model, settings=settings)
        noticing = _noticing(assistant, settings.docs)
        if batch:
            for line in answer_lines(assistant, _in_utf8(_lines(batch)), evidence, noticing):
                print(json.dumps(line, ensure_ascii=False), flush=True)
        elif as_json:
            _print_as_json(assistant, question, evidence, noticing)
        else:
            from qa.terminal import show, show_notice

            if notice := noticing(question):
                show_notice(notice)
            show(assistant.ask(question), evidence=evidence, explain=explain)


def _noticing(assistant: Assistant, docs: Path) -> Noticing:
    """What stands above an answer: the words a person wrote, where its question tells of harm."""
    from qa.alert import CurrentAlert
    from qa.question import told
    from qa.safeguarding import read_guidance

    alert, notices = CurrentAlert(lambda: assistant), read_guidance(docs).notices

    def noticing(question: str) -> Notice | None:
        harm = alert(told(question))
        return notices[harm] if harm else None

    return noticing


def _print_as_json(assistant: Assistant, question: str, evidence: int, noticing: Noticing) -> None:
    """Prints an answer; of what tells of harm and cannot be asked its notice, with the error that is then raised."""
    from qa.question import BadQuestion

    notice = noticing(question)
    try:
        told = assistant.ask(question).to_dict(evidence)
    except BadQuestion as error:
        if notice:
            print(json.dumps(_told(notice, {"error": str(error)}), ensure_ascii=False, indent=2))
        raise
    print(json.dumps(_told(notice, told), ensure_ascii=False, indent=2))


def _told(notice: Notice | None, answer: dict[str, Any]) -> dict[str, Any]:
    return {"notice": asdict(notice), **answer} if notice else answer


def answer_lines(
    assistant: Assistant, lines: Iterable[str | bytes], evidence: int, noticing: Noticing = lambda question: None
) -> Iterator[dict[str, Any]]:
    """An answer, or an error, for each line that is not empty, in order; where one tells of harm, its notice first."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answer_line(assistant, line, number, evidence, noticing)


def _answer_line(
    assistant: Assistant, line: str | bytes, number: int, evidence: int, noticing: Noticing
) -> dict[str, Any]:
    from ingest.documents import HandbookError
    from qa.conversation import read_turns
    from qa.question import BadQuestion

    name: Any = None  # of a line whose own cannot be read: its number may be the id of another
    notice: Notice | None = None
    try:
        row = _row(line)
        name = _id(row)
        if not isinstance(row, dict) or not isinstance(row.get("question"), str):
            raise BadQuestion(A_LINE)
        history = row.get("history")
        notice = noticing(row["question"])
        answer = assistant.ask(row["question"], read_turns(() if history is None else history))
        return {**_told(notice, answer.to_dict(evidence)), "id": row.get("id", number)}
    except (ValueError, RecursionError, HandbookError) as error:
        return _told(notice, {"id": name, "error": f"line {number}: {error}"})


def _row(line: str | bytes) -> Any:
    """What a line holds.

    Raises:
        BadQuestion: nothing that can be read; the message says so in words of ours, not in the parser's.
    """
    from qa.question import BadQuestion

    try:
        return json.loads(line.decode("utf-8-sig") if isinstance(line, bytes) else line)
    except UnicodeDecodeError as error:
        raise BadQuestion(f"is not UTF-8 text (byte {error.start}): save the questions as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise BadQuestion(f"is no JSON that can be read: {A_LINE}") from error


def _id(row: Any) -> Any:
    """The id of a line, None where it has none.

    Raises:
        BadQuestion: it cannot be written out again: NaN, an infinite number, half a surrogate pair.
    """
    from qa.question import BadQuestion

    found = row.get("id") if isinstance(row, dict) else None
    try:
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
    except ValueError as error:
        raise BadQuestion(f"id {found!r:.80} is nothing that JSON can hold: give a text or a number") from error
    return found


def _lines(batch: str) -> Iterator[bytes]:
    """The lines of a batch as they are: each is decoded by itself, so that one that is not UTF-8 stops no other."""
    from ingest.documents import HandbookError

    if batch == "-":
        if sys.stdin is None:
            raise HandbookError("standard input is closed: give a JSON Lines file of questions")
        yield from sys.stdin.buffer
        return
    path = Path(batch)
    if not path.exists() or path.is_dir():
        raise HandbookError(f"no file {batch}: give a JSON Lines file of questions, or - for standard input")
    with path.open("rb") as file:
        yield from file


def _in_utf8(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a batch, refused as a whole where it is UTF-16: the ends of its lines stand elsewhere."""
    from ingest.documents import HandbookError

    for number, line in enumerate(lines):
        if number == 0 and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise HandbookError("the questions are UTF-16 text: save them as UTF-8")
        yield line


if __name__ == "__main__":
    app()
