// A row of the table: a figure, and the bar it is held against.

export interface Row {
  readonly what: string;
  readonly figure: string;
  readonly bar: string;
  readonly met: boolean;
}

/** A time in milliseconds. */
export const inMs = (what: string, bar: number, value: number): Row => ({
  what,
  figure: value < 1 ? `${(value * 1000).toFixed(0)} µs` : `${value.toFixed(1)} ms`,
  bar: `≤ ${bar < 1 ? `${bar * 1000} µs` : `${bar} ms`}`,
  met: value <= bar,
});

/** The rows as a Markdown table. */
export const tableOf = (rows: readonly Row[]): string =>
  [
    '| what | figure | bar | |',
    '| --- | ---: | ---: | --- |',
    ...rows.map(({ what, figure, bar, met }) => `| ${what} | ${figure} | ${bar} | ${met ? 'met' : 'missed'} |`),
  ].join('\n');
