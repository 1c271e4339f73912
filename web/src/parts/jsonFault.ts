/** What is wrong with a JSON text, and where; nothing if it is right or empty. `{{name}}` is let through where `variables` says so. */
export function jsonFault(text: string, variables = false): { at: number; message: string } | undefined {
  if (text.trim() === '') return undefined;
  try {
    JSON.parse(variables ? text.replace(/\{\{[^{}\n]*\}\}/g, (name) => '0'.padEnd(name.length)) : text);
    return undefined;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return {
      at: placeOf(words, text),
      message: words.replace(/^JSON\.parse: /, '').replace(/ in JSON at .*$/s, ''),
    };
  }
}

/** Each browser says it otherwise: "at position 7", "at line 1 column 8", or not at all. */
function placeOf(words: string, text: string): number {
  const position = /position (\d+)/.exec(words);
  if (position) return Number(position[1]);
  const line = /line (\d+) column (\d+)/.exec(words);
  if (!line) return text.length;
  const before = text.split('\n').slice(0, Number(line[1]) - 1);
  return before.reduce((sum, each) => sum + each.length + 1, 0) + Number(line[2]) - 1;
}
