// From an object's kind to its resource, and from a List to its items.
import { resourceOfKind, type ApiResource } from '../../../api/resources.ts';
import { builtinResources } from '../../../api/resources.generated.ts';
import { isObject } from '../../../base/json.ts';
import type { Head } from './head.ts';

/** The resource of a kind, which may be written in lower case throughout; undefined if the server serves none. */
export function mappingOf({ apiVersion, kind }: Head): ApiResource | undefined {
  const exact = resourceOfKind(apiVersion, kind);
  if (exact) return exact;
  const candidates = builtinResources.filter((resource) => versionMatches(resource, apiVersion));
  const isLower = kind === kind.toLowerCase();
  return candidates.find((resource) => resource.kind === kind || (isLower && resource.kind.toLowerCase() === kind));
}

/** An empty version stands for any of the core group. */
function versionMatches({ group, version }: ApiResource, apiVersion: string): boolean {
  if (apiVersion === '') return group === '';
  return (group ? `${group}/${version}` : version) === apiVersion;
}

/** The items of a List (an object with `items`), which need not repeat what they are; undefined for any other object. */
export function itemsOf(value: unknown): readonly unknown[] | undefined {
  if (!isObject(value) || !Array.isArray(value.items)) return undefined;
  const { apiVersion, kind } = value;
  const itemKind = typeof kind === 'string' ? kind.replace(/List$/, '') : '';
  return value.items.map((item: unknown) =>
    itemKind !== '' && isObject(item) && !item.kind ? { ...item, apiVersion, kind: itemKind } : item,
  );
}
