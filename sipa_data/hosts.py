"""Whether a host is this machine."""

from ipaddress import ip_address


def is_loopback(host: str | None) -> bool:
    """Whether a host name or address means this machine and nothing else. None (every address) does not."""
    if host is None:
        return False
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
