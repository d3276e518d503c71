// The table that volume sources are checked by: a check for each source, by the name of its field.
import type { FieldPath } from '../../../../api/field-path.ts';
import type { Volume } from '../../../../api/object.ts';
import type { Errors } from '../checks.ts';

export interface SourceContext {
  /** A volume of a Pod itself, not of a template. */
  readonly ofPod: boolean;
}

export type SourceName = Exclude<keyof Volume, 'name'>;
export type SourceChecks = {
  readonly [K in SourceName]?: (
    source: NonNullable<Volume[K]>,
    path: FieldPath,
    errors: Errors,
    context: SourceContext,
  ) => void;
};
