"""Asks a kernel of the name `tslab`, in the current folder.

The requests come as a JSON array on stdin, each the name of a client's method and its arguments,
such as ["execute", "1 + 1"] or ["complete", "Math.ma", 7]. Others are:

- ["write", NAME, TEXT] writes a file meanwhile.
- ["execute_until", CODE, PATTERN] executes, and again as long as the pattern is not printed: those
  who watch the folder need a while to see what was written. After thirty times the last reply stands.
- ["execute_all", CODE, ...] asks for several cells at once; answers with `replies`.
- ["interrupt", CODE, WHEN] executes and interrupts: WHEN is what must have been printed, a pattern,
  or seconds, for code that gives the kernel no time to print; answers with `interrupts`, how many were
  asked for while it ran.
- ["restart", CODE, WHEN, NOW] executes and restarts the kernel, at once or after its own shutdown;
  answers with the processes of the old kernel that are left.

The answers go out as a JSON array: the reply's content, with `printed`: all that the learner reads, which
is what was printed, values and errors.
"""

import json
import os
import re
import sys
import threading
import time
from pathlib import Path

from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(kernel_name="tslab")
TIMEOUT = 120


class Leave(Exception):
    """Leaves a cell that still runs."""


def read(message):
    """What a learner reads of a message."""
    kind, content = message["msg_type"], message["content"]
    if kind == "stream":
        return content["text"]
    if kind == "execute_result":
        return content["data"]["text/plain"] + "\n"
    if kind == "error":
        return re.sub(r"\x1b\[[\d;]*m", "", "\n".join(content["traceback"])) + "\n"
    return ""


def execute_all(*cells):
    asked = [client.execute(cell) for cell in cells]
    printed = {number: "" for number in asked}
    over = False
    while not over:
        message = client.get_iopub_msg(timeout=TIMEOUT)
        of = message["parent_header"].get("msg_id")
        if of in printed:
            printed[of] += read(message)
        over = of == asked[-1] and message["content"].get("execution_state") == "idle"
    replies = {}
    # On a busy machine, answers to what was asked of the kernel while it started come late.
    while not replies.keys() >= set(asked):
        answer = client.get_shell_msg(timeout=TIMEOUT)
        replies[answer["parent_header"]["msg_id"]] = answer["content"]
    answers = [{**replies[number], "printed": printed[number]} for number in asked]
    return {"status": answers[-1]["status"], "printed": "", "replies": answers}


def execute(code, when=None, act=None):
    printed = []
    acts = 0
    over = threading.Event()

    def do():
        nonlocal acts
        acts += 1
        act()

    def hear(message):
        printed.append(read(message))
        if act and not acts and isinstance(when, str) and re.search(when, "".join(printed)):
            do()

    def wait():
        if not over.wait(when):
            do()

    waiting = threading.Thread(target=wait)
    if act and not isinstance(when, str):
        waiting.start()
    try:
        answer = client.execute_interactive(code, output_hook=hear, timeout=TIMEOUT)
    finally:
        over.set()
    return {**answer["content"], "printed": "".join(printed), "interrupts": acts}


def execute_until(code, pattern):
    for _ in range(30):
        answer = execute(code)
        if re.search(pattern, answer["printed"]):
            break
        time.sleep(0.5)
    return answer


def interrupt():
    client.control_channel.send(client.session.msg("interrupt_request", {}))


def leave():
    raise Leave


def processes(group):
    """Those of a process group; what has ended but was not waited for does not count."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, own_group = entry.read_text().rsplit(")", 1)[1].split()[:3]
        except OSError:
            continue
        if int(own_group) == group and state != "Z":
            found.append(int(entry.parent.name))
    return found


def restart(code, when, now):
    group = os.getpgid(manager.provisioner.pid)
    try:
        execute(code, when, leave)
    except Leave:
        pass
    before = processes(group)
    manager.restart_kernel(now=now)
    client.wait_for_ready(timeout=TIMEOUT)
    return {"status": "ok", "before": before, "left": processes(group)}


def ask(method, *args):
    if method == "write":
        Path(args[0]).write_text(args[1])
        return {"status": "ok"}
    if method == "execute":
        return execute(*args)
    if method == "execute_until":
        return execute_until(*args)
    if method == "execute_all":
        return execute_all(*args)
    if method == "interrupt":
        return execute(*args, interrupt)
    if method == "restart":
        return restart(*args)
    request = getattr(client, method)(*args)
    answer = client.get_shell_msg(timeout=TIMEOUT)
    while answer["parent_header"]["msg_id"] != request:
        answer = client.get_shell_msg(timeout=TIMEOUT)
    return {**answer["content"], "printed": ""}


answers = []
for request in json.load(sys.stdin):
    answers.append(ask(*request))
client.stop_channels()
began = time.monotonic()
manager.shutdown_kernel()
print(json.dumps({"answers": answers, "shutdown": time.monotonic() - began}))
