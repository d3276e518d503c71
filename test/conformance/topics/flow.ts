// Answers a scenario: the same nodes, manifest and script go in, the records of a run come out.
import { readFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import type { KubeObject, Node, Pod } from '../../../src/api/object.ts';
import type { StoreDetails, TraceEntry } from '../../../src/simulator/trace.ts';
import {
  convergeCluster,
  parseDuration as parsedDuration,
  Simulation,
  type ImageBehaviours,
} from '../../../src/simulator/index.ts';
import { Normalizer } from '../flow/normalizer.ts';
import { auditOf, stepsOf, type Action } from '../flow/recorder.ts';
import { folderAccess, splitCommand } from '../flow/files.ts';

/** Milliseconds of a duration in a script, which is always a good one. */
function parseDuration(text: string): number {
  const milliseconds = parsedDuration(text);
  if (milliseconds === undefined) throw new Error(`no duration: ${text}`);
  return milliseconds;
}

interface ScriptStep {
  apply?: string;
  kubectl?: string;
  sleep?: string;
  settle?: { quiet?: string; max?: string };
  untilEvent?: { reason: string; count?: number; match?: string; max?: string };
  untilPods?: { match: string; cmd?: string; max?: string };
  checkpoint?: { name: string; cmds?: string[] };
  startNode?: string;
  stopNode?: string;
}

interface Script extends ImageBehaviours {
  title: string;
  steps: ScriptStep[];
}

interface Commands {
  commands: { step: string; cmd?: string; cmds?: string[]; name?: string; node?: string }[];
  choices?: Record<string, string>;
}

export interface ScenarioAnswer {
  readonly steps: string;
  readonly audit: string;
  /** What was met that is not modelled. */
  readonly unknown: readonly string[];
}

const freshCluster = new URL('../../../media/clusters/empty.yaml', import.meta.url);
const maxSteps = 1_000_000;

/** Runs the scenario in a folder (the judge's stripped form: inputs, nodes.json, commands.json). */
export function answerScenario(folder: string): ScenarioAnswer {
  return new Scenario(folder).run();
}

class Scenario {
  readonly #folder: string;
  readonly #script: Script;
  readonly #commands: Commands;
  readonly #nodes: { nodes: Node[]; later: Node[] };
  readonly #normalizer = new Normalizer();
  readonly #actions: Action[] = [];
  readonly #simulation: Simulation;
  #learned = 0;
  #lastWrite = 0;
  #seen = 0;

  constructor(folder: string) {
    this.#folder = folder;
    const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
    this.#script = parse(read('script.yaml')) as Script;
    this.#commands = JSON.parse(read('commands.json')) as Commands;
    this.#nodes = JSON.parse(read('nodes.json')) as { nodes: Node[]; later: Node[] };
    const cluster = parse(read('cluster.yaml')) as { setup?: string; nodes: { name: string }[] };
    cluster.nodes.forEach(({ name }, index) => {
      const node = [...this.#nodes.nodes, ...this.#nodes.later].find(({ metadata }) => metadata.name === name);
      this.#normalizer.learnRange(node?.spec?.podCIDR ?? '', index);
    });
    const setup = cluster.setup ? ['apply', '-f', cluster.setup] : undefined;
    const fresh = parseAllDocuments(readFileSync(freshCluster, 'utf8')).map(
      (document) => document.toJS() as KubeObject,
    );
    const state = convergeCluster([...fresh, ...this.#nodes.nodes.map(withoutTimes)], {
      images: this.#script,
      ...(setup && { setup: { args: setup, files: folderAccess(folder) } }),
    });
    this.#simulation = new Simulation(state, {
      seed: 2,
      images: this.#script,
      choose: (pod, best) => this.#choose(pod, best),
      limits: { horizon: 3_600_000, maxSteps },
    });
    for (const resource of ['pods', 'replicasets.apps', 'endpointslices.discovery.k8s.io', 'services', 'jobs.batch']) {
      for (const object of this.#simulation.objects(resource)) this.#normalizer.learn(object);
    }
  }

  run(): ScenarioAnswer {
    const commands = [...this.#commands.commands];
    for (const step of this.#script.steps) this.#perform(step, commands);
    this.#simulation.kernel.runTo(this.#simulation.kernel.now + 500, maxSteps); // as long as the recorder waited
    const { trace } = this.#simulation;
    this.#learn();
    const unknown = trace.flatMap((entry) =>
      entry.type === 'unknown' ? [`${entry.subject.kind}: ${entry.reason}`] : [],
    );
    const steps = stepsOf(trace, this.#actions, this.#normalizer).map((step) => JSON.stringify(step));
    const title = { scenario: path.basename(this.#folder), title: this.#script.title };
    return {
      steps: `{"scenario":${JSON.stringify(title.scenario)},\n"title":${JSON.stringify(title.title)},\n"steps":[\n${steps.join(',\n')}\n]}\n`,
      audit: auditOf(trace, this.#normalizer)
        .map((line) => JSON.stringify(line) + '\n')
        .join(''),
      unknown: [...new Set(unknown)],
    };
  }

  /** Follows the recorded choice where our scheduler finds that node among the best. */
  #choose(pod: Pod, best: readonly string[]): string | undefined {
    this.#learn();
    const chosen = this.#commands.choices?.[this.#normalizer.learn(pod)];
    return chosen !== undefined && best.includes(chosen) ? chosen : undefined;
  }

  #learn(): void {
    const { trace } = this.#simulation;
    for (; this.#learned < trace.length; this.#learned++) {
      const entry = trace[this.#learned] as TraceEntry;
      if (entry.type === 'store' && entry.change === 'ADDED') this.#normalizer.learn(entry.object);
    }
  }

  #perform(step: ScriptStep, commands: Commands['commands']): void {
    const { kernel } = this.#simulation;
    if (step.apply !== undefined || step.kubectl !== undefined) this.#command(commands.shift()?.cmd ?? '');
    else if (step.sleep) kernel.runTo(kernel.now + parseDuration(step.sleep), maxSteps);
    else if (step.settle)
      this.#settle(parseDuration(step.settle.quiet ?? '4s'), parseDuration(step.settle.max ?? '30s'));
    else if (step.untilEvent) this.#untilEvent(step.untilEvent);
    else if (step.untilPods) this.#untilPods(step.untilPods);
    else if (step.checkpoint) this.#checkpoint(step.checkpoint.name, commands.shift()?.cmds ?? []);
    else if (step.startNode) this.#startNode(step.startNode, commands);
    else if (step.stopNode) {
      commands.shift();
      this.#note({ step: 'stopNode', node: step.stopNode });
      this.#simulation.stopNode(step.stopNode);
    }
  }

  #note(record: Record<string, unknown>, before = this.#simulation.trace.length): void {
    this.#actions.push({ before, record });
    this.#lastWrite = this.#simulation.kernel.now;
  }

  #command(cmd: string): void {
    const before = this.#simulation.trace.length;
    const { exitCode, output } = this.#simulation.kubectl(this.#argumentsOf(cmd), folderAccess(this.#folder));
    this.#note({ step: 'kubectl', cmd, text: output, code: exitCode }, before);
  }

  /** The command with the names that this run gave to what the recording calls `web-x0001`. */
  #argumentsOf(cmd: string): string[] {
    this.#learn();
    return splitCommand(cmd.replace(/^kubectl /, '')).map((word) => this.#normalizer.originalName(word));
  }

  #checkpoint(name: string, cmds: readonly string[]): void {
    const outputs = cmds.map((cmd) => {
      const { exitCode, output } = this.#simulation.look(this.#argumentsOf(cmd), folderAccess(this.#folder));
      return { cmd, text: output, ...(exitCode && { code: exitCode }) };
    });
    this.#note({ step: 'checkpoint', name, outputs });
  }

  #startNode(name: string, commands: Commands['commands']): void {
    commands.shift();
    this.#note({ step: 'startNode', node: name });
    const node = this.#nodes.later.find(({ metadata }) => metadata.name === name);
    if (node) this.#simulation.addNode(withoutTimes(node));
  }

  #until(max: number, holds: () => boolean, poll = 150): boolean {
    const { kernel } = this.#simulation;
    for (const end = kernel.now + max; kernel.now < end; kernel.runTo(kernel.now + poll, maxSteps)) {
      if (holds()) return true;
    }
    return holds();
  }

  /** Waits until nothing relevant has been written, and nothing done by the user, for a while. */
  #settle(quiet: number, max: number): void {
    this.#until(max, () => {
      const { trace, kernel } = this.#simulation;
      for (; this.#seen < trace.length; this.#seen++) {
        const entry = trace[this.#seen] as TraceEntry;
        if (entry.type !== 'store' || /^(nodes|configmaps)$/.test(entry.resource)) continue;
        this.#lastWrite = Math.max(this.#lastWrite, entry.time);
      }
      return kernel.now - this.#lastWrite >= quiet;
    });
  }

  #untilEvent({ reason, count = 1, match = '', max = '60s' }: NonNullable<ScriptStep['untilEvent']>): void {
    const pattern = goPattern(match);
    const counts = new Map<string, number>();
    let seen = 0;
    const met = this.#until(parseDuration(max), () => {
      const { trace } = this.#simulation;
      for (; seen < trace.length; seen++) {
        const entry = trace[seen] as TraceEntry;
        if (entry.type === 'store') countEvent(entry, reason, pattern, counts);
      }
      return [...counts.values()].reduce((sum, n) => sum + n, 0) >= Math.max(count, 1);
    });
    if (!met) this.#note({ step: 'timeout', what: `event ${reason}` });
  }

  #untilPods({ match, cmd = 'get pods -A', max = '60s' }: NonNullable<ScriptStep['untilPods']>): void {
    const pattern = goPattern(match);
    const files = folderAccess(this.#folder);
    const met = this.#until(parseDuration(max), () =>
      pattern.test(this.#simulation.look(this.#argumentsOf(cmd), files).output),
    );
    if (!met) this.#note({ step: 'timeout', what: match });
  }
}

/** A regular expression as Go writes it: flags stand in front. */
function goPattern(text: string): RegExp {
  const [, flags = '', pattern = text] = /^\(\?([a-z]+)\)([^]*)$/.exec(text) ?? [];
  return new RegExp(pattern, flags);
}

function countEvent(entry: StoreDetails, reason: string, pattern: RegExp, counts: Map<string, number>): void {
  if (!entry.resource.startsWith('events')) return;
  const event = entry.object as KubeObject & Record<string, unknown> & { series?: { count?: number } };
  const text = String(event.message ?? event.note ?? '');
  if (event.reason !== reason || !pattern.test(text)) return;
  counts.set(entry.key, Math.max(Number(event.count ?? event.deprecatedCount ?? 0), event.series?.count ?? 0, 1));
}

/** The recorded nodes carry `<time>` where a time stood. */
function withoutTimes<T>(node: T): T {
  return JSON.parse(JSON.stringify(node).replaceAll('"<time>"', '"2026-01-01T00:00:00Z"')) as T;
}

/** Whether a folder is a scenario's question. */
export function isScenario(folder: string): boolean {
  return existsSync(path.join(folder, 'commands.json'));
}
