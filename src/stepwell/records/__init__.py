"""Record types, their fields and records as data: no database, no clock, no expression language."""
