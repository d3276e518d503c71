// Policies in CEL that say what may be stored (apiserver/pkg/admission/plugin/policy/validating, Kubernetes 1.36).
import type { AdmissionPlugin } from './plugin.ts';
import { isConfiguration } from './policies/matching.ts';
import { validatedByPolicies } from './policies/validating.ts';

export const validatingAdmissionPolicy: AdmissionPlugin = {
  name: 'ValidatingAdmissionPolicy',
  validate(request, context) {
    if (context.policies.validating.length === 0 || isConfiguration(request)) return undefined;
    return validatedByPolicies(request, context);
  },
};
