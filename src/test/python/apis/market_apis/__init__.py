"""Stands in for four public APIs, in the shapes that they document. A query that they would not accept is an error here too."""
