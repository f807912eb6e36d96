export const PROTECTIONS: {
  name: string
  /** Where it is, and what takes it out: each text is there once. */
  file: string
  cut: [text: string, instead: string][]
  /** The tests that miss it: a file, or a folder. */
  test: string
}[]
