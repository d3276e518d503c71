import assert from 'node:assert/strict';
import { ownProblem } from '../../../src/simulator/kubectl/manifests/own-validation.ts';

const list = (...items: unknown[]) => ({ apiVersion: 'v1', kind: 'List', items });
const deployment = (spec: unknown, metadata: unknown = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata,
  spec,
});
const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1';

/** As kubectl 1.36.3 answered. */
const cases: readonly (readonly [title: string, value: unknown, problem: string | undefined])[] = [
  ['leaves what the server validates to the server', deployment({ foo: 1 }), undefined],
  ['passes kinds that it does not know', list({ apiVersion: 'foo/v1', kind: 'Custom', bar: 1 }), undefined],
  ['passes a good item', list({ apiVersion: 'v1', kind: 'ConfigMap', data: { a: 'b' } }), undefined],
  ['wants items', { apiVersion: 'v1', kind: 'List' }, 'invalid object to validate'],
  ['wants items to say what they are', list({ kind: 'Custom' }), 'apiVersion not set'],
  [
    'tells unknown and missing fields and wrong types of a typed list',
    {
      apiVersion: 'apps/v1',
      kind: 'DeploymentList',
      items: [{ metadata: { name: 'typed' }, spec: { replicas: 'a', foo: 'x' } }],
    },
    '[ValidationError(DeploymentList.items[0].spec): unknown field "foo" in io.k8s.api.apps.v1.DeploymentSpec, ValidationError(DeploymentList.items[0].spec.replicas): invalid type for io.k8s.api.apps.v1.DeploymentSpec.replicas: got "string", expected "integer", ValidationError(DeploymentList.items[0].spec): missing required field "selector" in io.k8s.api.apps.v1.DeploymentSpec, ValidationError(DeploymentList.items[0].spec): missing required field "template" in io.k8s.api.apps.v1.DeploymentSpec]',
  ],
  [
    'looks into maps, where null is no value',
    list(deployment({ selector: {}, template: {} }, { labels: [], annotations: { a: 5, b: [], c: null } })),
    `[ValidationError(Deployment.metadata.annotations.b): invalid type for ${meta}.ObjectMeta.annotations: got "array", expected "string", unknown object type "nil" in Deployment.metadata.annotations.c, ValidationError(Deployment.metadata.labels): invalid type for ${meta}.ObjectMeta.labels: got "array", expected "map"]`,
  ],
  [
    'looks into lists',
    list({ apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 5, image: [] }, null, 5] } }),
    '[ValidationError(Pod.spec.containers[0].image): invalid type for io.k8s.api.core.v1.Container.image: got "array", expected "string", ValidationError(Pod.spec.containers): unknown object type "nil" in Pod.spec.containers[1], ValidationError(Pod.spec.containers[2]): invalid type for io.k8s.api.core.v1.Container: got "integer", expected "map"]',
  ],
  [
    'takes anything where the schema says nothing, and texts for types that read themselves',
    list({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { creationTimestamp: {} },
      spec: {
        group: 'x.io',
        names: { kind: 'Foo', plural: 'foos' },
        scope: 'Cluster',
        versions: [{ name: 'v1', schema: { openAPIV3Schema: { default: {}, items: [], foo: 1 } } }],
      },
    }),
    `[ValidationError(CustomResourceDefinition.metadata.creationTimestamp): invalid type for ${meta}.Time: got "map", expected "string", ValidationError(CustomResourceDefinition.spec.versions[0].schema.openAPIV3Schema): unknown field "foo" in io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps, ValidationError(CustomResourceDefinition.spec.versions[0]): missing required field "served" in io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion, ValidationError(CustomResourceDefinition.spec.versions[0]): missing required field "storage" in io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion]`,
  ],
];

describe('what kubectl validates itself', () => {
  for (const [title, value, problem] of cases) it(title, () => assert.equal(ownProblem(value), problem));
});
