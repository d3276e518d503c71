// Every rule there is. A new finding is one file in rules/, one test, and one line here.
import type { Rule } from './finding.ts';
import { autoscalerTarget } from './rules/autoscaler-target.ts';
import { claimUnbound } from './rules/claim-unbound.ts';
import { containerWaiting } from './rules/container-waiting.ts';
import { ingress } from './rules/ingress.ts';
import { jobFailed } from './rules/job-failed.ts';
import { kubectlRefusal } from './rules/kubectl-refusal.ts';
import { nodeName } from './rules/node-name.ts';
import { notConverged } from './rules/not-converged.ts';
import { podCreation } from './rules/pod-creation.ts';
import { podStuck } from './rules/pod-stuck.ts';
import { preemption } from './rules/preemption.ts';
import { refused } from './rules/refused.ts';
import { schedulerMissing } from './rules/scheduler-missing.ts';
import { serverWarning } from './rules/server-warning.ts';
import { serviceWithoutEndpoints } from './rules/service-without-endpoints.ts';
import { targetPort } from './rules/target-port.ts';
import { unknown } from './rules/unknown.ts';
import { unschedulable } from './rules/unschedulable.ts';

export const rules: readonly Rule[] = [
  kubectlRefusal,
  refused,
  serverWarning,
  podCreation,
  unschedulable,
  preemption,
  schedulerMissing,
  nodeName,
  podStuck,
  containerWaiting,
  jobFailed,
  claimUnbound,
  serviceWithoutEndpoints,
  targetPort,
  autoscalerTarget,
  ingress,
  unknown,
  notConverged,
];

/** Those that read what kubectl and kube-apiserver said; the others miss what only a whole cluster brings. */
export const rulesOfTheApi: readonly Rule[] = [kubectlRefusal, refused, serverWarning, unknown, notConverged];
