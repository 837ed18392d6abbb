"""The migrations, one file a step, in the order of their numbers."""
