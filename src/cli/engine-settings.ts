// Settings of the engine that runs us, to be made before the program's own code is loaded.
import v8 from 'node:v8';

export function tuneEngine(): void {
  // Every simulation is a short-lived graph of objects. Where V8 guesses that some of them will live long and allocates those among
  // the old ones, they keep all the others alive until a full collection; without the guess checking many files takes half the time.
  v8.setFlagsFromString('--no-allocation-site-pretenuring');
  // Most of what is compiled runs for a few seconds only: with as much inlined as usual a third of the time goes into compiling.
  v8.setFlagsFromString('--max-inlined-bytecode-size-cumulative=300');
  // What is old is little, so collecting it often costs nothing and keeps the memory small.
  v8.setFlagsFromString('--heap-growing-percent=40');
}
