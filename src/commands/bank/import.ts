import { importCommand } from '../import/command.ts'

export default importCommand('bookings', {
  description:
    'Statements of an account, as banks give them: CAMT (camt.052, .053, .054), MT940 and MT942, OFX, ' +
    '1CClientBankExchange, or a table with one row per booking. What kind of file it is follows from its content, ' +
    'and so does the account, if the file names it; --account says which one it is otherwise. A file that was ' +
    'imported before, or overlaps one, adds only what the book lacks: two equal bookings of a day are both kept. ' +
    'Opening and closing balances are compared with the bookings; pending bookings are skipped.',
  options: ['account', 'dateFormat', 'decimal'],
  without: ['create', 'includeErased', 'value'],
  examples: [
    'bank import statement.xml --account "House bank"',
    'bank import statement.sta --dry-run',
    'bank import bookings.csv --account House --map "Buchungstext=text"',
  ],
})
