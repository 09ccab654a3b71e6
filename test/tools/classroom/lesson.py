"""Runs a notebook for many learners at once, each on a kernel of the learner's own server.

usage: lesson.py < JSON {"path": …, "code": …, "learners": [{"server": ADDRESS, "token": …}, …]}
With code, that is run in place of the notebook's cells, no further than to what it prints first.
For each learner, in their order, a JSON line when all have come to their ends:
{"error": null or text, "figures": how many, "kernel": id}.
"""

import asyncio
import json
import sys
import uuid

from jupyter_client.jsonutil import json_default
from jupyter_client.session import Session
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

# Not TensorFlow's or tslab's complaints, which come as text, but what tells of a cell that failed.
LATE = ("Uncaught", "UnhandledPromiseRejection:")
PLOTLY = "application/vnd.plotly.v1+json"


# Tornado gives up after 20 s, also while the server still waits for a kernel on a busy machine.
PATIENCE = {"connect_timeout": 600, "request_timeout": 600}


class Learner:
    def __init__(self, server, token):
        self.server, self.headers = server, {"Authorization": f"token {token}"}

    async def ask(self, path, **options):
        request = HTTPRequest(self.server + path, headers=self.headers, **PATIENCE, **options)
        return json.loads((await AsyncHTTPClient().fetch(request)).body)

    async def begin(self, path):
        """Reads the learner's own copy and starts its kernel, as JupyterLab does."""
        notebook = await self.ask(f"api/contents/{path}")
        self.cells = [c for c in notebook["content"]["cells"] if c["cell_type"] == "code"]
        session = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "tslab"}}
        opened = await self.ask("api/sessions", method="POST", body=json.dumps(session))
        self.kernel = opened["kernel"]["id"]
        address = self.server.replace("http", "ws", 1) + f"api/kernels/{self.kernel}/channels"
        request = HTTPRequest(address, headers=self.headers, **PATIENCE)
        self.socket = await websocket_connect(request)

    async def execute(self, code, to_the_end=True):
        """Runs a cell; returns how many figures it showed. Raises for a cell that fails."""
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {},
                   "allow_stdin": False, "stop_on_error": True}  # fmt: skip
        message = {**Session().msg("execute_request", content), "channel": "shell"}
        request = message["header"]["msg_id"]
        await self.socket.write_message(json.dumps(message, default=json_default))
        figures, printed, status = set(), "", None
        idle = False
        while not (idle and status or printed and not to_the_end):
            # After an error tslab may leave it at that.
            patience = 2 if status == "error" else None
            try:
                text = await asyncio.wait_for(self.socket.read_message(), patience)
            except asyncio.TimeoutError:
                break
            if text is None:
                raise RuntimeError("the kernel's channel was closed")
            reply = json.loads(text)
            kind, content = reply["msg_type"], reply["content"]
            if reply["parent_header"].get("msg_id") != request:
                continue
            if kind == "stream":
                printed += content["text"]
            elif kind == "error":
                printed += f"{content['ename']}: {content['evalue']}"
            elif kind in ("display_data", "update_display_data") and PLOTLY in content["data"]:
                # A figure that grows is shown again and again, under one name.
                figures.add((content.get("transient") or {}).get("display_id") or uuid.uuid4())
            elif kind == "execute_reply":
                status = content["status"]
            elif kind == "status":
                idle = content["execution_state"] == "idle"
        if status == "error" or any(word in printed for word in LATE):
            raise RuntimeError(f"{status}: {code}\n\n{printed[:1000]} … {printed[-1000:]}")
        return len(figures)

    async def run(self, path, code):
        figures, error = 0, None
        try:
            await self.begin(path)
            if code:
                await self.execute(code, to_the_end=False)
                self.cells = []
            for cell in self.cells:
                figures += await self.execute("".join(cell["source"]))
        except Exception as failure:
            error = f"{type(failure).__name__}: {failure}"
        return {"error": error, "figures": figures, "kernel": getattr(self, "kernel", None)}


async def main():
    AsyncHTTPClient.configure(None, max_clients=1000)
    task = json.load(sys.stdin)
    learners = [Learner(each["server"], each["token"]) for each in task["learners"]]
    runs = (learner.run(task["path"], task.get("code")) for learner in learners)
    for result in await asyncio.gather(*runs):
        print(json.dumps(result))


if __name__ == "__main__":
    asyncio.run(main())
