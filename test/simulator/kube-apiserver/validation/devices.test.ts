// ResourceClaims, their templates, and DeviceClasses.
import { ruleTable } from './rule-table.ts';

const api = 'resource.k8s.io/v1';
const exactly = { deviceClassName: 'gpu.example.com', allocationMode: 'ExactCount', count: 1 };
const claim = (devices: object = {}) => ({
  apiVersion: api,
  kind: 'ResourceClaim',
  spec: { devices: { requests: [{ name: 'gpu', exactly }], ...devices } },
});
const request = (more: object = {}) => claim({ requests: [{ name: 'gpu', exactly: { ...exactly, ...more } }] });
const template = (devices: object = {}) => ({
  apiVersion: api,
  kind: 'ResourceClaimTemplate',
  spec: { spec: { devices } },
});
const deviceClass = (spec: object = {}) => ({
  apiVersion: api,
  kind: 'DeviceClass',
  metadata: { name: 'gpu.example.com', namespace: undefined },
  spec,
});

ruleTable('rules of devices', [
  { what: 'a plain claim', given: claim(), messages: [] },
  { what: 'a claim for nothing', given: claim({ requests: [] }), messages: [] },
  {
    what: 'requests',
    given: claim({
      requests: [
        { name: 'A' },
        { name: 'b', exactly, firstAvailable: [{ name: 'c', ...exactly }] },
        { name: 'd', exactly: { ...exactly, deviceClassName: '', count: 0 } },
        { name: 'd', exactly: { ...exactly, allocationMode: 'Some' } },
      ],
    }),
    messages: [
      "spec.devices.requests[0].name: Invalid value: \"A\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
      'spec.devices.requests[0]: Required value: exactly one of `exactly` or `firstAvailable` is required',
      'spec.devices.requests[1]: Invalid value: null: exactly one of `exactly` or `firstAvailable` is required, but multiple fields are set',
      'spec.devices.requests[2].exactly.deviceClassName: Required value',
      'spec.devices.requests[3].exactly.allocationMode: Unsupported value: "Some": supported values: "All", "ExactCount"',
      'spec.devices.requests[3]: Duplicate value: "d"',
    ],
  },
  {
    what: 'all of a class, and one more',
    given: request({ allocationMode: 'All' }),
    messages: [
      "spec.devices.requests[0].exactly.count: Invalid value: 1: must not be specified when allocationMode is 'All'",
    ],
  },
  {
    what: 'one of several',
    given: claim({
      requests: [
        {
          name: 'gpu',
          firstAvailable: [
            { name: 'large', ...exactly },
            { name: 'large', ...exactly, deviceClassName: 'Small' },
          ],
        },
      ],
      constraints: [{ requests: ['gpu/large', 'gpu/small'], matchAttribute: 'gpu.example.com/model' }],
    }),
    messages: [
      "spec.devices.requests[0].firstAvailable[1].deviceClassName: Invalid value: \"Small\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      'spec.devices.requests[0].firstAvailable[1]: Duplicate value: "large"',
      'spec.devices.constraints[0].requests[1]: Invalid value: "gpu/small": must be the name of a request in the claim or the name of a request and a subrequest separated by \'/\'',
    ],
  },
  {
    what: 'tolerations',
    given: request({
      tolerations: [
        { operator: 'Exists', value: 'a' },
        { operator: 'Equal', value: '-' },
        { operator: 'Is', effect: 'Panic' },
        {},
      ],
    }),
    messages: [
      'spec.devices.requests[0].exactly.tolerations[0].value: Invalid value: "a": must be empty for operator `Exists`',
      "spec.devices.requests[0].exactly.tolerations[1].value: Invalid value: \"-\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
      'spec.devices.requests[0].exactly.tolerations[2].operator: Unsupported value: "Is": supported values: "Equal", "Exists"',
      'spec.devices.requests[0].exactly.tolerations[2].effect: Unsupported value: "Panic": supported values: "NoExecute", "NoSchedule", "None"',
    ],
  },
  {
    what: 'a selector',
    given: request({
      selectors: [
        {
          cel: {
            expression: 'device.driver == "gpu.example.com" && device.attributes["gpu.example.com"].model == "a"',
          },
        },
      ],
    }),
    messages: [],
  },
  {
    what: 'selectors that do not compile',
    given: request({ selectors: [{}, { cel: { expression: 'gpu' } }, { cel: { expression: 'device.maker == "a"' } }] }),
    messages: [
      'spec.devices.requests[0].exactly.selectors[0].cel: Required value',
      "spec.devices.requests[0].exactly.selectors[1].cel.expression: Invalid value: \"gpu\": compilation failed: ERROR: <input>:1:1: undeclared reference to 'gpu' (in container '')\n | gpu\n | ^",
      'spec.devices.requests[0].exactly.selectors[2].cel.expression: Invalid value: "device.maker == \\"a\\"": compilation failed: ERROR: <input>:1:7: undefined field \'maker\'\n | device.maker == "a"\n | ......^',
    ],
  },
  {
    what: 'constraints',
    given: claim({
      constraints: [
        {},
        { matchAttribute: 'model' },
        { matchAttribute: '/' },
        { distinctAttribute: 'gpu.example.com/a-b' },
        { requests: ['a', 'a/b/c', 'gpu', 'gpu'], matchAttribute: 'gpu.example.com/model' },
      ],
    }),
    messages: [
      'spec.devices.constraints[0]: Required value: exactly one of "matchAttribute" or "distinctAttribute" is required, but multiple fields are set',
      'spec.devices.constraints[1].matchAttribute: Invalid value: "model": a fully qualified name must be a domain and a name separated by a slash',
      'spec.devices.constraints[2].matchAttribute: Invalid value: "": the domain must not be empty',
      'spec.devices.constraints[2].matchAttribute: Invalid value: "": the name must not be empty',
      "spec.devices.constraints[3].distinctAttribute: Invalid value: \"a-b\": a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName', regex used for validation is '[A-Za-z_][A-Za-z0-9_]*')",
      'spec.devices.constraints[4].requests[0]: Invalid value: "a": must be the name of a request in the claim or the name of a request and a subrequest separated by \'/\'',
      'spec.devices.constraints[4].requests[1]: Invalid value: "a/b/c": must be the name of a request in the claim or the name of a request and a subrequest separated by \'/\'',
      'spec.devices.constraints[4].requests[3]: Duplicate value: "gpu"',
    ],
  },
  {
    what: 'configuration',
    given: claim({ config: [{}, { opaque: { driver: '', parameters: 1 } }] }),
    messages: [
      'spec.devices.config[0].opaque: Required value',
      'spec.devices.config[1].opaque.driver: Required value',
      'spec.devices.config[1].opaque.parameters: Invalid value: "<value omitted>": must be a valid JSON object',
    ],
  },
  {
    what: 'a claim stays as it is',
    given: claim({ requests: [] }),
    old: claim(),
    messages: ['spec: Invalid value: {"Devices":{"Requests":[],"Constraints":null,"Config":null}}: field is immutable'],
  },
  { what: 'a plain template', given: template({ requests: [{ name: 'gpu', exactly }] }), messages: [] },
  {
    what: 'what a template asks for',
    given: template({ requests: [{ name: 'gpu' }] }),
    messages: [
      'spec.spec.devices.requests[0]: Required value: exactly one of `exactly` or `firstAvailable` is required',
    ],
  },
  {
    what: 'a template stays as it is',
    given: template({ requests: [] }),
    old: template({ requests: [{ name: 'gpu', exactly }] }),
    messages: [
      'spec: Invalid value: {"Spec":{"Devices":{"Requests":[],"Constraints":null,"Config":null}}}: field is immutable',
    ],
  },
  {
    what: 'a class',
    given: deviceClass({
      extendedResourceName: 'example.com/gpu',
      selectors: [{ cel: { expression: 'device.driver == "a"' } }],
    }),
    messages: [],
  },
  {
    what: 'what a class may not be',
    given: deviceClass({ extendedResourceName: 'gpu', selectors: [{}], config: [{}] }),
    messages: [
      'spec.selectors[0].cel: Required value',
      'spec.config[0].opaque: Required value',
      'spec.extendedResourceName: Invalid value: "gpu": must be a valid extended resource name',
    ],
  },
]);

