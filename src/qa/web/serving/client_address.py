"""Where a request comes from. An IPv4 address is one client; of IPv6 a network of 64 bits is, because one
client has all of it.
"""

from __future__ import annotations

import re
from ipaddress import IPv6Address, ip_address

_WITH_PORT = re.compile(r"\[(?P<bracketed>[^\[\]]*)\](?::[0-9]*)?|(?P<plain>[^:\[\]]*):[0-9]*")


def client_of(text: str) -> str:
    """Return the client at an address given by a server or a proxy: ``192.0.2.1``, ``192.0.2.1:4711``,
    ``2001:db8::1`` or ``[2001:db8::1]:4711``. Anything that is not an address is a client by itself.
    """
    text = text.strip()
    ported = _WITH_PORT.fullmatch(text)
    bare = (ported["bracketed"] or ported["plain"] or "") if ported else text
    try:
        address = ip_address(bare.partition("%")[0])
    except ValueError:
        return text
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
    return str(address)


def forwarded(told: str, peer: str, proxies: int) -> str:
    """Return the address of a client behind so many proxies: the entry of ``X-Forwarded-For`` that the
    outermost trusted proxy wrote, otherwise that of the ``peer`` itself.
    """
    entries = [entry.strip() for entry in told.split(",")]
    return entries[-proxies] if 0 < proxies <= len(entries) and entries[-proxies] else peer
