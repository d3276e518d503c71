// How an object is applied, and what came of it.
import type { KubeObject } from '../../../api/object.ts';
import type { DryRun, FieldValidation } from '../shared-flags.ts';

export interface ApplyOptions {
  readonly dryRun: DryRun;
  readonly fieldManager: string;
  readonly fieldValidation: FieldValidation;
  /** Delete and create anew what cannot be patched. */
  readonly force: boolean;
  readonly serverSide: boolean;
  /** With server-side apply: take over what others own. */
  readonly forceConflicts: boolean;
}

export interface Applied {
  readonly object: KubeObject;
  readonly operation: 'created' | 'configured' | 'unchanged' | 'serverside-applied';
}
