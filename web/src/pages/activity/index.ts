export { Activity } from './Activity';
