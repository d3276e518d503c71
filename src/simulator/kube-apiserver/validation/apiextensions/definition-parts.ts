// The smaller parts of a CustomResourceDefinition: names, columns, subresources, conversion
// (apiextensions-apiserver/pkg/apis/apiextensions/validation, Kubernetes 1.36).
import { duplicate, forbidden, invalid, notSupported, required, tooMany } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import { byteLength } from '../../../../api/go-text.ts';
import { dns1035LabelProblems } from '../../../../api/names.ts';
import type {
  CustomResourceColumnDefinition,
  CustomResourceConversion,
  CustomResourceDefinitionNames,
  CustomResourceDefinitionVersion,
  CustomResourceSubresources,
  JSONSchemaProps,
  SelectableField,
} from '../../../../api/object.ts';
import { addInvalid, type Errors } from '../checks.ts';
import { shownList } from '../go-struct.ts';
import { checkWebhookClient } from '../webhook-client.ts';
import { fieldAt } from './validation-rules.ts';

/** All problems with a label as one error. */
function checkLabelText(text: string, path: FieldPath, errors: Errors): void {
  const problems = dns1035LabelProblems(text);
  if (problems.length) errors.push(invalid(path, text, problems.join(',')));
}

function checkMixedCase(text: string, path: FieldPath, errors: Errors): void {
  const problems = dns1035LabelProblems(text.toLowerCase());
  if (!problems.length) return;
  errors.push(invalid(path, text, `may have mixed case, but should otherwise match: ${problems.join(',')}`));
}

export function checkNames(names: CustomResourceDefinitionNames, path: FieldPath, errors: Errors): void {
  const { plural, singular, kind, listKind, shortNames = [], categories = [] } = names;
  if (plural) checkLabelText(plural, path.child('plural'), errors);
  if (singular) checkLabelText(singular, path.child('singular'), errors);
  if (kind) checkMixedCase(kind, path.child('kind'), errors);
  if (listKind) checkMixedCase(listKind, path.child('listKind'), errors);
  shortNames.forEach((name, i) => checkLabelText(name, path.child('shortNames').index(i), errors));
  if (kind && kind === listKind) {
    errors.push(invalid(path.child('listKind'), listKind, 'kind and listKind may not be the same'));
  }
  categories.forEach((name, i) => checkLabelText(name, path.child('categories').index(i), errors));
}

/** Names that a definition needs, though its status may do without. */
export function checkNamesGiven(names: CustomResourceDefinitionNames, path: FieldPath, errors: Errors): void {
  for (const name of ['plural', 'singular', 'kind', 'listKind'] as const) {
    if (!names[name]) errors.push(required(path.child(name)));
  }
}

const columnTypes = ['boolean', 'date', 'integer', 'number', 'string'];
const columnFormats = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password'];

/** validateSimpleJSONPath: it begins with a dot. False: it does not. */
function checkSimplePath(text: string, path: FieldPath, errors: Errors): boolean {
  if (text.startsWith('.')) return true;
  errors.push(invalid(path, text, 'must be a simple json path starting with .'));
  return false;
}

function checkColumn(column: CustomResourceColumnDefinition, path: FieldPath, errors: Errors): void {
  const { name, type, format, jsonPath } = column;
  const oneOf = `must be one of ${columnTypes.join(',')}`;
  if (!name) errors.push(required(path.child('name')));
  if (!type) errors.push(required(path.child('type'), oneOf));
  else if (!columnTypes.includes(type)) errors.push(invalid(path.child('type'), type, oneOf));
  if (format && !columnFormats.includes(format)) {
    errors.push(invalid(path.child('format'), format, `must be one of ${columnFormats.join(',')}`));
  }
  const at = path.child('JSONPath');
  if (jsonPath) checkSimplePath(jsonPath, at, errors);
  else errors.push(required(at));
}

export function checkColumns(
  columns: readonly CustomResourceColumnDefinition[] | undefined,
  path: FieldPath,
  errors: Errors,
): void {
  columns?.forEach((column, i) => checkColumn(column, path.index(i), errors));
}

function checkScalePath(text: string, roots: readonly string[], path: FieldPath, errors: Errors): void {
  if (!checkSimplePath(text, path, errors)) return;
  if (roots.some((root) => text.startsWith(`${root}.`))) return;
  const where = roots.length > 1 ? `either ${roots.join(' or ')}` : roots.join('');
  errors.push(invalid(path, text, `should be a json path under ${where}`));
}

export function checkSubresources(
  subresources: CustomResourceSubresources | undefined,
  path: FieldPath,
  errors: Errors,
): void {
  const scale = subresources?.scale;
  if (!scale) return;
  const at = (name: string) => path.child('scale', name);
  const { specReplicasPath: wanted, statusReplicasPath: is, labelSelectorPath } = scale;
  if (wanted) checkScalePath(wanted, ['.spec'], at('specReplicasPath'), errors);
  else errors.push(required(at('specReplicasPath')));
  if (is) checkScalePath(is, ['.status'], at('statusReplicasPath'), errors);
  else errors.push(required(at('statusReplicasPath')));
  if (labelSelectorPath) checkScalePath(labelSelectorPath, ['.spec', '.status'], at('labelSelectorPath'), errors);
}

