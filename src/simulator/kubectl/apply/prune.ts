// `kubectl apply --prune`: what was applied before and is not among what is applied now goes
// (k8s.io/kubectl/pkg/cmd/apply/prune.go and pkg/util/prune/prune.go).
import type { KubeObject } from '../../../api/object.ts';
import { resourceByQualifiedName, type ApiResource } from '../../../api/resources.ts';
import { compareBytes } from '../../../base/order.ts';
import type { Flags } from '../arguments.ts';
import type { Outcome } from '../command.ts';
import { textFailure, type Failure } from '../failure.ts';
import { formatMicroTime } from '../../kernel/time.ts';
import { mappingOf } from '../manifests/mapping.ts';
import type { PrintableObject } from '../printing/output.ts';
import type { Place, Session, Steps } from '../session.ts';
import type { ApplyOptions } from './apply-options.ts';
import { lastAppliedKey } from './last-applied.ts';

const byDefault =
  `configmaps endpoints persistentvolumeclaims pods replicationcontrollers secrets services jobs.batch cronjobs.batch
  ingresses.networking.k8s.io daemonsets.apps deployments.apps replicasets.apps statefulsets.apps namespaces persistentvolumes`.split(
    /\s+/,
  );

/** Why the flags do not go together with `--prune`. */
export function pruneProblem(flags: Flags): Outcome {
  if (flags.switched('force')) return textFailure('--force cannot be used with --prune');
  if (!flags.switched('all') && !flags.has('selector')) {
    return textFailure(
      'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector',
    );
  }
  if (!flags.switched('server-side')) return undefined;
  return textFailure("--prune is in alpha and doesn't currently work on objects created by server-side apply");
}

/** The resources that `--prune-allowlist` names, or those that kubectl looks through if it names none. */
export function* prunedResources(session: Session, flags: Flags): Steps<readonly ApiResource[] | Failure> {
  const asked = flags.list('prune-allowlist');
  if (asked.length === 0) return byDefault.flatMap((name) => resourceByQualifiedName(name) ?? []);
  const resources: ApiResource[] = [];
  for (const text of asked) {
    const [first, version = '', kind = '', ...more] = text.split('/');
    if (kind === '' || more.length > 0) {
      return textFailure(`invalid GroupVersionKind format: ${text}, please follow <group/version/kind>`);
    }
    const apiVersion = first === 'core' || first === '' ? version : `${first}/${version}`;
    const isMeant = (custom: ApiResource) => custom.kind === kind && `${custom.group}/${custom.version}` === apiVersion;
    const resource = mappingOf({ apiVersion, kind }) ?? (yield* session.customResource(isMeant));
    if (!resource) return textFailure(`no matches for kind "${kind}" in version "${apiVersion}"`);
    resources.push(resource);
  }
  return resources;
}

const soonNarrower =
  'Deprecated: kubectl apply will no longer prune non-namespaced resources by default when used with the --namespace flag in a future release. To preserve the current behaviour, list the resources you want to target explicitly in the --prune-allowlist flag.';

/** The head of a warning in kubectl's own log: day, time and process. */
function klogHead(now: number): string {
  const [, month, day, time] = /^\d+-(\d+)-(\d+)T(.*)Z$/.exec(formatMicroTime(now)) ?? [];
  return `W${month}${day} ${time}       1`;
}

/**
 * Deletes the objects with the annotation of an apply that are not among the applied: those of the namespaces that were applied to, and
 * those without a namespace. `report` tells of each.
 */
export function* prune(
  session: Session,
  resources: readonly ApiResource[],
  applied: readonly PrintableObject[],
  { dryRun }: ApplyOptions,
  flags: Flags,
  report: (pruned: Place) => void,
): Steps<Outcome> {
  if (!flags.has('prune-allowlist')) session.print('stderr', `${klogHead(session.now)} prune.go:71] ${soonNarrower}\n`);
  const kept = new Set(applied.map(({ object }) => object.metadata.uid));
  const given = flags.has('namespace') ? [flags.text('namespace')] : [];
  const visited = new Set([...given, ...applied.map(({ object }) => object.metadata.namespace)]);
  const namespaces = [...visited].filter((namespace) => namespace !== undefined).sort(compareBytes);
  const labelSelector = flags.text('selector');
  const namespaced = resources.filter((resource) => resource.namespaced);
  const clusterWide = resources.filter((resource) => !resource.namespaced);
  const scopes = [
    ...namespaces.flatMap((namespace) => namespaced.map((resource) => ({ resource, scope: { namespace } }))),
    ...clusterWide.map((resource) => ({ resource, scope: {} })),
  ];
  for (const { resource, scope } of scopes) {
    const doing = `error pruning ${resource.namespaced ? 'namespaced' : 'nonNamespaced'} object ${resource.group}/${resource.version}, Kind=${resource.kind}: `;
    const items = yield* session.list<KubeObject>(resource, { ...scope, ...(labelSelector && { labelSelector }) });
    for (const { metadata } of items) {
      if (metadata.annotations?.[lastAppliedKey] === undefined || kept.has(metadata.uid)) continue;
      const place = { resource, ...scope, name: metadata.name ?? '' };
      if (dryRun === 'none') {
        const response = yield* session.delete(place, { propagationPolicy: 'Background' });
        if (!response.ok) return textFailure(doing + response.status.message);
      }
      report(place);
    }
  }
  return undefined;
}
