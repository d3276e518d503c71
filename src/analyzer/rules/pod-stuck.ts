// A Pod has its node and still does not become ready: a volume, the sandbox or a probe fails, and the kubelet says so in Events.
import { isTerminalPhase } from '../../api/pod-phase.ts';
import type { Pod } from '../../api/object.ts';
import { refOf } from '../../api/object.ts';
import type { Evidence, Finding, Rule, Warning } from '../finding.ts';
import { missingForVolumes } from '../missing-reference.ts';
import { attribute, finalKey } from '../subject.ts';

type Trouble = Pick<Finding, 'id' | 'explanation' | 'dependsOn'> & { readonly path: string };

/** Reasons of Events, as the kubelet sets them. */
const troubles: Readonly<Record<string, (pod: Pod, warning: Warning) => Trouble>> = {
  FailedMount: volume,
  FailedAttachVolume: volume,
  FailedCreatePodSandBox: () => ({
    id: 'pod-sandbox',
    path: 'spec',
    dependsOn: 'objects',
    explanation: 'The node cannot make the sandbox of the Pod, so none of its containers starts.',
  }),
  Unhealthy: probe,
};

export const podStuck: Rule = {
  ids: ['volume-mount', 'pod-sandbox', 'probe'],
  find: (evidence) => {
    return [...evidence.final.values()].flatMap((object) => {
      if (object.kind !== 'Pod' || !isStuck(object as Pod)) return [];
      return findingOf(object as Pod, evidence.warnings.get(finalKey(refOf(object))) ?? [], evidence) ?? [];
    });
  },
};

function isStuck({ status, spec }: Pod): boolean {
  if (!spec?.nodeName || isTerminalPhase(status?.phase)) return false;
  return status?.conditions?.find(({ type }) => type === 'Ready')?.status !== 'True';
}

/** The first complaint says most; those that follow are mostly of its consequences. */
function findingOf(pod: Pod, warnings: readonly Warning[], evidence: Evidence): Finding | undefined {
  const warning = warnings.find(({ reason }) => Object.hasOwn(troubles, reason));
  const trouble = warning && troubles[warning.reason]?.(pod, warning);
  if (!trouble) return undefined;
  const { subject, path } = attribute(pod, evidence);
  const { path: own, ...rest } = trouble;
  return {
    ...rest,
    severity: 'error',
    subject,
    related: [],
    field: { path: path(own) },
    message: warning.message,
    steps: [warning.seq],
  };
}

function volume(pod: Pod, { message }: Warning): Trouble {
  const missing = missingForVolumes(message, pod);
  return {
    id: 'volume-mount',
    path: missing?.path ?? 'spec.volumes',
    dependsOn: 'objects',
    explanation: missing
      ? `The Pod waits for ${missing.what}, which is not there: create it, or correct the name.`
      : 'The Pod waits until its volumes can be mounted.',
  };
}

const probes: Readonly<Record<string, string>> = {
  Readiness: 'readinessProbe',
  Liveness: 'livenessProbe',
  Startup: 'startupProbe',
};

function probe(pod: Pod, { message, fieldPath }: Warning): Trouble {
  const [, list = 'containers', name = ''] = /^spec\.(\w+)\{(.*)\}$/.exec(fieldPath) ?? [];
  const containers = (list === 'initContainers' ? pod.spec?.initContainers : pod.spec?.containers) ?? [];
  const field = probes[message.split(' ')[0] ?? ''];
  const index = containers.findIndex((container) => container.name === name);
  const path = index < 0 ? 'spec' : `spec.${list}[${index}]${field ? `.${field}` : ''}`;
  const explanation = `Container ${name} does not answer its ${field ?? 'probe'}, so the Pod does not become ready: check port and path, and how long it needs to start.`;
  return { id: 'probe', path, explanation };
}
