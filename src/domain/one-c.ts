import type { Day } from './day.ts'

/** Who pays, or is paid. */
export interface Party {
  name: string
  /** INN, and KPP after a slash for companies: `7701234567/770101001`. */
  taxNumber: string | null
  account: string | null
  bic: string | null
}

/** A payment of a statement; its amount as a decimal. */
export interface OneCPayment {
  id: number
  day: Day
  amount: string
  payer: Party
  payee: Party
  isIn: boolean
  purpose: string
}

/** An account, with what came in and went out, as decimals. */
export interface OneCAccount {
  account: string
  received: string
  spent: string
}

/** What a file is about. */
export interface OneCFile {
  made: Day
  from: Day
  to: Day
  sender: string
  accounts: OneCAccount[]
  payments: OneCPayment[]
}
