// Pods must keep to the Pod Security Standard that their namespace's labels name; of workloads it is only warned
// (k8s.io/pod-security-admission/admission, Kubernetes 1.36). What is audited goes to a log nobody reads here.
import { invalidStatus } from '../../../../api/field-error.ts';
import type { Namespace, Pod } from '../../../../api/object.ts';
import { deepEqual } from '../../../../base/json.ts';
import type { ClusterReader } from '../../registry/reader.ts';
import { isPod, refuse, type AdmissionPlugin, type AdmissionRequest, type AdmissionVerdict } from '../plugin.ts';
import type { PodLike } from './check.ts';
import { detailText, violationsOf } from './evaluate.ts';
import { existingPodWarnings } from './existing-pods.ts';
import { compareLevels, levelVersionText, policyOf, sameLevelVersion } from './policy.ts';

interface Workload {
  readonly template?: PodLike;
  readonly spec?: {
    readonly template?: PodLike;
    readonly jobTemplate?: { readonly spec?: { readonly template?: PodLike } };
  };
}

type TemplateOf = (workload: Workload) => PodLike | undefined;

const inSpec: TemplateOf = ({ spec }) => spec?.template;

const templates: Readonly<Record<string, TemplateOf>> = {
  podtemplates: ({ template }) => template,
  replicationcontrollers: inSpec,
  'replicasets.apps': inSpec,
  'deployments.apps': inSpec,
  'daemonsets.apps': inSpec,
  'statefulsets.apps': inSpec,
  'jobs.batch': inSpec,
  'cronjobs.batch': ({ spec }) => spec?.jobTemplate?.spec?.template,
};

function podOf(request: AdmissionRequest): PodLike | undefined {
  if (isPod(request)) return request.object as Partial<Pod> as PodLike;
  return templates[request.resourceName]?.(request.object as Workload);
}

/** Of an update only images, and containers that were not there, are looked at. */
function isSignificant(pod: Pod, old: Pod): boolean {
  const images = ({ spec }: Pod) =>
    [spec?.containers, spec?.initContainers].map((list) => list?.map(({ image }) => image) ?? []);
  if (!deepEqual(images(pod), images(old))) return true;
  return (pod.spec?.ephemeralContainers ?? []).some(({ name, image }) => {
    const before = old.spec?.ephemeralContainers?.find((container) => container.name === name);
    return before?.image !== image;
  });
}

function admitPod(request: AdmissionRequest, reader: ClusterReader): AdmissionVerdict {
  const pod = podOf(request);
  if (!pod?.spec) return undefined;
  if (isPod(request) && request.old && !isSignificant(request.object as Pod, request.old as Pod)) return undefined;
  const { policy } = policyOf(reader.get<Namespace>('namespaces', undefined, request.namespace ?? '')?.metadata.labels);
  if (isPod(request)) {
    const forbidden = violationsOf(pod, policy.enforce);
    if (forbidden.length > 0) {
      return refuse(request, `violates PodSecurity "${levelVersionText(policy.enforce)}": ${detailText(forbidden)}`);
    }
  }
  const warned = violationsOf(pod, policy.warn);
  if (warned.length === 0) return undefined;
  return { warnings: [`would violate PodSecurity "${levelVersionText(policy.warn)}": ${detailText(warned)}`] };
}

/** Labels must be readable; where Pods must keep to more than before, those that exist are looked at. */
function admitNamespace({ resource, object, old }: AdmissionRequest, reader: ClusterReader): AdmissionVerdict {
  const { policy, errors } = policyOf(object.metadata.labels);
  const before = old && policyOf(old.metadata.labels);
  const name = object.metadata.name ?? '';
  if (errors.length > 0 && !(before && deepEqual(errors, before.errors))) {
    return { refusal: invalidStatus(resource, name, errors) };
  }
  if (!before || sameLevelVersion(policy.enforce, before.policy.enforce)) return undefined;
  const [now, then] = [policy.enforce, before.policy.enforce];
  if (now.minor === then.minor && compareLevels(now.level, then.level) < 1) return undefined;
  const warnings = existingPodWarnings(name, now, reader);
  return warnings.length > 0 ? { warnings } : undefined;
}

export const podSecurity: AdmissionPlugin = {
  name: 'PodSecurity',
  resources: ['pods', 'namespaces', ...Object.keys(templates)],
  validate(request, { reader }) {
    const { operation, resourceName, subresource } = request;
    if (operation === 'DELETE' || subresource) return undefined;
    return resourceName === 'namespaces' ? admitNamespace(request, reader) : admitPod(request, reader);
  },
};
