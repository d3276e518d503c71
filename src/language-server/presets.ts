// The preset clusters as the build has put them into the bundle: their text, and their state at rest.
import type { Preset } from './host.ts';

declare const APPLYSCOPE_PRESETS: Readonly<Record<string, Preset>>;

export const presets: Readonly<Record<string, Preset>> = APPLYSCOPE_PRESETS;
