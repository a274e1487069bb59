/// <reference types="vite/client" />

declare module 'virtual:catalogue/*' {
  export const messages: Readonly<Record<string, string>>;
}
