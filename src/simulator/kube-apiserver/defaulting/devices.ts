// How many devices are meant where nothing is said (pkg/apis/resource/v1/defaults.go, Kubernetes 1.36).
import type {
  DeviceRequest,
  DeviceToleration,
  ResourceResourceClaim,
  ResourceClaimSpec,
  ResourceClaimTemplate,
} from '../../../api/object.ts';
import { withField, withItems } from './with-defaults.ts';

interface Asked {
  readonly allocationMode?: string;
  readonly count?: number;
  readonly tolerations?: readonly DeviceToleration[];
}

const withOperator = (toleration: DeviceToleration): DeviceToleration =>
  toleration.operator ? toleration : { ...toleration, operator: 'Equal' };

function withDefaults<T extends Asked>(asked: T): T {
  const given = withField(asked, 'tolerations', (tolerations) => withItems(tolerations, withOperator));
  const { allocationMode = '', count = 0 } = given;
  const mode = allocationMode || 'ExactCount';
  const counted = mode === 'ExactCount' && count === 0 ? 1 : count;
  if (mode === allocationMode && counted === count) return given;
  return { ...given, allocationMode: mode, ...(counted !== 0 && { count: counted }) };
}

function defaultRequest(given: DeviceRequest): DeviceRequest {
  const request = withField(given, 'exactly', withDefaults);
  return withField(request, 'firstAvailable', (alternatives) => withItems(alternatives, withDefaults));
}

const defaultSpec = (spec: ResourceClaimSpec): ResourceClaimSpec =>
  withField(spec, 'devices', (devices) =>
    withField(devices, 'requests', (requests) => withItems(requests, defaultRequest)),
  );

export const defaultResourceClaim = (claim: ResourceResourceClaim): ResourceResourceClaim =>
  withField(claim, 'spec', defaultSpec);

export const defaultResourceClaimTemplate = (template: ResourceClaimTemplate): ResourceClaimTemplate =>
  withField(template, 'spec', (spec) => withField(spec, 'spec', defaultSpec));
