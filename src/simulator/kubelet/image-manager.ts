// Makes sure that a container's image is on the node (pkg/kubelet/images/image_manager.go): the pull policy, the back-off, the
// Events. Pulls of a node are made one after the other (serializeImagePulls).
import type { Container, Pod } from '../../api/object.ts';
import type { EventRecorder, EventType } from '../client/event-recorder.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { BackOff } from '../client/back-off.ts';
import { initialBackOff, maximumBackOff } from './durations.ts';
import {
  failureText,
  type Call,
  type ContainerRuntime,
  type PodIdentity,
  type RuntimeFailure,
} from './containerd/cri.ts';
import { parseImageReference } from './containerd/image-reference.ts';
import { formatGoDuration } from './go-duration.ts';
import { fieldPathOf, identityOf } from './pod-names.ts';

interface ImageFailure {
  /** The waiting reason: `ErrImagePull`, `ImagePullBackOff`, `ErrImageNeverPull`, `InvalidImageName` … */
  readonly reason: string;
  readonly message: string;
  /** Milliseconds until the back-off ends. */
  readonly backOffLeft?: number;
}

export class ImageManager {
  readonly #kernel: Kernel;
  readonly #runtime: ContainerRuntime;
  readonly #recorder: EventRecorder;
  readonly #onPulled: () => void;
  readonly #backOff = new BackOff(initialBackOff, maximumBackOff);
  readonly #pullErrors = new Map<string, string>();
  #busyUntil = 0;

  constructor(kernel: Kernel, runtime: ContainerRuntime, recorder: EventRecorder, onPulled: () => void) {
    this.#kernel = kernel;
    this.#runtime = runtime;
    this.#recorder = recorder;
    this.#onPulled = onPulled;
  }

  /** Returns when the image is there, or why it is not. */
  *ensure(pod: Pod, container: Container): Call<ImageFailure | undefined> {
    const { image = '', imagePullPolicy: policy } = container;
    const tell = (type: EventType, reason: string, message: string) =>
      this.#recorder.event(pod, type, reason, message, { fieldPath: fieldPathOf(pod, container) });
    const reference = parseImageReference(image);
    if ('error' in reference) {
      const why = `couldn't parse image name "${image}": ${reference.error}`;
      const message = `Failed to apply default image tag "${image}": ${why}`;
      tell('Warning', 'InspectFailed', message);
      return { reason: 'InvalidImageName', message };
    }
    const present = this.#runtime.imageStatus(image) !== undefined;
    if (present && policy !== 'Always') {
      const message = `Container image "${image}" already present on machine and can be accessed by the pod`;
      tell('Normal', 'Pulled', message);
      return undefined;
    }
    if (policy === 'Never') {
      const message = `Container image "${image}" is not present with pull policy of Never`;
      tell('Warning', 'ErrImageNeverPull', message);
      return { reason: 'ErrImageNeverPull', message };
    }
    return yield* this.#pull(image, identityOf(pod), tell);
  }

  *#pull(
    image: string,
    pod: PodIdentity,
    tell: (type: EventType, reason: string, message: string) => void,
  ): Call<ImageFailure | undefined> {
    const key = `${pod.uid}_${image}`;
    const backOffLeft = this.#backOff.leftSinceUpdate(key, this.#kernel.now);
    if (backOffLeft > 0) {
      const message = `Back-off pulling image "${image}"`;
      tell('Normal', 'BackOff', message);
      const before = this.#pullErrors.get(key);
      return { reason: 'ImagePullBackOff', message: before ? `${message}: ${before}` : message, backOffLeft };
    }
    tell('Normal', 'Pulling', `Pulling image "${image}"`);
    const asked = this.#kernel.now;
    while (this.#busyUntil > this.#kernel.now) yield this.#busyUntil - this.#kernel.now;
    const begun = this.#kernel.now;
    const result = yield* this.#pullAlone(image, pod);
    const { now } = this.#kernel;
    if (!result.ok) {
      tell('Warning', 'Failed', `Failed to pull image "${image}": ${pullErrorText(result)}`);
      this.#backOff.next(key, now, now);
      const failure = evaluate(image, pullErrorText(result));
      this.#pullErrors.set(key, `${failure.reason}: ${failure.message}`);
      return failure;
    }
    const took = `${formatGoDuration(now - begun)} (${formatGoDuration(now - asked)} including waiting)`;
    tell(
      'Normal',
      'Pulled',
      `Successfully pulled image "${image}" in ${took}. Image size: ${result.value.size} bytes.`,
    );
    this.#onPulled();
    return undefined;
  }

  /** The pull's own waits are known as they come, so others wait step by step behind it. */
  *#pullAlone(image: string, pod: PodIdentity): ReturnType<ContainerRuntime['pullImage']> {
    const pull = this.#runtime.pullImage(image, pod);
    for (;;) {
      const { done, value } = pull.next();
      if (done) return value;
      this.#busyUntil = this.#kernel.now + value;
      yield value;
    }
  }
}

/** The remote image service gives an error without a code as its bare message. */
const pullErrorText = (failure: RuntimeFailure) =>
  failure.code === 'Unknown' ? failure.message : failureText(failure);

/** Failures that the runtime names get their own reason (evalCRIPullErr). */
function evaluate(image: string, text: string): ImageFailure {
  const named = {
    RegistryUnavailable: 'the registry is unavailable',
    SignatureValidationFailed: 'the signature validation failed',
  };
  for (const [reason, why] of Object.entries(named)) {
    if (!text.startsWith(reason)) continue;
    return { reason, message: `image pull failed for ${image} because ${why}${text.slice(reason.length)}` };
  }
  return { reason: 'ErrImagePull', message: text };
}
