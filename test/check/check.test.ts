import { writeFileSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { isMet, parseThreshold, parseThresholds } from '../../src/check/threshold.ts'
import { toJunit } from '../../src/render/junit.ts'
import { call } from '../support/call.ts'
import { newFolder } from '../support/funnel.ts'

const EUR = { code: 'EUR', digits: 2 }

describe('a threshold', () => {
  it('is read with its unit and its span', () => {
    expect(parseThreshold('new-leads >= 5 / week', EUR)).toMatchObject({
      measure: 'new-leads',
      operator: '>=',
      wanted: 5,
      span: 'week',
    })
    expect(parseThreshold('win-rate>=20%', EUR)).toMatchObject({ wanted: 0.2, span: 'year' })
    expect(parseThreshold('forecast.p50>=50,000', EUR)).toMatchObject({ wanted: 5_000_000 })
    expect(parseThreshold('coverage>=2.5', EUR)).toMatchObject({ wanted: 2.5, span: null })
  })

  it.each([
    ['stuk<=4', 'did you mean stuck?'],
    ['colour<=4', 'there are coverage'],
    ['new-leads>=5', 'new-leads>=5/week'],
    ['new-leads>=5/fortnight', 'day, week'],
    ['stuck<=4/week', 'leave out /week'],
    ['stuck', 'in quotes'],
    ['constructor>=1', 'there are coverage'],
    ['stuck<=', 'write it as "stuck<=4"'],
    ['stuck=>4', 'write it as "stuck<=4"'],
    ['stuck<=x', 'write it as "stuck<=4"'],
  ])('refuses %s with a hint', (text, hint) => {
    expect(() => parseThreshold(text, EUR)).toThrow(
      expect.objectContaining({ code: 'usage', hint: expect.stringContaining(hint) as string }),
    )
  })

  it.each(['stuck<=4.5', 'stuck<=many', 'win-rate>=0.2', 'pipeline>=-5'])('refuses %s', (text) => {
    expect(() => parseThreshold(text, EUR)).toThrow()
  })

  it('is not met by what is unknown', () => {
    const some = parseThreshold('stuck<=4', EUR)
    expect([isMet(some, 4), isMet(some, 5), isMet(some, null)]).toEqual([true, false, false])
  })

  it('comes from a file, whose line a mistake names', () => {
    const text = '# the funnel must not run dry\n\nopen>=3   # deals\r\nwin-rate>=20%\n'
    expect(parseThresholds(text, 'x', EUR).map((each) => each.text)).toEqual([
      'open>=3',
      'win-rate>=20%',
    ])
    expect(() => parseThresholds('open>=3\nopn>=1', 'checks', EUR)).toThrow('checks, line 2')
  })
})

describe('funnel check', () => {
  const folder = newFolder()

  // One open since 10 October over its limit of 14 days, one won and one lost in November.
  beforeAll(async () => {
    for (const args of [
      ['init', '--currency', 'EUR', '--timezone', 'UTC'],
      ['client', 'add', 'Pier Nine'],
      ['deal', 'add', 'pier', 'Winch', '--amount', '900', '--on', '2026-10-10'],
      ['deal', 'add', 'pier', 'Crane', '--amount', '500', '--cost', '200', '--on', '2026-11-01'],
      ['deal', 'add', 'pier', 'Hook', '--amount', '50', '--on', '2026-11-20'],
      ['win', '2', '--on', '2026-11-20'],
      ['lose', '3', '--reason', 'no need', '--on', '2026-11-23'],
      ['task', 'add', 'Ask', '--due', '2026-11-22'],
      ['task', 'add', 'Ask again', '--due', '2026-11-23'],
    ]) {
      const { code, err } = await call(folder, args)
      if (code !== 0) throw new Error(err)
    }
  })

  const values = async (...thresholds: string[]): Promise<Record<string, unknown>> => {
    const { out } = await call(folder, ['check', ...thresholds, '--json'])
    const { checks } = JSON.parse(out) as { checks: { check: string; value: unknown }[] }
    return Object.fromEntries(checks.map(({ check, value }) => [check, value]))
  }

  it('measures what its names say', async () => {
    expect(
      await values(
        'open=1',
        'pipeline=900',
        'stuck=1',
        'overdue=2',
        'new-leads=1/week',
        'new-leads=2/month',
        'won=1/week',
        'won-amount=500/week',
        'won-profit=300/week',
        'lost=1/day',
        'win-rate=50%',
        'win-rate=0%/day',
        'new-clients=1/day',
        'contacts=0/year',
      ),
    ).toEqual({
      'open=1': 1,
      'pipeline=900': 900,
      'stuck=1': 1,
      // The stages' own tasks of Winch and of none else, and “Ask”.
      'overdue=2': 2,
      'new-leads=1/week': 1,
      'new-leads=2/month': 2,
      'won=1/week': 1,
      'won-amount=500/week': 500,
      'won-profit=300/week': 300,
      'lost=1/day': 1,
      'win-rate=50%': 0.5,
      'win-rate=0%/day': 0,
      'new-clients=1/day': 1,
      'contacts=0/year': 0,
    })
  })

  it('looks back with --as-of', async () => {
    const { out } = await call(folder, [
      'check',
      'open=3',
      'won=0/year',
      '--as-of',
      '2026-11-20',
      '--json',
    ])
    const { checks } = JSON.parse(out) as { checks: { value: number }[] }
    expect(checks.map(({ value }) => value)).toEqual([2, 1])
  })

  it('ends with 1 where one is not met, and says which in one line', async () => {
    const done = await call(folder, ['check', '--max', 'stuck=0', '--min', 'open=1', '--quiet'])
    expect(done).toEqual({
      code: 1,
      out: '',
      err: 'funnel: 1 of 2 checks not met: stuck<=0 (is 1)\n',
    })
    expect(await call(folder, ['check', '--max', 'stuck=1', '--quiet'])).toEqual({
      code: 0,
      out: '',
      err: '',
    })
  })

  it('does not take nothing for a nought', async () => {
    const args = ['check', 'coverage>=0', 'win-rate>=0%/day', '--as-of', '2026-11-22']
    const unknown = await call(folder, args)
    expect(unknown).toMatchObject({ code: 1 })
    expect(unknown.out).toContain('no deal was closed in the last day')
    expect(unknown.err).toContain('funnel goal set won-amount AMOUNT --every month')
    expect(await call(folder, [...args, '--allow-unknown'])).toMatchObject({ code: 0 })
    await call(folder, ['settings', 'set', 'target-amount', '450'])
    expect(await values('coverage>=2')).toEqual({ 'coverage>=2': 2 })
  })

  it('writes values for programs alike in every locale', async () => {
    const args = ['check', 'pipeline>=1', '--csv']
    await call(folder, ['deal', 'add', 'pier', 'Dock', '--amount', '24015', '--process', 'plain'])
    const before = await call(folder, args)
    expect(before.out).toContain('"24,915"')
    await call(folder, ['settings', 'set', 'locale', 'de'])
    expect((await call(folder, args)).out).toBe(before.out)
    expect((await call(folder, args.slice(0, 2))).out).toContain('24.915')
    for (let at = 0; at < 2; at += 1) {
      expect(await call(folder, ['undo'])).toMatchObject({ code: 0 })
    }
  })

  it('reads a checked-in file and writes JUnit XML', async () => {
    writeFileSync(path.join(folder, 'funnel.checks'), 'open>=1\nstuck<=0 # none\n')
    const args = ['check', '--file', 'funnel.checks', '--junit', 'out.xml']
    expect(await call(folder, args)).toMatchObject({ code: 1 })
    expect(readFileSync(path.join(folder, 'out.xml'), 'utf8')).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<testsuites tests="2" failures="1" errors="0">\n' +
        '  <testsuite name="funnel check" tests="2" failures="1" errors="0">\n' +
        '    <testcase classname="funnel check" name="open&gt;=1"/>\n' +
        '    <testcase classname="funnel check" name="stuck&lt;=0">\n' +
        '      <failure message="stuck&lt;=0 (is 1)"/>\n' +
        '    </testcase>\n' +
        '  </testsuite>\n' +
        '</testsuites>\n',
    )
    expect(toJunit('a', [{ name: '\u0000"&', failure: null }])).toContain('name="?&quot;&amp;"')
  })
})
