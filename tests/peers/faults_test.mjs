// The official client meets the faults of our mock: node faults_test.mjs URL KIND ERROR
import assert from 'node:assert/strict';
import OpenAI from 'openai';

const [url, kind, error] = process.argv.slice(2);
const client = new OpenAI({ baseURL: url, apiKey: 'unused', maxRetries: 0, timeout: 2000 });

await assert.rejects(
  client.chat.completions.create({ model: 'mock', messages: [{ role: 'user', content: 'hello' }] }),
  (e) => e instanceof OpenAI[error] || assert.fail(`${kind}: ${e.constructor.name}: ${e.message}`),
);
console.log(`ok ${kind} is ${error}`);
