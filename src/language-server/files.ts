// The files of the workspace, parsed once: open documents as they are typed, all others as they are stored.
import { looksLikeKubernetes, parseSource, type ParsedFile } from '../features/index.ts';
import { parseTolerant, updateSource } from '../features/editor.ts';
import type { Reader } from './host.ts';
import { changed, Places, type Change, type Encoding } from './text-document.ts';
import { canonical, folderOf, shownName } from './uri.ts';

export interface OpenFile {
  /** As the client writes it. */
  readonly uri: string;
  readonly version: number;
  readonly file: ParsedFile;
}

export class Files {
  /** The workspace folders. */
  folders: readonly string[] = [];
  encoding: Encoding = 'utf-16';
  /** Set once it is known who reads: this machine, or the client. */
  reader: Reader | undefined;
  readonly #open = new Map<string, OpenFile>();
  readonly #stored = new Map<string, Promise<ParsedFile | undefined>>();
  readonly #listed = new Map<string, Promise<readonly string[]>>();
  readonly #names = new Map<string, string>();

  opened(uri: string, version: number, text: string): void {
    this.#open.set(canonical(uri), { uri, version, file: this.#parse(canonical(uri), { text }) });
  }

  edited(uri: string, version: number, changes: readonly Change[]): void {
    const before = this.#open.get(uri);
    if (!before) return;
    const text = changed(before.file.manifest.text, changes, this.encoding);
    this.#open.set(uri, { ...before, version, file: updateSource(before.file, text) });
  }

  closed(uri: string): void {
    this.#open.delete(uri);
  }

  openFile(uri: string): OpenFile | undefined {
    return this.#open.get(uri);
  }

  get openUris(): readonly string[] {
    return [...this.#open.keys()];
  }

  /** A file, open or stored; undefined if it cannot be read. */
  async get(uri: string): Promise<ParsedFile | undefined> {
    const open = this.#open.get(uri);
    if (open) return open.file;
    const known = this.#stored.get(uri) ?? this.#read(uri);
    this.#stored.set(uri, known);
    return known;
  }

  async #read(uri: string): Promise<ParsedFile | undefined> {
    const source = await this.reader?.read(uri);
    return source && this.#parse(uri, source);
  }

  #parse(uri: string, source: Omit<Parameters<typeof parseSource>[0], 'name'>): ParsedFile {
    const name = shownName(uri, this.folders);
    this.#names.set(name, uri);
    return parseSource({ name, ...source }, parseTolerant);
  }

  /** The files of a folder that may have something of Kubernetes in them. */
  async manifestsIn(folder: string, recursive: boolean): Promise<{ uri: string; file: ParsedFile }[]> {
    const key = `${recursive ? '**' : '*'} ${folder}`;
    const listing = this.#listed.get(key) ?? this.reader?.list(folder, recursive) ?? Promise.resolve([]);
    this.#listed.set(key, listing);
    const found: { uri: string; file: ParsedFile }[] = [];
    for (const uri of await listing) {
      const file = await this.get(uri);
      if (file && looksLikeKubernetes(file.manifest.text)) found.push({ uri, file });
    }
    return found;
  }

  /** Something else than the client's typing has changed a file, or made or removed it. */
  changedOutside(uri: string): void {
    this.#stored.delete(uri);
    const folder = folderOf(uri);
    for (const key of this.#listed.keys()) {
      if (key === `* ${folder}` || key.startsWith('**')) this.#listed.delete(key);
    }
  }

  /** The URI of a file by the name that findings know it by. */
  uriOf(name: string): string | undefined {
    return this.#names.get(name);
  }

  placesIn(file: ParsedFile): Places {
    return new Places(file.manifest.lineIndex, this.encoding);
  }
}
