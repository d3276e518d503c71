// The phases of a Pod that are its last: all its containers have ended, for good.

export const isTerminalPhase = (phase: string | undefined): boolean => phase === 'Succeeded' || phase === 'Failed';
