// The version that the build wrote in. It is no version of the language or the engine: those are numbers of their own.

declare const GDO_VERSION: string;

/** Version of the package, or `dev` where the sources run without a build. */
export const version: string = typeof GDO_VERSION === 'string' ? GDO_VERSION : 'dev';
