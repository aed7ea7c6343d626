"""The assets of the graph, one module per room; bodies are a few lines, work is done elsewhere."""
