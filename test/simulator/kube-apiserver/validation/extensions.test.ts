// CSIDrivers and APIServices.
import { ruleTable } from './rule-table.ts';

const cluster = { namespace: undefined };
const driverSpec = {
  attachRequired: true,
  podInfoOnMount: false,
  storageCapacity: false,
  fsGroupPolicy: 'File',
  volumeLifecycleModes: ['Persistent'],
  requiresRepublish: false,
  seLinuxMount: false,
};
const driver = (more: object = {}) => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'CSIDriver',
  metadata: cluster,
  spec: { ...driverSpec, ...more },
});
const service = (more: object = {}) => ({
  apiVersion: 'apiregistration.k8s.io/v1',
  kind: 'APIService',
  metadata: { name: 'v1beta1.metrics.k8s.io', namespace: undefined },
  spec: {
    group: 'metrics.k8s.io',
    version: 'v1beta1',
    groupPriorityMinimum: 100,
    versionPriority: 100,
    service: { name: 'a', namespace: 'b', port: 443 },
    insecureSkipTLSVerify: true,
    ...more,
  },
});

ruleTable('rules of what extends a cluster', [
  { what: 'a plain driver', given: driver(), messages: [] },
  {
    what: 'what a driver may not be',
    given: driver({
      attachRequired: undefined,
      fsGroupPolicy: 'Some',
      volumeLifecycleModes: ['Eternal'],
      nodeAllocatableUpdatePeriodSeconds: 9,
      serviceAccountTokenInSecrets: true,
    }),
    messages: [
      'spec.fsGroupPolicy: Unsupported value: "Some": supported values: "File", "None", "ReadWriteOnceWithFSType"',
      'spec.volumeLifecycleModes: Unsupported value: "Eternal": supported values: "Persistent", "Ephemeral"',
      'spec.nodeAllocatableUpdatePeriodSeconds: Invalid value: 9: must be greater than or equal to 10 seconds',
      'spec.serviceAccountTokenInSecrets: Invalid value: true: serviceAccountTokenInSecrets is set but no tokenRequests are specified',
    ],
  },
  {
    what: 'tokens',
    given: driver({
      tokenRequests: [
        { audience: 'a' },
        { audience: 'a' },
        { audience: 'b', expirationSeconds: 1 },
        { audience: 'c', expirationSeconds: 4294967297 },
      ],
    }),
    messages: [
      'spec.tokenRequests[1].audience: Duplicate value: "a"',
      'spec.tokenRequests[2].expirationSeconds: Invalid value: 1: may not specify a duration less than 10 minutes',
      'spec.tokenRequests[3].expirationSeconds: Invalid value: 4294967297: may not specify a duration larger than 2^32 seconds',
    ],
  },
  {
    what: 'what a driver does stays',
    given: driver({ attachRequired: false, volumeLifecycleModes: ['Ephemeral'] }),
    old: driver(),
    messages: [
      'spec.attachedRequired: Invalid value: false: field is immutable',
      'spec.volumeLifecycleModes: Invalid value: ["Ephemeral"]: field is immutable',
    ],
  },
  { what: 'a plain service', given: service(), messages: [] },
  {
    what: 'another name',
    given: service({ version: 'v1' }),
    messages: [
      'metadata.name: Invalid value: "v1beta1.metrics.k8s.io": must be `spec.version+"."+spec.group`: "v1.metrics.k8s.io"',
    ],
  },
  {
    what: 'priorities',
    given: service({ groupPriorityMinimum: 0, versionPriority: 1001 }),
    messages: [
      'spec.groupPriorityMinimum: Invalid value: 0: must be positive and less than 20000',
      'spec.versionPriority: Invalid value: 1001: must be positive and less than 1000',
    ],
  },
  {
    what: 'a group of no name',
    given: service({ group: '', version: 'V' }),
    messages: [
      'metadata.name: Invalid value: "v1beta1.metrics.k8s.io": must be `spec.version+"."+spec.group`: "V."',
      'spec.group: Required value: only v1 may have an empty group and it better be legacy kube',
      "spec.version: Invalid value: \"V\": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
    ],
  },
  {
    what: 'a service that is nowhere',
    given: service({ service: { port: 0 } }),
    messages: [
      'spec.service.namespace: Required value',
      'spec.service.name: Required value',
      'spec.service.port: Invalid value: 0: port is not valid: must be between 1 and 65535, inclusive',
    ],
  },
  {
    what: 'certificates that are not looked at',
    given: service({ caBundle: 'YQ==' }),
    messages: ['spec.insecureSkipTLSVerify: Invalid value: true: may not be true if caBundle is present'],
  },
  {
    what: 'a local one',
    given: service({ service: undefined, caBundle: 'YWI=' }),
    messages: [
      'spec.caBundle: Invalid value: "2 bytes": local APIServices may not have a caBundle',
      'spec.insecureSkipTLSVerify: Invalid value: true: local APIServices may not have insecureSkipTLSVerify',
    ],
  },
]);
