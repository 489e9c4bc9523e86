// The snippets are run, not compared: a real shell, node and Python read them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { snippet, type Call } from './snippets';

const NASTY = `It's a "ball" \\ of $HOME \`glass\`; @file <b>
second line, 青空 \u2028 end`;

const call: Call = {
  baseUrl: 'http://127.0.0.1:8080/v1',
  fields: [
    ['prompt', NASTY],
    ['model', 'world-1'],
    ['seconds', '8'],
    ['size', '1280x720'],
    ['style', 'noir'],
  ],
  picture: `my "best"; picture's.png`,
  needsKey: true,
};

const run = (program: string, args: string[], input: string): string | null => {
  const { stdout, status, error } = spawnSync(program, args, { input, encoding: 'utf8' });
  if (error) return null; // not installed
  assert.equal(status, 0);
  return stdout;
};

test('curl: the shell hands over exactly what was typed', () => {
  const code = snippet('curl', call).split('\n# then')[0] ?? '';
  const script = `curl() { printf '%s\\0' "$@"; }\nAOZORA_API_KEY=k\n${code}`;
  const args = (run('sh', [], script) ?? '').split('\0');
  assert.deepEqual(args.slice(0, 5), ['http://127.0.0.1:8080/v1/videos', '-H', 'Authorization: Bearer k', '--form-string', `prompt=${NASTY}`]);
  assert(args.includes('style=noir'));
  assert(args.includes(`input_reference=@"my \\"best\\"; picture's.png"`));
});

test('node: the library gets exactly what was typed', () => {
  const body = snippet('node', call)
    .replace(/^import .*$/gm, '')
    .replace('client.videos.create(', 'say(')
    .split('\nwhile')[0];
  const stub = `const fs = { createReadStream: (path) => path }; class OpenAI { constructor(o) { console.log(JSON.stringify(o)); } }
    const say = async (asked) => console.log(JSON.stringify(asked));`;
  const out = (run('node', ['--input-type=module'], stub + body) ?? '').trim().split('\n');
  assert.equal(JSON.parse(out[0] ?? '').baseURL, call.baseUrl);
  assert.deepEqual(JSON.parse(out[1] ?? ''), { ...Object.fromEntries(call.fields), input_reference: call.picture });
});

test('python: the library gets exactly what was typed', () => {
  const body = snippet('python', call).replace('from openai import OpenAI', '').replace('client.videos.create_and_poll(', 'say(').split('\nif video')[0];
  const stub = `import json, builtins
open = lambda path, mode: path
class OpenAI:
    def __init__(self, **kw): pass
def say(**kw): print(json.dumps(kw))
import os
os.environ["AOZORA_API_KEY"] = "k"
`;
  const out = run('python3', ['-'], stub + body);
  if (out === null) return;
  assert.deepEqual(JSON.parse(out), { prompt: NASTY, model: 'world-1', seconds: '8', size: '1280x720', input_reference: call.picture, extra_body: { style: 'noir' } });
});

test('an open server asks for no key', () => {
  for (const language of ['curl', 'node', 'python'] as const)
    assert.doesNotMatch(snippet(language, { ...call, needsKey: false }), /AOZORA_API_KEY/);
});
