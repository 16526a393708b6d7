"""How do boundaries arrive? A file of areas in any form in, a small file of outlines beside the city's others out.

Only the command line comes here: GeoPandas takes more memory than all of a page, and the server draws without it.
"""

from sipa_data.boundaries.importing import Imported, import_boundaries

__all__ = ["Imported", "import_boundaries"]
