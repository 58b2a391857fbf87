"""The store: what is kept in the database, and the only room that speaks SQL."""
