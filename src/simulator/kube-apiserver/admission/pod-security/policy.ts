// Which level of the Pod Security Standards a namespace asks for, by its labels (k8s.io/pod-security-admission/api, Kubernetes 1.36).
// The server's own defaults are privileged in all three modes.
import { invalid, type FieldError } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';

export type Level = 'privileged' | 'baseline' | 'restricted';

export interface LevelVersion {
  readonly level: Level;
  /** The minor version of Kubernetes whose rules count (`latest` is infinity). */
  readonly minor: number;
}

export interface Policy {
  readonly enforce: LevelVersion;
  readonly warn: LevelVersion;
}

type Labels = Readonly<Record<string, string>>;

const levels: readonly string[] = ['privileged', 'baseline', 'restricted'];
const prefix = 'pod-security.kubernetes.io/';
const labelsPath = FieldPath.of('metadata', 'labels');

const isLevel = (text: string): text is Level => levels.includes(text);

/** Negative where `a` is less strict than `b`. */
export const compareLevels = (a: Level, b: Level): number => levels.indexOf(a) - levels.indexOf(b);

export const sameLevelVersion = (a: LevelVersion, b: LevelVersion): boolean =>
  a.level === b.level && a.minor === b.minor;

/** `restricted:latest`, `baseline:v1.24`. */
export const levelVersionText = ({ level, minor }: LevelVersion): string =>
  `${level}:${minor === Infinity ? 'latest' : `v1.${minor}`}`;

/** What a mode's labels ask for: what cannot be read is the strictest level to enforce, and the laxest to tell of. */
class Mode {
  readonly hasLevel: boolean;
  readonly hasVersion: boolean;
  readonly readable: boolean;
  readonly value: LevelVersion;
  readonly errors: readonly FieldError[];

  constructor(name: string, labels: Labels) {
    const levelLabel = prefix + name;
    const versionLabel = `${levelLabel}-version`;
    const level = labels[levelLabel];
    const version = labels[versionLabel];
    this.hasLevel = level !== undefined;
    this.hasVersion = version !== undefined;
    this.readable = level !== undefined && isLevel(level);
    const errors: FieldError[] = [];
    if (level !== undefined && !isLevel(level)) {
      errors.push(invalid(labelsPath.key(levelLabel), level, `must be one of ${levels.join(', ')}`));
    }
    const minor = version === undefined || version === 'latest' ? Infinity : minorOf(version);
    if (minor === undefined) errors.push(invalid(labelsPath.key(versionLabel), version, 'must be "latest" or "v1.x"'));
    this.errors = errors;
    const fallback = this.hasLevel && name === 'enforce' ? 'restricted' : 'privileged';
    this.value = { level: level !== undefined && isLevel(level) ? level : fallback, minor: minor ?? Infinity };
  }
}

function minorOf(version: string): number | undefined {
  const digits = /^v1\.(0|[1-9][0-9]*)$/.exec(version)?.[1];
  // strconv.Atoi: what an int64 cannot hold is no number
  return digits !== undefined && BigInt(digits) < 2n ** 63n ? Number(digits) : undefined;
}

/** The policy, and what is wrong with the labels. What is to be enforced is warned of too, unless a label says what is. */
export function policyOf(labels: Labels = {}): Asked {
  for (const name in labels) if (name.startsWith(prefix)) return askedBy(labels);
  return unlabelled;
}

interface Asked {
  readonly policy: Policy;
  readonly errors: readonly FieldError[];
}

function askedBy(labels: Labels): Asked {
  const [enforce, audit, warn] = [new Mode('enforce', labels), new Mode('audit', labels), new Mode('warn', labels)];
  const errors = [enforce, audit, warn].flatMap((mode) => mode.errors);
  if (warn.hasLevel || !enforce.readable || compareLevels(enforce.value.level, warn.value.level) <= 0) {
    return { policy: { enforce: enforce.value, warn: warn.value }, errors };
  }
  const { minor } = warn.hasVersion ? warn.value : enforce.value;
  return { policy: { enforce: enforce.value, warn: { level: enforce.value.level, minor } }, errors };
}

const unlabelled = askedBy({});
