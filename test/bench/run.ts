// `npm run bench`: how fast it is, with the bar beside each figure. Medians; the first runs warm the engine up. `--readme` keeps the table in README.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { editorRows } from './editor.ts';
import { hostRows } from './host.ts';
import { makeTree } from './make-tree.ts';
import { diagramTimes } from './panel.ts';
import { inMs, tableOf, type Row } from './row.ts';
import { builtScheduler, realFigure, schedulingFigures, topics } from './scheduling.ts';
import { checkOnce, podCreation, replicas, tutorialRun, verdict } from './subjects.ts';

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/** Milliseconds after which all that is hot has been compiled. */
const warmUp = 4000;

/** The median time of a piece of work in milliseconds, each sample of so many repetitions. */
function timed(work: () => void, samples: number, repetitions = 1): number {
  const begin = performance.now();
  for (let i = 0; i < Math.max(30, samples) || performance.now() - begin < warmUp; i++) work();
  return median(
    Array.from({ length: samples }, () => {
      const begin = performance.now();
      for (let i = 0; i < repetitions; i++) work();
      return (performance.now() - begin) / repetitions;
    }),
  );
}

/** Wall time of a process, in milliseconds. */
function processTime(...args: string[]): number {
  const begin = performance.now();
  spawnSync(process.execPath, args, { stdio: 'ignore' });
  return performance.now() - begin;
}

function coldCheck(): Row {
  const bare: number[] = [];
  const check: number[] = [];
  for (let i = 0; i < 20; i++) {
    bare.push(processTime('-e', '0'));
    check.push(processTime('dist/cli.js', 'check', 'media/samples/pod.yaml'));
  }
  const above = median(check) - median(bare);
  return inMs('check of one file, cold process, above a bare node', 90, above);
}

/** The manifests by which the bars are meant: those of the shared generator, richer than our own, where it is there. */
function fillTree(count: number, folder: string): void {
  const generator = path.resolve('../shared/bench/make-tree');
  if (existsSync(generator)) execFileSync(generator, [String(count), folder], { stdio: 'ignore' });
  else makeTree(count, folder);
}

interface TreeBar {
  readonly seconds: number;
  readonly megabytes: number;
  readonly options?: readonly string[];
}

function wholeTree(count: number, { seconds: bar, megabytes, options = [] }: TreeBar): Row {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'applyscope-bench-'));
  try {
    fillTree(count, folder);
    const begin = performance.now();
    const { status } = spawnSync(
      '/usr/bin/env',
      [
        'time',
        '-f',
        '%M',
        '-o',
        path.join(folder, 'memory'),
        process.execPath,
        'dist/cli.js',
        'check',
        ...options,
        folder,
      ],
      { stdio: 'ignore' },
    );
    const seconds = (performance.now() - begin) / 1000;
    let memory = NaN;
    try {
      memory = Number(readFileSync(path.join(folder, 'memory'), 'utf8').trim().split('\n').at(-1)) / 1024;
    } catch {
      // GNU time is not everywhere; the time is measured all the same
    }
    const known = Number.isNaN(memory) ? '' : `, ${memory.toFixed(0)} MB`;
    return {
      what: ['check', ...options, `of ${count.toLocaleString('en')} manifests`].join(' '),
      figure: `${seconds.toFixed(1)} s${known}`,
      bar: `≤ ${bar} s, ≤ ${megabytes} MB`,
      met: seconds <= bar && !(memory > megabytes) && (status === 0 || status === 1),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The benchmark of the real scheduler: the one that is given, else one that is built for this run, if it can be. */
function realScheduler(folder: string): string | undefined {
  const at = process.argv.indexOf('--scheduler');
  return at < 0 ? builtScheduler(folder) : process.argv[at + 1];
}

/** Pods one after another on 5,000 nodes, as much of them looked at as by default. The bars are the real scheduler's figures. */
function largeCluster(): Row[] {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'applyscope-scheduler-'));
  try {
    const program = realScheduler(folder);
    return topics.map((topic) => {
      const load = { topic, nodes: 5000, existing: 2, pods: 200 };
      const real = program === undefined ? recorded[topic] : realFigure(program, load);
      const ours = schedulingFigures(load).cpuPerPod;
      const row = inMs(`a Pod on 5,000 nodes, ${topic}, processor time`, real, ours);
      const by = program === undefined ? 'of what was recorded' : 'of kube-scheduler’s in the same run';
      return { ...row, figure: `${row.figure}, ${(ours / real).toFixed(2)} ${by}` };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds of kube-scheduler's, once measured on a machine with nothing else to do. */
const recorded = { plain: 1.3, spread: 6.4, affinity: 4.1, taints: 2.2 };

function fullCluster(): Row[] {
  const { explained, memory } = schedulingFigures({ topic: 'plain', nodes: 5000, existing: 10, pods: 20 });
  const bar = 500;
  return [
    inMs('verdict on 5,000 nodes with 50,000 Pods, all told', 50, explained),
    {
      what: 'memory of that',
      figure: `${memory.toFixed(0)} MB`,
      bar: `≤ ${bar} MB`,
      met: memory <= bar,
    },
  ];
}

async function panel(): Promise<Row[]> {
  const { first, later } = await diagramTimes();
  return [
    inMs('command to drawn diagram, page and Mermaid loaded for it', 600, first),
    inMs('the same in a panel that is open', 150, later),
  ];
}

const quick = process.argv.includes('--quick');
const rows: Row[] = [
  inMs('one full run of the tutorial Pod (parse, simulate, findings, diagram), warm', 2, timed(tutorialRun(), 200)),
  inMs('verdict of one Pod on 3 nodes', 0.1, timed(verdict(3), 200, 20)),
  inMs('verdict of one Pod on 1000 nodes', 25, timed(verdict(1000), 20)),
  inMs('100 replicas on 10 nodes to Running, full trace', 30, timed(replicas(100, 10), 30)),
  inMs('create of a Pod, decoded to stored, warm', 0.15, timed(podCreation(), 100, 20)),
  inMs('check of one Deployment with a Service, warm', 5, timed(checkOnce(), 100)),
  ...largeCluster(),
  ...fullCluster(),
  ...(await panel()),
  ...(await hostRows()),
  coldCheck(),
  wholeTree(quick ? 500 : 10_000, { seconds: 10, megabytes: 300 }),
  wholeTree(quick ? 500 : 10_000, { seconds: 5, megabytes: 200, options: ['--only', 'api'] }),
  ...(quick ? [] : [wholeTree(50_000, { seconds: 25, megabytes: 300, options: ['--only', 'api'] })]),
  ...(await editorRows()),
];
const table = tableOf(rows);
console.log(table);
if (process.argv.includes('--readme')) {
  const readme = readFileSync('README.md', 'utf8');
  const between = /(<!-- bench -->)[^]*(<!-- \/bench -->)/;
  writeFileSync(
    'README.md',
    readme.replace(between, (_, begin: string, end: string) => `${begin}\n\n${table}\n\n${end}`),
  );
}
