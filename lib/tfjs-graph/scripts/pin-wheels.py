"""Prints what addon/wheels.json has of a wheel: where TensorFlow's libraries lie in it, and their SHA-256.

    python3 pin-wheels.py tensorflow-….whl
"""
import hashlib
import json
import re
import struct
import sys
import zipfile

LIBRARY = r"(tensorflow/libtensorflow_(cc|framework)\.|tensorflow/python/_pywrap_tensorflow_common\.dll$|tensorflow\.libs/.)"
path = sys.argv[1]
files = {}
with open(path, "rb") as raw, zipfile.ZipFile(path) as wheel:
    for info in filter(lambda each: re.match(LIBRARY, each.filename), wheel.infolist()):
        raw.seek(info.header_offset + 26)
        start = info.header_offset + 30 + sum(struct.unpack("<HH", raw.read(4)))
        with wheel.open(info) as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        packed, size = info.compress_size, info.file_size
        files[info.filename] = {"start": start, "packed": packed, "size": size, "sha256": sha256}
print(json.dumps({"file": path.rpartition("/")[2], "files": files}, indent=2))
