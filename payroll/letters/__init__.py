"""The letters that explain each figure of a batch."""
