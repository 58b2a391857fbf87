"""The product as the bench sees it."""
