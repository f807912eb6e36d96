import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldsOf, IMPORT_KINDS, type ImportKind } from '../../src/import/map/fields.ts'
import {
  describeTarget,
  type Proposal,
  proposeColumns,
  type Target,
} from '../../src/import/map/propose.ts'
import { faultOf } from '../support/fault-of.ts'

interface List {
  kind?: ImportKind
  map?: string[]
  ignore?: string[]
  samples?: string[][]
  saved?: Map<string, Target>
}

function propose(
  headers: string[],
  { kind = 'clients', map = [], ignore = [], samples = [], saved }: List = {},
): Proposal[] {
  return proposeColumns(kind, headers, { map, ignore }, samples, saved)
}

function show(proposals: Proposal[]): string[] {
  return proposals.map(({ target, by }) => `${describeTarget(target)} (${by})`)
}

describe('what is wished', () => {
  it('comes before everything else', () => {
    const list = { map: ['Firma=property:Old name', 'company=name'], ignore: ['Fax'] }
    expect(show(propose(['Firma', 'COMPANY', 'Fax', 'Name'], list))).toEqual([
      'property:Old name (wish)',
      'name (wish)',
      'left out (wish)',
      'contact (header)',
    ])
  })

  it('splits at the last =, and names doubled and empty columns by their place', () => {
    const list = { map: ['A=B=region', '#2=name', '#4=size'], ignore: ['#3'] }
    expect(show(propose(['A=B', 'X', 'X', ''], list))).toEqual([
      'region (wish)',
      'name (wish)',
      'left out (wish)',
      'size (wish)',
    ])
  })

  it('takes a header that is written as a place for itself', () => {
    expect(show(propose(['Name', '#1'], { map: ['#1=ref'] }))).toEqual([
      'name (header)',
      'ref (wish)',
    ])
  })

  it.each([
    [{ map: ['Firm=name'] }, 'the file has no column “Firm”', 'it has: Firma, Name, Name;'],
    [{ map: ['#9=name'] }, 'the file has no column “#9”', '#3 is the third'],
    [{ ignore: ['Firm'] }, 'the file has no column “Firm”', 'it has: Firma'],
    [{ map: ['Firma=nme'] }, 'there is no field “nme”', 'use one of: ref, name, kind'],
    [{ kind: 'tasks', map: ['Firma=nme'] }, 'there is no field “nme”', /: text, due, [^:]+$/],
    [{ map: ['Firma=__proto__'] }, 'there is no field “__proto__”', 'property:NAME'],
    [{ map: ['Firma'] }, '“Firma” is not a mapping', '--map "Header=field"'],
    [{ map: ['Firma=property: '] }, 'the property has no name', 'property:NAME'],
    [{ map: ['Name=ref'] }, 'the file has 2 columns “Name”', '#2, #3'],
    [
      { kind: 'tasks', map: ['Firma=property:X'] } as const,
      'only clients and deals have properties',
      'client',
    ],
  ])('is refused where it cannot be understood: %j', (list, message, hint) => {
    const fault = faultOf(() => propose(['Firma', 'Name', 'Name'], list as List))
    expect(fault).toMatchObject({ code: 'usage' })
    expect(fault.message).toContain(message)
    expect(fault.hint).toMatch(hint)
  })

  it('is refused where it gives one field two columns, but for fields that take many', () => {
    const twice = (field: string) => propose(['A', 'B'], { map: [`A=${field}`, `B=${field}`] })
    expect(faultOf(() => twice('name')).message).toBe('only one column can be name, not A, B')
    expect(show(twice('phone'))).toEqual(['phone (wish)', 'phone (wish)'])
    expect(faultOf(() => twice('property:Fleet')).message).toBe(
      'only one column can be property:Fleet, not A, B',
    )
    const nameless = { map: ['#2=name', '#3=name'] }
    expect(faultOf(() => propose(['A', '', ''], nameless)).message).toBe(
      'only one column can be name, not #2, #3',
    )
  })

  it('is refused where it says two things of one column', () => {
    const refusal = (wishes: List) => faultOf(() => propose(['Town', ''], wishes))
    expect(refusal({ map: ['Town=region', 'town=note'] })).toMatchObject({
      code: 'usage',
      message: 'the column “Town” is to be read twice, as region and as note',
      hint: 'give one --map for each column',
    })
    expect(refusal({ map: ['#2=region', '#2=region'] }).message).toContain('the column “#2”')
    expect(refusal({ map: ['Town=region'], ignore: ['#1'] })).toMatchObject({
      code: 'usage',
      message: 'the column “Town” is to be read as region and left out',
      hint: 'give --map or --ignore for it, not both',
    })
    const leftOut = { map: ['Town=nothing'], ignore: ['Town', 'town'] }
    expect(show(propose(['Town'], leftOut))).toEqual(['left out (wish)'])
  })

  it('takes the header that is written to the letter before one that is much the same', () => {
    const list = { map: ['Name=contact', 'NAME=name'] }
    expect(show(propose(['Name', 'NAME'], list))).toEqual(['contact (wish)', 'name (wish)'])
  })
})

