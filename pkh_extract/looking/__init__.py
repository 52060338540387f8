"""Records and rules for human eyes: in the terminal and in the browser."""
