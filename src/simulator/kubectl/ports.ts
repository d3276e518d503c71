// What kubectl needs of the world outside the cluster: files, and a disk cache. It does no I/O itself.

import type { FieldDocs } from '../../api/field-docs.ts';
import type { ApiResource } from '../../api/resources.ts';
import type { Built } from './kustomize/contents.ts';

/** One document of a file, as kubectl's YAML reader gives it: a JSON value, or the reader's error (`yaml: line 4: …`). */
export type FileDocument = { readonly value: unknown } | { readonly error: string };

/** The files that a command can name; `-` is standard input. */
export interface FileAccess {
  /** Undefined: there is no such path. */
  kindOf(path: string): 'file' | 'folder' | undefined;
  /** The documents of a file in order, up to and with the first that cannot be read. */
  read(path: string): readonly FileDocument[];
  /** The names in a folder. */
  list(folder: string): readonly string[];
  /** What kustomize builds of a folder; absent where nothing can be built. */
  kustomization?(folder: string): Kustomized;
}

/** A kustomization that was built, and its documents as kubectl reads them. */
export type Kustomized =
  | Extract<Built, { error: string } | { unknown: string }>
  | (Extract<Built, { yaml: string }> & { readonly documents: readonly FileDocument[] });

/** No files at all: for commands that name none. */
export const noFiles: FileAccess = { kindOf: () => undefined, read: () => [], list: () => [] };

/** Where a command's output goes. */
export type Print = (stream: 'stdout' | 'stderr', text: string) => void;

/** What kubectl keeps on disk between commands, so that later ones ask the server for less. */
export class DiskCache {
  /** Whether the discovery documents (`/api`, `/apis`) are there. */
  discovery = false;
  /** What they tell of resources that are not built in. */
  customResources: readonly ApiResource[] = [];
  /** The OpenAPI documents that are there: `/openapi/v3/api/v1`. */
  readonly openApi = new Set<string>();
}

export interface KubectlOptions {
  readonly args: readonly string[];
  readonly files: FileAccess;
  readonly cache?: DiskCache;
  /** What the server's OpenAPI documents say of fields, where it is at hand. */
  readonly fieldDocs?: (() => FieldDocs | undefined) | undefined;
}
