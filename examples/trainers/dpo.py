#!/usr/bin/env python3
"""A night of DPO (Rafailov et al. 2023, equation 7) with a LoRA adapter.

    assistant = { learn = { method = "dpo", trainer = "python3 examples/trainers/dpo.py --model meta-llama/Llama-3.3-70B-Instruct --four-bit" } }

The reference is the model without an adapter, on every night.
"""
import torch
import torch.nn.functional as F

import common


def main():
    args = common.arguments(__doc__.split("\n")[0], batch=1, accumulate=4, smoothing=0.0)
    examples = common.read_examples(args.data)
    tokenizer, model = common.load(args)
    for e in examples:
        e["pair"] = [common.encode(tokenizer, e["prompt"], e[key], args.max_length) for key in ("chosen", "rejected")]

    def margins(batch):
        encoded = [e["pair"][0] for e in batch] + [e["pair"][1] for e in batch]
        policy = common.log_probabilities(model, encoded)
        with torch.no_grad(), model.disable_adapter():
            reference = common.log_probabilities(model, encoded)
        chosen, rejected = (policy - reference).split(len(batch))
        return args.beta * (chosen - rejected)

    def loss(batch):
        margin = margins(batch)
        return -((1 - args.smoothing) * F.logsigmoid(margin) + args.smoothing * F.logsigmoid(-margin)).mean()

    common.train(args, model, examples, loss)
    with torch.no_grad():
        right = sum(bool(margins([e])[0] > 0) for e in examples)
    print(f"{right} of {len(examples)} pairs are ordered right", flush=True)
    common.finish(args, model, tokenizer)


if __name__ == "__main__":
    main()
