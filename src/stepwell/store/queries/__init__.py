"""Questions that are asked beside the processes: lists, single things, the history."""
