"""Actions of a process that are part of its transaction (R6)."""
