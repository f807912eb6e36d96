// The layers of src/, top to bottom; imports run downward only.
const only = (folder, allowed) => ({
  name: `${folder}-imports-downward`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: `^src/(${[folder, ...allowed].join('|')})/` },
})

module.exports = {
  forbidden: [
    only('domain', []),
    only('book', ['domain']),
    only('records', ['book', 'domain']),
    only('money', ['records', 'book', 'domain']),
    only('import', ['money', 'records', 'book', 'domain']),
    // What is exported has the columns that the import reads.
    only('export', ['import', 'reports', 'money', 'records', 'book', 'domain']),
    only('reports', ['book', 'domain']),
    only('forecast', ['reports', 'book', 'domain']),
    only('check', ['forecast', 'reports', 'book', 'domain']),
    only('snapshot', ['forecast', 'reports', 'book', 'domain']),
    only('mail', ['book', 'domain']),
    only('render', ['domain']),
    // Of the layers below it, cli knows only how to open a book and what a moment is.
    only('cli', ['render', 'records', 'book', 'domain']),
    only('commands', [
      'cli',
      'import',
      'export',
      'reports',
      'forecast',
      'check',
      'snapshot',
      'mail',
      'render',
      'money',
      'records',
      'book',
      'domain',
    ]),
    {
      name: 'domain-is-pure',
      comment: 'arithmetic does no I/O and needs no library',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'] },
    },
    {
      name: 'terminal-libraries-stay-up',
      comment: 'only cli and render know the terminal',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli|render)/' },
      to: { path: 'node_modules/(chalk|cli-table3|asciichart|string-width|commander|@inquirer)' },
    },
    {
      name: 'sqlite-in-one-place',
      comment: 'a store in SQLite and the outbox know its library; all else asks a store',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(book/store/sqlite/|mail/outbox[.]ts$)' },
      to: { path: 'node_modules/(@types/)?better-sqlite3' },
    },
    {
      name: 'one-kind-of-store',
      comment: 'which kind keeps a book is said in one file; the outbox is a database of its own',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(book/store/(sqlite/|kind[.]ts$)|mail/outbox[.]ts$)' },
      to: { path: '^src/book/store/sqlite/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js'] },
  },
}
