"""Drives `jupyter console` in a terminal, as a learner would. Prints a line of JSON for each step: its
name, whether what was expected came, and what came."""

import json
import os
import re
import sys
import time

import pexpect

PATIENCE = 20
END = "(it has ended)"
ENTER, TAB, UP, CTRL_C, CTRL_D = "\r", "\t", "\x1b[A", "\x03", "\x04"

console = pexpect.spawn(
    sys.executable,
    ["-m", "jupyter_console", "--kernel", "tslab"],
    # The terminal answers nothing.
    env={**os.environ, "PROMPT_TOOLKIT_NO_CPR": "1", "TERM": "xterm"},
    dimensions=(40, 120),
    encoding="utf-8",
)


ESCAPE = re.compile(r"\x1b\[[?\d;]*[A-Za-z]")
seen = ""


def step(name, keys, *patterns):
    """Types, and waits for what is expected, one after the other; what came before it is seen no more."""
    global seen
    console.send(keys)
    for expected in patterns:
        until = time.monotonic() + PATIENCE
        found = None
        while not found and time.monotonic() < until:
            try:
                seen += console.read_nonblocking(10_000, timeout=1)
            except pexpect.TIMEOUT:
                pass
            except pexpect.EOF:
                seen += END
                until = 0
            found = re.search(expected, ESCAPE.sub("", seen))
        print(json.dumps([name, bool(found), ESCAPE.sub("", seen)]), flush=True)
        if not found:
            sys.exit()
        seen = ESCAPE.sub("", seen)[found.end() :]


def prompt(number):
    return rf"In \[{number}\]: "


step("starts", "", prompt(1))
step("evaluates", f"6 * 7{ENTER}", r"Out\[1\]: 42", prompt(2))
step("prints", f"console.log('pri' + 'nted'){ENTER}", "printed", prompt(3))
step("goes on in the next line if a line is not whole", f"const twice = (n: number) => {{{ENTER}", r"\.\.\.")
step("ends the cell", f"return 2 * n; }};{ENTER}", prompt(4))
step("keeps names", f"twice(21.5){ENTER}", r"Out\[4\]: 43", prompt(5))
step("completes", f"Math.hyp{TAB}", "hypot")
step("evaluates what it completed", f"(3, 4){ENTER}", r"Out\[5\]: 5", prompt(6))
step("recalls", f"{UP}", r"hypot\(3, 4\)")
step("evaluates what it recalled", ENTER, r"Out\[6\]: 5", prompt(7))
step("shows an error", f"throw new RangeError('too ' + 'far'){ENTER}", "RangeError: too far", r"at cell \[7\], line 1", prompt(8))
step("begins a loop", f"console.log('be' + 'gun'); for (;;);{ENTER}", "begun")
step("breaks it off", CTRL_C, "Interrupt: ", prompt(9))
step("keeps its variables", f"twice(50){ENTER}", r"Out\[9\]: 100", prompt(10))
step("asks whether to end", CTRL_D, r"[Dd]o you really want to exit")
step("ends", f"y{ENTER}", re.escape(END))
