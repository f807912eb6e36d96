// A look at a book that is not opened for work, such as when a shell completes a name.
export { hasTable, lookInto } from './kind.ts'
