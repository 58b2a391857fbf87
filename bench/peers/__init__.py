"""Peers, each a script for an environment of its own that never imports Stepwell."""
