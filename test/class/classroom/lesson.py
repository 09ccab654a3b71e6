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

# Not TensorFlow's complaints, which come as text, but what tells of a cell that failed.
LATE = ("Uncaught", "UnhandledPromiseRejection:")
PLOTLY = "application/vnd.plotly.v1+json"


class Learner:
    def __init__(self, server, token):
        self.server, self.kernel = server, None
        # Tornado gives up after 20 s, also while the server still waits for a kernel on a busy machine.
        self.options = {"connect_timeout": 600, "request_timeout": 600, "headers": {"Authorization": f"token {token}"}}

    async def ask(self, path, **options):
        request = HTTPRequest(self.server + path, **self.options, **options)
        return json.loads((await AsyncHTTPClient().fetch(request)).body)

    async def execute(self, code, to_the_end=True):
        """Runs a cell; returns how many figures it showed. Raises for a cell that fails."""
        content = {"code": code, "silent": False, "store_history": True, "stop_on_error": True}
        message = {**Session().msg("execute_request", content), "channel": "shell"}
        await self.socket.write_message(json.dumps(message, default=json_default))
        figures, printed, ended = set(), "", set()
        while len(ended) < 2 and (to_the_end or not printed):
            reply = json.loads(await self.socket.read_message() or "null")
            if reply is None:
                raise RuntimeError("the kernel's channel was closed")
            kind, content = reply["msg_type"], reply["content"]
            if reply["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            if kind == "stream":
                printed += content["text"]
            elif kind == "error":
                printed += f"{content['ename']}: {content['evalue']}"
            elif PLOTLY in content.get("data", {}):
                # A figure that grows is shown again and again, under one name.
                figures.add((content.get("transient") or {}).get("display_id") or uuid.uuid4())
            elif kind == "execute_reply":
                ended.add(content["status"])
            elif content.get("execution_state") == "idle":
                ended.add("idle")
        if "error" in ended or any(word in printed for word in LATE):
            raise RuntimeError(f"{code}\n\n{printed[:1000]} … {printed[-1000:]}")
        return len(figures)

    async def run(self, path, code):
        """Reads the learner's own copy, starts its kernel, as JupyterLab does, and runs it."""
        figures, error = 0, None
        try:
            notebook = await self.ask(f"api/contents/{path}")
            session = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "tslab"}}
            opened = await self.ask("api/sessions", method="POST", body=json.dumps(session))
            self.kernel = opened["kernel"]["id"]
            address = self.server.replace("http", "ws", 1) + f"api/kernels/{self.kernel}/channels"
            self.socket = await websocket_connect(HTTPRequest(address, **self.options))
            cells = [each for each in notebook["content"]["cells"] if each["cell_type"] == "code"]
            for each in [code] if code else ["".join(cell["source"]) for cell in cells]:
                figures += await self.execute(each, to_the_end=not code)
        except Exception as failure:
            error = f"{type(failure).__name__}: {failure}"
        return {"error": error, "figures": figures, "kernel": self.kernel}


async def main():
    AsyncHTTPClient.configure(None, max_clients=1000)
    task = json.load(sys.stdin)
    learners = [Learner(each["server"], each["token"]) for each in task["learners"]]
    runs = (learner.run(task["path"], task.get("code")) for learner in learners)
    for result in await asyncio.gather(*runs):
        print(json.dumps(result))


if __name__ == "__main__":
    asyncio.run(main())
