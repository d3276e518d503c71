// NodeAffinity: the Pod's nodeSelector and required node affinity must match the node, and so must what the configuration adds for all
// Pods; preferred terms score.
import type { Node, NodeSelectorTerm, Pod } from '../../../api/object.ts';
import { matchesNodeSelectorTerm, matchesRequiredNodeAffinity, termErrors } from '../../../api/node-selector.ts';
import { defaultNormalizeScore } from '../framework/normalize-score.ts';
import type { Plugin } from '../framework/plugin.ts';
import { argumentsOf, type NodeAffinityArgs } from '../framework/plugin-args.ts';
import { failed, skip, unresolvable } from '../framework/status.ts';

const affinityOf = ({ spec }: Pod) => spec?.affinity?.nodeAffinity;
const preferredTerms = (pod: Pod) => affinityOf(pod)?.preferredDuringSchedulingIgnoredDuringExecution ?? [];

export const nodeAffinity = withArguments(argumentsOf('NodeAffinity'));

function withArguments({ addedAffinity = {} }: NodeAffinityArgs): Plugin {
  const added = addedAffinity.requiredDuringSchedulingIgnoredDuringExecution;
  const addedPreferences = addedAffinity.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  const isEnforced = (node: Node) =>
    !added || added.nodeSelectorTerms.some((term) => matchesNodeSelectorTerm(term, node));
  return {
    name: 'NodeAffinity',
    configured: (given) => withArguments(given as NodeAffinityArgs),

    preFilter({ pod: { pod } }) {
      const required = affinityOf(pod)?.requiredDuringSchedulingIgnoredDuringExecution;
      if (!required && !added && Object.keys(pod.spec?.nodeSelector ?? {}).length === 0) return skip;
      const nodes = required && namedNodes(required.nodeSelectorTerms);
      if (!nodes) return undefined;
      return nodes.size === 0 ? unresolvable('pod affinity terms conflict') : { code: 'Success', reasons: [], nodes };
    },

    filter({ pod }, { node }) {
      if (!isEnforced(node)) return unresolvable("node(s) didn't match scheduler-enforced node affinity");
      return matchesRequiredNodeAffinity(pod.pod, node)
        ? undefined
        : unresolvable("node(s) didn't match Pod's node affinity/selector");
    },

    preScore({ pod: { pod } }) {
      const terms = preferredTerms(pod);
      if (terms.length === 0) return addedPreferences.length === 0 ? skip : undefined;
      const errors = new Set(
        terms.flatMap(({ weight, preference }, i) => (weight === 0 ? [] : termErrors(preference, `[${i}]`))),
      );
      if (errors.size === 0) return undefined;
      return failed(errors.size === 1 ? [...errors].join() : `[${[...errors].join(', ')}]`);
    },

    score({ pod }, { node }) {
      let sum = 0;
      for (const terms of [addedPreferences, preferredTerms(pod.pod)]) {
        for (const { weight, preference } of terms) if (matchesNodeSelectorTerm(preference, node)) sum += weight;
      }
      return sum;
    },

    normalizeScore(_cycle, scores) {
      defaultNormalizeScore(scores, false);
    },

    queueingHints: [
      {
        resource: 'Node',
        actions: ['Add', 'UpdateNodeLabel'],
        isWorthTrying(pod, { before, after }) {
          if (!isEnforced(after as Node) || !matchesRequiredNodeAffinity(pod, after as Node)) return false;
          return !before || !matchesRequiredNodeAffinity(pod, before);
        },
      },
    ],
  };
}

/**
 * The nodes that the terms name by `matchFields: metadata.name In`, as the Pods of a DaemonSet do. Undefined if a term leaves
 * the name open; empty if each term asks for two names at once.
 */
function namedNodes(terms: readonly NodeSelectorTerm[]): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const { matchFields = [] } of terms) {
    const lists = matchFields
      .filter(({ key, operator }) => key === 'metadata.name' && operator === 'In')
      .map(({ values = [] }) => values);
    const [first, ...others] = lists;
    if (!first) return undefined;
    for (const name of first) if (others.every((list) => list.includes(name))) names.add(name);
  }
  return terms.length === 0 ? undefined : names;
}
