"""What the figures in README and docs come from; nothing of the product."""
