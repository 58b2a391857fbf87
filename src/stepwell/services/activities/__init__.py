"""Activities: records that steps of processes make and wait for, and that people make themselves."""
