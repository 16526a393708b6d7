"""How does it leave? Answers become files."""

from sipa_data.exports.content import file_name
from sipa_data.exports.german_csv import csv_bytes
from sipa_data.exports.workbook import MIME as XLSX_MIME
from sipa_data.exports.workbook import xlsx_bytes

__all__ = ["XLSX_MIME", "csv_bytes", "file_name", "xlsx_bytes"]
