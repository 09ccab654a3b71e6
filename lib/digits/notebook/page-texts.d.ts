/** What the scripts of a page import as texts: `lib/kernel/build.cjs` bundles them. */
declare module '*.css' {
  const text: string;
  export default text;
}
declare module '*.html' {
  const text: string;
  export default text;
}
