// APIServices (k8s.io/kube-aggregator/pkg/apis/apiregistration/v1/defaults.go, Kubernetes 1.36).
import type { APIService } from '../../../api/object.ts';
import { withDefaults, withField } from './with-defaults.ts';

export const defaultApiService = (given: APIService): APIService =>
  withField(given, 'spec', (spec) => withField(spec, 'service', (service) => withDefaults(service, { port: 443 })));
