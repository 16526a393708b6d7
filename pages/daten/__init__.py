"""Where the data come from and how old they are."""
