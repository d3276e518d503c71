// Every proposer there is.
import { placement } from './placement.ts';
import type { PlacementProposer, Proposer } from './proposer.ts';
import { fieldName } from './proposers/field-name.ts';
import { tolerations } from './proposers/tolerations.ts';

/** By filter plugin of the scheduler. */
const placements: readonly PlacementProposer[] = [tolerations];

export const proposers: readonly Proposer[] = [fieldName, placement(placements)];
