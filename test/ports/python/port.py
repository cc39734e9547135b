#!/usr/bin/env python3
"""A port of the store-and-task core in Python, for `unstuck conform -- python3 port.py`.

It keeps the state and nothing else: no files, no timers. With `--broken NAME` one rule is
wrong, in a way in which real code has been wrong; the kit must find each of them. With
`--release NAME` it lists that release alone, as the port of a single fix does.
"""

import argparse
import json
import sys

PROTOCOL = 1
RELEASES = [
    "v3.0.1",
    "v3.0.4",
    "v5.1",
    "published-fix",
    "corrected-fix",
    "hardened-fix",
    "evict-idle",
]
BROKEN = {
    "quota-kept-on-close": "a chunk that is closed keeps its over-limit unit",
    "counter-kept-on-down": "a chunk that is put down stays in the count of chunks up",
    "over-limit-first": "a retry tries the over-limit quota before the enforced up",
    "down-with-several-routes": "a chunk with several routes is put down while it waits",
    "task-leaked": "a task that is destroyed keeps its slot in the task map",
    "retry-used-by-reschedule": "a re-schedule uses a retry",
    "closed-while-owed": "a chunk is closed when its first delivery ends",
    "limit-off-by-one": "one chunk more than max_chunks_up may be up",
    "one-quota-for-all": "the quota is one for all outputs, not one for each",
    "detaches-output-0-only": "at a shutdown only output 0 takes its marks off",
    "down-when-no-timer-is-left": "a chunk with several routes is put down with a lost retry",
}


class NotEnabled(Exception):
    """The action cannot happen now; nothing was changed."""


def require(condition):
    if not condition:
        raise NotEnabled


class Delivery:
    """One chunk to one output."""

    def __init__(self, state="unrouted"):
        self.state = state
        self.retries_used = 0

    @property
    def pending(self):
        return self.state in ("flushing", "retry")

    def end(self, state):
        self.state, self.retries_used = state, 0


class Chunk:
    """A chunk in a slot, with its task if it has one."""

    def __init__(self, storage, mask, outputs):
        self.storage = storage
        self.charged_to = None
        self.has_task = False
        self.deliveries = [
            Delivery("routed" if output in mask else "unrouted") for output in range(outputs)
        ]

    @property
    def is_up(self):
        return self.storage != "down"

    @property
    def routes(self):
        return [one for one in self.deliveries if one.state != "unrouted"]


