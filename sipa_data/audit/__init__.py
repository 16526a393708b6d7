"""Who saw, downloaded and changed what: an append-only log in a SQLite file of its own, chained by hashes."""

from sipa_data.audit.entry import CHAINS, Chain, Entry, Event
from sipa_data.audit.log import AuditLog, open_audit
from sipa_data.audit.verify import Finding, holds, verify

__all__ = ["CHAINS", "AuditLog", "Chain", "Entry", "Event", "Finding", "holds", "open_audit", "verify"]
