// Tells what a program made up its mind about: who asks and whether they may, what an object lacks, which node a Pod gets.
import type { ObjectRef } from '../api/object.ts';
import type { AuthorizationDecision, Decision, SchedulingDecision, TraceEntry } from '../simulator/trace.ts';
import { isWriteOfUser, type Background } from './background.ts';
import { told, type Depth, type Told } from './line.ts';
import { objectText } from './tell-request.ts';

export function tellDecision(
  made: Decision,
  subject: ObjectRef,
  cause: number | undefined,
  background: Background,
): Told {
  const asked = cause === undefined ? undefined : background.trace[cause];
  const note = (depth: Depth, text: string, allowed = true): Told =>
    told(allowed ? depth : 1, text, text, { form: 'note', result: allowed ? 'ok' : 'failed' });
  switch (made.type) {
    case 'authentication':
      return note(isWriteOfUser(asked) ? 2 : 3, `who asks: ${made.user} (${made.groups.join(', ')})`);
    case 'authorization':
      return note(
        // that cluster-admin may do everything is said once, not of every object
        background.newlyAllowed.has(cause ?? -1) ? 1 : isWriteOfUser(asked) ? 2 : 3,
        accessText(made, background.users.get(cause ?? -1), asked),
        made.allowed,
      );
    case 'admission': {
      const changed = made.changed?.length ? ` sets ${made.changed.join(', ')}` : '';
      const text = made.allowed ? `${made.plugin}${changed}` : `${made.plugin}: ${made.message ?? 'refused'}`;
      return note(2, text, made.allowed);
    }
    case 'validation': {
      const completed = background.completedBy.get(cause ?? -1);
      const verdict = background.unknown.has(cause ?? -1) ? 'breaks no rule that is modelled' : 'is valid';
      const valid = `${objectText(subject.kind, subject)} ${verdict}${completed ? `, completed by ${completed.join(', ')}` : ''}`;
      return note(1, made.allowed ? valid : (made.status?.message ?? 'invalid'), made.allowed);
    }
    case 'scheduling':
      return tellScheduling(made, subject);
    case 'kubelet-admission': {
      const text = made.allowed
        ? `admits ${objectText(subject.kind, subject)}`
        : `${made.reason ?? 'refused'}: ${made.message ?? ''}`;
      return note(2, text, made.allowed);
    }
  }
}

/** The Node authorizer gives no reason. */
function accessText(
  { allowed, reason }: AuthorizationDecision,
  user = 'the user',
  asked: TraceEntry | undefined,
): string {
  const { uri, resource, subresource } = asked?.type === 'request' ? asked.target : { resource: '' };
  const what =
    asked?.type === 'request' ? ` ${asked.verb} ${uri ?? [resource, subresource].filter(Boolean).join('/')}` : '';
  return `${user} may${allowed ? '' : ' not'}${what}${reason ? `: ${reason}` : ''}`;
}

function tellScheduling(made: SchedulingDecision, subject: ObjectRef): Told {
  const { result } = made;
  const name = objectText(subject.kind, subject);
  if (result === 'scheduled')
    return told(1, 'scheduled', scheduledText(made, name) + retryText(made), { form: 'note' });
  const key = `${result} ${made.message ?? ''}`;
  const more = { form: 'note', result: result === 'unknown' ? 'unknown' : 'failed' } as const;
  return told(1, key, `${name}: ${unscheduledText(made)}${roomText(made)}${retryText(made)}`, more);
}

/** What has to go so that the Pod gets a node. */
function roomText({ preemption }: SchedulingDecision): string {
  const victims = preemption?.candidates.find(({ node }) => node === preemption.node)?.victims ?? [];
  return victims.length > 0 ? ` ${preemption?.node} is kept for it: ${several(victims)} must go` : '';
}

/** Why a Pod is tried again. */
function retryText({ attempt, requeuedBy }: SchedulingDecision): string {
  if (!requeuedBy) return '';
  const { event, object } = requeuedBy;
  return `; attempt ${attempt}, after ${event}${object ? ` of ${objectText(object.kind, object)}` : ''}`;
}

function unscheduledText({ result, message, gated, unknown }: SchedulingDecision): string {
  if (result === 'gated') return `held back: ${gated?.reasons.join(', ') ?? ''}`;
  if (result === 'unknown') return `unknown: ${unknown?.map(({ reason }) => reason).join('; ') ?? ''}`;
  return message ?? result;
}

function scheduledText({ node, best, nodes, looked }: SchedulingDecision, name: string): string {
  const equals = best.filter((other) => other !== node);
  const rejected = new Map<string, string[]>();
  for (const [other, { first }] of Object.entries(nodes)) {
    if (!first) continue;
    const plugin = first.plugin ?? 'PreFilter';
    const group = rejected.get(plugin);
    if (group) group.push(other);
    else rejected.set(plugin, [other]);
  }
  const no = [...rejected].map(([plugin, names]) => `${several(names)} (${plugin})`).join(', ');
  return `${name} gets ${node}${equals.length ? `; as good: ${several(equals)}` : ''}${no ? `; not: ${no}` : ''}${looked ? `; ${looked} nodes were looked at` : ''}`;
}

const shownNames = 3;

function several(names: readonly string[]): string {
  if (names.length <= shownNames + 1) return names.join(', ');
  return `${names.slice(0, shownNames).join(', ')} and ${names.length - shownNames} more`;
}
