/** Where a text leads that is nothing but an address; anything that could be something else stays text. */

const MAIL = /^[\w.+-]+@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.[a-z]{2,}$/i;
const PHONE = /^\+\d[\d ()/.-]{5,}$/;

export function hrefOf(text: string): string | null {
  if (MAIL.test(text)) return `mailto:${text}`;
  if (PHONE.test(text)) return `tel:+${text.replaceAll(/\D/g, "")}`;
  if (!/^https:\/\/\S+$/i.test(text) || !URL.canParse(text)) return null;
  const { protocol, username, password, href } = new URL(text);
  return protocol === "https:" && username === "" && password === "" ? href : null;
}
