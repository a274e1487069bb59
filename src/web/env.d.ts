/// <reference types="vite/client" />

/** Made by vite.config.ts: where the messages of one language are. */
declare module 'virtual:catalogue/*' {
  export const address: string;
}
