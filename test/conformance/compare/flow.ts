// The relation between a recorded scenario and an answer: Events, writes, texts and the wire, as the judge relates them.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Node } from '../../../src/api/object.ts';
import { align } from './align.ts';
import { canonicalRun, renameNodes, renamings, type Run, type ScenarioNodes } from './flow-names.ts';
import { auditRecords, eventRecords, textRecords, writeRecords, type Records } from './flow-records.ts';

export interface ScenarioDifference {
  readonly kind: string;
  readonly where: string;
  readonly recorded: unknown;
  readonly answer: unknown;
}

export interface ScenarioComparison {
  readonly records: Record<string, { exact: number; total: number }>;
  readonly differences: readonly ScenarioDifference[];
}

const kinds: Readonly<Record<string, (run: Run) => Records>> = {
  events: eventRecords,
  writes: writeRecords,
  texts: textRecords,
  audit: auditRecords,
};

/** Compares two folders of steps.json and audit.jsonl; nodes that are equal but for their names may be exchanged. */
export function compareScenario(recordedFolder: string, answerFolder: string): ScenarioComparison {
  const nodes = nodesOf(recordedFolder);
  const recorded = canonicalRun(texts(recordedFolder));
  let best: ScenarioComparison | undefined;
  for (const renaming of renamings(nodes)) {
    const given = texts(answerFolder);
    const renamed = renaming
      ? given.map((text) => renameNodes(text, renaming, [...nodes.nodes, ...nodes.later]))
      : given;
    const comparison = compareRuns(recorded, canonicalRun(renamed as [string, string]));
    if (!best || comparison.differences.length < best.differences.length) best = comparison;
    if (best.differences.length === 0) break;
  }
  return best as ScenarioComparison;
}

function nodesOf(folder: string): ScenarioNodes {
  const file = path.join(folder, 'nodes.json');
  const none: ScenarioNodes = { nodes: [], later: [] };
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { nodes: Node[]; later: Node[] }) : none;
}

function texts(folder: string): [string, string] {
  const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
  return [read('steps.json'), read('audit.jsonl')];
}

function compareRuns(recorded: Run, answer: Run): ScenarioComparison {
  const records: Record<string, { exact: number; total: number }> = {};
  const differences: ScenarioDifference[] = [];
  for (const [kind, recordsOf] of Object.entries(kinds)) {
    const [was, is] = [recordsOf(recorded), recordsOf(answer)];
    const figure = { exact: 0, total: 0 };
    for (const where of new Set([...was.keys(), ...is.keys()])) {
      if (kind === 'texts' && !was.has(where)) continue; // outputs nobody asked for
      const { equal, pairs } = align(was.get(where) ?? [], is.get(where) ?? []);
      figure.exact += equal;
      figure.total += equal + pairs.length;
      for (const [a, b] of pairs) differences.push({ kind, where, recorded: a, answer: b });
    }
    records[kind] = figure;
  }
  return { records, differences };
}
