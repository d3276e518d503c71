// CustomResourceDefinitions: what is around their schemas, the schemas, and the expressions in them.
import { ruleTable } from './rule-table.ts';

const names = { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' };
const schema = (spec: object = {}) => ({ openAPIV3Schema: { type: 'object', properties: { spec } } });
const version = { name: 'v1', served: true, storage: true, schema: schema({ type: 'object' }) };
const common = {
  group: 'example.com',
  scope: 'Namespaced',
  names,
  conversion: { strategy: 'None' },
  versions: [version],
};
const whole = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com', namespace: undefined },
  status: { storedVersions: ['v1'] },
};
const definition = (more: object = {}) => ({ ...whole, spec: { ...common, ...more } });
const withVersion = (more: object = {}) => definition({ versions: [{ ...version, ...more }] });
const withSchema = (more: object = {}) => withVersion({ schema: schema({ type: 'object', ...more }) });
const properties = {
  size: { type: 'integer' },
  color: { type: 'string' },
  tags: { type: 'array', items: { type: 'string' } },
};
const withRule = (more: object = {}) => withSchema({ properties, 'x-kubernetes-validations': [more] });
const established = {
  ...definition(),
  status: { storedVersions: ['v1'], conditions: [{ type: 'Established', status: 'True' }] },
};

