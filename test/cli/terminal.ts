// A terminal or a pipe to run the program in, with folders of its own.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from '../../src/cli/run.ts';

export interface Result {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs the program; what it writes is kept. */
export async function runIn(argv: readonly string[], { terminal = false, colours = false } = {}): Promise<Result> {
  let [out, error] = ['', ''];
  const code = await run(argv, {
    out: (text) => void (out += text),
    error: (text) => void (error += text),
    ...{ terminal, colours },
  });
  return { code, out, error };
}

/** A temporary folder with files; `remove` takes it away. */
export class Folder {
  readonly path: string;

  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}) {
    // a repository of its own, so that no cluster file above it is found
    this.path = mkdtempSync(path.join(os.tmpdir(), 'applyscope-test-'));
    mkdirSync(path.join(this.path, '.git'));
    for (const [name, content] of Object.entries(files)) this.write(name, content);
  }

  write(name: string, content: string | Uint8Array): string {
    const file = this.file(name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  file(name: string): string {
    return path.join(this.path, name);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export const pod = `apiVersion: v1
kind: Pod
metadata:
  name: myapp
spec:
  containers:
  - name: app
    image: nginx
`;

export const taintedNode = `apiVersion: v1
kind: Node
metadata: {name: db-1}
spec: {taints: [{key: dedicated, value: db, effect: NoSchedule}]}
status: {capacity: {cpu: "2", memory: 4Gi, pods: "110"}}
`;
