// A Pod leaves a node that is not ready or not reachable after five minutes, unless it says otherwise
// (plugin/pkg/admission/defaulttolerationseconds, Kubernetes 1.36).
import { copyWith } from '../../../base/copy.ts';
import type { Pod, Toleration } from '../../../api/object.ts';
import { isPod, type AdmissionPlugin } from './plugin.ts';

const taints = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];
const seconds = 300;

/** Whether the Pod says itself how long it stays on a node with the taint; an empty key or effect stands for all. */
const covers = ({ key, effect }: Toleration, taint: string) =>
  (key === taint || !key) && (effect === 'NoExecute' || !effect);

export const defaultTolerationSeconds: AdmissionPlugin = {
  name: 'DefaultTolerationSeconds',
  resources: ['pods'],
  admit(request) {
    if (!isPod(request) || request.operation === 'DELETE') return undefined;
    const pod = request.object as Pod;
    if (!pod.spec) return undefined;
    const given = pod.spec.tolerations ?? [];
    const missing = taints.filter((taint) => !given.some((toleration) => covers(toleration, taint)));
    if (missing.length === 0) return undefined;
    const added = missing.map((key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: seconds }));
    const object = copyWith(pod, { spec: copyWith(pod.spec, { tolerations: [...given, ...added] }) });
    return { object, changed: ['spec.tolerations'] };
  },
};
