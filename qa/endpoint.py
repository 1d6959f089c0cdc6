"""A chat model by name, with our limits, behind a client that is guarded (`qa.guards`)."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ingest.settings import Settings, SettingsError
from qa.addresses import check_address
from qa.guards import guard_anthropic, guarded_arguments, guarded_clients

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

EXTRAS = ("openai", "anthropic", "ollama")
#: Where the libraries themselves look for another address; checked like the setting.
ADDRESS_VARIABLES = {
    "openai": ("OPENAI_API_BASE", "OPENAI_BASE_URL"),
    "azure_openai": ("AZURE_OPENAI_ENDPOINT", "OPENAI_API_BASE"),
    "anthropic": ("ANTHROPIC_API_URL", "ANTHROPIC_BASE_URL"),
    "ollama": ("OLLAMA_HOST",),
}
PROXY_VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")


def open_chat_model(name: str, settings: Settings) -> BaseChatModel:
    """The LangChain chat model that `provider:name` stands for.

    Raises:
        SettingsError: an unknown provider, a package or key that is missing, or an address that is refused.
    """
    provider, _, rest = name.partition(":")
    if not rest or not provider:
        lacks, model = ("model", "gpt-…") if provider and ":" in name else ("provider", name.strip(":"))
        raise SettingsError(
            f"POLICY_QA_MODEL={name!r} names no {lacks}: write provider:name, for instance openai:{model}"
        )
    provider = provider.replace("-", "_").lower()
    options = _options(provider, settings)
    # openai warns of a content of another type by printing it, whatever an endpoint sent
    warnings.filterwarnings("ignore", "Pydantic serializer warnings", UserWarning)
    from langchain.chat_models import init_chat_model

    try:
        chat: BaseChatModel = init_chat_model(rest, model_provider=provider, **options)
        return guard_anthropic(chat, settings) if provider == "anthropic" else chat
    except ImportError:
        raise SettingsError(
            f"POLICY_QA_MODEL={name!r} needs a package that is not installed: {install_hint(provider)}"
        ) from None
    except Exception as error:  # each provider refuses in its own way, and may print the key it refuses
        raise SettingsError(f"POLICY_QA_MODEL={name!r} cannot be used: {_why(provider, error)}") from None


def install_hint(provider: str) -> str:
    """The command that installs what a provider needs."""
    package = provider.replace("_", "-")
    return f'pip install "policy-qa[{provider}]"' if provider in EXTRAS else f"pip install langchain-{package}"


def _why(provider: str, error: Exception) -> str:
    text = str(error)
    if "nsupported" in text and "provider" in text:
        return f"LangChain knows no provider {provider!r}"
    if "api_key" in text.lower():
        return f"no key: set {provider.upper()}_API_KEY"
    return f"{type(error).__name__}: check the name and POLICY_QA_MODEL_OPTIONS"


def _options(provider: str, settings: Settings) -> dict[str, Any]:
    """What the provider's class is made with: the operator's options, then ours, which win."""
    options = dict(settings.model_options)
    for option in options:
        if any(word in option.lower() for word in ("key", "token_", "secret", "password", "credential")):
            raise SettingsError(
                f"POLICY_QA_MODEL_OPTIONS holds {option!r}: a key belongs in {provider.upper()}_API_KEY"
            )
    for option, value in options.items():
        if option.endswith(("base_url", "endpoint", "api_base", "api_url")):
            check_address(str(value), f"POLICY_QA_MODEL_OPTIONS[{option!r}]")
    for variable in ADDRESS_VARIABLES.get(provider, ()):
        if os.environ.get(variable) and not settings.model_base_url:
            _check_variable(provider, variable)
    if settings.model_base_url:
        named = "azure_endpoint" if provider == "azure_openai" else "base_url"
        options[named] = check_address(settings.model_base_url, "POLICY_QA_MODEL_BASE_URL")
    _check_proxies(settings)
    return options | _guards(provider, options, settings)


def _check_variable(provider: str, variable: str) -> None:
    value = os.environ[variable]
    if provider == "ollama" and "://" not in value:
        value = f"http://{value}"
    check_address(value, variable)


def _check_proxies(settings: Settings) -> None:
    for variable in PROXY_VARIABLES if settings.model_trust_env else ():
        value = os.environ.get(variable, "")
        scheme = _scheme(value)
        if value and scheme not in ("http", "https", "socks5", "socks5h"):
            raise SettingsError(
                f"{variable} is no proxy address: write http://host:port, or set POLICY_QA_MODEL_TRUST_ENV=false"
            )
        if scheme.startswith("socks") and find_spec("socksio") is None:
            raise SettingsError(f'{variable} is a SOCKS proxy, which needs another package: pip install "httpx[socks]"')


def _scheme(address: str) -> str:
    """How an address begins; empty where it is none: no host, or a port that is no number."""
    try:
        parts = urlsplit(address)
        return parts.scheme if parts.hostname and parts.port != 0 else ""
    except ValueError:
        return ""


def _guards(provider: str, options: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    """The arguments by which a provider's class takes our limits; retries are ours, not the library's."""
    limits = {"max_tokens": settings.model_tokens, "max_retries": 0, "timeout": settings.model_deadline}
    if provider in ("openai", "azure_openai"):
        own = bool(settings.model_base_url or any(os.environ.get(v) for v in ADDRESS_VARIABLES["openai"]))
        keyless = {"api_key": "none"} if provider == "openai" and own and not os.environ.get("OPENAI_API_KEY") else {}
        async_client, client = guarded_clients(settings)
        # tokens of streams too; a server that refuses to count them is asked for one body (`qa.model`)
        counted = {} if options.get("streaming") else {"stream_usage": options.get("stream_usage", True)}
        return limits | keyless | counted | {"http_async_client": async_client, "http_client": client}
    if provider == "ollama":
        limits = {"num_predict": settings.model_tokens}
        return limits | {
            "async_client_kwargs": guarded_arguments(settings),
            "sync_client_kwargs": {"follow_redirects": False},
        }
    if settings.model_base_url and provider != "anthropic":
        raise SettingsError(
            f"POLICY_QA_MODEL_BASE_URL is not for {provider}:, whose client follows redirects: "
            "use openai:, azure_openai:, anthropic: or ollama:"
        )
    return limits
