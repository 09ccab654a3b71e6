"""Takes TensorFlow's two libraries out of a wheel. Usage: unpack_libraries.py WHEEL FOLDER"""

import sys
import zipfile

with zipfile.ZipFile(sys.argv[1]) as wheel:
    for name in wheel.namelist():
        if name.startswith("tensorflow/libtensorflow_"):
            wheel.extract(name, sys.argv[2])
