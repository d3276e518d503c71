// Answers the cases of api/kubectl*: commands run one after the other in a folder, against a cluster with controllers and without nodes.
import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import type { FieldDocs } from '../../../src/api/field-docs.ts';
import type { KubeObject } from '../../../src/api/object.ts';
import { kustomizationsIn } from '../../../src/features/kustomizations.ts';
import { accessTo, parseSource } from '../../../src/features/sources.ts';
import {
  convergeCluster,
  Simulation,
  type ClusterState,
  type CommandResult,
  type FileAccess,
} from '../../../src/simulator/index.ts';
import { foldersOf } from '../../support/folders.ts';

interface Question {
  readonly id: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly args: readonly string[]; readonly stdin?: string }[];
}

interface StepAnswer {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

type Answer =
  { readonly id: string; readonly steps: readonly StepAnswer[] } | { readonly id: string; readonly unknown: string };

const freshCluster = new URL('../../../media/clusters/empty.yaml', import.meta.url);
const docsFile = new URL('../../../media/field-docs.json', import.meta.url);
let docs: FieldDocs | undefined;
const fieldDocs = () => (docs ??= JSON.parse(readFileSync(docsFile, 'utf8')) as FieldDocs);
let fresh: ClusterState | undefined;
const answerers = new Set(['kubectl', 'kube-apiserver']);

function cluster(): ClusterState {
  const objects = () => parseAllDocuments(readFileSync(freshCluster, 'utf8')).map((each) => each.toJS() as KubeObject);
  fresh ??= convergeCluster(objects());
  return fresh;
}

export function answer({ id, files = {}, steps }: Question): Answer {
  const simulation = new Simulation(cluster(), { fieldDocs });
  const answers: StepAnswer[] = [];
  for (const { args, stdin } of steps) {
    const before = simulation.trace.length;
    const result = simulation.kubectl(args, folder(files, stdin));
    // what controllers leave undone is not what kubectl and the server answer
    const unknown = simulation.trace.slice(before).find(({ type, from }) => type === 'unknown' && answerers.has(from));
    if (unknown?.type === 'unknown') return { id, unknown: unknown.reason };
    simulation.settle();
    answers.push(stepAnswer(result, files));
  }
  return { id, steps: answers };
}

/** The files of a case as a folder, with one of them on standard input. */
function folder(files: Readonly<Record<string, string>>, stdin: string | undefined): FileAccess {
  const sources = Object.entries(files).map(([name, text]) => parseSource({ name, text }));
  if (stdin !== undefined) sources.push(parseSource({ name: '-', text: files[stdin] ?? '' }));
  const access = accessTo(sources, () => false);
  const names = Object.keys(files);
  const under = (path: string) => (path === '.' ? '' : `${path.replace(/\/$/, '')}/`);
  return {
    read: (path) => access.read(path),
    kustomization: kustomizationsIn(foldersOf(files, '<dir>')),
    kindOf(path) {
      if (names.includes(path)) return 'file';
      return names.some((name) => name.startsWith(under(path))) ? 'folder' : undefined;
    },
    list(path) {
      const inside = names.filter((name) => name.startsWith(under(path))).map((name) => name.slice(under(path).length));
      return [...new Set(inside.map((name) => name.replace(/\/.*/, '')))];
    },
  };
}

const recordedTime = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;

/** What the cluster made up is hidden, as in the recordings. */
function stepAnswer({ exitCode, stdout, stderr }: CommandResult, files: Readonly<Record<string, string>>): StepAnswer {
  const given = Object.values(files).join('\n');
  const hidden = (text: string) =>
    text
      .replace(recordedTime, (time) => (given.includes(time) ? time : '<time>'))
      .replace(/\/tmp\/(LIVE|MERGED)-\d+/g, '/tmp/$1-<n>')
      .replace(/^((?:---|\+\+\+) \/tmp\/.*\t).*$/gm, '$1<time>')
      .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<uid>')
      .replace(/(resourceVersion"?: )"(\d+)"/g, '$1"<rv>"')
      .replace(/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-<5>');
  return { exit: exitCode, stdout: hidden(stdout), stderr: hidden(stderr) };
}
