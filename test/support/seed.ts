import fc from 'fast-check'

/** The seed of random tests, so that a commit has one verdict; FC_SEED=random looks further. */
const USUAL_SEED = 20_261

const wanted = process.env.FC_SEED || USUAL_SEED
if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted) })
