"""What the trainers share: reading a night's data set, the model with its adapter, log-probabilities of answers, the loop.

A trainer is a command that `assistant.learn.trainer` of a study names. Each night it finds in its environment
    PROPERSIM_DATASET       the night's data set, JSON lines (docs/export.md)
    PROPERSIM_OUTPUT        an empty folder for the adapter
    PROPERSIM_LAST_ADAPTER  the adapter of the night before, or nothing
    PROPERSIM_BETA, ...     settings of learning that the study sets (docs/learning.md): defaults of the options below
and its last line of output must be JSON: {"adapter": "/path/of/the/adapter"}.
Needs torch, transformers and peft.
"""
import argparse
import json
import os
import random

import torch
import torch.nn.functional as F
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer


def setting(name, usual):
    """What the study sets, as text, or what is usual."""
    return os.environ.get("PROPERSIM_" + name, usual)


def arguments(description, batch, accumulate, **own):
    """The settings: of the command line, else of the study, else of the original system. own: further numbers, with their usual values."""
    p = argparse.ArgumentParser(description=description)
    env = os.environ.get
    p.add_argument("--model", required=True, help="name or folder of the model that the server serves")
    p.add_argument("--data", default=env("PROPERSIM_DATASET"), help="JSON lines")
    p.add_argument("--out", default=env("PROPERSIM_OUTPUT"), help="folder for the adapter")
    p.add_argument("--last-adapter", default=env("PROPERSIM_LAST_ADAPTER", ""), help="go on from this one")
    p.add_argument("--beta", type=float, default=setting("BETA", 0.1))
    p.add_argument("--learning-rate", type=float, default=setting("LEARNING_RATE", 5e-5))
    p.add_argument("--batch", type=int, default=setting("BATCH", batch))
    p.add_argument("--accumulate", type=int, default=setting("ACCUMULATE", accumulate), help="batches in one step of the optimiser")
    p.add_argument("--epochs", type=int, default=setting("EPOCHS", 2))
    p.add_argument("--weight-decay", type=float, default=setting("WEIGHT_DECAY", 0.0))
    p.add_argument("--linear-decay", choices=["true", "false"], default=setting("LINEAR_DECAY", "true"), help="the rate falls to 0")
    p.add_argument("--max-norm", type=float, default=setting("MAX_NORM", 1.0), help="of a step's gradient; 0: no limit")
    for name, usual in own.items():
        p.add_argument("--" + name, type=float, default=setting(name.upper(), usual))
    p.add_argument("--rank", type=int, default=16)
    p.add_argument("--alpha", type=int, default=32)
    p.add_argument("--dropout", type=float, default=0.05)
    p.add_argument("--max-length", type=int, default=2304, help="tokens of prompt and answer; prompts lose their beginning")
    p.add_argument("--four-bit", action="store_true", help="load the model in 4 bits (bitsandbytes)")
    p.add_argument("--seed", type=int, default=42)
    args = p.parse_args()
    if not args.data or not args.out:
        p.error("where are the data, and where to? --data and --out, or PROPERSIM_DATASET and PROPERSIM_OUTPUT")
    return args


def read_examples(path):
    with open(path, encoding="utf-8") as lines:
        examples = [json.loads(line) for line in lines if line.strip()]
    if not examples:
        raise SystemExit(f"{path}: holds no examples")
    return examples


def load(args):
    """The tokenizer, and the model with an adapter that can be trained: last night's, or a new one."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    options = {}
    if args.four_bit:
        from transformers import BitsAndBytesConfig
        options["quantization_config"] = BitsAndBytesConfig(load_in_4bit=True, bnb_4bit_compute_dtype=torch.bfloat16)
    elif device == "cuda":
        options["torch_dtype"] = torch.bfloat16
    tokenizer = AutoTokenizer.from_pretrained(args.model)
    model = AutoModelForCausalLM.from_pretrained(args.model, **options)
    model = model if args.four_bit else model.to(device)
    model.config.use_cache = False
    if args.last_adapter:
        model = PeftModel.from_pretrained(model, args.last_adapter, is_trainable=True)
    else:
        lora = LoraConfig(r=args.rank, lora_alpha=args.alpha, lora_dropout=args.dropout, target_modules="all-linear",
                          task_type="CAUSAL_LM")
        model = get_peft_model(model, lora)
    if device == "cuda":
        model.gradient_checkpointing_enable()
        model.enable_input_require_grads()
    return tokenizer, model


def encode(tokenizer, prompt, answer, max_length):
    """Token ids of a conversation, and how many of them, at the end, are the answer."""
    asked = tokenizer.apply_chat_template(prompt, tokenize=False, add_generation_prompt=True)
    whole = tokenizer.apply_chat_template(prompt + answer, tokenize=False)
    ids = tokenizer(asked, add_special_tokens=False)["input_ids"]
    reply = tokenizer(whole[len(asked):], add_special_tokens=False)["input_ids"][:max_length // 2]
    return ids[max(0, len(ids) + len(reply) - max_length):] + reply, len(reply)


def log_probabilities(model, encoded):
    """log pi(answer | prompt), summed over the answer's tokens, of each of a batch: a tensor of its length."""
    device = next(model.parameters()).device
    width = max(len(ids) for ids, _ in encoded)
    ids = torch.zeros(len(encoded), width, dtype=torch.long)
    mask, counts = torch.zeros_like(ids), torch.zeros(len(encoded), width - 1)
    for i, (tokens, answer) in enumerate(encoded):
        ids[i, :len(tokens)] = torch.tensor(tokens)
        mask[i, :len(tokens)] = 1
        counts[i, len(tokens) - answer - 1:len(tokens) - 1] = 1
    ids, mask, counts = ids.to(device), mask.to(device), counts.to(device)
    logits = model(input_ids=ids, attention_mask=mask).logits[:, :-1].float()
    picked = torch.gather(F.log_softmax(logits, -1), 2, ids[:, 1:].unsqueeze(-1)).squeeze(-1)
    return (picked * counts).sum(-1)


def rate_at(args, step, steps):
    """The share of the learning rate that is left."""
    return max(0.0, 1 - step / steps) if args.linear_decay == "true" else 1.0


def train(args, model, examples, batch_loss):
    """AdamW; by default with a rate that falls linearly to 0 and gradients cut to length 1, as TRL does. batch_loss(batch) is a mean."""
    rng = random.Random(args.seed)
    torch.manual_seed(args.seed)
    weights = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=args.learning_rate, weight_decay=args.weight_decay)
    batches = -(-len(examples) // args.batch)
    steps = args.epochs * -(-batches // args.accumulate)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate_at(args, step, steps))
    model.train()
    for epoch in range(args.epochs):
        order = examples[:]
        rng.shuffle(order)
        total = 0.0
        for i in range(batches):
            loss = batch_loss(order[i * args.batch:(i + 1) * args.batch])
            (loss / args.accumulate).backward()
            total += loss.item()
            if (i + 1) % args.accumulate == 0 or i + 1 == batches:
                if args.max_norm > 0:
                    torch.nn.utils.clip_grad_norm_(weights, args.max_norm)
                optimizer.step()
                schedule.step()
                optimizer.zero_grad()
        print(f"epoch {epoch + 1}: loss {total / batches:.4f} over {len(examples)} examples", flush=True)
    model.eval()


def finish(args, model, tokenizer):
    model.save_pretrained(args.out)
    tokenizer.save_pretrained(args.out)
    print(json.dumps({"adapter": os.path.abspath(args.out)}), flush=True)
