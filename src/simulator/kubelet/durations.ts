// The kubelet's periods and back-offs in virtual milliseconds, as its defaults set them (k8s.io/kubernetes/pkg/kubelet 1.36).
// Where the real one adds a random part, ours takes the middle of it.

/** PLEG looks at the runtime once a second (genericPlegRelistPeriod). */
export const relistPeriod = 1000;
/** Where within the second it does. */
export const relistPhase = 500;

/** The sync loop looks once a second for Pods whose time has come. */
export const syncPeriod = 1000;
export const syncPhase = 250;

/** wait.Jitter with a factor of 0.5: from 1 to 1.5 times as long. */
const jitter = 1.25;
/** A Pod without errors is looked at again after so long (syncFrequency with its jitter). */
export const resyncDelay = 60_000 * jitter;

/** After an error: at least 10 s, or until the earliest back-off ends, with jitter (completeWork of the Pod workers). */
export const retryDelay = (backOffLeft: number) => Math.max(10_000, backOffLeft) * jitter;

/** Back-off of image pulls and of crashing containers: doubled each time up to the maximum. */
export const initialBackOff = 10_000;
export const maximumBackOff = 300_000;

/** From a new status to its request (the status manager works on its own). */
export const statusDelay = 5;

/** How often a Pod that waits for its volumes looks whether they are there (podAttachAndMountRetryInterval). */
export const mountPoll = 300;
/** A mount that fails is tried again after 500 ms, doubled each time (goroutinemap/exponentialbackoff). */
export const initialMountRetry = 500;
export const maximumMountRetry = 122_000;
/** After which the Pod stops waiting for its volumes (podAttachAndMountTimeout). */
export const mountTimeout = 123_000;

/** How long the volumes of an ended Pod take to be unmounted. */
export const unmountDuration = 100;

/** nodeStatusUpdateFrequency: how often a changed node status is written. */
export const nodeStatusPeriod = 10_000;

/** A container is given at least two seconds between SIGTERM and SIGKILL (minimumGracePeriodInSeconds). */
export const minimumGracePeriod = 2000;
