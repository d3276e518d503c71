// Cells that several kinds share.
import type { Container, KubeObject, LabelSelector, PodTemplateSpec } from '../../../../api/object.ts';
import { formatQuantity, parseQuantity } from '../../../../api/quantity.ts';
import { formatLabelSelector } from '../../../../api/label-selector.ts';
import { age } from '../../human-duration.ts';
import type { Moment } from '../table.ts';

export const none = '<none>';

export const nameOf = ({ metadata: { name = '' } }: KubeObject): string => name;

/** How long ago the object was created. */
export const ageOf = ({ metadata: { creationTimestamp } }: KubeObject, { now }: Moment): string =>
  age(now, creationTimestamp);

/** Names and images of a template's containers. */
export function containersAndImages(template: PodTemplateSpec | undefined): [string, string] {
  const containers: readonly Container[] = template?.spec?.containers ?? [];
  return [containers.map(({ name }) => name).join(','), containers.map(({ image = '' }) => image).join(',')];
}

/** The text of a selector, nothing for one that selects by nothing. */
export function selectorText(selector: LabelSelector | null | undefined): string {
  const text = formatLabelSelector(selector);
  return text === none ? '' : text.replace('<error>', '<invalid>');
}

/** `10.0.0.1,10.0.0.2,10.0.0.3 + 2 more...`: no more than three. */
export function firstThree(items: readonly string[]): string {
  const shown = items.slice(0, 3).join(',');
  return items.length > 3 ? `${shown} + ${items.length - 3} more...` : shown;
}

/** A quantity in its canonical form; `0` for none. */
export function quantityText(value: string | number | undefined): string {
  const quantity = value === undefined ? undefined : parseQuantity(value);
  return quantity ? formatQuantity(quantity) : '0';
}

const shortModes: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

/** Access modes of a volume, in their fixed order: `RWO,ROX`. */
export function accessModesText(modes: readonly string[] = []): string {
  return Object.keys(shortModes)
    .filter((mode) => modes.includes(mode))
    .map((mode) => shortModes[mode])
    .join(',');
}
