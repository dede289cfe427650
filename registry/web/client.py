"""Who asks, by network address, as our own proxies say: anybody can write X-Forwarded-For."""

from ipaddress import ip_address, ip_network

from django.http import HttpRequest
from rest_framework.throttling import BaseThrottle


def address_of(request: HttpRequest) -> str:
    return BaseThrottle().get_ident(request) or ""


def counted_address(request: HttpRequest) -> str:
    """The address to count by: of IPv6 the network, of which one person has many addresses."""
    given = address_of(request)
    try:
        address = ip_address(given)
    except ValueError:
        return given
    return str(ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)
