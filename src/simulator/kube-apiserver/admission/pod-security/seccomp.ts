// Who sets a seccomp profile that is not allowed; asked by the baseline and by the restricted profile.
import type { PodSpec } from '../../../../api/object.ts';
import { containersOf, distinct, joinQuoted, namesOf, setters, type Violation } from './check.ts';

export const isAllowedSeccompType = (type: string): boolean => type === 'Localhost' || type === 'RuntimeDefault';

export function forbiddenSeccompProfile(spec: PodSpec): Violation | undefined {
  const ofPod = spec.securityContext?.seccompProfile?.type;
  const podIsBad = ofPod !== undefined && !isAllowedSeccompType(ofPod);
  const bad = containersOf(spec).filter(({ securityContext }) => {
    const type = securityContext?.seccompProfile?.type;
    return type !== undefined && !isAllowedSeccompType(type);
  });
  if (!podIsBad && bad.length === 0) return undefined;
  const types = bad.map(({ securityContext }) => securityContext?.seccompProfile?.type ?? '');
  const values = joinQuoted(distinct(podIsBad ? [...types, ofPod] : types));
  const who = setters(podIsBad, namesOf(bad));
  return { reason: 'seccompProfile', detail: `${who} must not set securityContext.seccompProfile.type to ${values}` };
}
