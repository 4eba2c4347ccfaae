"""What people did with a piece, and what separates two versions of a market."""
