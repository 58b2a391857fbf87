"""A Django application that holds one flow: viewflow refers to flows by their application."""
