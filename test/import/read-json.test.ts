import { describe, expect, it } from 'vitest'
import type { ImportKind } from '../../src/import/map/fields.ts'
import { failure, read, save } from '../support/table-files.ts'

/** The headers and rows of a JSON text. */
async function table(text: string, kind: ImportKind = 'clients') {
  const { headers, rows, numbers, typed, notes } = await read(save('x.json', text), { kind })
  return { headers, rows, numbers, typed, notes }
}

describe('lists of records of other programs', () => {
  it.each(['[]', ' [ ]\n', '{"clients":[]}', '{"data":[],"next":null}'])(
    '%s has no rows',
    async (text) => expect(await table(text)).toMatchObject({ rows: [] }),
  )

  it.each<[what: string, text: string, headers: string[], rows: string[][]]>([
    ['a list', '[{"a":"x","b":"y"}]', ['a', 'b'], [['x', 'y']]],
    [
      'fields that only some have',
      '[{"a":"x"},{"b":"y"}]',
      ['a', 'b'],
      [
        ['x', ''],
        ['', 'y'],
      ],
    ],
    ['a record a line', '{"a":"x"}\n{"a":"y"}\n', ['a'], [['x'], ['y']]],
    ['one record', '{"a":"x","n":1}', ['a', 'n'], [['x', '1']]],
    ['a list with a name', '{"total":1,"data":[{"a":"x"}]}', ['a'], [['x']]],
    ['a list with a name, indented', '{\n "data": [\n {\n "a": "x"\n }\n ]\n}', ['a'], [['x']]],
    ['zeros in front', '[{"a":"007"}]', ['a'], [['007']]],
    ['numbers too long', '[{"a":12345678901234567890}]', ['a'], [['12345678901234567890']]],
    [
      'digits in a text',
      String.raw`[{"a":"\" 12345678901234567890"}]`,
      ['a'],
      [['" 12345678901234567890']],
    ],
    ['brackets in a text', '[{"a":"]}[{\\"","b":"\\\\"}]', ['a', 'b'], [[']}[{"', '\\']]],
    [
      'true, false and nothing',
      '[{"a":true,"b":false,"c":null}]',
      ['a', 'b', 'c'],
      [['true', 'false', '']],
    ],
    ['an object', '[{"owner":{"id":3,"name":"Ann"}}]', ['owner id', 'owner'], [['3', 'Ann']]],
    ['a wrapped record', '[{"id":"1","properties":{"deal":"x"}}]', ['id', 'deal'], [['1', 'x']]],
    ['a list of texts', '[{"a":["x","y;z"]}]', ['a'], [['x; "y;z"']]],
    ['a list of records', '[{"a":[{"b":1}]}]', ['a'], [['[{"b":1}]']]],
    ['a marked formula', `[{"a":"'=1"}]`, ['a'], [["''=1"]]],
    ['__proto__', '[{"__proto__":"x","a":"y"}]', ['__proto__', 'a'], [['x', 'y']]],
    [
      'a client called Total',
      '[{"a":"Total","n":1},{"a":"a","n":2}]',
      ['a', 'n'],
      [
        ['Total', '1'],
        ['a', '2'],
      ],
    ],
  ])('%s', async (_, text, headers, rows) => {
    expect(await table(text)).toMatchObject({ headers, rows })
  })

  it('numbers stay numbers, and rows are records counted from 1', async () => {
    const { typed, numbers } = await table('[{"amount":1234.5},{"amount":2}]', 'deals')
    expect(typed).toEqual([[{ kind: 'number', value: 1234.5 }], [{ kind: 'number', value: 2 }]])
    expect(numbers).toEqual([1, 2])
  })

  it('says what was kept as text, and which lists were not read', async () => {
    const { notes } = await table('{"list":[{"a":[{"b":1}]}],"others":[{"c":1}]}')
    expect(notes).toEqual([
      'only the list “list” was read; there is also “others”',
      '1 field holds records of their own, kept as text: “a”',
    ])
  })

  it('reads the list that --sheet names', async () => {
    const file = save('x.json', '{"list":[{"a":"x"}],"others":[{"b":"y"}]}')
    expect((await read(file, { sheet: 'others' })).rows).toEqual([['y']])
    expect(await failure(file, { sheet: 'no' })).toBe(
      'x.json has no list “no” | it has: list, others',
    )
  })

  it('is the same wherever the pieces of the file end', async () => {
    const records = Array.from({ length: 9000 }, (_, n) => ({
      name: `C\\"${n}{`,
      note: 'é'.repeat(n % 70),
    }))
    const { rows } = await table(JSON.stringify(records))
    expect(rows).toEqual(records.map(({ name, note }) => [name, note]))
  })
})

describe('JSON that is refused', () => {
  it.each<[what: string, text: string, message: RegExp]>([
    ['cut short', '[{"a":1},{"b"', /is not valid JSON/],
    ['cut between', '[{"a":1},', /is not valid JSON: it breaks off or is damaged after record 1/],
    ['damaged', '[{"a":1},{"a":x}]', /record 2 cannot be read/],
    ['mixed', '[{"a":1},2]', /not all of it is a list of records/],
    ['two lists', '[{"a":1}][{"a":2}]', /is not valid JSON/],
    [
      'of another kind',
      '{"deals":[{"title":"x"}]}',
      /x.json holds deals, not clients \| funnel import deals x.json/,
    ],
    ['very deep', `[{"a":${'['.repeat(100_000)}`, /is not valid JSON/],
  ])('%s', async (_, text, message) => {
    expect(await failure(save('x.json', text))).toMatch(message)
  })

  it('has no row of headers', async () => {
    const file = save('x.json', '[{"a":1}]')
    expect(await failure(file, { headerRow: 1 })).toMatch(/x.json has no row of headers/)
  })
})
