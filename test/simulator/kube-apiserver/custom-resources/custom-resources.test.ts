import { deepEqual, equal } from 'node:assert/strict';
import type { JSONSchemaProps } from '../../../../src/api/object.ts';
import { WidgetServer } from './widgets.ts';

const after =
  '<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; ' +
  'correct the existing errors to complete validation';

const spec: JSONSchemaProps = {
  type: 'object',
  required: ['size'],
  properties: {
    size: { type: 'integer', minimum: 1, maximum: 10 },
    ratio: { type: 'number', minimum: 0, exclusiveMinimum: true },
    step: { type: 'number', multipleOf: 0.5 },
    owner: { type: 'string', minLength: 2, maxLength: 8 },
    color: { type: 'string', enum: ['red', 'green'], default: 'red' },
    when: { type: 'string', format: 'date-time' },
    link: { type: 'string', format: 'uri' },
    port: { 'x-kubernetes-int-or-string': true },
    optional: { type: 'string', nullable: true },
    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    limits: { type: 'object', maxProperties: 2, additionalProperties: { type: 'integer' } },
    tags: {
      type: 'array',
      minItems: 1,
      maxItems: 3,
      'x-kubernetes-list-type': 'set',
      items: { type: 'string', pattern: '^[a-z]+$' },
    },
    parts: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string' }, weight: { type: 'integer', default: 1 } },
      },
    },
    either: {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' } },
      oneOf: [{ required: ['a'] }, { required: ['b'] }],
    },
  },
  'x-kubernetes-validations': [
    { rule: 'self.size < 9 || self.color == "red"', message: 'big widgets are red' },
    {
      rule: '!has(self.owner) || self.owner != self.color',
      messageExpression: "'not ' + self.color",
      reason: 'FieldValueForbidden',
      fieldPath: '.owner',
    },
    { rule: 'self.size >= oldSelf.size', message: 'widgets never shrink' },
  ],
};

