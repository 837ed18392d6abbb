"""Turns PDF and HTML pages into the Markdown that extraction reads; parsing runs in a process of its own."""
