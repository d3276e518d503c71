// A workload of which only some Pods fit: as many as do.
import { isObject } from '../../../base/json.ts';
import { set } from '../change.ts';
import { pendingPod } from '../pending-pod.ts';
import type { Proposer } from '../proposer.ts';

export const replicas: Proposer = {
  findings: ['unschedulable'],
  propose(context) {
    const { spec } = context.declared.object as { spec?: unknown };
    const wanted = isObject(spec) && typeof spec.replicas === 'number' ? spec.replicas : undefined;
    const pending = wanted === undefined ? undefined : pendingPod(context);
    const placed = pending?.siblings().filter((pod) => pod.spec?.nodeName).length ?? 0;
    if (wanted === undefined || placed < 1 || placed >= wanted) return [];
    const change = { id: `set replicas ${placed}`, title: `Run ${placed} of the ${wanted} replicas`, cost: 1, risk: 4 };
    return [{ ...change, edits: [set(context.declared, 'spec.replicas', placed)] }];
  },
};
