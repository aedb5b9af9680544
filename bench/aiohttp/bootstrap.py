"""The fetcher as one would write it in Python: aiohttp on uvloop, aiobotocore for the table.

A Lambda custom runtime. It takes SQS events from the Runtime API, fetches every URL of an event, hashes what came, and
writes one record a URL by BatchWriteItem, 25 to a call, while others are still being fetched. The records have the
attributes that Fetchline's have. It has no guard, no retries and no deadlines: those are not asked of it.
"""

import asyncio
import hashlib
import json
import os
import socket
import ssl
import time
from datetime import datetime, timezone

import aiohttp
import uvloop
from aiobotocore.config import AioConfig
from aiobotocore.session import get_session

IN_FLIGHT = int(os.environ["FETCH_IN_FLIGHT_MAX"])
PER_HOST = int(os.environ["FETCH_IN_FLIGHT_PER_HOST_MAX"])
TABLE = os.environ["RESULTS_TABLE"]
EXPIRES_AFTER = int(os.environ["FETCH_RESULT_TTL_DAYS"]) * 86_400
HEADERS = {
    "User-Agent": os.environ["FETCH_USER_AGENT"],
    "Accept": "*/*",
    "Accept-Encoding": "gzip, deflate",
}
RUNTIME = f"http://{os.environ['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime/invocation"
BATCH_ITEMS = 25
WRITES = 8


class FixedNames(aiohttp.abc.AbstractResolver):
    """Answers with the addresses that FETCH_RESOLVE names, and asks nobody."""

    def __init__(self, names):
        self.names = names

    async def resolve(self, host, port=0, family=socket.AF_INET):
        return [
            {
                "hostname": host,
                "host": self.names[host],
                "port": port,
                "family": socket.AF_INET,
                "proto": 0,
                "flags": socket.AI_NUMERICHOST,
            }
        ]

    async def close(self):
        pass


def resolver():
    names = dict(entry.split("=", 1) for entry in os.environ.get("FETCH_RESOLVE", "").split())
    return FixedNames(names) if names else None


def trust():
    context = ssl.create_default_context()
    extra = os.environ.get("FETCH_EXTRA_CA_FILE")
    if extra:
        context.load_verify_locations(extra)
    return context


class Writer:
    """Collects records and writes each full batch at once."""

    def __init__(self, client):
        self.client = client
        self.batch = []
        self.calls = set()
        self.places = asyncio.Semaphore(WRITES)

    def add(self, item):
        self.batch.append({"PutRequest": {"Item": item}})
        if len(self.batch) == BATCH_ITEMS:
            self.send()

    def send(self):
        batch, self.batch = self.batch, []
        if batch:
            self.calls.add(asyncio.create_task(self.write(batch)))

    async def write(self, batch):
        async with self.places:
            wait = 0.05
            while batch:
                answer = await self.client.batch_write_item(RequestItems={TABLE: batch})
                batch = answer.get("UnprocessedItems", {}).get(TABLE)
                if batch:
                    await asyncio.sleep(wait)
                    wait = min(2 * wait, 2)

    async def flush(self):
        self.send()
        calls, self.calls = self.calls, set()
        await asyncio.gather(*calls)


async def fetch(http, url, batch_id, message_id, requested_at):
    started = time.monotonic()
    async with http.get(url) as response:
        body = await response.read()
        took = time.monotonic() - started
        now = datetime.now(timezone.utc)
        kind = response.headers.get("Content-Type", "")
        return {
            "batchId": {"S": batch_id},
            "url": {"S": url},
            "status": {"S": "OK" if response.status < 300 else "HTTP_ERROR"},
            "submitted": {"S": url},
            "requestedAt": {"N": requested_at},
            "hop": {"N": "0"},
            "messageId": {"S": message_id},
            "expiresAt": {"N": str(int(now.timestamp()) + EXPIRES_AFTER)},
            "request": {"M": {"method": {"S": "GET"}}},
            "httpStatus": {"N": str(response.status)},
            "finalUrl": {"S": str(response.url)},
            "redirects": {"N": str(len(response.history))},
            "contentType": {"S": kind},
            "headers": {"M": {name.lower(): {"S": value} for name, value in response.headers.items()}},
            "charset": {"S": response.charset or "utf-8"},
            "bodyBytes": {"N": str(len(body))},
            "bodySha256": {"S": hashlib.sha256(body).hexdigest()},
            "bodyStored": {"S": "OFF"},
            "fetchedAt": {"S": now.isoformat()},
            "durationMs": {"N": str(int(took * 1000))},
            "attempts": {"N": "1"},
        }


async def worker(http, items, writer):
    for item in items:
        writer.add(await fetch(http, *item))


def items_of(event):
    for message in event["Records"]:
        body = json.loads(message["body"])
        for url in body["urls"]:
            yield url, body["batchId"], message["messageId"], message["attributes"]["SentTimestamp"]


async def handle(event, http, table):
    writer = Writer(table)
    # One iterator for all workers: each takes the next URL as soon as it is through with its last.
    items = items_of(event)
    await asyncio.gather(*(worker(http, items, writer) for _ in range(IN_FLIGHT)))
    await writer.flush()
    return b'{"batchItemFailures":[]}'


async def main():
    connector = aiohttp.TCPConnector(
        limit=IN_FLIGHT, limit_per_host=PER_HOST, ssl=trust(), resolver=resolver(), ttl_dns_cache=60
    )
    timeout = aiohttp.ClientTimeout(total=20)
    config = AioConfig(max_pool_connections=WRITES, parameter_validation=False)
    async with (
        aiohttp.ClientSession(connector=connector, timeout=timeout, headers=HEADERS) as http,
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)) as runtime,
        get_session().create_client("dynamodb", config=config) as table,
    ):
        while True:
            async with runtime.get(f"{RUNTIME}/next") as response:
                request_id = response.headers["Lambda-Runtime-Aws-Request-Id"]
                event = await response.json()
            answer = await handle(event, http, table)
            async with runtime.post(f"{RUNTIME}/{request_id}/response", data=answer) as response:
                await response.read()


if __name__ == "__main__":
    uvloop.run(main())
