// Jobs and CronJobs.
import { ruleTable } from './rule-table.ts';

const uid = 'u',
  labels = {
    'controller-uid': uid,
    'job-name': 'web',
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': 'web',
  };
const pod = (more: object = {}) => ({ containers: [{ name: 'a', image: 'a' }], restartPolicy: 'Never', ...more });
const selector = { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } };
const job = (spec: object = {}, podMore: object = {}) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  spec: { selector, template: { metadata: { labels }, spec: pod(podMore) }, ...spec },
});
const cron = (spec: object = {}, jobSpec: object = {}) => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: { spec: pod() }, ...jobSpec } }, ...spec },
});

ruleTable('rules of batch', [
  { what: 'a Job that is fine', given: job({}), messages: [] },
  {
    what: 'Pods that never end',
    given: job({}, { restartPolicy: 'Always' }),
    messages: ['spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"'],
  },
  {
    what: 'counts',
    given: job({
      parallelism: -1,
      backoffLimitPerIndex: 1,
      maxFailedIndexes: 2,
      completionMode: 'Some',
      managedBy: 'me',
    }),
    messages: [
      'spec.parallelism: Invalid value: -1: must be greater than or equal to 0',
      'spec.managedBy: Invalid value: "me": must be a domain-prefixed path (such as "acme.io/foo")',
      'spec.completionMode: Unsupported value: "Some": supported values: "NonIndexed", "Indexed"',
    ],
  },
  {
    what: 'indexes',
    given: job({ completionMode: 'Indexed', parallelism: 100001, maxFailedIndexes: 3, backoffLimitPerIndex: 0 }),
    messages: [
      'spec.completions: Required value: when completion mode is Indexed',
      'spec.parallelism: Invalid value: 100001: must be less than or equal to 100000 when completion mode is Indexed',
    ],
  },
  {
    what: 'many indexes',
    given: job({ completionMode: 'Indexed', completions: 100001, parallelism: 10001, backoffLimitPerIndex: 0 }),
    messages: [
      'spec.maxFailedIndexes: Required value: must be specified when completions is above 100000',
      'spec.parallelism: Invalid value: 10001: must be less than or equal to 10000 when completions are above 100000 and used with backoff limit per index',
    ],
  },
  {
    what: 'what needs indexes',
    given: job({ backoffLimitPerIndex: 1, successPolicy: { rules: [{ succeededCount: 1 }] } }),
    messages: [
      'spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode',
      'spec.successPolicy: Invalid value: {"Rules":[{"SucceededIndexes":null,"SucceededCount":1}]}: requires indexed completion mode',
    ],
  },
  {
    what: 'when a Job fails',
    given: job(
      {
        podReplacementPolicy: 'TerminatingOrFailed',
        podFailurePolicy: {
          rules: [
            { action: 'Stop' },
            { action: 'FailIndex', onExitCodes: { operator: 'In', containerName: 'b', values: [3, 0, 3] } },
            {
              action: 'Ignore',
              onPodConditions: [{ type: '', status: 'Maybe' }],
              onExitCodes: { operator: 'Like', values: [] },
            },
          ],
        },
      },
      { restartPolicy: 'OnFailure' },
    ),
    messages: [
      'spec.podFailurePolicy.rules[0].action: Unsupported value: "Stop": supported values: "Count", "FailIndex", "FailJob", "Ignore"',
      'spec.podFailurePolicy.rules[0]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required',
      'spec.podFailurePolicy.rules[1].action: Invalid value: "FailIndex": requires the backoffLimitPerIndex to be set',
      'spec.podFailurePolicy.rules[1].onExitCodes.containerName: Invalid value: "b": must be one of the container or initContainer names in the pod template',
      'spec.podFailurePolicy.rules[1].onExitCodes.values[1]: Invalid value: 0: must not be 0 for the In operator',
      'spec.podFailurePolicy.rules[1].onExitCodes.values[2]: Duplicate value: 3',
      'spec.podFailurePolicy.rules[1].onExitCodes.values: Invalid value: [3,0,3]: must be ordered',
      'spec.podFailurePolicy.rules[2].onExitCodes.operator: Unsupported value: "Like": supported values: "In", "NotIn"',
      'spec.podFailurePolicy.rules[2].onExitCodes.values: Invalid value: []: at least one value is required',
      'spec.podFailurePolicy.rules[2].onPodConditions[0].type: Invalid value: "": name part must be non-empty',
      "spec.podFailurePolicy.rules[2].onPodConditions[0].type: Invalid value: \"\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      'spec.podFailurePolicy.rules[2].onPodConditions[0].status: Unsupported value: "Maybe": supported values: "False", "True", "Unknown"',
      'spec.podFailurePolicy.rules[2]: Invalid value: specifying both OnExitCodes and OnPodConditions is not supported',
      'spec.podReplacementPolicy: Unsupported value: "TerminatingOrFailed": supported values: "Failed"',
      'spec.template.spec.restartPolicy: Invalid value: "OnFailure": only "Never" is supported when podFailurePolicy is specified',
    ],
  },
  {
    what: 'when a Job has succeeded',
    given: job({
      completionMode: 'Indexed',
      completions: 4,
      successPolicy: {
        rules: [
          {},
          { succeededIndexes: '1-3-4' },
          { succeededIndexes: '2,1' },
          { succeededIndexes: '0-2', succeededCount: 5 },
          { succeededIndexes: '7' },
          { succeededIndexes: 'x' },
          { succeededIndexes: '3-1' },
        ],
      },
    }),
    messages: [
      'spec.successPolicy.rules[0]: Required value: at least one of succeededCount or succeededIndexes must be specified',
      'spec.successPolicy.rules[1].succeededIndexes: Invalid value: "1-3-4": error parsing succeededIndexes: the fragment "1-3-4" violates the requirement that an index interval can have at most two parts separated by \'-\'',
      'spec.successPolicy.rules[2].succeededIndexes: Invalid value: "2,1": error parsing succeededIndexes: non-increasing order, previous: 2, current: 1',
      'spec.successPolicy.rules[3].succeededCount: Invalid value: 5: must be less than or equal to 4 (the number of specified completions)',
      'spec.successPolicy.rules[3].succeededCount: Invalid value: 5: must be less than or equal to 3 (the number of indexes in the specified succeededIndexes field)',
      'spec.successPolicy.rules[4].succeededIndexes: Invalid value: "7": error parsing succeededIndexes: too large index: "7"',
      'spec.successPolicy.rules[5].succeededIndexes: Invalid value: "x": error parsing succeededIndexes: cannot convert string to integer for index: "x"',
      'spec.successPolicy.rules[6].succeededIndexes: Invalid value: "3-1": error parsing succeededIndexes: non-increasing order, previous: 3, current: 1',
    ],
  },
  {
    what: 'a selector of somebody else',
    given: job({ selector: { matchLabels: { a: 'b' } } }),
    messages: [
      'spec.selector: Invalid value: {"matchLabels":{"a":"b"}}: `selector` not auto-generated',
      'spec.template.metadata.labels: Invalid value: {"batch.kubernetes.io/controller-uid":"u","batch.kubernetes.io/job-name":"web","controller-uid":"u","job-name":"web"}: `selector` does not match template `labels`',
    ],
  },
  {
    what: 'labels of somebody else',
    given: job({ template: { metadata: { labels: { 'job-name': 'b' } }, spec: pod() } }),
    messages: [
      "spec.template.metadata.labels[controller-uid]: Required value: must be 'u'",
      'spec.template.metadata.labels[job-name]: Invalid value: {"job-name":"b"}: must be \'web\'',
      "spec.template.metadata.labels[batch.kubernetes.io/controller-uid]: Required value: must be 'u'",
      "spec.template.metadata.labels[batch.kubernetes.io/job-name]: Required value: must be 'web'",
      'spec.template.metadata.labels: Invalid value: {"job-name":"b"}: `selector` does not match template `labels`',
    ],
  },
  {
    what: 'a name too long for the hostnames of its Pods',
    given: { ...job({ completionMode: 'Indexed', completions: 1 }), metadata: { name: 'a.b' } },
    messages: [
      'spec.template.metadata.labels[job-name]: Invalid value: {"batch.kubernetes.io/controller-uid":"u","batch.kubernetes.io/job-name":"web","controller-uid":"u","job-name":"web"}: must be \'a.b\'',
      'spec.template.metadata.labels[batch.kubernetes.io/job-name]: Invalid value: {"batch.kubernetes.io/controller-uid":"u","batch.kubernetes.io/job-name":"web","controller-uid":"u","job-name":"web"}: must be \'a.b\'',
      'metadata.name: Invalid value: "a.b": will not able to create pod with invalid DNS label: a.b-0',
    ],
  },
  {
    what: 'what a Job keeps',
    given: job({ completions: 2, completionMode: 'Indexed', parallelism: 1 }),
    old: job({ completions: 3, completionMode: 'Indexed', backoffLimitPerIndex: 1 }),
    messages: [
      'spec.completions: Invalid value: 2: can only be modified in tandem with spec.parallelism',
      'spec.backoffLimitPerIndex: Invalid value: null: field is immutable',
    ],
  },
  {
    what: 'a Job completes as often as it was to',
    given: job({ completions: 2 }),
    old: job({ completions: 3 }),
    messages: ['spec.completions: Invalid value: 2: field is immutable'],
  },
  {
    what: 'a template that runs stays',
    given: job({}, { hostname: 'b' }),
    old: job({}),
    messages: [
      'spec.template: Invalid value: {"labels":{"controller-uid":"u","job-name":"web","batch.kubernetes.io/controller-uid":"u","batch.kubernetes.io/job-name":"web"},"Spec":{"Volumes":null,"InitContainers":null,"Containers":[{"Name":"a","Image":"a","Command":null,"Args":null,"WorkingDir":"","Ports":null,"EnvFrom":null,"Env":null,"Resources":{"Limits":null,"Requests":null,"Claims":null},"ResizePolicy":null,"RestartPolicy":null,"RestartPolicyRules":null,"VolumeMounts":null,"VolumeDevices":null,"LivenessProbe":null,"ReadinessProbe":null,"StartupProbe":null,"Lifecycle":null,"TerminationMessagePath":"/dev/termination-log","TerminationMessagePolicy":"File","ImagePullPolicy":"Always","SecurityContext":null,"Stdin":false,"StdinOnce":false,"TTY":false}],"EphemeralContainers":null,"RestartPolicy":"Never","TerminationGracePeriodSeconds":30,"ActiveDeadlineSeconds":null,"DNSPolicy":"ClusterFirst","NodeSelector":null,"ServiceAccountName":"","AutomountServiceAccountToken":null,"NodeName":"","SecurityContext":{"HostNetwork":false,"HostPID":false,"HostIPC":false,"ShareProcessNamespace":null,"HostUsers":null,"SELinuxOptions":null,"WindowsOptions":null,"RunAsUser":null,"RunAsGroup":null,"RunAsNonRoot":null,"SupplementalGroups":null,"SupplementalGroupsPolicy":null,"FSGroup":null,"FSGroupChangePolicy":null,"Sysctls":null,"SeccompProfile":null,"AppArmorProfile":null,"SELinuxChangePolicy":null},"ImagePullSecrets":null,"Hostname":"b","Subdomain":"","SetHostnameAsFQDN":null,"Affinity":null,"SchedulerName":"default-scheduler","Tolerations":null,"HostAliases":null,"PriorityClassName":"","Priority":null,"PreemptionPolicy":null,"DNSConfig":null,"ReadinessGates":null,"RuntimeClassName":null,"Overhead":null,"EnableServiceLinks":null,"TopologySpreadConstraints":null,"OS":null,"SchedulingGates":null,"ResourceClaims":null,"Resources":null,"HostnameOverride":null,"SchedulingGroup":null}}: field is immutable',
    ],
  },
  {
    what: 'a template that waits may go elsewhere',
    given: job({ suspend: true }, { nodeSelector: { a: 'b' }, tolerations: [{ operator: 'Exists' }] }),
    old: job({ suspend: true }),
    messages: [],
  },
  {
    what: 'and need more',
    given: job({ suspend: true }, { containers: [{ name: 'a', image: 'a', resources: { limits: { cpu: '1' } } }] }),
    old: job({ suspend: true }),
    messages: [],
  },
  {
    what: 'and nothing else',
    given: job({ suspend: true }, { hostname: 'b' }),
    old: job({ suspend: true }),
    messages: [
      'spec.template.spec: Invalid value: {"Volumes":null,"InitContainers":null,"Containers":[{"Name":"a","Image":"a","Command":null,"Args":null,"WorkingDir":"","Ports":null,"EnvFrom":null,"Env":null,"Resources":{"Limits":null,"Requests":null,"Claims":null},"ResizePolicy":null,"RestartPolicy":null,"RestartPolicyRules":null,"VolumeMounts":null,"VolumeDevices":null,"LivenessProbe":null,"ReadinessProbe":null,"StartupProbe":null,"Lifecycle":null,"TerminationMessagePath":"/dev/termination-log","TerminationMessagePolicy":"File","ImagePullPolicy":"Always","SecurityContext":null,"Stdin":false,"StdinOnce":false,"TTY":false}],"EphemeralContainers":null,"RestartPolicy":"Never","TerminationGracePeriodSeconds":30,"ActiveDeadlineSeconds":null,"DNSPolicy":"ClusterFirst","NodeSelector":null,"ServiceAccountName":"","AutomountServiceAccountToken":null,"NodeName":"","SecurityContext":{"HostNetwork":false,"HostPID":false,"HostIPC":false,"ShareProcessNamespace":null,"HostUsers":null,"SELinuxOptions":null,"WindowsOptions":null,"RunAsUser":null,"RunAsGroup":null,"RunAsNonRoot":null,"SupplementalGroups":null,"SupplementalGroupsPolicy":null,"FSGroup":null,"FSGroupChangePolicy":null,"Sysctls":null,"SeccompProfile":null,"AppArmorProfile":null,"SELinuxChangePolicy":null},"ImagePullSecrets":null,"Hostname":"b","Subdomain":"","SetHostnameAsFQDN":null,"Affinity":null,"SchedulerName":"default-scheduler","Tolerations":null,"HostAliases":null,"PriorityClassName":"","Priority":null,"PreemptionPolicy":null,"DNSConfig":null,"ReadinessGates":null,"RuntimeClassName":null,"Overhead":null,"EnableServiceLinks":null,"TopologySpreadConstraints":null,"OS":null,"SchedulingGates":null,"ResourceClaims":null,"Resources":null,"HostnameOverride":null,"SchedulingGroup":null}: field is immutable',
    ],
  },
  { what: 'a CronJob that is fine', given: cron({}), messages: [] },
  {
    what: 'no schedule',
    given: cron({
      schedule: '',
      concurrencyPolicy: 'Queue',
      startingDeadlineSeconds: -1,
      successfulJobsHistoryLimit: -1,
    }),
    messages: [
      'spec.schedule: Required value',
      'spec.startingDeadlineSeconds: Invalid value: -1: must be greater than or equal to 0',
      'spec.concurrencyPolicy: Unsupported value: "Queue": supported values: "Allow", "Forbid", "Replace"',
      'spec.successfulJobsHistoryLimit: Invalid value: -1: must be greater than or equal to 0',
    ],
  },
  {
    what: 'too few fields',
    given: cron({ schedule: '0 3 * *' }),
    messages: ['spec.schedule: Invalid value: "0 3 * *": expected exactly 5 fields, found 4: [0 3 * *]'],
  },
  {
    what: 'fields out of range',
    given: cron({ schedule: '0 24 * * *' }),
    messages: ['spec.schedule: Invalid value: "0 24 * * *": end of range (24) above maximum (23): 24'],
  },
  {
    what: 'a range upside down',
    given: cron({ schedule: '30-10 * * * *' }),
    messages: [
      'spec.schedule: Invalid value: "30-10 * * * *": beginning of range (30) beyond end of range (10): 30-10',
    ],
  },
  {
    what: 'no number',
    given: cron({ schedule: 'a * * * *' }),
    messages: [
      'spec.schedule: Invalid value: "a * * * *": failed to parse int from a: strconv.Atoi: parsing "a": invalid syntax',
    ],
  },
  {
    what: 'steps',
    given: cron({ schedule: '*/0 * * * *' }),
    messages: ['spec.schedule: Invalid value: "*/0 * * * *": step of range should be a positive number: */0'],
  },
  { what: 'names of days and months', given: cron({ schedule: '0 0 1 jan-MAR mon,Fri' }), messages: [] },
  { what: 'nicknames', given: cron({ schedule: '@every 1h30m' }), messages: [] },
  {
    what: 'nicknames nobody knows',
    given: cron({ schedule: '@reboot' }),
    messages: ['spec.schedule: Invalid value: "@reboot": unrecognized descriptor: @reboot'],
  },
  {
    what: 'durations nobody knows',
    given: cron({ schedule: '@every 1x' }),
    messages: [
      'spec.schedule: Invalid value: "@every 1x": failed to parse duration 1x: time: unknown unit "x" in duration "1x"',
    ],
  },
  {
    what: 'a zone in the schedule',
    given: cron({ schedule: 'TZ=UTC 0 0 * * *' }),
    messages: [
      'spec.schedule: Invalid value: "TZ=UTC 0 0 * * *": cannot use TZ or CRON_TZ in schedule, use timeZone field instead',
    ],
  },
  {
    what: 'a zone that was in the schedule',
    given: cron({ schedule: 'TZ=UTC 0 1 * * *' }),
    old: cron({ schedule: 'TZ=UTC 0 0 * * *' }),
    messages: [],
  },
  {
    what: 'a broken zone in the schedule',
    given: cron({ schedule: 'TZ=0' }),
    messages: [
      'spec.schedule: Invalid value: "TZ=0": invalid schedule format: runtime error: slice bounds out of range [:-1]',
      'spec.schedule: Invalid value: "TZ=0": cannot use TZ or CRON_TZ in schedule, use timeZone field instead',
    ],
  },
  { what: 'zones', given: cron({ timeZone: 'Europe/Berlin' }), messages: [] },
  {
    what: 'zones nobody knows',
    given: cron({ timeZone: 'Europe/Bonn' }),
    messages: ['spec.timeZone: Invalid value: "Europe/Bonn": unknown time zone Europe/Bonn'],
  },
  {
    what: 'the local zone',
    given: cron({ timeZone: 'Local' }),
    messages: [
      'spec.timeZone: Invalid value: "Local": timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones',
    ],
  },
  {
    what: 'a selector in a template',
    given: cron({}, { selector: { matchLabels: { a: 'b' } }, manualSelector: true }),
    messages: [
      'spec.jobTemplate.spec.selector: Invalid value: {"matchLabels":{"a":"b"}}: `selector` will be auto-generated',
      'spec.jobTemplate.spec.manualSelector: Unsupported value: true: supported values: "nil", "false"',
    ],
  },
  {
    what: 'a name too long for its Jobs',
    given: { ...cron({}), metadata: { name: 'a'.repeat(53) } },
    messages: [
      'metadata.name: Invalid value: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa": must be no more than 52 characters',
    ],
  },
]);
