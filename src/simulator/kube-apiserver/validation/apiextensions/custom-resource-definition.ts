// CustomResourceDefinitions (apiextensions-apiserver/pkg/apis/apiextensions/validation, Kubernetes 1.36).
import { forbidden, invalid, notSupported, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { dns1035LabelProblems, dns1123SubdomainProblems } from '../../../../api/names.ts';
import type {
  CustomResourceDefinition as Definition,
  CustomResourceDefinitionSpec as DefinitionSpec,
  CustomResourceDefinitionVersion as DefinitionVersion,
  JSONSchemaProps,
} from '../../../../api/object.ts';
import type { Errors } from '../checks.ts';
import { shownList } from '../go-struct.ts';
import { checkGenericMetadata, checkGenericMetadataUpdate, checkImmutable, metadataPath } from '../object-meta.ts';
import type { KindRules } from '../validation.ts';
import {
  checkColumns,
  checkConversion,
  checkDeprecation,
  checkNames,
  checkNamesGiven,
  checkSelectableFields,
  checkStoredVersions,
  checkSubresources,
  knowsReviews,
} from './definition-parts.ts';
import { goSchema, schemaFields } from './go-schema.ts';
import { goVersion, internalSpec, type InternalSpec } from './internal-definition.ts';
import { checkMapKeys, checkSchema, type SchemaContext } from './open-api-schema.ts';
import { checkDefaults } from './schema-defaults.ts';
import { checkRules } from './schema-rules.ts';
import { hasSchema, schemaIn } from './schema-walk.ts';
import { checkStructural, structuralProblem } from './structural-schema.ts';
import { unmodelledOfDefinition } from './unmodelled.ts';

const path = FieldPath.of('spec');
const statusPath = FieldPath.of('status');

/** What is required of a definition; an update is not asked for more than what was there before. */
interface Strictness {
  readonly knownReviews: boolean;
  readonly fixedNames: boolean;
  readonly schemas: boolean;
  readonly validTypes: boolean;
  readonly structural: boolean;
  readonly atomicSets: boolean;
  readonly mapKeys: boolean;
}

const all: Strictness = {
  knownReviews: true,
  fixedNames: false,
  schemas: true,
  validTypes: true,
  structural: true,
  atomicSets: true,
  mapKeys: true,
};

const schemasOf = ({ versions }: DefinitionSpec): JSONSchemaProps[] =>
  versions.flatMap(({ schema }) => schema?.openAPIV3Schema ?? []);

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string'];

const isNonStructural = (schema: JSONSchemaProps) => {
  const found: Errors = [];
  if (structuralProblem(schema)) return true;
  checkStructural(schema, path, found);
  return found.length > 0;
};

function hasOpenSet(schema: JSONSchemaProps): boolean {
  const items = schemaIn(schema.items);
  if (schema['x-kubernetes-list-type'] !== 'set' || !items) return false;
  const listType = items['x-kubernetes-list-type'];
  if (items.type === 'array') return listType !== undefined && listType !== 'atomic';
  return items.type === 'object' && items['x-kubernetes-map-type'] !== 'atomic';
}

function hasLooseKeys(schema: JSONSchemaProps): boolean {
  const found: Errors = [];
  checkMapKeys(schema, path, found);
  return found.length > 0;
}

function strictnessAfter({ spec, status }: Definition): Strictness {
  const schemas = schemasOf(spec);
  const some = (is: (schema: JSONSchemaProps) => boolean) => schemas.some((schema) => hasSchema(schema, is));
  return {
    knownReviews: knowsReviews(spec.conversion),
    fixedNames: status?.conditions?.some(({ type, status: is }) => type === 'Established' && is === 'True') ?? false,
    schemas: spec.versions.every(({ schema }) => schema?.openAPIV3Schema),
    validTypes: !some(({ type }) => type !== undefined && type !== '' && !types.includes(type)),
    structural: !schemas.some(isNonStructural),
    atomicSets: !some(hasOpenSet),
    mapKeys: !some(hasLooseKeys),
  };
}

/** Fields that the schema of a whole object may have where the status is a subresource, by Go's names. */
const rootFields =
  'Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern MaxItems MinItems UniqueItems MultipleOf Required Items Properties ExternalDocs Example XPreserveUnknownFields XValidations';

const isZero = (value: unknown) => value === undefined || value === '' || value === false;

/** Of the schema of a whole object that of the status has to be taken out without anything getting lost. */
function checkRootFields(schema: JSONSchemaProps, at: FieldPath, errors: Errors): void {
  for (const [goName, name] of schemaFields) {
    const value = schema[name];
    if (isZero(value)) continue;
    if (goName === 'Type') {
      if (value === 'object') continue;
      const detail =
        'only "object" is allowed as the type at the root of the schema if the status subresource is enabled';
      errors.push(invalid(at.child('type'), value, detail));
      return;
    }
    if (rootFields.split(' ').includes(goName)) continue;
    const detail = `only [${rootFields}] fields are allowed at the root of the schema if the status subresource is enabled`;
    errors.push(invalid(at, goSchema(schema), detail));
    return;
  }
}

/** Whether the schema is one of values that can be told: only then expressions can be about them. */
function checkWhole(schema: JSONSchemaProps, where: FieldPath, errors: Errors): boolean {
  const before = errors.length;
  checkStructural(schema, where, errors);
  if (errors.length === before) checkDefaults(schema, where, errors);
  return errors.length === before;
}

function checkValidation(
  schema: JSONSchemaProps | undefined,
  hasStatus: boolean,
  strict: Strictness,
  at: FieldPath,
  errors: Errors,
): void {
  if (!schema) return;
  const where = at.child('openAPIV3Schema');
  const before = errors.length;
  if (hasStatus) checkRootFields(schema, where, errors);
  if (schema.nullable) errors.push(forbidden(where.child('nullable'), 'nullable cannot be true at the root'));
  const problem = strict.structural ? structuralProblem(schema) : undefined;
  const isStructural = strict.structural && !problem && checkWhole(schema, where, errors);
  const { validTypes, atomicSets, mapKeys } = strict;
  const context: SchemaContext = { isRoot: true, insideMeta: false, validTypes, atomicSets, mapKeys };
  const found: Errors = [];
  checkSchema(schema, context, where, found);
  if (isStructural) checkRules(schema, where, found);
  errors.push(...found);
  if (problem && errors.length === before) errors.push(invalid(where, '', problem));
}

function checkVersion(
  version: DefinitionVersion,
  hasStatus: boolean,
  strict: Strictness,
  at: FieldPath,
  errors: Errors,
): void {
  const schema = version.schema?.openAPIV3Schema;
  checkDeprecation(version, at, errors);
  checkValidation(schema, hasStatus, strict, at.child('schema'), errors);
  checkSubresources(version.subresources, at.child('subresources'), errors);
  checkColumns(version.additionalPrinterColumns, at.child('additionalPrinterColumns'), errors);
  const { selectableFields = [] } = version;
  const fields = at.child('selectableFields');
  if (!selectableFields.length) return;
  if (schema) checkSelectableFields(selectableFields, schema, fields, errors);
  else errors.push(invalid(fields, '', 'may only be set when `version.schema.openAPIV3Schema` is not included'));
}

function checkGroup(group: string, errors: Errors): void {
  const at = path.child('group');
  if (!group) return void errors.push(required(at));
  const problems = dns1123SubdomainProblems(group);
  if (problems.length) errors.push(invalid(at, group, problems.join(',')));
  else if (!group.includes('.')) errors.push(invalid(at, group, 'should be a domain with at least one dot'));
}

function checkSchemasGiven(spec: DefinitionSpec, { common }: InternalSpec, strict: Strictness, errors: Errors): void {
  if (common.schema?.openAPIV3Schema) return;
  spec.versions.forEach(({ schema, served }, i) => {
    if (schema?.openAPIV3Schema) return;
    const at = path.child('versions').index(i).child('schema', 'openAPIV3Schema');
    if (strict.schemas) errors.push(required(at));
    else if (!spec.preserveUnknownFields && served)
      errors.push(required(at, 'because otherwise all fields are pruned'));
  });
}

function checkVersions(spec: DefinitionSpec, internal: InternalSpec, strict: Strictness, errors: Errors): void {
  const { common, versions } = internal;
  const at = path.child('versions');
  versions.forEach((version, i) => {
    const problems = dns1035LabelProblems(version.name);
    if (problems.length) errors.push(invalid(at.index(i).child('name'), version.name, problems.join(',')));
    const hasStatus = (version.subresources ?? common.subresources)?.status !== undefined;
    checkVersion(version, hasStatus, strict, at.index(i), errors);
  });
  const shown = versions.length ? versions.map(goVersion) : shownList(spec.versions);
  const names = new Set(versions.map(({ name }) => name));
  if (names.size < versions.length) errors.push(invalid(at, shown, 'must contain unique version names'));
  if (versions.filter(({ storage }) => storage).length !== 1) {
    errors.push(invalid(at, shown, 'must have exactly one version marked as storage version'));
  }
  const [first] = versions;
  const problems = first?.name ? dns1035LabelProblems(first.name) : [];
  if (problems.length) errors.push(invalid(path.child('version'), first?.name, problems.join(',')));
}

function checkCommon({ common, versions }: InternalSpec, strict: Strictness, errors: Errors): void {
  const schema = common.schema?.openAPIV3Schema;
  const hasStatus = [common, ...versions].some(({ subresources }) => subresources?.status !== undefined);
  checkValidation(schema, hasStatus, strict, path.child('validation'), errors);
  checkSubresources(common.subresources, path.child('subresources'), errors);
  checkColumns(common.additionalPrinterColumns, path.child('additionalPrinterColumns'), errors);
  const { selectableFields = [] } = common;
  const at = path.child('selectableFields');
  if (!selectableFields.length) return;
  if (!common.schema) errors.push(invalid(at, '', 'may only be set when validations.schema is included'));
  else if (schema) checkSelectableFields(selectableFields, schema, at, errors);
}

function checkSpec(spec: DefinitionSpec, strict: Strictness, errors: Errors): void {
  const { scope, names, conversion, preserveUnknownFields } = spec;
  const scopes = ['Cluster', 'Namespaced'];
  const internal = internalSpec(spec);
  checkGroup(spec.group, errors);
  if (!scope) errors.push(required(path.child('scope')));
  else if (!scopes.includes(scope)) errors.push(notSupported(path.child('scope'), scope, scopes));
  checkSchemasGiven(spec, internal, strict, errors);
  const schemas = schemasOf(spec);
  const hasDefaults = schemas.some((schema) => hasSchema(schema, (one) => one.default !== undefined));
  if (hasDefaults && preserveUnknownFields) {
    const detail = 'must be false in order to use defaults in the schema';
    errors.push(invalid(path.child('preserveUnknownFields'), true, detail));
  }
  const structural = { ...strict, structural: strict.structural || !preserveUnknownFields || hasDefaults };
  checkVersions(spec, internal, structural, errors);
  checkNamesGiven(names, path.child('names'), errors);
  checkNames(names, path.child('names'), errors);
  checkCommon(internal, structural, errors);
  if (!conversion) return;
  const at = path.child('conversion');
  if (conversion.strategy !== 'None' && preserveUnknownFields) {
    const detail = 'must be None if spec.preserveUnknownFields is true';
    errors.push(invalid(at.child('strategy'), conversion.strategy, detail));
  }
  checkConversion(conversion, strict.knownReviews, at, errors);
}

const approval = 'api-approved.kubernetes.io';

type Approval = 'missing' | 'bypassed' | 'approved' | 'invalid';

function approvalOf({ metadata }: Definition): Approval {
  const text = metadata.annotations?.[approval] ?? '';
  if (!text) return 'missing';
  if (text.startsWith('unapproved')) return 'bypassed';
  return /^[a-zA-Z][a-zA-Z0-9+.-]*:\/\/[^/?#\s]+[^\s]*$/.test(text) ? 'approved' : 'invalid';
}

/** Groups of Kubernetes' own need somebody's approval. */
function checkApproval(definition: Definition, old: Definition | undefined, errors: Errors): void {
  if (!/(^|\.)(k8s|kubernetes)\.io$/.test(definition.spec.group)) return;
  const state = approvalOf(definition);
  if ((old && approvalOf(old) === state) || state === 'approved' || state === 'bypassed') return;
  const at = metadataPath.child('annotations').key(approval);
  const reason = `protected groups must have approval annotation "${approval}"`;
  const more = 'see https://github.com/kubernetes/enhancements/pull/1111';
  if (state === 'missing') errors.push(required(at, `${reason}, ${more}`));
  else {
    const detail = `${reason} with either a URL or a reason starting with "unapproved", ${more}`;
    errors.push(invalid(at, definition.metadata.annotations?.[approval], detail));
  }
}

function checkRest(definition: Definition, old: Definition | undefined, errors: Errors): void {
  const { spec, status } = definition;
  const { acceptedNames } = status ?? {};
  if (acceptedNames) checkNames(acceptedNames, statusPath.child('acceptedNames'), errors);
  checkStoredVersions(status?.storedVersions, spec.versions, statusPath.child('storedVersions'), errors);
  checkApproval(definition, old, errors);
  if (!spec.preserveUnknownFields || old?.spec.preserveUnknownFields) return;
  const detail =
    'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead';
  errors.push(invalid(path.child('preserveUnknownFields'), true, detail));
}

const nameRule =
  ({ names, group }: DefinitionSpec) =>
  (name: string): string[] => {
    const wrong = name !== `${names.plural}.${group}`;
    return [...dns1123SubdomainProblems(name), ...(wrong ? ['must be spec.names.plural+"."+spec.group'] : [])];
  };

export const definitionRules: KindRules<Definition> = {
  create(definition, errors) {
    const { metadata, spec } = definition;
    checkGenericMetadata(metadata, { namespaced: false, name: nameRule(spec) }, errors);
    checkSpec(spec, all, errors);
    checkRest(definition, undefined, errors);
  },
  update(definition, old, errors) {
    const { metadata, spec } = definition;
    const strict = strictnessAfter(old);
    checkGenericMetadataUpdate(metadata, old.metadata, errors);
    checkSpec(spec, strict, errors);
    if (strict.fixedNames) {
      checkImmutable(spec.scope, old.spec.scope, path.child('scope'), errors);
      checkImmutable(spec.names.kind, old.spec.names.kind, path.child('names', 'kind'), errors);
    }
    checkImmutable(spec.group, old.spec.group, path.child('group'), errors);
    checkImmutable(spec.names.plural, old.spec.names.plural, path.child('names', 'plural'), errors);
    checkRest(definition, old, errors);
  },
  unmodelled: unmodelledOfDefinition,
};
