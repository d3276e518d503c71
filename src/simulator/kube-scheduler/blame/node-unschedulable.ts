// NodeUnschedulable: the node is cordoned.
import { refOf } from '../../../api/object.ts';
import type { BlameOf } from './blame.ts';

export const blameCordon: BlameOf = (_cycle, { node }) => [
  { path: 'spec.tolerations', says: 'is cordoned', other: { object: refOf(node), path: 'spec.unschedulable' } },
];
