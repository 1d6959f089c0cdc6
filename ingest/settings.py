"""Settings, read in one place: environment variables `POLICY_QA_…`, or a `.env` file."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.documents import HandbookError


class SettingsError(HandbookError):
    """A setting that is wrong; the message names it, the value found and what it may be."""


class Settings(BaseSettings):
    """Every setting of the product; the README's table is made from this."""

    model_config = SettingsConfigDict(env_prefix="POLICY_QA_", env_file=".env", extra="ignore", frozen=True)

    docs: Path = Field(Path("policy_docs"), description="folder of the handbook's pages")
    home: Path = Field(Path(".policy-qa"), description="where editions and exported models are kept")
    embedding: str = Field("policy-minilm", description="embedding model: a name, or the folder of a sentence-transformers model")
    precision: str = Field("int8", pattern="^(int8|float32)$", description="precision of the exported embedding model")
    model: str = Field("", description="chat model as provider:name, for instance openai:gpt-…; empty: none")


def read_settings() -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: one of them is wrong.
    """
    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(f"POLICY_QA_{str(e['loc'][0]).upper()}={e['input']!r}: {e['msg']}" for e in error.errors())
        raise SettingsError(f"wrong setting: {wrong}") from error
