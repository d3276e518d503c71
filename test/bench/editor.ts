// How long somebody who types waits: from the keystroke, through the server's process and its pipes, to the diagnostics of the new text.
import { makeFile } from './make-tree.ts';
import { EditorClient } from './editor-client.ts';
import { inMs, type Row } from './row.ts';

/** Below a folder that is not there, so that nothing lies beside the files. */
const uriOf = (name: string) => `file:///applyscope-bench/${name}/app.yaml`;

const p95 = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? NaN;

async function timesOf(work: (round: number) => Promise<unknown>, rounds: number): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now();
    await work(round);
    times.push(performance.now() - begin);
  }
  return times;
}

/** The line of the image in the middle of the text. */
function imageLine(text: string): number {
  const lines = text.split('\n');
  const middle = lines.findIndex((line, index) => index >= lines.length / 2 && /^\s+image: /.test(line));
  return middle < 0 ? lines.findIndex((line) => /^\s+image: /.test(line)) : middle;
}

async function keystrokes(client: EditorClient, what: string, text: string, bar: number, rounds: number): Promise<Row> {
  const uri = uriOf(what);
  const line = imageLine(text);
  await client.open(uri, text);
  // the whole of a large file is still being run when its first diagnostics are there
  await client.request('textDocument/codeLens', uri, 0, 0);
  await timesOf((round) => client.type(uri, line, round % 10), Math.ceil(rounds / 3));
  const times = await timesOf((round) => client.type(uri, line, round % 10), rounds);
  return inMs(`keystroke → diagnostics, ${what}, p95`, bar, p95(times));
}

async function firstDiagnostics(text: string): Promise<Row> {
  const times = await timesOf(async () => {
    const client = new EditorClient();
    await client.start();
    await client.open(uriOf('first'), text);
    client.stop();
  }, 7);
  return inMs('server start → first diagnostics', 300, times.sort((a, b) => a - b)[3] ?? NaN);
}

/** What is known of the server's answers to a person, as rows of the table. */
export async function editorRows(
  files = { small: makeFile(1, 1_000), middle: makeFile(46, 100_000), large: makeFile(598, 1_000_000) },
): Promise<Row[]> {
  const client = new EditorClient();
  await client.start();
  try {
    await client.open(uriOf('memory'), files.small);
    const memory = client.memory;
    const rows = [
      await keystrokes(client, 'a Pod of 1 KB', files.small, 16, 300),
      await hovers(client, files.small),
      await completions(client, files.small),
      await keystrokes(client, '100 KB with 46 documents', files.middle, 50, 60),
      await keystrokes(client, '1 MB with 598 documents', files.large, 250, 30),
    ];
    return [
      await firstDiagnostics(files.small),
      {
        what: 'memory of the server after a file is opened',
        figure: `${memory.toFixed(0)} MB`,
        bar: '≤ 100 MB',
        met: !(memory > 100),
      },
      ...rows,
    ];
  } finally {
    client.stop();
  }
}

async function hovers(client: EditorClient, text: string): Promise<Row> {
  const uri = uriOf('hover');
  await client.open(uri, text);
  const lines = text.split('\n').length - 1;
  const times = await timesOf((round) => client.request('textDocument/hover', uri, round % lines, 6), 200);
  return inMs('hover, p95', 5, p95(times.slice(20)));
}

async function completions(client: EditorClient, text: string): Promise<Row> {
  const uri = uriOf('completion');
  await client.open(uri, text);
  const lines = text.split('\n');
  const times = await timesOf((round) => {
    const line = round % lines.length;
    return client.request('textDocument/completion', uri, line, lines[line]?.length ?? 0);
  }, 200);
  return inMs('completion, p95', 10, p95(times.slice(20)));
}
