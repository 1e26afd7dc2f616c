/** What the package uc.micro says of characters, as the browser knows it: the categories that markdown-it asks for. */
export const P = /\p{P}/u;
export const S = /\p{S}/u;
