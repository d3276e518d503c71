// The server's name in the trace.
import type { Participant } from '../trace.ts';

export const serverName: Participant = 'kube-apiserver';
