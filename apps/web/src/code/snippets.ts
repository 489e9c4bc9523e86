// The same call as the form makes, for people who write programs. OpenAI's own libraries send it;
// only their base address changes.

export interface Call {
  baseUrl: string;
  fields: readonly (readonly [name: string, value: string])[];
  picture: string | null; // name of the file
  needsKey: boolean;
}

export type Language = 'curl' | 'node' | 'python';
export const LANGUAGES: readonly Language[] = ['curl', 'node', 'python'];
export const languageNames: Record<Language, string> = { curl: 'curl', node: 'Node', python: 'Python' };

// Fields that OpenAI's libraries know; the rest are ours.
const STANDARD = ['prompt', 'model', 'seconds', 'size'];

const shellQuote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
// A JSON string is also a string of JavaScript and of Python.
const quote = (text: string): string => JSON.stringify(text);

function curl({ baseUrl, fields, picture, needsKey }: Call): string {
  const auth = needsKey ? ' -H "Authorization: Bearer $AOZORA_API_KEY"' : '';
  const lines = [`curl ${shellQuote(`${baseUrl}/videos`)}${auth}`];
  // --form-string: with -F a text that starts with @ or < would be read from a file.
  for (const [name, value] of fields) lines.push(`--form-string ${shellQuote(`${name}=${value}`)}`);
  // The inner quotes keep ; and , of a file name from being read as curl's own.
  if (picture !== null)
    lines.push(`-F ${shellQuote(`input_reference=@"${picture.replaceAll(/["\\]/g, '\\$&')}"`)}`);
  return `${lines.join(' \\\n  ')}

# then, with the id it answers:
curl ${shellQuote(`${baseUrl}/videos/`)}"$ID"${auth}   # until "status": "completed"
curl ${shellQuote(`${baseUrl}/videos/`)}"$ID"/content${auth} -o film.mp4
`;
}

function node({ baseUrl, fields, picture, needsKey }: Call): string {
  const key = needsKey ? 'process.env.AOZORA_API_KEY' : '"none"';
  const file = picture === null ? '' : `\n  input_reference: fs.createReadStream(${quote(picture)}),`;
  return `import fs from "node:fs";
import OpenAI from "openai";

const client = new OpenAI({ baseURL: ${quote(baseUrl)}, apiKey: ${key} });

let video = await client.videos.create({
${fields.map(([name, value]) => `  ${name}: ${quote(value)},`).join('\n')}${file}
});
while (video.status === "queued" || video.status === "in_progress") {
  await new Promise((wake) => setTimeout(wake, 2000));
  video = await client.videos.retrieve(video.id);
}
if (video.status === "failed") throw new Error(video.error.message);

const film = await client.videos.downloadContent(video.id);
fs.writeFileSync("film.mp4", Buffer.from(await film.arrayBuffer()));
`;
}

function python({ baseUrl, fields, picture, needsKey }: Call): string {
  const known = fields.filter(([name]) => STANDARD.includes(name));
  const ours = fields.filter(([name]) => !STANDARD.includes(name));
  const args = known.map(([name, value]) => `    ${name}=${quote(value)},`);
  if (picture !== null) args.push(`    input_reference=open(${quote(picture)}, "rb"),`);
  if (ours.length > 0)
    args.push(`    extra_body={${ours.map(([name, value]) => `${quote(name)}: ${quote(value)}`).join(', ')}},`);
  const key = needsKey ? 'os.environ["AOZORA_API_KEY"]' : '"none"';
  return `${needsKey ? 'import os\n' : ''}from openai import OpenAI

client = OpenAI(base_url=${quote(baseUrl)}, api_key=${key})

video = client.videos.create_and_poll(
${args.join('\n')}
)
if video.status == "failed":
    raise RuntimeError(video.error.message)

client.videos.download_content(video.id).write_to_file("film.mp4")
`;
}

export const snippet = (language: Language, call: Call): string =>
  ({ curl, node, python })[language](call);
