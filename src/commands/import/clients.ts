import { importCommand } from './command.ts'

export default importCommand('clients', {
  description:
    'Finds the table in a spreadsheet, and what each column is by its header or by what it holds. ' +
    'Columns that are not recognised become properties of the client. On a terminal you are asked ' +
    'first. A client that the book has already (by reference, e-mail, phone or name) keeps what it ' +
    'has; only blanks are filled. funnel undo takes the whole import back.',
  options: ['match', 'onDuplicate'],
  examples: [
    'import clients clients.csv --dry-run',
    'import clients clients.csv --map "Town=region" --ignore "Fax" --create owners,sources',
    'import clients clients.csv --create all --rejects fix.csv --save-profile fair',
  ],
})
