/**
 * What protects a book and those who read it, and the tests that must fail without it. A new
 * protection is an entry here.
 */
export const PROTECTIONS = [
  {
    name: 'one transaction for all that a command changes',
    file: 'src/book/store/operate.ts',
    cut: [
      ['await book.store.takeTurn()', '{ waited: 0, end: () => {} }'],
      ['book.store.commit()', ''],
    ],
    test: 'test/faults/kill.test.ts',
  },
  {
    name: 'a transaction that holds the book from its beginning',
    file: 'src/book/store/sqlite/turn.ts',
    cut: [
      [
        "raw.exec('BEGIN IMMEDIATE')\n    return true",
        "raw.exec('BEGIN; SELECT count(*) FROM settings')\n    return true",
      ],
    ],
    test: 'test/faults/together.test.ts',
  },
  {
    name: 'waiting for who holds the book',
    file: 'src/book/store/sqlite/turn.ts',
    cut: [
      [
        'await waitInLine(raw, queue, began)',
        "(raw.pragma('busy_timeout = 0'), raw.exec('BEGIN IMMEDIATE'))",
      ],
    ],
    test: 'test/faults/together.test.ts',
  },
  {
    name: 'a line of those that wait for the book',
    file: 'src/book/store/sqlite/turn.ts',
    cut: [
      ['const before = queue?.before() ?? null', 'const before = null'],
      ['pause(STEP)', 'pause(Math.random() * 320)'],
    ],
    test: 'test/faults/together.test.ts',
  },
  {
    name: 'the name of who holds a book',
    file: 'src/book/holder.ts',
    cut: [['if (pid !== undefined && (holdsLog || holdsFile))', 'if (pid === undefined)']],
    test: 'test/faults/locks.test.ts',
  },
  {
    name: 'logs of another book put aside',
    file: 'src/book/files/new-file.ts',
    cut: [['      renameSync(log, name)\n', '']],
    test: 'test/faults/names.test.ts',
  },
  {
    name: 'a book that has one name',
    file: 'src/book/open.ts',
    cut: [['  requireOneName(file)\n', '']],
    test: 'test/faults/names.test.ts',
  },
  {
    name: 'the exit code of a command that nobody reads',
    file: 'src/cli/output.ts',
    cut: [["if (!GONE.has(error.code ?? '')) failed(error)", 'failed(error)']],
    test: 'test/faults/outputs.test.ts',
  },
  {
    name: 'what a killed command left taken away by doctor',
    file: 'src/book/files/leftovers.ts',
    cut: [['if (isLeft(file, match[1], now, shared)) take(file, found)', '']],
    test: 'test/faults/leftovers.test.ts',
  },
  {
    name: 'what a killed export left taken away by the next',
    file: 'src/cli/write-out.ts',
    cut: [['removeLeftovers(file, context.io.now().getTime())', '{ removed: [] as string[] }']],
    test: 'test/faults/leftovers.test.ts',
  },
  {
    name: 'a book without triggers of other programs',
    file: 'src/book/store/sqlite/open.ts',
    cut: [["requireNoMeddlers(raw, file, keepsTriggers ? ['view'] : undefined)", '']],
    test: 'test/hostile/elsewhere.test.ts',
  },
  {
    name: 'a backup without triggers of other programs',
    file: 'src/book/store/sqlite/copy.ts',
    cut: [['    requireNoMeddlers(raw, file)\n', '']],
    test: 'test/hostile/elsewhere.test.ts',
  },
  {
    name: 'the time that a check of doctor may take',
    file: 'src/book/examine-apart.ts',
    cut: [["      child.kill('SIGKILL')\n", '']],
    test: 'test/hostile/elsewhere.test.ts',
  },
  {
    name: 'the time that the check of a backup may take',
    file: 'src/book/store/sqlite/copy.ts',
    cut: [['isOther || isOwnSchema(raw) ?', 'isOther || raw.open ?']],
    test: 'test/hostile/elsewhere.test.ts',
  },
  {
    name: 'plain words for what the system refuses',
    file: 'src/cli/errors.ts',
    cut: [['systemFault(error) ?? error', 'error']],
    test: 'test/faults/places.test.ts',
  },
  {
    name: 'settings that cannot be',
    file: 'src/domain/stored-settings.ts',
    cut: [['value !== undefined && SHAPES[key](value) ? value', 'value !== undefined ? value']],
    test: 'test/hostile/elsewhere.test.ts',
  },
  {
    name: 'so much of a text as is looked through',
    file: 'src/book/store/search.ts',
    cut: [['return `substr(${text}, 1, ${LONGEST})`', 'return text']],
    test: 'test/hostile/elsewhere.test.ts',
  },
  {
    name: 'plain words for a book that is held too long',
    file: 'src/book/store/sqlite/driver.ts',
    cut: [["code.startsWith('SQLITE_BUSY') ||", "code === 'NONE' ||"]],
    test: 'test/faults/locks.test.ts',
  },
  {
    name: 'a copy before a migration',
    file: 'src/book/store/sqlite/migrate.ts',
    cut: [['    published = publishNumbered(copy, `${file}.v${version}`)\n', '']],
    test: 'test/faults/kill.test.ts',
  },
  {
    name: 'a copy that is made while nobody else can write',
    file: 'src/book/store/sqlite/migrate.ts',
    cut: [
      ['    copyAside(file, copy)\n', ''],
      ['return settle.immediate()', 'copyAside(file, copy)\n    return settle.immediate()'],
    ],
    test: 'test/upgrade',
  },
  {
    name: 'the book as it was, kept at a restore',
    file: 'src/book/store/sqlite/overwrite.ts',
    cut: [['    publish(copy, kept)\n', '']],
    test: 'test/faults/kill.test.ts',
  },
  {
    name: 'a backup that is examined before it is restored',
    file: 'src/book/store/sqlite/copy.ts',
    cut: [['if (wrong !== undefined)', 'if (wrong === file)']],
    test: 'test/book/backup.test.ts',
  },
  {
    name: 'a file that gets its name when it is complete',
    file: 'src/cli/write-out.ts',
    cut: [
      ["await open(temporary, 'wx', 0o600)", "await open(file, 'w', 0o600)"],
      ['    await rename(temporary, file)\n', ''],
    ],
    test: 'test/faults/full-disk.test.ts',
  },
  {
    name: 'plain words for a full disk',
    file: 'src/book/store/sqlite/driver.ts',
    cut: [["code === 'SQLITE_FULL'", "code === 'NONE'"]],
    test: 'test/faults/full-disk.test.ts',
  },
  {
    name: 'plain words for damage',
    file: 'src/book/store/sqlite/driver.ts',
    cut: [
      ["if (code.startsWith('SQLITE_CORRUPT') || isBrokenIndex(error))", "if (code === 'NONE')"],
    ],
    test: 'test/faults/damage.test.ts',
  },
  {
    name: 'an answer to signals',
    file: 'src/cli/interrupt.ts',
    cut: [['process.on(signal, interrupted)', 'process.off(signal, interrupted)']],
    test: 'test/faults/interrupt.test.ts',
  },
  {
    name: 'a signal that is noticed while nothing is final',
    file: 'src/book/store/operate.ts',
    cut: [['    await allEvents()\n', '']],
    test: 'test/faults/interrupt.test.ts',
  },
  {
    name: 'steps that do not come before those that they follow',
    file: 'src/records/steps.ts',
    cut: [['if (on >= course.lastOn) return', 'if (on !== course.title) return']],
    test: 'test/faults/clock.test.ts',
  },
  {
    name: 'texts without signs that steer a terminal',
    file: 'src/domain/name.ts',
    cut: [['[\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F\\u200E', '[\\u200E']],
    test: 'test/hostile/outputs.test.ts',
  },
  {
    name: 'texts without signs that turn their direction',
    file: 'src/domain/name.ts',
    cut: [['\\u202A-\\u202E\\u2066-\\u2069]/g', ']/g']],
    test: 'test/hostile/outputs.test.ts',
  },
  {
    name: 'HTML that shows markup as text',
    file: 'src/render/html/escape.ts',
    cut: [["'<': '&lt;',", '']],
    test: 'test/hostile/outputs.test.ts',
  },
  {
    name: 'Markdown that shows markup as text',
    file: 'src/render/markdown.ts',
    cut: [['[\\\\`*_[\\]<>|#~&]', '[|]']],
    test: 'test/hostile/outputs.test.ts',
  },
  {
    name: 'cells that are no formulas',
    file: 'src/domain/csv-injection.ts',
    cut: [["? `'${text}`", '? text']],
    test: 'test/hostile/outputs.test.ts',
  },
  {
    name: 'cards and calendars whose texts end no line',
    file: 'src/render/content-lines.ts',
    cut: [["\n    .replaceAll('\\n', String.raw`\\n`)", '']],
    test: 'test/hostile/outputs.test.ts',
  },
  {
    name: 'headers of mail in one line',
    file: 'src/mail/message.ts',
    cut: [["replaceAll(/[\\u0000-\\u001F\\u007F-\\u009F\\u2028\\u2029]+/g, ' ')", 'trim()']],
    test: 'test/mail',
  },
  {
    name: 'archives that unpack to far more than they are',
    file: 'src/import/read/zip.ts',
    cut: [
      ['size > MOST_BYTES || (size > LARGE && size > zip.length * MOST_SHRUNK)', 'size === -1'],
    ],
    test: 'test/hostile/archives.test.ts',
  },
  {
    name: 'archives that unpack to more than they say',
    file: 'src/import/read/zip.ts',
    cut: [['maxOutputLength: Math.max(left, 1) }', 'maxOutputLength: 1 << 30 }']],
    test: 'test/import/read-harmful.test.ts',
  },
  {
    name: 'sheets that claim billions of cells',
    file: 'src/import/read/zip.ts',
    cut: [['if (claimedCells(content) > MOST_CELLS)', 'if (claimedCells(content) === -1)']],
    test: 'test/import/read-harmful.test.ts',
  },
  {
    name: 'rows that are mostly empty places',
    file: 'src/import/read/sheet.ts',
    cut: [
      ['if (countPlaces(data) > MOST_PLACES) throw', 'if (data.length === -1) throw'],
      ['if (places > MOST_PLACES) throw', 'if (places === -1) throw'],
    ],
    test: 'test/import/read-harmful.test.ts',
  },
  {
    name: 'rows that are too long for a table',
    file: 'src/import/read/records.ts',
    cut: [['    max_record_size: LONGEST_RECORD,\n', '']],
    test: 'test/hostile/archives.test.ts',
  },
  {
    name: 'exports that others cannot read',
    file: 'src/cli/write-out.ts',
    cut: [["'wx', 0o600)", "'wx', 0o644)"]],
    test: 'test/hostile/files.test.ts',
  },
  {
    name: 'books that others cannot read',
    file: 'src/book/files/new-file.ts',
    cut: [["closeSync(openSync(file, 'wx', 0o600))", "closeSync(openSync(file, 'wx', 0o644))"]],
    test: 'test/hostile/files.test.ts',
  },
  {
    name: 'pages and settings that others cannot read, and links that are not followed',
    file: 'src/book/files/new-file.ts',
    cut: [
      [
        "writeFileSync(temporary, content, { flag: 'wx', mode: 0o600 })\n    renameSync(temporary, file)",
        'writeFileSync(file, content)',
      ],
    ],
    test: 'test/hostile/files.test.ts',
  },
  {
    name: 'mail that others cannot read',
    file: 'src/mail/outbox.ts',
    cut: [["'wx', 0o600", "'wx', 0o644"]],
    test: 'test/mail',
  },
  {
    name: 'a book that no output is written over',
    file: 'src/book/files/new-file.ts',
    cut: [['  if (!isDatabase(book)) return\n', '  if (isDatabase(book)) return\n']],
    test: 'test/cli/refusals.test.ts',
  },
  {
    name: 'a process that reads workbooks and may end',
    file: 'src/import/read/reader.ts',
    cut: [["child.on('close', onEnd)", "child.on('message', onEnd)"]],
    test: 'test/hostile/workbooks.test.ts',
  },
  {
    name: 'the time that a workbook may take',
    file: 'src/workbooks.ts',
    cut: [['limits[0] > 0 &&', 'limits[0] < 0 &&']],
    test: 'test/hostile/workbooks.test.ts',
  },
  {
    name: 'the memory that a workbook may take',
    file: 'src/workbooks.ts',
    cut: [['limits[1] > 0 &&', 'limits[1] < 0 &&']],
    test: 'test/hostile/workbooks.test.ts',
  },
  {
    name: 'the texts that a workbook may hold',
    file: 'src/workbooks.ts',
    cut: [['if (length > allowance.text)', 'if (length < 0)']],
    test: 'test/hostile/workbooks.test.ts',
  },
  {
    name: 'styles of OpenDocument gone through once',
    file: 'src/import/read/ods.ts',
    cut: [[String.raw`(?:\s[^<>]*)?>|<\/style`, String.raw`(?:\s[^>]*)?>|<\/style`]],
    test: 'test/hostile/workbooks.test.ts',
  },
  {
    name: 'days that are none',
    file: 'src/import/read/spreadsheet-cell.ts',
    cut: [['if (!Number.isFinite(value))', 'if (value === Infinity)']],
    test: 'test/hostile/workbooks.test.ts',
  },
  {
    name: 'long texts that no pattern for numbers and addresses goes through',
    file: 'src/import/recognise/values.ts',
    cut: [['trimmed.length > LONGEST || ', '']],
    test: 'test/hostile/long-cells.test.ts',
  },
  {
    name: 'names that are no longer than a cell',
    file: 'src/import/row-cells.ts',
    cut: [['cell.length > LONGEST_VALUE', 'cell.length < 0']],
    test: 'test/hostile/long-cells.test.ts',
  },
  {
    name: 'reasons that quote little of a cell',
    file: 'src/import/tally.ts',
    cut: [['shortened(reason, LONGEST_REASON)', 'reason']],
    test: 'test/hostile/long-cells.test.ts',
  },
  {
    name: 'a workbook that is damaged and not empty',
    file: 'src/import/read/parse-workbook.ts',
    cut: [['if (!isWhole)', 'if (name === kind)']],
    test: 'test/hostile/workbooks.test.ts',
  },
  {
    name: 'names of an erased client as words, and not in others',
    file: 'src/domain/mention.ts',
    cut: [["(?<!${IN_WORD})(?<!${IN_WORD}[-'’])", '']],
    test: 'test/domain/mention.test.ts',
  },
  {
    name: 'other places in which an erased client is named',
    file: 'src/commands/client/erase.ts',
    cut: [['stillNamed(book.store, client.id, done.names)', '[]']],
    test: 'test/book/erase.test.ts',
  },
  {
    name: 'what an erased client was, gone from the history',
    file: 'src/book/erase/index.ts',
    cut: [['    eraseHistory(store, known, number)\n', '']],
    test: 'test/book/erase.test.ts',
  },
  {
    name: 'a book written anew after an erasure',
    file: 'src/book/store/sqlite/care.ts',
    cut: [["    raw.exec('VACUUM')\n", '']],
    test: 'test/book/erase.test.ts',
  },
]
