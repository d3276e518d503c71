// CSIDrivers (pkg/apis/storage/validation, Kubernetes 1.36).
import { duplicate, invalid, notSupported, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type { CSIDriver, StorageTokenRequest } from '../../../../api/object.ts';
import { checkSupported, type Errors } from '../checks.ts';
import { checkImmutable, subdomainName } from '../object-meta.ts';
import { kindRules } from '../kind-rules.ts';

const path = FieldPath.of('spec');
const groupPolicies = ['File', 'None', 'ReadWriteOnceWithFSType'];
const lifecycleModes = ['Persistent', 'Ephemeral'];
const shortestToken = 600;
const longestToken = 2 ** 32;
const shortestPeriod = 10;

function checkTokens(tokens: readonly StorageTokenRequest[], errors: Errors): void {
  tokens.forEach(({ audience, expirationSeconds: seconds }, i) => {
    const at = path.child('tokenRequests').index(i);
    const where = at.child('expirationSeconds');
    if (tokens.findIndex((other) => other.audience === audience) < i) {
      errors.push(duplicate(at.child('audience'), audience));
    } else if (seconds !== undefined && seconds < shortestToken) {
      errors.push(invalid(where, seconds, 'may not specify a duration less than 10 minutes'));
    } else if (seconds !== undefined && seconds > longestToken) {
      errors.push(invalid(where, seconds, 'may not specify a duration larger than 2^32 seconds'));
    }
  });
}

export const driverRules = kindRules<CSIDriver>({
  meta: { namespaced: false, name: subdomainName },
  content({ spec }, errors, old) {
    const { volumeLifecycleModes: modes = [], tokenRequests = [], serviceAccountTokenInSecrets: inSecrets } = spec;
    const period = spec.nodeAllocatableUpdatePeriodSeconds;
    // the path is not the field's name
    if (spec.attachRequired === undefined) errors.push(required(path.child('attachedRequired')));
    for (const name of ['podInfoOnMount', 'storageCapacity'] as const) {
      if (spec[name] === undefined) errors.push(required(path.child(name)));
    }
    checkSupported(spec.fsGroupPolicy, groupPolicies, path.child('fsGroupPolicy'), errors);
    checkTokens(tokenRequests, errors);
    const at = path.child('volumeLifecycleModes');
    for (const mode of modes) if (!lifecycleModes.includes(mode)) errors.push(notSupported(at, mode, lifecycleModes));
    if (spec.seLinuxMount === undefined) errors.push(required(path.child('seLinuxMount')));
    if (period !== undefined && period < shortestPeriod) {
      const detail = 'must be greater than or equal to 10 seconds';
      errors.push(invalid(path.child('nodeAllocatableUpdatePeriodSeconds'), period, detail));
    }
    if (inSecrets !== undefined && !tokenRequests.length) {
      const detail = 'serviceAccountTokenInSecrets is set but no tokenRequests are specified';
      errors.push(invalid(path.child('serviceAccountTokenInSecrets'), inSecrets, detail));
    }
    if (!old) return;
    checkImmutable(spec.attachRequired, old.spec.attachRequired, path.child('attachedRequired'), errors);
    checkImmutable(modes, old.spec.volumeLifecycleModes, at, errors);
  },
});
