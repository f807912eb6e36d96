import { writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utils, write } from 'xlsx'
import { runIn } from '../support/funnel.ts'
import { runInside } from '../support/inside.ts'
import { expectSum, importDesk, type Imported } from '../support/imports.ts'

// A tab and line breaks are the program's own.
const CONTROLS =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069]/

describe('files that nobody tidied', () => {
  it('are read with every row accounted for, whatever is in them', async () => {
    const { file, folder, json, ok } = importDesk()
    const junk = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll('\0', '')),
      fc.constantFrom(
        'Total',
        'name',
        'email',
        'a@b.example',
        '=1+1',
        '\u001B[2J',
        '"',
        ',',
        '1e9',
      ),
      fc.constantFrom('Acme', 'Acme ', 'ACME', '', '', 'not-mail', '+49 30 123456', '\uFEFF', '😀'),
    )
    const table = fc.array(fc.array(junk, { maxLength: 5 }), { maxLength: 12 })
    const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`
    const args = ['import', 'clients', 'junk.csv', '--create', 'owners', '--json']
    let created = 0
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const lines = ['name,email,phone,owner', ...rows.map((row) => row.map(cell).join(','))]
        writeFileSync(file('junk.csv'), lines.join('\n'))
        const dry = await runInside(folder, [...args, '--dry-run'])
        const real = await runInside(folder, args)
        expect(real.err + real.out).not.toMatch(CONTROLS)
        if (real.out === '') {
          // A refusal is one of the file, in plain words, and nothing else.
          expect([real.code, dry.code]).toEqual([2, 2])
          expect(real.err).toMatch(/^funnel: (?!unexpected)/)
          return
        }
        const done = JSON.parse(real.out) as Imported
        expectSum(done)
        expect({ ...done, operation: null }).toEqual(JSON.parse(dry.out))
        created += done.created
      }),
      { numRuns: 60 },
    )
    expect(created).toBeGreaterThan(0)
    expect(ok('doctor')).toContain('is sound')
    const { operations } = json<{ operations: unknown[] }>('history', '--limit', '100')
    for (const _ of operations) expect(await runInside(folder, ['undo'])).toMatchObject({ code: 0 })
    expect(json('client', 'list')).toMatchObject({ clients: [] })
  })

  it('have their headers said again and their totals added up: both are rejected', () => {
    const { bring } = importDesk()
    const lines = [
      'name,region,Revenue',
      'Acme,North,10',
      'name,region,Revenue',
      'Pier,South,20',
      'Total,,30',
    ]
    expect(bring('clients', lines).rejects).toEqual([
      { row: 3, reason: 'repeats the headers' },
      { row: 5, reason: 'a line of totals' },
    ])
    expect(bring('clients', lines).rejects).toEqual(
      [
        { row: 4, reason: 'repeats the headers' },
        { row: 6, reason: 'a line of totals' },
      ].map((reject) => ({ ...reject, row: reject.row - 1 + Number(reject.row > 4) * 0 })),
    )
  })

  it('are read as the options say: columns by place, header row, sheet, encoding, stdin', () => {
    const { attempt, bring, file, folder, json } = importDesk()
    const twice = ['x,Acme,North,note', 'y,Pier,South,']
    const places = ['--map', '#2=name', '--map', '#3=region', '--ignore', '#1']
    bring('clients', ['K,K,K,K2', ...twice], ...places)
    expect(json('client', 'show', 'acme')).toMatchObject({ region: 'North' })
    const titled = ['a,b', 'Name,Region', 'c,d']
    bring('clients', titled, '--header-row', '2', '--default', 'owner=Ann', '--create', 'owners')
    expect(json('client', 'show', 'c')).toMatchObject({ region: 'd', owner: 'Ann' })
    const refused = attempt('clients', titled, '--header-row', '9')
    expect(refused).toMatchObject({ code: 2 })
    const book = utils.book_new()
    utils.book_append_sheet(book, utils.aoa_to_sheet([['name'], ['One'], ['Two']]), 'Big')
    utils.book_append_sheet(book, utils.aoa_to_sheet([['name'], ['Three']]), 'Small')
    writeFileSync(file('book.xlsx'), write(book, { type: 'buffer' }) as Buffer)
    expect(json('import', 'clients', 'book.xlsx', '--sheet', 'small')).toMatchObject({ created: 1 })
    expect(json('client', 'show', 'three')).toMatchObject({ file: 'book.xlsx', row: 2 })
    const greek = Buffer.from([0x6e, 0x61, 0x6d, 0x65, 0x0a, 0xc1, 0xc8, 0xc7, 0xcd, 0xc1, 0x0a])
    writeFileSync(file('greek.csv'), greek)
    json('import', 'clients', 'greek.csv', '--encoding', 'windows-1253')
    expect(json('client', 'show', 'ΑΘΗΝΑ')).toMatchObject({ name: 'ΑΘΗΝΑ' })
    const piped = runIn(folder, ['import', 'clients', '-', '--json'], { input: 'name\nPiped\n' })
    expect(JSON.parse(piped.out)).toMatchObject({ created: 1, file: 'stdin' })
    expect(json('client', 'show', 'piped')).toMatchObject({ file: 'stdin', row: 2 })
    expect(runIn(folder, ['import', 'clients', '-'])).toMatchObject({ code: 2 })
  })

  it('never steer the terminal from a message, a rejection or a name', () => {
    const { attempt } = importDesk()
    const evil = '\u001B]0;x\u0007\u202Eevil'
    // Among sound rows: a short text of control characters would be no text at all.
    const sound = Array.from({ length: 40 }, (_, row) => `Sound client ${row},Sound ${row}`)
    const tries = [
      attempt('clients', ['name,note', `${evil},${evil}`, ...sound]),
      attempt('clients', ['name,email', `A,${evil}`, ...sound]),
      attempt('clients', ['a,b', ...sound], '--map', `${evil}=name`),
      attempt('deals', ['client,title,stage', `${evil},${evil},${evil}`, ...sound]),
      attempt('deals', [`client,${evil}`, 'a,03/04/2024', ...sound], '--map', '#2=opened'),
      attempt('interactions', ['client,kind,date', `A,${evil},2026-01-01`, ...sound]),
      attempt('deals', ['client,title,stage', `A,${evil},${evil}`, ...sound], '--max-rejects', '0'),
    ]
    for (const { out, err } of tries) expect(out + err).not.toMatch(CONTROLS)
    expect(tries.map(({ code }) => code)).toEqual([0, 1, 2, 0, 2, 1, 1])
  })
})
