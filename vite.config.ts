import { rm } from 'node:fs/promises'
import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { buildingFolder, publishWeb } from './src/app/demo/publish-web.ts'

const TARGET = path.resolve(import.meta.dirname, 'dist/web')
const BUILDING = buildingFolder(TARGET)

/** Others may serve or test the build before: it is taken over whole, or not at all. */
function publish(): Plugin {
  let begun = new Date()
  return {
    name: 'publish-web',
    apply: 'build',
    buildStart: () => {
      begun = new Date()
    },
    buildEnd: async (error) => {
      if (error !== undefined) await rm(BUILDING, { recursive: true, force: true })
    },
    writeBundle: { order: 'post', sequential: true, handler: async () => await publishWeb(BUILDING, TARGET, begun) },
  }
}

export default defineConfig({
  root: path.resolve(import.meta.dirname, 'src/web'),
  plugins: [react(), publish()],
  build: {
    outDir: BUILDING,
    emptyOutDir: true,
    // The content security policy allows no inline script, so nothing is inlined into the page.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
})
