// For work that is the same in every run: what was made of the last texts is kept.

/** The function, with what it made at hand; all is forgotten where there would be more than `most`. */
export function remembering<T>(most: number, make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    // undefined may be what was made
    if (found !== undefined || known.has(text)) return found as T;
    const made = make(text);
    if (known.size >= most) known.clear();
    known.set(text, made);
    return made;
  };
}
