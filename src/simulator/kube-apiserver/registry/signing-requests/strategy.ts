// A request for a certificate says who asks, and nothing of it changes (pkg/registry/certificates/certificates/strategy.go, Kubernetes 1.36).
import type { CertificateSigningRequest } from '../../../../api/object.ts';
import { statusStrategy, withStatus } from '../generic.ts';
import type { Strategy } from '../strategy.ts';

export const signingRequestStrategy: Strategy = statusStrategy(
  {},
  {
    prepareForCreate(object, _, { name: username, uid, groups }) {
      const { spec, ...rest } = object as CertificateSigningRequest;
      const { username: _name, uid: _uid, groups: _groups, extra: _extra, ...asked } = spec;
      return withStatus({ ...rest, spec: { ...asked, username, ...(uid && { uid }), groups } }, {});
    },
    prepareForUpdate: (object, old) => ({ ...withStatus(object, old.status), spec: old.spec }),
  },
);
