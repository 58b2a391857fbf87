"""Records in the database: their catalogue, a real table for each type, and the queries over those."""
