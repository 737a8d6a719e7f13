"""From corpus to release: tables, manifest, card, exports and audits."""
