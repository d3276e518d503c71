// PersistentVolumes, PersistentVolumeClaims, StorageClasses and VolumeAttributesClasses.
import { ruleTable } from './rule-table.ts';

const cluster = { namespace: undefined };
const pv = (spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: cluster,
  spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], ...spec },
});
const hostPath = { path: '/data' };
const pvc = (spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
});
const sc = (more: object = {}) => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: cluster,
  provisioner: 'a.io/b',
  ...more,
});
const vac = (more: object = {}) => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'VolumeAttributesClass',
  metadata: cluster,
  driverName: 'a.io',
  parameters: { iops: '1' },
  ...more,
});

ruleTable('rules of volumes', [
  { what: 'a volume that is fine', given: pv({ hostPath }), messages: [] },
  { what: 'no source', given: pv({}), messages: ['spec: Required value: must specify a volume type'] },
  {
    what: 'two sources',
    given: pv({ hostPath, nfs: { server: 'a', path: '/' } }),
    messages: ['spec.nfs: Forbidden: may not specify more than 1 volume type'],
  },
  {
    what: 'capacity',
    given: pv({ hostPath, capacity: { storage: '-1', cpu: '1' } }),
    messages: [
      'spec.capacity: Unsupported value: {"cpu":"1","storage":"-1"}: supported values: "storage"',
      'spec.capacity[storage]: Invalid value: -1: must be a valid resource quantity',
      'spec.capacity[storage]: Invalid value: "-1": must be greater than zero',
    ],
  },
  {
    what: 'no capacity',
    given: pv({ hostPath, capacity: undefined, accessModes: [] }),
    messages: [
      'spec.accessModes: Required value',
      'spec.capacity: Required value',
      'spec.capacity: Unsupported value: null: supported values: "storage"',
    ],
  },
  {
    what: 'a local volume needs a node',
    given: pv({ local: { path: '/a/../b' } }),
    messages: [
      'spec.local.path: Invalid value: "/a/../b": must not contain \'..\'',
      'spec.nodeAffinity: Required value: Local volume requires node affinity',
    ],
  },
  {
    what: 'node affinity',
    given: pv({ local: { path: '/a' }, nodeAffinity: {} }),
    messages: ['spec.nodeAffinity.required: Required value: must specify required node constraints'],
  },
  {
    what: 'recycling everything',
    given: pv({ hostPath: { path: '/a/..' }, persistentVolumeReclaimPolicy: 'Recycle' }),
    messages: [
      'spec.hostPath.path: Invalid value: "/a/..": must not contain \'..\'',
      "spec.persistentVolumeReclaimPolicy: Forbidden: may not be 'recycle' for a hostPath mount of '/'",
    ],
  },
  {
    what: 'secrets of drivers',
    given: pv({
      csi: { driver: 'A_', volumeHandle: '', nodePublishSecretRef: { name: 'a' } },
      volumeAttributesClassName: '',
    }),
    messages: [
      "spec.csi.driver: Invalid value: \"A_\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      'spec.csi.volumeHandle: Required value',
      'spec.csi.nodePublishSecretRef.namespace: Required value',
      'spec.volumeAttributesClassName: Required value: an empty string is disallowed',
    ],
  },
  {
    what: 'iSCSI',
    given: pv({ iscsi: { targetPortal: '', iqn: 'x', lun: 256, chapAuthSession: true, initiatorName: 'y' } }),
    messages: [
      'spec.iscsi.targetPortal: Required value',
      'spec.iscsi.iqn: Invalid value: "x": must be valid format',
      'spec.iscsi.lun: Invalid value: 256: must be between 0 and 255, inclusive',
      'spec.iscsi.secretRef: Required value',
      'spec.iscsi.initiatorname: Invalid value: "y": must be valid format',
    ],
  },
  {
    what: 'mount options in an annotation',
    given: {
      ...pv({ hostPath }),
      metadata: { ...cluster, annotations: { 'volume.beta.kubernetes.io/mount-options': 'ro' } },
    },
    messages: [
      'metadata.annotations.volume.beta.kubernetes.io/mount-options: Forbidden: may not specify mount options for this volume type',
    ],
  },
  {
    what: 'where a volume comes from stays',
    given: pv({ hostPath: { path: '/b' }, volumeMode: 'Block' }),
    old: pv({ hostPath }),
    messages: [
      'spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation\n@@ -2,7 +2,7 @@\n  "GCEPersistentDisk": null,\n  "AWSElasticBlockStore": null,\n  "HostPath": {\n-  "Path": "/data",\n+  "Path": "/b",\n   "Type": ""\n  },\n  "Glusterfs": null,\n',
      'volumeMode: Invalid value: "Block": field is immutable',
    ],
  },
  {
    what: 'node affinity stays',
    given: pv({ hostPath }),
    old: pv({
      hostPath,
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }] } },
    }),
    messages: ['nodeAffinity: Invalid value: null: field is immutable, except for updating from beta label to GA'],
  },
  {
    what: 'but for labels that go by another name',
    given: pv({
      hostPath,
      nodeAffinity: {
        required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/os', operator: 'Exists' }] }] },
      },
    }),
    old: pv({
      hostPath,
      nodeAffinity: {
        required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'beta.kubernetes.io/os', operator: 'Exists' }] }] },
      },
    }),
    messages: [],
  },
  { what: 'a claim that is fine', given: pvc({}), messages: [] },
  {
    what: 'a claim for nothing',
    given: pvc({ accessModes: [], resources: {} }),
    messages: [
      'spec.accessModes: Required value: at least 1 access mode is required',
      'spec.resources[storage]: Required value',
    ],
  },
  {
    what: 'sources that differ',
    given: pvc({
      dataSource: { kind: 'PersistentVolumeClaim', name: 'a' },
      dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'b' },
    }),
    messages: ['spec: Invalid value: {}: must match dataSourceRef'],
  },
  {
    what: 'what is claimed stays',
    given: pvc({ storageClassName: 'b' }),
    old: pvc({ storageClassName: 'a' }),
    messages: [
      'spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n@@ -10,7 +10,7 @@\n   }\n  },\n  "VolumeName": "",\n- "StorageClassName": "a",\n+ "StorageClassName": "b",\n  "VolumeMode": "Filesystem",\n  "DataSource": null,\n  "DataSourceRef": null,\n',
    ],
  },
  { what: 'a claim may be given a class', given: pvc({ storageClassName: 'b' }), old: pvc({}), messages: [] },
  {
    what: 'a claim that is bound may grow',
    given: {
      ...pvc({ resources: { requests: { storage: '2Gi' } } }),
      status: { phase: 'Bound', capacity: { storage: '1Gi' } },
    },
    old: { ...pvc({}), status: { phase: 'Bound', capacity: { storage: '1Gi' } } },
    messages: [],
  },
  {
    what: 'but not shrink',
    given: {
      ...pvc({ resources: { requests: { storage: '1Mi' } } }),
      status: { phase: 'Bound', capacity: { storage: '1Gi' } },
    },
    old: { ...pvc({}), status: { phase: 'Bound', capacity: { storage: '1Gi' } } },
    messages: ['spec.resources.requests.storage: Forbidden: field can not be less than status.capacity'],
  },
  { what: 'a class that is fine', given: sc({}), messages: [] },
  {
    what: 'a class',
    given: sc({ provisioner: 'a/b/c', reclaimPolicy: 'Recycle', volumeBindingMode: 'Later', parameters: { '': 'x' } }),
    messages: [
      "provisioner: Invalid value: \"a/b/c\": a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
      'parameters: Invalid value: "": field can not be empty.',
      'reclaimPolicy: Unsupported value: "Recycle": supported values: "Delete", "Retain"',
      'volumeBindingMode: Unsupported value: "Later": supported values: "Immediate", "WaitForFirstConsumer"',
    ],
  },
  {
    what: 'topologies',
    given: sc({
      allowedTopologies: [
        {
          matchLabelExpressions: [
            { key: '', values: [] },
            { key: 'a', values: ['b', 'b'] },
            { key: 'a', values: ['c'] },
          ],
        },
        {},
      ],
    }),
    messages: [
      'allowedTopologies[0].matchLabelExpressions[0].values: Required value',
      'allowedTopologies[0].matchLabelExpressions[0].key: Invalid value: "": name part must be non-empty',
      "allowedTopologies[0].matchLabelExpressions[0].key: Invalid value: \"\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      'allowedTopologies[0].matchLabelExpressions[1].values[1]: Duplicate value: "b"',
      'allowedTopologies[0].matchLabelExpressions[2].key: Duplicate value: "a"',
      'allowedTopologies[1].matchLabelExpressions: Duplicate value: ""',
      'allowedTopologies[1].matchLabelExpressions: Duplicate value: ""',
    ],
  },
  {
    what: 'what a class does stays',
    given: sc({ parameters: { a: 'b' }, reclaimPolicy: 'Retain' }),
    old: sc({}),
    messages: [
      'parameters: Invalid value: {"a":"b"}: field is immutable',
      'reclaimPolicy: Invalid value: "Retain": field is immutable',
    ],
  },
  {
    what: 'attributes',
    given: vac({ driverName: '', parameters: {} }),
    messages: ['driverName: Required value', 'parameters: Required value: must contain at least one key/value pair'],
  },
  {
    what: 'attributes stay',
    given: vac({ parameters: { iops: '2' } }),
    old: vac({}),
    messages: ['parameters: Forbidden: updates to parameters are forbidden.'],
  },
]);
