"""Who is asking."""

from ipaddress import ip_address, ip_network


def client_ip(request) -> str | None:
    """Return the address of the client, None when it cannot be known. A proxy in front is already taken into account
    (`config/doorway.py`)."""
    try:
        return str(ip_address(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return None


def network_of(ip: str) -> str:
    """Return the network of an IP address as one household or provider gets it: a /24, or for IPv6 a /64."""
    return str(ip_network((ip, 24 if ip_address(ip).version == 4 else 64), strict=False))
