"""Where the facts rest: DuckLake. The only room that loads DuckDB extensions."""

from sipa_data.lake.lake import Lake, LakeSnapshot
from sipa_data.lake.opening import open_lake
from sipa_data.lake.reader import LakeReader, LakeTransaction

__all__ = ["Lake", "LakeReader", "LakeSnapshot", "LakeTransaction", "open_lake"]
