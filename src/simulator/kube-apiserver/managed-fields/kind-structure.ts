// How the objects of a kind are taken apart, built in or custom.
import { typeOfKind } from '../../../api/schema.ts';
import { kindOfVersion, type CustomKind } from '../custom-resources/custom-kind.ts';
import { structureOfCustom } from '../custom-resources/structure.ts';
import { structureOf, type Structure } from './structure.ts';

/** `custom` are the versions of a custom kind. Undefined: no such kind is built in. */
export function structureOfKind(
  custom: readonly CustomKind[] | undefined,
  apiVersion: string,
  kind: string,
): Structure | undefined {
  if (custom) return structureOfCustom(kindOfVersion(custom, apiVersion)?.schema);
  const type = typeOfKind(apiVersion, kind);
  return type && structureOf(type);
}
