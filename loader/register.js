import module from 'node:module';

// What makes Node run TypeScript; plain JavaScript, as it comes first. Later Nodes do it themselves, though not for
// what is installed as a package. A thread needs it as well: thread.ts.
if (!process.features.typescript || import.meta.url.includes('/node_modules/')) {
  module.register('./hooks.js', import.meta.url);
  process.setSourceMapsEnabled(true);
}
// Node 22 and newer keep compiled code from one run to the next.
module.enableCompileCache?.();
