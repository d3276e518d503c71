// `kubectl wait`: until objects are there, are gone, or are in a condition (k8s.io/kubectl/pkg/cmd/wait/wait.go).
import { parseDuration } from '../../../base/duration.ts';
import type { KubeObject } from '../../../api/object.ts';
import { commonFlags, type Flags } from '../arguments.ts';
import type { Command, Outcome } from '../command.ts';
import { statusFailure, textFailure, together, unknownFailure, type Failure } from '../failure.ts';
import { isFailure } from '../named-objects.ts';
import { placesOf, type SourcedPlace } from '../places.ts';
import { printedKind } from '../resource-names.ts';
import type { Place, Session, Steps } from '../session.ts';
import { fileFlags } from '../shared-flags.ts';
import { conditionsOf, type Condition } from '../wait-conditions.ts';

/** How often kubectl's process looks whether its watch has told it anything. */
const lookInterval = 20;
/** How often it asks whether an object has been created. */
const pollInterval = 500;
const week = 168 * 3_600_000;

export const wait: Command = {
  flags: {
    ...commonFlags,
    ...fileFlags,
    all: { kind: 'switch' },
    for: { kind: 'text' },
    timeout: { kind: 'text' },
    output: { short: 'o', kind: 'text' },
  },
  *run(session, positional, flags) {
    const conditions = conditionsOf(flags.list('for'));
    if (isFailure(conditions)) return conditions;
    const given = flags.text('timeout') ?? '30s';
    const timeout = given.startsWith('-') ? week : parseDuration(given);
    if (timeout === undefined) return unknownFailure(`kubectl wait --timeout=${given}`);
    const deadline = session.now + timeout;
    const { places, failures } = yield* placesOf(session, positional, flags);
    if (failures.length > 0) return together(failures);
    if (conditions.includes('create')) {
      const problem = yield* waitUntilThere(session, places, deadline);
      if (problem) return problem;
    }
    return yield* waitForAll(session, places, conditions, deadline, flags);
  },
};

function* waitForAll(
  session: Session,
  places: readonly SourcedPlace[],
  conditions: readonly Condition[],
  deadline: number,
  flags: Flags,
): Steps<Outcome> {
  const problems: Failure[] = [];
  let visited = 0;
  for (const place of places) {
    const response = yield* session.get<KubeObject>(place);
    if (!response.ok) {
      if (response.code !== 404 || !conditions.includes('delete')) problems.push(statusFailure(response.status));
      continue;
    }
    visited++;
    for (const condition of conditions) {
      const isMet = condition === 'create' || (yield* waitFor(session, place, response.object, condition, deadline));
      if (!isMet) {
        problems.push(textFailure(`${notMet(flags)} ${place.resource.plural}/${place.name}`));
        break;
      }
      const named = `${printedKind(place.resource)}/${place.name}`;
      session.out(flags.text('output') === 'name' ? named : `${named} condition met`);
    }
  }
  if (problems.length > 0) return together(problems);
  return visited > 0 || conditions.includes('delete') ? undefined : textFailure('no matching resources found');
}

const notMet = (flags: Flags) =>
  parseDuration(flags.text('timeout') ?? '') === 0 ? 'condition not met for' : 'timed out waiting for the condition on';

/** Whether the object comes to the condition before the time is over. */
function* waitFor(
  session: Session,
  place: Place,
  object: KubeObject,
  condition: 'delete' | ((object: KubeObject) => boolean),
  deadline: number,
): Steps<boolean> {
  let isMet = condition !== 'delete' && condition(object);
  const watching = session.watchOne(place, object.metadata.resourceVersion, ({ change, object: changed }) => {
    isMet ||= condition === 'delete' ? change === 'DELETED' : change !== 'DELETED' && condition(changed);
  });
  while (!isMet && session.now < deadline) yield lookInterval;
  watching.stop();
  return isMet;
}

function* waitUntilThere(session: Session, places: readonly Place[], deadline: number): Steps<Outcome> {
  for (const place of places) {
    while (!(yield* session.get(place)).ok) {
      if (session.now >= deadline) return textFailure('timed out waiting for the condition');
      yield pollInterval;
    }
  }
  return undefined;
}
