// Kinds that clusters are run with: flow control, what drivers say of nodes, ranges of addresses, revisions.
import assert from 'node:assert/strict';
import type { PriorityLevelConfiguration } from '../../../../src/api/object.ts';
import { defaultObject } from '../../../../src/simulator/kube-apiserver/defaulting/index.ts';
import { ruleTable } from './rule-table.ts';
import type { errorsOf } from './validate.ts';

type Given = Parameters<typeof errorsOf>[0];

const cluster = { namespace: undefined };
const object = (apiVersion: string, kind: string, rest: object, name = 'web'): Given => ({
  apiVersion,
  kind,
  metadata: { ...cluster, name },
  ...rest,
});
const flow = 'flowcontrol.apiserver.k8s.io/v1';
const health = {
  subjects: [{ kind: 'Group', group: { name: 'system:unauthenticated' } }],
  nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['/healthz', '/livez/*'] }],
};
const schema = (rule: object, more: object = {}) =>
  object(flow, 'FlowSchema', { spec: { priorityLevelConfiguration: { name: 'exempt' }, rules: [rule], ...more } });
const level = (spec: object) => object(flow, 'PriorityLevelConfiguration', { spec });
const queue = (queuing: object) => ({ type: 'Limited', limited: { limitResponse: { type: 'Queue', queuing } } });

ruleTable('flow control', [
  { what: 'a FlowSchema', given: schema(health), messages: [] },
  {
    what: 'subjects of the wrong kind',
    given: schema({ ...health, subjects: [{ kind: 'User', group: { name: 'a' } }, { kind: 'Robot' }] }),
    messages: [
      "spec.rules[0].subjects[0].user: Required value: user is required when subject kind is 'User'",
      "spec.rules[0].subjects[0].group: Forbidden: group is forbidden when subject kind is not 'Group'",
      'spec.rules[0].subjects[1].kind: Unsupported value: "Robot": supported values: "Group", "ServiceAccount", "User"',
    ],
  },
  {
    what: 'rules for resources',
    given: schema({
      subjects: [{ kind: 'ServiceAccount', serviceAccount: { name: '*' } }],
      resourceRules: [{ verbs: ['*', 'get'], apiGroups: ['*'], resources: ['pods'], namespaces: ['A'] }],
    }),
    messages: [
      'spec.rules[0].subjects[0].serviceAccount.namespace: Required value: must specify namespace for service account',
      'spec.rules[0].resourceRules[0].verbs: Invalid value: ["*","get"]: if \'*\' is present, must not specify other verbs',
      'spec.rules[0].resourceRules[0].namespaces[0]: Invalid value: "A": each member of this list must be \'*\' or a DNS-1123 label; ' +
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
    ],
  },
  {
    what: 'a precedence that is taken',
    given: schema(health, { matchingPrecedence: 1 }),
    messages: [
      "spec.matchingPrecedence: Invalid value: 1: only the schema named 'exempt' may have matchingPrecedence 1",
    ],
  },
  { what: 'a level', given: level(queue({})), messages: [] },
  {
    what: 'hands that are too large',
    given: level(queue({ queues: 1024, handSize: 7 })),
    messages: [
      'spec.limited.limitResponse.queuing.handSize: Invalid value: 7: ' +
        'required entropy bits of deckSize 1024 and handSize 7 should not be greater than 60',
    ],
  },
  {
    what: 'a level that is nobody but one',
    given: level({ type: 'Exempt' }),
    messages: ["spec.type: Invalid value: \"Exempt\": must be 'Exempt' if and only if `name` is 'exempt'"],
  },
]);

it('gives a level its shares and queues', () => {
  const { spec } = defaultObject(level(queue({})) as unknown as PriorityLevelConfiguration);
  assert.deepEqual(spec?.limited, {
    nominalConcurrencyShares: 30,
    lendablePercent: 0,
    limitResponse: { type: 'Queue', queuing: { queues: 64, handSize: 8, queueLengthLimit: 50 } },
  });
});

