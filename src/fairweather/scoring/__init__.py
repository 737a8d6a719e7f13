"""Predictions, metrics, uncertainty and signatures."""
