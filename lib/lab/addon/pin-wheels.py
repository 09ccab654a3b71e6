"""Prints the offset, sizes and SHA-256 of TensorFlow's libraries in a wheel, for tfjs-graph/addon/wheels.json.

    python3 pin-wheels.py tensorflow-….whl ['a pattern for other files']
"""
import hashlib
import json
import re
import struct
import sys
import zipfile

LIBRARY = r"tensorflow/libtensorflow_(cc|framework)\.|tensorflow/python/_pywrap_tensorflow_common\.dll$|tensorflow\.libs/."
path, pattern = [*sys.argv[1:], LIBRARY][:2]
files = {}
with open(path, "rb") as raw, zipfile.ZipFile(path) as wheel:
    for info in filter(lambda each: re.match(pattern, each.filename), wheel.infolist()):
        raw.seek(info.header_offset + 26)
        start = info.header_offset + 30 + sum(struct.unpack("<HH", raw.read(4)))
        with wheel.open(info) as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        sizes = {"size": info.compress_size, "unpacked": info.file_size}
        files[info.filename] = {"start": start, **sizes, "sha256": sha256}
print(json.dumps({"file": path.rpartition("/")[2], "files": files}, indent=2))
