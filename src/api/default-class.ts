// What a claim or an Ingress gets that names no class: the newest class marked as the default, of equally new ones the first by name.
import type { KubeObject } from './object.ts';
import { compareBytes } from '../base/order.ts';

/** The annotations that mark the default StorageClass. */
export const defaultStorageClassMarks = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
];

/** The name of the default among the classes; `annotations` are those that mark it with `true`. */
export function defaultClass(classes: readonly KubeObject[], annotations: readonly string[]): string | undefined {
  const marked = classes.filter(({ metadata }) => annotations.some((key) => metadata.annotations?.[key] === 'true'));
  const created = ({ metadata }: KubeObject) => metadata.creationTimestamp ?? '';
  const order = (a: KubeObject, b: KubeObject) =>
    compareBytes(created(b), created(a)) || compareBytes(a.metadata.name ?? '', b.metadata.name ?? '');
  return [...marked].sort(order)[0]?.metadata.name;
}
