"""The two areas that are no district."""

CITY = "stadt"
"""Area id of the whole city, cases without a district included."""
NOT_LOCATABLE = "ohne"
"""Area id of cases that no district is known for."""
