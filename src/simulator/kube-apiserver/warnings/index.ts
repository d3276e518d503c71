// What the server lets pass, but warns of in a header of its answer: one line a kind. kubectl prints it as `Warning: …`.
import type {
  DaemonSet,
  KubeObject,
  Node,
  Pod,
  PodTemplate,
  ReplicationController,
  ResourceSlice,
  RuntimeClass,
  Secret,
  ServiceAccount,
} from '../../../api/object.ts';
import { FieldPath } from '../../../api/field-path.ts';
import { quote } from '../../../api/go-text.ts';
import { blockWarnings } from './address.ts';
import { certificateWarnings } from './certificate.ts';
import { definitionWarnings, newDefinitionWarnings } from './definition.ts';
import {
  endpointsWarnings,
  endpointSliceWarnings,
  ingressWarnings,
  networkPolicyWarnings,
  newEndpointSliceWarnings,
} from './networking.ts';
import { deprecatedNodeLabels } from './node-labels.ts';
import { podWarnings } from './pod.ts';
import { newQuotaWarnings } from './quota.ts';
import { serviceWarnings } from './service.ts';
import {
  claimObjectWarnings,
  driverWarnings,
  newDriverWarnings,
  storageCapacityWarnings,
  storageClassWarnings,
  volumeObjectWarnings,
} from './storage.ts';
import {
  cronJobWarnings,
  isOther,
  jobWarnings,
  nameWarnings,
  newCronJobWarnings,
  newJobWarnings,
  newStatefulSetWarnings,
  newWorkloadWarnings,
  statefulSetWarnings,
  templateWarnings,
} from './workloads.ts';

interface Warnings {
  /** About a new object (WarningsOnCreate). */
  create(object: never): string[];
  /** About one that replaces an older one (WarningsOnUpdate). */
  update(object: never, old: never): string[];
}

const nothing = (): string[] => [];

/** The same is told of every version of an object. */
const always = (warn: (object: never) => string[]): Warnings => ({ create: warn, update: warn });

const ofNew = (create: (object: never) => string[]): Warnings => ({ create, update: nothing });

interface Templated extends KubeObject {
  readonly spec?: DaemonSet['spec'];
}

/** Of an update nothing is told but what the template gives cause for, if something else is desired now. */
const changed = (object: Templated, old: Templated) =>
  isOther(object, old) ? templateWarnings(object.spec?.template) : [];

const podTemplatePath = FieldPath.of('template');

const warnings: Readonly<Record<string, Warnings>> = {
  // programs change Pods often
  'v1 Pod': ofNew((pod: Pod) => [
    ...nameWarnings(pod, "the Pod's hostname"),
    ...podWarnings(pod.metadata, pod.spec, undefined),
  ]),
  'v1 Endpoints': always(endpointsWarnings),
  'v1 Node': always(nodeWarnings),
  'v1 PersistentVolume': always(volumeObjectWarnings),
  'v1 PersistentVolumeClaim': always(claimObjectWarnings),
  'v1 PodTemplate': {
    create: ({ template }: PodTemplate) => templateWarnings(template, podTemplatePath),
    update: (object: PodTemplate, old: PodTemplate) =>
      isOther(object, old) ? templateWarnings(object.template, podTemplatePath) : [],
  },
  'v1 ReplicationController': {
    create: newWorkloadWarnings,
    // the server takes one template for the other
    update: (object: ReplicationController, old: ReplicationController) =>
      isOther(object, old) ? templateWarnings(old.spec?.template) : [],
  },
  'v1 ResourceQuota': ofNew(newQuotaWarnings),
  'v1 Secret': always((secret: Secret) => certificateWarnings(secret)),
  'v1 Service': always(serviceWarnings),
  'v1 ServiceAccount': {
    create: accountWarnings,
    update: (account: ServiceAccount, old: ServiceAccount) => (isRestricted(old) ? [] : accountWarnings(account)),
  },
  'apiextensions.k8s.io/v1 CustomResourceDefinition': { create: newDefinitionWarnings, update: definitionWarnings },
  'apps/v1 DaemonSet': { create: ({ spec }: DaemonSet) => templateWarnings(spec?.template), update: changed },
  'apps/v1 Deployment': { create: newWorkloadWarnings, update: changed },
  'apps/v1 ReplicaSet': { create: newWorkloadWarnings, update: changed },
  'apps/v1 StatefulSet': { create: newStatefulSetWarnings, update: statefulSetWarnings },
  'batch/v1 CronJob': { create: newCronJobWarnings, update: cronJobWarnings },
  'batch/v1 Job': { create: newJobWarnings, update: jobWarnings },
  'discovery.k8s.io/v1 EndpointSlice': { create: newEndpointSliceWarnings, update: endpointSliceWarnings },
  'networking.k8s.io/v1 Ingress': ofNew(ingressWarnings),
  'networking.k8s.io/v1 NetworkPolicy': always(networkPolicyWarnings),
  'node.k8s.io/v1 RuntimeClass': always(runtimeClassWarnings),
  'resource.k8s.io/v1 ResourceSlice': always(sliceWarnings),
  'storage.k8s.io/v1 CSIDriver': { create: newDriverWarnings, update: driverWarnings },
  'storage.k8s.io/v1 CSIStorageCapacity': always(storageCapacityWarnings),
  'storage.k8s.io/v1 StorageClass': always(storageClassWarnings),
};

function nodeWarnings({ spec }: Node): string[] {
  const externalId = 'spec.externalID: this field is deprecated, and is unused by Kubernetes';
  return [
    ...(spec?.externalID ? [externalId] : []),
    ...(spec?.podCIDRs ?? []).flatMap((block, i) => blockWarnings(block, `spec.podCIDRs[${i}]`)),
  ];
}

const restricting = 'kubernetes.io/enforce-mountable-secrets';
const isRestricted = ({ metadata }: ServiceAccount) => metadata.annotations?.[restricting] !== undefined;

function accountWarnings(account: ServiceAccount): string[] {
  const advice = 'prefer separate namespaces to isolate access to mounted secrets';
  return isRestricted(account) ? [`metadata.annotations[${restricting}]: deprecated in v1.32+; ${advice}`] : [];
}

function sliceWarnings({ spec: { driver } }: ResourceSlice): string[] {
  const text = `driver names should be lowercase; ${quote(driver)} contains uppercase characters`;
  return driver === driver.toLowerCase() ? [] : [`spec.driver: ${text}`];
}

function runtimeClassWarnings({ scheduling }: RuntimeClass): string[] {
  return Object.keys(scheduling?.nodeSelector ?? {}).flatMap((label) => {
    const advice = deprecatedNodeLabels[label];
    return advice ? [`scheduling.nodeSelector: ${advice}`] : [];
  });
}

/** The warnings about a new object that is valid, in the server's order. */
export function warningsOfCreate(object: KubeObject): readonly string[] {
  return warnings[`${object.apiVersion} ${object.kind}`]?.create(object as never) ?? [];
}

/** The same for an object that replaces an older one. */
export function warningsOfUpdate(object: KubeObject, old: KubeObject): readonly string[] {
  return warnings[`${object.apiVersion} ${object.kind}`]?.update(object as never, old as never) ?? [];
}
