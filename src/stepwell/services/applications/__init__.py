"""Applications as folders: read, deployed in one transaction, and written back."""
