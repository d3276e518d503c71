// Plugins that a real server runs and this one does not yet: each says when it would look at a request, which makes what
// becomes of the request unknown. Where a plugin has nothing to act on, nothing is unknown.
import type { KubeObject, PersistentVolumeClaim } from '../../../api/object.ts';
import { deepEqual } from '../../../base/json.ts';
import type { ClusterReader } from '../registry/reader.ts';
import type { AdmissionPlugin, AdmissionRequest } from './plugin.ts';
import { matchesRule, type ResourceRule } from './resource-rules.ts';

/** Why the plugin would act on the request, or undefined. */
type Condition = (request: AdmissionRequest, reader: ClusterReader) => string | undefined;

function unmodelled(name: string, phase: 'admit' | 'validate', condition: Condition): AdmissionPlugin {
  return {
    name,
    [phase]: (request: AdmissionRequest, { reader }: { reader: ClusterReader }) => {
      const reason = condition(request, reader);
      return reason === undefined ? undefined : { unknown: reason };
    },
  };
}

const group = 'admissionregistration.k8s.io';

interface Configuration extends KubeObject {
  readonly webhooks?: readonly { readonly name?: string; readonly rules?: readonly ResourceRule[] }[];
  readonly spec?: {
    readonly policyName?: string;
    readonly matchConstraints?: { readonly resourceRules?: readonly ResourceRule[] };
  };
}

const asks = (rules: readonly ResourceRule[] = [], request: AdmissionRequest) =>
  rules.some((rule) => matchesRule(rule, request));

/** Nobody is asked about the configuration of the asking. */
const isConfiguration = ({ resource }: AdmissionRequest) => resource.group === group;

function webhook(plural: string, kind: string): Condition {
  const resource = `${plural}.${group}`;
  return (request, reader) => {
    if (isConfiguration(request)) return undefined;
    for (const { metadata, webhooks = [] } of reader.list<Configuration>(resource)) {
      if (webhooks.some(({ rules }) => asks(rules, request))) {
        return `${kind} ${metadata.name} is asked about the request, and what it answers is not known`;
      }
    }
    return undefined;
  };
}

function policy(plural: string, kind: string): Condition {
  const resource = `${plural}.${group}`;
  const bindings = `${plural.replace(/ies$/, 'y')}bindings.${group}`;
  return (request, reader) => {
    if (isConfiguration(request)) return undefined;
    for (const { spec } of reader.list<Configuration>(bindings)) {
      const name = spec?.policyName ?? '';
      const found = reader.get<Configuration>(resource, undefined, name);
      if (asks(found?.spec?.matchConstraints?.resourceRules, request)) {
        return `${kind} ${name} is evaluated for the request, and its expressions are not modelled`;
      }
    }
    return undefined;
  };
}

const claimResize: Condition = ({ operation, resourceName, subresource, object, old }) => {
  if (operation !== 'UPDATE' || resourceName !== 'persistentvolumeclaims' || subresource) return undefined;
  const requests = (claim: Partial<PersistentVolumeClaim> | undefined) => claim?.spec?.resources?.requests;
  return deepEqual(requests(object), requests(old)) ? undefined : 'the resizing of a claim is not modelled';
};

const certificateRequest: Condition = ({ resourceName }) =>
  resourceName === 'certificatesigningrequests.certificates.k8s.io'
    ? 'who may ask for and sign certificates is not modelled'
    : undefined;

export const unmodelledPlugins: readonly AdmissionPlugin[] = [
  unmodelled('PersistentVolumeClaimResize', 'validate', claimResize),
  unmodelled('CertificateApproval', 'validate', certificateRequest),
  unmodelled('MutatingAdmissionPolicy', 'admit', policy('mutatingadmissionpolicies', 'MutatingAdmissionPolicy')),
  unmodelled(
    'MutatingAdmissionWebhook',
    'admit',
    webhook('mutatingwebhookconfigurations', 'MutatingWebhookConfiguration'),
  ),
  unmodelled(
    'ValidatingAdmissionPolicy',
    'validate',
    policy('validatingadmissionpolicies', 'ValidatingAdmissionPolicy'),
  ),
  unmodelled(
    'ValidatingAdmissionWebhook',
    'validate',
    webhook('validatingwebhookconfigurations', 'ValidatingWebhookConfiguration'),
  ),
];
