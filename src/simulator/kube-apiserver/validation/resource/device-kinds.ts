// The rules of the kinds that devices are offered and asked for by (dynamic resource allocation): one line a kind.
import type { KindRules } from '../validation.ts';
import { resourceSliceRules } from './resource-slice.ts';
import { claimTemplateRules, deviceClassRules, resourceClaimRules } from './resource-claim.ts';

const rules: Readonly<Record<string, KindRules>> = {
  DeviceClass: deviceClassRules,
  ResourceClaim: resourceClaimRules,
  ResourceClaimTemplate: claimTemplateRules,
  ResourceSlice: resourceSliceRules,
};

export function rulesOfDeviceKind(kind: string): KindRules | undefined {
  return rules[kind];
}
