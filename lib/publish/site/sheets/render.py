"""Renders a template of the sheets. The argument is its name; stdin has the data as JSON."""

import json
import sys
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

folder = FileSystemLoader(Path(__file__).parent)
environment = Environment(loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
content = json.load(sys.stdin)
sys.stdout.buffer.write(environment.get_template(sys.argv[1]).render(content["texts"], **content).encode())
