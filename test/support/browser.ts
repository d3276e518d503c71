// A headless browser for tests: one that is installed, else the one that the host tests bring along from npm.
import { spawnSync } from 'node:child_process';

export const browserFlags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--force-prefers-reduced-motion'],
];

/** The path of a Chrome or Chromium: `CHROME_PATH`, or one that can be found. */
export function installedBrowser(): string | undefined {
  const { CHROME_PATH } = process.env;
  if (CHROME_PATH) return CHROME_PATH;
  for (const name of ['google-chrome', 'chromium', 'chromium-browser']) {
    const { stdout } = spawnSync('which', [name], { encoding: 'utf8' });
    if (stdout?.trim()) return stdout.trim();
  }
  return undefined;
}