class Engine:
    """Chunk store, task map and scheduler, without what the model leaves out."""

    def __init__(self, parameters, broken):
        self.parameters = parameters
        self.broken = broken
        self.slots = [None] * parameters["chunks"]
        self.online = [True] * parameters["outputs"]
        self.over_limit_up = [0] * parameters["outputs"]
        self.up = 0
        self.tasks = 0
        self.running = True

    # What the rules ask.

    @property
    def has_room(self):
        limit = self.parameters["maxChunksUp"] + (self.broken == "limit-off-by-one")
        return self.up < limit

    @property
    def has_task_slot(self):
        return self.tasks < self.parameters["taskMapSize"]

    def has_quota(self, output):
        if self.broken == "one-quota-for-all":
            return sum(self.over_limit_up) < self.parameters["overLimitQuota"]
        return self.over_limit_up[output] < self.parameters["overLimitQuota"]

    def retry_limit_reached(self, delivery):
        limit = self.parameters["retryLimit"]
        return limit != "unlimited" and delivery.retries_used >= limit

    def chunk(self, slot):
        require(self.slots[slot] is not None)
        return self.slots[slot]

    def idle(self, slot):
        chunk = self.chunk(slot)
        require(not chunk.has_task)
        return chunk

    def delivery(self, slot, output, state):
        chunk = self.chunk(slot)
        delivery = chunk.deliveries[output]
        require(delivery.state == state)
        return chunk, delivery

    # What the rules do.

    def bring_up(self, chunk):
        chunk.storage = "up"
        self.up += 1

    def bring_up_for(self, chunk, output):
        chunk.storage, chunk.charged_to = "upForOutput", output
        self.over_limit_up[output] += 1
        self.up += 1

    def release_quota(self, chunk):
        if chunk.charged_to is not None:
            self.over_limit_up[chunk.charged_to] -= 1
            chunk.charged_to = None

    def put_down(self, chunk):
        chunk.storage = "down"
        if self.broken != "counter-kept-on-down":
            self.up -= 1
        self.release_quota(chunk)

    def settle(self, slot):
        chunk = self.slots[slot]
        pending = any(delivery.pending for delivery in chunk.deliveries)
        if pending and self.broken != "closed-while-owed":
            return
        if self.broken != "task-leaked":
            self.tasks -= 1
        if chunk.is_up:
            self.up -= 1
        if self.parameters["releaseOnClose"] and self.broken != "quota-kept-on-close":
            self.release_quota(chunk)
        self.slots[slot] = None

    def leave_memory_while_waiting(self, chunk, lost=False):
        also = self.broken == "down-with-several-routes"
        also = also or (lost and self.broken == "down-when-no-timer-is-left")
        if len(chunk.routes) == 1 or also:
            if chunk.is_up:
                self.put_down(chunk)

    def outcome_of_firing(self, chunk, output):
        if chunk.is_up:
            return "retryFire"
        if self.broken == "over-limit-first" and self.has_quota(output):
            return "retryFireOverLimit"
        if self.has_room:
            return "retryFire"
        return "retryFireOverLimit" if self.has_quota(output) else "reschedule"

    def waiting(self, slot, output, outcome):
        chunk, delivery = self.delivery(slot, output, "retry")
        require(self.outcome_of_firing(chunk, output) == outcome)
        return chunk, delivery

    def failing(self, slot, output):
        chunk, delivery = self.delivery(slot, output, "flushing")
        require(not self.online[output])
        return chunk, delivery

    # The actions, under their names in the protocol.

    def ingest(self, slot, mask):
        require(self.slots[slot] is None)
        chunk = Chunk("down", mask, self.parameters["outputs"])
        if self.has_room:
            self.bring_up(chunk)
        self.slots[slot] = chunk

    def dispatch(self, slot):
        chunk = self.idle(slot)
        require(self.has_task_slot and (chunk.is_up or self.has_room))
        if not chunk.is_up:
            self.bring_up(chunk)
        chunk.has_task = True
        self.tasks += 1
        for delivery in chunk.routes:
            delivery.state = "flushing"

    def dispatchWithoutTask(self, slot):
        chunk = self.idle(slot)
        require(not self.parameters["checkMapFirst"])
        require(not chunk.is_up and not self.has_task_slot and self.has_room)
        self.bring_up(chunk)

    def evict(self, slot):
        chunk = self.idle(slot)
        require(self.parameters["evictIdleWhenMapFull"])
        require(chunk.is_up and not self.has_task_slot)
        self.put_down(chunk)

    def flushOk(self, slot, output):
        _, delivery = self.delivery(slot, output, "flushing")
        require(self.online[output])
        delivery.end("delivered")
        self.settle(slot)

    def flushRetry(self, slot, output):
        chunk, delivery = self.failing(slot, output)
        require(not self.retry_limit_reached(delivery))
        delivery.state = "retry"
        delivery.retries_used += 1
        self.leave_memory_while_waiting(chunk)

    def flushDrop(self, slot, output):
        _, delivery = self.failing(slot, output)
        require(self.retry_limit_reached(delivery))
        delivery.end("dropped")
        self.settle(slot)

    def retryFire(self, slot, output):
        chunk, delivery = self.waiting(slot, output, "retryFire")
        if not chunk.is_up:
            self.bring_up(chunk)
        delivery.state = "flushing"

    def retryFireOverLimit(self, slot, output):
        chunk, delivery = self.waiting(slot, output, "retryFireOverLimit")
        self.bring_up_for(chunk, output)
        delivery.state = "flushing"

    def reschedule(self, slot, output):
        _, delivery = self.waiting(slot, output, "reschedule")
        if self.broken == "retry-used-by-reschedule":
            delivery.retries_used += 1

    def scheduleFail(self, slot, output):
        require(self.parameters["schedulerFails"])
        if self.chunk(slot).deliveries[output].state == "retry":
            _, delivery = self.waiting(slot, output, "reschedule")
        else:
            chunk, delivery = self.failing(slot, output)
            require(not self.retry_limit_reached(delivery))
            self.leave_memory_while_waiting(chunk, lost=True)
        delivery.end("lost")
        self.settle(slot)

    def outputDown(self, output):
        require(self.online[output])
        self.online[output] = False

    def outputUp(self, output):
        require(not self.online[output])
        self.online[output] = True

    def crash(self):
        require(self.parameters["crash"])
        for chunk in filter(None, self.slots):
            chunk.storage, chunk.charged_to, chunk.has_task = "down", None, False
            for delivery in chunk.routes:
                delivery.end("routed")
        self.over_limit_up = [0] * self.parameters["outputs"]
        self.up = self.tasks = 0

    def shutdown(self):
        require(self.parameters["shutdown"])
        self.running = False
        if self.parameters["detachOnOutputExit"]:
            for chunk in filter(None, self.slots):
                keeps = self.broken == "detaches-output-0-only" and chunk.charged_to != 0
                if chunk.charged_to is not None and not keeps:
                    self.release_quota(chunk)
                    chunk.storage = "up"

    # The protocol.

    def act(self, action, slot=None, output=None, mask=None):
        require(self.running)
        arguments = {"slot": slot, "output": output, "mask": mask}
        given = {name: value for name, value in arguments.items() if value is not None}
        getattr(self, action)(**given)

    def state(self):
        return {
            "slots": [self.slot_state(chunk) for chunk in self.slots],
            "engine": "running" if self.running else "stopped",
            "output": ["online" if online else "offline" for online in self.online],
            "overLimitUp": self.over_limit_up,
            "up": self.up,
            "tasks": self.tasks,
        }

    @staticmethod
    def slot_state(chunk):
        if chunk is None:
            return None
        return {
            "chunk": chunk.storage,
            "chargedTo": chunk.charged_to,
            "task": "running" if chunk.has_task else "vacant",
            "delivery": [delivery.state for delivery in chunk.deliveries],
            "retriesUsed": [delivery.retries_used for delivery in chunk.deliveries],
        }


