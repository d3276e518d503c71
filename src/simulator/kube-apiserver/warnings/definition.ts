// Formats that a schema asks for and nobody looks at (apiextensions-apiserver/pkg/apiserver/validation/formats.go, Kubernetes 1.36).
import type { CustomResourceDefinition, JSONSchemaProps } from '../../../api/object.ts';
import { quote } from '../../../api/go-text.ts';
import { formatOf } from '../custom-resources/formats.ts';
import { innerSchemas } from '../validation/apiextensions/schema-walk.ts';

const numberFormats: Readonly<Record<string, readonly string[]>> = {
  integer: ['int32', 'int64'],
  number: ['float', 'double'],
};

function isRecognized({ type = '', format = '' }: JSONSchemaProps): boolean {
  if (!format) return true;
  return type === '' || type === 'string'
    ? formatOf(format) !== undefined
    : (numberFormats[type] ?? []).includes(format);
}

/** All formats without a meaning, in the order of the schema. */
const unrecognized = (schema: JSONSchemaProps): string[] => [
  ...(isRecognized(schema) ? [] : [schema.format ?? '']),
  ...innerSchemas(schema).flatMap(unrecognized),
];

function formatsOf({ spec }: CustomResourceDefinition): string[] {
  return (spec.versions ?? []).flatMap(({ schema }) =>
    schema?.openAPIV3Schema ? unrecognized(schema.openAPIV3Schema) : [],
  );
}

const warning = (format: string) => `unrecognized format ${quote(format)}`;

export const newDefinitionWarnings = (definition: CustomResourceDefinition): string[] =>
  formatsOf(definition).map(warning);

/** Of what was there before nothing is told. */
export function definitionWarnings(definition: CustomResourceDefinition, old: CustomResourceDefinition): string[] {
  const before = formatsOf(old);
  return formatsOf(definition)
    .filter((format) => !before.includes(format))
    .map(warning);
}
