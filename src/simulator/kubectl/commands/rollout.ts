// `kubectl rollout status|history|undo|restart` of Deployments (k8s.io/kubectl/pkg/polymorphichelpers).
import { controllerOf, type Deployment, type ReplicaSet } from '../../../api/object.ts';
import { sortedKeys } from '../../../base/order.ts';
import { lastAppliedKey } from '../apply/last-applied.ts';
import { commonFlags, type Flags } from '../arguments.ts';
import { namespaceOf, type Command, type Outcome } from '../command.ts';
import { sameTemplate } from '../describe/deployment.ts';
import { builtin } from '../describe/describer.ts';
import { statusFailure, textFailure, unknownFailure, type Failure } from '../failure.ts';
import { isFailure, selectionsOf } from '../named-objects.ts';
import { alignColumns, descriptionColumns } from '../printing/tab-writer.ts';
import { selectorText } from '../printing/tables/cells.ts';
import { rolloutStatus } from '../rollout-status.ts';
import type { Place, Session, Steps } from '../session.ts';

type Subcommand = (session: Session, place: Place, flags: Flags) => Steps<Outcome>;

const subcommands: Readonly<Record<string, Subcommand>> = { history, restart, status: rolloutStatus, undo };

export const rollout: Command = {
  flags: {
    ...commonFlags,
    watch: { short: 'w', kind: 'switch' },
    'to-revision': { kind: 'text' },
  },
  *run(session, [name = '', ...args], flags) {
    const subcommand = subcommands[name];
    const found = selectionsOf(args, 'required resource not specified');
    if (isFailure(found)) return found;
    const [selection] = found.selections;
    const [object] = selection?.names ?? [];
    if (!subcommand || object === undefined || selection?.resource.plural !== 'deployments') {
      return unknownFailure(`kubectl rollout ${[name, ...args].join(' ')}`);
    }
    yield* session.discover();
    return yield* subcommand(
      session,
      { resource: selection.resource, namespace: namespaceOf(flags), name: object },
      flags,
    );
  },
};

const revisionKey = 'deployment.kubernetes.io/revision';
const revisionOf = ({ metadata }: ReplicaSet) => Number(metadata.annotations?.[revisionKey] ?? 0);

/** The Deployment and its ReplicaSets, oldest revision first. */
function* revisions(
  session: Session,
  place: Place,
): Steps<{ deployment: Deployment; replicaSets: readonly ReplicaSet[] } | Failure> {
  const first = yield* session.getNamed<Deployment>(place);
  const response = first.ok ? yield* session.get<Deployment>(place) : first;
  if (!response.ok) return statusFailure(response.status);
  const deployment = response.object;
  const listed = yield* session.list<ReplicaSet>(builtin('replicasets.apps'), {
    ...(place.namespace !== undefined && { namespace: place.namespace }),
    labelSelector: selectorText(deployment.spec?.selector),
  });
  const own = listed.filter((replicaSet) => controllerOf(replicaSet)?.uid === deployment.metadata.uid);
  return { deployment, replicaSets: own.sort((a, b) => revisionOf(a) - revisionOf(b)) };
}

function* history(session: Session, place: Place): Steps<Outcome> {
  const found = yield* revisions(session, place);
  if (isFailure(found)) return found;
  const rows = found.replicaSets.map((replicaSet) => {
    const cause = replicaSet.metadata.annotations?.['kubernetes.io/change-cause'] ?? '<none>';
    return `${revisionOf(replicaSet)}\t${cause}\n`;
  });
  const table = alignColumns(`REVISION\tCHANGE-CAUSE\n${rows.join('')}`, descriptionColumns);
  session.print('stdout', `deployment.apps/${place.name} \n${table}\n`);
  return undefined;
}

/** Annotations that belong to the Deployment or to one ReplicaSet and do not roll back. */
const ownAnnotations = new Set([
  lastAppliedKey,
  revisionKey,
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
]);

function* undo(session: Session, place: Place, flags: Flags): Steps<Outcome> {
  const found = yield* revisions(session, place);
  if (isFailure(found)) return found;
  const { deployment, replicaSets } = found;
  const wanted = Number(flags.text('to-revision') ?? 0);
  const target = wanted ? replicaSets.find((each) => revisionOf(each) === wanted) : replicaSets.at(-2);
  if (!target) {
    const why = wanted ? `unable to find specified revision ${wanted} in history` : 'no rollout history found';
    return textFailure(`${why}${wanted ? '' : ` for deployment "${place.name}"`}`);
  }
  if (deployment.metadata.annotations?.[lastAppliedKey] !== undefined) session.warn(notApplied(place));
  if (sameTemplate(target.spec?.template, deployment.spec?.template)) {
    session.out(
      `deployment.apps/${place.name} skipped rollback (current template already matches revision ${revisionOf(target)})`,
    );
    return undefined;
  }
  const patched = yield* session.patch<Deployment>(place, 'json', rollbackPatch(deployment, target));
  if (!patched.ok) return statusFailure(patched.status);
  session.out(`deployment.apps/${place.name} rolled back`);
  return undefined;
}

const notApplied = ({ resource, name }: Place) =>
  `resource ${resource.plural}/${name} was previously managed with 'kubectl apply'. Rolling back will not update the ${lastAppliedKey} annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.`;

function rollbackPatch(deployment: Deployment, target: ReplicaSet): unknown {
  const template = target.spec?.template;
  const { 'pod-template-hash': _, ...labels } = template?.metadata?.labels ?? {};
  const kept = deployment.metadata.annotations ?? {};
  const brought = target.metadata.annotations ?? {};
  const own = sortedKeys(kept).filter((key) => ownAnnotations.has(key));
  const rolledBack = sortedKeys(brought).filter((key) => !ownAnnotations.has(key));
  const annotations = Object.fromEntries([
    ...own.map((key) => [key, kept[key]] as const),
    ...rolledBack.map((key) => [key, brought[key]] as const),
  ]);
  return [
    { op: 'replace', path: '/spec/template', value: { ...template, metadata: { ...template?.metadata, labels } } },
    { op: 'replace', path: '/metadata/annotations', value: annotations },
  ];
}

function* restart(session: Session, place: Place): Steps<Outcome> {
  const response = yield* session.getNamed<Deployment>(place);
  if (!response.ok) return statusFailure(response.status);
  const annotations = { 'kubectl.kubernetes.io/restartedAt': session.kernel.timestamp() };
  const patch = { spec: { template: { metadata: { annotations } } } };
  const options = { fieldManager: 'kubectl-rollout' };
  const patched = yield* session.patch<Deployment>(place, 'strategic', patch, options);
  if (!patched.ok) return statusFailure(patched.status);
  session.out(`deployment.apps/${place.name} restarted`);
  return undefined;
}
