// The messages that mutations of a policy make (k8s.io/apiserver/pkg/cel/mutation, Kubernetes 1.36).
import type { CelType } from './types.ts';

const message = (name: string): CelType => ({ kind: 'message', size: 1, identity: name });

/** Of an object every field is let pass; of a patch these, and all but the value are texts. Undefined: not known. */
export function messageType(name: string, fields: readonly (readonly [string, CelType])[]): CelType | undefined {
  if (name !== 'JSONPatch') return message(name);
  const isText = ({ kind }: CelType) => kind === 'string' || kind === 'dyn';
  const isRight = fields.every(([field, type]) =>
    field === 'value' ? type.kind !== 'optional' : ['op', 'path', 'from'].includes(field) && isText(type),
  );
  return isRight ? message(name) : undefined;
}
