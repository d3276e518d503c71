// The devices of a ResourceSlice (pkg/apis/resource/validation, validateDevice, Kubernetes 1.36).
import { duplicate, forbidden, invalid, notSupported, required, tooLong } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import { byteLength } from '../../../../api/go-text.ts';
import { labelValueProblems } from '../../../../api/names.ts';
import type { Counter, Device, DeviceAttribute, DeviceTaint } from '../../../../api/object.ts';
import { addInvalid, type Errors } from '../checks.ts';
import { goStruct, shownList } from '../go-struct.ts';
import { checkLabel, checkQualifiedName } from '../labels.ts';
import { semanticEqual } from '../semantic-equal.ts';
import { checkRequestPolicy } from './capacity.ts';
import { checkDeviceName, checkUnique, isShort, taintEffects } from './devices.ts';
import { checkNodes } from './node-selection.ts';

const propertiesLimit = 32;
const valuesLimit = 48;
const valueLimit = 64;
const taintsLimit = 16;
const consumptionsLimit = 2;
const countersLimit = 32;
const conditionsLimit = 4;
/** Keys of attributes and capacities are cut in paths: a domain, a slash and a name. */
const shownKeyLimit = 63 + 1 + 32;

const semver =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$/;

function shownKey(key: string): string {
  if (byteLength(key) <= shownKeyLimit) return key;
  const remaining = shownKeyLimit - 3;
  return `${key.slice(0, Math.floor((remaining + 1) / 2))}...${key.slice(key.length - Math.floor(remaining / 2))}`;
}

/** What a device counts: names and amounts, of which any will do. `name` is the field of the set's name. */
export function checkCounters(
  set: { readonly name: string; readonly counters: Readonly<Record<string, Counter>> | undefined },
  name: string,
  path: FieldPath,
  errors: Errors,
): void {
  const at = path.child('counters');
  if (!set.name) errors.push(required(path.child(name)));
  else checkLabel(set.name, path.child(name), errors);
  const keys = Object.keys(set.counters ?? {});
  if (!keys.length) errors.push(required(at));
  else if (isShort(keys, countersLimit, at, errors)) for (const key of keys) checkLabel(key, at, errors);
}

/** Lists of values, and what a device maps onto resources of its node, are off by default: the server has dropped them by now. */
function checkAttribute(attribute: DeviceAttribute, path: FieldPath, errors: Errors): void {
  const { bool, int, string, version } = attribute;
  if (string !== undefined && byteLength(string) > valueLimit) errors.push(tooLong(path.child('string'), valueLimit));
  if (version !== undefined) {
    const at = path.child('version');
    if (!semver.test(version))
      errors.push(invalid(at, version, 'must be a string compatible with semver.org spec 2.0.0'));
    if (byteLength(version) > valueLimit) errors.push(tooLong(at, valueLimit));
  }
  const given = [bool, int, string, version].filter((value) => value !== undefined).length;
  if (given === 1) return;
  const shown = given === 0 ? '' : goStruct('resource/v1.DeviceAttribute', attribute);
  errors.push(invalid(path, shown, 'exactly one value must be specified'));
}

function checkProperties(device: Device, path: FieldPath, errors: Errors): void {
  const { attributes = {}, capacity = {}, allowMultipleAllocations = false } = device;
  const values = Object.keys(attributes).length;
  const count = values + Object.keys(capacity).length;
  const limit = (what: string, most: number) => `the total number of ${what} must not exceed ${most}`;
  if (count > propertiesLimit) errors.push(invalid(path, count, limit('attributes and capacities', propertiesLimit)));
  if (values > valuesLimit) errors.push(invalid(path, values, limit('attribute values', valuesLimit)));
  for (const [key, attribute] of Object.entries(attributes)) {
    const at = path.child('attributes');
    checkDeviceName(key, at, errors);
    checkAttribute(attribute, at.key(shownKey(key)), errors);
  }
  for (const [key, { value, requestPolicy }] of Object.entries(capacity)) {
    const at = path.child('capacity');
    checkDeviceName(key, at, errors);
    if (!requestPolicy) continue;
    const where = at.key(shownKey(key)).child('requestPolicy');
    if (allowMultipleAllocations) checkRequestPolicy(value, requestPolicy, where, errors);
    else errors.push(forbidden(where, 'allowMultipleAllocations must be true'));
  }
}

