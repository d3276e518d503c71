// The port between the runtime and the network plugin of its node (containernetworking's ADD and DEL).

interface CniRequest {
  readonly namespace: string;
  readonly podName: string;
  readonly sandboxId: string;
  readonly hostNetwork: boolean;
}

export interface Cni {
  /** Gives the sandbox an address. Not asked for Pods on the host's network. */
  add(request: CniRequest): { readonly ip: string } | { readonly error: string };
  /** Takes the address back; a sandbox that has none is no error. */
  remove(sandboxId: string): void;
}