const mostSelectable = 8;

export function checkSelectableFields(
  fields: readonly SelectableField[],
  schema: JSONSchemaProps,
  path: FieldPath,
  errors: Errors,
): void {
  const seen = new Set<string>();
  fields.forEach(({ jsonPath }, i) => {
    const at = path.index(i).child('jsonPath');
    if (!jsonPath) return void errors.push(required(at));
    const found = fieldAt(jsonPath, schema, false);
    if ('problem' in found) return void errors.push(invalid(at, jsonPath, `is an invalid path: ${found.problem}`));
    const { names } = found;
    if (names[0] === 'metadata') errors.push(invalid(at, jsonPath, 'must not point to fields in metadata'));
    if (!['string', 'boolean', 'integer'].includes(found.schema?.type ?? '')) {
      const detail =
        'must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.';
      errors.push(invalid(at, jsonPath, detail));
    }
    const key = names.join('.');
    if (seen.has(key)) errors.push(duplicate(at, jsonPath));
    seen.add(key);
  });
  if (seen.size > mostSelectable) errors.push(tooMany(path, seen.size, mostSelectable));
}

const longestWarning = 256;

export function checkDeprecation(version: CustomResourceDefinitionVersion, path: FieldPath, errors: Errors): void {
  const { deprecated, deprecationWarning: text } = version;
  if (text === undefined) return;
  const problems: string[] = [];
  if (!deprecated) problems.push('can only be set for deprecated versions');
  else {
    if (byteLength(text) > longestWarning) problems.push(`must be <= ${longestWarning} characters long`);
    if (text === '') problems.push('must not be an empty string');
    const strange = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.exec(text);
    if (strange) {
      const index = byteLength(text.slice(0, strange.index));
      const rule = 'must only contain printable UTF-8 characters';
      problems.push(`${rule}; non-printable character found at index ${index}`);
    }
  }
  addInvalid(errors, path.child('deprecationWarning'), text, problems);
}

const reviewVersions = ['v1', 'v1beta1'];

function checkReviewVersions(versions: readonly string[], known: boolean, path: FieldPath, errors: Errors): void {
  if (!versions.length) return void errors.push(required(path));
  versions.forEach((version, i) => {
    if (versions.indexOf(version) < i) errors.push(invalid(path.index(i), version, 'duplicate version'));
    else addInvalid(errors, path.index(i), version, dns1035LabelProblems(version));
  });
  if (!known || versions.some((version) => reviewVersions.includes(version))) return;
  errors.push(invalid(path, versions, `must include at least one of ${reviewVersions.join(', ')}`));
}

/** Whether a conversion that is there already names a review the server knows, or none. */
export const knowsReviews = (conversion: CustomResourceConversion | undefined): boolean => {
  const versions = conversion?.webhook?.conversionReviewVersions ?? [];
  return !versions.length || versions.some((version) => reviewVersions.includes(version));
};

/** `known`: whether one of the reviews has to be one that the server knows. */
export function checkConversion(
  { strategy, webhook }: CustomResourceConversion,
  known: boolean,
  path: FieldPath,
  errors: Errors,
): void {
  const strategies = ['None', 'Webhook'];
  const client = path.child('webhookClientConfig');
  const reviews = path.child('conversionReviewVersions');
  if (!strategy) errors.push(required(path.child('strategy')));
  else if (!strategies.includes(strategy)) errors.push(notSupported(path.child('strategy'), strategy, strategies));
  if (strategy === 'Webhook') {
    if (!webhook?.clientConfig) errors.push(required(client, 'required when strategy is set to Webhook'));
    else checkWebhookClient(webhook.clientConfig, 'exactly one of url or service is required', client, errors);
    checkReviewVersions(webhook?.conversionReviewVersions ?? [], known, reviews, errors);
    return;
  }
  const detail = 'should not be set when strategy is not set to Webhook';
  if (webhook?.clientConfig) errors.push(forbidden(client, detail));
  if (webhook?.conversionReviewVersions.length) errors.push(forbidden(reviews, detail));
}

/** ValidateCustomResourceDefinitionStoredVersions. */
export function checkStoredVersions(
  stored: readonly string[] | undefined,
  versions: readonly CustomResourceDefinitionVersion[],
  path: FieldPath,
  errors: Errors,
): void {
  if (!stored?.length) {
    errors.push(invalid(path, shownList(stored), 'must have at least one stored version'));
    return;
  }
  const missing = new Map(stored.map((name, i) => [name, i]));
  for (const { name, storage } of versions) {
    if (storage && !missing.has(name)) errors.push(invalid(path, stored, `must have the storage version ${name}`));
    missing.delete(name);
  }
  for (const [name, i] of missing) {
    const rule = `must remain in spec.versions until a storage migration ensures no data remains persisted in ${name}`;
    const detail = `missing from spec.versions; ${name} was previously a storage version, and ${rule} and removes ${name} from status.storedVersions`;
    errors.push(invalid(path.index(i), name, detail));
  }
}
