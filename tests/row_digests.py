"""Print a digest of every config and split, to compare installations: a checkout's and a wheel's must be the same."""

import hashlib
import json

import fairweather
from fairweather.release.rows import config_names

for config in config_names():
    for split, rows in fairweather.load(config).items():
        digest = hashlib.sha256(json.dumps(rows.to_list(), ensure_ascii=False, sort_keys=True).encode()).hexdigest()
        print(config, split, len(rows), digest)
