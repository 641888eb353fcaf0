/** What every command has in common: how it ends, and who gave it. */
import { userInfo } from 'node:os';

/** Exit codes; 0 is done. */
export const GEWEIGERD = 1;
export const FOUT_GEBRUIK = 2;

/** Wrong usage, or a file that cannot be read; the message is a Dutch sentence. */
export class Gebruiksfout extends Error {}

/** Who gives commands here, for the audit log. */
export const cliActor = (): string => `cli:${userInfo().username}`;
