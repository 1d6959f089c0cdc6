"""Libraries that only the evaluation needs, imported when they are, or named with the extra that brings them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ingest.documents import HandbookError


class NotInstalled(HandbookError):
    """A library of an optional extra that is not there."""


def library(name: str, extra: str) -> Any:
    """A module of an optional extra.

    Raises:
        NotInstalled: it cannot be imported.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise NotInstalled(f"{name} is not installed ({error}): pip install 'policy-qa[{extra}]'") from error
