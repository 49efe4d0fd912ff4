"""A pay run: facts frozen, computed in parts, proved and computed again."""
