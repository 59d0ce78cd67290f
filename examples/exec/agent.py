#!/usr/bin/env python3
"""An assistant that somebody built elsewhere, behind `exec:python3 agent.py`.

Reads one JSON request a line, writes one JSON answer a line, in any order: `id` says which is which. What a request
holds, and what an answer may hold, is in docs/models.md. Whatever goes to standard error is kept in the study's folder.
"""
import json
import sys

TIPS = {
    "cook": "There is music for the kitchen on the speaker; shall I put on something lively while you cook?",
    "read": "The light by your chair is dim; I can turn it up so that reading is easier on your eyes.",
    "work": "You have been at it for a while; a short walk to the window would do your back good.",
}


def suggest(inputs):
    for word, tip in TIPS.items():
        if word in inputs["action"]:
            return {"suggestion": tip}
    return {"suggestion": "No Recommendation"}


def answer(request):
    prompt, inputs = request["prompt"], request["inputs"]
    if prompt == "assistant/suggest":
        return suggest(inputs)
    if prompt == "assistant/tidy":  # repairs spelling; ours is right
        return {"text": inputs["text"]}
    raise ValueError("this assistant was never asked " + prompt)


for line in sys.stdin:
    request = json.loads(line)
    reply = {"id": request["id"]}
    try:
        reply["answer"] = answer(request)
    except ValueError as wrong:
        reply["error"] = str(wrong)
    print(json.dumps(reply), flush=True)
