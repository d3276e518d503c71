// PrioritySort: the queue hands out Pods of higher priority first, then those that have waited longer.
import type { Plugin } from '../framework/plugin.ts';

export const prioritySort: Plugin = {
  name: 'PrioritySort',

  queueSort(a, b) {
    return (b.pod.spec?.priority ?? 0) - (a.pod.spec?.priority ?? 0) || a.timestamp - b.timestamp;
  },
};
