// What the server lets pass, but warns of in a header of its answer: one line a kind. kubectl prints it as `Warning: …`.
import type {
  CronJob,
  DaemonSet,
  Deployment,
  Job,
  KubeObject,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  PodTemplateSpec,
  ReplicaSet,
  Secret,
  StatefulSet,
} from '../../../api/object.ts';
import { FieldPath } from '../../../api/field-path.ts';
import { dns1123LabelProblems } from '../../../api/names.ts';
import { claimWarnings } from './claim.ts';
import { certificateWarnings } from './certificate.ts';
import { podWarnings } from './pod.ts';
import { serviceWarnings } from './service.ts';

type Warn = (object: never) => string[];

const spec = FieldPath.of('spec');

/** A name that is no DNS label is a bad hostname. `used`: what the name is used in. */
function nameWarnings({ metadata: { name = '' } }: KubeObject, used: string): string[] {
  const problems = dns1123LabelProblems(name);
  if (!problems.length) return [];
  const advice = 'which can result in surprising behavior; a DNS label is recommended';
  return [`metadata.name: this is used in ${used}, ${advice}: [${problems.join(' ')}]`];
}

const ofTemplate = (template: PodTemplateSpec | undefined, path: FieldPath) =>
  template ? podWarnings(template.metadata ?? {}, template.spec, path) : [];

const podNames = 'Pod names and hostnames';

const warnings: ReadonlyMap<string, Warn> = new Map<string, Warn>([
  [
    'v1 Pod',
    (pod: Pod) => [...nameWarnings(pod, "the Pod's hostname"), ...podWarnings(pod.metadata, pod.spec, undefined)],
  ],
  ['v1 Service', serviceWarnings],
  ['v1 Secret', (secret: Secret) => certificateWarnings(secret)],
  ['v1 PersistentVolumeClaim', (claim: PersistentVolumeClaim) => claimWarnings(claim.spec, spec)],
  [
    'v1 PersistentVolume',
    ({ spec: volume }: PersistentVolume) => (volume?.persistentVolumeReclaimPolicy === 'Recycle' ? [recycling] : []),
  ],
  ['v1 Node', ({ spec: node }: Node) => (node?.externalID ? [externalId] : [])],
  ['apps/v1 Deployment', (workload: Deployment) => namedWarnings(workload, workload.spec?.template)],
  ['apps/v1 ReplicaSet', (workload: ReplicaSet) => namedWarnings(workload, workload.spec?.template)],
  ['apps/v1 DaemonSet', (workload: DaemonSet) => ofTemplate(workload.spec?.template, templatePath)],
  ['apps/v1 StatefulSet', statefulSetWarnings],
  ['batch/v1 Job', (job: Job) => namedWarnings(job, job.spec?.template)],
  ['batch/v1 CronJob', cronJobWarnings],
]);

const templatePath = spec.child('template');
const recycling =
  'spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.';
const externalId = 'spec.externalID: this field is deprecated, and is unused by Kubernetes';

function namedWarnings(object: KubeObject, template: PodTemplateSpec | undefined): string[] {
  return [...nameWarnings(object, podNames), ...ofTemplate(template, templatePath)];
}

function statefulSetWarnings({ spec: given }: StatefulSet): string[] {
  if (!given) return [];
  const { volumeClaimTemplates = [], revisionHistoryLimit = 0 } = given;
  const found = ofTemplate(given.template, templatePath);
  volumeClaimTemplates.forEach((claim, i) =>
    found.push(...claimWarnings(claim.spec, spec.child('volumeClaimTemplates').index(i))),
  );
  if (revisionHistoryLimit < 0) {
    const advice = 'a negative value retains all historical revisions; a value >= 0 is recommended';
    found.push(`spec.revisionHistoryLimit: ${advice}`);
  }
  return found;
}

function cronJobWarnings(cronJob: CronJob): string[] {
  const template = cronJob.spec?.jobTemplate?.spec?.template;
  return [...nameWarnings(cronJob, podNames), ...ofTemplate(template, spec.child('jobTemplate', 'spec', 'template'))];
}

/** Kinds that have a template: an update is warned of only where it changes what is desired, and not because of the name. */
const withTemplates = new Set(['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job', 'CronJob']);

/** The warnings about a new object that is valid, in the server's order (WarningsOnCreate of pkg/registry, Kubernetes 1.36). */
export function warningsOfCreate(object: KubeObject): readonly string[] {
  return warnings.get(`${object.apiVersion} ${object.kind}`)?.(object as never) ?? none;
}

/** The same for an object that replaces an older one (WarningsOnUpdate). Of Pods nothing is told: programs change them often. */
export function warningsOfUpdate(object: KubeObject, old: KubeObject): readonly string[] {
  if (object.kind === 'Pod') return none;
  if (!withTemplates.has(object.kind)) return warningsOfCreate(object);
  if (object.metadata.generation === old.metadata.generation) return none;
  return warningsOfCreate(object).filter((text) => !text.startsWith('metadata.name: '));
}

const none: readonly string[] = [];
