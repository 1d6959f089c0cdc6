"""Which addresses may be asked: http and https alone, and never a cloud's metadata service."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from ingest.settings import SettingsError

_METADATA_NAMES = frozenset(
    ("metadata", "metadata.google.internal", "metadata.goog", "instance-data", "instance-data.ec2.internal")
)
_METADATA_ADDRESSES = frozenset(
    map(ipaddress.ip_address, ("100.100.100.200", "fd00:ec2::254", "168.63.129.16", "192.0.0.192"))
)


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
