"""Records: their types, the records themselves, files beside them, lists that people keep."""
