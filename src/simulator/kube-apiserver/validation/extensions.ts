// The rules of the kinds that extend the API server or set it up: one line a kind.
import { mutatingPolicyRules } from './admissionregistration/mutating-policies.ts';
import { validatingPolicyRules } from './admissionregistration/policies.ts';
import { mutatingBindingRules, validatingBindingRules } from './admissionregistration/policy-bindings.ts';
import { mutatingWebhookRules, validatingWebhookRules } from './admissionregistration/webhook-configurations.ts';
import { apiServiceRules } from './apiregistration/api-service.ts';
import { definitionRules } from './apiextensions/custom-resource-definition.ts';
import { signingRequestRules } from './certificates/signing-request.ts';
import { flowSchemaRules } from './flowcontrol/flow-schema.ts';
import { priorityLevelRules } from './flowcontrol/priority-level.ts';
import type { KindRules } from './validation.ts';

/** No two of their groups have a kind of the same name. */
const rules: Readonly<Record<string, KindRules>> = {
  MutatingAdmissionPolicy: mutatingPolicyRules,
  MutatingAdmissionPolicyBinding: mutatingBindingRules,
  MutatingWebhookConfiguration: mutatingWebhookRules,
  ValidatingAdmissionPolicy: validatingPolicyRules,
  ValidatingAdmissionPolicyBinding: validatingBindingRules,
  ValidatingWebhookConfiguration: validatingWebhookRules,
  APIService: apiServiceRules,
  CertificateSigningRequest: signingRequestRules,
  CustomResourceDefinition: definitionRules,
  FlowSchema: flowSchemaRules,
  PriorityLevelConfiguration: priorityLevelRules,
};

export function rulesOfExtension(kind: string): KindRules | undefined {
  return rules[kind];
}
