"""What cases are made of: regions, the routing knowledge, families, and how people write."""
