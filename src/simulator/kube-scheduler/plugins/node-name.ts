// NodeName: a Pod that names its node fits on no other. Such a Pod is never in the queue, so this refuses nothing in practice.
import type { Plugin } from '../framework/plugin.ts';
import { unresolvable } from '../framework/status.ts';

export const nodeName: Plugin = {
  name: 'NodeName',

  filter({ pod }, { name }) {
    const wanted = pod.pod.spec?.nodeName;
    return wanted && wanted !== name ? unresolvable("node(s) didn't match the requested node name") : undefined;
  },

  queueingHints: [{ resource: 'Node', actions: ['Add'] }],
};
