// What comes of a fix, in the words of its title's second half: `runs on worker-1 after 3.8 s`.
import { finalKey } from '../../analyzer/subject.ts';
import type { KubeObject, ObjectRef, Pod } from '../../api/object.ts';
import { refOf } from '../../api/object.ts';
import type { Applied } from '../apply.ts';

/** How an object stands at the end of a run; what else keeps it from being there at all. */
export function outcomeText(applied: Applied, subject: ObjectRef): string {
  const key = finalKey(subject);
  const own = applied.findings.filter((finding) => finalKey(finding.subject) === key);
  const last = applied.trace.findLast((entry) => entry.type === 'store' && finalKey(refOf(entry.object)) === key);
  const left = own.find(({ severity }) => severity !== 'info');
  if (last?.type !== 'store' && left) return `leaves: ${left.message}`;
  const says = last?.type === 'store' ? sayOf(last.object, last.time, applied) : 'is accepted';
  return own.some(({ id }) => id === 'unknown') ? `${says} (partly unknown)` : says;
}

function sayOf(object: KubeObject, time: number, { begin, outcomes }: Applied): string {
  const after = ` after ${((time - begin) / 1000).toFixed(1)} s`;
  if (object.kind === 'Pod') return podText(object as Pod, after);
  const key = finalKey(refOf(object));
  const says = outcomes.find((outcome) => finalKey(outcome.object) === key)?.says;
  if (says === undefined) return 'is accepted';
  return / ready$/.test(says) ? says + after : `is ${says}`;
}

function podText({ spec, status }: Pod, after: string): string {
  const node = spec?.nodeName;
  if (!node) return 'is accepted';
  if (status?.phase === 'Succeeded') return `completes on ${node}${after}`;
  const isReady = status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True');
  return isReady ? `runs on ${node}${after}` : `gets a place on ${node}`;
}
