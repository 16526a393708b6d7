"""Measurements: ``python -m bench``. Each module has one subject; nothing here is part of the product."""
