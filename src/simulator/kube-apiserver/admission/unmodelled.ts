// Plugins that a real server runs and this one does not yet: each says when it would look at a request, which makes what
// becomes of the request unknown. Where a plugin has nothing to act on, nothing is unknown.
import type { CertificateSigningRequest, KubeObject } from '../../../api/object.ts';
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

const requests = 'certificatesigningrequests.certificates.k8s.io';

const certificateApproval: Condition = ({ resourceName, subresource }) =>
  resourceName === requests && subresource === 'approval' ? 'who may approve certificates is not modelled' : undefined;

const certificateSigning: Condition = ({ resourceName, subresource }) =>
  resourceName === requests && subresource === 'status' ? 'who may sign certificates is not modelled' : undefined;

/** Nobody may ask for a certificate of the group system:masters; which groups are asked for is encoded in the request. */
const certificateSubject: Condition = ({ operation, resourceName, subresource, object }) => {
  const { spec }: Partial<CertificateSigningRequest> = object;
  const isRequest = resourceName === requests && !subresource && operation !== 'DELETE';
  return isRequest && spec?.signerName === 'kubernetes.io/kube-apiserver-client'
    ? 'the groups that a certificate is asked for are not modelled'
    : undefined;
};

export const unmodelledPlugins: readonly AdmissionPlugin[] = [
  unmodelled('CertificateApproval', 'validate', certificateApproval),
  unmodelled('CertificateSigning', 'validate', certificateSigning),
  unmodelled('CertificateSubjectRestriction', 'validate', certificateSubject),
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
