"""What travels with every response: headers that bind the browser to this server, and the cookie of a visit.

The cookie is the only key to a conversation. It is random, lives until the browser closes, and no script can read it;
nothing in an address opens a conversation.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

VISIT = "policy_qa_visit"
#: The one script of ours that runs in the page: it brings the newest answer's heading to the top of what is seen.
SCROLL = (
    "for (const wait of [0, 400]) setTimeout(() => {"
    "const heading = [...document.querySelectorAll('[data-testid=stChatMessage]')].at(-1)?.querySelector('h2');"
    "if (heading) { heading.style.scrollMarginTop = '9rem'; heading.scrollIntoView({block: 'start'}); }"
    "}, wait);"
)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32,64}")


def content_policy(index: str) -> str:
    """The Content-Security-Policy for a page: own files only, and its own inline scripts by their digests."""
    inline = [*re.findall(r"<script>(.*?)</script>", index, re.DOTALL), SCROLL]
    digests = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in inline)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'wasm-unsafe-eval' {digests}".strip(),
            "style-src 'self' 'unsafe-inline'",  # Streamlit writes its styles into the page
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "media-src 'self'",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def headers(policy: str) -> tuple[tuple[bytes, bytes], ...]:
    """The headers of every response."""
    return tuple(
        (name.encode(), value.encode())
        for name, value in (
            ("content-security-policy", policy),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        )
    )


class Transport:
    """ASGI middleware: adds the headers, and gives a visit its cookie with the first page."""

    def __init__(self, app: App, index: str) -> None:
        self._app = app
        self._headers = headers(content_policy(index))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {name for name, _ in self._headers}
                kept = [
                    (n, v) for n, v in message.get("headers", ()) if n.lower() not in ours and n.lower() != b"server"
                ]
                message = {**message, "headers": [*kept, *self._headers, *_cookie(scope)]}
            await send(message)

        await self._app(scope, receive, with_headers)


def visit_token(cookie: str) -> str:
    """The token in a visit's cookie, empty if there is none or it was not made here."""
    return cookie if _TOKEN.fullmatch(cookie) else ""


def _cookie(scope: Scope) -> Iterable[tuple[bytes, bytes]]:
    sent = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
    if "text/html" not in sent.get(b"accept", "") or visit_token(_sent_token(sent.get(b"cookie", ""))):
        return ()
    secure = "; Secure" if "https" in (scope.get("scheme"), sent.get(b"x-forwarded-proto")) else ""
    value = f"{VISIT}={secrets.token_urlsafe(32)}; Path=/; HttpOnly; SameSite=Lax{secure}"
    return ((b"set-cookie", value.encode()),)


def _sent_token(header: str) -> str:
    try:
        found = SimpleCookie(header).get(VISIT)
    except CookieError:
        return ""
    return found.value if found else ""
