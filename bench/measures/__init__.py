"""What is measured on this side: one script per kind of figure, each run in a process of its own."""
