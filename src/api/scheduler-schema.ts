// The Go types of kube-scheduler's configuration file (k8s.io/kube-scheduler/config/v1, 1.36.3), in the notation of the generated
// table, which has the API's types only.

export const schedulerConfigurationGroup = 'kubescheduler.config.k8s.io';

const group = `${schedulerConfigurationGroup}/v1`;

/** Plugins whose arguments have a type. */
const withArguments = [
  'DefaultPreemption',
  'DynamicResources',
  'InterPodAffinity',
  'NodeAffinity',
  'NodeResourcesBalancedAllocation',
  'NodeResourcesFit',
  'PodTopologySpread',
  'VolumeBinding',
] as const;

/** apiVersion and kind -> key of a type. */
export const schedulerKinds: Readonly<Record<string, string>> = {
  [`${group} KubeSchedulerConfiguration`]: 'config/v1.KubeSchedulerConfiguration',
  ...Object.fromEntries(withArguments.map((plugin) => [`${group} ${plugin}Args`, `config/v1.${plugin}Args`])),
};

export const schedulerTypes: Readonly<Record<string, string>> = {
  'config/v1.KubeSchedulerConfiguration':
    '+meta/v1.TypeMeta parallelism?:*int32 leaderElection:config/v1alpha1.LeaderElectionConfiguration ' +
    'clientConnection:config/v1alpha1.ClientConnectionConfiguration +config/v1alpha1.DebuggingConfiguration ' +
    'percentageOfNodesToScore?:*int32 podInitialBackoffSeconds?:*int64 podMaxBackoffSeconds?:*int64 ' +
    'profiles?:[].KubeSchedulerProfile extenders?:[].Extender delayCacheUntilActive?:bool',
  'config/v1.KubeSchedulerProfile':
    'schedulerName?:*string percentageOfNodesToScore?:*int32 plugins?:*.Plugins pluginConfig?:[].PluginConfig',
  'config/v1.Plugins':
    'preEnqueue?:.PluginSet queueSort?:.PluginSet preFilter?:.PluginSet filter?:.PluginSet postFilter?:.PluginSet ' +
    'preScore?:.PluginSet score?:.PluginSet reserve?:.PluginSet permit?:.PluginSet preBind?:.PluginSet bind?:.PluginSet ' +
    'postBind?:.PluginSet multiPoint?:.PluginSet placementGenerate?:.PluginSet placementScore?:.PluginSet',
  'config/v1.PluginSet': 'enabled?:[].Plugin disabled?:[].Plugin',
  'config/v1.Plugin': 'name:string weight?:*int32',
  'config/v1.PluginConfig': 'name:string args?:runtime.RawExtension',
  'config/v1.Extender':
    'urlPrefix=URLPrefix:string filterVerb?:string preemptVerb?:string prioritizeVerb?:string weight?:int64 ' +
    'bindVerb?:string enableHTTPS?:bool tlsConfig=TLSConfig?:*.ExtenderTLSConfig ' +
    'httpTimeout=HTTPTimeout?:meta/v1.Duration nodeCacheCapable?:bool managedResources?:[].ExtenderManagedResource ' +
    'ignorable?:bool',
  'config/v1.ExtenderManagedResource': 'name:string ignoredByScheduler?:bool',
  'config/v1.ExtenderTLSConfig':
    'insecure?:bool serverName?:string certFile?:string keyFile?:string caFile=CAFile?:string certData?:[]uint8 ' +
    'keyData?:[]uint8 caData=CAData?:[]uint8',
  'config/v1alpha1.LeaderElectionConfiguration':
    'leaderElect:*bool leaseDuration:meta/v1.Duration renewDeadline:meta/v1.Duration retryPeriod:meta/v1.Duration ' +
    'resourceLock:string resourceName:string resourceNamespace:string',
  'config/v1alpha1.ClientConnectionConfiguration':
    'kubeconfig:string acceptContentTypes:string contentType:string qps=QPS:float32 burst:int32',
  'config/v1alpha1.DebuggingConfiguration': 'enableProfiling?:*bool enableContentionProfiling?:*bool',
  'config/v1.DefaultPreemptionArgs':
    '+meta/v1.TypeMeta minCandidateNodesPercentage?:*int32 minCandidateNodesAbsolute?:*int32',
  'config/v1.DynamicResourcesArgs':
    '+meta/v1.TypeMeta filterTimeout:*meta/v1.Duration bindingTimeout?:*meta/v1.Duration',
  'config/v1.InterPodAffinityArgs':
    '+meta/v1.TypeMeta hardPodAffinityWeight?:*int32 ignorePreferredTermsOfExistingPods:bool',
  'config/v1.NodeAffinityArgs': '+meta/v1.TypeMeta addedAffinity?:*core/v1.NodeAffinity',
  'config/v1.NodeResourcesBalancedAllocationArgs': '+meta/v1.TypeMeta resources?:[].ResourceSpec',
  'config/v1.NodeResourcesFitArgs':
    '+meta/v1.TypeMeta ignoredResources?:[]string ignoredResourceGroups?:[]string scoringStrategy?:*.ScoringStrategy',
  'config/v1.PodTopologySpreadArgs':
    '+meta/v1.TypeMeta defaultConstraints?:[]core/v1.TopologySpreadConstraint ' +
    'defaultingType?:.PodTopologySpreadConstraintsDefaulting',
  'config/v1.PodTopologySpreadConstraintsDefaulting': '=string',
  'config/v1.VolumeBindingArgs': '+meta/v1.TypeMeta bindTimeoutSeconds?:*int64 shape?:[].UtilizationShapePoint',
  'config/v1.ResourceSpec': 'name:string weight?:int64',
  'config/v1.ScoringStrategy':
    'type?:.ScoringStrategyType resources?:[].ResourceSpec requestedToCapacityRatio?:*.RequestedToCapacityRatioParam',
  'config/v1.ScoringStrategyType': '=string',
  'config/v1.RequestedToCapacityRatioParam': 'shape?:[].UtilizationShapePoint',
  'config/v1.UtilizationShapePoint': 'utilization:int32 score:int32',
  'meta/v1.Duration': '!',
};
