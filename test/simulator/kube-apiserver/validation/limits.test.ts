// LimitRanges, ResourceQuotas, PriorityClasses and RuntimeClasses.
import { ruleTable } from './rule-table.ts';

const range = (...limits: object[]) => ({ apiVersion: 'v1', kind: 'LimitRange', spec: { limits } });
const quota = (spec: object = {}) => ({ apiVersion: 'v1', kind: 'ResourceQuota', spec });
const priority = (more: object = {}) => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { namespace: undefined },
  value: 1,
  ...more,
});
const runtime = (more: object = {}) => ({
  apiVersion: 'node.k8s.io/v1',
  kind: 'RuntimeClass',
  metadata: { namespace: undefined },
  handler: 'runc',
  ...more,
});

ruleTable('rules of limits', [
  {
    what: 'a range that is fine',
    given: range({ type: 'Container', max: { cpu: '1' }, min: { cpu: '100m' } }),
    messages: [],
  },
  {
    what: 'types',
    given: range({ type: 'Node' }, { type: 'Pod' }, { type: 'Pod' }),
    messages: [
      'spec.limits[0].type: Invalid value: "Node": must be a standard limit type or fully qualified',
      'spec.limits[2].type: Duplicate value: "Pod"',
    ],
  },
  {
    what: 'a Pod has no defaults',
    given: range({ type: 'Pod', default: { cpu: '1' }, defaultRequest: { cpu: '1' } }),
    messages: [
      "spec.limits[0].default: Forbidden: may not be specified when `type` is 'Pod'",
      "spec.limits[0].defaultRequest: Forbidden: may not be specified when `type` is 'Pod'",
    ],
  },
  {
    what: 'a claim needs a size',
    given: range({ type: 'PersistentVolumeClaim', max: { cpu: '1' } }),
    messages: [
      'spec.limits[0].limits: Required value: either minimum or maximum storage value is required, but neither was provided',
    ],
  },
  {
    what: 'amounts in the wrong order',
    given: range({
      type: 'Container',
      min: { cpu: '3' },
      max: { cpu: '1' },
      default: { cpu: '2' },
      defaultRequest: { cpu: '2500m' },
    }),
    messages: [
      'spec.limits[0].min[cpu]: Invalid value: "3": min value 3 is greater than max value 1',
      'spec.limits[0].defaultRequest[cpu]: Invalid value: "2500m": min value 3 is greater than default request value 2500m',
      'spec.limits[0].defaultRequest[cpu]: Invalid value: "2500m": default request value 2500m is greater than max value 1',
      'spec.limits[0].defaultRequest[cpu]: Invalid value: "2500m": default request value 2500m is greater than default limit value 2',
      'spec.limits[0].default[cpu]: Invalid value: "3": min value 3 is greater than default value 2',
      'spec.limits[0].default[cpu]: Invalid value: "1": default value 2 is greater than max value 1',
    ],
  },
  {
    what: 'ratios',
    given: range(
      { type: 'Container', min: { cpu: '1' }, max: { cpu: '2' }, maxLimitRequestRatio: { cpu: '3' } },
      { type: 'Pod', maxLimitRequestRatio: { memory: '500m' } },
    ),
    messages: [
      'spec.limits[0].maxLimitRequestRatio[cpu]: Invalid value: "3": ratio 3 is greater than max/min = 2.000000',
      'spec.limits[1].maxLimitRequestRatio[memory]: Invalid value: "500m": ratio 500m is less than 1',
    ],
  },
  {
    what: 'what cannot be promised twice',
    given: range({ type: 'Container', default: { 'a.io/gpu': '2' }, defaultRequest: { 'a.io/gpu': '1' } }),
    messages: [
      'spec.limits[0].defaultRequest[a.io/gpu]: Invalid value: "1": default value 2 must equal to defaultRequest value 1 in a.io/gpu',
    ],
  },
  {
    what: 'names of resources',
    given: range({ type: 'Container', max: { gpu: '1' } }),
    messages: [
      'spec.limits[0].max[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified',
      'spec.limits[0].max[gpu]: Invalid value: "gpu": must be a standard resource for containers',
      'spec.limits[0].default[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified',
      'spec.limits[0].default[gpu]: Invalid value: "gpu": must be a standard resource for containers',
      'spec.limits[0].defaultRequest[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified',
      'spec.limits[0].defaultRequest[gpu]: Invalid value: "gpu": must be a standard resource for containers',
    ],
  },
  {
    what: 'a quota that is fine',
    given: quota({ hard: { pods: '1', 'requests.cpu': '1', 'count/jobs.batch': '1' } }),
    messages: [],
  },
  {
    what: 'what is counted',
    given: quota({ hard: { storage: '1', pods: '1500m', cpu: '-1' } }),
    messages: [
      'spec.hard[storage]: Invalid value: "storage": must be a standard resource for quota',
      'spec.hard[pods]: Invalid value: "1500m": must be an integer',
      'spec.hard[cpu]: Invalid value: "-1": must be greater than or equal to 0',
    ],
  },
  {
    what: 'scopes',
    given: quota({ hard: { pods: '1', services: '1' }, scopes: ['BestEffort', 'NotBestEffort', 'Odd'] }),
    messages: [
      'spec.scopes: Invalid value: ["BestEffort","NotBestEffort","Odd"]: unsupported scope applied to resource',
      'spec.scopes: Invalid value: ["BestEffort","NotBestEffort","Odd"]: unsupported scope applied to resource',
      'spec.scopes: Invalid value: ["BestEffort","NotBestEffort","Odd"]: unsupported scope',
      'spec.scopes: Invalid value: ["BestEffort","NotBestEffort","Odd"]: conflicting scopes',
    ],
  },
  {
    what: 'selectors of scopes',
    given: quota({
      hard: { 'requests.storage': '1' },
      scopeSelector: {
        matchExpressions: [
          { scopeName: 'PriorityClass', operator: 'In' },
          { scopeName: 'Terminating', operator: 'In', values: ['a'] },
          { scopeName: 'VolumeAttributesClass', operator: 'Exists', values: ['a'] },
          { scopeName: 'Odd', operator: 'Is' },
        ],
      },
    }),
    messages: [
      'spec.scopeSelector.matchExpressions: Invalid value: {"MatchExpressions":[{"ScopeName":"PriorityClass","Operator":"In","Values":null},{"ScopeName":"Terminating","Operator":"In","Values":["a"]},{"ScopeName":"VolumeAttributesClass","Operator":"Exists","Values":["a"]},{"ScopeName":"Odd","Operator":"Is","Values":null}]}: unsupported scope applied to resource',
      "spec.scopeSelector.matchExpressions.values: Required value: must be at least one value when `operator` is 'In' or 'NotIn' for scope selector",
      'spec.scopeSelector.matchExpressions: Invalid value: {"MatchExpressions":[{"ScopeName":"PriorityClass","Operator":"In","Values":null},{"ScopeName":"Terminating","Operator":"In","Values":["a"]},{"ScopeName":"VolumeAttributesClass","Operator":"Exists","Values":["a"]},{"ScopeName":"Odd","Operator":"Is","Values":null}]}: unsupported scope applied to resource',
      'spec.scopeSelector.matchExpressions.operator: Invalid value: "In": must be \'Exists\' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity',
      "spec.scopeSelector.matchExpressions.values: Invalid value: [\"a\"]: must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector",
      'spec.scopeSelector.matchExpressions.scopeName: Invalid value: "Odd": unsupported scope',
      'spec.scopeSelector.matchExpressions.operator: Invalid value: "Is": not a valid selector operator',
    ],
  },
  {
    what: 'scopes stay',
    given: quota({ hard: { pods: '1' }, scopes: ['BestEffort'] }),
    old: quota({ hard: { pods: '1' } }),
    messages: ['spec.scopes: Invalid value: ["BestEffort"]: field is immutable'],
  },
  { what: 'a class that is fine', given: priority({}), messages: [] },
  {
    what: 'how high one may go',
    given: priority({ value: 1000000001, preemptionPolicy: 'Always' }),
    messages: [
      'value: Forbidden: maximum allowed value of a user defined priority is 1000000000',
      'preemptionPolicy: Unsupported value: "Always": supported values: "PreemptLowerPriority", "Never"',
    ],
  },
  {
    what: 'names of the system',
    given: { ...priority({}), metadata: { name: 'system-mine', namespace: undefined } },
    messages: [
      "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: system-mine is not a known system priority class",
    ],
  },
  {
    what: 'classes of the system',
    given: { ...priority({}), metadata: { name: 'system-node-critical', namespace: undefined } },
    messages: [
      "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: value of system-node-critical PriorityClass must be 2000001000",
    ],
  },
  {
    what: 'a class stays',
    given: priority({ value: 2, preemptionPolicy: 'Never' }),
    old: priority({}),
    messages: [
      'value: Forbidden: may not be changed in an update.',
      'preemptionPolicy: Invalid value: "Never": field is immutable',
    ],
  },
  { what: 'a runtime that is fine', given: runtime({}), messages: [] },
  {
    what: 'a runtime',
    given: runtime({
      handler: 'a.b',
      overhead: { podFixed: { gpu: '1' } },
      scheduling: {
        nodeSelector: { 'a b': 'c' },
        tolerations: [
          { key: 'a', operator: 'Exists' },
          { key: 'a', operator: 'Exists' },
        ],
      },
    }),
    messages: [
      'handler: Invalid value: "a.b": must not contain dots',
      'overhead.limits[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified',
      'overhead.limits[gpu]: Invalid value: "gpu": must be a standard resource for containers',
      "scheduling.nodeSelector: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      'scheduling.tolerations[1]: Duplicate value: {"Key":"a","Operator":"Exists","Value":"","Effect":"","TolerationSeconds":null}',
    ],
  },
  {
    what: 'finalizers may be called anything',
    given: { ...runtime({}), metadata: { namespace: undefined, finalizers: ['mine'] } },
    messages: [],
  },
  {
    what: 'the handler stays',
    given: runtime({ handler: 'a' }),
    old: runtime({ handler: 'b' }),
    messages: ['handler: Invalid value: "a": field is immutable'],
  },
]);
