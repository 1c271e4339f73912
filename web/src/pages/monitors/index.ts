export const Monitors = () => null;
export const NewMonitor = () => null;
export const MonitorPage = () => null;
export const EditMonitor = () => null;
export const RunPage = () => null;
