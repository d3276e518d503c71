// The arguments that a configuration can give to plugins (KubeSchedulerConfiguration, profiles[].pluginConfig[].args), with the
// defaults filled in (k8s.io/kubernetes/pkg/scheduler/apis/config/v1/defaults.go).
import type { NodeAffinity, TopologySpreadConstraint } from '../../../api/object.ts';

export interface DefaultPreemptionArgs {
  /** How many nodes preemption looks at: this part of those in question, and not fewer than the absolute number. */
  readonly minCandidateNodesPercentage: number;
  readonly minCandidateNodesAbsolute: number;
}

export interface DynamicResourcesArgs {
  readonly filterTimeout?: string;
  readonly bindingTimeout?: string;
}

export interface InterPodAffinityArgs {
  /** What the required affinity of running Pods counts in scoring. */
  readonly hardPodAffinityWeight: number;
  readonly ignorePreferredTermsOfExistingPods: boolean;
}

export interface NodeAffinityArgs {
  /** Holds for every Pod of the profile, besides its own. */
  readonly addedAffinity?: NodeAffinity;
}

export interface ResourceSpec {
  readonly name: string;
  readonly weight: number;
}

export interface UtilizationShapePoint {
  /** Percent. */
  readonly utilization: number;
  /** From 0 to 10. */
  readonly score: number;
}

export interface ScoringStrategy {
  readonly type?: string;
  readonly resources: readonly ResourceSpec[];
  readonly requestedToCapacityRatio?: { readonly shape?: readonly UtilizationShapePoint[] };
}

export interface NodeResourcesFitArgs {
  readonly ignoredResources?: readonly string[];
  readonly ignoredResourceGroups?: readonly string[];
  readonly scoringStrategy: ScoringStrategy;
}

export interface NodeResourcesBalancedAllocationArgs {
  readonly resources: readonly ResourceSpec[];
}

export interface PodTopologySpreadArgs {
  readonly defaultConstraints?: readonly TopologySpreadConstraint[];
  /** `System` or `List`. */
  readonly defaultingType: string;
}

export interface VolumeBindingArgs {
  readonly bindTimeoutSeconds: number;
  readonly shape?: readonly UtilizationShapePoint[];
}

/** Arguments by plugin. Those of DynamicResources limit only how long it works. */
export interface PluginArgs {
  readonly DefaultPreemption: DefaultPreemptionArgs;
  readonly DynamicResources: DynamicResourcesArgs;
  readonly InterPodAffinity: InterPodAffinityArgs;
  readonly NodeAffinity: NodeAffinityArgs;
  readonly NodeResourcesBalancedAllocation: NodeResourcesBalancedAllocationArgs;
  readonly NodeResourcesFit: NodeResourcesFitArgs;
  readonly PodTopologySpread: PodTopologySpreadArgs;
  readonly VolumeBinding: VolumeBindingArgs;
}

type Given<T> = Partial<T> | undefined;

const cpuAndMemory: readonly ResourceSpec[] = [
  { name: 'cpu', weight: 1 },
  { name: 'memory', weight: 1 },
];

const weighted = (resources: readonly ResourceSpec[] = []) =>
  resources.length === 0 ? cpuAndMemory : resources.map(({ name, weight }) => ({ name, weight: weight || 1 }));

/** SetDefaults_…Args of each plugin. */
const defaulted: { readonly [Name in keyof PluginArgs]: (given: Given<PluginArgs[Name]>) => PluginArgs[Name] } = {
  DefaultPreemption: (given) => ({ minCandidateNodesPercentage: 10, minCandidateNodesAbsolute: 100, ...given }),
  DynamicResources: (given) => given ?? {},
  InterPodAffinity: (given) => ({ hardPodAffinityWeight: 1, ignorePreferredTermsOfExistingPods: false, ...given }),
  NodeAffinity: (given) => given ?? {},
  NodeResourcesBalancedAllocation: (given) => ({ ...given, resources: weighted(given?.resources) }),
  NodeResourcesFit: (given) => ({
    ...given,
    scoringStrategy: {
      ...(given?.scoringStrategy ?? { type: 'LeastAllocated' }),
      resources: weighted(given?.scoringStrategy?.resources),
    },
  }),
  PodTopologySpread: (given) => ({ ...given, defaultingType: given?.defaultingType || 'System' }),
  VolumeBinding: (given) => ({ bindTimeoutSeconds: 600, ...given }),
};

/** The arguments of a plugin as it gets them. */
export function argumentsOf<Name extends keyof PluginArgs>(name: Name, given?: object): PluginArgs[Name] {
  return defaulted[name](given as Given<PluginArgs[Name]>);
}

export const takesArguments = (name: string): name is keyof PluginArgs => Object.hasOwn(defaulted, name);
