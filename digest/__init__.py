"""Digest turns newspaper pages into ranked clippings, feeds and a daily digest mail."""

__version__ = "0.1.0"
