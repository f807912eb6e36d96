import type { ReportSpec } from './family/declare.ts'

/** A report's place in the program; its declaration is loaded when it is asked for. */
export interface ReportEntry {
  name: string
  summary: string
  load: () => Promise<ReportSpec>
}

/** Every report, in the order of the help. */
export const reports: readonly ReportEntry[] = [
  {
    name: 'open',
    summary: 'the open funnel: what is in each stage now',
    load: async () => (await import('./open/index.ts')).open,
  },
  {
    name: 'closed',
    summary: 'the funnel of won and lost deals',
    load: async () => (await import('./closed/index.ts')).closed,
  },
  {
    name: 'cohort',
    summary: 'what became of the deals opened in a period',
    load: async () => (await import('./cohort/index.ts')).cohort,
  },
  {
    name: 'losses',
    summary: 'why deals are lost, where, and what that costs',
    load: async () => (await import('./losses/index.ts')).losses,
  },
  {
    name: 'sources',
    summary: 'what each source of clients brings',
    load: async () => (await import('./sources/index.ts')).sources,
  },
  {
    name: 'products',
    summary: 'what was sold, and how often each product wins',
    load: async () => (await import('./products/index.ts')).products,
  },
  {
    name: 'owners',
    summary: 'salespeople side by side',
    load: async () => (await import('./owners/index.ts')).owners,
  },
  {
    name: 'bottlenecks',
    summary: 'stages ranked by the money they cost',
    load: async () => (await import('./bottlenecks/index.ts')).bottlenecks,
  },
  {
    name: 'velocity',
    summary: 'days in each stage and to a win, and sales velocity',
    load: async () => (await import('./velocity/index.ts')).velocity,
  },
  {
    name: 'activity',
    summary: 'calls, e-mails and meetings, and how many a win takes',
    load: async () => (await import('./activity/index.ts')).activity,
  },
  {
    name: 'proposals',
    summary: 'what becomes of proposals, and how long that takes',
    load: async () => (await import('./proposals/index.ts')).proposals,
  },
  {
    name: 'receivables',
    summary: 'who owes what, and how late it is',
    load: async () => (await import('./receivables/index.ts')).receivables,
  },
  {
    name: 'payers',
    summary: 'how long clients take to pay',
    load: async () => (await import('./payers/index.ts')).payers,
  },
  {
    name: 'tax',
    summary: 'net and tax by rate, as invoiced or as paid',
    load: async () => (await import('./tax/index.ts')).tax,
  },
  {
    name: 'standards',
    summary: 'who has not heard from us in time',
    load: async () => (await import('./standards/index.ts')).standards,
  },
]
