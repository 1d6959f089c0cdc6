"""A chat model by name, behind a client that follows no redirect, reads no endless body, and asks no forbidden host."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ingest.settings import Settings, SettingsError
from qa.faults import Redirected, TooLong, Unreadable

if TYPE_CHECKING:
    import httpx
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
_METADATA_NAMES = frozenset(
    ("metadata", "metadata.google.internal", "metadata.goog", "instance-data", "instance-data.ec2.internal")
)
_METADATA_ADDRESSES = frozenset(
    map(ipaddress.ip_address, ("100.100.100.200", "fd00:ec2::254", "168.63.129.16", "192.0.0.192"))
)


def open_chat_model(name: str, settings: Settings) -> BaseChatModel:
    """The LangChain chat model that `provider:name` stands for.

    Raises:
        SettingsError: an unknown provider, a package or key that is missing, or an address that is refused.
    """
    provider, _, rest = name.partition(":")
    if not rest:
        raise SettingsError(
            f"POLICY_QA_MODEL={name!r} names no provider: write provider:name, for instance openai:{name}"
        )
    provider = provider.replace("-", "_").lower()
    options = _options(provider, settings)
    from langchain.chat_models import init_chat_model

    try:
        chat: BaseChatModel = init_chat_model(rest, model_provider=provider, **options)
        return chat
    except ImportError:
        raise SettingsError(
            f"POLICY_QA_MODEL={name!r} needs a package that is not installed: {_install(provider)}"
        ) from None
    except Exception as error:  # each provider refuses in its own way, and may print the key it refuses
        raise SettingsError(f"POLICY_QA_MODEL={name!r} cannot be used: {_why(provider, error)}") from None


def _install(provider: str) -> str:
    package = provider.replace("_", "-")
    return f'pip install "policy-qa[{provider}]"' if provider in EXTRAS else f"pip install langchain-{package}"


def _why(provider: str, error: Exception) -> str:
    text = str(error)
    if "nsupported" in text and "provider" in text:
        return f"LangChain knows no provider {provider!r}"
    if "api_key" in text.lower() or "API_KEY" in text:
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
        if value and urlsplit(value).scheme not in ("http", "https", "socks5", "socks5h"):
            raise SettingsError(
                f"{variable} is no proxy address: write http://host:port, or set POLICY_QA_MODEL_TRUST_ENV=false"
            )


def _guards(provider: str, options: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    """The arguments by which a provider's class takes our limits; retries are ours, not the library's."""
    limits = {"max_tokens": settings.model_tokens, "max_retries": 0, "timeout": settings.model_deadline}
    if provider in ("openai", "azure_openai"):
        own = bool(settings.model_base_url or any(os.environ.get(v) for v in ADDRESS_VARIABLES["openai"]))
        keyless = {"api_key": "none"} if provider == "openai" and own and not os.environ.get("OPENAI_API_KEY") else {}
        async_client, client = guarded_clients(settings)
        return limits | keyless | {"http_async_client": async_client, "http_client": client}
    if provider == "ollama":
        limits = {"num_predict": settings.model_tokens}
        return limits | {
            "async_client_kwargs": guarded_arguments(settings),
            "sync_client_kwargs": {"follow_redirects": False},
        }
    if settings.model_base_url:
        raise SettingsError(
            f"POLICY_QA_MODEL_BASE_URL is not for {provider}:, whose client follows redirects: "
            "use openai:, azure_openai: or ollama:"
        )
    return limits


def guarded_clients(settings: Settings) -> tuple[httpx.AsyncClient, httpx.Client]:
    """Clients for libraries that take one; only the first is used, the second only refuses redirects."""
    import httpx

    plain = httpx.Client(follow_redirects=False, trust_env=settings.model_trust_env, timeout=settings.model_deadline)
    return httpx.AsyncClient(**guarded_arguments(settings)), plain


def guarded_arguments(settings: Settings) -> dict[str, Any]:
    """How to make an `httpx.AsyncClient` whose every request and answer is looked at.

    The proxies of the environment are used unless `model_trust_env` is off. Bodies are asked for
    uncompressed and refused otherwise, so that the limit counts what is really read.
    """
    import httpx

    class Counted(httpx.AsyncByteStream):
        """A body that ends with an error when more than the limit was read."""

        def __init__(self, body: httpx.AsyncByteStream) -> None:
            self._body = body

        async def __aiter__(self) -> AsyncIterator[bytes]:
            size = 0
            async for piece in self._body:
                size += len(piece)
                if size > settings.model_bytes * 4:  # a stream wraps each word in some hundred bytes of its own
                    raise TooLong(f"over {settings.model_bytes * 4:,} bytes")
                yield piece

        async def aclose(self) -> None:
            await self._body.aclose()

    async def look_at_request(request: httpx.Request) -> None:
        check_address(str(request.url), "the model's address")
        request.headers["accept-encoding"] = "identity"

    async def look_at_response(response: httpx.Response) -> None:
        if response.is_redirect:
            raise Redirected
        if response.headers.get("content-encoding", "identity") not in ("", "identity"):
            raise Unreadable("it is compressed, which was not asked for")
        assert isinstance(response.stream, httpx.AsyncByteStream)  # an AsyncClient makes no other
        response.stream = Counted(response.stream)

    return {
        "follow_redirects": False,
        "trust_env": settings.model_trust_env,
        "timeout": settings.model_deadline,
        "event_hooks": {"request": [look_at_request], "response": [look_at_response]},
    }


def check_address(url: str, named: str) -> str:
    """The address, if it may be asked.

    http and https only, without credentials, never link-local addresses or a cloud's metadata service,
    however the number is written. A name that resolves to such an address is not looked up here.

    Raises:
        SettingsError: it may not; the message shows no credentials.

    >>> check_address("http://169.254.169.254/latest", "URL")
    Traceback (most recent call last):
    ...
    ingest.settings.SettingsError: URL points at 169.254.169.254, a link-local or metadata address: give the model's own
    """
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise SettingsError(f"{named} is no address: write http://host:port/v1 or https://host/v1") from None
    if parts.scheme not in ("http", "https") or not host:
        raise SettingsError(
            f"{named} starts with {parts.scheme or 'no scheme'!r}: only http:// and https:// addresses are asked"
        )
    if parts.username is not None or parts.password is not None:
        raise SettingsError(
            f"{named} holds a user name or password (not shown): put the key in the provider's own variable"
        )
    if _forbidden(host):
        raise SettingsError(f"{named} points at {host}, a link-local or metadata address: give the model's own")
    return url.strip()


def _forbidden(host: str) -> bool:
    name = host.rstrip(".").lower()
    if name in _METADATA_NAMES:
        return True
    address = _as_address(name)
    if address is None:
        return False
    mapped = getattr(address, "ipv4_mapped", None) or address
    return bool(mapped.is_link_local or mapped in _METADATA_ADDRESSES or mapped.is_multicast)


def _as_address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The number that a host is, also written as 0xa9fea9fe, 2852039166 or 0251.0376.0251.0376."""
    try:
        return ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(name))
    except (OSError, UnicodeError):
        return None
