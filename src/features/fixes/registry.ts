// Every proposer there is.
import { placement } from './placement.ts';
import type { PlacementProposer } from './pending-pod.ts';
import type { Proposer } from './proposer.ts';
import { apiVersion } from './proposers/api-version.ts';
import { containerName } from './proposers/container-name.ts';
import { cordon } from './proposers/cordon.ts';
import { duplicateKey } from './proposers/duplicate-key.ts';
import { duplicateName } from './proposers/duplicate-name.ts';
import { existingName } from './proposers/existing-name.ts';
import { fieldName } from './proposers/field-name.ts';
import { fieldPlace } from './proposers/field-place.ts';
import { fieldRemoval } from './proposers/field-removal.ts';
import { hostPorts } from './proposers/host-ports.ts';
import { ingressVersion } from './proposers/ingress-version.ts';
import { kindName } from './proposers/kind-name.ts';
import { limitRange } from './proposers/limit-range.ts';
import { missingObject } from './proposers/missing-object.ts';
import { moreNodes } from './proposers/more-nodes.ts';
import { nameForm } from './proposers/name-form.ts';
import { nodeLabels } from './proposers/node-labels.ts';
import { nodeName } from './proposers/node-name.ts';
import { podAffinity } from './proposers/pod-affinity.ts';
import { podSecurity } from './proposers/pod-security.ts';
import { portNames } from './proposers/port-names.ts';
import { quantity } from './proposers/quantity.ts';
import { quotaRequest } from './proposers/quota-request.ts';
import { replicaRequests } from './proposers/replica-requests.ts';
import { replicas } from './proposers/replicas.ts';
import { requestAboveLimit } from './proposers/request-above-limit.ts';
import { requests } from './proposers/requests.ts';
import { schedulingGates } from './proposers/scheduling-gates.ts';
import { secretText } from './proposers/secret-text.ts';
import { selectorLabels } from './proposers/selector-labels.ts';
import { serviceSelector } from './proposers/service-selector.ts';
import { supportedValue } from './proposers/supported-value.ts';
import { tolerations } from './proposers/tolerations.ts';
import { topologySpread } from './proposers/topology-spread.ts';
import { valueKind } from './proposers/value-kind.ts';

/** By filter plugin of the scheduler. */
const placements: readonly PlacementProposer[] = [
  tolerations,
  nodeLabels,
  requests,
  hostPorts,
  topologySpread,
  podAffinity,
  cordon,
];

export const proposers: readonly Proposer[] = [
  kindName,
  apiVersion,
  ingressVersion,
  duplicateKey,
  fieldName,
  fieldPlace,
  fieldRemoval,
  valueKind,
  quantity,
  secretText,
  supportedValue,
  requestAboveLimit,
  quotaRequest,
  limitRange,
  podSecurity,
  selectorLabels,
  nameForm,
  containerName,
  portNames,
  duplicateName,
  existingName,
  missingObject,
  serviceSelector,
  nodeName,
  schedulingGates,
  placement(placements),
  replicaRequests,
  replicas,
  moreNodes,
];
