// Properties begin from one seed, so that a test run says the same twice. GDO_SEED tries other ones: `GDO_SEED=7 npx vitest run test/language`.
import fc from 'fast-check';

// Lists are as long as they are allowed to be: otherwise none would have more than ten places, whatever `maxLength` says.
fc.configureGlobal({ seed: Number(process.env['GDO_SEED'] ?? '1'), defaultSizeToMaxWhenMaxSpecified: true });

export { fc };
