"""Runs the example trainers on a small random model: trainers_test.py TRAINERS WORK (with WORK/dpo.jsonl and kto.jsonl)."""
import json
import os
import re
import subprocess
import sys

import torch
from peft import PeftModel
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import AutoModelForCausalLM, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

TEMPLATE = ("{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}</s>{% endfor %}"
            "{% if add_generation_prompt %}<|assistant|>{% endif %}")


def make_model(folder, texts):
    tokenizer = Tokenizer(models.BPE(unk_token=None))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(texts, trainers.BpeTrainer(
        vocab_size=400, special_tokens=["</s>", "<|system|>", "<|user|>", "<|assistant|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="</s>", pad_token="</s>", chat_template=TEMPLATE)
    fast.save_pretrained(folder)
    torch.manual_seed(1)
    LlamaForCausalLM(LlamaConfig(vocab_size=len(fast), hidden_size=32, intermediate_size=64, num_hidden_layers=2,
                                 num_attention_heads=2, max_position_embeddings=4096)).save_pretrained(folder)


def run(trainers_folder, name, data, out, *more, last=""):
    """Runs a trainer as a study does; returns its output."""
    os.makedirs(out, exist_ok=True)
    env = dict(os.environ, PROPERSIM_DATASET=data, PROPERSIM_OUTPUT=out, PROPERSIM_LAST_ADAPTER=last)
    done = subprocess.run([sys.executable, os.path.join(trainers_folder, name), "--model", "model", "--learning-rate", "0.01",
                           "--max-length", "512", *more], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    adapter = json.loads(done.stdout.splitlines()[-1])["adapter"]
    assert adapter == os.path.abspath(out) and os.path.isfile(os.path.join(adapter, "adapter_config.json")), done.stdout
    return done.stdout


def losses(output):
    return [float(x) for x in re.findall(r"loss ([\d.]+)", output)]


def main():
    trainers_folder, work = sys.argv[1:]
    os.chdir(work)
    with open("dpo.jsonl", encoding="utf-8") as f:
        pairs = [json.loads(line) for line in f]
    make_model("model", [m["content"] for p in pairs for m in p["prompt"]])

    first = run(trainers_folder, "dpo.py", "dpo.jsonl", "night1", "--epochs", "4")
    assert abs(losses(first)[0] - 0.6931) < 0.2, first  # log 2 before anything is learned
    assert losses(first)[-1] < losses(first)[0], first
    right, of = map(int, re.search(r"(\d+) of (\d+) pairs are ordered right", first).groups())
    assert of == len(pairs) and right > of / 2, first

    second = run(trainers_folder, "dpo.py", "dpo.jsonl", "night2", "--epochs", "1", last="night1")
    assert losses(second)[0] < losses(first)[0], second  # it goes on from the first

    kto = run(trainers_folder, "kto.py", "kto.jsonl", "night3", "--epochs", "4")
    assert abs(losses(kto)[0] - 0.5) < 0.2 and losses(kto)[-1] < losses(kto)[0], kto

    # what was written loads as vLLM and peft load it
    base = AutoModelForCausalLM.from_pretrained("model")
    model = PeftModel.from_pretrained(base, "night2")
    ids = torch.tensor([[5, 6, 7]])
    with torch.no_grad():
        changed = model(ids).logits
        with model.disable_adapter():
            plain = model(ids).logits
    assert not torch.allclose(changed, plain)

    empty = subprocess.run([sys.executable, os.path.join(trainers_folder, "dpo.py"), "--model", "model", "--data", "/dev/null",
                            "--out", "none"], capture_output=True, text=True)
    assert empty.returncode != 0 and "holds no examples" in empty.stderr, empty.stderr
    print("the trainers work")


if __name__ == "__main__":
    main()
