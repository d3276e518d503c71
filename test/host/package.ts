// The extension as it is shipped: built and packed, once for all host tests.
import { spawnSync } from 'node:child_process';

export function packageExtension(): void {
  const { status } = spawnSync(process.execPath, ['.config/package.js', '--only-extension'], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the extension could not be packed');
}
