export const TAKEN_ON: string
export const ADVISORIES: {
  package: string
  ids: string[]
  fixed: string
  what: string
  reach: string
}[]
