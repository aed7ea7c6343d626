"""The static site: one page per municipality and district, made only from published tables."""
