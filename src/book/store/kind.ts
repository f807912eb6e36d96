// Which kind of store keeps a book. This line alone names it; another kind is another folder that gives the same.
export * from './sqlite/index.ts'
