import { describe, expect, it } from 'vitest'
import { fieldNamed, understood } from '../../src/import/map/field-words.ts'
import { fieldsOf, IMPORT_KINDS, type ImportKind } from '../../src/import/map/fields.ts'
import { faultOf } from '../support/fault-of.ts'
import { importsInside } from '../support/imports.ts'

describe('a word for a field', () => {
  it.each<[ImportKind, string, string]>([
    ['deals', 'notes', 'note'],
    ['deals', 'Remarks', 'note'],
    ['deals', 'Betrag', 'amount'],
    ['deals', 'value', 'amount'],
    ['deals', 'expected_close', 'expected-close'],
    ['deals', 'Expected Close Date', 'expected-close'],
    ['deals', 'loss reason', 'reason'],
    ['deals', 'salesperson', 'owner'],
    ['deals', 'amuont', 'amount'],
    ['clients', 'e-mail', 'email'],
    ['clients', 'company', 'name'],
    ['clients', 'tags', 'category'],
    ['clients', 'telephon', 'phone'],
    ['interactions', 'date', 'at'],
    ['history', 'ответственный', 'owner'],
    ['tasks', 'deadline', 'due'],
  ])('of %s: %s is %s', (kind, word, field) => {
    expect(fieldNamed(kind, word)).toBe(field)
    expect(understood(kind, [word])).toEqual([`“${word}” was read as the field ${field}`])
  })

  it('is its own name first, of which nothing is said', () => {
    for (const kind of IMPORT_KINDS) {
      for (const { name } of fieldsOf(kind)) {
        expect(fieldNamed(kind, ` ${name.toUpperCase()} `)).toBe(name)
        expect(understood(kind, [name])).toEqual([])
      }
    }
  })

  it('is refused where it may be several, with their names', () => {
    expect(faultOf(() => fieldNamed('deals', 'status'))).toMatchObject({
      code: 'usage',
      message: '“status” could be any of several fields: stage, outcome',
      hint: 'write the one you mean',
    })
    expect(faultOf(() => fieldNamed('deals', 'date')).message).toContain(
      'opened, closed, won-on, lost-on, expected-close',
    )
    expect(understood('deals', ['status', 'date'])).toEqual([])
  })

  it.each([
    ['nte', 'did you mean note? Otherwise use one of: ref, client'],
    ['ownr', 'did you mean owner? Otherwise use one of: ref, client'],
    ['lst', 'use one of: ref, client'],
    ['', 'use one of: ref, client'],
    ['=', 'use one of: ref, client'],
    ['colour of the roof', 'use one of: ref, client'],
  ])('is refused where it is none: “%s”', (word, hint) => {
    const fault = faultOf(() => fieldNamed('deals', word))
    expect(fault.message).toBe(`there is no field “${word}”`)
    expect(fault.hint).toContain(hint)
    expect(fault.hint?.startsWith(hint.slice(0, 9))).toBe(true)
  })
})

describe('importing with words for fields', () => {
  const file = ['Kunde;Titel;Worte;Sum', 'Pier;Crane;call back;100', 'Dock;Winch;;200']

  it('takes them in --map and --default, and says so', async () => {
    const { bring, look } = await importsInside()
    const args = ['--map', 'Worte=notes', '--map', 'Sum=Betrag', '--default', 'remark=none']
    const done = await bring('deals', file, ...args, '--create', 'clients')
    expect(done.created).toBe(2)
    expect(done.notes).toEqual(
      expect.arrayContaining([
        '“notes” was read as the field note',
        '“Betrag” was read as the field amount',
        '“remark” was read as the field note',
      ]),
    )
    expect(look('SELECT note FROM deals ORDER BY id')).toEqual([
      { note: 'call back' },
      { note: 'none' },
    ])
    expect(look('SELECT amount FROM deals ORDER BY id')).toEqual([
      { amount: 10_000 },
      { amount: 20_000 },
    ])
  })

  it('names the header that is nearest to one that the file lacks', async () => {
    const { attempt } = await importsInside()
    const refused = async (...args: string[]) => (await attempt('deals', file, ...args)).err
    expect(await refused('--ignore', 'Wrte')).toContain('did you mean “Worte”? it has: Kunde')
    expect(await refused('--map', 'Titl=amount')).toContain('did you mean “Titel”? it has: Kunde')
    expect(await refused('--map', 'Fleet=amount')).toContain('  it has: Kunde')
    const twice = await refused('--default', 'note=a', '--default', 'remarks=b')
    expect(twice).toContain('there are two defaults for note')
  })
})
