// `kubectl cordon`, `uncordon` and `drain`: taking a node out of service, and back.
import { controllerOf, type Node, type Pod } from '../../../api/object.ts';
import { commonFlags, type Flags } from '../arguments.ts';
import type { Command, Outcome } from '../command.ts';
import { builtin } from '../describe/describer.ts';
import { statusFailure, textFailure, together, unknownFailure, type Failure } from '../failure.ts';
import type { Session, Steps } from '../session.ts';

/** How often `drain` looks whether an evicted Pod is gone. */
const evictionPoll = 1000;

function forEachNode(work: (session: Session, name: string, flags: Flags) => Steps<Outcome>): Command['run'] {
  return function* (session, positional, flags) {
    const names = positional.filter((arg) => !/^nodes?$/.test(arg)).map((arg) => arg.replace(/^nodes?\//, ''));
    if (names.length === 0) return textFailure('USAGE: a node must be named');
    yield* session.discover();
    const failures: Failure[] = [];
    for (const name of names) {
      const failure = yield* work(session, name, flags);
      if (failure) failures.push(failure);
    }
    return together(failures);
  };
}

export const cordon: Command = {
  flags: commonFlags,
  run: forEachNode((session, name) => setSchedulable(session, name, false)),
};

export const uncordon: Command = {
  flags: commonFlags,
  run: forEachNode((session, name) => setSchedulable(session, name, true)),
};

function* setSchedulable(session: Session, name: string, schedulable: boolean): Steps<Outcome> {
  const place = { resource: builtin('nodes'), name };
  const response = yield* session.get<Node>(place);
  if (!response.ok) return statusFailure(response.status);
  const word = schedulable ? 'uncordoned' : 'cordoned';
  if ((response.object.spec?.unschedulable ?? false) !== schedulable) {
    session.out(`node/${name} already ${word}`);
    return undefined;
  }
  const patch = { spec: { unschedulable: schedulable ? null : true } };
  const patched = yield* session.patch<Node>(place, 'strategic', patch);
  if (!patched.ok) return statusFailure(patched.status);
  session.out(`node/${name} ${word}`);
  return undefined;
}

export const drain: Command = {
  flags: {
    ...commonFlags,
    force: { kind: 'switch' },
    'ignore-daemonsets': { kind: 'switch' },
    'delete-emptydir-data': { kind: 'switch' },
  },
  run: forEachNode(function* (session, name, flags) {
    const failure = yield* setSchedulable(session, name, false);
    if (failure) return failure;
    const pods = yield* session.list<Pod>(builtin('pods'), { fieldSelector: `spec.nodeName=${name}`, limit: 500 });
    const leaving = pods.filter((pod) => !isDaemon(pod) || !flags.switched('ignore-daemonsets'));
    const obstacle = leaving.find((pod) => isObstacle(pod, flags));
    if (obstacle) return unknownFailure(`kubectl drain of a node with the Pod ${obstacle.metadata.name}`);
    yield* session.raw('/api/v1');
    for (const pod of leaving) {
      const refused = yield* evict(session, pod);
      if (refused) return refused;
    }
    for (const pod of leaving) yield* waitForEviction(session, pod);
    session.out(`node/${name} drained`);
    return undefined;
  }),
};

const isDaemon = (pod: Pod) => controllerOf(pod)?.kind === 'DaemonSet';

/** Pods for which kubectl wants to be told that they may go. */
function isObstacle(pod: Pod, flags: Flags): boolean {
  const isUnmanaged = !controllerOf(pod) && !flags.switched('force');
  const hasData = pod.spec?.volumes?.some(({ emptyDir }) => emptyDir) && !flags.switched('delete-emptydir-data');
  return isDaemon(pod) || isUnmanaged || Boolean(hasData);
}

const placeOf = ({ metadata: { namespace = '', name = '' } }: Pod) => ({ resource: builtin('pods'), namespace, name });

function* evict(session: Session, pod: Pod): Steps<Outcome> {
  const place = placeOf(pod);
  const { namespace, name } = place;
  session.out(`evicting pod ${namespace}/${name}`);
  const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
  const response = yield* session.createOf(place, 'eviction', body);
  return response.ok || response.code === 404 ? undefined : statusFailure(response.status);
}

function* waitForEviction(session: Session, pod: Pod): Steps<void> {
  const place = placeOf(pod);
  for (;;) {
    const found = yield* session.get<Pod>(place);
    if (!found.ok || found.object.metadata.uid !== pod.metadata.uid) break;
    yield evictionPoll;
  }
  session.out(`pod/${place.name} evicted`);
}
