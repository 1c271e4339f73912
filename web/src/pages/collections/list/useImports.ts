import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Shape } from '../../../api/client';
import { sentence } from '../../../api/errors';
import { bytes } from '../../../words/numbers';

export interface Import {
  name: string;
  state: 'waiting' | 'importing' | 'done' | 'failed';
  made?: Shape['ImportView'];
  error?: string;
}

/** The server takes no more at once. */
const MOST = 30 * 1024 * 1024;

/** Imports files one after the other; what comes of each stands beside it. */
export function useImports(workspace: string | null) {
  const [imports, setImports] = useState<Import[]>([]);
  const post = useMutation({
    mutationFn: async (content: Blob) => {
      const { data } = await api.POST('/imports', {
        params: { query: workspace ? { workspace } : {} },
        headers: { 'content-type': 'application/octet-stream' },
        body: content as never,
        bodySerializer: (body) => body as never,
      });
      return data!.import;
    },
  });
  const run = async (contents: { name: string; content: Blob }[]) => {
    const first = imports.length;
    setImports((old) => [...old, ...contents.map(({ name }): Import => ({ name, state: 'waiting' }))]);
    const be = (at: number, part: Partial<Import>) =>
      setImports((old) => old.with(first + at, { ...old[first + at]!, ...part }));
    for (const [at, { content }] of contents.entries()) {
      be(at, { state: 'importing' });
      try {
        if (content.size > MOST) throw new Error(`it has ${bytes(content.size)}; the most is ${bytes(MOST)}`);
        be(at, { state: 'done', made: await post.mutateAsync(content) });
      } catch (error) {
        be(at, { state: 'failed', error: sentence(error) });
      }
    }
  };
  return {
    imports,
    run,
    isRunning: imports.some((it) => it.state === 'waiting' || it.state === 'importing'),
  };
}
