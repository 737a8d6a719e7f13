"""Loading the released data, verified against the manifest."""
