// Commands of the client that links in hovers, and lenses, name.
import type { RunRequest } from './panel.ts';

/** Opens the panel on a run, at a step if one is given. */
export const simulateCommand = 'applyscope.simulate';

export type SimulateArguments = readonly [request: RunRequest, seq?: number];
