// The images of a node: what is there, and what a pull brings. Digests are made from names, so that the same reference is the
// same image in every run.
import { copyWith } from '../../../base/copy.ts';
import { remembering } from '../../../base/remembering.ts';
import { sha256 } from '../../../base/sha256.ts';
import type { Call, RuntimeImage, RuntimeResult } from './cri.ts';
import { pullDuration } from './durations.ts';
import { durationOr, type ImageBehaviour, type ImageBehaviours } from './image-behaviour.ts';
import { canonicalImage, parseImageReference } from './image-reference.ts';

const defaultSize = 50_000_000;

/** What the same reference, in full, always stands for. */
const known = remembering(1_000, (name): Pick<RuntimeImage, 'id' | 'tag' | 'repoDigest'> => {
  const reference = parseImageReference(name);
  const { repository, tag, digest } = 'error' in reference ? { repository: name } : reference;
  return {
    id: `sha256:${sha256(`config ${name}`)}`,
    ...(tag && { tag: name }),
    repoDigest: `${repository}@${digest ?? `sha256:${sha256(`manifest ${name}`)}`}`,
  };
});

export class ImageStore {
  readonly #behaviours = new Map<string, ImageBehaviour>();
  readonly #images = new Map<string, RuntimeImage>();
  readonly #pulls = new Map<string, number>();

  constructor({ images = {} }: ImageBehaviours) {
    for (const [image, behaviour] of Object.entries(images)) this.#behaviours.set(canonicalImage(image), behaviour);
  }

  /** What is said about an image; undefined: nothing. */
  behaviour(image: string): ImageBehaviour | undefined {
    return this.#behaviours.get(canonicalImage(image));
  }

  get(image: string): RuntimeImage | undefined {
    return this.#images.get(canonicalImage(image));
  }

  list(): readonly RuntimeImage[] {
    return [...this.#images.values()];
  }

  /** Puts an image on the node. */
  store(image: string, size?: number): RuntimeImage {
    const name = canonicalImage(image);
    const behaviour = this.#behaviours.get(name);
    const { pull, user = '' } = behaviour ?? {};
    const sized = copyWith(known(name), { size: pull?.size ?? size ?? defaultSize });
    // of an image of which nothing is said it is not known whether it runs as root
    const runsAs = behaviour && (/^-?[0-9]*$/.test(user) ? { uid: Number(user) } : { username: user });
    const stored: RuntimeImage = runsAs ? copyWith(sized, runsAs) : sized;
    this.#images.set(name, stored);
    return stored;
  }

  /** Pulls an image, whether it is there or not. */
  *pull(image: string): Call<RuntimeResult<RuntimeImage>> {
    const name = canonicalImage(image);
    const { delay, error, code = 'Unknown', failTimes = 0 } = this.behaviour(image)?.pull ?? {};
    const attempt = (this.#pulls.get(name) ?? 0) + 1;
    this.#pulls.set(name, attempt);
    yield durationOr(delay, pullDuration);
    if (error && (failTimes === 0 || attempt <= failTimes)) return { ok: false, code, message: error };
    return { ok: true, value: this.store(image) };
  }
}
