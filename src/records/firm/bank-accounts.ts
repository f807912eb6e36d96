import type { Selectable } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import type { BankAccountsTable } from '../../book/schema/firm.ts'
import { Fault } from '../../domain/fault.ts'
import { ibanText } from '../../domain/firm/iban.ts'
import { counted } from '../../domain/text.ts'
import { nameColumns } from '../dictionaries.ts'
import { addNamed, dropNamed, editNamed, inOrder } from './named.ts'

/** An account as the book has it. */
export type BankAccount = Selectable<BankAccountsTable>

/** What an account has besides its name; what is left out is not known, or stays as it is. */
export interface AccountValues {
  iban?: string | null
  bic?: string | null
  number?: string | null
  sortCode?: string | null
  currency?: string
}

function columns({ iban, bic, number, sortCode, currency }: AccountValues) {
  return {
    ...(iban === undefined ? {} : { iban }),
    ...(bic === undefined ? {} : { bic }),
    ...(number === undefined ? {} : { number }),
    ...(sortCode === undefined ? {} : { sort_code: sortCode }),
    ...(currency === undefined ? {} : { currency }),
  }
}

/** @throws Fault `usage` if nothing says where to pay to, or another account has the IBAN. */
async function requireSound(
  db: Db,
  id: number | null,
  { iban, number }: { iban: string | null; number: string | null },
): Promise<void> {
  if (iban === null && number === null) {
    const hint = 'add --iban IBAN, or --number NUMBER with --sort-code CODE'
    throw new Fault('usage', 'an account needs an IBAN or a number', hint)
  }
  if (iban === null) return
  const same = await db
    .selectFrom('bank_accounts')
    .select(['id', 'name'])
    .where('iban', '=', iban)
    .execute()
  const other = same.find((account) => account.id !== id)
  if (!other) return
  const message = `the account ${other.name} has the IBAN ${ibanText(iban)}`
  throw new Fault('usage', message, `change that one: funnel bank account edit "${other.name}"`)
}

/** Adds an account. Returns its number, and whether it is the default one. */
export async function addAccount(
  db: Db,
  name: string,
  values: AccountValues & { currency: string },
  isDefault: true | undefined,
): Promise<{ id: number; isDefault: boolean }> {
  const { iban = null, bic = null, number = null, sortCode = null, currency } = values
  await requireSound(db, null, { iban, number })
  const row = { ...nameColumns(name), iban, bic, number, sort_code: sortCode, currency }
  return addNamed(db, 'bank_accounts', { ...row, is_default: 0 }, isDefault)
}

/** Changes an account; what is left out stays. */
export async function editAccount(
  db: Db,
  id: number,
  edit: AccountValues & { name?: string | undefined; isDefault?: true | undefined },
): Promise<void> {
  const { name, isDefault, ...values } = edit
  const set = { ...columns(values), ...(name === undefined ? {} : nameColumns(name)) }
  const before = await db
    .selectFrom('bank_accounts')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  await requireSound(db, id, { ...before, ...set })
  await editNamed(db, 'bank_accounts', id, set, isDefault)
}

/** All accounts, the default one first. */
export async function listAccounts(db: Db, locale: string | null = null): Promise<BankAccount[]> {
  return inOrder(await db.selectFrom('bank_accounts').selectAll().execute(), locale)
}

/**
 * Removes an account. Returns whether none of several is the default one now.
 * @throws Fault `usage` if it has bookings.
 */
export async function dropAccount(
  db: Db,
  { id, name }: { id: number; name: string },
): Promise<boolean> {
  const { count } = await db
    .selectFrom('bank_lines')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('bank_account_id', '=', id)
    .executeTakeFirstOrThrow()
  if (count > 0) {
    const hint = `see: funnel bank list --account "${name}"`
    throw new Fault('usage', `the account ${name} has ${counted(count, 'booking')}`, hint)
  }
  return dropNamed(db, 'bank_accounts', id)
}
