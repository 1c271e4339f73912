import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/** The most JavaScript, gzipped, that any page needs before it can be used. */
const SCRIPTS = 260_000;
/** The most that a first view sends in all: scripts, styles and the two Latin fonts. */
const FIRST_VIEW = 400_000;

/** Fails the build when a page has grown too heavy, and says which. */
export function budget(): Plugin {
  return {
    name: 'budget',
    apply: 'build',
    generateBundle(_, bundle) {
      const chunks = new Map<string, Rolldown.OutputChunk>();
      const styles = new Map<string, number>();
      let fonts = 0;
      for (const [name, part] of Object.entries(bundle)) {
        if (part.type === 'chunk') chunks.set(name, part);
        else if (name.endsWith('.css')) styles.set(name, size(part.source));
        else if (/-latin-wght.*\.woff2$/.test(name)) fonts += part.source.length;
      }
      /** What the router loads; what a page loads later is no part of its first view. */
      const isPage = ({ facadeModuleId: id, isDynamicEntry }: Rolldown.OutputChunk) => {
        const importers = (id && isDynamicEntry && this.getModuleInfo(id)?.dynamicImporters) || [];
        return importers.some((from) => from.endsWith('/src/router.tsx'));
      };
      const all = [...chunks.values()];
      const entry = all.find((chunk) => chunk.isEntry);
      const weights = all.filter(isPage).map((page) => {
        const needed = new Set<string>();
        for (const start of [entry, page]) if (start) reach(start.fileName, chunks, needed);
        const scripts = sum([...needed].map((name) => size(chunks.get(name)?.code ?? '')));
        const sheets = new Set(
          [...needed].flatMap((name) => [...(chunks.get(name)?.viteMetadata?.importedCss ?? [])]),
        );
        const first = scripts + fonts + sum([...sheets].map((name) => styles.get(name) ?? 0));
        return { page: page.name, scripts, first };
      });
      weights.sort((a, b) => b.scripts - a.scripts);
      const heaviest = weights[0];
      if (!heaviest) return;
      const { first } = heaviest;
      const kb = (bytes: number) => `${Math.round(bytes / 1000)} kB`;
      this.info(
        `heaviest page ${heaviest.page}: scripts ${kb(heaviest.scripts)} gzip, first view ${kb(first)}`,
      );
      if (heaviest.scripts > SCRIPTS)
        this.error(`${heaviest.page} needs ${kb(heaviest.scripts)} of scripts; the most is ${kb(SCRIPTS)}`);
      if (first > FIRST_VIEW)
        this.error(`the first view of ${heaviest.page} sends ${kb(first)}; the most is ${kb(FIRST_VIEW)}`);
    },
  };
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

const size = (source: string | Uint8Array) => gzipSync(source, { level: 9 }).length;

function reach(name: string, chunks: Map<string, Rolldown.OutputChunk>, seen: Set<string>) {
  const chunk = chunks.get(name);
  if (!chunk || seen.has(name)) return;
  seen.add(name);
  for (const next of chunk.imports) reach(next, chunks, seen);
}
