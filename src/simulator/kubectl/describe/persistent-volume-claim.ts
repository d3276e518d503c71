// `kubectl describe persistentvolumeclaim`, and the claim template of an ephemeral volume.
import type { ObjectMeta, PersistentVolumeClaim, PersistentVolumeClaimSpec, Pod } from '../../../api/object.ts';
import { compareBytes } from '../../../base/order.ts';
import { longTime } from '../human-duration.ts';
import type { Moment } from '../printing/table.ts';
import { accessModesText, quantityText } from '../printing/tables/cells.ts';
import { storageClassOf } from '../printing/tables/storage.ts';
import { builtin, describer, statusText, writeName } from './describer.ts';
import type { Description } from './description.ts';

export const persistentVolumeClaimDescriber = describer<PersistentVolumeClaim, readonly Pod[]>({
  *related(session, { metadata: { namespace = '' } }) {
    return yield* session.list<Pod>(builtin('pods'), { namespace });
  },
  write(description, claim, pods, moment) {
    writeName(description, claim);
    describeFullClaim(description, claim, moment);
    const users = pods.filter((pod) => uses(pod, claim)).map(({ metadata: { name = '' } }) => name);
    description.fields('Used By', users.sort(compareBytes));
    const conditions = claim.status?.conditions ?? [];
    if (conditions.length === 0) return;
    description.line('Conditions:');
    description.table(
      ['Type', 'Status', 'LastProbeTime', 'LastTransitionTime', 'Reason', 'Message'],
      conditions.map(({ type, status, lastProbeTime, lastTransitionTime, reason = '', message = '' }) => [
        `${type} `,
        `${status} `,
        `${longTime(lastProbeTime)} `,
        `${longTime(lastTransitionTime)} `,
        `${reason} `,
        message,
      ]),
      { LastProbeTime: 17 },
    );
  },
});

const uses = ({ spec }: Pod, { metadata }: PersistentVolumeClaim) =>
  spec?.volumes?.some(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === metadata.name);

function describeFullClaim(description: Description, claim: PersistentVolumeClaim, moment: Moment): void {
  const { metadata, spec = {}, status } = claim;
  const bound = Boolean(spec.volumeName);
  description.field('StorageClass', storageClassOf(claim));
  description.field('Status', statusText(claim, status?.phase, moment));
  description.field('Volume', spec.volumeName ?? '');
  description.labels('Labels', metadata.labels);
  description.annotations('Annotations', metadata.annotations);
  description.field('Finalizers', `[${(metadata.finalizers ?? []).join(' ')}]`);
  description.field('Capacity', bound ? quantityText(status?.capacity?.storage) : '');
  description.field('Access Modes', bound ? accessModesText(status?.accessModes) : '');
  describeMode(description, spec, 0);
}

/** A claim that does not exist yet: fields of its spec alone. */
export function describeClaim(
  description: Description,
  template: { readonly metadata?: ObjectMeta; readonly spec: PersistentVolumeClaimSpec },
  level: number,
): void {
  const { metadata = {}, spec } = template;
  description.field('StorageClass', storageClassOf({ metadata, spec }), level);
  description.field('Volume', spec.volumeName ?? '', level);
  description.labels('Labels', metadata.labels, level);
  description.annotations('Annotations', metadata.annotations, level);
  description.field('Capacity', '', level);
  description.field('Access Modes', '', level);
  describeMode(description, spec, level);
}

function describeMode(description: Description, spec: PersistentVolumeClaimSpec, level: number): void {
  if (spec.volumeMode) description.field('VolumeMode', spec.volumeMode, level);
  const { dataSource } = spec;
  if (!dataSource) return;
  description.line('DataSource:', level);
  if (dataSource.apiGroup) description.field('APIGroup', dataSource.apiGroup, level + 1);
  description.field('Kind', dataSource.kind, level + 1);
  description.field('Name', dataSource.name, level + 1);
}
