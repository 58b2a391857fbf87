"""The store: what is kept in the database, and the only room that speaks SQL."""

from stepwell.store.store import Store, open_store

__all__ = ["Store", "open_store"]
