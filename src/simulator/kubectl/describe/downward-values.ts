// Values that a container's environment takes from the Pod itself, as far as a description shows them.
import { quote } from '../../../api/go-text.ts';
import type { Container, Pod, ResourceFieldSelector } from '../../../api/object.ts';
import { milliValue, parseQuantity, value } from '../../../api/quantity.ts';
import { sortedKeys } from '../../../base/order.ts';

/** fieldpath.ExtractFieldPathAsString: fields of metadata; empty for all others. */
export function fieldValue({ metadata }: Pod, path: string): string {
  const [, field = '', key] = /^metadata\.(\w+)(?:\['(.*)'\])?$/.exec(path) ?? [];
  if (field === 'labels' || field === 'annotations') {
    const map = metadata[field] ?? {};
    return key === undefined
      ? sortedKeys(map)
          .map((name) => `${name}=${quote(map[name] ?? '')}`)
          .join('\n')
      : (map[key] ?? '');
  }
  return field === 'name' || field === 'namespace' || field === 'uid' ? (metadata[field] ?? '') : '';
}

/** ExtractContainerResourceValue: the container's request or limit in units of the divisor, rounded up. */
export function resourceValue({ resource, divisor }: ResourceFieldSelector, { resources }: Container): string {
  const [list = '', name = ''] = /^(limits|requests)\.(.+)$/.exec(resource)?.slice(1) ?? [];
  const quantities = list === 'limits' ? resources?.limits : resources?.requests;
  const amount = parseQuantity(quantities?.[name] ?? 0);
  const given = parseQuantity(divisor ?? 0);
  const unit = given && milliValue(given) !== 0 ? given : parseQuantity(1);
  if (!amount || !unit) return '';
  const units = name === 'cpu' ? milliValue(amount) / milliValue(unit) : value(amount) / value(unit);
  const text = String(Math.ceil(units));
  return text === '0' && (resource === 'limits.cpu' || resource === 'limits.memory') ? 'node allocatable' : text;
}
