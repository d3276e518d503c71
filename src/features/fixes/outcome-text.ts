// What comes of a fix, in the words of its title's second half: `runs on worker-1 after 3.8 s`.
import { finalKey } from '../../analyzer/subject.ts';
import type { KubeObject, ObjectRef, Pod } from '../../api/object.ts';
import { refOf } from '../../api/object.ts';
import type { Applied } from '../apply.ts';

/** How an object stands at the end of a run. */
export function outcomeText({ trace, begin, outcomes, findings }: Applied, subject: ObjectRef): string {
  const key = finalKey(subject);
  const last = trace.findLast((entry) => entry.type === 'store' && finalKey(refOf(entry.object)) === key);
  const left = findings.find((finding) => finalKey(finding.subject) === key && finding.severity !== 'info');
  if (last?.type !== 'store') return left ? `leaves: ${left.message}` : 'is accepted';
  const after = ` after ${((last.time - begin) / 1000).toFixed(1)} s`;
  if (last.object.kind === 'Pod') return podText(last.object as Pod, after);
  const says = outcomes.find(({ object }) => finalKey(object) === key)?.says;
  if (says === undefined) return 'is accepted';
  return isWorkload(last.object) ? says + after : `is ${says}`;
}

const isWorkload = ({ kind }: KubeObject) => kind === 'Deployment' || kind === 'ReplicaSet';

function podText({ spec, status }: Pod, after: string): string {
  const node = spec?.nodeName;
  if (!node) return 'is accepted';
  if (status?.phase === 'Succeeded') return `completes on ${node}${after}`;
  const isReady = status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True');
  return isReady ? `runs on ${node}${after}` : `gets a place on ${node}`;
}
