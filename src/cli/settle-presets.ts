// A step of the build: brings the preset clusters to rest once, so that no run has to. Writes `FOLDER/NAME.json` for each of them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { loadCluster, saveState } from '../features/index.ts';
import { presets } from './cluster-option.ts';

const [folder = 'dist/presets'] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
for (const name of presets) {
  const text = readFileSync(`media/clusters/${name}.yaml`, 'utf8');
  const cluster = loadCluster({ name, sources: [{ name, text }], assumed: false });
  if ('problem' in cluster) throw new Error(cluster.problem);
  writeFileSync(`${folder}/${name}.json`, JSON.stringify(saveState(cluster.state)));
}
