// What a resource does of its own when it is written: the part of a registry that differs from resource to resource
// (k8s.io/apiserver registry/rest RESTCreateStrategy, RESTUpdateStrategy and RESTGracefulDeleteStrategy).
import type { KubeObject } from '../../../api/object.ts';
import type { ApiStatus } from '../../../api/status.ts';
import type { DeleteOptions } from '../../client/client.ts';
import type { User } from '../request.ts';
import type { ClusterReader } from './reader.ts';

/** What a strategy may look at besides the object. */
export interface StrategyContext {
  readonly reader: ClusterReader;
  /** Nothing will be stored. */
  readonly dryRun: boolean;
  /** The moment of the request as metav1.Time. */
  readonly timestamp: () => string;
  /** A whole number from 0 to below `bound`, at random. */
  readonly below: (bound: number) => number;
}

/** An object of which nothing is known but that it may have a spec and a status. */
export interface AnyObject extends KubeObject {
  readonly spec?: unknown;
  readonly status?: unknown;
}

/** Objects are given and returned whole; what a method does not speak of stays as it is. */
export interface Strategy {
  /** Sets what the server sets on a new object, which has its uid by now, and drops what a user may not set. */
  prepareForCreate?(object: AnyObject, context: StrategyContext, user: User): AnyObject;
  /** Warnings about what preparation takes away from a new object. */
  warningsBeforeCreate?(object: AnyObject): readonly string[];
  /** Takes from the old object what an update may not change. */
  prepareForUpdate?(object: AnyObject, old: AnyObject, context: StrategyContext): AnyObject;
  /** The same for an update of the status subresource. */
  prepareForStatusUpdate?(object: AnyObject, old: AnyObject, context: StrategyContext): AnyObject;
  /** Whether an update counts metadata.generation up. Absent: objects of the resource have no generation. */
  changesGeneration?(object: AnyObject, old: AnyObject): boolean;
  /** Takes what is scarce (addresses, ports) before validation, as the real one does. May refuse. */
  allocate?(object: AnyObject, old: AnyObject | undefined, context: StrategyContext): AnyObject | ApiStatus;
  /** The seconds an object has left when it is deleted gracefully; absent: objects of the resource go at once. */
  gracePeriod?(object: AnyObject, options: DeleteOptions): number;
  /** What the first deletion makes of an object that others must let go of first; undefined: nothing does. */
  beginDeletion?(object: AnyObject, context: StrategyContext): AnyObject | undefined;
}

export function isStatus(value: KubeObject | ApiStatus): value is ApiStatus {
  return value.kind === 'Status' && 'code' in value;
}
