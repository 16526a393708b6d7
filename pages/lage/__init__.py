"""What the situation is: overview, fields of action, indicators, districts."""
