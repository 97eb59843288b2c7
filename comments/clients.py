"""Who is asking."""

from ipaddress import ip_address


def client_ip(request) -> str | None:
    """Return the address of the client, None when it cannot be known. A proxy in front is already taken into account
    (`config/doorway.py`)."""
    try:
        return str(ip_address(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return None
