"""One small module a page: it reads what the page needs and hands it to a template."""
