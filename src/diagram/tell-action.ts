// Tells what a program does outside the API: containers, images, addresses, rules, names.
import type { ObjectRef } from '../api/object.ts';
import { programOf, type Participant, type RuntimeAction } from '../simulator/trace.ts';
import { told, type Told } from './line.ts';
import { objectText } from './tell-request.ts';

/** The same node's part of another program: `calico/worker-1` to `containerd/worker-1`. */
const beside = (participant: Participant, program: string) =>
  program + participant.slice(programOf(participant).length);

export function tellAction(
  done: RuntimeAction,
  subject: ObjectRef | undefined,
  from: Participant,
  to: Participant,
): Told {
  switch (done.type) {
    case 'run-sandbox':
      return told(1, done.type, `RunPodSandbox for ${subject ? objectText(subject.kind, subject) : 'a Pod'}`);
    case 'ipam':
      return told(1, done.type, `CNI ADD: ${done.ip} out of the block ${done.block}`, {
        between: [beside(from, 'containerd'), from],
      });
    case 'sandbox':
      return told(2, done.type, `sandbox ready${done.ip ? ` at ${done.ip}` : ''}`, {
        form: 'answer',
        between: [to, from],
      });
    case 'route':
      return told(2, done.type, `route to ${done.destination} via ${done.via}`);
    case 'pull':
      return tellPull(done, from, to);
    case 'container':
      return tellContainer(done, from, to);
    case 'service-rules':
      return tellRules(done);
    case 'dns-record': {
      const text = done.addresses.length ? `${done.name} is ${done.addresses.join(', ')}` : `${done.name} is gone`;
      return told(1, `${done.type} ${done.name}`, text, { merge: 'last', form: 'note' });
    }
    case 'dns-query':
      return told(/^N/.test(done.answer) ? 2 : 1, `${done.type} ${done.name}`, `${done.name}? ${done.answer}`);
    case 'connection': {
      const way = done.rewrittenTo ? ` rewritten to ${done.rewrittenTo}` : '';
      const result = done.result === 'connected' ? 'ok' : 'failed';
      return told(1, `${done.type} ${done.destination}`, `${done.destination}${way}: ${done.result}`, { result });
    }
  }
}

type Action<T extends RuntimeAction['type']> = RuntimeAction & { readonly type: T };

function tellPull({ image, phase, error, size }: Action<'pull'>, from: Participant, to: Participant): Told {
  if (phase === 'begin') return told(1, `pull ${image}`, `pull ${image}`);
  const back = { form: 'answer', between: [to, from] } as const;
  if (error) return told(1, `pull failed ${image}`, `cannot pull ${image}: ${error}`, { ...back, result: 'failed' });
  const megabytes = size ? ` (${Math.round(size / 1e6)} MB)` : '';
  return told(1, `pulled ${image}`, `pulled ${image}${megabytes}`, back);
}

function tellContainer(done: Action<'container'>, from: Participant, to: Participant): Told {
  const { phase, container, error, exitCode } = done;
  const key = `${phase} ${container}`;
  if (error) return told(1, `${key} failed`, `cannot ${phase} container ${container}: ${error}`, { result: 'failed' });
  if (phase !== 'exit') return told(phase === 'start' ? 1 : 2, key, `${phase} container ${container}`);
  return told(1, `${key} ${exitCode}`, `container ${container} exits with ${exitCode}`, {
    form: 'answer',
    between: [to, from],
    result: exitCode === 0 ? 'ok' : 'failed',
  });
}

const verdicts = { reject: 'no endpoints, refused', drop: 'no endpoints here, dropped', unrouted: 'no rules any more' };

/** Every node has the same to say, and only the last word counts. */
function tellRules({ type, service, address, endpoints, verdict }: Action<'service-rules'>): Told {
  const where = endpoints.length ? endpoints.join(', ') : verdicts[verdict ?? 'reject'];
  return told(1, `${type} ${service} ${address}`, `${service} ${address} → ${where}`, { merge: 'last', form: 'note' });
}