describe('what a saved profile says', () => {
  it('comes after wishes and before headers', () => {
    const saved = new Map<string, Target>([
      ['name', { to: 'field', field: 'region' }],
      ['size', { to: 'field', field: 'rating' }],
      ['fleet #2', { to: 'nothing' }],
    ])
    const list = { saved, map: ['Grade=rating'] }
    expect(show(propose(['Name', 'Size', 'Grade', 'Fleet', 'Fleet'], list))).toEqual([
      'region (profile)',
      'size (header)',
      'rating (wish)',
      'property:Fleet (none)',
      'left out (profile)',
    ])
  })
})

describe('the reasons in a file of rejected rows', () => {
  it('are left out, unless the person wants them', () => {
    const headers = ['Name', 'Rejected because']
    const saved = new Map<string, Target>([
      ['rejected because', { to: 'property', name: 'Rejected because' }],
    ])
    expect(show(propose(headers, { saved }))).toEqual(['name (header)', 'left out (header)'])
    const list = { map: ['Rejected because=note'] }
    expect(show(propose(headers, list))).toEqual(['name (header)', 'note (wish)'])
  })
})

describe('misspelt headers', () => {
  it.each([
    ['Compnay', 'name'],
    ['Emial', 'email'],
    ['Telephne', 'phone'],
    ['Ansprechparnter', 'contact'],
    ['Frist Name', 'first-name'],
    ['accountname', 'name'],
    ['Ответсвенный', 'owner'],
  ])('%s is %s', (header, field) => {
    expect(show(propose([header]))).toEqual([`${field} (spelling)`])
  })

  it.each([
    'Contract', // not the contact
    'Stage', // not the state; a field of deals
    'Nots', // too short
    'Client site', // not the client's size
    'Votes', // not the notes
    'Sales 2024',
  ])('%s is nothing that it resembles', (header) => {
    expect(show(propose([header]))).toEqual([`property:${header} (none)`])
  })

  it('are not read where two fields are as near', () => {
    // An account or an amount?
    expect(show(propose(['Title', 'Acmount'], { kind: 'deals' }))[1]).toBe(
      'property:Acmount (none)',
    )
  })

  it('give way to a header that is spelt right', () => {
    expect(show(propose(['Compnay', 'Company']))).toEqual([
      'property:Compnay (none)',
      'name (header)',
    ])
  })
})

describe('columns known by their cells', () => {
  it('are those of e-mails, and of phones with a plus or brackets', () => {
    const samples = [
      [
        'Pier',
        'ann@pier.example',
        '+66 2 123 4567',
        '1234567',
        '+1 512 757 6000',
        'boss@x.example',
      ],
      ['Roy', '', '(512) 757-6000', '2345678', '+1 512 757 6001', 'boss@x.example'],
    ]
    const headers = ['Client', 'Where to write', '', 'Meter', 'Fax line', "Manager's address"]
    expect(show(propose(headers, { samples }))).toEqual([
      'name (header)',
      'email (content)',
      'phone (content)',
      'property:Meter (none)',
      'property:Fax line (none)',
      "property:Manager's address (none)",
    ])
  })

  it('are those of dates, where one date is missing and one column could be it', () => {
    const samples = [['Pier', 'A', '2026-01-02', '2026-02-03']]
    const deals = (...headers: string[]) => show(propose(headers, { kind: 'deals', samples }))
    expect(deals('Client', 'Title', 'Came in', 'Close date')[2]).toBe('opened (content)')
    expect(deals('Client', 'Title', 'Came in', 'When done')[2]).toBe('property:Came in (none)')
    expect(deals('Client', 'Title', 'Last modified', 'Close date')[2]).toBe(
      'property:Last modified (none)',
    )
    expect(deals('Client', 'Title', 'Created', 'Close date')[3]).toBe('closed (header)')
    const log = propose(['Client', 'Kind', 'Spoken'], { kind: 'interactions', samples })
    expect(show(log)[2]).toBe('at (content)')
    expect(show(propose(['Client', 'Title', 'Spoken'], { samples }))[2]).toBe(
      'property:Spoken (none)',
    )
  })

  it('tell a salesperson from a sum under “Sales”', () => {
    expect(show(propose(['Client', 'Sales'], { samples: [['Pier', 'Jane Doe']] }))[1]).toBe(
      'owner (header)',
    )
    expect(show(propose(['Client', 'Sales'], { samples: [['Pier', '12,500']] }))[1]).toBe(
      'property:Sales (none)',
    )
  })
})