const slice = (spec: object = {}) => ({
  apiVersion: api,
  kind: 'ResourceSlice',
  metadata: { name: 'a', namespace: undefined },
  spec: {
    driver: 'gpu.example.com',
    pool: { name: 'a', generation: 1, resourceSliceCount: 1 },
    nodeName: 'a',
    ...spec,
  },
});
const offered = (more: object = {}) => slice({ devices: [{ name: 'gpu-0', ...more }] });
const offeredAmount = (requestPolicy: object) =>
  offered({ allowMultipleAllocations: true, capacity: { memory: { value: '40Gi', requestPolicy } } });
const policyPath = 'spec.devices[0].capacity[memory].requestPolicy';

ruleTable('rules of what drivers offer', [
  { what: 'a plain slice', given: offered(), messages: [] },
  {
    what: 'where it is moved to',
    given: slice({ nodeName: 'b' }),
    old: slice(),
    messages: ['spec.nodeName: Invalid value: "b": field is immutable'],
  },
  {
    what: 'nodes said in two ways',
    given: slice({ allNodes: true }),
    messages: [
      'spec: Invalid value: "{`nodeName`, `allNodes`}": exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required, but multiple fields are set',
    ],
  },
  {
    what: 'more devices than fit',
    given: slice({ devices: Array.from({ length: 129 }, (_, i) => ({ name: `gpu-${i}` })) }),
    messages: ['spec.devices: Too many: 129: must have at most 128 items'],
  },
  {
    what: 'values that can be asked for, in the wrong order and with no usual one',
    given: offeredAmount({ default: '3Gi', validValues: ['2Gi', '1Gi', '50Gi', '50Gi'] }),
    messages: [
      `${policyPath}.validValues[1]: Invalid value: "1Gi": values must be sorted in ascending order`,
      `${policyPath}.validValues[2]: Invalid value: "50Gi": option is larger than capacity value: 40Gi`,
      `${policyPath}.validValues[3]: Invalid value: "50Gi": option is larger than capacity value: 40Gi`,
      `${policyPath}.validValues[3]: Duplicate value: "53687091200"`,
      `${policyPath}.validValues: Invalid value: "3Gi": default value is not valid according to the requestPolicy`,
    ],
  },
  {
    what: 'conditions of binding that are of failure, too',
    given: offered({ bindingConditions: ['a'], bindingFailureConditions: ['a'] }),
    messages: [
      'spec.devices[0].bindingFailureConditions[0]: Invalid value: "a": bindingFailureConditions must not overlap with bindingConditions',
    ],
  },
]);
