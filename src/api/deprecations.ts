// Kinds that the server answers with a warning whatever is done to them (APILifecycleDeprecated of k8s.io/api, Kubernetes 1.36).

const deprecated: Readonly<Record<string, string>> = {
  'v1 ComponentStatus': 'v1 ComponentStatus is deprecated in v1.19+',
  'v1 Endpoints': 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
};

/** The text of the Warning header of every answer about a deprecated kind, or undefined. */
export function deprecationWarning(apiVersion: string, kind: string): string | undefined {
  return deprecated[`${apiVersion} ${kind}`];
}
