// Times for people: `27 ms`, `1.5 s`, `2 min 5 s`.

/** Virtual milliseconds as a person says them. */
export function seconds(milliseconds: number): string {
  const rounded = Math.round(milliseconds);
  if (rounded < 100) return `${rounded} ms`;
  if (rounded < 60_000) return `${(rounded / 1000).toFixed(1)} s`;
  const whole = Math.round(rounded / 1000);
  const rest = whole % 60;
  return `${Math.floor(whole / 60)} min${rest ? ` ${rest} s` : ''}`;
}
