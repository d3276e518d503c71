// What a check prints: findings as they come, or all of them at the end as JSON; and how it ends.
import type { LocatedFinding, ParsedFile } from '../features/index.ts';
import type { CheckRequest } from './arguments.ts';
import { painter } from './colours.ts';
import { isFileProblem } from './files.ts';
import { findingsAsJson, findingText, summaryText } from './finding-format.ts';
import type { Streams } from './streams.ts';

/** What came of some of the files, apart from what has been printed. */
export interface CheckResult {
  readonly findings: readonly LocatedFinding[];
  readonly counts: Readonly<Record<LocatedFinding['severity'], number>>;
  /** Files that could not be read. */
  readonly unread: number;
}

export class CheckOutput {
  readonly #request: CheckRequest;
  readonly #streams: Streams;
  readonly #findings: LocatedFinding[] = [];
  readonly #counts = { error: 0, warning: 0, info: 0 };
  #unread = 0;

  constructor(request: CheckRequest, streams: Streams) {
    this.#request = request;
    this.#streams = streams;
  }

  /** A file that cannot be read is told of, and does not keep the others from being checked. */
  attempt<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (problem) {
      if (!isFileProblem(problem)) throw problem;
      this.#unread++;
      this.#streams.error(`applyscope: ${problem.message}\n`);
      return undefined;
    }
  }

  /** The same where it is too early to tell. */
  silently<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (problem) {
      if (!isFileProblem(problem)) throw problem;
      return undefined;
    }
  }

  add(findings: readonly LocatedFinding[], files: readonly ParsedFile[]): void {
    for (const finding of findings) {
      this.#counts[finding.severity]++;
      if (this.#request.output === 'json') {
        this.#findings.push(finding);
        continue;
      }
      const { terminal, colours } = this.#streams;
      const text = terminal ? files.find(({ name }) => name === finding.file)?.manifest.text : undefined;
      this.#streams.out(findingText(finding, text, painter(colours)));
    }
  }

  get result(): CheckResult {
    return { findings: this.#findings, counts: this.#counts, unread: this.#unread };
  }

  /** Takes over what came of other files, which has been printed. */
  merge({ findings, counts, unread }: CheckResult): void {
    for (const finding of findings) this.#findings.push(finding);
    this.#counts.error += counts.error;
    this.#counts.warning += counts.warning;
    this.#counts.info += counts.info;
    this.#unread += unread;
  }

  /** Says how it ended; the exit code. */
  end(files: number): number {
    if (this.#request.output === 'json') this.#streams.out(findingsAsJson(this.#findings));
    else if (this.#streams.terminal) this.#streams.out(summaryText(this.#counts, files));
    if (this.#unread > 0) return 2;
    return this.#counts.error > 0 || (this.#request.strict && this.#counts.warning > 0) ? 1 : 0;
  }
}
