"""Turns PDF and HTML pages into the Markdown text that extraction reads; parsing runs in a process of its own."""
