export { GraphFunction } from './graph/function';
