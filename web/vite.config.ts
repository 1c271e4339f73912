import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { budget } from './build/budget.ts';
import { compress } from './build/compress.ts';

// Where `npm run dev` finds a server: `npm run play` starts one there.
const server = process.env['POSTERN_URL'] ?? 'http://127.0.0.1:4180';

export default defineConfig({
  // Relative, so that the app works below any path.
  base: './',
  plugins: [react(), budget(), compress()],
  server: { proxy: { '/api': server, '/in/': server } },
  build: {
    target: 'es2022',
    sourcemap: false,
    // The page's rules let nothing be loaded from `data:` but pictures.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
});
