"""Settings, read in one place: environment variables `POLICY_QA_…`, or a `.env` file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import SettingsError as UnreadableSetting

from ingest.documents import HandbookError


class SettingsError(HandbookError):
    """A setting that is wrong; the message names it, the value found and what it may be."""


def named_folder(name: str) -> Path:
    """Where a folder stands, by its name; `~` is the home of who runs this, also where no shell has seen to it.

    Raises:
        ValueError: the name is empty. That would be the current folder, and all of its files the handbook.
    """
    if not name:
        raise PydanticCustomError("empty", "no folder is named: name one, . for the current one, or leave this out")
    return Path(os.path.expanduser(name))  # Path’s own raises where there is no such user


Folder = Annotated[Path, BeforeValidator(lambda name: named_folder(name) if isinstance(name, str) else name)]


class Settings(BaseSettings):
    """Every setting of the product; the README's table is made from this."""

    model_config = SettingsConfigDict(env_prefix="POLICY_QA_", env_file=".env", extra="ignore", frozen=True)

    docs: Folder = Field(Path("policy_docs"), description="folder of the handbook's pages")
    home: Folder = Field(
        Path(".policy-qa"), description="where editions, exported models and, unless set, records are kept"
    )
    embedding: str = Field(
        "policy-minilm", description="embedding model: a name, or the folder of a sentence-transformers model"
    )
    precision: str = Field(
        "int8", pattern="^(int8|float32)$", description="precision of the exported models: int8, float32"
    )
    model: str = Field("", description="chat model as provider:name, for instance openai:gpt-…; empty: none")
    model_base_url: str = Field(
        "", description="address of an OpenAI-compatible, Anthropic or Ollama server; empty: the provider's own"
    )
    model_deadline: float = Field(
        20.0, gt=0, le=120, description="seconds from the question by which a model must have answered"
    )
    model_tokens: int = Field(1000, ge=50, le=16_000, description="most tokens a model may write for one answer")
    model_bytes: int = Field(
        65_536, ge=1_000, le=4_000_000, description="most bytes of text taken from a model for one answer"
    )
    model_options: dict[str, Any] = Field(
        {}, description='more for the provider as JSON, for instance {"temperature": 0}; no keys'
    )
    model_trust_env: bool = Field(
        True, description="whether the model is asked through the proxies that the environment names"
    )
    records: str = Field(
        "", description="database of questions and cases as a SQLAlchemy URL; empty: SQLite in the home"
    )
    record: str = Field(
        "questions",
        pattern="^(questions|counts|nothing)$",
        description="what is kept of what is asked: questions, counts, nothing",
    )
    keep_days: int = Field(30, ge=1, le=3650, description="days after which questions, answers and cases are deleted")
    case_name: str = Field(
        "optional",
        pattern="^(optional|required|never)$",
        description="whether a case asks for a name: optional, required, never",
    )
    case_contact: str = Field(
        "optional",
        pattern="^(optional|required|never)$",
        description="whether a case asks for a contact: optional, required, never",
    )
    staff: str = Field(
        "", description="who is a consultant: claim=value, verified addresses and @domains, parted by commas"
    )
    session_hours: float = Field(
        0, ge=0, le=24, description="hours a sign-in lasts; 0: until its identity token expires"
    )
    desk: str = Field("", pattern="^(|open)$", description="open: the desk without a sign-in, on this machine alone")
    per_minute: int = Field(20, ge=1, description="questions a minute from one conversation")
    per_minute_address: int = Field(300, ge=1, description="questions a minute from one network address")


def read_settings() -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: one of them is wrong.
    """
    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(f"POLICY_QA_{str(e['loc'][0]).upper()}={_shown(e)}: {e['msg']}" for e in error.errors())
        raise SettingsError(f"wrong setting: {wrong}") from None
    except UnreadableSetting as error:
        raise SettingsError(f"wrong setting: {error}: write it as JSON, for instance {{}}") from None


def settings_table() -> str:
    """Every setting as a Markdown table: name, default, meaning."""
    rows = ["| setting | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default in ("", {}) else f"`{field.default}`"
        rows.append(f"| `POLICY_QA_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(rows)


def _shown(error: Any) -> str:
    """The value found, but for those in which somebody may have put a key."""
    return "…" if error["loc"][0] in ("model_options", "model_base_url") else repr(error["input"])
