/** Random numbers in [0, 1) that come out the same for the same seed (a linear congruence). */
export function randomFrom(seed) {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}

/** One of several, by a random number. */
export function pick(random, values) {
  return values[Math.floor(random() * values.length)]
}