describe('columns of which nothing is known', () => {
  it('become properties of clients, told apart', () => {
    const samples = [['Pier', '1', '2', '', '3', '']]
    expect(show(propose(['Client', 'Fleet', 'FLEET', '', '', 'Note 2'], { samples }))).toEqual([
      'name (header)',
      'property:Fleet (none)',
      'property:FLEET 2 (none)',
      'property:Column 4 (none)',
      'property:Column 5 (none)',
      'note (header)',
    ])
    expect(show(propose(['X', 'X 2', 'X'], {}))).toEqual([
      'property:X (none)',
      'property:X 2 (none)',
      'property:X 3 (none)',
    ])
  })

  it('never become the property that another column was said to be', () => {
    const list = { map: ['Ships=property:Fleet'] }
    expect(show(propose(['Ships', 'Fleet'], list))).toEqual([
      'property:Fleet (wish)',
      'property:Fleet 2 (none)',
    ])
  })

  it('are kept where they have no header, and hold nothing in the first rows', () => {
    expect(show(propose(['Client', ''], { samples: [['Acme'], ['Pier', ' ']] }))).toEqual([
      'name (header)',
      'property:Column 2 (none)',
    ])
  })

  it('become properties of deals, and are left out of what has none', () => {
    expect(show(propose(['Title', 'Fleet'], { kind: 'deals' }))[1]).toBe('property:Fleet (none)')
    for (const kind of ['history', 'interactions', 'tasks'] as const) {
      expect(show(propose(['Fleet'], { kind }))).toEqual(['left out (none)'])
    }
  })

  it('may have any header', () => {
    const hostile = [
      '__proto__',
      'constructor',
      'toString',
      '',
      '#',
      '='.repeat(9),
      'ก'.repeat(9999),
    ]
    for (const kind of IMPORT_KINDS) {
      const found = propose(hostile, { kind, samples: [hostile] })
      expect(found.filter(({ target }) => target.to === 'field')).toEqual([])
    }
    expect(show(propose(hostile.slice(0, 3)))).toEqual([
      'property:__proto__ (none)',
      'property:constructor (none)',
      'property:toString (none)',
    ])
  })

  it('may be ten thousand', () => {
    propose(['warm'])
    const time = (headers: string[]): number => {
      const from = performance.now()
      expect(propose(headers, { samples: [headers] })).toHaveLength(headers.length)
      return performance.now() - from
    }
    // The best of some: other tests run beside this one.
    const best = (headers: string[]): number =>
      Math.min(...Array.from({ length: 5 }, () => time(headers)))
    const numbers = Array.from({ length: 10_000 }, (_, index) => index)
    const lists = [numbers.map((n) => `Custom company field ${n}`), numbers.map(() => 'Name')]
    for (const headers of lists) {
      // Ten times as many take about ten times as long; were it quadratic, a hundred times.
      expect(best(headers)).toBeLessThan(50 * best(headers.slice(0, 1000)))
    }
  })
})

describe('whatever the headers', () => {
  const words = fc.constantFrom(
    'Name',
    'Company',
    'Phone',
    'Title',
    'Status',
    'Email',
    'Stage',
    'Имя',
  )
  const header = fc.oneof(words, fc.string())

  it('each column has one proposal, and a field that takes one column has one', () => {
    fc.assert(
      fc.property(fc.constantFrom(...IMPORT_KINDS), fc.array(header), (kind, headers) => {
        const found = propose(headers, { kind })
        expect(found.map((proposal) => proposal.index)).toEqual(headers.map((_, index) => index))
        for (const { name, many } of fieldsOf(kind)) {
          const feeding = found.filter(
            ({ target }) => target.to === 'field' && target.field === name,
          )
          if (!many) expect(feeding.length).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('the order of different columns does not matter', () => {
    const columns = [
      'Name',
      'Company',
      'Title',
      'Email',
      'First name',
      'Id',
      'Account ID',
      'Country',
    ]
    const fieldsByHeader = (headers: string[]) =>
      Object.fromEntries(propose(headers).map(({ header: one, target }) => [one, target]))
    const expected = fieldsByHeader(columns)
    fc.assert(
      fc.property(fc.shuffledSubarray(columns, { minLength: columns.length }), (headers) => {
        expect(fieldsByHeader(headers)).toEqual(expected)
      }),
    )
  })
})
