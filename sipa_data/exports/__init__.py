"""How does it leave? Answers become files."""

from sipa_data.exports.german_csv import csv_bytes, file_name

__all__ = ["csv_bytes", "file_name"]
