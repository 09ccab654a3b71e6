"""Starts a kernel through Jupyter's own client, and waits to be killed. Prints the kernel's process and
its connection file once a cell runs: that of the first argument."""

import json
import sys

from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(kernel_name="tslab")
print(json.dumps([manager.provisioner.pid, manager.connection_file]), flush=True)
client.execute(sys.argv[1])
while True:
    message = client.get_iopub_msg(timeout=60)
    if message["msg_type"] == "stream":
        print("begun", flush=True)
        sys.stdin.read()
