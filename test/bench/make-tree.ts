// A folder of synthetic manifests for measuring: the same count gives the same bytes.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Random } from '../../src/simulator/kernel/random.ts';

type Make = (name: string, random: Random) => string;

const labels = (name: string) => `    app.kubernetes.io/name: ${name}\n    app.kubernetes.io/part-of: bench\n`;
const image = (random: Random) =>
  `registry.example/${['api', 'web', 'worker', 'cache'][random.next() % 4]}:1.${random.next() % 30}`;

const container = (name: string, random: Random, indent: string) =>
  [
    `- name: ${name}`,
    `  image: ${image(random)}`,
    `  ports: [{containerPort: 80${(random.next() % 90) + 10}, name: http}]`,
    '  resources:',
    `    requests: {cpu: ${(random.next() % 4) * 10 + 10}m, memory: ${(random.next() % 4) * 16 + 16}Mi}`,
    '  env:',
    `  - {name: LOG_LEVEL, value: info}`,
    `  - {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}`,
  ]
    .map((line) => indent + line)
    .join('\n');

const template = (name: string, random: Random) =>
  `  selector:\n    matchLabels:\n      app: ${name}\n  template:\n    metadata:\n      labels:\n        app: ${name}\n    spec:\n      containers:\n${container('app', random, '      ')}\n`;

const kinds: readonly (readonly [number, string, Make])[] = [
  [
    34,
    'deployment',
    (name, random) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n  labels:\n${labels(name)}spec:\n  replicas: ${(random.next() % 3) + 1}\n${template(name, random)}`,
  ],
  [
    20,
    'service',
    (name) =>
      `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  selector:\n    app: ${name}\n  ports:\n  - {name: http, port: 80, targetPort: http}\n`,
  ],
  [
    18,
    'configmap',
    (name, random) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  config.properties: |\n    a=${random.next()}\n    b=${random.next()}\n`,
  ],
  [
    8,
    'pod',
    (name, random) =>
      `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers:\n${container('app', random, '  ')}\n`,
  ],
  [
    5,
    'statefulset',
    (name, random) =>
      `apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: ${name}\nspec:\n  serviceName: ${name}\n  replicas: 2\n${template(name, random)}`,
  ],
  [
    5,
    'ingress',
    (name) =>
      `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: ${name}\nspec:\n  rules:\n  - host: ${name}.example\n    http:\n      paths:\n      - {path: /, pathType: Prefix, backend: {service: {name: ${name}, port: {number: 80}}}}\n`,
  ],
  [
    4,
    'cronjob',
    (name, random) =>
      `apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: ${name}\nspec:\n  schedule: "${random.next() % 60} 3 * * *"\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: Never\n          containers:\n${container('job', random, '          ')}\n`,
  ],
  [
    3,
    'secret',
    (name) =>
      `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}\ntype: Opaque\nstringData:\n  password: not-a-real-one\n`,
  ],
  [
    3,
    'horizontalpodautoscaler',
    (name) =>
      `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: ${name}\nspec:\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${name}}\n  minReplicas: 1\n  maxReplicas: 3\n`,
  ],
];

const shares = kinds.flatMap(([share, kind, make]) => Array.from({ length: share }, () => [kind, make] as const));

/** One text of so many documents and about so many bytes; annotations fill them up. */
export function makeFile(documents: number, bytes: number): string {
  const random = new Random(7);
  const each = Math.floor(bytes / documents);
  const made = Array.from({ length: documents }, (_, i) => {
    const [kind, make] = documents === 1 ? (['pod', kinds[3]![2]] as const) : shares[random.next() % shares.length]!;
    const text = make(`${kind}-${String(i).padStart(5, '0')}`, random);
    const notes: string[] = [];
    for (let left = each - text.length - 20; left > 0; left -= 60)
      notes.push(`    note-${notes.length}: ${'lorem ipsum '.repeat(3)}dolor`);
    return notes.length ? text.replace('metadata:\n', `metadata:\n  annotations:\n${notes.join('\n')}\n`) : text;
  });
  return made.join('---\n');
}

/** Writes so many files, 100 a folder, kinds in the shares of an ordinary repository. */
export function makeTree(count: number, folder: string): void {
  const random = new Random(1);
  for (let i = 0; i < count; i++) {
    const sub = path.join(folder, `d${String(Math.floor(i / 100)).padStart(4, '0')}`);
    if (i % 100 === 0) mkdirSync(sub, { recursive: true });
    const [kind, make] = shares[random.next() % shares.length] ?? shares[0]!;
    const name = `${kind}-${String(i).padStart(5, '0')}`;
    writeFileSync(path.join(sub, `${name}.yaml`), make(name, random));
  }
}
