"""The event bus on NATS: the only place that imports nats."""
