"""What each command means: guards first (a rejection has nothing to undo), then events."""
