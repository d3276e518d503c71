// What is asked of devices: in claims and in their classes (pkg/apis/resource/validation, Kubernetes 1.36).
import { duplicate, invalid, notSupported, required, tooLong, tooMany } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import {
  cIdentifierProblems,
  dns1123LabelProblems,
  dns1123SubdomainProblems,
  labelValueProblems,
} from '../../../../api/names.ts';
import type {
  DeviceClaim,
  DeviceConfiguration,
  DeviceConstraint,
  DeviceRequest,
  DeviceSelector,
  DeviceToleration,
  ExactDeviceRequest,
} from '../../../../api/object.ts';
import { byteLength } from '../../../../api/go-text.ts';
import { goJson, isObject } from '../../../../base/json.ts';
import { addInvalid, checkSupported, type Errors } from '../checks.ts';
import { checkExpression } from '../expressions/checker.ts';
import { anything, bool, mapOf, objectOf, scalar } from '../expressions/types.ts';
import { checkQualifiedName } from '../labels.ts';
import { checkDriverName } from '../pod/network-volumes.ts';

const listLimit = 32;
const alternativesLimit = 8;
const expressionLimit = 10 * 1024;
const costLimit = 1_000_000;
const parametersLimit = 10 * 1024;
const identifierLimit = 32;

const fewOf = (element: ReturnType<typeof scalar>) => ({ ...mapOf(element), size: listLimit });

const device = objectOf({
  driver: scalar('string', 63),
  attributes: fewOf(fewOf(anything)),
  capacity: fewOf(fewOf(scalar('opaque'))),
  allowMultipleAllocations: bool,
});

/** Whether a list is short enough to be looked at. */
export function isShort(list: readonly unknown[] | undefined, limit: number, path: FieldPath, errors: Errors): boolean {
  if (!list || list.length <= limit) return true;
  errors.push(tooMany(path, list.length, limit));
  return false;
}

export function checkUnique(names: readonly string[], path: FieldPath, errors: Errors): void {
  names.forEach((name, i) => {
    if (names.indexOf(name) < i) errors.push(duplicate(path.index(i), name));
  });
}

const noExpression =
  "mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";
const basicTypes: readonly string[] = ['int', 'double', 'string'];

/** Undefined: whether the server compiles it is unknown. */
function expressionProblem(expression: string): { readonly problem?: string } | undefined {
  if (!expression) return { problem: `compilation failed: ERROR: <input>:1:0: Syntax error: ${noExpression}` };
  const checked = checkExpression(expression, { device });
  if (!checked || checked.cost > costLimit) return undefined;
  const { problem, type } = checked;
  if (problem) return { problem: `compilation failed: ${problem}` };
  if (type && basicTypes.includes(type.kind)) {
    return { problem: `must evaluate to bool or the unknown type, not ${type.kind}` };
  }
  return type?.kind === 'bool' ? {} : undefined;
}

/** Whether all selectors can be followed. */
export const areFollowed = (selectors: readonly DeviceSelector[] | undefined): boolean =>
  (selectors ?? []).every(({ cel }) => !cel || expressionProblem(cel.expression) !== undefined);

export function checkSelectors(
  selectors: readonly DeviceSelector[] | undefined,
  path: FieldPath,
  errors: Errors,
): void {
  if (!isShort(selectors, listLimit, path, errors)) return;
  selectors?.forEach(({ cel }, i) => {
    const at = path.index(i).child('cel');
    if (!cel) return void errors.push(required(at));
    const { expression } = cel;
    if (byteLength(expression) > expressionLimit) {
      errors.push(tooLong(at.child('expression'), expressionLimit));
      return;
    }
    const { problem } = expressionProblem(expression) ?? {};
    if (problem !== undefined) errors.push(invalid(at.child('expression'), expression, problem));
  });
}

export function checkConfiguration({ opaque }: DeviceConfiguration, path: FieldPath, errors: Errors): void {
  const at = path.child('opaque');
  if (!opaque) return void errors.push(required(at));
  const { driver, parameters } = opaque;
  const where = at.child('parameters');
  checkDriverName(driver, at.child('driver'), errors);
  if (parameters === undefined || parameters === null) errors.push(required(where));
  else if (byteLength(goJson(parameters)) > parametersLimit) errors.push(tooLong(where, parametersLimit));
  else if (!isObject(parameters)) errors.push(invalid(where, '<value omitted>', 'must be a valid JSON object'));
}

export const taintEffects = ['NoExecute', 'NoSchedule', 'None'];

function checkToleration(
  { key, operator, value = '', effect }: DeviceToleration,
  path: FieldPath,
  errors: Errors,
): void {
  const at = path.child('value');
  if (key) checkQualifiedName(key, path.child('key'), errors);
  if (operator === 'Exists') {
    if (value) errors.push(invalid(at, value, 'must be empty for operator `Exists`'));
  } else if (operator === 'Equal') addInvalid(errors, at, value, labelValueProblems(value));
  else if (!operator) errors.push(required(path.child('operator')));
  else errors.push(notSupported(path.child('operator'), operator, ['Equal', 'Exists']));
  if (effect) checkSupported(effect, taintEffects, path.child('effect'), errors);
}

