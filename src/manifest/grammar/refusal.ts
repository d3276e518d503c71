// How the grammar says no: thrown by the scanner and the parser, caught where a document is parsed, and never seen outside of this folder.

/** `problem` as libyaml phrases it; `line` as it counts (it is one off for some problems, and kubectl prints it so), 0 for none. */
export class Refusal extends Error {
  readonly problem: string;
  readonly line: number;
  /** Where a person should look. */
  readonly at: number;

  constructor(problem: string, line: number, at: number) {
    super(problem);
    this.problem = problem;
    this.line = line;
    this.at = at;
  }

  /** The text that go.yaml.in/yaml/v2 makes of it. */
  get text(): string {
    return this.line > 0 ? `line ${this.line}: ${this.problem}` : this.problem;
  }
}
