"""Makes wheels of no content in a folder: `tiny`, which asks for `small`. Prints the checksum of each.

usage: wheels.py FOLDER
"""

import hashlib
import sys
import zipfile
from pathlib import Path

for name, needs in (("tiny", "Requires-Dist: small\n"), ("small", "")):
    path = Path(sys.argv[1]) / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{needs}"
    kind = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{info}/METADATA", about)
        wheel.writestr(f"{info}/WHEEL", kind)
        wheel.writestr(f"{info}/RECORD", "")
    print(hashlib.sha256(path.read_bytes()).hexdigest())
