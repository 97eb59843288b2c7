"""Who is asking."""

from ipaddress import ip_address


def client_ip(request) -> str | None:
    """Return the address of the client, None when it cannot be known."""
    try:
        return str(ip_address(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return None
