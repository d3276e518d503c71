// Webhooks are programs somewhere in the cluster or outside of it: what they answer is not known. Which are asked is
// (apiserver/pkg/admission/plugin/webhook, Kubernetes 1.36).
import type { KubeObject, LabelSelector, MatchCondition } from '../../../api/object.ts';
import { conditionsHold } from './policies/conditions.ts';
import {
  isConfiguration,
  matchesNamespace,
  matchesObject,
  matchesRules,
  type ResourceRule,
} from './policies/matching.ts';
import type { AdmissionContext, AdmissionPlugin, AdmissionRequest, AdmissionVerdict } from './plugin.ts';

interface Webhook {
  readonly name: string;
  readonly rules?: readonly ResourceRule[];
  readonly failurePolicy?: string;
  readonly matchPolicy?: string;
  readonly namespaceSelector?: LabelSelector;
  readonly objectSelector?: LabelSelector;
  readonly matchConditions?: readonly MatchCondition[];
}

interface Configuration extends KubeObject {
  readonly webhooks?: readonly Webhook[];
}

/** Whether the webhook may be asked: one whose conditions cannot be followed may be. */
function isAsked(webhook: Webhook, request: AdmissionRequest, { reader }: AdmissionContext): boolean {
  const { rules = [], matchPolicy, namespaceSelector, objectSelector, matchConditions = [], failurePolicy } = webhook;
  if (!matchesNamespace(namespaceSelector, request, reader) || !matchesObject(objectSelector, request)) return false;
  if (!matchesRules(rules, matchPolicy, request)) return false;
  if (matchConditions.length === 0) return true;
  const outcome = conditionsHold(matchConditions, request, reader);
  if ('error' in outcome) return failurePolicy !== 'Ignore';
  return !('value' in outcome) || outcome.value === true;
}

const failures: Readonly<Record<string, string>> = {
  Fail: 'where it does not answer, the request is refused',
  Ignore: 'where it does not answer, the request goes on',
};

function plugin(phase: 'admit' | 'validate', name: string, plural: string): AdmissionPlugin {
  const resource = `${plural}.admissionregistration.k8s.io`;
  return {
    name,
    [phase](request: AdmissionRequest, context: AdmissionContext): AdmissionVerdict {
      if (isConfiguration(request)) return undefined;
      const asked = context.reader.list<Configuration>(resource).flatMap(({ kind, metadata, webhooks = [] }) =>
        webhooks
          .filter((webhook) => isAsked(webhook, request, context))
          .map(({ name: hook, failurePolicy = 'Fail' }) => {
            const failure = `failurePolicy ${failurePolicy}: ${failures[failurePolicy] ?? ''}`;
            return `${kind} ${metadata.name} asks ${hook}, whose answer is not known (${failure})`;
          }),
      );
      return asked.length > 0 ? { unknown: asked.join('; ') } : undefined;
    },
  };
}

export const mutatingAdmissionWebhook = plugin('admit', 'MutatingAdmissionWebhook', 'mutatingwebhookconfigurations');
export const validatingAdmissionWebhook = plugin(
  'validate',
  'ValidatingAdmissionWebhook',
  'validatingwebhookconfigurations',
);
