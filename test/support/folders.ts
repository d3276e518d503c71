// Files in memory as folders that kustomizations are built from.
import type { Folders } from '../../src/features/kustomizations.ts';

/** Files by path, relative to a folder of the name. */
export function foldersOf(files: Readonly<Record<string, string | Uint8Array>>, root: string): Folders {
  const names = Object.keys(files);
  const relative = (path: string) => path.slice(root.length + 1);
  return {
    resolve(path) {
      const parts: string[] = [];
      for (const part of (path.startsWith(root) ? relative(path) : path).split('/')) {
        if (part === '..') parts.pop();
        else if (part !== '.' && part !== '') parts.push(part);
      }
      return [root, ...parts].join('/');
    },
    kindOf(path) {
      if (path === root || names.some((name) => name.startsWith(`${relative(path)}/`))) return 'folder';
      return names.includes(relative(path)) ? 'file' : undefined;
    },
    bytes(path) {
      const content = files[relative(path)] ?? '';
      return typeof content === 'string' ? new TextEncoder().encode(content) : content;
    },
  };
}
