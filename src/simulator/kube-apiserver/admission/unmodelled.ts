// Plugins that a real server runs and this one does not yet: each says when it would look at a request, which makes what
// becomes of the request unknown. Where a plugin has nothing to act on, nothing is unknown.
import type { AdmissionPlugin, AdmissionRequest } from './plugin.ts';

const requests = 'certificatesigningrequests.certificates.k8s.io';

/** Why the plugin would act on the request, or undefined. */
type Condition = (request: AdmissionRequest) => string | undefined;

function unmodelled(name: string, phase: 'admit' | 'validate', condition: Condition): AdmissionPlugin {
  return {
    name,
    resources: [requests],
    [phase]: (request: AdmissionRequest) => {
      const reason = condition(request);
      return reason === undefined ? undefined : { unknown: reason };
    },
  };
}

const certificateApproval: Condition = ({ subresource }) =>
  subresource === 'approval' ? 'who may approve certificates is not modelled' : undefined;

const certificateSigning: Condition = ({ subresource }) =>
  subresource === 'status' ? 'who may sign certificates is not modelled' : undefined;

export const unmodelledPlugins: readonly AdmissionPlugin[] = [
  unmodelled('CertificateApproval', 'validate', certificateApproval),
  unmodelled('CertificateSigning', 'validate', certificateSigning),
];
