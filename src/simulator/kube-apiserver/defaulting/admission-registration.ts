// Policies and webhooks that look at requests (pkg/apis/admissionregistration/v1/defaults.go, Kubernetes 1.36).
import type {
  MatchResources,
  MutatingAdmissionPolicyBinding,
  MutatingWebhook,
  MutatingWebhookConfiguration,
  NamedRuleWithOperations,
  RuleWithOperations,
  ValidatingAdmissionPolicy,
  ValidatingWebhookConfiguration,
} from '../../../api/object.ts';
import { withDefaults, withField, withItems } from './with-defaults.ts';

const matching = { matchPolicy: 'Equivalent', namespaceSelector: {}, objectSelector: {} };
const allScopes = { scope: '*' };

const withScopes = <T extends RuleWithOperations | NamedRuleWithOperations>(rules: readonly T[]) =>
  withItems(rules, (rule) => withDefaults<RuleWithOperations>(rule, allScopes) as T);

function defaultMatch(given: MatchResources): MatchResources {
  const match = withField(withDefaults(given, matching), 'resourceRules', withScopes);
  return withField(match, 'excludeResourceRules', withScopes);
}

/** Of both kinds of policies: what is defaulted is the same in both. */
export function defaultAdmissionPolicy(policy: ValidatingAdmissionPolicy): ValidatingAdmissionPolicy {
  return withField({ spec: {}, ...policy }, 'spec', (spec) =>
    withField(withDefaults(spec, { failurePolicy: 'Fail' }), 'matchConstraints', defaultMatch),
  );
}

/** Of both kinds of bindings. */
export function defaultAdmissionBinding(binding: MutatingAdmissionPolicyBinding): MutatingAdmissionPolicyBinding {
  return withField(binding, 'spec', (spec) => withField(spec, 'matchResources', defaultMatch));
}

function defaultWebhook<T extends Omit<MutatingWebhook, 'reinvocationPolicy'>>(given: T): T {
  const own: Partial<MutatingWebhook> = { failurePolicy: 'Fail', timeoutSeconds: 10, ...matching };
  const webhook = withField(withDefaults<MutatingWebhook>(given, own), 'rules', withScopes);
  return withField(webhook, 'clientConfig', (client) =>
    withField(client, 'service', (service) => withDefaults(service, { port: 443 })),
  ) as T;
}

export function defaultValidatingWebhooks(given: ValidatingWebhookConfiguration): ValidatingWebhookConfiguration {
  return withField(given, 'webhooks', (webhooks) => withItems(webhooks, defaultWebhook));
}

export function defaultMutatingWebhooks(given: MutatingWebhookConfiguration): MutatingWebhookConfiguration {
  const never = { reinvocationPolicy: 'Never' };
  return withField(given, 'webhooks', (webhooks) =>
    withItems(webhooks, (webhook) => withDefaults(defaultWebhook(webhook), never)),
  );
}
