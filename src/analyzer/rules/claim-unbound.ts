// A claim that gets no volume: its StorageClass is not there, or it has none and no volume fits. Pods that use it wait.
import { linesOf } from '../lines.ts';
import {
  refOf,
  type Event,
  type KubeObject,
  type ObjectRef,
  type PersistentVolumeClaim,
  type StatefulSet,
} from '../../api/object.ts';
import type { Evidence, Finding, Rule } from '../finding.ts';
import { appliedKey, finalKey } from '../subject.ts';
import { isClassMissing, unboundText } from '../unbound-claim.ts';

/** A claim, and where it is written. */
interface WrittenClaim {
  readonly claim: PersistentVolumeClaim;
  readonly subject: ObjectRef;
  /** Of the claim's spec. */
  readonly path: string;
}

export const claimUnbound: Rule = {
  ids: ['claim-unbound'],
  find(evidence) {
    const claims = evidence.applied.flatMap((object) => writtenClaims(object, evidence.final));
    const open = claims.filter(({ claim }) => claim.status?.phase === 'Pending');
    if (open.length === 0) return [];
    const complaints = complaintsIn(evidence.trace);
    return open.flatMap((one) => findingOf(one, complaints, evidence) ?? []);
  },
};

/** Of a StatefulSet the claims of its first Pod speak for those of all. */
function writtenClaims(object: KubeObject, final: Evidence['final']): WrittenClaim[] {
  const own = final.get(appliedKey(object));
  if (own?.kind === 'PersistentVolumeClaim') {
    return [{ claim: own as PersistentVolumeClaim, subject: refOf(own), path: 'spec' }];
  }
  if (own?.kind !== 'StatefulSet') return [];
  const { metadata, spec } = own as StatefulSet;
  return (spec?.volumeClaimTemplates ?? []).flatMap((template, i) => {
    const name = `${template.metadata.name}-${metadata.name}-${spec?.ordinals?.start ?? 0}`;
    const claim = final.get(finalKey({ kind: 'PersistentVolumeClaim', name, namespace: metadata.namespace }));
    const path = `spec.volumeClaimTemplates[${i}].spec`;
    return claim ? [{ claim: claim as PersistentVolumeClaim, subject: refOf(own), path }] : [];
  });
}

interface Complaint {
  readonly message: string;
  readonly seq: number;
}

/** What the volume controller says of claims that it can do nothing for; of others it says that it waits. */
function complaintsIn(trace: Evidence['trace']): Map<string, Complaint> {
  const complaints = new Map<string, Complaint>();
  for (const entry of linesOf(trace, 'store')) {
    if (entry.change !== 'ADDED' || entry.object.kind !== 'Event') continue;
    const { involvedObject: about, reason, message = '' } = entry.object as Event;
    if (about?.kind !== 'PersistentVolumeClaim' || !(reason === 'FailedBinding' || isClassMissing(message))) continue;
    const { kind, namespace, name = '' } = about;
    complaints.set(finalKey({ kind, namespace, name }), { message, seq: entry.seq });
  }
  return complaints;
}

function findingOf(
  { claim, subject, path }: WrittenClaim,
  complaints: ReadonlyMap<string, Complaint>,
  { cluster }: Evidence,
): Finding | undefined {
  const complaint = complaints.get(finalKey(refOf(claim)));
  if (!complaint) return undefined;
  const lacksClass = isClassMissing(complaint.message);
  if (cluster.mayOmit(lacksClass ? 'storageclasses.storage.k8s.io' : 'persistentvolumes')) return undefined;
  const field = claim.spec?.storageClassName === undefined ? path : `${path}.storageClassName`;
  return {
    id: 'claim-unbound',
    severity: 'warning',
    subject,
    related: [],
    dependsOn: 'objects',
    field: { path: field },
    message: complaint.message,
    explanation: `The claim ${claim.metadata.name} ${unboundText(claim, lacksClass)}`,
    steps: [complaint.seq],
  };
}
