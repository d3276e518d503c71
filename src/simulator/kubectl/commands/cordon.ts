// `kubectl cordon`, `uncordon` and `drain`: taking a node out of service, and back.
import { controllerOf, type Node, type Pod } from '../../../api/object.ts';
import { commonFlags, type Flags } from '../arguments.ts';
import type { Command, Outcome } from '../command.ts';
import { builtin } from '../describe/describer.ts';
import { statusFailure, textFailure, together, unknownFailure, type Failure } from '../failure.ts';
import type { Session, Steps } from '../session.ts';

/** How often `drain` looks whether an evicted Pod is gone. */
const evictionPoll = 1000;
/** After how long an eviction is tried again that a budget does not allow (EvictErrorRetryDelay). */
const evictionRetry = 5000;

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
    const failures = yield* evictAll(session, leaving);
    if (failures.length) return together(failures);
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

/** A Pod on its way: the moment at which kubectl turns to it again, to evict it or to look whether it is gone. */
interface Leaving {
  readonly pod: Pod;
  at: number;
  isEvicted: boolean;
  isRefused: boolean;
}

/** Evicts Pods side by side; what a budget does not allow yet is tried again. Returns what went wrong. */
function* evictAll(session: Session, pods: readonly Pod[]): Steps<Failure[]> {
  const failures: Failure[] = [];
  const leaving = new Set<Leaving>(pods.map((pod) => ({ pod, at: session.now, isEvicted: false, isRefused: false })));
  for (;;) {
    const [next] = [...leaving].sort((a, b) => a.at - b.at);
    if (!next) return failures;
    if (next.at > session.now) yield next.at - session.now;
    const outcome = next.isEvicted ? yield* lookFor(session, next) : yield* evict(session, next);
    if (outcome === 'goes on') continue;
    leaving.delete(next);
    if (outcome) failures.push(outcome);
  }
}

type Turn = Failure | 'goes on' | undefined;

function* evict(session: Session, leaving: Leaving): Steps<Turn> {
  const place = placeOf(leaving.pod);
  const { namespace, name } = place;
  if (leaving.isRefused) yield* session.get<Pod>(place);
  session.out(`evicting pod ${namespace}/${name}`);
  const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
  const response = yield* session.createOf(place, 'eviction', body);
  if (response.code === 404) return undefined;
  if (!response.ok && response.code !== 429) return statusFailure(response.status);
  leaving.isEvicted = response.ok;
  leaving.isRefused = !response.ok;
  leaving.at = session.now;
  if (!response.ok) {
    const again = `(will retry after ${evictionRetry / 1000}s)`;
    session.print(
      'stderr',
      `error when evicting pods/"${name}" -n "${namespace}" ${again}: ${response.status.message}\n`,
    );
    leaving.at += evictionRetry;
  }
  return 'goes on';
}

function* lookFor(session: Session, leaving: Leaving): Steps<Turn> {
  const place = placeOf(leaving.pod);
  const found = yield* session.get<Pod>(place);
  if (found.ok && found.object.metadata.uid === leaving.pod.metadata.uid) {
    leaving.at = session.now + evictionPoll;
    return 'goes on';
  }
  session.out(`pod/${place.name} evicted`);
  return undefined;
}
