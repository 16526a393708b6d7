"""What is measured, where and for whom: the city's own files, validated at start."""

from sipa_data.catalogue.catalogue import Catalogue
from sipa_data.catalogue.loader import load_catalogue

__all__ = ["Catalogue", "load_catalogue"]
