"""A plan of sizing in words, tables and figures; the terminal prints the same tables as the page."""
