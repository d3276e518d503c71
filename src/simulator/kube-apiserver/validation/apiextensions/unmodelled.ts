// The parts of definitions that the server looks into further than our rules can follow.
import type { CustomResourceDefinition, JSONSchemaProps } from '../../../../api/object.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { isEstablished } from '../../custom-resources/custom-kind.ts';
import type { UnmodelledField } from '../validation.ts';
import { isPlainUrl } from '../webhook-client.ts';
import { checkDefaults } from './schema-defaults.ts';
import { checkRules } from './schema-rules.ts';
import { checkStructural, structuralProblem } from './structural-schema.ts';

const path = FieldPath.of('schema');

const isStructural = (schema: JSONSchemaProps) => {
  if (structuralProblem(schema)) return false;
  const errors: Parameters<typeof checkStructural>[2] = [];
  checkStructural(schema, path, errors);
  return !errors.length;
};

const schema = 'spec.versions[*].schema.openAPIV3Schema';

export const unmodelledOfDefinition: readonly UnmodelledField[] = [
  {
    pattern: schema,
    reason: 'a rule in CEL of the schema may not compile, or may cost too much',
    applies: (value) =>
      isStructural(value as JSONSchemaProps) && checkRules(value as JSONSchemaProps, path, []).unfollowed,
  },
  {
    pattern: schema,
    reason: 'a default of the schema may not be one of its values',
    applies: (value) =>
      isStructural(value as JSONSchemaProps) && checkDefaults(value as JSONSchemaProps, path, []).unfollowed,
  },
  {
    // until the definition is established the server does not look at it
    pattern: 'spec.conversion.webhook.clientConfig.caBundle',
    reason: 'whether these are certificates',
    applies: (bundle, _, root) => bundle !== '' && isEstablished(root as CustomResourceDefinition),
  },
  {
    pattern: 'spec.conversion.webhook.clientConfig.url',
    reason: 'whether this is a URL',
    applies: (url) => !isPlainUrl(String(url)),
  },
];
