/** The page's files, bundled into the function by `esbuild.plugins.mjs`. */
declare module 'console:assets' {
  export const html: string;
  export const js: string;
  export const css: string;
}
