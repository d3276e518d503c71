// What the devices of one claim must have in common, or must not: constraints on attributes
// (k8s.io/dynamic-resource-allocation/structured/internal/incubating: matchAttributeConstraint, distinctAttributeConstraint).
import type { Device, DeviceAttribute, DeviceConstraint } from '../../../../api/object.ts';
import type { Ask } from './device-request.ts';

/** A constraint with the devices chosen so far. */
export interface ClaimConstraint {
  /** Takes the device in, unless it does not go with the others. */
  add(ask: Ask, driver: string, device: Device): boolean;
  /** Takes it out again; it was added for the same request. */
  remove(ask: Ask): void;
}

/** Undefined: of a kind that is not known. */
export function constraintOf(constraint: DeviceConstraint): ClaimConstraint | undefined {
  const { matchAttribute, distinctAttribute, requests = [] } = constraint;
  const concerns = ({ name, parent, fullName }: Ask) =>
    requests.length === 0 || requests.includes(parent ?? name) || requests.includes(fullName);
  if (matchAttribute !== undefined) return new MatchAttribute(matchAttribute, concerns);
  if (distinctAttribute !== undefined) return new DistinctAttribute(distinctAttribute, concerns);
  return undefined;
}

type Concerns = (ask: Ask) => boolean;

class MatchAttribute implements ClaimConstraint {
  readonly #name: string;
  readonly #concerns: Concerns;
  #attribute: DeviceAttribute | undefined;
  #devices = 0;

  constructor(name: string, concerns: Concerns) {
    this.#name = name;
    this.#concerns = concerns;
  }

  add(ask: Ask, driver: string, device: Device): boolean {
    if (!this.#concerns(ask)) return true;
    const attribute = attributeOf(device, driver, this.#name);
    if (!attribute) return false;
    if (this.#devices === 0) this.#attribute = attribute;
    else if (!this.#attribute || !isSame(attribute, this.#attribute)) return false;
    this.#devices++;
    return true;
  }

  remove(ask: Ask): void {
    if (this.#concerns(ask)) this.#devices--;
  }
}

/** As the real one, it remembers one value for each request: the last. */
class DistinctAttribute implements ClaimConstraint {
  readonly #name: string;
  readonly #concerns: Concerns;
  readonly #attributes = new Map<string, DeviceAttribute>();
  #devices = 0;

  constructor(name: string, concerns: Concerns) {
    this.#name = name;
    this.#concerns = concerns;
  }

  add(ask: Ask, driver: string, device: Device): boolean {
    if (!this.#concerns(ask)) return true;
    const attribute = attributeOf(device, driver, this.#name);
    if (!attribute) return false;
    const isTaken = () => !hasValue(attribute) || [...this.#attributes.values()].some((one) => isSame(attribute, one));
    if (this.#devices > 0 && isTaken()) return false;
    this.#attributes.set(ask.parent ?? ask.name, attribute);
    this.#devices++;
    return true;
  }

  remove(ask: Ask): void {
    if (!this.#concerns(ask)) return;
    this.#attributes.delete(ask.parent ?? ask.name);
    this.#devices--;
  }
}

/** lookupAttribute: by its full name, or without the domain if that is the driver's. */
function attributeOf({ attributes = {} }: Device, driver: string, name: string): DeviceAttribute | undefined {
  if (Object.hasOwn(attributes, name)) return attributes[name];
  const slash = name.indexOf('/');
  if (slash < 0 || name.slice(0, slash) !== driver) return undefined;
  const id = name.slice(slash + 1);
  return Object.hasOwn(attributes, id) ? attributes[id] : undefined;
}

const kinds = ['string', 'int', 'bool', 'version'] as const;
const kindOf = (attribute: DeviceAttribute) => kinds.find((kind) => attribute[kind] !== undefined);
const hasValue = (attribute: DeviceAttribute) => kindOf(attribute) !== undefined;

/** Values of different types differ; what has no single value is like nothing else. */
function isSame(a: DeviceAttribute, b: DeviceAttribute): boolean {
  const kind = kindOf(a);
  return kind !== undefined && a[kind] === b[kind];
}
