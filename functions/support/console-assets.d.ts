/** The page's files, bundled into the function by `esbuild.plugins.mjs`. */
declare module 'console:assets' {
  export const html: string;
  export const js: string;
  export const css: string;
  export const shared: string;
  export const manage: string;
  export const manageCss: string;
  export const frameHtml: string;
  export const frame: string;
  export const frameCss: string;
  export const embed: string;
}
