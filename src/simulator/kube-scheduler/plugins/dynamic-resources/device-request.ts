// One thing a ResourceClaim asks devices for: a request, or one of the alternatives of a request (a subrequest).
import type {
  CapacityRequirements,
  DeviceRequest,
  DeviceSelector,
  DeviceToleration,
  ResourceResourceClaim,
} from '../../../../api/object.ts';

export interface Ask {
  /** The name of the request or subrequest. */
  readonly name: string;
  /** Of a subrequest: the name of the request whose alternative it is. */
  readonly parent: string | undefined;
  /** `request`, or `request/subrequest`: how results and constraints refer to it. */
  readonly fullName: string;
  readonly deviceClassName: string;
  readonly allocationMode: string;
  readonly count: number;
  /** Watches devices that may be in use, and takes none of them. */
  readonly adminAccess: boolean;
  readonly selectors: readonly DeviceSelector[];
  readonly tolerations: readonly DeviceToleration[] | undefined;
  readonly capacity: CapacityRequirements | undefined;
}

/** The alternatives of a request, the preferred one first; a plain request is its only one. Empty: of no known kind. */
export function asksOf({ name, exactly, firstAvailable = [] }: DeviceRequest): readonly Ask[] {
  if (firstAvailable.length > 0) {
    return firstAvailable.map((subrequest) => ({
      ...common(subrequest),
      name: subrequest.name,
      parent: name,
      fullName: `${name}/${subrequest.name}`,
      adminAccess: false,
    }));
  }
  if (!exactly) return [];
  return [{ ...common(exactly), name, parent: undefined, fullName: name, adminAccess: exactly.adminAccess ?? false }];
}

type Shared = Omit<NonNullable<DeviceRequest['exactly']>, 'adminAccess'>;

function common({ deviceClassName, allocationMode, count, selectors = [], tolerations, capacity }: Shared) {
  return {
    deviceClassName,
    allocationMode: allocationMode ?? 'ExactCount',
    count: count ?? 1,
    selectors,
    tolerations,
    capacity,
  };
}

export function requestsOf({ spec }: ResourceResourceClaim): readonly DeviceRequest[] {
  return spec?.devices?.requests ?? [];
}

/** klog.KObj: how the plugin's messages name a claim. */
export function claimText({ metadata: { namespace, name = '' } }: ResourceResourceClaim): string {
  return namespace ? `${namespace}/${name}` : name;
}
