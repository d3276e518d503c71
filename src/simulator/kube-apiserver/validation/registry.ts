// Which kinds have rules: one line a kind. What is not in the list is unknown, never valid.
import { checkDaemonSet, checkDaemonSetUpdate } from './apps/daemon-set.ts';
import { checkDeployment, checkDeploymentUpdate, checkReplicaSet, checkReplicaSetUpdate } from './apps/deployment.ts';
import { checkStatefulSet } from './apps/stateful-set.ts';
import {
  checkConfigMap,
  checkConfigMapUpdate,
  checkNamespace,
  checkNamespaceUpdate,
  checkServiceAccount,
  checkServiceAccountUpdate,
} from './core/configuration.ts';
import { checkSecret, checkSecretUpdate, unmodelledOfSecret } from './core/secret.ts';
import { checkService, checkServiceUpdate } from './core/service.ts';
import { checkPodCreate } from './pod/pod.ts';
import { checkPodUpdate } from './pod/pod-update.ts';
import { unmodelledOfPod, unmodelledOfTemplate } from './pod/unmodelled.ts';
import type { KindRules } from './validation.ts';

const template = unmodelledOfTemplate('spec.template');

const rules: Readonly<Record<string, KindRules>> = {
  'v1 Pod': { create: checkPodCreate, update: checkPodUpdate, unmodelled: unmodelledOfPod },
  'v1 Service': { create: checkService, update: checkServiceUpdate },
  'v1 ConfigMap': { create: checkConfigMap, update: checkConfigMapUpdate },
  'v1 Secret': { create: checkSecret, update: checkSecretUpdate, unmodelled: unmodelledOfSecret },
  'v1 Namespace': { create: checkNamespace, update: checkNamespaceUpdate },
  'v1 ServiceAccount': { create: checkServiceAccount, update: checkServiceAccountUpdate },
  'apps/v1 Deployment': { create: checkDeployment, update: checkDeploymentUpdate, unmodelled: template },
  'apps/v1 ReplicaSet': { create: checkReplicaSet, update: checkReplicaSetUpdate, unmodelled: template },
  'apps/v1 DaemonSet': { create: checkDaemonSet, update: checkDaemonSetUpdate, unmodelled: template },
  'apps/v1 StatefulSet': { create: checkStatefulSet, unmodelled: template },
};

export function rulesOf(apiVersion: string, kind: string): KindRules | undefined {
  return rules[`${apiVersion} ${kind}`];
}
