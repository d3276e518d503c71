// What a command may do to the world outside: write.

/** Where a command writes. */
export interface Streams {
  out(text: string): void;
  error(text: string): void;
  readonly colours: boolean;
  readonly terminal: boolean;
}
