"""What is known of weaknesses in the libraries that this project pins, and a check that needs no network."""
