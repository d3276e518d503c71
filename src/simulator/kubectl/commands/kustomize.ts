// `kubectl kustomize`: what is built of a folder, printed. No server is asked.
import { commonFlags } from '../arguments.ts';
import type { Command } from '../command.ts';
import { textFailure, unknownFailure } from '../failure.ts';

export const kustomize: Command = {
  flags: commonFlags,
  // eslint-disable-next-line require-yield -- every command is a process, and this one asks nobody
  *run(session, [folder = '.', ...more]) {
    if (more.length > 0) return textFailure('specify one path to kustomization.yaml');
    const built = session.files.kustomization?.(folder);
    if (!built) return unknownFailure(`kubectl kustomize ${folder}: nothing is built here`);
    if (built.warnings) session.print('stderr', built.warnings);
    if ('unknown' in built) return unknownFailure(`kubectl kustomize ${folder}: ${built.unknown}`);
    if ('error' in built) return textFailure(built.error);
    session.print('stdout', built.yaml);
    return undefined;
  },
};
