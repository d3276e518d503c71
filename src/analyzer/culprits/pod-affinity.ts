// What Pods want of the Pods around them: near to some, apart from others.
import { listed, otherSides, roomText, told, type Culprit, type Refusals } from './culprit.ts';

export function podAffinity(refusals: Refusals): Culprit {
  const [first] = refusals.nodes.flatMap(refusals.blame);
  const why = told(refusals) ?? `${listed(refusals.nodes)}: ${refusals.reasons.join(', ')}`;
  return {
    path: first?.path ?? 'spec.affinity',
    says: `${why}. ${remedyOf(first?.path)}${roomText(refusals)}`,
    related: otherSides(refusals),
  };
}

function remedyOf(path: string | undefined): string {
  if (path?.includes('podAffinity')) return 'Let such a Pod run first, or only prefer to be near it.';
  return path === 'metadata.labels'
    ? 'Give the Pod other labels, or add a node.'
    : 'Only prefer to be apart, or add a node.';
}