describe('custom resources', () => {
  const say = (given: unknown, more?: object) => new WidgetServer(spec).create(given, more);

  it('are stored with their defaults, without nulls that may not be, with what may be unknown', () => {
    equal(say({ size: 3 }), '{"size":3,"color":"red"}');
    equal(say({ size: 3, color: null, optional: null }), '{"size":3,"color":"red","optional":null}');
    equal(say({ size: 3, parts: [{ name: 'a' }] }), '{"size":3,"parts":[{"name":"a","weight":1}],"color":"red"}');
    equal(say({ size: 3, free: { any: { thing: 1 } } }), '{"size":3,"free":{"any":{"thing":1}},"color":"red"}');
  });

  it('name no fields that their schema does not', () => {
    equal(
      say({ size: 0, bogus: 1, parts: [{ name: 'a', x: 1 }] }, { other: 1 }),
      'strict decoding error: unknown field "other", unknown field "spec.bogus", unknown field "spec.parts[0].x"',
    );
    equal(
      say({ size: 3 }, { metadata: { name: 'w', labels: { a: 1 } } }),
      'json: cannot unmarshal number into Go struct field ObjectMeta.labels of type string',
    );
  });

  const refusals: readonly [given: object, message: string][] = [
    [{ size: 0 }, 'spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1'],
    [{ size: 11 }, 'spec.size: Invalid value: 11: spec.size in body should be less than or equal to 10'],
    [
      { size: '3' },
      `[spec.size: Invalid value: "string": spec.size in body must be of type integer: "string", ${after}]`,
    ],
    [
      { size: 1.5 },
      '[spec.size: Invalid value: "number": spec.size in body must be of type integer: "number", <nil>: Invalid value: "": ' +
        `Checked value must be of type integer (default format) in spec.size, ${after}]`,
    ],
    [{}, `[spec.size: Required value, ${after}]`],
    [{ size: 1, ratio: 0 }, 'spec.ratio: Invalid value: 0: spec.ratio in body should be greater than 0'],
    [{ size: 1, step: 0.7 }, 'spec.step: Invalid value: 0.7: spec.step in body should be a multiple of 0.5'],
    [{ size: 1, owner: 'a' }, 'spec.owner: Invalid value: "a": spec.owner in body should be at least 2 chars long'],
    [{ size: 1, owner: 'waytoolongname' }, `[spec.owner: Too long: may not be more than 8 bytes, ${after}]`],
    [{ size: 1, color: 'blue' }, `[spec.color: Unsupported value: "blue": supported values: "red", "green", ${after}]`],
    [
      { size: 1, when: 'tomorrow' },
      `[spec.when: Invalid value: "tomorrow": spec.when in body must be of type date-time: "tomorrow", ${after}]`,
    ],
    [
      { size: 1, link: '::' },
      `[spec.link: Invalid value: "::": spec.link in body must be of type uri: "::", ${after}]`,
    ],
    [
      { size: 1, port: true },
      `[spec.port: Invalid value: "boolean": spec.port in body must be of type integer,string: "boolean", ${after}]`,
    ],
    [{ size: 1, limits: { a: 1, b: 2, c: 3 } }, `[spec.limits: Too many: 3: must have at most 2 items, ${after}]`],
    [
      { size: 1, limits: { a: 'x' } },
      `[spec.limits.a: Invalid value: "string": spec.limits.a in body must be of type integer: "string", ${after}]`,
    ],
    [{ size: 1, tags: [] }, 'spec.tags: Invalid value: 0: spec.tags in body should have at least 1 items'],
    [{ size: 1, tags: ['a', 'a'] }, 'spec.tags[1]: Duplicate value: "a"'],
    [{ size: 1, tags: ['A'] }, 'spec.tags[0]: Invalid value: "A": spec.tags[0] in body should match \'^[a-z]+$\''],
    [{ size: 1, parts: [{ name: 'a' }, { name: 'a' }] }, 'spec.parts[1]: Duplicate value: {"name":"a"}'],
    [
      { size: 1, either: {} },
      '[<nil>: Invalid value: "": "spec.either" must validate one and only one schema (oneOf). Found none valid, ' +
        `spec.either.a: Required value, ${after}]`,
    ],
    [{ size: 9, color: 'green' }, 'spec: Invalid value: big widgets are red'],
    [{ size: 1, owner: 'red' }, 'spec.owner: Forbidden: not red'],
  ];
  for (const [given, message] of refusals) {
    it(`refuses ${JSON.stringify(given)}`, () => equal(say(given), message));
  }

  it('are not blamed for what an update leaves alone, but for what it changes', () => {
    const server = new WidgetServer(spec);
    server.create({ size: 3 });
    equal(server.update({ spec: { size: 2 } }), 'spec: Invalid value: widgets never shrink');
    equal(server.update({ spec: { size: 4, owner: 'me' } }), '{"size":4,"color":"red","owner":"me"}');
    equal(
      server.update({ spec: { owner: 'a' } }),
      'spec.owner: Invalid value: "a": spec.owner in body should be at least 2 chars long',
    );
    equal(
      server.update({ spec: { owner: 1 } }),
      `[spec.owner: Invalid value: "integer": spec.owner in body must be of type string: "integer", ${after}]`,
    );
    equal(server.widget.metadata.generation, 2);
  });

  it('have a status of its own only with the subresource', () => {
    const ready = { status: { phase: 'Ready' } };
    const schema: JSONSchemaProps = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
    const withStatus = new WidgetServer(schema);
    withStatus.create({}, { status: {} });
    equal(withStatus.widget.status, undefined);
    const without = new WidgetServer(schema, {});
    without.create({}, { status: {} });
    deepEqual(without.widget.status, {});
    equal(without.update(ready).includes('unknown field "status.phase"'), true);
  });

  it('leave open what a rule says that cannot be followed', () => {
    const rule = { rule: 'self.size == unheardOf(self)' };
    const schema = { ...spec, 'x-kubernetes-validations': [rule] };
    const server = new WidgetServer(schema);
    equal(server.create({ size: 1 }), '{"size":1,"color":"red"}');
    deepEqual(
      server.unknown.filter((reason) => reason.includes('followed')),
      ['the rule "self.size == unheardOf(self)" cannot be followed'],
    );
  });

  it('are times and bytes to a rule where their format says so', () => {
    const ruled = (format: string, rule: string) => ({
      type: 'string',
      format,
      'x-kubernetes-validations': [{ rule, messageExpression: 'string(self)' }],
    });
    const server = new WidgetServer({
      type: 'object',
      properties: {
        at: ruled('date-time', "self > timestamp('2024-01-01T00:00:00Z')"),
        day: ruled('date', 'self.getFullYear() > 2023'),
        for: ruled('duration', "self > duration('1m')"),
        key: ruled('byte', 'size(self) > 3'),
      },
    });
    // the real server's answer
    equal(
      server.create({ at: '2023-05-06T07:08:09.5Z', day: '2023-05-06', for: '30s', key: 'YWJj' }),
      [
        '[spec.at: Invalid value: "2023-05-06T07:08:09.5Z": 2023-05-06T07:08:09.5Z',
        'spec.day: Invalid value: "2023-05-06": 2023-05-06T00:00:00Z',
        'spec.for: Invalid value: "30s": 30s',
        'spec.key: Invalid value: "YWJj": abc]',
      ].join(', '),
    );
    const fine = { at: '2025-05-06T07:08:09.5+02:00', day: '2025-05-06', for: '2m', key: 'YWJjZA==' };
    equal(server.create(fine), JSON.stringify(fine));
  });

  it('are told the rule, or its message, that ends with an error', () => {
    const rule = " url(self).getHost() == 'b'";
    const schema: JSONSchemaProps = {
      type: 'string',
      'x-kubernetes-validations': [{ rule, message: ' no ' }, { rule }],
    };
    const server = new WidgetServer({ type: 'object', properties: { url: schema } });
    const error = 'URL parse error during conversion from string: parse "x": invalid URI for request evaluating rule';
    equal(
      server.create({ url: 'x' }),
      `[spec.url: Invalid value: "string": ${error}: no, spec.url: Invalid value: "string": ${error}: url(self).getHost() == 'b']`,
    );
  });
});
