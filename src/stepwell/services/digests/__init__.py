"""Mails that sum up what is open, for people who chose them."""
