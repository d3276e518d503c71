// The stated model of how long containerd takes, in virtual milliseconds: round numbers of the size measured on an idle node.

/** A sandbox with its network namespace and the CNI plugin's answer. */
export const sandboxDuration = 200;

/** A container's snapshot and configuration. */
export const createDuration = 150;

/** From the start of the shim until the process runs. */
export const startDuration = 200;

/** A pull of an image about which nothing is said. */
export const pullDuration = 300;

/** From SIGTERM to the end of a process about which nothing is said. */
export const stopDuration = 50;
