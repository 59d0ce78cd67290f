// The official client of OpenAI against our mock: node openai_test.mjs URL
import assert from 'node:assert/strict';
import OpenAI from 'openai';

const client = new OpenAI({ baseURL: process.argv[2], apiKey: 'unused', maxRetries: 2, timeout: 20000 });
const model = 'mock';
const messages = [{ role: 'user', content: 'Where is the milk?' }];

const tests = {
  async 'models are listed'() {
    const list = await client.models.list();
    assert.deepEqual(list.data.map((m) => m.id), ['mock']);
  },
  async 'a chat is answered with a text and its tokens'() {
    const reply = await client.chat.completions.create({ model, messages, seed: 1 });
    assert.ok(reply.choices[0].message.content.length > 20);
    assert.equal(reply.choices[0].finish_reason, 'stop');
    assert.equal(reply.usage.total_tokens, reply.usage.prompt_tokens + reply.usage.completion_tokens);
  },
  async 'the same question has the same answer, streamed or not'() {
    const ask = () => client.chat.completions.create({ model, messages, seed: 2 });
    assert.equal((await ask()).choices[0].message.content, (await ask()).choices[0].message.content);
    let text = '';
    for await (const chunk of await client.chat.completions.create({ model, messages, seed: 3, stream: true })) {
      text += chunk.choices[0]?.delta?.content ?? '';
    }
    assert.ok(text.length > 20);
  },
  async 'a schema is kept'() {
    const schema = {
      type: 'object', required: ['action', 'minutes', 'tags'], additionalProperties: false,
      properties: {
        action: { enum: ['walk', 'talk', 'wait'] }, minutes: { type: 'integer', minimum: 5, maximum: 60 },
        tags: { type: 'array', minItems: 1, maxItems: 3, items: { type: 'string', maxLength: 20 } },
      },
    };
    for (let seed = 0; seed < 10; seed++) {
      const reply = await client.chat.completions.create({
        model, messages, seed, response_format: { type: 'json_schema', json_schema: { name: 'a', strict: true, schema } },
      });
      const value = JSON.parse(reply.choices[0].message.content);
      assert.deepEqual(Object.keys(value).sort(), ['action', 'minutes', 'tags']);
      assert.ok(schema.properties.action.enum.includes(value.action));
      assert.ok(Number.isInteger(value.minutes) && value.minutes >= 5 && value.minutes <= 60);
      assert.ok(value.tags.length >= 1 && value.tags.length <= 3);
    }
  },
  async 'embeddings are the same as numbers and as base64, of length 1'() {
    const input = ['a walk in the rain', 'cooking lunch'];
    const packed = await client.embeddings.create({ model, input }); // base64 by default
    const plain = await client.embeddings.create({ model, input, encoding_format: 'float' });
    assert.equal(packed.data.length, 2);
    for (const i of [0, 1]) {
      assert.equal(packed.data[i].embedding.length, 256);
      assert.deepEqual(Float32Array.from(packed.data[i].embedding), Float32Array.from(plain.data[i].embedding));
      const length = plain.data[i].embedding.reduce((sum, x) => sum + x * x, 0);
      assert.ok(Math.abs(length - 1) < 1e-5);
    }
  },
  async 'many at once are all answered'() {
    const replies = await Promise.all(Array.from({ length: 200 }, (_, seed) =>
      client.chat.completions.create({ model, messages, seed })));
    assert.ok(replies.every((r) => r.choices[0].message.content.length > 0));
  },
  async 'a wrong request is the error that the client knows'() {
    await assert.rejects(client.chat.completions.create({ model }), OpenAI.BadRequestError);
    await assert.rejects(client.embeddings.create({ model, input: 'x', dimensions: 7 }), OpenAI.BadRequestError);
  },
};

for (const [name, test] of Object.entries(tests)) {
  await test();
  console.log(`ok ${name}`);
}
