// NodeName: the Pod asks for another node by its name.
import type { BlameOf } from './blame.ts';

export const blameNodeName: BlameOf = ({ pod }) => [
  { path: 'spec.nodeName', says: `is not ${pod.pod.spec?.nodeName}, which the Pod names` },
];
