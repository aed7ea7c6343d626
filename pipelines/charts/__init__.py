"""Charts: forms declared once in Altair, drawn many times without building a chart again."""
