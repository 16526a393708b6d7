"""Long measurements that tests cannot wait for: ``python -m soak``. Nothing here is part of the product.

A subject is a module of this package with ``run() -> list[Line]``; ``python -m soak`` finds it by itself. What it gives
is printed, and written into docs/methods.md where the page has a place for it (see ``report``). A module whose
results are no such lines has ``told(results) -> lines of text`` as well.
"""
