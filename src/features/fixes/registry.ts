// Every proposer there is.
import { placement } from './placement.ts';
import type { PlacementProposer, Proposer } from './proposer.ts';
import { apiVersion } from './proposers/api-version.ts';
import { duplicateKey } from './proposers/duplicate-key.ts';
import { duplicateName } from './proposers/duplicate-name.ts';
import { existingName } from './proposers/existing-name.ts';
import { fieldName } from './proposers/field-name.ts';
import { fieldPlace } from './proposers/field-place.ts';
import { fieldRemoval } from './proposers/field-removal.ts';
import { ingressVersion } from './proposers/ingress-version.ts';
import { kindName } from './proposers/kind-name.ts';
import { nameForm } from './proposers/name-form.ts';
import { portNames } from './proposers/port-names.ts';
import { quantity } from './proposers/quantity.ts';
import { requestAboveLimit } from './proposers/request-above-limit.ts';
import { secretText } from './proposers/secret-text.ts';
import { selectorLabels } from './proposers/selector-labels.ts';
import { supportedValue } from './proposers/supported-value.ts';
import { tolerations } from './proposers/tolerations.ts';
import { valueKind } from './proposers/value-kind.ts';

/** By filter plugin of the scheduler. */
const placements: readonly PlacementProposer[] = [tolerations];

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
  selectorLabels,
  nameForm,
  portNames,
  duplicateName,
  existingName,
  placement(placements),
];
