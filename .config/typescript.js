// `node --import ./.config/typescript.js FILE.ts`: runs TypeScript as it is written, line for line, so that coverage is told of the right lines.
import { register } from 'node:module';

register('./typescript-hooks.js', import.meta.url);
