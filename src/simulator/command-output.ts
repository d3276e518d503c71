// What a command prints, collected.

export interface CommandResult {
  readonly exitCode: number;
  /** What the command printed, stdout and stderr in the order of printing. */
  readonly output: string;
  readonly stdout: string;
  readonly stderr: string;
}

type Stream = 'stdout' | 'stderr';

export class CommandOutput {
  readonly #parts: { stream: Stream; text: string }[] = [];
  readonly #onPrint: (stream: Stream, text: string) => void;

  constructor(onPrint: (stream: Stream, text: string) => void = () => undefined) {
    this.#onPrint = onPrint;
  }

  readonly print = (stream: Stream, text: string): void => {
    this.#parts.push({ stream, text });
    this.#onPrint(stream, text);
  };

  result(exitCode: number): CommandResult {
    const text = (stream?: Stream) =>
      this.#parts
        .filter((part) => !stream || part.stream === stream)
        .map((part) => part.text)
        .join('');
    return { exitCode, output: text(), stdout: text('stdout'), stderr: text('stderr') };
  }
}