const storage = 'storage.k8s.io/v1';
const attachment = (spec: object) =>
  object(storage, 'VolumeAttachment', { spec: { attacher: 'csi.example.com', nodeName: 'n', source: {}, ...spec } });
const byName = (persistentVolumeName: string) => attachment({ source: { persistentVolumeName } });
const csiNode = (...drivers: object[]) => object(storage, 'CSINode', { spec: { drivers } });
const driver = { name: 'csi.example.com', nodeID: 'n', topologyKeys: ['example.com/zone'] };
const capacity = (rest: object): Given => ({
  apiVersion: storage,
  kind: 'CSIStorageCapacity',
  storageClassName: 'fast',
  ...rest,
});

ruleTable('what drivers say', [
  { what: 'an attachment', given: byName('pv'), messages: [] },
  {
    what: 'an attachment of nothing',
    given: attachment({}),
    messages: ['spec.source: Required value: must specify exactly one of inlineVolumeSpec and persistentVolumeName'],
  },
  {
    what: 'an attachment that moves',
    given: byName('b'),
    old: byName('a'),
    messages: [
      'spec: Invalid value: {"Attacher":"csi.example.com","Source":{"PersistentVolumeName":"b","InlineVolumeSpec":null},"NodeName":"n"}: field is immutable',
    ],
  },
  { what: 'a node of two drivers', given: csiNode(driver, { ...driver, name: 'b' }), messages: [] },
  {
    what: 'a driver told twice',
    given: csiNode(driver, { ...driver, nodeID: '' }),
    messages: ['spec.drivers[1].nodeID: Required value', 'spec.drivers[1].name: Duplicate value: "csi.example.com"'],
  },
  {
    what: 'a limit that changes',
    given: csiNode({ ...driver, allocatable: { count: 9 } }),
    old: csiNode({ ...driver, allocatable: { count: 8 } }),
    messages: [],
  },
  {
    what: 'room in another class',
    given: capacity({ storageClassName: 'slow' }),
    old: capacity({}),
    messages: ['storageClassName: Invalid value: "slow": field is immutable'],
  },
  {
    what: 'less room than none',
    given: capacity({ capacity: '-1Gi' }),
    messages: ['capacity: Invalid value: "-1Gi": must be greater than or equal to 0'],
  },
]);

const ranges = (...cidrs: string[]) => object('networking.k8s.io/v1', 'ServiceCIDR', { spec: { cidrs } });
const address = (name: string, parentRef?: object) =>
  object('networking.k8s.io/v1', 'IPAddress', { spec: { parentRef } }, name);
const revision = (data: unknown): Given => ({ apiVersion: 'apps/v1', kind: 'ControllerRevision', data, revision: 1 });

ruleTable('ranges, addresses and revisions', [
  { what: 'a range', given: ranges('10.0.0.0/16', 'fd00::/112'), messages: [] },
  { what: 'no range', given: ranges(), messages: ['spec.cidrs: Required value: at least one CIDR required'] },
  {
    what: 'a range written in another way',
    given: ranges('FD00::/112'),
    messages: ['spec.cidrs[0]: Invalid value: "FD00::/112": must be in canonical form ("fd00::/112")'],
  },
  { what: 'a second range', given: ranges('10.0.0.0/16', 'fd00::/112'), old: ranges('10.0.0.0/16'), messages: [] },
  {
    what: 'another range',
    given: ranges('10.1.0.0/16'),
    old: ranges('10.0.0.0/16'),
    messages: ['spec.cidrs[0]: Invalid value: "10.1.0.0/16": field is immutable'],
  },
  { what: 'an address', given: address('10.0.0.1', { resource: 'services', name: 'a' }), messages: [] },
  { what: 'an address of nobody', given: address('10.0.0.1'), messages: ['spec.parentRef: Required value'] },
  { what: 'a revision', given: revision({ spec: {} }), messages: [] },
  { what: 'an empty revision', given: revision(undefined), messages: ['data: Required value: data is mandatory'] },
  {
    what: 'a revision that is a text',
    given: revision('a'),
    messages: ['data: Required value: data must be a valid JSON object'],
  },
]);
