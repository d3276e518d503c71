// Asks a decision who is to blame, as lines of text.
import type { KubeObject, Pod } from '../../../src/api/object.ts';
import { inquire, prepareVerdict } from '../../../src/simulator/kube-scheduler/index.ts';

export function inquiryOf(cluster: readonly KubeObject[], pod: Pod) {
  const verdict = prepareVerdict(cluster)(pod);
  const inquiry = inquire(verdict);
  if (!inquiry) throw new Error(`the Pod is ${verdict.result}`);
  return { verdict, inquiry };
}

/** For each node and each plugin that refuses it: `node says | path in the Pod | other side`. */
export function blamed(cluster: readonly KubeObject[], pod: Pod, plugin: string): string[] {
  const { verdict, inquiry } = inquiryOf(cluster, pod);
  return Object.keys(verdict.nodes).flatMap((node) =>
    inquiry.blame(node, plugin).map(({ says, path, other }) => {
      const side = other ? ` | ${other.object.kind} ${other.object.name} ${other.path}` : '';
      return `${node} ${says} | ${path}${side}`;
    }),
  );
}