ruleTable('rules of CustomResourceDefinitions', [
  { what: 'a plain one', given: definition(), messages: [] },
  {
    what: 'another name',
    given: { ...definition(), metadata: { name: 'x', namespace: undefined } },
    messages: ['metadata.name: Invalid value: "x": must be spec.names.plural+"."+spec.group'],
  },
  {
    what: 'a group without a dot',
    given: definition({ group: 'example' }),
    messages: [
      'metadata.name: Invalid value: "widgets.example.com": must be spec.names.plural+"."+spec.group',
      'spec.group: Invalid value: "example": should be a domain with at least one dot',
    ],
  },
  {
    what: 'a group of Kubernetes',
    given: { ...definition({ group: 'x.k8s.io' }), metadata: { name: 'widgets.x.k8s.io', namespace: undefined } },
    messages: [
      'metadata.annotations[api-approved.kubernetes.io]: Required value: protected groups must have approval annotation "api-approved.kubernetes.io", see https://github.com/kubernetes/enhancements/pull/1111',
    ],
  },
  {
    what: 'a scope there is not',
    given: definition({ scope: 'Everywhere' }),
    messages: ['spec.scope: Unsupported value: "Everywhere": supported values: "Cluster", "Namespaced"'],
  },
  {
    what: 'no storage version',
    given: withVersion({ storage: false }),
    messages: [
      'spec.versions: Invalid value: [{"Name":"v1","Served":true,"Storage":false,"Deprecated":false,"DeprecationWarning":null,"Schema":null,"Subresources":null,"AdditionalPrinterColumns":null,"SelectableFields":null}]: must have exactly one version marked as storage version',
    ],
  },
  {
    what: 'no schema',
    given: withVersion({ schema: undefined }),
    messages: ['spec.versions[0].schema.openAPIV3Schema: Required value'],
  },
  {
    what: 'columns',
    given: withVersion({ additionalPrinterColumns: [{ name: '', type: 'x', jsonPath: '' }] }),
    messages: [
      'spec.additionalPrinterColumns[0].name: Required value',
      'spec.additionalPrinterColumns[0].type: Invalid value: "x": must be one of boolean,date,integer,number,string',
      'spec.additionalPrinterColumns[0].JSONPath: Required value',
    ],
  },
  {
    what: 'scale',
    given: withVersion({ subresources: { scale: { specReplicasPath: 'spec', statusReplicasPath: '.spec.x' } } }),
    messages: [
      'spec.subresources.scale.specReplicasPath: Invalid value: "spec": must be a simple json path starting with .',
      'spec.subresources.scale.statusReplicasPath: Invalid value: ".spec.x": should be a json path under .status',
    ],
  },
  {
    what: 'a webhook',
    given: definition({
      conversion: {
        strategy: 'Webhook',
        webhook: { conversionReviewVersions: ['v1'], clientConfig: { url: 'http://x?a#b' } },
      },
    }),
    messages: [
      'spec.conversion.webhookClientConfig.url: Invalid value: "http": \'https\' is the only allowed URL scheme; desired format: https://host[/path]',
      'spec.conversion.webhookClientConfig.url: Invalid value: "b": fragments are not permitted in the URL',
      'spec.conversion.webhookClientConfig.url: Invalid value: "a": query parameters are not permitted in the URL',
    ],
  },
  {
    what: 'an untyped field',
    given: withSchema({ properties: { a: {} } }),
    messages: [
      'spec.validation.openAPIV3Schema.properties[spec].properties[a].type: Required value: must not be empty for specified object fields',
    ],
  },
  {
    what: 'a list without items',
    given: withSchema({ properties: { a: { type: 'array' } } }),
    messages: [
      'spec.validation.openAPIV3Schema.properties[spec].properties[a].items: Required value: must be specified',
    ],
  },
  {
    what: 'a pattern that is none',
    given: withSchema({ properties: { a: { type: 'string', pattern: '(' } } }),
    messages: [
      'spec.validation.openAPIV3Schema.properties[spec].properties[a].pattern: Invalid value: "(": must be a valid regular expression, but isn\'t: error parsing regexp: missing closing ): `(`',
    ],
  },
  {
    what: 'a map list without keys',
    given: withSchema({
      properties: { a: { type: 'array', 'x-kubernetes-list-type': 'map', items: { type: 'object' } } },
    }),
    messages: [
      'spec.validation.openAPIV3Schema.properties[spec].properties[a].x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map',
    ],
  },
  {
    what: 'what two versions have in common is told once',
    given: definition({
      versions: [
        { ...version, schema: schema({}) },
        { ...version, name: 'v2', storage: false, schema: schema({}) },
      ],
    }),
    messages: [
      'spec.validation.openAPIV3Schema.properties[spec].type: Required value: must not be empty for specified object fields',
    ],
  },
  {
    what: 'a default of another type',
    given: withSchema({ properties: { a: { type: 'integer', default: 'big' } } }),
    messages: [
      'spec.validation.openAPIV3Schema.properties[spec].properties[a].default: Invalid value: "string":  in body must be of type integer: "string"',
    ],
  },
  {
    what: 'a default out of range',
    given: withSchema({ properties: { a: { type: 'integer', maximum: 3, default: 4 } } }),
    messages: [
      'spec.validation.openAPIV3Schema.properties[spec].properties[a].default: Invalid value: 4:  in body should be less than or equal to 3',
    ],
  },
  {
    what: 'an expression about the keys of a map without a limit',
    given: withSchema({
      properties: {
        labels: {
          type: 'object',
          additionalProperties: { type: 'string' },
          'x-kubernetes-validations': [{ rule: "self.all(key, key.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?)?$'))" }],
        },
      },
    }),
    messages: [],
  },
  {
    what: 'a default with unknown fields',
    given: withSchema({
      properties: { a: { type: 'object', default: { b: 1 }, properties: { c: { type: 'integer' } } } },
    }),
    messages: [
      'spec.validation.openAPIV3Schema.properties[spec].properties[a].default: Invalid value: {"b":1}: must not have unknown fields',
    ],
  },
  { what: 'a rule', given: withRule({ rule: 'self.size < 9 || self.color == "red"' }), messages: [] },
  {
    what: 'a rule with functions',
    given: withRule({ rule: 'has(self.size) && size(self.tags) < 3 && self.color.matches("^[a-z]+$")' }),
    messages: [],
  },
  {
    what: 'a rule about a change',
    given: withRule({ rule: 'self.color in ["red", "green"] || self.color == oldSelf.color' }),
    messages: [],
  },
  {
    what: 'a field there is not',
    given: withRule({ rule: 'self.bogus > 1' }),
    messages: [
      'spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0].rule: Invalid value: {"Rule":"self.bogus \\u003e 1","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: compilation failed: ERROR: <input>:1:5: undefined field \'bogus\'\n | self.bogus > 1\n | ....^',
    ],
  },
  {
    what: 'a field of a number',
    given: withRule({ rule: 'self.size.a == 1' }),
    messages: [
      'spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0].rule: Invalid value: {"Rule":"self.size.a == 1","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: compilation failed: ERROR: <input>:1:10: type \'int\' does not support field selection\n | self.size.a == 1\n | .........^',
    ],
  },
  {
    what: 'a variable there is not',
    given: withRule({ rule: 'bogus' }),
    messages: [
      'spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0].rule: Invalid value: {"Rule":"bogus","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: compilation failed: ERROR: <input>:1:1: undeclared reference to \'bogus\' (in container \'\')\n | bogus\n | ^',
    ],
  },
  {
    what: 'a rule that says nothing',
    given: withRule({ rule: 'self.size' }),
    messages: [
      'spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0].rule: Invalid value: {"Rule":"self.size","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: cel expression must evaluate to a bool',
    ],
  },
  {
    what: 'a message that is no text',
    given: withRule({ rule: 'true', messageExpression: 'self.size' }),
    messages: [
      'spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0].messageExpression: Invalid value: {"Rule":"true","Message":"","MessageExpression":"self.size","Reason":null,"FieldPath":"","OptionalOldSelf":null}: messageExpression must evaluate to a string',
    ],
  },
  {
    what: 'an old value for nothing',
    given: withRule({ rule: 'true', optionalOldSelf: true }),
    messages: [
      'spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0].optionalOldSelf: Invalid value: true: may not be set if oldSelf is not used in rule',
    ],
  },
  {
    what: 'a place there is not',
    given: withRule({ rule: 'true', fieldPath: '.nowhere' }),
    messages: [
      'spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0].fieldPath: Invalid value: ".nowhere": must be a valid path',
    ],
  },
  {
    what: 'another scope',
    given: definition({ scope: 'Cluster' }),
    old: established,
    messages: ['spec.scope: Invalid value: "Cluster": field is immutable'],
  },
  {
    what: 'another scope before anything came of it',
    given: definition({ scope: 'Cluster' }),
    old: definition(),
    messages: [],
  },
  {
    what: 'a stored version that is gone',
    given: { ...definition(), status: { storedVersions: ['v0', 'v1'] } },
    old: definition(),
    messages: [
      'status.storedVersions[0]: Invalid value: "v0": missing from spec.versions; v0 was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in v0 and removes v0 from status.storedVersions',
    ],
  },
  {
    what: 'an untyped field that was there before',
    given: withSchema({ properties: { a: {} } }),
    old: withSchema({ properties: { a: {} } }),
    messages: [
      'spec.validation.openAPIV3Schema.properties[spec].properties[a].type: Required value: must not be empty for specified object fields',
    ],
  },
]);
