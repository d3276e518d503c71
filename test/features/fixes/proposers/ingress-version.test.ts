import assert from 'node:assert/strict';
import { offered } from '../../../support/fixes.ts';

const ingress = `apiVersion: extensions/v1beta1
kind: Ingress
metadata: {name: a}
spec:
  backend: {serviceName: all, servicePort: http}
  rules:
  - http:
      paths:
      - path: / # all
        backend:
          serviceName: web
          servicePort: 80
`;

describe('the fix of an Ingress of a version that is gone', () => {
  it('says its backends as the version of today does', () => {
    assert.deepEqual(offered(ingress, 'unknown-kind'), [
      [
        'Write it as networking.k8s.io/v1',
        false,
        '- apiVersion: extensions/v1beta1',
        '- kind: Ingress',
        '- metadata: {name: a}',
        '- spec:',
        '-   backend: {serviceName: all, servicePort: http}',
        '-   rules:',
        '-   - http:',
        '-       paths:',
        '-       - path: / # all',
        '-         backend:',
        '-           serviceName: web',
        '-           servicePort: 80',
        '+ apiVersion: networking.k8s.io/v1',
        '+ kind: Ingress',
        '+ metadata: {name: a}',
        '+ spec:',
        '+   rules:',
        '+   - http:',
        '+       paths:',
        '+       - path: / # all',
        '+         backend:',
        '+           service:',
        '+             name: web',
        '+             port:',
        '+               number: 80',
        '+         pathType: ImplementationSpecific',
        '+   defaultBackend:',
        '+     service:',
        '+       name: all',
        '+       port:',
        '+         name: http',
      ],
    ]);
  });
});
