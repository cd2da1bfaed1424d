/** A host's name or number as browsers write it. The URL standard lets `;`, `*` and quotes stand in a name as well. */
const PLAIN = /^https?:\/\/(?:[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:]+\])(?::\d{1,5})?$/;

/** Whether an origin is of one host, and can stand in a header among others without saying anything else there. */
export const isPlainOrigin = (origin: string): boolean => PLAIN.test(origin);
