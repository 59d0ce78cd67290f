#!/usr/bin/env python3
"""A night of KTO (Ethayarajh et al. 2024, equation 8) with a LoRA adapter.

    assistant = { learn = { method = "kto", trainer = "python3 examples/trainers/kto.py --model meta-llama/Llama-3.3-70B-Instruct --four-bit" } }

The reference is the model without an adapter, on every night; the reference point is estimated, as TRL does, from answers
that belong to other prompts of the batch (so a batch has at least 2). Abstentions are examples like all others: the original
left them out, and then a model can only ever learn to speak.
"""
import torch

import common


def main():
    args = common.arguments(__doc__.split("\n")[0], batch=2, accumulate=2, desirable=1.0, undesirable=1.0)
    examples = common.read_examples(args.data)
    tokenizer, model = common.load(args)
    for e in examples:
        e["own"] = common.encode(tokenizer, e["prompt"], e["completion"], args.max_length)

    def ratios(encoded):
        policy = common.log_probabilities(model, encoded)
        with torch.no_grad(), model.disable_adapter():
            reference = common.log_probabilities(model, encoded)
        return policy - reference

    def reference_point(batch):
        others = [common.encode(tokenizer, e["prompt"], batch[i - 1]["completion"], args.max_length) for i, e in enumerate(batch)]
        with torch.no_grad():
            return ratios(others).mean().clamp(min=0)

    def loss(batch):
        point = reference_point(batch) if len(batch) > 1 else torch.zeros(())
        reward = args.beta * (ratios([e["own"] for e in batch]) - point.to(next(model.parameters()).device))
        sign = torch.tensor([1.0 if e["label"] else -1.0 for e in batch], device=reward.device)
        weight = torch.tensor([args.desirable if e["label"] else args.undesirable for e in batch], device=reward.device)
        return (weight * (1 - torch.sigmoid(sign * reward))).mean()

    common.train(args, model, examples, loss)
    common.finish(args, model, tokenizer)


if __name__ == "__main__":
    main()
