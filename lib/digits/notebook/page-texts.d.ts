/** Text imports of the page's scripts, bundled by `lib/kernel/build.cjs`. */
declare module '*.css' {
  const text: string;
  export default text;
}
declare module '*.html' {
  const text: string;
  export default text;
}
