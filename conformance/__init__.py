"""Adapters that run the test suites of others against Stepwell."""
