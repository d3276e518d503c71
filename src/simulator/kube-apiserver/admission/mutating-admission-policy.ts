// Policies in CEL that change what is stored (apiserver/pkg/admission/plugin/policy/mutating, Kubernetes 1.36).
import type { AdmissionPlugin } from './plugin.ts';
import { isConfiguration } from './policies/matching.ts';
import { mutatedByPolicies } from './policies/mutating.ts';

export const mutatingAdmissionPolicy: AdmissionPlugin = {
  name: 'MutatingAdmissionPolicy',
  admit(request, context) {
    const { mutating } = context.policies;
    if (mutating.length === 0 || request.operation === 'DELETE' || isConfiguration(request)) return undefined;
    return mutatedByPolicies(request, context);
  },
};
