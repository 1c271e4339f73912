export { Monitors } from './Monitors';
export { NewMonitor } from './NewMonitor';
export { EditMonitor } from './EditMonitor';
export { MonitorPage } from './MonitorPage';
export { RunPage } from './RunPage';
