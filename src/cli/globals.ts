/** The options that every command takes, as commander and the shells' completion are told of them. */
export const GLOBAL_OPTIONS: readonly { flags: string; help: string }[] = [
  {
    flags: '--book <file>',
    help: 'the book (default: FUNNEL_BOOK, ./funnel.db, or the data folder)',
  },
  { flags: '--json', help: 'write JSON' },
  { flags: '--csv', help: 'write CSV' },
  { flags: '--as-of <day>', help: 'reports: count only what had happened by the end of that day' },
  { flags: '--no-color', help: 'no colours' },
  { flags: '--no-input', help: 'never ask' },
  { flags: '-y, --yes', help: 'answer yes to every question' },
  { flags: '-q, --quiet', help: 'print only data and errors' },
]
