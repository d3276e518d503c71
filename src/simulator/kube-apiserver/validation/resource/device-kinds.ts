// The rules of the kinds that devices are asked for by (dynamic resource allocation): one line a kind.
import type { KindRules } from '../validation.ts';
import { claimTemplateRules, deviceClassRules, resourceClaimRules } from './resource-claim.ts';

const rules: Readonly<Record<string, KindRules>> = {
  DeviceClass: deviceClassRules,
  ResourceClaim: resourceClaimRules,
  ResourceClaimTemplate: claimTemplateRules,
};

export function rulesOfDeviceKind(kind: string): KindRules | undefined {
  return rules[kind];
}
