// The templates that `gdo init` offers, in the order of the question. A test checks, plays and formats each of them.
import { assemblyTemplate } from './assembly.ts';
import { consentTemplate } from './consent.ts';
import { councilTemplate } from './council.ts';
import { democracyTemplate } from './democracy.ts';
import { monarchyTemplate } from './monarchy.ts';
import { standardTemplates } from './standard.ts';
import type { Template } from './template.ts';

/** Every template; the first is the default. */
export const templates: readonly Template[] = [councilTemplate, democracyTemplate, consentTemplate, assemblyTemplate, monarchyTemplate, ...standardTemplates];
