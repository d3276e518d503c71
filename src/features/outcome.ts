// How an applied object stands at the end of a run: a verdict, and a few words.
import type {
  ContainerStatus,
  DaemonSet,
  Deployment,
  Job,
  KubeObject,
  ObjectRef,
  Pod,
  ReplicaSet,
  Service,
} from '../api/object.ts';
import { keyOf, refOf } from '../api/object.ts';
import { qualifiedName, resourceOfKind } from '../api/resources.ts';
import type { Verdict } from '../protocol/panel.ts';
import type { Simulation } from '../simulator/index.ts';

export interface Outcome {
  readonly object: ObjectRef;
  /** By the object's own state, whatever the findings say besides. */
  readonly verdict: Verdict;
  /** `Running on worker-1`, `Pending`, `3/3 ready`; undefined for kinds that only exist. */
  readonly says: string | undefined;
}

type State = Omit<Outcome, 'object'>;

/** How applied objects stand. */
export function outcomesOf(
  applied: readonly KubeObject[],
  simulation: Pick<Simulation, 'objects' | 'trace'>,
): Outcome[] {
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
    return { object: refOf(given), ...(found ? stateOf(found) : stateOfNone(given, simulation)) };
  });
}

/** An object that is not there at the end: it never was, or somebody has deleted it since. */
function stateOfNone(given: KubeObject, { trace }: Pick<Simulation, 'trace'>): State {
  const isThis = ({ kind, metadata }: KubeObject) => kind === given.kind && keyOf({ metadata }) === keyOf(given);
  const was = trace.some((entry) => entry.type === 'store' && isThis(entry.object));
  return was ? { verdict: 'failing', says: 'deleted' } : { verdict: 'refused', says: 'not created' };
}

function stateOf(object: KubeObject): State {
  switch (object.kind) {
    case 'Pod':
      return stateOfPod(object as Pod);
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
    case 'ReplicationController': {
      const { spec, status } = object as Deployment | ReplicaSet;
      return replicas(status?.readyReplicas ?? 0, spec?.replicas ?? 1);
    }
    case 'DaemonSet': {
      const { status } = object as DaemonSet;
      return replicas(status?.numberReady ?? 0, status?.desiredNumberScheduled ?? 0);
    }
    case 'Job':
      return stateOfJob(object as Job);
    case 'Service': {
      const { clusterIP } = (object as Service).spec ?? {};
      return { verdict: 'running', says: clusterIP === 'None' ? 'headless' : clusterIP && `at ${clusterIP}` };
    }
    default:
      return { verdict: 'running', says: undefined };
  }
}

const replicas = (ready: number, wanted: number): State => ({
  verdict: ready >= wanted ? 'running' : 'pending',
  says: `${ready}/${wanted} ready`,
});

function stateOfJob({ spec, status }: Job): State {
  const has = (type: string) =>
    status?.conditions?.some((condition) => condition.type === type && condition.status === 'True');
  if (has('Failed')) return { verdict: 'failing', says: 'Failed' };
  if (has('Complete')) return { verdict: 'running', says: 'Complete' };
  const failed = status?.failed ? `, ${status.failed} failed` : '';
  if (status?.active) return { verdict: 'running', says: `${status.active} active${failed}` };
  return { verdict: 'pending', says: `${spec?.suspend ? 'suspended' : 'waiting'}${failed}` };
}

function stateOfPod({ spec, status }: Pod): State {
  const where = spec?.nodeName ? ` on ${spec.nodeName}` : '';
  const phase = status?.phase ?? 'Pending';
  const statuses = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const waiting = statuses.map(reasonOf).find((reason) => reason !== undefined && reason !== 'PodInitializing');
  const isReady = status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'True';
  const detail = waiting ?? (phase === 'Running' && !isReady ? 'not ready' : undefined);
  return {
    verdict: verdictOfPod(phase, isReady, waiting),
    says: `${phase}${where}${detail ? `, ${detail}` : ''}`,
  };
}

function verdictOfPod(phase: string, isReady: boolean, waiting: string | undefined): Verdict {
  if (phase === 'Succeeded' || (phase === 'Running' && isReady)) return 'running';
  if (phase !== 'Pending') return 'failing';
  return waiting === undefined || waiting === 'ContainerCreating' ? 'pending' : 'failing';
}

const reasonOf = ({ state }: ContainerStatus) => state?.waiting?.reason;
