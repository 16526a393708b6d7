"""How to read what is shown."""
