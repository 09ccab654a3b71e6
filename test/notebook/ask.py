"""Asks a kernel of the name `tslab`, in the current folder.

The requests come as a JSON array on stdin, each the name of a client's method and its arguments,
such as ["execute", "1 + 1"] or ["complete", "Math.ma", 7]; ["write", NAME, TEXT] writes a file
meanwhile. The answers go out as a JSON array: the reply's content, with what was printed.
"""

import json
import sys
import time
from pathlib import Path

from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(kernel_name="tslab")
answers = []
for method, *args in json.load(sys.stdin):
    if method == "write":
        Path(args[0]).write_text(args[1])
        time.sleep(1)  # for those who watch the folder
        answers.append({})
        continue
    printed = []

    def hear(message):
        if message["msg_type"] == "stream":
            printed.append(message["content"]["text"])

    if method == "execute":
        answer = client.execute_interactive(*args, output_hook=hear, timeout=60)
    else:
        request = getattr(client, method)(*args)
        answer = client.get_shell_msg(timeout=60)
        while answer["parent_header"]["msg_id"] != request:
            answer = client.get_shell_msg(timeout=60)
    answers.append({**answer["content"], "printed": "".join(printed)})
    if answer["content"]["status"] == "error":
        time.sleep(0.5)  # until tslab no longer drops what follows an error
client.stop_channels()
began = time.monotonic()
manager.shutdown_kernel()
print(json.dumps({"answers": answers, "shutdown": time.monotonic() - began}))
