// InterPodAffinity: affinity and anti-affinity between Pods, the new one's and those of the Pods already running.
import type { Node, Pod } from '../../../api/object.ts';
import { ownTermMatches, termMatches, type AffinityTerm, type NamespaceLabels } from '../framework/affinity-terms.ts';
import { stateKey } from '../framework/cycle-state.ts';
import { DomainCounts } from '../framework/domain-counts.ts';
import type { NodeInfo } from '../framework/node-info.ts';
import type { Part } from '../framework/node-tally.ts';
import { isSamePod, podInfoOf, type PodInfo } from '../framework/pod-info.ts';
import { maxNodeScore, type Cycle, type Plugin, type QueueingHint } from '../framework/plugin.ts';
import { argumentsOf, type InterPodAffinityArgs } from '../framework/plugin-args.ts';
import type { Listers } from '../framework/snapshot.ts';
import { skip, unresolvable, unschedulable } from '../framework/status.ts';

/** Sums by topology key and value. */
class TopologyCounts {
  readonly #counts: Map<string, DomainCounts>;

  constructor(counts: Iterable<readonly [string, DomainCounts]> = []) {
    this.#counts = new Map(counts);
  }

  /** Counts in the domain of the node; a node without the key is in no domain. */
  add(node: Node, topologyKey: string, amount: number): void {
    const value = node.metadata.labels?.[topologyKey];
    if (value === undefined) return;
    let counts = this.#counts.get(topologyKey);
    if (!counts) this.#counts.set(topologyKey, (counts = DomainCounts.empty()));
    counts.add(value, amount);
  }

