"""Records and rules for human eyes: in the terminal."""
