"""The screens. Each asks Questions and lays Answers out; numbers, words and colours come from ``sipa_data``."""
