// Nobody gets a certificate of the group system:masters (plugin/pkg/admission/certificates/subjectrestriction, Kubernetes 1.36).
import type { CertificateSigningRequest } from '../../../api/object.ts';
import { parseRequest } from '../certificates/request.ts';
import { refuse, type AdmissionPlugin } from './plugin.ts';

const signer = 'kubernetes.io/kube-apiserver-client';

export const certificateSubjectRestriction: AdmissionPlugin = {
  name: 'CertificateSubjectRestriction',
  resources: ['certificatesigningrequests.certificates.k8s.io'],
  validate(request) {
    const { operation, subresource, object } = request;
    if (operation !== 'CREATE' || subresource) return undefined;
    const { spec } = object as CertificateSigningRequest;
    if (spec.signerName !== signer) return undefined;
    const parsed = parseRequest(spec.request);
    // one that cannot be read at all did not get past validation
    if (!parsed || 'problem' in parsed)
      return { unknown: 'the groups that a certificate is asked for', path: 'spec.request' };
    if (!parsed.organizations.includes('system:masters')) return undefined;
    return refuse(request, `use of ${signer} signer with system:masters group is not allowed`);
  },
};
