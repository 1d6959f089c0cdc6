"""The commands policy-ingest and policy-editions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ingest.console import friendly_errors, remark, shown_progress
from ingest.settings import read_settings

app = typer.Typer(add_completion=False, help="Build and publish an edition of the handbook.")


@app.command()
def ingest(
    docs: Annotated[Path | None, typer.Argument(help="Folder of the handbook's pages [default: policy_docs]")] = None,
    home: Annotated[Path | None, typer.Option(help="Where editions and models are kept [default: .policy-qa]")] = None,
) -> None:
    """Build and publish an edition from a folder of pages."""
    from ingest.publish import publish

    with friendly_errors():
        settings = read_settings()
        with shown_progress() as tell:
            report = publish(
                docs or settings.docs,
                home or settings.home,
                embedding=settings.embedding,
                precision=settings.precision,
                progress=tell,
            )
    for line in report.refused:
        remark(f"left out: {line}")
    built = report.built
    what = f"{report.documents} documents, {report.clauses} clauses, {report.taught} taught questions"
    if built.published:
        typer.echo(f"published edition {built.id}: {what}; {built.embedded} texts embedded, {built.reused} taken over")
    else:
        typer.echo(f"nothing changed, nothing embedded: edition {built.id} stays current ({what})")
    if report.refused:
        raise typer.Exit(1)


if __name__ == "__main__":
    app()
