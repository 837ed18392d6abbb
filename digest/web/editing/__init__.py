"""The editors' side of the web application; none of its pages is shown to whoever may not edit."""
