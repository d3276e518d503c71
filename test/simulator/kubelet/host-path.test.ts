import assert from 'node:assert/strict';
import { dependsOnUnknownFiles, hostPathProblem } from '../../../src/simulator/kubelet/host-path.ts';

describe('hostPath checks', () => {
  const rows: [path: string, type: string | undefined, problem: string | undefined][] = [
    ['/anything', undefined, undefined],
    ['/anything', '', undefined],
    ['/mnt/data', 'DirectoryOrCreate', undefined],
    ['/var/log/', 'Directory', undefined],
    ['/mnt/nothing', 'Directory', 'hostPath type check failed: /mnt/nothing is not a directory'],
    ['/run/x.sock', 'Socket', 'hostPath type check failed: /run/x.sock is not a socket file'],
    ['/etc/x', 'File', 'hostPath type check failed: /etc/x is not a file'],
  ];
  for (const [path, type, problem] of rows) {
    it(`${path} as ${type || 'anything'}: ${problem ?? 'fine'}`, () => {
      const source = { path, ...(type !== undefined && { type }) };
      assert.equal(hostPathProblem(source), problem);
      assert.equal(dependsOnUnknownFiles(source), problem !== undefined);
    });
  }
});
