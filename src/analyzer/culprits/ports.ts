// The port of the node that another Pod has.
import { firstBlame, listed, otherSides, type Culprit, type Refusals } from './culprit.ts';

export function ports(refusals: Refusals): Culprit {
  const { nodes } = refusals;
  const first = firstBlame(refusals);
  const [, port, other] = /^has host port (\d+) taken by Pod (.+)$/.exec(first?.says ?? '') ?? [];
  const where = listed(nodes).replace(/^Node/, 'node');
  const what = port ? `Host port ${port} is taken on ${where}` : `A host port of the Pod is taken on ${where}`;
  const by = other && nodes.length === 1 ? ` by Pod ${other}` : '';
  return {
    path: first?.path ?? 'spec.containers',
    says: `${what}${by}: use another port, or a Service instead.`,
    related: otherSides(refusals),
  };
}
