// DynamicResources: waits for the Pod's ResourceClaims to exist, and ends every message about a Pod that fits nowhere with what
// it can do about claims. Allocating devices is not modelled.
import type { Pod, PodResourceClaim, ResourceResourceClaim } from '../../../api/object.ts';
import { stateKey } from '../framework/cycle-state.ts';
import { podInfoOf } from '../framework/pod-info.ts';
import type { Cycle, Plugin, Unmodelled } from '../framework/plugin.ts';
import type { Listers } from '../framework/snapshot.ts';
import { failed, skip, unresolvable, unschedulable } from '../framework/status.ts';

/** Written by PreFilter even for Pods without claims: PostFilter fails if the chain ended before it came here. */
const looked = stateKey<true>('DynamicResources');

export const dynamicResources: Plugin = {
  name: 'DynamicResources',

  preEnqueue(pod, listers) {
    for (const claim of pod.spec?.resourceClaims ?? []) {
      const problem = claimProblem(pod, claim, listers);
      if (problem) return unresolvable(problem);
    }
    return undefined;
  },

  preFilter({ state }) {
    state.write(looked, true);
    return skip;
  },

  /** Never asked: Pods with claims are not modelled, and for the others PreFilter says Skip. */
  filter() {
    return undefined;
  },

  postFilter({ state }) {
    return state.read(looked) ? unschedulable('no new claims to deallocate') : failed('not found');
  },

  score() {
    return 0;
  },

  reserve() {
    return undefined;
  },

  preBind() {
    return undefined;
  },

  queueingHints: [
    { resource: 'Node', actions: ['Add', 'UpdateNodeLabel', 'UpdateNodeAllocatable'] },
    {
      resource: 'ResourceClaim',
      actions: ['Add', 'Update'],
      isWorthTrying: (pod, { after }) => usesClaim(pod, after as ResourceResourceClaim),
    },
    { resource: 'Pod', actions: ['UpdatePodGeneratedResourceClaim'] },
    { resource: 'DeviceClass', actions: ['Add', 'Update'] },
  ],

  unmodelled({ pod, snapshot }) {
    const claims: Unmodelled[] = (pod.pod.spec?.resourceClaims ?? []).flatMap((claim, i) =>
      claimName(pod.pod, claim) === undefined
        ? []
        : [{ path: `spec.resourceClaims[${i}]`, reason: 'allocating devices for ResourceClaims is not modelled' }],
    );
    return [...claims, ...resourcesOfDeviceClasses({ pod, snapshot })];
  },
};

/** The claim's name: given, or generated from a template and noted in the Pod's status. Undefined: none was generated. */
function claimName({ status }: Pod, claim: PodResourceClaim): string | undefined {
  if (claim.resourceClaimName) return claim.resourceClaimName;
  return status?.resourceClaimStatuses?.find(({ name }) => name === claim.name)?.resourceClaimName;
}

/** foreachPodResourceClaim: what is wrong with a claim, so that the Pod has to wait. */
function claimProblem(pod: Pod, claim: PodResourceClaim, listers: Listers): string | undefined {
  const { namespace, name } = pod.metadata;
  const isGenerated = claim.resourceClaimTemplateName !== undefined;
  const isNoted = pod.status?.resourceClaimStatuses?.some((status) => status.name === claim.name);
  if (isGenerated && !isNoted) return `pod "${namespace}/${name}": ResourceClaim not created yet`;
  const wanted = claimName(pod, claim);
  if (wanted === undefined) return undefined;
  const found = listers['resourceclaims.resource.k8s.io'].get(`${namespace}/${wanted}`);
  if (!found) return `could not find ResourceClaim "${namespace}/${wanted}"`;
  if (found.metadata.deletionTimestamp) return `resourceclaim "${wanted}" is being deleted`;
  const owner = found.metadata.ownerReferences?.find(({ controller }) => controller);
  if (isGenerated && (!owner || owner.uid !== pod.metadata.uid)) {
    return `ResourceClaim ${namespace}/${wanted} was not created for Pod ${namespace}/${name} (Pod is not owner)`;
  }
  return undefined;
}

function usesClaim(pod: Pod, { metadata }: ResourceResourceClaim): boolean {
  const names = (pod.spec?.resourceClaims ?? []).map((claim) => claimName(pod, claim));
  return metadata.namespace === pod.metadata.namespace && names.includes(metadata.name);
}

/** Extended resources that a DeviceClass of the cluster stands for. */
function resourcesOfDeviceClasses({ pod, snapshot }: Pick<Cycle, 'pod' | 'snapshot'>): readonly Unmodelled[] {
  const { scalars } = podInfoOf(pod.pod).requests;
  if (scalars.size === 0) return [];
  const classes = [...snapshot.listers['deviceclasses.resource.k8s.io'].values()];
  return classes.flatMap(({ metadata, spec }) =>
    [spec.extendedResourceName, `deviceclass.resource.kubernetes.io/${metadata.name}`]
      .filter((name) => name !== undefined && (scalars.get(name) ?? 0) > 0)
      .map((name) => ({
        reason: `allocating ${name} from the devices of DeviceClass ${metadata.name} is not modelled`,
      })),
  );
}
