// kube-controller-manager: many small loops in one program, each with a service account of its own, sharing their informers.
import { remembering } from '../../base/remembering.ts';
import type { Client } from '../client/client.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Participant } from '../trace.ts';
import { controllers, controllersOfAdmission } from './registry.ts';
import { SharedInformers } from './shared-informers.ts';

export const program = 'kube-controller-manager';

/** The same text in every run: it is looked up wherever a request is made. */
const participantOf = remembering(100, (actor): Participant => `${program}/${actor}`);

/**
 * Starts every controller. `connect` gives a client for a user; each controller acts as
 * `kube-controller-manager/<its service account>`, while the program itself lists and watches for all. One that has
 * nothing to do yet waits for its first object: its handlers would hear of every Pod for nothing.
 * In a run that is only about the API, those start that kube-apiserver's answers stand on.
 */
export function startControllerManager(kernel: Kernel, connect: (actor: Participant) => Client, only?: 'api'): void {
  const informers = new SharedInformers(connect(program));
  for (const controller of only ? controllersOfAdmission : controllers) {
    const { name, actor = name, startsWith } = controller;
    const start = () => controller.start({ kernel, client: connect(participantOf(actor)), informers });
    if (startsWith === undefined) start();
    else informers.whenFirst(startsWith, start);
  }
  informers.start();
}
