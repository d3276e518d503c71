// How an applied object stands at the end of a run, in a few words.
import type { ContainerStatus, Deployment, KubeObject, ObjectRef, Pod, ReplicaSet, Service } from '../api/object.ts';
import { keyOf, refOf } from '../api/object.ts';
import { qualifiedName, resourceOfKind } from '../api/resources.ts';
import type { Simulation } from '../simulator/index.ts';

export interface Outcome {
  readonly object: ObjectRef;
  /** `Running on worker-1`, `Pending`, `3/3 ready`; undefined for kinds that only exist. */
  readonly says: string | undefined;
}

/** How applied objects stand. */
export function outcomesOf(applied: readonly KubeObject[], simulation: Pick<Simulation, 'objects'>): Outcome[] {
  const stored = new Map<string, Map<string, KubeObject>>();
  const ofResource = (resource: string) => {
    const known =
      stored.get(resource) ?? new Map(simulation.objects(resource).map((object) => [keyOf(object), object]));
    stored.set(resource, known);
    return known;
  };
  return applied.map((given) => {
    const resource = resourceOfKind(given.apiVersion, given.kind);
    const found = resource && ofResource(qualifiedName(resource)).get(keyOf(given));
    return { object: refOf(given), says: found ? sayOf(found) : 'not created' };
  });
}

function sayOf(object: KubeObject): string | undefined {
  switch (object.kind) {
    case 'Pod':
      return sayOfPod(object as Pod);
    case 'Deployment':
    case 'ReplicaSet': {
      const { spec, status } = object as Deployment | ReplicaSet;
      return `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 1} ready`;
    }
    case 'Service': {
      const { clusterIP } = (object as Service).spec ?? {};
      return clusterIP === 'None' ? 'headless' : clusterIP && `at ${clusterIP}`;
    }
    default:
      return undefined;
  }
}

function sayOfPod({ spec, status }: Pod): string {
  const where = spec?.nodeName ? ` on ${spec.nodeName}` : '';
  const statuses = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const waiting = statuses.map(reasonOf).find((reason) => reason !== undefined && reason !== 'PodInitializing');
  const isReady = status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'True';
  const detail = waiting ?? (status?.phase === 'Running' && !isReady ? 'not ready' : undefined);
  return `${status?.phase ?? 'Pending'}${where}${detail ? `, ${detail}` : ''}`;
}

const reasonOf = ({ state }: ContainerStatus) => state?.waiting?.reason;