function checkExactRequest(request: Omit<ExactDeviceRequest, 'adminAccess'>, path: FieldPath, errors: Errors): void {
  const { deviceClassName, allocationMode = '', count = 0, tolerations } = request;
  const at = path.child('deviceClassName');
  if (!deviceClassName) errors.push(required(at));
  else addInvalid(errors, at, deviceClassName, dns1123SubdomainProblems(deviceClassName));
  checkSelectors(request.selectors, path.child('selectors'), errors);
  if (allocationMode === 'All') {
    const detail = "must not be specified when allocationMode is 'All'";
    if (count !== 0) errors.push(invalid(path.child('count'), count, detail));
  } else if (allocationMode === 'ExactCount') {
    if (count <= 0) errors.push(invalid(path.child('count'), count, 'must be greater than zero'));
  } else errors.push(notSupported(path.child('allocationMode'), allocationMode, ['All', 'ExactCount']));
  tolerations?.forEach((toleration, i) => checkToleration(toleration, path.child('tolerations').index(i), errors));
}

const oneOfBoth = 'exactly one of `exactly` or `firstAvailable` is required';

function checkRequest({ name, exactly, firstAvailable = [] }: DeviceRequest, path: FieldPath, errors: Errors): void {
  const at = path.child('firstAvailable');
  addInvalid(errors, path.child('name'), name, dns1123LabelProblems(name));
  if (firstAvailable.length && exactly) {
    errors.push(invalid(path, null, `${oneOfBoth}, but multiple fields are set`));
  } else if (exactly) checkExactRequest(exactly, path.child('exactly'), errors);
  else if (!firstAvailable.length) errors.push(required(path, oneOfBoth));
  else if (isShort(firstAvailable, alternativesLimit, at, errors)) {
    firstAvailable.forEach((one, i) => {
      addInvalid(errors, at.index(i).child('name'), one.name, dns1123LabelProblems(one.name));
      checkExactRequest(one, at.index(i), errors);
    });
    checkUnique(
      firstAvailable.map((one) => one.name),
      at,
      errors,
    );
  }
}

/** The names of requests, and of what is asked for in one of several ways: `gpu`, `gpu/large`. */
function requestNames(requests: readonly DeviceRequest[]): ReadonlySet<string> {
  const parts = requests.flatMap(({ name, firstAvailable = [] }) => firstAvailable.map((one) => `${name}/${one.name}`));
  return new Set([...requests.map(({ name }) => name), ...parts]);
}

const noName = "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";

function checkNames(
  names: readonly string[] | undefined,
  known: ReadonlySet<string>,
  path: FieldPath,
  errors: Errors,
): void {
  if (!names || !isShort(names, listLimit, path, errors)) return;
  names.forEach((name, i) => {
    const segments = name.split('/');
    const at = path.index(i);
    if (segments.length <= 2) {
      for (const segment of segments) addInvalid(errors, at, segment, dns1123LabelProblems(segment));
    }
    if (!known.has(name)) errors.push(invalid(at, name, noName));
  });
  checkUnique(names, path, errors);
}

function checkIdentifier(id: string, path: FieldPath, errors: Errors): void {
  if (byteLength(id) > identifierLimit) errors.push(tooLong(path, identifierLimit));
  addInvalid(errors, path, id, cIdentifierProblems(id));
}

/** validateQualifiedName: `model`, `dra.example.com/model`. Of a name with more slashes the server looks at nothing. */
export function checkDeviceName(name: string, path: FieldPath, errors: Errors): void {
  const [first = '', second, ...others] = name.split('/');
  if (second === undefined) checkIdentifier(first, path, errors);
  else if (!others.length) {
    if (first) checkDriverName(first, path, errors);
    else errors.push(invalid(path, '', 'the domain must not be empty'));
    if (second) checkIdentifier(second, path, errors);
    else errors.push(invalid(path, '', 'the name must not be empty'));
  }
}

/** validateFullyQualifiedName. */
function checkAttribute(name: string, path: FieldPath, errors: Errors): void {
  checkDeviceName(name, path, errors);
  if (name.includes('/')) return;
  errors.push(invalid(path, name, 'a fully qualified name must be a domain and a name separated by a slash'));
}

function checkConstraint(
  { requests, matchAttribute, distinctAttribute }: DeviceConstraint,
  known: ReadonlySet<string>,
  path: FieldPath,
  errors: Errors,
): void {
  checkNames(requests, known, path.child('requests'), errors);
  if (matchAttribute !== undefined) checkAttribute(matchAttribute, path.child('matchAttribute'), errors);
  else if (distinctAttribute !== undefined) checkAttribute(distinctAttribute, path.child('distinctAttribute'), errors);
  else {
    const detail = 'exactly one of "matchAttribute" or "distinctAttribute" is required, but multiple fields are set';
    errors.push(required(path, detail));
  }
}

export function checkDeviceClaim(claim: Partial<DeviceClaim>, path: FieldPath, errors: Errors): void {
  const { requests = [], constraints, config } = claim;
  const known = requestNames(requests);
  const at = { requests: path.child('requests'), constraints: path.child('constraints'), config: path.child('config') };
  if (isShort(requests, listLimit, at.requests, errors)) {
    requests.forEach((request, i) => checkRequest(request, at.requests.index(i), errors));
    checkUnique(
      requests.map(({ name }) => name),
      at.requests,
      errors,
    );
  }
  if (isShort(constraints, listLimit, at.constraints, errors)) {
    constraints?.forEach((constraint, i) => checkConstraint(constraint, known, at.constraints.index(i), errors));
  }
  if (isShort(config, listLimit, at.config, errors)) {
    config?.forEach((one, i) => {
      checkNames(one.requests, known, at.config.index(i).child('requests'), errors);
      checkConfiguration(one, at.config.index(i), errors);
    });
  }
}
