// DynamicResources: the request of the claim that finds too few devices on the node, and what each device lacks.
import { matchesNodeSelector } from '../../../api/node-selector.ts';
import { refOf, type Device, type Node, type Pod, type ResourceResourceClaim } from '../../../api/object.ts';
import type { Candidate } from '../plugins/dynamic-resources/allocation.ts';
import type { Allocator } from '../plugins/dynamic-resources/allocator.ts';
import { asksOf, requestsOf, type Ask } from '../plugins/dynamic-resources/device-request.ts';
import { isTolerated } from '../plugins/dynamic-resources/device-search.ts';
import { matchDevice } from '../plugins/dynamic-resources/device-selector.ts';
import { usesClaim, wantedBy } from '../plugins/dynamic-resources/pod-claims.ts';
import { prepared } from '../plugins/dynamic-resources/state.ts';
import type { Blame, BlameOf } from './blame.ts';

/** How many devices are spoken of one by one. */
const mostDevices = 3;

export const blameDevices: BlameOf = ({ pod, state }, { node }) => {
  const { claims = [], allocator } = state.read(prepared) ?? {};
  return claims
    .filter((claim) => usesClaim(pod.pod, claim))
    .flatMap((claim): Blame[] => {
      const sides = claim.status?.allocation ? outOfReach(claim, node) : allocator && tooFew(allocator, claim, node);
      return sides ? [{ path: claimPath(pod.pod, claim), ...sides }] : [];
    });
};

type Sides = Omit<Blame, 'path'>;

function outOfReach(claim: ResourceResourceClaim, node: Node): Sides | undefined {
  const { nodeSelector } = claim.status?.allocation ?? {};
  if (!nodeSelector || matchesNodeSelector(nodeSelector, node)) return undefined;
  return {
    says: `does not reach the devices that the claim ${claim.metadata.name} has`,
    other: { object: refOf(claim), path: 'status.allocation.nodeSelector' },
  };
}

function tooFew(allocator: Allocator, claim: ResourceResourceClaim, node: Node): Sides | undefined {
  const { name } = claim.metadata;
  for (const [i, request] of requestsOf(claim).entries()) {
    const short = asksOf(request).map((ask) => shortageOf(allocator, ask, node));
    const [first] = short;
    if (!first || short.some((one) => one === undefined)) continue;
    const path = `spec.devices.requests[${i}]${request.exactly ? '.exactly' : '.firstAvailable[0]'}`;
    const selector = first.selector === undefined ? '' : `.selectors[${first.selector}].cel.expression`;
    return {
      says: `${first.text} for the request ${request.name} of the claim ${name}${first.devices}`,
      other: { object: refOf(claim), path: path + selector },
    };
  }
  if (claim.spec.devices.constraints === undefined) return undefined;
  return {
    says: `has devices for each request of the claim ${name}, but not for all of them together`,
    other: { object: refOf(claim), path: 'spec.devices.constraints' },
  };
}

interface Shortage {
  readonly text: string;
  readonly devices: string;
  /** The one selector of the request that is against all devices. */
  readonly selector: number | undefined;
}

/** Undefined: there are enough, as long as each request is looked at for itself. */
function shortageOf(allocator: Allocator, ask: Ask, node: Node): Shortage | undefined {
  if (ask.allocationMode !== 'ExactCount') return undefined;
  const ofClass = allocator.ofClass(ask.deviceClassName, node);
  const against = ofClass.flatMap((candidate) => {
    const problem = problemOf(allocator, ask, candidate);
    return problem ? [{ ...problem, name: candidate.device.name }] : [];
  });
  const left = ofClass.length - against.length;
  if (left >= ask.count) return undefined;
  if (ofClass.length === 0) {
    return { text: `has no device of the class ${ask.deviceClassName}`, devices: '', selector: undefined };
  }
  const told = against.slice(0, mostDevices).map(({ name, says }) => `${name} ${says}`);
  const more = against.length > mostDevices ? `, and so on for ${against.length - mostDevices} more` : '';
  const selectors = new Set(against.map(({ selector }) => selector));
  const [only] = selectors;
  return {
    text: left === 0 ? 'has no device' : `has ${left} of ${ask.count} devices`,
    devices: told.length ? `: ${told.join(', ')}${more}` : '',
    selector: selectors.size === 1 ? only : undefined,
  };
}

interface Problem {
  readonly says: string;
  readonly selector: number | undefined;
}

function problemOf(allocator: Allocator, ask: Ask, { id, device, pool }: Candidate): Problem | undefined {
  const selector = ask.selectors.findIndex(({ cel }) => {
    const match = matchDevice(cel?.expression ?? '', pool.driver, device);
    return !('matches' in match && match.matches);
  });
  if (selector >= 0) return { says: `is not selected (${attributesText(device)})`, selector };
  if (!isTolerated(device, ask.tolerations)) return { says: 'has a taint', selector: undefined };
  if (!ask.adminAccess && allocator.allocated.dedicated.has(id)) return { says: 'is in use', selector: undefined };
  return undefined;
}

function attributesText({ attributes = {} }: Device): string {
  const texts = Object.entries(attributes).map(
    ([name, { string, int, bool, version }]) => `${name}=${string ?? version ?? int ?? bool}`,
  );
  return texts.length ? texts.slice(0, 4).join(', ') : 'it has no attributes';
}

/** Where the Pod names the claim, or the template that it was made from. */
function claimPath(pod: Pod, claim: ResourceResourceClaim): string {
  const index = pod.spec?.resourceClaims?.findIndex((wanted) => wantedBy(pod, wanted, claim)) ?? -1;
  const isNamed = pod.spec?.resourceClaims?.[index]?.resourceClaimName !== undefined;
  return `spec.resourceClaims[${index}].${isNamed ? 'resourceClaimName' : 'resourceClaimTemplateName'}`;
}
