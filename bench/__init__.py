"""How fast Stepwell is, beside its peers and beside what the disk allows: ``python -m bench --help``."""
