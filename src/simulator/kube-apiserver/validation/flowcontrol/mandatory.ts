// The flow control that the server cannot do without is fixed; what it says of a change is not modelled
// (pkg/apis/flowcontrol/internalbootstrap, Kubernetes 1.36).
import { isObject } from '../../../../base/json.ts';
import type { UnmodelledField } from '../validation.ts';

const names = ['exempt', 'catch-all'];

export const mandatorySpec: UnmodelledField = {
  pattern: 'metadata.name',
  reason: 'whether the object is as the server needs it is not modelled',
  applies: (name, _key, object) => isObject(object) && names.includes(String(name)),
};
