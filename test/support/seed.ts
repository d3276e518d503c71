// Loaded before every test: properties are tried with the same values in every run, so that a gate says the same of the same code.
// `SEED=random npm test -- FILE` looks further; what fails then prints its seed.
import fc from 'fast-check';

const { SEED = '20260101' } = process.env;
if (SEED !== 'random') fc.configureGlobal({ seed: Number(SEED) });
