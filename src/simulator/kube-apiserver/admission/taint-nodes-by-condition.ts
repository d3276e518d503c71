// A new Node takes no Pods until its kubelet has said that it is ready (plugin/pkg/admission/nodetaint, Kubernetes 1.36).
import type { Node } from '../../../api/object.ts';
import type { AdmissionPlugin } from './plugin.ts';

const notReady = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' };

export const taintNodesByCondition: AdmissionPlugin = {
  name: 'TaintNodesByCondition',
  resources: ['nodes'],
  admit({ operation, subresource, object }) {
    if (operation !== 'CREATE' || subresource) return undefined;
    const node = object as Node;
    const taints = node.spec?.taints ?? [];
    if (taints.some(({ key, effect }) => key === notReady.key && effect === notReady.effect)) return undefined;
    const tainted = { ...node, spec: { ...node.spec, taints: [...taints, notReady] } };
    return { object: tainted, changed: ['spec.taints'] };
  },
};
