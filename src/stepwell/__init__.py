"""Stepwell runs business processes in which people and software take turns."""

__version__ = "0.1.0"
