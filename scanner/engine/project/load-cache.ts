/** Lowered code takes about thirty times its text. */
const MAX_CHARACTERS = 1_500_000;

type Loaded = { text: string } | null;
type Load<File, Result> = (file: File) => Promise<Result>;

/** Loads each file once while there is room; what was loaded first goes first. */
export function cachedLoad<File extends { path: string }, Result extends Loaded>(
  load: Load<File, Result>,
): Load<File, Result> {
  const results = new Map<string, Result>();
  let characters = 0;
  return async (file) => {
    const known = results.get(file.path);
    if (known !== undefined) return known;
    const result = await load(file);
    results.set(file.path, result);
    characters += result?.text.length ?? 0;
    for (const [path, oldest] of results) {
      if (characters <= MAX_CHARACTERS) break;
      characters -= oldest?.text.length ?? 0;
      results.delete(path);
    }
    return result;
  };
}
