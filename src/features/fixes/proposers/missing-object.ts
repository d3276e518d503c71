// Something that an object names is not in the cluster: the command that makes it.
import { valueAt } from '../../../analyzer/value-places.ts';
import type { KubeObject } from '../../../api/object.ts';
import type { Change } from '../change.ts';
import type { FixContext, Proposer } from '../proposer.ts';

type Make = (name: string, keys: readonly string[]) => { readonly command: string; readonly object: object };

const literals = (keys: readonly string[]) => keys.map((key) => ` --from-literal=${key}=VALUE`).join('');
const entries = (keys: readonly string[], value: string) => Object.fromEntries(keys.map((key) => [key, value]));

/** By the field that names it. */
const makers: readonly (readonly [RegExp, Make])[] = [
  [
    /^metadata\.namespace$/,
    (name) => ({ command: `kubectl create namespace ${name}`, object: { kind: 'Namespace', metadata: { name } } }),
  ],
  [
    /\.serviceAccountName$/,
    (name) => ({
      command: `kubectl create serviceaccount ${name}`,
      object: { kind: 'ServiceAccount', metadata: { name } },
    }),
  ],
  [
    /configMap(?:Ref|KeyRef)?\.name$/,
    (name, keys) => ({
      command: `kubectl create configmap ${name}${literals(keys)}`,
      object: { kind: 'ConfigMap', metadata: { name }, data: entries(keys, 'VALUE') },
    }),
  ],
  [
    /secret(?:Ref|KeyRef)\.name$|\.secretName$/,
    (name, keys) => ({
      command: `kubectl create secret generic ${name}${literals(keys)}`,
      object: { kind: 'Secret', type: 'Opaque', metadata: { name }, data: entries(keys, 'VkFMVUU=') },
    }),
  ],
];

export const missingObject: Proposer = {
  findings: ['namespace-missing', 'reference-missing', 'pod-creation', 'container-create', 'volume-mount'],
  propose(context) {
    const { path } = context.finding.field;
    const make = makers.find(([names]) => names.test(path))?.[1];
    const name = valueAt(context.declared.object, path) ?? namespaceOf(context, path);
    return make && typeof name === 'string' ? [advice(context, make, name)] : [];
  },
};

/** A namespace may be that of the command. */
const namespaceOf = ({ finding }: FixContext, path: string) =>
  path === 'metadata.namespace' ? finding.subject.namespace : undefined;

function advice({ declared, finding }: FixContext, make: Make, name: string): Change {
  const key = valueAt(declared.object, finding.field.path.replace(/\.name$/, '.key'));
  const { command, object } = make(name, typeof key === 'string' ? [key] : []);
  const made = { apiVersion: 'v1', ...object } as KubeObject;
  const { namespace = 'default' } = finding.subject;
  const isInside = made.kind !== 'Namespace';
  return {
    ...{
      id: `create ${made.kind} ${name}`,
      title: `Create the ${made.kind} ${name} first`,
      cost: 3,
      risk: 0,
      edits: [],
    },
    cluster: {
      command: isInside && namespace !== 'default' ? `${command} -n ${namespace}` : command,
      objects: [isInside ? { ...made, metadata: { ...made.metadata, namespace } } : made],
    },
  };
}
