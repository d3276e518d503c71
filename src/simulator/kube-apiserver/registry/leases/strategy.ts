// Leases lose what belongs to coordinated leader election, which is off (pkg/registry/coordination/lease/strategy.go, Kubernetes 1.36).
import type { Lease } from '../../../../api/object.ts';
import type { AnyObject, Strategy } from '../strategy.ts';

function withoutElection(object: AnyObject): AnyObject {
  const { spec } = object as Lease;
  if (spec?.strategy === undefined && spec?.preferredHolder === undefined) return object;
  const { strategy: _, preferredHolder: _off, ...kept } = spec;
  return { ...object, spec: kept };
}

export const leaseStrategy: Strategy = { prepareForCreate: withoutElection, prepareForUpdate: withoutElection };
