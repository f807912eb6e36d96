import { ibanText } from '../../domain/firm/iban.ts'
import type { Section } from '../../domain/table.ts'
import type { BankAccount } from '../../records/firm/bank-accounts.ts'

/** Accounts as a table. */
export function accountSection(accounts: readonly BankAccount[]): Section {
  return {
    key: 'bank_accounts',
    title: 'Bank accounts',
    columns: [
      { key: 'id', label: 'No.', type: 'count' },
      { key: 'name', label: 'Account', type: 'text' },
      { key: 'iban', label: 'IBAN', type: 'text', optional: true, whole: true },
      { key: 'bic', label: 'BIC', type: 'text', optional: true },
      { key: 'number', label: 'Number', type: 'text', optional: true },
      { key: 'sort_code', label: 'Sort code', type: 'text', optional: true },
      { key: 'currency', label: 'Currency', type: 'text' },
      { key: 'default', label: 'Default', type: 'flag' },
    ],
    rows: accounts.map(({ name_key: _, is_default: isDefault, iban, ...row }) => ({
      ...row,
      iban: iban === null ? null : ibanText(iban),
      default: isDefault === 1,
    })),
  }
}