ACTIONS = [
    "ingest",
    "dispatch",
    "dispatchWithoutTask",
    "evict",
    "flushOk",
    "flushRetry",
    "flushDrop",
    "retryFire",
    "retryFireOverLimit",
    "reschedule",
    "scheduleFail",
    "outputDown",
    "outputUp",
    "crash",
    "shutdown",
]


class Port:
    """Answers one request after another."""

    def __init__(self, broken, releases):
        self.broken = broken
        self.releases = releases
        self.engine = None

    def answer(self, request):
        match request.pop("type"):
            case "hello":
                name = "the Python example" + (f", {self.broken}" if self.broken else "")
                return {
                    "type": "hello",
                    "protocol": PROTOCOL,
                    "name": name,
                    "actions": ACTIONS,
                    "releases": self.releases,
                }
            case "reset":
                self.engine = Engine(request["parameters"], self.broken)
            case "act":
                try:
                    self.engine.act(**request)
                except NotEnabled:
                    return {"type": "error", "error": "not enabled"}
            case "bye":
                return {"type": "bye"}
        return {"type": "state", "state": self.engine.state()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--broken", choices=BROKEN, help="break one rule")
    parser.add_argument("--release", choices=RELEASES, help="list this release only")
    given = parser.parse_args()
    port = Port(given.broken, [given.release] if given.release else RELEASES)
    for line in sys.stdin:
        answer = port.answer(json.loads(line))
        print(json.dumps(answer), flush=True)
        if answer["type"] == "bye":
            break


if __name__ == "__main__":
    main()
