// Fills in what the object leaves out.
import type { Stage } from '../request.ts';

/** Defaulting of the API version (the SetDefaults functions that a decoder calls). */
export const applyDefaults: Stage = () => undefined;
