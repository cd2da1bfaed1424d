/** An image a customer or a catalogue names is loaded only from `https:` or carried inside as an image's `data:`. */
export function safeImage(url: string | undefined): string | undefined {
  return url !== undefined && /^(https:\/\/|data:image\/(png|jpeg|gif|webp|svg\+xml)[;,])/i.test(url) ? url : undefined;
}

/** A link to follow: the web only, never `javascript:` or `data:`. */
export function safeLink(url: string | undefined): string | undefined {
  return url !== undefined && /^https?:\/\//i.test(url) ? url : undefined;
}