  fork(): TopologyCounts {
    return new TopologyCounts([...this.#counts].map(([topologyKey, counts]) => [topologyKey, counts.fork()]));
  }

  in(node: Node, topologyKey: string): number {
    const value = node.metadata.labels?.[topologyKey];
    return (value !== undefined && this.#counts.get(topologyKey)?.get(value)) || 0;
  }

  get topologyKeys(): Iterable<string> {
    return this.#counts.keys();
  }

  /** Whether nothing was ever added. Sums that cancel out are something. */
  get isUntouched(): boolean {
    return this.#counts.size === 0;
  }

  get isZero(): boolean {
    return [...this.#counts.values()].every(({ isZero }) => isZero);
  }
}

interface Matches {
  /** Pods that match all of the Pod's affinity terms, by the domains of each term. */
  readonly affinity: TopologyCounts;
  /** Pods that match one of the Pod's anti-affinity terms. */
  readonly antiAffinity: TopologyCounts;
  /** Pods that have an anti-affinity term against the Pod. */
  readonly against: TopologyCounts;
}

const matches = stateKey<Matches>('PreFilterInterPodAffinity');
const preferences = stateKey<TopologyCounts>('PreScoreInterPodAffinity');

export const namespaceLabels =
  (listers: Listers): NamespaceLabels =>
  (namespace) =>
    listers.namespaces.get(namespace)?.metadata.labels;

export const matchesAll = (terms: readonly AffinityTerm[], pod: Pod, labelsOf: NamespaceLabels) =>
  terms.length > 0 && terms.every((term) => ownTermMatches(term, pod, labelsOf));

const queueingHints: readonly QueueingHint[] = [
  {
    resource: 'Pod',
    actions: ['Add', 'Delete', 'UpdatePodLabel'],
    isWorthTrying: (pod, { before, after }) => isPodChangeWorthTrying(pod, before, after),
  },
  {
    resource: 'Node',
    actions: ['Add', 'UpdateNodeLabel'],
    isWorthTrying: (pod, { before, after }) => isNodeChangeWorthTrying(pod, before, after),
  },
];

export const interPodAffinity = withArguments(argumentsOf('InterPodAffinity'));

function withArguments(args: InterPodAffinityArgs): Plugin {
  return {
    name: 'InterPodAffinity',
    configured: (given) => withArguments(given as InterPodAffinityArgs),

    preFilter(cycle) {
      const { pod, state } = cycle;
      const found = countMatches(cycle);
      const { requiredAffinity = [], requiredAntiAffinity = [] } = pod.affinity ?? {};
      if (found.against.isUntouched && requiredAffinity.length === 0 && requiredAntiAffinity.length === 0) return skip;
      state.write(matches, found);
      return undefined;
    },

    addPod: (cycle, added, { node }) => recount(cycle, added, node, 1),
    removePod: (cycle, removed, { node }) => recount(cycle, removed, node, -1),

    filter(cycle, { node }) {
      const found = cycle.state.read(matches);
      if (!found) return undefined;
      const { requiredAntiAffinity = [] } = cycle.pod.affinity ?? {};
      if (!isAffinitySatisfied(cycle, found, node)) return unresolvable("node(s) didn't match pod affinity rules");
      if (requiredAntiAffinity.some(({ topologyKey }) => found.antiAffinity.in(node, topologyKey) > 0)) {
        return unschedulable("node(s) didn't match pod anti-affinity rules");
      }
      if ([...found.against.topologyKeys].some((topologyKey) => found.against.in(node, topologyKey) > 0)) {
        return unschedulable("node(s) didn't satisfy existing pods anti-affinity rules");
      }
      return undefined;
    },

    preScore(cycle) {
      const { preferredAffinity = [], preferredAntiAffinity = [] } = cycle.pod.affinity ?? {};
      const isIndifferent = preferredAffinity.length === 0 && preferredAntiAffinity.length === 0;
      if (args.ignorePreferredTermsOfExistingPods && isIndifferent) return skip;
      const sums = sumPreferences(cycle, args.hardPodAffinityWeight);
      if (sums.isUntouched) return skip;
      cycle.state.write(preferences, sums);
      return undefined;
    },

    score({ state }, { node }) {
      const sums = state.read(preferences);
      return [...(sums?.topologyKeys ?? [])].reduce((sum, topologyKey) => sum + (sums?.in(node, topologyKey) ?? 0), 0);
    },

    normalizeScore(_cycle, scores) {
      const lowest = scores.reduce((min, { score }) => Math.min(min, score), Infinity);
      const highest = scores.reduce((max, { score }) => Math.max(max, score), -Infinity);
      const range = highest - lowest;
      for (const entry of scores) {
        entry.score = range > 0 ? Math.trunc(maxNodeScore * ((entry.score - lowest) / range)) : 0;
      }
    },

    queueingHints,
  };
}

function countMatches(cycle: Cycle): Matches {
  const { pod, snapshot } = cycle;
  const { requiredAffinity = [], requiredAntiAffinity = [] } = pod.affinity ?? {};
  const hasTerms = requiredAffinity.length > 0 || requiredAntiAffinity.length > 0;
  let asksNamespaces = false;
  const labelsOf = namespaceLabels(snapshot.listers);
  const asked: NamespaceLabels = (namespace) => {
    asksNamespaces = true;
    return labelsOf(namespace);
  };
  const partsOf = ({ node, pods, podsWithAffinity }: NodeInfo): readonly Part[] =>
    (hasTerms ? pods : podsWithAffinity).flatMap((other) =>
      matchesOf(pod, other, asked).flatMap(({ kind, topologyKey }) => {
        const domain = node.metadata.labels?.[topologyKey];
        return domain === undefined ? [] : { series: `${kind} ${topologyKey}`, domain, amount: 1 };
      }),
    );
  const { namespace, labels } = pod.pod.metadata;
  const { podAffinity, podAntiAffinity } = pod.pod.spec?.affinity ?? {};
  const required = [podAffinity, podAntiAffinity].map((one) => one?.requiredDuringSchedulingIgnoredDuringExecution);
  const tally = snapshot.tallies.of(['affinity', namespace, labels, required]).update(snapshot.nodes, partsOf);
  // Namespaces may get other labels, of which no node tells.
  if (asksNamespaces) snapshot.tallies.forget(tally);
  const counted = (kind: keyof Matches) => new TopologyCounts(tally.all(`${kind} `));
  return { affinity: counted('affinity'), antiAffinity: counted('antiAffinity'), against: counted('against') };
}

interface Match {
  readonly kind: keyof Matches;
  readonly topologyKey: string;
}

/** What one Pod on a node and the Pod have to do with each other. */
function matchesOf({ pod, affinity }: PodInfo, other: PodInfo, labelsOf: NamespaceLabels): readonly Match[] {
  const found: Match[] = [];
  const { requiredAffinity = [], requiredAntiAffinity = [] } = affinity ?? {};
  for (const term of other.affinity?.requiredAntiAffinity ?? []) {
    if (termMatches(term, pod, labelsOf)) found.push({ kind: 'against', topologyKey: term.topologyKey });
  }
  if (matchesAll(requiredAffinity, other.pod, labelsOf)) {
    for (const { topologyKey } of requiredAffinity) found.push({ kind: 'affinity', topologyKey });
  }
  for (const term of requiredAntiAffinity) {
    if (ownTermMatches(term, other.pod, labelsOf)) found.push({ kind: 'antiAffinity', topologyKey: term.topologyKey });
  }
  return found;
}

function recount(cycle: Cycle, changed: PodInfo, node: Node, amount: 1 | -1): void {
  const before = cycle.state.read(matches);
  if (!before) return;
  const after: Matches = {
    affinity: before.affinity.fork(),
    antiAffinity: before.antiAffinity.fork(),
    against: before.against.fork(),
  };
  const labelsOf = namespaceLabels(cycle.snapshot.listers);
  for (const { kind, topologyKey } of matchesOf(cycle.pod, changed, labelsOf)) {
    after[kind].add(node, topologyKey, amount);
  }
  cycle.state.write(matches, after);
}

/** Every term needs a matching Pod in its domain; the first Pod of a series that wants itself near needs none. */
function isAffinitySatisfied({ pod, snapshot }: Cycle, { affinity }: Matches, node: Node): boolean {
  const { requiredAffinity = [] } = pod.affinity ?? {};
  if (!requiredAffinity.every(({ topologyKey }) => node.metadata.labels?.[topologyKey] !== undefined)) return false;
  if (requiredAffinity.every(({ topologyKey }) => affinity.in(node, topologyKey) > 0)) return true;
  return affinity.isZero && matchesAll(requiredAffinity, pod.pod, namespaceLabels(snapshot.listers));
}

/** The weights of preferred terms between the Pod and those running, and of their required affinity. */
function sumPreferences({ pod, snapshot }: Cycle, hardWeight: number): TopologyCounts {
  const labelsOf = namespaceLabels(snapshot.listers);
  const { preferredAffinity = [], preferredAntiAffinity = [] } = pod.affinity ?? {};
  const hasPreferences = preferredAffinity.length > 0 || preferredAntiAffinity.length > 0;
  const sums = new TopologyCounts();
  const addOwn = (node: Node, terms: readonly AffinityTerm[], other: Pod, sign: 1 | -1) => {
    for (const term of terms) {
      if (ownTermMatches(term, other, labelsOf)) sums.add(node, term.topologyKey, sign * term.weight);
    }
  };
  const addTheirs = (node: Node, terms: readonly AffinityTerm[], factor: number) => {
    for (const term of terms) {
      if (termMatches(term, pod.pod, labelsOf)) sums.add(node, term.topologyKey, factor * term.weight);
    }
  };
  for (const { node, pods, podsWithAffinity } of snapshot.nodes) {
    for (const other of hasPreferences ? pods : podsWithAffinity) {
      addOwn(node, preferredAffinity, other.pod, 1);
      addOwn(node, preferredAntiAffinity, other.pod, -1);
      if (!other.affinity) continue;
      if (hardWeight > 0) addTheirs(node, other.affinity.requiredAffinity, hardWeight);
      addTheirs(node, other.affinity.preferredAffinity, 1);
      addTheirs(node, other.affinity.preferredAntiAffinity, -1);
    }
  }
  return sums;
}

const everywhere: NamespaceLabels = () => undefined;

/** A Pod came that the Pod wants near, or one went that it (or who) did not want near. */
function isPodChangeWorthTrying(pod: Pod, before: Pod | undefined, after: Pod | undefined): boolean {
  const changed = after ?? before;
  if (!changed) return false;
  if (before && after && isSamePod(pod, after)) return true;
  if (!changed.spec?.nodeName && !changed.status?.nominatedNodeName) return false;
  const { requiredAffinity = [], requiredAntiAffinity = [] } = podInfoOf(pod).affinity ?? {};
  const isWanted = (other: Pod | undefined) => other !== undefined && matchesAll(requiredAffinity, other, everywhere);
  const isUnwanted = (other: Pod | undefined) =>
    other !== undefined && matchesAll(requiredAntiAffinity, other, everywhere);
  if (after) return (!isWanted(before) && isWanted(after)) || (isUnwanted(before) && !isUnwanted(after));
  return isUnwanted(before) || matchesAll(podInfoOf(changed).affinity?.requiredAntiAffinity ?? [], pod, everywhere);
}

/** A node came, or moved, into a domain that a term is about. */
function isNodeChangeWorthTrying(pod: Pod, before: Node | undefined, after: Node | undefined): boolean {
  const { requiredAffinity = [], requiredAntiAffinity = [] } = podInfoOf(pod).affinity ?? {};
  const was = (key: string) => before?.metadata.labels?.[key];
  const is = (key: string) => after?.metadata.labels?.[key];
  if (!before)
    return requiredAntiAffinity.length > 0 || requiredAffinity.some(({ topologyKey: key }) => is(key) !== undefined);
  return (
    requiredAffinity.some(({ topologyKey: key }) => is(key) !== undefined && is(key) !== was(key)) ||
    requiredAntiAffinity.some(({ topologyKey: key }) => was(key) !== undefined && is(key) !== was(key))
  );
}
