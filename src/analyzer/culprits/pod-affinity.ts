// What Pods want of the Pods around them: near to some, apart from others.
import { nearest } from '../suggest.ts';
import { listed, otherSides, roomText, told, type Culprit, type Refusals } from './culprit.ts';

export function podAffinity(refusals: Refusals): Culprit {
  const [first] = refusals.nodes.flatMap(refusals.blame);
  const why = told(refusals) ?? `${listed(refusals.nodes)}: ${refusals.reasons.join(', ')}`;
  return {
    path: first?.path ?? 'spec.affinity',
    says: `${why}. ${meantText(first?.path, refusals) ?? remedyOf(first?.path)}${roomText(refusals)}`,
    related: otherSides(refusals),
  };
}

/** Where the Pods that are wanted near are called a little differently: their label, as it is. */
function meantText(path: string | undefined, { pod, inquiry }: Refusals): string | undefined {
  if (!path?.includes('podAffinity')) return undefined;
  const terms = pod.spec?.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  for (const [key, value] of terms.flatMap(({ labelSelector }) => Object.entries(labelSelector?.matchLabels ?? {}))) {
    const values = inquiry?.valuesOnPods(key) ?? new Set<string>();
    const meant = values.has(value) ? undefined : nearest(value, values);
    if (meant !== undefined) return `There are Pods with ${key}=${meant}: did you mean that in place of ${value}?`;
  }
  return undefined;
}

function remedyOf(path: string | undefined): string {
  if (path?.includes('podAffinity')) return 'Let such a Pod run first, or only prefer to be near it.';
  return path === 'metadata.labels'
    ? 'Give the Pod other labels, or add a node.'
    : 'Only prefer to be apart, or add a node.';
}
