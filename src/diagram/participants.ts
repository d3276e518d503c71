// The participants of a diagram: which there are, in the order of the flow, and what each one is, in two sentences.
import { programOf, type Participant } from '../simulator/trace.ts';

export interface Program {
  /** The real program's name. */
  readonly name: string;
  /** What it is and why it acts, for somebody who meets it for the first time. */
  readonly role: string;
}

/** In the order in which an applied Pod meets them. */
export const programs: readonly Program[] = [
  { name: 'user', role: 'What you want stands in your files.' },
  { name: 'kubectl', role: 'Reads your files and sends each object to the API server. It decides nothing itself.' },
  {
    name: 'kube-apiserver',
    role: 'The receptionist: everyone talks to it and to nobody else. It checks who asks and whether the object makes sense, completes it and stores it.',
  },
  { name: 'etcd', role: 'The filing cabinet. What is written here exists; everything else is on its way here.' },
  {
    name: 'kube-controller-manager',
    role: 'A crowd of small loops. Each compares what was asked for with what there is, and creates or deletes the difference.',
  },
  {
    name: 'kube-scheduler',
    role: 'Finds a node for every Pod that has none: it filters the nodes that cannot take it, scores the others and writes the winner into the Pod.',
  },
  { name: 'kubelet', role: 'The caretaker of one node. It sees that a Pod was given to its node and makes it run.' },
  { name: 'containerd', role: 'Runs containers: it pulls images and starts processes when the kubelet asks.' },
  {
    name: 'calico',
    role: 'The road system: it gives every Pod an address of its own and tells all nodes the way to it.',
  },
  {
    name: 'kube-proxy',
    role: 'The switchboard on every node: traffic for a Service’s address goes to one of its ready Pods.',
  },
  { name: 'coredns', role: 'The phonebook: it turns the name of a Service into its address.' },
  {
    name: 'pod',
    role: 'Your own program, in its container. It knows nothing of all this: it asks for a name and connects.',
  },
];

const ranks = new Map(programs.map(({ name }, rank) => [name, rank]));

/** Where a participant stands in the flow; unknown ones stand last. */
export function rankOf(participant: Participant): number {
  return ranks.get(programOf(participant)) ?? programs.length;
}

/** `kubelet worker-1` for `kubelet/worker-1`: how a participant is shown where there are several of its kind. */
export function displayName(participant: Participant): string {
  return participant === 'user' ? 'you' : participant.replace('/', ' ');
}
