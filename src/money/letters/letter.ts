/** A letter in plain text. */
export interface LetterText {
  subject: string
  text: string
}
