// Which kinds have rules: one line a kind. What is not in the list is unknown, never valid.
import { checkDaemonSet, checkDaemonSetUpdate } from './apps/daemon-set.ts';
import { checkDeployment, checkDeploymentUpdate, checkReplicaSet, checkReplicaSetUpdate } from './apps/deployment.ts';
import { checkStatefulSet, checkStatefulSetUpdate } from './apps/stateful-set.ts';
import { autoscalerRules } from './autoscaling/horizontal-pod-autoscaler.ts';
import { cronJobRules } from './batch/cron-job.ts';
import { jobRules } from './batch/job.ts';
import {
  checkConfigMap,
  checkConfigMapUpdate,
  checkNamespace,
  checkNamespaceUpdate,
  checkServiceAccount,
  checkServiceAccountUpdate,
} from './core/configuration.ts';
import { podTemplateRules } from './core/pod-template.ts';
import { replicationControllerRules } from './core/replication-controller.ts';
import { checkSecret, checkSecretUpdate, unmodelledOfSecret } from './core/secret.ts';
import { checkService, checkServiceUpdate } from './core/service.ts';
import { ingressClassRules } from './networking/ingress-class.ts';
import { ingressRules } from './networking/ingress.ts';
import { networkPolicyRules } from './networking/network-policy.ts';
import { disruptionBudgetRules } from './policy/pod-disruption-budget.ts';
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
  'v1 PodTemplate': podTemplateRules,
  'v1 ReplicationController': replicationControllerRules,
  'apps/v1 Deployment': { create: checkDeployment, update: checkDeploymentUpdate, unmodelled: template },
  'apps/v1 ReplicaSet': { create: checkReplicaSet, update: checkReplicaSetUpdate, unmodelled: template },
  'apps/v1 DaemonSet': { create: checkDaemonSet, update: checkDaemonSetUpdate, unmodelled: template },
  'apps/v1 StatefulSet': { create: checkStatefulSet, update: checkStatefulSetUpdate, unmodelled: template },
  'autoscaling/v2 HorizontalPodAutoscaler': autoscalerRules,
  'batch/v1 CronJob': cronJobRules,
  'batch/v1 Job': jobRules,
  'networking.k8s.io/v1 Ingress': ingressRules,
  'networking.k8s.io/v1 IngressClass': ingressClassRules,
  'networking.k8s.io/v1 NetworkPolicy': networkPolicyRules,
  'policy/v1 PodDisruptionBudget': disruptionBudgetRules,
};

export function rulesOf(apiVersion: string, kind: string): KindRules | undefined {
  return rules[`${apiVersion} ${kind}`];
}
