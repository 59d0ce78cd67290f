"""The peer of client_bench.c: the same questions through aiohttp, the way Python programs do it.

Usage: client_bench.py URL REQUESTS CONCURRENCY; prints the CPU seconds of the requests alone
(imports and start-up are not counted) and the wall seconds.
"""
import asyncio
import json
import resource
import sys
import time

import aiohttp


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


async def main(url, requests, concurrency):
    gate = asyncio.Semaphore(concurrency)
    prompt = "She sits at the desk and reads. " * 170

    async def ask(session, number):
        body = {
            "model": "m",
            "messages": [
                {"role": "system", "content": prompt},
                {"role": "user", "content": "Question %d" % number},
            ],
        }
        async with gate:
            async with session.post(url, json=body, headers={"Authorization": "Bearer k"}) as reply:
                answer = await reply.json()
        return json.loads(answer["choices"][0]["message"]["content"])["score"]

    connector = aiohttp.TCPConnector(limit=concurrency)
    async with aiohttp.ClientSession(connector=connector) as session:
        start, wall = cpu(), time.monotonic()
        scores = await asyncio.gather(*(ask(session, i) for i in range(requests)))
        start, wall = cpu() - start, time.monotonic() - wall
    if sum(scores) != requests:
        raise SystemExit("wrong answers")
    print("%.6f %.6f" % (start, wall))


asyncio.run(main(sys.argv[1] + "/chat/completions", int(sys.argv[2]), int(sys.argv[3])))
