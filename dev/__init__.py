"""Scripts behind the verbs of the Makefile; no part of the installed package."""
