// Webhooks that look at requests (pkg/apis/admissionregistration/validation, Kubernetes 1.36).
import { duplicate, invalid, notSupported, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { dns1035LabelProblems } from '../../../../api/names.ts';
import type {
  MutatingWebhook,
  MutatingWebhookConfiguration,
  ValidatingWebhookConfiguration,
} from '../../../../api/object.ts';
import { addInvalid, checkSupported, type Errors } from '../checks.ts';
import { checkFullyQualifiedName } from '../domain-names.ts';
import { checkLabelSelector } from '../labels.ts';
import { semanticEqual } from '../semantic-equal.ts';
import type { UnmodelledField } from '../validation.ts';
import { checkWebhookClient, isPlainUrl } from '../webhook-client.ts';
import { admissionRules } from './admission-rules.ts';
import { checkMatchConditions, type Followed } from './expressions.ts';
import { checkRequestRule, failurePolicies, matchPolicies } from './match-resources.ts';

const path = FieldPath.of('webhooks');
const harmless = ['None', 'NoneOnDryRun'];
const allSideEffects = ['None', 'NoneOnDryRun', 'Some', 'Unknown'];
const reviewVersions = ['v1', 'v1beta1'];

/** Webhooks of both kinds; one that only validates is never asked again. */
type Webhook = MutatingWebhook;

/** What is asked of webhooks; those of an update are not asked for what the old ones had not. */
interface Strictness {
  readonly conditions: boolean;
  readonly noSideEffects: boolean;
  readonly knownReviews: boolean;
  readonly uniqueNames: boolean;
}

const knowsReviews = ({ admissionReviewVersions: versions }: Webhook) =>
  versions.some((version) => reviewVersions.includes(version));

function strictnessAfter(webhooks: readonly Webhook[], old: readonly Webhook[]): Strictness {
  const isSame = webhooks.length === old.length;
  return {
    conditions: !isSame || webhooks.some((one, i) => !semanticEqual(one.matchConditions, old[i]?.matchConditions)),
    noSideEffects: old.every(({ sideEffects }) => harmless.includes(sideEffects ?? '')),
    knownReviews: old.every((one) => knowsReviews(one) || one.admissionReviewVersions.length === 0),
    uniqueNames: new Set(old.map(({ name }) => name)).size === old.length,
  };
}

const everything: Strictness = { conditions: true, noSideEffects: true, knownReviews: true, uniqueNames: true };

function checkReviewVersions(versions: readonly string[], strict: Strictness, at: FieldPath, errors: Errors): void {
  const known = reviewVersions.join(', ');
  if (!versions.length) return void errors.push(required(at, `must specify one of ${known}`));
  versions.forEach((version, i) => {
    if (versions.indexOf(version) < i) errors.push(invalid(at.index(i), version, 'duplicate version'));
    else addInvalid(errors, at.index(i), version, dns1035LabelProblems(version));
  });
  if (strict.knownReviews && !versions.some((version) => reviewVersions.includes(version))) {
    errors.push(invalid(at, versions, `must include at least one of ${known}`));
  }
}

function checkWebhook(webhook: Webhook, strict: Strictness, at: FieldPath, errors: Errors, followed: Followed): void {
  const { sideEffects, timeoutSeconds: timeout, reinvocationPolicy } = webhook;
  const allowed = strict.noSideEffects ? harmless : allSideEffects;
  checkFullyQualifiedName(webhook.name, at.child('name'), errors);
  webhook.rules?.forEach((rule, i) => checkRequestRule(rule, at.child('rules').index(i), errors));
  checkSupported(webhook.failurePolicy, failurePolicies, at.child('failurePolicy'), errors);
  checkSupported(webhook.matchPolicy, matchPolicies, at.child('matchPolicy'), errors);
  if (!sideEffects && sideEffects !== '') {
    errors.push(required(at.child('sideEffects'), `must specify one of ${allowed.join(', ')}`));
  } else if (!allowed.includes(sideEffects)) errors.push(notSupported(at.child('sideEffects'), sideEffects, allowed));
  if (timeout !== undefined && (timeout > 30 || timeout < 1)) {
    errors.push(invalid(at.child('timeoutSeconds'), timeout, 'the timeout value must be between 1 and 30 seconds'));
  }
  checkLabelSelector(webhook.namespaceSelector, at.child('namespaceSelector'), errors);
  checkLabelSelector(webhook.objectSelector, at.child('objectSelector'), errors);
  checkSupported(reinvocationPolicy, ['IfNeeded', 'Never'], at.child('reinvocationPolicy'), errors);
  const client = at.child('clientConfig');
  checkWebhookClient(webhook.clientConfig, 'exactly one of url or service is required', client, errors);
  if (strict.conditions)
    checkMatchConditions(webhook.matchConditions, {}, at.child('matchConditions'), errors, followed);
}

interface Configuration {
  readonly webhooks?: readonly Webhook[];
}

function checkWebhooks({ webhooks = [] }: Configuration, errors: Errors, old?: Configuration): Followed {
  const followed = { unfollowed: false };
  const strict = old ? strictnessAfter(webhooks, old.webhooks ?? []) : everything;
  webhooks.forEach((webhook, i) => {
    const at = path.index(i);
    checkWebhook(webhook, strict, at, errors, followed);
    checkReviewVersions(webhook.admissionReviewVersions, strict, at.child('admissionReviewVersions'), errors);
    const isSecond = webhooks.findIndex(({ name }) => name === webhook.name) < i;
    if (strict.uniqueNames && webhook.name && isSecond) errors.push(duplicate(at.child('name'), webhook.name));
  });
  return followed;
}

const unmodelled: readonly UnmodelledField[] = [
  {
    pattern: 'webhooks',
    reason: 'an expression may not compile',
    applies: (_, __, configuration) => checkWebhooks(configuration as Configuration, []).unfollowed,
  },
  {
    pattern: 'webhooks[*].clientConfig.url',
    reason: 'whether this is a URL',
    applies: (url) => !isPlainUrl(String(url)),
  },
];

export const validatingWebhookRules = admissionRules<ValidatingWebhookConfiguration>(
  (configuration, errors, old) => void checkWebhooks(configuration, errors, old),
  unmodelled,
);

export const mutatingWebhookRules = admissionRules<MutatingWebhookConfiguration>(
  (configuration, errors, old) => void checkWebhooks(configuration, errors, old),
  unmodelled,
);
