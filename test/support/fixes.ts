// The fixes of what is wrong with a text, each with the text that it makes of it.
import assert from 'node:assert/strict';
import { fixesFor, type Fix } from '../../src/features/editor.ts';
import { applyFiles, parseSource } from '../../src/features/index.ts';
import { clusterFrom, type Options } from './apply.ts';

export interface MadeFix extends Fix {
  /** The file's text with the fix; as it was for advice on the cluster. */
  readonly text: string;
}

/** What is offered for the first finding of an id. */
export function fixesOf(
  text: string,
  id: string,
  { cluster = 'tutorial', assumed, ...options }: Options = {},
): MadeFix[] {
  const request = {
    ...options,
    files: [parseSource({ name: 'app.yaml', text })],
    cluster: clusterFrom(cluster, assumed),
    preset: !cluster.includes('\n'),
  };
  const applied = applyFiles(request);
  const finding = applied.findings.find((one) => one.id === id);
  assert.ok(
    finding,
    `no ${id} among: ${applied.findings.map((one) => `${one.id}: ${one.message}`).join('; ') || 'none'}`,
  );
  return fixesFor(request, finding, { applied }).map((fix) => ({ ...fix, text: fixedText(text, fix) }));
}

function fixedText(text: string, { edits }: Fix): string {
  const own = edits.flatMap((file) => file.edits);
  return own.reduceRight((done, { start, end, newText }) => done.slice(0, start) + newText + done.slice(end), text);
}

/** Title, whether it may be mended unseen, and the lines that change, of what is offered for the first finding of an id. */
export const offered = (text: string, id: string, options?: Options): [title: string, isSafe: boolean, ...string[]][] =>
  fixesOf(text, id, options).map((fix) => [fix.title, fix.isSafe, ...linesChanged(text, fix.text)]);

/** `- old` and `+ new` lines of a fix. */
export function linesChanged(before: string, after: string): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  let first = 0;
  while (first < Math.min(old.length, now.length) && old[first] === now[first]) first++;
  let same = 0;
  while (same < Math.min(old.length, now.length) - first && old.at(-1 - same) === now.at(-1 - same)) same++;
  return [
    ...old.slice(first, old.length - same).map((line) => `- ${line}`),
    ...now.slice(first, now.length - same).map((line) => `+ ${line}`),
  ];
}
