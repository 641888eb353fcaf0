/** Debian's Chromium, driven by playwright-core: for the screenshots, and for the tests that need a real browser. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PROGRAMMA = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Why there is no browser; undefined: there is one. */
export const geenBrowser: string | undefined = existsSync(PROGRAMMA)
  ? undefined
  : `${PROGRAMMA} is not there: install it with \`apt-get install chromium\``;

/** In Dutch, as who uses the portal has it: a choice of a file or a date is drawn by the browser. Without the calls that Chromium makes of its own accord. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: PROGRAMMA,
    env: { ...process.env, LANGUAGE: 'nl' },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--lang=nl-NL',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
