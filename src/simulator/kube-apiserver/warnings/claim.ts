// Amounts of bytes that are no whole number of bytes (pkg/api/persistentvolumeclaim, pkg/api/pod/warnings.go, Kubernetes 1.36).
import type { FieldPath } from '../../../api/field-path.ts';
import type { PersistentVolumeClaimSpec } from '../../../api/object.ts';
import { formatQuantity, int64Value, parseQuantity } from '../../../api/quantity.ts';

/** The warning about a fraction of a byte, if the amount is one. */
export function fractionWarnings(amount: string | number | undefined, path: FieldPath): string[] {
  const quantity = amount === undefined ? undefined : parseQuantity(amount);
  if (!quantity || int64Value(quantity, -3) % 1000n === 0n) return [];
  return [`${path}: fractional byte value "${formatQuantity(quantity)}" is invalid, must be an integer`];
}

/** `path` is that of what holds `resources`. */
export function claimWarnings(spec: PersistentVolumeClaimSpec | undefined, path: FieldPath): string[] {
  return (['requests', 'limits'] as const).flatMap((list) =>
    fractionWarnings(spec?.resources?.[list]?.['storage'], path.child('resources', list).key('storage')),
  );
}
