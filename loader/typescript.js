// What a thread begins with that runs the TypeScript itself, as tests do.
import { register } from 'tsx/esm/api';

register();
