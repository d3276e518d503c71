// Canonical names for what a run names at random: equal nodes, generated Pods, Pod addresses, container ids, UIDs.
import type { KubeObject, Node } from '../../../src/api/object.ts';
import { order } from './difference.ts';

export interface Step {
  readonly step: string;
  readonly verb?: string;
  readonly resource?: string;
  readonly name?: string;
  readonly object?: KubeObject & {
    spec?: { nodeName?: string; claimRef?: { name: string }; podManagementPolicy?: string };
  };
  readonly changes?: readonly { path: string; from?: unknown; to?: unknown }[];
  readonly [key: string]: unknown;
}

export interface Run {
  readonly steps: readonly Step[];
  readonly audit: readonly Record<string, unknown>[];
}

export interface ScenarioNodes {
  readonly nodes: readonly Node[];
  readonly later: readonly Node[];
}

export type Renaming = ReadonlyMap<string, string>;

const stepsIn = (text: string) => (JSON.parse(text) as { steps: Step[] }).steps;
export const natural = (text: string) => text.replace(/\d+/g, (digits) => digits.padStart(5, '0'));

/** Reads steps and requests with everything random renamed. */
export function canonicalRun([stepsText, auditText]: readonly [string, string]): Run {
  let texts = [stepsText, auditText];
  const rewrite = (change: (text: string) => string) => (texts = texts.map(change));
  const steps = () => stepsIn(texts[0] ?? '');

  const names = podNames(steps());
  if (names.size) {
    const any = new RegExp([...names.keys()].sort((a, b) => b.length - a.length).join('|'), 'g');
    rewrite((text) => text.replace(any, (name) => names.get(name) ?? name));
  }
  const addresses = podAddresses(steps());
  rewrite((text) => text.replace(/\b10\.244\.\d+\.\d+\b/g, (address) => addresses.get(address) ?? address));
  // a UID says nothing, but the name of a provisioned volume tells its claim
  const claims = new Map(
    steps().flatMap(({ object }) =>
      object?.spec?.claimRef ? [[(object.metadata.name ?? '').slice(4), object.spec.claimRef.name] as const] : [],
    ),
  );
  rewrite((text) =>
    text
      .replace(/-y\d{4}\b/g, '-y0000')
      .replace(/00000000-0000-0000-0000-\d{12}/g, (uid) => (claims.has(uid) ? `<uid of ${claims.get(uid)}>` : '<uid>')),
  );
  const ids = containerIds(steps());
  rewrite((text) => text.replace(/\b0{40,}\d+\b/g, (id) => ids.get(id) ?? '<id>'));
  const lines = (texts[1] ?? '').split('\n').filter(Boolean);
  return { steps: steps(), audit: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

/** Every way to exchange nodes that differ in nothing but name and addresses, no exchange (undefined) first. */
export function renamings({ nodes }: ScenarioNodes): (Renaming | undefined)[] {
  const kinds = new Map<string, string[]>();
  for (const { metadata, spec, status } of nodes) {
    const { name = '', labels = {}, ...rest } = metadata;
    const { 'kubernetes.io/hostname': _host, ...others } = labels;
    const { podCIDR: _range, podCIDRs: _ranges, ...ownSpec } = spec ?? {};
    const { addresses: _addresses, ...ownStatus } = status ?? {};
    const kind = JSON.stringify([rest, others, ownSpec, ownStatus]);
    kinds.set(kind, [...(kinds.get(kind) ?? []), name]);
  }
  let all: (readonly (readonly [string, string])[])[] = [[]];
  for (const group of kinds.values()) {
    if (group.length > 4) continue; // more than 24 ways: the answer is held to the recorded choice
    const ways = permutations(group).map((to) => group.map((name, i) => [name, to[i] ?? name] as const));
    all = all.flatMap((before) => ways.map((way) => [...before, ...way]));
  }
  return all.map((pairs) => (pairs.every(([from, to]) => from === to) ? undefined : new Map(pairs)));
}

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((first, i) =>
    permutations([...list.slice(0, i), ...list.slice(i + 1)]).map((rest) => [first, ...rest]),
  );
}

/** Renames nodes with their addresses and Pod ranges, all at once. */
export function renameNodes(text: string, renaming: Renaming, nodes: readonly Node[]): string {
  const of = (name: string) => nodes.find(({ metadata }) => metadata.name === name);
  const address = (name: string) => of(name)?.status?.addresses?.[0]?.address ?? '';
  const range = (name: string) => (of(name)?.spec?.podCIDR ?? '').replace(/\d+\/\d+$/, '');
  const to = new Map(
    [...renaming].flatMap(([a, b]) => [
      [a, b] as const,
      [address(a), address(b)] as const,
      [range(a), range(b)] as const,
    ]),
  );
  const word = (key: string) => `(?<![\\w.])${key.replaceAll('.', '\\.')}${key.endsWith('.') ? '' : '(?![\\w])'}`;
  return text.replace(new RegExp([...to.keys()].map(word).join('|'), 'g'), (found) => to.get(found) ?? found);
}

const changeTo = (step: Step, field: string) =>
  step.changes?.find(({ path }) => path === field)?.to as string | undefined;
const nodeOf = (step: Step) => step.object?.spec?.nodeName ?? changeTo(step, 'spec.nodeName');

interface GeneratedPod {
  readonly name: string;
  readonly prefix: string;
  node: string;
  ip: string;
  batch: number;
}

/** Of Pods created together, which is which is chance: they are numbered by node and address. */
function podNames(steps: readonly Step[]): Map<string, string> {
  const pods = generatedPods(steps);
  // Pods are created together when no other Pod of the scenario got its address between them.
  let batch = 0;
  let open = true;
  for (const step of steps) {
    const pod = step.resource === 'pods' && pods.get(step.name ?? '');
    if (!pod) continue;
    if (step.verb === 'ADDED') {
      if (!open) batch++;
      open = true;
      pod.batch = batch;
    } else if (changeTo(step, 'status.podIP') !== undefined) open = false;
  }
  const counts = new Map<string, number>();
  const byPlace = [...pods.values()].sort(
    (a, b) =>
      a.batch - b.batch || order(a.node, b.node) || order(natural(a.ip), natural(b.ip)) || order(a.name, b.name),
  );
  return new Map(
    byPlace.map(({ name, prefix }) => {
      const count = (counts.get(prefix) ?? 0) + 1;
      counts.set(prefix, count);
      return [name, `${prefix}x${String(count).padStart(4, '0')}`];
    }),
  );
}

function generatedPods(steps: readonly Step[]): Map<string, GeneratedPod> {
  const pods = new Map<string, GeneratedPod>();
  for (const step of steps) {
    const { name = '' } = step;
    const prefix = step.resource === 'pods' && step.step === 'write' ? /^(.*-)x\d{4}$/.exec(name)?.[1] : undefined;
    if (prefix === undefined) continue;
    const pod = pods.get(name) ?? { name, prefix, node: '~', ip: '~', batch: 0 };
    pods.set(name, pod);
    pod.node = nodeOf(step) ?? pod.node;
    if (pod.node !== '~' && pod.ip === '~') pod.ip = changeTo(step, 'status.podIP') ?? '~';
  }
  return pods;
}

/** Which of the Pods started on a node after the same command gets the first address is chance: numbered by name. */
function podAddresses(steps: readonly Step[]): Map<string, string> {
  const given = new Map<string, { ip: string; command: number; name: string }>();
  let command = 0;
  for (const step of steps) {
    if (step.step === 'kubectl') command++;
    if (step.step !== 'write' || step.resource !== 'pods') continue;
    const ip = changeTo(step, 'status.podIP');
    if (ip?.startsWith('10.244.') && !given.has(ip)) given.set(ip, { ip, command, name: step.name ?? '' });
  }
  const last = new Map<string, number>();
  const sorted = [...given.values()].sort((a, b) => a.command - b.command || order(a.name, b.name));
  return new Map(
    sorted.map(({ ip }) => {
      const range = ip.replace(/\d+$/, '');
      const next = (last.get(range) ?? 1) + 1;
      last.set(range, next);
      return [ip, `${range}${next}`];
    }),
  );
}

/** Container ids are numbered by appearance in the writes of their Pod and container. */
function containerIds(steps: readonly Step[]): Map<string, string> {
  const ids = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const step of steps) {
    if (step.step !== 'write' || step.resource !== 'pods') continue;
    const fields = (step.changes ?? []).filter(({ path }) => path.endsWith('.containerID'));
    for (const { path, to } of [...fields].sort((a, b) => order(a.path, b.path))) {
      const id = /0{40,}\d+/.exec(String(to))?.[0];
      if (id === undefined || ids.has(id)) continue;
      const owner = `${step.name} ${/\[([^\]]*)\]/.exec(path)?.[1]}`;
      const count = (counts.get(owner) ?? 0) + 1;
      counts.set(owner, count);
      ids.set(id, `<id ${owner} ${count}>`);
    }
  }
  return ids;
}
