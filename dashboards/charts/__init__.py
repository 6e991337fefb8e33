"""Figures, one function each: rows in, plotly figure out, nothing read and nothing worked out."""
