// HorizontalPodAutoscalers and PodDisruptionBudgets.
import { ruleTable } from './rule-table.ts';

const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
const hpa = (spec: object = {}) => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  spec: { scaleTargetRef: target, maxReplicas: 3, ...spec },
});
const pdb = (spec: object = {}) => ({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', spec });

ruleTable('rules of autoscaling and policy', [
  { what: 'an autoscaler that is fine', given: hpa({}), messages: [] },
  {
    what: 'replicas',
    given: hpa({ minReplicas: 0, maxReplicas: -1 }),
    messages: [
      'spec.minReplicas: Invalid value: 0: must be greater than or equal to 1',
      'spec.maxReplicas: Invalid value: -1: must be greater than or equal to 1',
      'spec.maxReplicas: Invalid value: -1: must be greater than or equal to `minReplicas`',
      'spec.metrics: Forbidden: must specify at least one Object or External metric to support scaling to zero replicas',
    ],
  },
  {
    what: 'no maximum',
    given: hpa({ maxReplicas: 0, minReplicas: 2 }),
    messages: [
      'spec.maxReplicas: Required value: must be set and greater than 0',
      'spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`',
    ],
  },
  {
    what: 'the target',
    given: hpa({ scaleTargetRef: { apiVersion: 'v1', kind: 'Pod', name: '' } }),
    messages: [
      'spec.scaleTargetRef.name: Required value',
      'spec.scaleTargetRef.apiVersion: Invalid value: "v1": apiVersion must specify API group',
    ],
  },
  {
    what: 'a target of core that scales',
    given: hpa({ scaleTargetRef: { apiVersion: 'v1', kind: 'ReplicationController', name: 'a' } }),
    messages: [],
  },
  {
    what: 'a target that stays is not looked at again',
    given: hpa({ scaleTargetRef: { apiVersion: 'a/b/c', kind: 'X', name: 'a' } }),
    old: hpa({ scaleTargetRef: { apiVersion: 'a/b/c', kind: 'X', name: 'b' } }),
    messages: [],
  },
  {
    what: 'a target that changes is',
    given: hpa({ scaleTargetRef: { apiVersion: 'a/b/c', kind: 'X', name: 'a' } }),
    old: hpa({}),
    messages: ['spec.scaleTargetRef.apiVersion: Invalid value: "a/b/c": unexpected GroupVersion string: a/b/c'],
  },
  {
    what: 'metrics',
    given: hpa({
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization' } } },
        { type: 'Resource', pods: { metric: { name: '' }, target: { type: 'Sum', averageValue: '0' } } },
        { type: 'Mood' },
        {
          type: 'ContainerResource',
          containerResource: {
            name: 'gpu',
            container: 'A',
            target: { type: 'Value', averageUtilization: 0, averageValue: '1' },
          },
        },
        {
          type: 'External',
          external: { metric: { name: 'a/b' }, target: { type: 'Value', value: '1', averageValue: '1' } },
        },
        {
          type: 'Object',
          object: {
            describedObject: { kind: 'S', name: 's', apiVersion: 'v1' },
            metric: { name: 'm' },
            target: { type: 'Value' },
          },
        },
      ],
    }),
    messages: [
      'spec.metrics[0].resource.target.averageUtilization: Required value: must set either a target raw value or a target utilization',
      'spec.metrics[1].pods.metric.name: Required value: must specify a metric name',
      'spec.metrics[1].pods.target.type: Invalid value: "Sum": must be either Utilization, Value, or AverageValue',
      'spec.metrics[1].pods.target.averageValue: Invalid value: "0": must be positive',
      'spec.metrics[1].resource: Required value: must populate information for the given metric source',
      'spec.metrics[2].type: Unsupported value: "Mood": supported values: "ContainerResource", "External", "Object", "Pods", "Resource"',
      'spec.metrics[2].type: Unsupported value: "Mood": supported values: "ContainerResource", "External", "Object", "Pods", "Resource"',
      'spec.metrics[3].containerResource.name: Invalid value: "gpu": must be a standard resource type or fully qualified',
      'spec.metrics[3].containerResource.name: Invalid value: "gpu": must be a standard resource for containers',
      "spec.metrics[3].containerResource.container: Invalid value: \"A\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
      'spec.metrics[3].containerResource.target.averageUtilization: Invalid value: 0: must be greater than 0',
      'spec.metrics[3].containerResource.target.averageValue: Forbidden: may not set both a target raw value and a target utilization',
      'spec.metrics[4].external.metric.name: Invalid value: "a/b": may not contain \'/\'',
      'spec.metrics[4].external.target.value: Forbidden: may not set both a target value for metric and a per-pod target',
      'spec.metrics[5].object.target.averageValue: Required value: must set either a target value or averageValue',
    ],
  },
  {
    what: 'behaviour',
    given: hpa({
      behavior: {
        scaleUp: { stabilizationWindowSeconds: -1, selectPolicy: 'Avg', policies: [], tolerance: '-1' },
        scaleDown: {
          stabilizationWindowSeconds: 3601,
          policies: [
            { type: 'All', value: 0, periodSeconds: 0 },
            { type: 'Pods', value: 1, periodSeconds: 1801 },
          ],
        },
      },
    }),
    messages: [
      'spec.behavior.scaleUp.stabilizationWindowSeconds: Invalid value: -1: must be greater than or equal to zero',
      'spec.behavior.scaleUp.selectPolicy: Unsupported value: "Avg": supported values: "Disabled", "Max", "Min"',
      'spec.behavior.scaleUp.policies: Required value: must specify at least one Policy',
      'spec.behavior.scaleUp.tolerance: Invalid value: "-1": must be greater than or equal to 0',
      'spec.behavior.scaleDown.stabilizationWindowSeconds: Invalid value: 3601: must be less than or equal to 3600',
      'spec.behavior.scaleDown.policies[0].type: Unsupported value: "All": supported values: "Percent", "Pods"',
      'spec.behavior.scaleDown.policies[0].value: Invalid value: 0: must be greater than zero',
      'spec.behavior.scaleDown.policies[0].periodSeconds: Invalid value: 0: must be greater than zero',
      'spec.behavior.scaleDown.policies[1].periodSeconds: Invalid value: 1801: must be less than or equal to 1800',
    ],
  },
  {
    what: 'a budget both ways',
    given: pdb({ minAvailable: 1, maxUnavailable: '50%' }),
    messages: [
      'spec: Invalid value: {"MinAvailable":1,"Selector":null,"MaxUnavailable":"50%","UnhealthyPodEvictionPolicy":null}: minAvailable and maxUnavailable cannot be both set',
    ],
  },
  {
    what: 'amounts of a budget',
    given: pdb({ minAvailable: -1 }),
    messages: ['spec.minAvailable: Invalid value: -1: must be greater than or equal to 0'],
  },
  {
    what: 'shares of a budget',
    given: pdb({
      maxUnavailable: '150%',
      unhealthyPodEvictionPolicy: 'Never',
      selector: { matchExpressions: [{ key: 'a', operator: 'In' }] },
    }),
    messages: [
      'spec.maxUnavailable: Invalid value: "150%": must not be greater than 100%',
      "spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
      'spec.unhealthyPodEvictionPolicy: Unsupported value: "Never": supported values: "AlwaysAllow", "IfHealthyBudget"',
    ],
  },
  {
    what: 'the name of a budget is looked at when nothing else is wrong',
    given: { ...pdb({ minAvailable: 1 }), metadata: { name: 'a/b' } },
    messages: ['metadata.name: Invalid value: "a/b": may not contain \'/\''],
  },
]);

const old = (spec: object) => ({
  apiVersion: 'autoscaling/v1',
  kind: 'HorizontalPodAutoscaler',
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 3, ...spec },
});

ruleTable('autoscaling/v1', [
  { what: 'a target', given: old({ targetCPUUtilizationPercentage: 60 }), messages: [] },
  { what: 'no target, which is one', given: old({}), messages: [] },
  {
    what: 'a target that cannot be, told in the words of autoscaling/v2',
    given: old({ targetCPUUtilizationPercentage: 0, minReplicas: 4 }),
    messages: [
      'spec.maxReplicas: Invalid value: 3: must be greater than or equal to `minReplicas`',
      'spec.metrics[0].resource.target.averageUtilization: Invalid value: 0: must be greater than 0',
    ],
  },
]);
