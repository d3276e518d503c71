// `applyscope check`: what will go wrong, line by line, and an exit code for scripts.
import {
  checkFile,
  checkTogether,
  loadCluster,
  looksLikeKubernetes,
  parseSource,
  Surroundings,
  type LocatedFinding,
  type ParsedFile,
} from '../features/index.ts';
import path from 'node:path';
import type { CheckRequest } from './arguments.ts';
import { chooseCluster, presets } from './cluster-option.ts';
import { painter } from './colours.ts';
import { FileProblem, findFiles, isFileProblem, isFolder, readSource, type SourceFile } from './files.ts';
import { findingsAsJson, findingText, summaryText } from './finding-format.ts';
import { readImages } from './images.ts';
import type { Streams } from './streams.ts';

export function check(request: CheckRequest, streams: Streams): number {
  const names = findFiles(request.files, request.recursive);
  const choice = chooseCluster(request.clusters, names);
  const images = readImages(request.images);
  const cluster = loadCluster({ ...choice, images });
  if ('problem' in cluster) throw new FileProblem(cluster.problem);
  const preset = choice.assumed || request.clusters.every((name) => presets.includes(name));
  const options = { cluster, preset, images, namespace: request.namespace };
  const output = new CheckOutput(request, streams);
  if (request.together) {
    const files = names.flatMap((name) => output.attempt(() => manifestOf(name)) ?? []);
    output.add(checkTogether(files, options), files);
  } else {
    const surroundings = surroundingsOf(request, names);
    for (const name of names) {
      const file = output.attempt(() => manifestOf(name));
      if (file) output.add(checkFile(file, surroundings, options), [file]);
    }
  }
  return output.end(names.length);
}

/** The parsed file, or undefined for one that has nothing of Kubernetes in it. */
function manifestOf(name: string): ParsedFile | undefined {
  return manifestIn(readSource(name));
}

function manifestIn(source: SourceFile): ParsedFile | undefined {
  return looksLikeKubernetes(source.text) ? parseSource(source) : undefined;
}

/** What the other files declare; of a single file, those of its folder. */
function surroundingsOf({ files }: CheckRequest, names: readonly string[]): Surroundings {
  const surroundings = new Surroundings();
  const [only] = names;
  const alone = names.length === 1 && only !== undefined && only !== '-' && files.every((given) => !isFolder(given));
  for (const name of alone ? findFiles([path.dirname(only)], false) : names) {
    const file = name === '-' ? undefined : neighbour(name);
    if (file) surroundings.add(file);
  }
  return surroundings;
}

/** A file that cannot be read declares nothing; if it is to be checked itself, that is said then. */
function neighbour(name: string): ParsedFile | undefined {
  try {
    return manifestOf(name);
  } catch (problem) {
    if (isFileProblem(problem)) return undefined;
    throw problem;
  }
}

/** Prints findings as they come, or all at the end as JSON. */
class CheckOutput {
  readonly #request: CheckRequest;
  readonly #streams: Streams;
  readonly #all: LocatedFinding[] = [];
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

  add(findings: readonly LocatedFinding[], files: readonly ParsedFile[]): void {
    for (const finding of findings) {
      this.#counts[finding.severity]++;
      if (this.#request.output === 'json') {
        this.#all.push(finding);
        continue;
      }
      const text = files.find(({ name }) => name === finding.file)?.manifest.text;
      this.#streams.out(
        findingText(finding, this.#streams.terminal ? text : undefined, painter(this.#streams.colours)),
      );
    }
  }

  /** Says how it ended; the exit code. */
  end(files: number): number {
    if (this.#request.output === 'json') this.#streams.out(findingsAsJson(this.#all));
    else if (this.#streams.terminal) this.#streams.out(summaryText(this.#counts, files));
    if (this.#unread > 0) return 2;
    return this.#counts.error > 0 || (this.#request.strict && this.#counts.warning > 0) ? 1 : 0;
  }
}