function checkTaint({ key, value, effect }: DeviceTaint, path: FieldPath, errors: Errors): void {
  checkQualifiedName(key, path.child('key'), errors);
  if (value) addInvalid(errors, path.child('value'), value, labelValueProblems(value));
  if (!effect) errors.push(required(path.child('effect')));
  else if (!taintEffects.includes(effect)) errors.push(notSupported(path.child('effect'), effect, taintEffects));
}

function checkConditions({ bindingConditions, bindingFailureConditions }: Device, path: FieldPath, errors: Errors) {
  const at = path.child('bindingConditions');
  const ofFailure = path.child('bindingFailureConditions');
  const lists = [
    [bindingConditions ?? [], at],
    [bindingFailureConditions ?? [], ofFailure],
  ] as const;
  for (const [names, where] of lists) {
    if (!isShort(names, conditionsLimit, where, errors)) continue;
    names.forEach((name, i) => checkQualifiedName(name, where.index(i), errors));
  }
  const [[conditions], [failures]] = lists;
  checkUnique(conditions, at, errors);
  failures.forEach((name, i) => {
    if (failures.indexOf(name) < i) errors.push(duplicate(ofFailure.index(i), name));
    if (!conditions.includes(name)) return;
    errors.push(invalid(ofFailure.index(i), name, 'bindingFailureConditions must not overlap with bindingConditions'));
  });
  const needed = (one: string, other: string) => `${one} are required to use ${other}`;
  if (!conditions.length && failures.length) {
    const detail = needed('bindingConditions', 'bindingFailureConditions');
    errors.push(invalid(at, shownList(bindingConditions), detail));
  }
  if (conditions.length && !failures.length) {
    const detail = needed('bindingFailureConditions', 'bindingConditions');
    errors.push(invalid(ofFailure, shownList(bindingFailureConditions), detail));
  }
}

const perDevice = 'set to true in the ResourceSlice spec';
const oneWay = `exactly one of \`nodeName\`, \`nodeSelector\`, or \`allNodes\` is required when \`perDeviceNodeSelection\` is ${perDevice}`;
const noWay = `\`nodeName\`, \`nodeSelector\` and \`allNodes\` can only be set if \`perDeviceNodeSelection\` is ${perDevice}`;

function checkOwnNodes(
  { nodeName, nodeSelector, allNodes }: Device,
  allowed: boolean,
  path: FieldPath,
  errors: Errors,
) {
  const nodes = {
    ...(nodeName !== undefined && { nodeName }),
    ...(nodeSelector && { nodeSelector }),
    ...(allNodes !== undefined && { allNodes }),
  };
  if (!allowed) {
    if (Object.keys(nodes).length) errors.push(invalid(path, null, noWay));
    return;
  }
  const ways = checkNodes(nodes, { noName: 'must not be empty', oneTerm: false }, path, errors);
  if (!ways.length) errors.push(required(path, oneWay));
  else if (ways.length > 1) errors.push(invalid(path, `{${ways.join(', ')}}`, oneWay));
}

/** `before` is the device of that name that the slice had; `ownNodes`: each device says which nodes can use it. */
export function checkDevice(
  device: Device,
  before: Device | undefined,
  ownNodes: boolean,
  path: FieldPath,
  errors: Errors,
): void {
  const { name, taints = [], consumesCounters = [] } = device;
  checkLabel(name, path.child('name'), errors);
  checkProperties(device, path, errors);
  const at = path.child('taints');
  if (!(before && semanticEqual(before.taints, device.taints)) && isShort(taints, taintsLimit, at, errors)) {
    taints.forEach((taint, i) => checkTaint(taint, at.index(i), errors));
  }
  const where = path.child('consumesCounters');
  if (isShort(consumesCounters, consumptionsLimit, where, errors)) {
    consumesCounters.forEach(({ counterSet, counters }, i) =>
      checkCounters({ name: counterSet, counters }, 'counterSet', where.index(i), errors),
    );
    checkUnique(
      consumesCounters.map(({ counterSet }) => counterSet),
      where,
      errors,
    );
  }
  checkOwnNodes(device, ownNodes, path, errors);
  checkConditions(device, path, errors);
}
