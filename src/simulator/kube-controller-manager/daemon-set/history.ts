// Which revision a DaemonSet's Pods are to have (constructHistory in update.go).
import type { ControllerRevision, DaemonSet, Pod } from '../../../api/object.ts';
import { podTemplateHash } from '../../../api/template-hash.ts';
import { deleteRevision, keepsTemplate, targetOf, templatePatch, updateRevision } from '../controller-history.ts';
import { failSync, succeeded, type ControllerContext } from '../controller.ts';
import { controllerReference } from '../owner-reference.ts';
import { revisionLabel } from './placement.ts';

export interface History {
  readonly current: ControllerRevision;
  readonly old: readonly ControllerRevision[];
}

/** `known`: the DaemonSet's revisions, oldest first. Undefined: what its template is called cannot be told. */
export function historyOf(
  context: ControllerContext,
  daemonSet: DaemonSet,
  known: readonly ControllerRevision[],
): History | undefined {
  const template = daemonSet.spec?.template ?? {};
  const old = known.filter((revision) => !keepsTemplate(revision, template));
  const next = Math.max(0, ...old.map(({ revision }) => revision)) + 1;
  const found = known.filter((revision) => keepsTemplate(revision, template)).at(-1);
  if (!found) {
    const current = create(context, daemonSet, next);
    return current && { current, old };
  }
  const current = found.revision < next ? succeeded(updateRevision(context, { ...found, revision: next })) : found;
  return { current, old };
}

/** snapshot: a name that another template has is not made again, but counted as a collision. */
function create(context: ControllerContext, daemonSet: DaemonSet, revision: number): ControllerRevision | undefined {
  const { client } = context;
  const template = daemonSet.spec?.template ?? {};
  const { namespace = '', name = '', annotations } = daemonSet.metadata;
  const hash = podTemplateHash(template, daemonSet.status?.collisionCount);
  if (hash === undefined) return undefined;
  const body: ControllerRevision = {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: `${name}-${hash}`,
      namespace,
      labels: { ...template.metadata?.labels, [revisionLabel]: hash },
      ...(annotations && { annotations }),
      ownerReferences: [controllerReference(daemonSet)],
    },
    data: templatePatch(template),
    revision,
  };
  const response = client.create<ControllerRevision>({ resource: 'controllerrevisions.apps', namespace }, body);
  if (response.ok || response.status.reason !== 'AlreadyExists') return succeeded(response);
  const existing = succeeded(client.get<ControllerRevision>(targetOf(body)));
  if (keepsTemplate(existing, template)) return existing;
  const target = { resource: 'daemonsets.apps', namespace, name };
  const current = succeeded(client.get<DaemonSet>(target));
  const status = { ...current.status, collisionCount: (current.status?.collisionCount ?? 0) + 1 };
  succeeded(client.update({ ...target, subresource: 'status' }, { ...current, status }));
  failSync(response.status);
}

/** cleanupHistory: revisions beyond the limit go, the oldest first, unless a Pod still has one. */
export function cleanUp(
  context: ControllerContext,
  daemonSet: DaemonSet,
  old: readonly ControllerRevision[],
  pods: readonly Pod[],
): void {
  const surplus = old.length - (daemonSet.spec?.revisionHistoryLimit ?? 10);
  if (surplus <= 0) return;
  const live = new Set(pods.map(({ metadata }) => metadata.labels?.[revisionLabel]));
  const unused = old.filter(({ metadata }) => !live.has(metadata.labels?.[revisionLabel]));
  for (const revision of unused.slice(0, surplus)) succeeded(deleteRevision(context, revision));
}
