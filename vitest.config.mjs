import { defineConfig } from 'vitest/config'

// Where CI wants the figures as JSON.
const json = process.env.VITEST_JSON

// What is gone through, for `npm run coverage`.
const counted = process.env.FUNNEL_COVERAGE
const { counting } = counted ? await import('./test/covered/plugin.mjs') : {}

const TESTS = ['test/**/*.test.ts']
// Long rows of random cases and of broken files.
const LONG = [
  'test/book/{merge,operations,restore-crash}.test.ts',
  'test/export/{round-trip,whole-book}.test.ts',
  'test/hostile/{archives,elsewhere,fuzz,long-cells,markup,workbooks}.test.ts',
  'test/import/{every-cell,history-parts}.test.ts',
  'test/reports/{people-random,random-books}.test.ts',
  'test/study/*.test.ts',
]
const FAULTS = 'test/faults/*.test.ts'
// These wait for the right moment, or measure how long programs wait: they want the machine for themselves.
const ALONE = ['together', 'locks', 'interrupt'].map((name) => `test/faults/${name}.test.ts`)
// These want programs of Debian's (`.ci/packages`).
const OTHERS = 'test/others/*.test.ts'

export default defineConfig({
  plugins: counted && counting ? [counting(counted)] : [],
  esbuild: { target: 'node20.12' },
  test: {
    globalSetup: ['test/support/build.ts'],
    setupFiles: ['test/support/seed.ts', 'test/support/coverage.ts'],
    // The clock sets TZ for a moment, which only a process of its own can do.
    pool: 'forks',
    // One process for many files: to load the program's modules for each of them took a second. What a file
    // changes in its process, it puts back.
    isolate: Boolean(counted),
    // Most tests wait for the programs that they start; vitest alone would leave a core without work.
    maxWorkers: '100%',
    reporters: json ? ['default', ['json', { outputFile: json }]] : ['default'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: 'tests', include: TESTS, exclude: [...LONG, FAULTS, OTHERS] },
      },
      { extends: true, test: { name: 'long', include: LONG, sequence: { groupOrder: 1 } } },
      // After the others: these load the machine themselves, and kill programs by the clock.
      {
        extends: true,
        test: { name: 'faults', include: [FAULTS], exclude: ALONE, sequence: { groupOrder: 2 } },
      },
      {
        extends: true,
        test: { name: 'alone', include: ALONE, maxWorkers: 1, sequence: { groupOrder: 3 } },
      },
      { extends: true, test: { name: 'others', include: [OTHERS], sequence: { groupOrder: 4 } } },
    ],
    env: { TZ: 'UTC', FUNNEL_TODAY: '', NO_COLOR: '' },
  },
})
