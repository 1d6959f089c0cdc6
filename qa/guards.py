"""Clients that follow no redirect, read no endless or compressed body, and ask no forbidden address."""

from __future__ import annotations

from collections.abc import AsyncIterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ingest.settings import Settings
from qa.addresses import check_address
from qa.faults import Redirected, TooLong, Unreadable

if TYPE_CHECKING:
    import httpx
    from langchain_core.language_models import BaseChatModel


def guarded_clients(settings: Settings) -> tuple[httpx.AsyncClient, httpx.Client]:
    """Clients for libraries that take one; only the first is used, the second only refuses redirects."""
    import httpx

    plain = httpx.Client(follow_redirects=False, trust_env=settings.model_trust_env, timeout=settings.model_deadline)
    return httpx.AsyncClient(**guarded_arguments(settings)), plain


def guarded_arguments(settings: Settings, library: str = "httpx") -> dict[str, Any]:
    """How to make an `httpx.AsyncClient` whose every request and answer is looked at.

    The proxies of the environment are used unless `model_trust_env` is off. Bodies are asked for
    uncompressed and refused otherwise, so that the limit counts what is really read. `library` is the one
    that the client is of: httpx, or httpx2, whose classes are its own.
    """
    httpx: Any = import_module(library)

    class Counted(httpx.AsyncByteStream):  # type: ignore[misc]
        """A body that ends with an error when more than the limit was read."""

        def __init__(self, body: Any) -> None:
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

    async def look_at_request(request: Any) -> None:
        check_address(str(request.url), "the model's address")
        request.headers["accept-encoding"] = "identity"

    async def look_at_response(response: Any) -> None:
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


def guard_anthropic(chat: BaseChatModel, settings: Settings) -> BaseChatModel:
    """Anthropic's chat model on a guarded client: its class takes none, and its own follows redirects."""
    own: Any = chat
    plain = own._async_client
    kind = next(base for base in type(plain._client).__mro__ if base.__name__ == "AsyncClient")
    library = kind.__module__.partition(".")[0]
    arguments = guarded_arguments(settings, library) | {"base_url": plain.base_url}
    own.__dict__["_async_client"] = plain.with_options(http_client=kind(**arguments), max_retries=0)
    return chat
