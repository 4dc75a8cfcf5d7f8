/** Seeds that once broke a promise, with the rule they broke; every run of the tests plays them first. */
export const FAILING_SEEDS: readonly { readonly seed: number; readonly rule: string; readonly story: string }[] = [];
