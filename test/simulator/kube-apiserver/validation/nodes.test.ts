// Endpoints, EndpointSlices, Nodes, Leases, and the two old ways to run Pods.
import { ruleTable } from './rule-table.ts';

const endpoints = (...subsets: object[]) => ({ apiVersion: 'v1', kind: 'Endpoints', subsets });
const slice = (more: object = {}) => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  addressType: 'IPv4',
  endpoints: [],
  ports: [],
  ...more,
});
const node = (spec: object = {}, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { namespace: undefined },
  spec,
  ...more,
});
const lease = (spec: object = {}) => ({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', spec });
const pod = { containers: [{ name: 'a', image: 'a' }] };
const rc = (spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ReplicationController',
  spec: { template: { metadata: { labels: { a: 'b' } }, spec: pod }, ...spec },
});

ruleTable('rules of endpoints and nodes', [
  {
    what: 'endpoints that are fine',
    given: endpoints({ addresses: [{ ip: '10.0.0.1' }], ports: [{ port: 80 }] }),
    messages: [],
  },
  {
    what: 'endpoints',
    given: endpoints(
      {},
      {
        addresses: [{ ip: '127.0.0.1', hostname: 'A', nodeName: 'b_' }, { ip: 'a' }],
        ports: [
          { port: 0, protocol: 'ICMP' },
          { port: 1, name: 'A', appProtocol: '' },
        ],
      },
    ),
    messages: [
      'subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`',
      "subsets[1].addresses[0].hostname: Invalid value: \"A\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
      "subsets[1].addresses[0].nodeName: Invalid value: \"b_\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      'subsets[1].addresses[0].ip: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
      'subsets[1].addresses[1].ip: Invalid value: "a": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      'subsets[1].addresses[1].ip: Invalid value: "a": must be a valid IP address',
      'subsets[1].ports[0].name: Required value',
      'subsets[1].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive',
      'subsets[1].ports[0].protocol: Unsupported value: "ICMP": supported values: "SCTP", "TCP", "UDP"',
      "subsets[1].ports[1].name: Invalid value: \"A\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
      'subsets[1].ports[1].appProtocol: Invalid value: "": name part must be non-empty',
      "subsets[1].ports[1].appProtocol: Invalid value: \"\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    ],
  },
  { what: 'endpoints that were wrong before may stay', given: endpoints({}), old: endpoints({}), messages: [] },
  { what: 'a slice that is fine', given: slice({ endpoints: [{ addresses: ['10.0.0.1'] }] }), messages: [] },
  {
    what: 'a slice',
    given: slice({
      endpoints: [
        { addresses: [] },
        {
          addresses: ['::1', '169.254.0.1'],
          hostname: 'A',
          nodeName: 'b_',
          hints: { forZones: [{ name: 'a' }, { name: 'a' }], forNodes: [{ name: 'A' }] },
        },
      ],
      ports: [{ name: 'A', protocol: 'ICMP' }, { name: 'a', appProtocol: 'a b' }, { name: 'a' }],
    }),
    messages: [
      "ports[0].name: Invalid value: \"A\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
      'ports[0].protocol: Unsupported value: "ICMP": supported values: "SCTP", "TCP", "UDP"',
      "ports[1].appProtocol: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      'ports[2].name: Duplicate value: "a"',
      'endpoints[0].addresses: Required value: must contain at least 1 address',
      'endpoints[1].addresses: Invalid value: "::1": must be an IPv4 address',
      'endpoints[1].addresses[0]: Invalid value: "::1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
      'endpoints[1].addresses[1]: Invalid value: "169.254.0.1": may not be in the link-local range (169.254.0.0/16, fe80::/10)',
      "endpoints[1].nodeName: Invalid value: \"b_\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      "endpoints[1].hostname: Invalid value: \"A\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
      'endpoints[1].hints.forZones[1].name: Duplicate value: "a"',
      "endpoints[1].hints.forNodes[0].name: Invalid value: \"A\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
  },
  {
    what: 'addresses that are not as they should be written',
    given: slice({ addressType: 'IPv6', endpoints: [{ addresses: ['2001:DB8::1', '10.0.0.1'] }] }),
    messages: [
      'endpoints[0].addresses[0]: Invalid value: "2001:DB8::1": must be in canonical form ("2001:db8::1")',
      'endpoints[0].addresses: Invalid value: "10.0.0.1": must be an IPv6 address',
    ],
  },
  {
    what: 'names',
    given: slice({ addressType: 'FQDN', endpoints: [{ addresses: ['a', 'A.b', 'a.b.', ''] }] }),
    messages: [
      'endpoints[0].addresses[0]: Invalid value: "a": should be a domain with at least two segments separated by dots',
      "endpoints[0].addresses[1]: Invalid value: \"A.b\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      'endpoints[0].addresses[3]: Required value',
    ],
  },
  {
    what: 'types of addresses',
    given: slice({ addressType: 'MAC' }),
    messages: ['addressType: Unsupported value: "MAC": supported values: "FQDN", "IPv4", "IPv6"'],
  },
  {
    what: 'the type stays',
    given: slice({ addressType: 'IPv6' }),
    old: slice({}),
    messages: ['addressType: Invalid value: "IPv6": field is immutable'],
  },
  { what: 'a node that is fine', given: node({ taints: [{ key: 'a', effect: 'NoSchedule' }] }), messages: [] },
  {
    what: 'taints',
    given: node({
      taints: [
        { key: 'a b', value: 'c d', effect: 'Never' },
        { key: 'a', effect: 'NoExecute' },
        { key: 'a', effect: 'NoExecute' },
        { key: 'b' },
      ],
    }),
    messages: [
      "metadata.taints[0].key: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      "metadata.taints[0].value: Invalid value: \"c d\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
      'metadata.taints[0].effect: Unsupported value: "Never": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
      'metadata.taints[2]: Duplicate value: {"Key":"a","Value":"","Effect":"NoExecute","TimeAdded":null}: taints must be unique by key and effect pair',
      'metadata.taints[3].effect: Required value',
    ],
  },
  {
    what: 'ranges for Pods',
    given: node({ podCIDRs: ['10.0.0.0/8', '10.0.0.0/16'] }),
    messages: [
      'spec.podCIDRs: Invalid value: ["10.0.0.0/8","10.0.0.0/16"]: may specify no more than one CIDR for each IP family',
    ],
  },
  {
    what: 'amounts of a node',
    given: node(
      {},
      { status: { capacity: { pods: '1500m' }, allocatable: { cpu: '-1' }, declaredFeatures: ['b', 'A', 'A'] } },
    ),
    messages: [
      'status.capacity.pods: Invalid value: "1500m": must be an integer',
      'status.allocatable.cpu: Invalid value: "-1": must be greater than or equal to 0',
      'status.declaredFeatures[0]: Invalid value: "b": invalid feature name "b": must start with an UpperCamelCase segment, with subsequent segments separated by \'/\' (e.g., MyFeature or MyFeature/mySubFeature), and contain only alphanumeric characters and slashes',
      'status.declaredFeatures[1]: Invalid value: "A": list must be sorted alphabetically',
      'status.declaredFeatures[2]: Duplicate value: "A"',
    ],
  },
  {
    what: 'a node keeps its range and its provider',
    given: node({ podCIDR: '10.1.0.0/16', providerID: 'b', externalID: 'x' }),
    old: node({ podCIDR: '10.2.0.0/16', providerID: 'a' }),
    messages: [
      'spec.podCIDRs: Forbidden: node updates may not change podCIDR except from "" to valid',
      'spec.providerID: Forbidden: node updates may not change providerID except from "" to valid',
      'spec.externalID: Forbidden: may not be updated',
    ],
  },
  {
    what: 'a lease',
    given: lease({ leaseDurationSeconds: 0, leaseTransitions: -1, strategy: 'Mine', preferredHolder: '' }),
    messages: [
      'spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0',
      'spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0',
      'spec.strategy.strategy: Unsupported value: "Mine": supported values: "OldestEmulationVersion"',
    ],
  },
  {
    what: 'who would hold a lease',
    given: lease({ preferredHolder: 'a' }),
    messages: ['spec.preferredHolder: Forbidden: may only be specified if `strategy` is defined'],
  },
  { what: 'a controller that is fine', given: rc({}), messages: [] },
  {
    what: 'a controller',
    given: rc({ replicas: -1, minReadySeconds: -1, selector: { a: 'c' } }),
    messages: [
      'spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0',
      'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
      'spec.template.metadata.labels: Invalid value: {"a":"b"}: `selector` does not match template `labels`',
    ],
  },
  {
    what: 'a controller without a template',
    given: rc({ template: undefined }),
    messages: ['spec.selector: Required value', 'spec.template: Required value'],
  },
  {
    what: 'a template of Pods',
    given: { apiVersion: 'v1', kind: 'PodTemplate', template: { spec: { containers: [] } } },
    messages: ['template.spec.containers: Required value'],
  },
]);
