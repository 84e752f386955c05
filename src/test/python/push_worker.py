"""The worker that RecyClique had before: reads the till's stream, posts each entry to Paheko's plugin, acknowledges it after a 2xx.

It is written anew from the description of the old one, to be measured beside Passerelle: one consumer named worker-1 in the group
recyclic-push, its own pending entries first, redeliveries after growing delays for what may pass, structured log lines.
"""
import json
import os
import sys
import time

import httpx
import redis

STREAM = os.environ.get("REDIS_STREAM_PUSH_CAISSE", "recyclic:push:caisse")
GROUP = "recyclic-push"
CONSUMER = "worker-1"
URL = os.environ["PAHEKO_PLUGIN_URL"]
SECRET = os.environ["PAHEKO_PLUGIN_SECRET"]
MAX_RETRIES = int(os.environ.get("PAHEKO_PUSH_MAX_RETRIES", "5"))
BACKOFF_SECONDS = float(os.environ.get("PAHEKO_PUSH_BACKOFF_SECONDS", "1.0"))
BACKOFF_FACTOR = float(os.environ.get("PAHEKO_PUSH_BACKOFF_FACTOR", "2.0"))
CLIENT_FOR_EACH_TRY = os.environ.get("CLIENT_FOR_EACH_TRY", "false") == "true"
TIMEOUT_SECONDS = 15.0
READ_TOGETHER = 10
BLOCK_MILLIS = 2000


def log(level, message, **fields):
    sys.stdout.write(json.dumps({"time": time.time(), "level": level, "message": message, **fields}) + "\n")
    sys.stdout.flush()


class Sender:
    def __init__(self):
        self.client = None if CLIENT_FOR_EACH_TRY else httpx.Client(timeout=TIMEOUT_SECONDS)

    def post(self, entry_id, payload):
        headers = {"Content-Type": "application/json", "X-Paheko-Secret": SECRET, "X-Request-Id": entry_id}
        if self.client is not None:
            return self.client.post(URL, content=payload, headers=headers)
        with httpx.Client(timeout=TIMEOUT_SECONDS) as client:
            return client.post(URL, content=payload, headers=headers)


def send(sender, entry_id, payload):
    """Whether the entry was delivered."""
    delay = BACKOFF_SECONDS
    for attempt in range(MAX_RETRIES + 1):
        try:
            status = sender.post(entry_id, payload).status_code
            if 200 <= status < 300:
                return True
            error, final = f"HTTP {status}", 400 <= status < 500
        except httpx.HTTPError as e:
            error, final = type(e).__name__, False
        log("error", "push failed", correlation_id=entry_id, attempt=attempt + 1, error=error)
        if final:
            return False
        if attempt < MAX_RETRIES:
            time.sleep(delay)
            delay *= BACKOFF_FACTOR
    return False


def handle(connection, sender, entries):
    for entry_id, fields in entries:
        correlation_id = entry_id.decode()
        if send(sender, correlation_id, fields.get(b"payload", b"")):
            connection.xack(STREAM, GROUP, entry_id)
            log("info", "pushed", correlation_id=correlation_id, event=fields.get(b"event", b"").decode())


def read(connection, start, block):
    answer = connection.xreadgroup(GROUP, CONSUMER, {STREAM: start}, count=READ_TOGETHER, block=block)
    return answer[0][1] if answer else []


def main():
    connection = redis.Redis.from_url(os.environ.get("REDIS_URL", "redis://localhost:6379"))
    try:
        connection.xgroup_create(STREAM, GROUP, id="0", mkstream=True)
    except redis.ResponseError as e:
        if "BUSYGROUP" not in str(e):
            raise
    sender = Sender()
    last = b"0"
    while pending := read(connection, last, None):
        handle(connection, sender, pending)
        last = pending[-1][0]
    while True:
        handle(connection, sender, read(connection, ">", BLOCK_MILLIS))


if __name__ == "__main__":
    main()
