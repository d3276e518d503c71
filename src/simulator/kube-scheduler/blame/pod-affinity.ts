// InterPodAffinity: the term of the Pod, or another Pod's term against it, that does not go with the domain of the node.
import { refOf, type Node } from '../../../api/object.ts';
import { matchesAll, namespaceLabels } from '../plugins/inter-pod-affinity.ts';
import { ownTermMatches, termMatches } from '../framework/affinity-terms.ts';
import { stateKey } from '../framework/cycle-state.ts';
import type { PodInfo } from '../framework/pod-info.ts';
import type { Cycle } from '../framework/plugin.ts';
import { hostnameLabel } from '../plugins/pod-topology-spread/constraints.ts';
import type { Blame, BlameOf } from './blame.ts';

const affinity = 'spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution';
const antiAffinity = 'spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution';

export const blamePodAffinity: BlameOf = (cycle, { node }) => {
  const { requiredAffinity = [], requiredAntiAffinity = [] } = cycle.pod.affinity ?? {};
  const { near, apart, against } = domainsOf(cycle);
  const blames: Blame[] = [];
  for (const [i, { topologyKey }] of requiredAffinity.entries()) {
    const domain = domainOf(node, topologyKey);
    if (domain !== undefined && near.has(domain)) continue;
    const says = domain === undefined ? `has no label ${topologyKey}` : withNobody(topologyKey, domain);
    blames.push({ path: `${affinity}[${i}]`, says, other: { object: refOf(node), path: 'metadata.labels' } });
  }
  const blamed = new Set<string>();
  for (const [i, { topologyKey }] of requiredAntiAffinity.entries()) {
    const domain = domainOf(node, topologyKey) ?? '';
    const other = apart[i]?.get(domain);
    if (!other) continue;
    blamed.add(other.key);
    const says = `${withPod(topologyKey, domain, other)}, from which the Pod wants to be apart`;
    blames.push({ path: `${antiAffinity}[${i}]`, says, other: { object: refOf(other.pod), path: 'metadata.labels' } });
  }
  for (const [topologyKey, domains] of against) {
    const domain = domainOf(node, topologyKey) ?? '';
    const other = domains.get(domain);
    if (!other || blamed.has(other.by.key)) continue;
    const says = `${withPod(topologyKey, domain, other.by)}, which wants to be apart from Pods like this one`;
    const place = { object: refOf(other.by.pod), path: `${antiAffinity}[${other.term}]` };
    blames.push({ path: 'metadata.labels', says, other: place });
  }
  return blames;
};

const withPod = (topologyKey: string, domain: string, { key }: PodInfo) =>
  topologyKey === hostnameLabel ? `runs Pod ${key}` : `is in ${domain} with Pod ${key}`;

const withNobody = (topologyKey: string, domain: string) =>
  topologyKey === hostnameLabel
    ? 'runs no Pod that the Pod wants to be near'
    : `is in ${domain}, where no Pod runs that the Pod wants to be near`;

/** `zone=a` of a node that has the label. */
function domainOf(node: Node, topologyKey: string): string | undefined {
  const value = node.metadata.labels?.[topologyKey];
  return value === undefined ? undefined : `${topologyKey}=${value}`;
}

/** By the domains in which they are, the Pods that matter to the Pod: one of them each. */
interface Domains {
  readonly near: ReadonlySet<string>;
  /** For each anti-affinity term of the Pod. */
  readonly apart: readonly ReadonlyMap<string, PodInfo>[];
  /** By topology key: who has a term against the Pod, and which. */
  readonly against: ReadonlyMap<string, ReadonlyMap<string, { readonly by: PodInfo; readonly term: number }>>;
}

const domains = stateKey<Domains>('BlameInterPodAffinity');

/** Looks at all Pods once, however many nodes are asked for. */
function domainsOf(cycle: Cycle): Domains {
  const known = cycle.state.read(domains);
  if (known) return known;
  const { pod, snapshot } = cycle;
  const { requiredAffinity = [], requiredAntiAffinity = [] } = pod.affinity ?? {};
  const labelsOf = namespaceLabels(snapshot.listers);
  const near = new Set<string>();
  const apart = requiredAntiAffinity.map(() => new Map<string, PodInfo>());
  const against = new Map<string, Map<string, { by: PodInfo; term: number }>>();
  for (const { node, pods } of snapshot.nodes) {
    for (const other of pods) {
      if (matchesAll(requiredAffinity, other.pod, labelsOf)) {
        for (const { topologyKey } of requiredAffinity) near.add(domainOf(node, topologyKey) ?? '');
      }
      requiredAntiAffinity.forEach((term, i) => {
        const domain = domainOf(node, term.topologyKey);
        if (domain !== undefined && ownTermMatches(term, other.pod, labelsOf)) apart[i]?.set(domain, other);
      });
      other.affinity?.requiredAntiAffinity.forEach((term, i) => {
        const domain = domainOf(node, term.topologyKey);
        if (domain === undefined || !termMatches(term, pod.pod, labelsOf)) return;
        const inKey = against.get(term.topologyKey) ?? new Map<string, { by: PodInfo; term: number }>();
        against.set(term.topologyKey, inKey.set(domain, { by: other, term: i }));
      });
    }
  }
  const found = { near, apart, against };
  cycle.state.write(domains, found);
  return found;
}
