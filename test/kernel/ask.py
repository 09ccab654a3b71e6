"""Asks a kernel of the name `tslab`, in the current folder.

The requests come as a JSON array on stdin, each the name of a client's method and its arguments,
such as ["execute", "1 + 1"] or ["complete", "Math.ma", 7]. Others are:

- ["write", NAME, TEXT] writes a file meanwhile.
- ["execute_until", CODE, PATTERN] executes, and again as long as the pattern is not printed: those
  who watch the folder need a while to see what was written. After thirty times the last reply stands.
- ["execute_all", CODE, ...] asks for several cells at once; answers with `replies`.
- ["interrupt", CODE, WHEN] executes and interrupts: WHEN is what must have been printed, a pattern,
  or seconds, again and again, for code that gives the kernel no time to print; answers with
  `signals`, how many were sent while it ran.
- ["restart", CODE, WHEN, NOW] executes and restarts the kernel, at once or after its own shutdown;
  answers with the processes of the old kernel that are left.

The answers go out as a JSON array: the reply's content, with what was printed.
"""

import json
import os
import re
import signal
import sys
import threading
import time
from pathlib import Path

from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(kernel_name="tslab")
TIMEOUT = 120


class Leave(Exception):
    """Leaves a cell that still runs."""


def execute_all(*cells):
    asked = [client.execute(cell) for cell in cells]
    printed = {number: "" for number in asked}
    over = False
    while not over:
        message = client.get_iopub_msg(timeout=TIMEOUT)
        of = message["parent_header"].get("msg_id")
        if message["msg_type"] == "stream":
            printed[of] += message["content"]["text"]
        over = of == asked[-1] and message["content"].get("execution_state") == "idle"
    replies = {}
    # On a busy machine, answers to what was asked of the kernel while it started come late.
    while not replies.keys() >= set(asked):
        answer = client.get_shell_msg(timeout=TIMEOUT)
        replies[answer["parent_header"]["msg_id"]] = answer["content"]
    answers = [{**replies[number], "printed": printed[number]} for number in asked]
    return {"status": answers[-1]["status"], "printed": "", "replies": answers}


def pass_errors(answer):
    """Waits until tslab no longer drops what follows an error."""
    if answer["status"] != "ok":
        time.sleep(0.5)


def execute(code, when=None, act=None):
    printed = []
    signals = 0
    done = act is None

    def hear(message):
        nonlocal done, signals
        if message["msg_type"] == "stream":
            printed.append(message["content"]["text"])
        if not done and isinstance(when, str) and re.search(when, "".join(printed)):
            done = True
            act()
            signals += 1

    over = threading.Event()

    def insist():
        nonlocal signals
        while not over.wait(when):
            act()
            signals += 1

    insistent = threading.Thread(target=insist)
    if act and not isinstance(when, str):
        insistent.start()
    try:
        answer = client.execute_interactive(code, output_hook=hear, timeout=TIMEOUT)
    finally:
        over.set()
    if act:
        if insistent.is_alive():
            insistent.join()
        pass_errors(answer["content"])
        absorb()
    return {**answer["content"], "printed": "".join(printed), "signals": signals}


def execute_until(code, pattern):
    for _ in range(30):
        answer = execute(code)
        if re.search(pattern, answer["printed"]):
            break
        pass_errors(answer)
        time.sleep(0.5)
    return answer


def absorb():
    """A signal that comes while Node leaves a cell's script is kept for the next script, a bug of
    `breakOnSigint`: have it interrupt one that does not matter, not the cell that follows."""
    answer = client.execute_interactive(
        "{ const until = Date.now() + 300; while (Date.now() < until); }",
        silent=True,
        store_history=False,
        output_hook=lambda message: None,
        timeout=TIMEOUT,
    )
    pass_errors(answer["content"])


def interrupt():
    os.killpg(os.getpgid(manager.provisioner.pid), signal.SIGINT)


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
    pass_errors(answers[-1])
client.stop_channels()
began = time.monotonic()
manager.shutdown_kernel()
print(json.dumps({"answers": answers, "shutdown": time.monotonic() - began}))
