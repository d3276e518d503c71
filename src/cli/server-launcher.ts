// The language server as it is installed: its bundle, with the code that was compiled when it was built.
import { loadCompiled } from './load-compiled.ts';

loadCompiled('server');
