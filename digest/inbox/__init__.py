"""The inbox: finds new, complete page files, turns bytes into text, names into folios; never writes."""
