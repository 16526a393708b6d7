"""What every entry of the city's files is: frozen, closed, its texts of a sensible length."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=60)]
Text = Annotated[str, Field(min_length=1, max_length=2000)]
ShortText = Annotated[str, Field(min_length=1, max_length=160)]


class Entry(BaseModel):
    """Base of all catalogue entries."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
