// Which plugins run, in which order and with which weight: the default profile of kube-scheduler, as its running framework lists it.

/** Plugin names at each extension point, in order; at `score` with their weights. */
export interface Profile {
  /** The Kubernetes minor that the profile was taken from. */
  readonly kubernetes: string;
  readonly schedulerName: string;
  readonly preEnqueue: readonly string[];
  readonly queueSort: readonly string[];
  readonly preFilter: readonly string[];
  readonly filter: readonly string[];
  readonly postFilter: readonly string[];
  readonly preScore: readonly string[];
  readonly score: readonly (readonly [name: string, weight: number])[];
  readonly reserve: readonly string[];
  readonly permit: readonly string[];
  readonly preBind: readonly string[];
  readonly bind: readonly string[];
  readonly postBind: readonly string[];
}

export const defaultProfile: Profile = {
  kubernetes: '1.36',
  schedulerName: 'default-scheduler',
  preEnqueue: ['SchedulingGates', 'DynamicResources', 'DefaultPreemption'],
  queueSort: ['PrioritySort'],
  preFilter: [
    'NodeAffinity',
    'NodePorts',
    'NodeResourcesFit',
    'VolumeRestrictions',
    'NodeVolumeLimits',
    'VolumeBinding',
    'VolumeZone',
    'PodTopologySpread',
    'InterPodAffinity',
    'DynamicResources',
    'NodeDeclaredFeatures',
  ],
  filter: [
    'NodeUnschedulable',
    'NodeName',
    'TaintToleration',
    'NodeAffinity',
    'NodePorts',
    'NodeResourcesFit',
    'VolumeRestrictions',
    'NodeVolumeLimits',
    'VolumeBinding',
    'VolumeZone',
    'PodTopologySpread',
    'InterPodAffinity',
    'DynamicResources',
    'NodeDeclaredFeatures',
  ],
  postFilter: ['DynamicResources', 'DefaultPreemption'],
  preScore: [
    'TaintToleration',
    'NodeAffinity',
    'NodeResourcesFit',
    'VolumeBinding',
    'PodTopologySpread',
    'InterPodAffinity',
    'NodeResourcesBalancedAllocation',
  ],
  score: [
    ['TaintToleration', 3],
    ['NodeAffinity', 2],
    ['NodeResourcesFit', 1],
    ['VolumeBinding', 1],
    ['PodTopologySpread', 2],
    ['InterPodAffinity', 2],
    ['DynamicResources', 2],
    ['NodeResourcesBalancedAllocation', 1],
    ['ImageLocality', 1],
  ],
  reserve: ['VolumeBinding', 'DynamicResources'],
  permit: [],
  preBind: ['VolumeBinding', 'DynamicResources'],
  bind: ['DefaultBinder'],
  postBind: [],
};
