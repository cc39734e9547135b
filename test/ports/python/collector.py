"""A port of another system: the sending queue of OpenTelemetry Collector v0.159, as docs/systems/otel-collector.md has it.

It knows kills and the start after them, and none of the other settings. `--broken NAME` makes it wrong:
  forgets-left   the start drops what was dispatched
  room-early     a request that is exported has no place in the queue
"""

import json
import sys

ACTIONS = {
    "offer", "offerRefused", "dispatch", "exportOk", "exportRetry", "interrupt", "backoffOver",
    "backendDown", "backendUp", "crash", "load", "requeue", "started",
}


class Queue:
    def __init__(self, parameters, broken):
        self.slots = [None] * parameters["requests"]
        self.size, self.consumers = parameters["queueSize"], parameters["consumers"]
        self.crash = parameters["crash"]
        self.process, self.backend, self.broken = "run", "up", broken

    def count(self, *states):
        return sum(slot in states for slot in self.slots)

    def stored(self):
        return self.count("queued", "exporting", "backoff", "left", "held")

    def busy(self):
        return self.count("exporting", "backoff")

    def goes(self, slot, before, after, enabled):
        if enabled and self.slots[slot] == before:
            self.slots[slot] = after
            return True
        return False

    def act(self, action, slot=None):
        runs, up = self.process == "run", self.backend == "up"
        counted = self.count("queued") if self.broken == "room-early" else self.stored()
        room = counted < self.size
        if action == "offer":
            return self.goes(slot, None, "queued", runs and room)
        if action == "offerRefused":
            return self.goes(slot, None, None, runs and not room)
        if action == "dispatch":
            return self.goes(slot, "queued", "exporting", runs and self.busy() < self.consumers)
        if action == "exportOk":
            return self.goes(slot, "exporting", None, runs and up)
        if action == "exportRetry":
            return self.goes(slot, "exporting", "backoff", runs and not up)
        if action == "backoffOver":
            return self.goes(slot, "backoff", "exporting", runs)
        if action == "requeue":
            return self.goes(slot, "held", "queued", self.process == "start")
        if action in ("backendDown", "backendUp"):
            if up != (action == "backendDown"):
                return False
            self.backend = "down" if up else "up"
            return True
        if action == "crash":
            if self.crash == "no" or (self.crash == "running" and not runs):
                return False
            after = {"exporting": "left", "backoff": "left", "held": None}
            self.slots = [after.get(one, one) for one in self.slots]
            self.process = "load"
            return True
        if action == "load" and self.process == "load":
            kept = None if self.broken == "forgets-left" else "held"
            self.slots = [kept if one == "left" else one for one in self.slots]
            self.process = "start"
            return True
        if action == "started" and self.process == "start" and self.count("held") == 0:
            self.process = "run"
            return True
        return False

    def state(self):
        return {
            "slots": [None if one is None else {"request": one} for one in self.slots],
            "process": self.process, "backend": self.backend, "lock": "free",
            "stored": self.stored(), "busy": self.busy(),
        }


def main():
    broken = sys.argv[sys.argv.index("--broken") + 1] if "--broken" in sys.argv else None
    queue = None
    for line in sys.stdin:
        request = json.loads(line)
        kind = request["type"]
        answer = {"type": kind}
        if kind == "hello":
            hello = {"protocol": 1, "name": "collector-python"}
            answer.update(hello, actions=sorted(ACTIONS), releases=["v0.159"])
        elif kind == "act" and not queue.act(request["action"], request.get("slot")):
            answer = {"type": "error", "error": "not enabled"}
        elif kind != "bye":
            if kind == "reset":
                queue = Queue(request["parameters"], broken)
            answer = {"type": "state", "state": queue.state()}
        print(json.dumps(answer), flush=True)
        if kind == "bye":
            return


main()
