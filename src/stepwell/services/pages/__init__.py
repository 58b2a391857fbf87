"""The pages of steps: opened, shown, kept as drafts, and taken back."""
