// For what comes true in its own time: in a browser, an editor, a process. Nothing is read once and taken for the end.

/** Milliseconds after which it no longer will, on any machine. */
const patience = 60_000;

/** Checks again until nothing is thrown, and gives back what the check does; what it throws in the end is the failure. */
export async function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
