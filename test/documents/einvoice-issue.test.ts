import { describe, expect, it } from 'vitest'
import { runInside } from '../support/inside.ts'
import { importsInside, type ImportsInside } from '../support/imports.ts'

/** A company that can bill, and a client of it in the same country. */
async function shop(): Promise<ImportsInside> {
  const desk = await importsInside()
  const { ok } = desk
  const [place, reach] = [
    ['--street', 'Hafenstraße 12', '--postcode', '20457', '--town', 'Hamburg', '--country', 'DE'],
    ['--phone', '+49 40 123456', '--email', 'rechnung@nordlicht.example'],
  ]
  await ok('company', 'set', '--name', 'Nordlicht', '--vat-id', 'DE136695976', ...place, ...reach)
  await ok('bank', 'account', 'add', 'House bank', '--iban', 'DE89370400440532013000')
  await ok('client', 'add', 'Harbour Foods', '--street', 'Kai 7', '--postcode', '23552')
  await ok('client', 'edit', '1', '--town', 'Lübeck', '--country', 'DE')
  await ok('invoice', 'add', '1', '--line', '2 h Consulting @ 90 +19%')
  return desk
}

const issue = ({ folder }: ImportsInside, ...more: string[]) =>
  runInside(folder, ['invoice', 'issue', 'd1', ...more])

describe('an invoice that is to be an e-invoice', () => {
  it('is not issued before it has all that it needs, and then says so', async () => {
    const desk = await shop()
    const { code, err } = await issue(desk, '--e-invoice', 'ubl')
    expect(code).toBe(1)
    expect(err).toBe(
      [
        'funnel: d1 lacks 3 things as UBL: BT-10 buyer reference, BT-34 your e-address, BT-49 the client’s e-address',
        '  set what is missing, or add --incomplete or --e-invoice off:',
        '  funnel client edit 1 --buyer-ref TEXT',
        '  funnel company set --e-address 0088:4012345000009',
        '  funnel client edit 1 --e-address 0088:4012345000009',
        '',
      ].join('\n'),
    )
    await desk.ok('client', 'edit', '1', '--buyer-ref', 'Cost centre 7')
    await desk.ok('client', 'edit', '1', '--e-address', 'DE811907980')
    await desk.ok('company', 'set', '--e-address', '0088:4012345000009')
    await desk.ok('invoice', 'check', 'd1')
    expect(await issue(desk, '--e-invoice', 'ubl')).toMatchObject({ code: 0 })
    expect(desk.look('SELECT buyer_ref FROM invoices')).toEqual([{ buyer_ref: 'Cost centre 7' }])
    await desk.ok('client', 'edit', '1', '--buyer-ref', 'Cost centre 8')
    expect(await desk.json('invoice', 'show', '2026-0001')).toMatchObject({
      buyer_ref: 'Cost centre 7',
    })
    await desk.ok('invoice', 'credit', '2026-0001')
    await desk.ok('invoice', 'check', '2026-0002')
  })

  it('is credited with the tax that the credit note has', async () => {
    const desk = await shop()
    await issue(desk)
    // No net at 19% comes to 0.03 with tax: the credit note has 0.03 and no tax, though 19% of it would be 0.01.
    await desk.ok('invoice', 'credit', '2026-0001', '--amount', '0.03')
    await desk.ok('client', 'edit', '1', '--e-address', 'DE811907980', '--buyer-ref', '7')
    await desk.ok('company', 'set', '--e-address', '0088:4012345000009')
    const { out } = await runInside(
      desk.folder,
      'invoice make 2026-0002 --format ubl --out -'.split(' '),
    )
    expect(out).toContain('<cbc:TaxAmount currencyID="EUR">0.00</cbc:TaxAmount>')
    expect(out).toContain('<cbc:PayableAmount currencyID="EUR">0.03</cbc:PayableAmount>')
  })

  it('names what its draft says instead of the client', async () => {
    const desk = await shop()
    await desk.ok('client', 'edit', '1', '--buyer-ref', 'Cost centre 7')
    await desk.ok('invoice', 'edit', 'd1', '--buyer-ref', 'Project 12')
    expect(await issue(desk)).toMatchObject({ code: 0 })
    expect(desk.look('SELECT buyer_ref FROM invoices')).toEqual([{ buyer_ref: 'Project 12' }])
  })

  it('is any of a client with an e-address, unless one says otherwise', async () => {
    const desk = await shop()
    await desk.ok('client', 'edit', '1', '--e-address', 'DE811907980')
    expect((await issue(desk)).err).toContain('as UBL: BT-10 buyer reference, BT-34 your e-address')
    const warned = await issue(desk, '--incomplete')
    expect(warned).toMatchObject({ code: 0 })
    expect(warned.err).toContain('warning: d1 lacks 2 things as UBL')
    const [quiet, off] = [await shop(), await shop()]
    for (const one of [quiet, off])
      await one.ok('client', 'edit', '1', '--e-address', 'DE811907980')
    expect(await issue(quiet, '--e-invoice', 'off')).toMatchObject({ code: 0, err: '' })
    await off.ok('settings', 'set', 'e-invoice', 'off')
    expect(await issue(off)).toMatchObject({ code: 0, err: '' })
  })

  it('is one for each company if the setting says so, and for no person', async () => {
    const desk = await shop()
    await desk.ok('settings', 'set', 'e-invoice', 'factur-x')
    await desk.ok('client', 'edit', '1', '--street', 'none')
    expect((await issue(desk)).err).toContain(
      'd1 lacks 1 thing as Factur-X: BT-50 the client’s street',
    )
    await desk.ok('client', 'edit', '1', '--kind', 'person')
    expect((await issue(desk)).err).toContain(
      'd1 cannot be issued yet: it lacks the client’s street',
    )
  })

  it('says once it was issued what cannot be added to it any more', async () => {
    const desk = await shop()
    await desk.ok('client', 'edit', '1', '--street', 'none')
    await issue(desk, '--incomplete')
    const { code, out } = await runInside(desk.folder, ['invoice', 'check', '2026-0001', '--json'])
    expect(code).toBe(1)
    const { gaps } = JSON.parse(out) as { gaps: { term: string; command: string | null }[] }
    expect(gaps.map(({ term, command }) => [term, command])).toEqual([
      ['BT-10', 'funnel client edit 1 --buyer-ref TEXT'],
      ['BT-34', 'funnel company set --e-address 0088:4012345000009'],
      ['BT-49', 'funnel client edit 1 --e-address 0088:4012345000009'],
      ['BT-50', null],
    ])
  })
})
