"""The events that an article reports: type, term, status, and how sure."""

from pkh_extract.annotating.events.component import KEY, events
from pkh_extract.annotating.events.values import EventMention

__all__ = ["KEY", "EventMention", "events"]
