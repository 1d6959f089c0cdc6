"""The converting process: `python -m ingest.conversion MEMORY PAGES`, started by `ingest.formats`.

Reads lines of `{"kind", "content"}` (base64) and answers each with `{"parts": [...]}` or `{"error": "..."}`.
It never writes a file, opens an address or runs what a file holds.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import sys
import warnings
from dataclasses import asdict
from typing import Any

from ingest.errors import NestedTooDeep, UnreadableFile
from ingest.formats import Part


def convert(kind: str, content: bytes, pages: int) -> tuple[Part, ...]:
    """The parts of a file of a kind; a PDF of more than `pages` pages is refused.

    Raises:
        UnreadableFile: it cannot be read; the message says why.
    """
    if kind == "pdf":
        from ingest.pdf import pdf_parts

        return pdf_parts(content, pages)
    if kind == "docx":
        from ingest.wordfile import docx_part

        return (docx_part(content),)
    from ingest.webpage import html_part, markdown_part

    return (markdown_part(content.decode()) if kind == "markdown" else html_part(content),)


def answer(line: str, pages: int) -> dict[str, Any]:
    """The answer to one line."""
    asked = json.loads(line)
    try:
        parts = convert(asked["kind"], base64.b64decode(asked["content"]), pages)
    except UnreadableFile as error:
        return {"error": str(error)}
    except RecursionError:
        return {"error": str(NestedTooDeep())}
    except ImportError as error:  # also raised where a library no longer fits into memory
        return {"error": f"needs more memory than a conversion may have, or a library that is not there ({error})"}
    except MemoryError:
        return {"error": "takes more memory than a conversion may have: save it again, or split it"}
    except Exception as error:  # what parses foreign files raises anything
        return {"error": f"is damaged or cut off ({type(error).__name__}: {str(error)[:120]}): save it again"}
    return {"parts": [asdict(part) for part in parts]}


def bound(memory: int) -> None:
    """Bounds the address space of this process, where the system can; a bound that is lower already stays."""
    if sys.platform != "win32":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Answers line after line until standard input ends."""
    memory, pages = map(int, sys.argv[1:3])
    bound(memory)
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not come between the answers
    for line in sys.stdin:
        answers.write(json.dumps(answer(line, pages)) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
