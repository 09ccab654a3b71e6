/** What is fetched from PyPI; `environment.yml` has the same versions. */
export const TENSORFLOW = '2.20.0';
export const ZIGLANG = '0.15.2';
