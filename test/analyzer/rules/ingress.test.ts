import assert from 'node:assert/strict';
import { found } from '../../support/apply.ts';
import { offered } from '../../support/fixes.ts';

const ids = ['ingress-backend', 'ingress-class'];
const node = '{apiVersion: v1, kind: Node, metadata: {name: a}}\n';
const withClass = `${node}---\n{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: nginx}, spec: {controller: a.b/c}}\n`;
const service = (spec = '{ports: [{name: http, port: 80, targetPort: 8080}]}') =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: ${spec}\n---\n`;
const ingress = (backend: string, more = '') => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  ${more}
  rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: ${backend}}}]}}]
`;
const rows = (text: string, cluster?: string) =>
  found(text, ids, cluster ? { cluster } : {}).map((row) => row.slice(1));

describe('an Ingress', () => {
  it('whose Service is not there is told of at its name', () => {
    assert.deepEqual(rows(ingress('{name: shop, port: {number: 80}}')), [
      [
        ...['ingress-backend', 'shop'],
        'The Ingress sends requests to the Service shop, which is not there: create it, or correct the name.',
      ],
    ]);
    assert.deepEqual(
      rows(
        ingress('{name: web, port: {number: 80}}', 'defaultBackend: {service: {name: shop, port: {number: 80}}}'),
      ).map(([, at]) => at),
      ['shop', 'web'],
    );
  });

  it('that means a port which the Service does not have is told of at the port', () => {
    const why = 'which has 80 (http): correct one of the two.';
    assert.deepEqual(rows(service() + ingress('{name: web, port: {number: 8080}}')), [
      ['ingress-backend', '8080', `The Ingress sends requests to the port 8080 of the Service web, ${why}`],
    ]);
    assert.equal(rows(service() + ingress('{name: web, port: {name: https}}'))[0]?.[1], 'https');
  });

  it('whose class is not among those of the cluster is told of at the class', () => {
    const text = service() + ingress('{name: web, port: {name: http}}', 'ingressClassName: ngnix');
    assert.deepEqual(rows(text, withClass), [
      ['ingress-class', 'ngnix', 'Nobody serves an Ingress whose class is not there. Did you mean nginx?'],
    ]);
    assert.deepEqual(rows(text, node), []);
    assert.deepEqual(rows(text.replace('ngnix', 'nginx'), withClass), []);
  });

  const fine: [string, string][] = [
    ['whose Service has the port', service() + ingress('{name: web, port: {number: 80}}')],
    [
      'of a Service that is a name for another',
      service('{type: ExternalName, externalName: a.example}') + ingress('{name: web, port: {number: 443}}'),
    ],
  ];
  for (const [what, text] of fine) it(`${what} is fine`, () => assert.deepEqual(rows(text), []));

  it('is left alone where kubectl printed no Services', () => {
    const printed = `kind: List\napiVersion: v1\nitems:\n- ${node}`;
    assert.deepEqual(rows(ingress('{name: shop, port: {number: 80}}'), printed), []);
  });

  it('gets the name of a Service that is there', () => {
    const [fix] = offered(service() + ingress('{name: wbe, port: {number: 80}}'), 'ingress-backend');
    assert.equal(fix?.[0], 'Correct name to web');
  });
});
